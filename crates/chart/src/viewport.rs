//! Which part of the axis is looked at.

/// A stretch of the axis, in its seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Its left edge.
    pub from: f64,
    /// Its right edge.
    pub to: f64,
}

/// How much of the view is left free on each side of what it is made to show.
const AIR: f64 = 0.06;

/// The narrowest view, as a part of the axis: beyond it neighbouring pixels would be the same number.
const NARROWEST: f64 = 1e-9;

/// How many views are kept to go back to.
const KEPT: usize = 64;

impl View {
    /// The whole of an axis.
    pub fn whole(end: f64) -> Self {
        View { from: 0.0, to: if end > 0.0 { end } else { 1.0 } }
    }

    /// Its length, in seconds of the axis.
    pub fn seconds(self) -> f64 {
        self.to - self.from
    }

    /// As near to it as an axis with this end allows: no wider than that, and within it.
    pub fn within(self, end: f64) -> Self {
        let whole = View::whole(end);
        let least = whole.to * NARROWEST;
        let wide = self.seconds().clamp(least, whole.to);
        // Not a number, of an axis of which nothing is known.
        if !wide.is_finite() || !self.from.is_finite() {
            return whole;
        }
        let from = self.from.clamp(0.0, whole.to - wide);
        View { from, to: (from + wide).min(whole.to) }
    }

    /// So many times as wide around a moment, which stays where it is.
    pub fn zoomed(self, at: f64, factor: f64) -> Self {
        View { from: at + (self.from - at) * factor, to: at + (self.to - at) * factor }
    }

    /// So many seconds further.
    pub fn moved(self, seconds: f64) -> Self {
        View { from: self.from + seconds, to: self.to + seconds }
    }

    /// Around a stretch, with some air.
    pub fn around(from: f64, to: f64) -> Self {
        let air = (to - from) * AIR;
        View { from: from - air, to: to + air }
    }

    /// On the way to another, where `part` of it is done: wide and narrow change by equal factors.
    pub fn towards(self, other: View, part: f64) -> Self {
        if part >= 1.0 {
            return other;
        }
        let (a, b) = (self.seconds(), other.seconds());
        let wide = a * (b / a).powf(part);
        // Edges move with the width, so that a zoom at a point keeps it in place all the way.
        let done = if (b - a).abs() > 1e-12 * a.max(b) { (wide - a) / (b - a) } else { part };
        let from = self.from + (other.from - self.from) * done;
        View { from, to: from + wide }
    }
}

/// What is looked at, and what was before.
///
/// ```
/// use chart::{View, Viewport};
/// let mut viewport = Viewport::default();
/// assert_eq!(viewport.view(8.0), View { from: 0.0, to: 8.0 });
/// viewport.look(View { from: 2.0, to: 4.0 }, 8.0);
/// viewport.look(viewport.view(8.0).zoomed(3.0, 0.5), 8.0);
/// assert_eq!(viewport.view(8.0), View { from: 2.5, to: 3.5 });
/// viewport.back();
/// assert_eq!(viewport.view(8.0), View { from: 2.0, to: 4.0 });
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewport {
    /// None for the whole, however long the run becomes.
    view: Option<View>,
    past: Vec<Option<View>>,
}

impl Viewport {
    /// What is looked at of an axis with this end.
    pub fn view(&self, end: f64) -> View {
        self.view.map_or(View::whole(end), |view| view.within(end))
    }

    /// Whether it is less than the whole.
    pub fn is_zoomed(&self) -> bool {
        self.view.is_some()
    }

    /// Looks at something else, as far as an axis with this end has it, without a way back to what was there
    /// before: a movement is many small ones.
    pub fn drift(&mut self, view: View, end: f64) {
        let view = view.within(end);
        self.view = (view.seconds() < View::whole(end).to * (1.0 - 1e-9)).then_some(view);
    }

    /// Looks at something else; [`Viewport::back`] leads back.
    pub fn look(&mut self, view: View, end: f64) {
        self.mark();
        self.drift(view, end);
        // A jump that leads nowhere needs no way back.
        if self.past.last() == Some(&self.view) {
            self.past.pop();
        }
    }

    /// Remembers what is looked at, for [`Viewport::back`]: a movement begins.
    pub fn mark(&mut self) {
        if self.past.last() != Some(&self.view) {
            self.past.push(self.view);
        }
        if self.past.len() > KEPT {
            self.past.remove(0);
        }
    }

    /// Looks at the whole.
    pub fn fit(&mut self) {
        if self.view.is_some() {
            self.mark();
            self.view = None;
        }
    }

    /// Looks at what was looked at before; whether there was something else.
    pub fn back(&mut self) -> bool {
        while let Some(before) = self.past.pop() {
            if before != self.view {
                self.view = before;
                return true;
            }
        }
        false
    }

    /// Whether there is something to go back to.
    pub fn has_past(&self) -> bool {
        self.past.iter().any(|before| *before != self.view)
    }
}
