//! What if: a run beside another, over the range of a parameter, in other orders.
//!
//! What is compared and measured is found by `timeline` and `run`; here it is asked for and shown.

mod comparison;
mod link;
mod pinned;

pub use comparison::CompareLine;
pub use link::{read as read_pin, write as write_pin};
pub use pinned::{Pinned, Source};
