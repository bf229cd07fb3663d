//! What pointers do on the chart: a press, a drag, a pinch. Pure; the page tells where they are.

/// How far a pointer may move in a press, in pixels.
const STILL: f64 = 4.0;

/// What a pointer is after, when it goes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// To press what is under it, and to move the chart if it is dragged.
    Chart,
    /// The playhead.
    Playhead,
    /// A range of time, to be selected.
    Range,
}

/// What comes of it, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// The chart goes with the pointer, so far to the right.
    Pan(f64),
    /// Two fingers: what is at a place becomes so many times as wide, and goes so far to the right.
    Pinch {
        /// The place.
        at: f64,
        /// How many times.
        wider: f64,
        /// How far.
        by: f64,
    },
    /// The playhead goes to a place.
    Scrub(f64),
    /// A range is selected between two places.
    Range(f64, f64),
}

/// The pointers that are down.
#[derive(Clone, Debug, Default)]
pub struct Hand {
    pointers: Vec<(i32, f64)>,
    aim: Option<Aim>,
    began: f64,
    dragged: bool,
}

impl Hand {
    /// A pointer goes down.
    pub fn down(&mut self, id: i32, x: f64, aim: Aim) {
        self.pointers.retain(|pointer| pointer.0 != id);
        if self.pointers.is_empty() {
            (self.aim, self.began, self.dragged) = (Some(aim), x, false);
        }
        self.pointers.push((id, x));
        // Two fingers press nothing.
        self.dragged |= self.pointers.len() > 1;
    }

    /// The one pointer that is down has been held in its place for long: what it is moved over becomes a range.
    pub fn hold(&mut self) {
        if self.pointers.len() == 1 && !self.dragged {
            self.aim = Some(Aim::Range);
        }
    }

    /// It moves.
    pub fn moved(&mut self, id: i32, x: f64) -> Option<Gesture> {
        let place = self.pointers.iter().position(|pointer| pointer.0 == id)?;
        let before = std::mem::replace(&mut self.pointers[place].1, x);
        if let [a, b, ..] = self.pointers[..] {
            let other = if place == 0 { b.1 } else { a.1 };
            let (was, is) = ((before - other).abs().max(8.0), (x - other).abs().max(8.0));
            let at = (before + other) / 2.0;
            return Some(Gesture::Pinch { at, wider: is / was, by: (x - before) / 2.0 });
        }
        let begins = !self.dragged && (x - self.began).abs() >= STILL;
        self.dragged |= begins;
        if !self.dragged {
            return None;
        }
        match self.aim? {
            // From where it went down, so that what was there stays under it.
            Aim::Chart => Some(Gesture::Pan(if begins { x - self.began } else { x - before })),
            Aim::Playhead => Some(Gesture::Scrub(x)),
            Aim::Range => Some(Gesture::Range(self.began.min(x), self.began.max(x))),
        }
    }

    /// It goes up, or is lost.
    pub fn up(&mut self, id: i32) {
        self.pointers.retain(|pointer| pointer.0 != id);
        if self.pointers.is_empty() {
            self.aim = None;
        }
    }

    /// Whether a pointer is down and drags something.
    pub fn drags(&self) -> bool {
        self.dragged && !self.pointers.is_empty()
    }

    /// Whether what was done last was a drag: then the click after it is none.
    pub fn dragged(&self) -> bool {
        self.dragged
    }
}
