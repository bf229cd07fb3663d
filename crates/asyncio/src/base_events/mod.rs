//! The event loop: `Lib/asyncio/base_events.py`.

mod callbacks;
mod event_loop;
mod handler;
mod logging;
mod registry;
mod running;

pub use callbacks::CallbackResult;
pub use event_loop::EventLoop;
pub use handler::{ErrorContext, ExceptionHandler};

pub(crate) use registry::{Registry, pending_tasks};
