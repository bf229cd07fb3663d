//! The chart of a run: where everything is, and what is drawn there. Pure.
//!
//! The page draws it on a canvas, whose size it knows. The picture that stands in the page before its
//! program has come ([`Svg`]) is drawn when nobody knows the size of the reader's screen. So places are
//! kept as what they depend on ([`Length`] down, [`Across`] across), and both are drawn by the same code
//! ([`Scene`]) with pens of their own ([`Pen`]). What is on the page ([`Picture`]) can be had as a file of SVG, too
//! ([`Sheet`]), by a third.

mod drawing;
mod find;
mod folds;
mod gesture;
mod lanes;
mod layout;
mod length;
mod named;
mod overview;
mod palette;
mod picture;
mod scale;
mod svg;
mod target;
mod ticks;
mod viewport;

pub use drawing::{Flag, Sheet};
pub use find::{Hit, find};
pub use folds::{Fold, Folds};
pub use gesture::{Aim, Gesture, Hand};
pub use lanes::{Lanes, Which};
pub use layout::{Layout, Placed, Row, is_brief};
pub use length::Length;
pub use named::{LISTS, Named, name_of, named};
pub use overview::{Cell, Overview};
pub use palette::{Colour, DARK, LIGHT, Palette, variables};
pub use picture::{Across, Dash, Hatch, Label, Mark, Pen, Picture, Scene};
pub use scale::{MARGIN, Scale};
pub use svg::{Svg, axis};
pub use target::{Chart, Target};
pub use ticks::Ticks;
pub use viewport::{View, Viewport};

#[cfg(test)]
mod tests;
