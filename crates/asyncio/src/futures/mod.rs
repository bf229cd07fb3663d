//! Futures: `Lib/asyncio/futures.py`.

mod any_future;
mod awaiting;
mod cancellation;
mod done_callback;
mod future;
mod handling;
mod inner;
mod role;
mod thrown;

pub use awaiting::Await;
pub use future::{Future, WeakFuture, create_future};
pub use handling::{Handling, finishing, handling};
pub use inner::CallbackId;
pub use thrown::step_throws;

pub(crate) use any_future::{AnyFuture, Kind, Node, distinct};
pub(crate) use cancellation::Cancellation;
pub(crate) use inner::{Callback, FutureInner};
pub(crate) use role::{Gathering, Role, cause_of};
pub(crate) use thrown::take_thrown;
