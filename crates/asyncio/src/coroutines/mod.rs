//! Coroutine objects, as `Objects/genobject.c` has them.

mod arguments;
mod coroutine;
mod exit;
mod raising;
mod short;
mod steps;
mod unheard;

pub use arguments::{Arguments, arguments};
pub use coroutine::{Body, Coro};
pub use exit::raise_exit;
pub use short::{Argument, Named, OfClass, Short};

pub(crate) use coroutine::Thrown;
pub(crate) use raising::{is_closing, is_raising, take_raised, throw, throw_exit};
pub(crate) use short::LETTERS;
pub(crate) use steps::Steps;
pub(crate) use unheard::{is_unheard, poll_unheard};

#[cfg(test)]
mod tests;
