//! What a pen must be able to do.

use crate::length::Length;
use crate::palette::Colour;
use timeline::Category;

/// A stretch across the chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Across {
    /// From edge to edge, margins included.
    All,
    /// To the end of the axis.
    Axis {
        /// From this moment on.
        from: f64,
    },
    /// Between two moments.
    Between {
        /// The first, in seconds.
        from: f64,
        /// The last, in seconds.
        to: f64,
        /// So many pixels less at each side, as long as one pixel is left.
        inset: f64,
    },
    /// Right of a moment, which may be beyond the end of the axis.
    Beside {
        /// The moment, in seconds.
        time: f64,
        /// How wide, in pixels.
        width: f64,
    },
    /// Whole pixels, where the axis is known.
    Pixels {
        /// The first.
        from: f64,
        /// Before which it ends.
        to: f64,
    },
    /// Around a moment.
    Around {
        /// The moment, in seconds.
        time: f64,
        /// How wide, in pixels.
        width: f64,
    },
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Not at all.
    Whole,
    /// So many pixels drawn, so many left out.
    Broken(u32, u32),
}

impl Dash {
    /// After how many pixels it begins anew: what a line is broken like repeats with it.
    pub fn period(self) -> f64 {
        if let Dash::Broken(on, off) = self { f64::from(on + off) } else { 1.0 }
    }
}

/// How the lines of a hatching run: each sort of waiting has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hatch {
    /// Up to the right.
    Rising,
    /// Down to the right.
    Falling,
    /// Upright.
    Upright,
    /// Up and down to the right.
    Crossed,
}

impl Hatch {
    /// After how many pixels it begins anew.
    pub const PERIOD: f64 = 6.0;

    /// That of a wait, by who ends it: somebody with a permit, with an item or room, from outside, or any other. None
    /// of what is drawn without.
    pub fn of(category: Category) -> Option<Hatch> {
        match category {
            Category::Sleep | Category::Tasks | Category::Loop => None,
            Category::Permit => Some(Hatch::Rising),
            Category::Item | Category::Place | Category::Join => Some(Hatch::Falling),
            Category::Job | Category::Network => Some(Hatch::Upright),
            Category::Signal | Category::Other => Some(Hatch::Crossed),
        }
    }

    /// How far its lines lean to the right on their way up, in their own height; of those that cross, of each.
    pub fn leans(self) -> &'static [f64] {
        match self {
            Hatch::Rising => &[1.0],
            Hatch::Falling => &[-1.0],
            Hatch::Upright => &[0.0],
            Hatch::Crossed => &[1.0, -1.0],
        }
    }

    /// Its lines in a tile as wide and as high as its period, as a path of SVG.
    pub fn path(self) -> &'static str {
        match self {
            Hatch::Rising => "M-1 7L7 -1M-1 1L1 -1M5 7L7 5",
            Hatch::Falling => "M-1 -1L7 7M5 -1L7 1M-1 5L1 7",
            Hatch::Upright => "M3 0V6",
            Hatch::Crossed => "M0 6L6 0M0 0L6 6",
        }
    }
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A disc in a ring.
    Done,
    /// A cross in a ring.
    Failed,
    /// A barred ring.
    Cancelled,
}

/// A few characters in the middle of a stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The characters.
    pub text: String,
    /// Their colour.
    pub colour: Colour,
    /// Their height, in pixels.
    pub size: f64,
    /// Whether they are bold.
    pub bold: bool,
    /// Whether they need a quiet ground of their own.
    pub grounded: bool,
    /// How long the stretch must be for them, in pixels.
    pub room: f64,
}

/// Draws parts of a chart.
pub trait Pen {
    /// How bold everything is from now on, up to 1.
    fn alpha(&mut self, alpha: f64);

    /// Whether so little time as this can be seen.
    fn shows(&self, from: f64, to: f64) -> bool;

    /// A line of the grid, down the whole height.
    fn grid(&mut self, time: f64, height: Length);

    /// A filled rectangle, with corners rounded by at most so many pixels.
    fn block(&mut self, across: Across, top: Length, height: Length, colour: Colour, corner: f64);

    /// The outline of a rectangle, so many pixels wide.
    fn outline(&mut self, across: Across, top: Length, height: Length, colour: Colour, width: f64);

    /// An outlined rectangle with lines in it.
    fn hatching(
        &mut self,
        across: Across,
        top: Length,
        height: Length,
        hatch: Hatch,
        colour: Colour,
    );

    /// A line across, so many pixels wide.
    fn rule(&mut self, across: Across, y: Length, width: f64, dash: Dash, colour: Colour);

    /// A line down or up, so many pixels wide.
    fn drop(&mut self, time: f64, from: Length, to: Length, width: f64, dash: Dash, colour: Colour);

    /// The tip of an arrow that comes from above, or from below.
    fn tip(&mut self, time: f64, y: Length, from_above: bool, colour: Colour);

    /// A step function filled down to `bottom`: from when on at which height.
    fn steps(&mut self, steps: &[(f64, Length)], end: f64, bottom: Length, colour: Colour);

    /// How a task ended.
    fn mark(&mut self, time: f64, y: Length, mark: Mark, colour: Colour);

    /// A character or two, so many pixels right of a moment.
    fn sign(&mut self, time: f64, shift: f64, middle: Length, text: &str, colour: Colour);

    /// A few characters in the middle of a stretch, where it has room for them.
    fn label(&mut self, from: f64, to: f64, middle: Length, label: Label);

    /// A stretch of the axis that is folded, between two moments; where nothing is folded there is nothing to be drawn.
    fn fold(&mut self, _from: f64, _to: f64) {}
}
