//! What if: a run beside another, over the range of a parameter, in other orders.
//!
//! What is compared and measured is found by `timeline` and `run`; here it is asked for and shown.

mod comparison;
mod grip;
mod link;
mod map;
mod orders;
mod pinned;
mod plot;
mod sweep;

pub use comparison::CompareLine;
pub use grip::{Grip, GripHandle};
pub use link::{read as read_pin, read_world, write as write_pin, write_world};
pub use map::Map;
pub use orders::{OrdersDialog, say_world};
pub use pinned::{Pinned, Source};
pub use plot::{Plot, Spot};
pub use sweep::{SweepPanel, choose_measure, read, write};
