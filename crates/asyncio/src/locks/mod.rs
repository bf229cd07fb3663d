//! Locks: `Lib/asyncio/locks.py`.

mod barrier;
mod bounded_semaphore;
mod condition;
mod event;
mod lock;
mod semaphore;
mod waiters;

pub use barrier::Barrier;
pub use bounded_semaphore::BoundedSemaphore;
pub use condition::Condition;
pub use event::Event;
pub use lock::{Lock, LockGuard};
pub use semaphore::{Permit, Semaphore};

pub(crate) use waiters::{Waiters, take_out};
