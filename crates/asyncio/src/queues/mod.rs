//! Queues: `Lib/asyncio/queues.py`.

mod heap;
mod items;
mod kinds;
mod queue;
mod waiting;

pub use kinds::{LifoQueue, PriorityQueue};
pub use queue::Queue;
