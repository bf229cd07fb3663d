//! Coroutine objects, as `Objects/genobject.c` has them.

mod coroutine;
mod exit;
mod steps;
mod unheard;

pub use coroutine::{Body, Coro};
pub use exit::{exit_is_raised, raise_exit};

pub(crate) use coroutine::Thrown;
pub(crate) use exit::throw;
pub(crate) use steps::Steps;
pub(crate) use unheard::{is_unheard, poll_unheard};
