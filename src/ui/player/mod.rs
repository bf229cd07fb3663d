//! A run as it is played, and everything that moves with it.

mod bar;
mod stage;

pub use bar::Phase;
pub use stage::{Programme, Stage};
