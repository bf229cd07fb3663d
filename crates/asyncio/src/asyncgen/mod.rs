//! Asynchronous generators, as `Objects/genobject.c` has them, and how their loop closes them.

mod body;
mod closers;
mod closing;
mod generator;
mod iterator;

pub use body::{Yield, Yielder};
pub use generator::{AsyncGenerator, async_generator};
pub use iterator::AsyncIterator;

pub(crate) use closing::shutdown_asyncgens;
