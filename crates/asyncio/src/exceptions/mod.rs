//! Exceptions and cancellation as values: `Lib/asyncio/exceptions.py` and the built-in ones.

mod error;
mod exception;
mod repr;

pub use error::{Error, Result};
pub use exception::Exception;
pub use repr::repr_str;
