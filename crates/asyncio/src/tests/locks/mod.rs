//! Locks.

mod barrier;
mod bounded_semaphore;
mod condition;
mod event;
mod in_line;
mod lock;
mod semaphore;
mod sync_names;
mod sync_trace;

use super::*;
