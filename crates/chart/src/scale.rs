//! Time on the horizontal axis.

use crate::folds::Folds;
use crate::picture::Across;
use crate::ticks::Ticks;
use crate::viewport::View;

/// Space left and right of the time axis, in pixels.
pub const MARGIN: f64 = 14.0;

/// How far beyond the edges is painted, in pixels, so that what is cut off there is not seen to be.
pub(crate) const BEYOND: f64 = 64.0;

/// Time on the horizontal axis, as far as it is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale<'a> {
    /// The end of the run, in seconds.
    seconds: f64,
    width: f64,
    view: View,
    folds: Option<&'a Folds>,
}

impl Scale<'static> {
    /// From 0 to `seconds` over `width` pixels.
    pub fn new(seconds: f64, width: f64) -> Self {
        let view = View::whole(seconds);
        Scale { seconds: view.to, width: width.max(1.0), view, folds: None }
    }
}

impl<'a> Scale<'a> {
    /// What is looked at of a run with this end, over `width` pixels.
    pub fn of(view: View, seconds: f64, width: f64, folds: Option<&'a Folds>) -> Self {
        Scale { view, folds, ..Scale::new(seconds, width) }
    }

    /// The place of a moment, in pixels.
    pub fn x(&self, time: f64) -> f64 {
        MARGIN + self.fraction(time) * self.span()
    }

    /// The place of a moment as a part of the axis that is looked at; beyond 0 to 1 it is not in view.
    pub fn fraction(&self, time: f64) -> f64 {
        (self.axis(time) - self.view.from) / self.view.seconds()
    }

    /// The moment at a place, within the run.
    pub fn time(&self, x: f64) -> f64 {
        let axis = self.place(x);
        self.folds.map_or(axis, |folds| folds.time(axis)).clamp(0.0, self.seconds)
    }

    /// The place of the axis at a place in pixels: seconds, but for what is folded.
    pub fn place(&self, x: f64) -> f64 {
        self.view.from + (x - MARGIN) / self.span() * self.view.seconds()
    }

    /// The place of a moment on the axis: seconds, but for what is folded.
    pub fn axis(&self, time: f64) -> f64 {
        self.folds.map_or(time, |folds| folds.axis(time))
    }

    /// The end of the run, in seconds.
    pub fn end(&self) -> f64 {
        self.seconds
    }

    /// What is looked at.
    pub fn view(&self) -> View {
        self.view
    }

    /// How wide the chart is, in pixels.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// How long a pixel is, in seconds of the axis.
    pub fn pixel(&self) -> f64 {
        self.view.seconds() / self.span()
    }

    /// What is folded, between the moments that are in view.
    pub fn folds(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let (from, to) = self.seen();
        let folds = self.folds.map_or(&[][..], Folds::folds).iter();
        folds.map(|fold| (fold.from, fold.to)).filter(move |fold| fold.1 > from && fold.0 < to)
    }

    /// The first moment and the last that are in view, those in the margins with them.
    pub fn seen(&self) -> (f64, f64) {
        (self.time(0.0), self.time(self.width))
    }

    /// Whether something of a stretch is in view.
    pub fn sees(&self, from: f64, to: f64) -> bool {
        self.x(to) >= 0.0 && self.x(from) <= self.width
    }

    /// Round moments at a good distance, in words.
    pub fn ticks(&self) -> Ticks {
        let (from, to) = (self.time(MARGIN), self.time(self.width - MARGIN));
        let open = match self.folds {
            Some(folds) => folds.open(from, to),
            None => vec![(from, to)],
        };
        Ticks::new(&open, self.view.seconds() / (self.span() / 80.0).max(2.0))
    }

    /// From where to where a stretch is, in pixels.
    pub fn across(&self, across: Across) -> (f64, f64) {
        match across {
            Across::All => (0.0, self.width),
            Across::Axis { from } => (self.x(from), self.x(self.seconds)),
            Across::Between { from, to, inset } => {
                let (from, to) = (self.x(from) + inset, self.x(to) - inset);
                (from, if inset > 0.0 { to.max(from + 1.0) } else { to })
            }
            Across::Pixels { from, to } => (from, to),
            Across::Beside { time, width } => (self.x(time), self.x(time) + width),
            Across::Around { time, width } => {
                let x = self.x(time);
                (x - width / 2.0, x + width / 2.0)
            }
        }
    }

    /// What is near the view of a stretch, cut off by whole periods of what it is filled with, in pixels; none if
    /// nothing is.
    pub fn near(&self, across: Across, period: f64) -> Option<(f64, f64)> {
        let (from, to) = self.across(across);
        let (least, most) = (-BEYOND, self.width + BEYOND);
        if to < least || from > most {
            return None;
        }
        let far = ((least - from) / period).floor().max(0.0) * period;
        Some((from + far, to.min(most)))
    }

    /// A place as far as it is near the view, in pixels.
    pub fn nearest(&self, time: f64) -> f64 {
        self.x(time).clamp(-BEYOND, self.width + BEYOND)
    }

    fn span(&self) -> f64 {
        (self.width - 2.0 * MARGIN).max(1.0)
    }
}
