//! Exceptions and cancellation as values: `Lib/asyncio/exceptions.py` and the built-in ones.

mod error;
mod exception;
mod handled;
mod links;
mod repr;

pub use error::{Error, Result};
pub use exception::Exception;
pub use handled::{being_handled, while_handling};
pub use repr::{repr_bool, repr_str};

pub(crate) use handled::{elsewhere, frame, handles, thrown_in};
pub(crate) use links::Contexts;
