//! Asynchronous generators.

use super::body::{Body, Stop, Yielder};
use crate::asyncgen::AsyncIterator;
use crate::base_events::EventLoop;
use crate::coroutines::{Coro, Named, Short, Thrown, is_closing};
use crate::exceptions::{Error, Result};
use std::any::Any;
use std::cell::{Cell, OnceCell};
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;

/// An asynchronous generator: a coroutine that gives values on its way. Clones are the same generator.
/// Made by [`async_generator`]; behaves as CPython 3.13's (`Objects/genobject.c`). The body runs inside
/// the task that awaits a method, and a `yield` takes no iteration of the loop.
///
/// A generator that has been used, has not ended, and is dropped is closed by its loop: a new task
/// awaits [`AsyncGenerator::aclose`]. Those that still exist when the program ends are closed then. In
/// CPython the traceback of an exception holds on to the local variables of the coroutines that it
/// left; here they are dropped at once, and a generator among them is closed that much earlier. One
/// that yielded to its closing is not closed by a task: it gets [`Error::GeneratorExit`] when it is
/// dropped, and runs to its next await.
///
/// ```
/// use asyncio::{self, AsyncGenerator, async_generator, sleep};
///
/// fn ticks(count: u32) -> AsyncGenerator<u32> {
///     async_generator("ticks", async move |ticks| {
///         for n in 0..count {
///             sleep(1.0).await?;
///             ticks.yield_(n).await?;
///         }
///         Ok(())
///     })
/// }
///
/// let seen = asyncio::run(async {
///     let ticks = ticks(3);
///     let mut seen = Vec::new();
///     while let Some(n) = ticks.next().await? {
///         seen.push((asyncio::time(), n));
///     }
///     Ok(seen)
/// });
/// assert_eq!(seen.unwrap(), [(1.0, 0), (2.0, 1), (3.0, 2)]);
/// ```
pub struct AsyncGenerator<T: 'static>(pub(super) Rc<GeneratorState<T>>);

pub(super) struct GeneratorState<T: 'static> {
    pub(super) name: Rc<str>,
    pub(super) body: Body<T>,
    /// Whether a method is being awaited: `ag_running_async`.
    pub(super) running: Cell<bool>,
    /// Counts the methods that have begun.
    pub(super) runs: Cell<u64>,
    /// Whether `aclose` has begun.
    pub(super) closing: Cell<bool>,
    /// The loop in which it was first used, which closes it when it is dropped.
    pub(super) event_loop: OnceCell<Rc<EventLoop>>,
    /// Whether it was dropped once already.
    pub(super) dropped: bool,
}

/// Makes a generator of the function `name` (its `__qualname__`): its body gets the [`Yielder`] to give
/// values with. Nothing of it runs before the first value is asked for.
///
/// Where Python's `yield` raises in the body, [`Yielder::yield_`] returns an error: what was thrown in,
/// or [`Error::GeneratorExit`] when the generator is closed. Clean up, with awaits if need be, and
/// return it.
///
/// ```
/// use asyncio::{self, async_generator, sleep};
/// let time = asyncio::run(async {
///     let lines = async_generator("lines", async |lines| {
///         let given = async {
///             lines.yield_("one").await?;
///             lines.yield_("two").await
///         };
///         let given = given.await; // try:
///         sleep(2.0).await?; //       finally:
///         given
///     });
///     assert_eq!(lines.next().await?, Some("one"));
///     lines.aclose().await?;
///     assert_eq!(lines.next().await?, None);
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 2.0);
/// ```
pub fn async_generator<T, B>(name: impl Into<Rc<str>>, body: B) -> AsyncGenerator<T>
where
    T: 'static,
    B: AsyncFnOnce(Yielder<T>) -> Result + 'static,
{
    AsyncGenerator(Rc::new(GeneratorState {
        name: name.into(),
        body: Body::new(body),
        running: Cell::new(false),
        runs: Cell::new(0),
        closing: Cell::new(false),
        event_loop: OnceCell::new(),
        dropped: false,
    }))
}

impl<T: 'static> AsyncGenerator<T> {
    /// The name of its function.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether the body has ended: `ag_frame` is `None`.
    pub fn ended(&self) -> bool {
        self.0.ended()
    }

    /// Runs the body up to its next `yield` and gives the value; `None` when the body has ended, also
    /// if it ended by raising: `__anext__`, where `None` stands for `StopAsyncIteration`.
    ///
    /// # Errors
    /// What the body raises; `RuntimeError` when another method is being awaited.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn next(&self) -> Coro<Option<T>> {
        self.asend_with(|| Ok(()))
    }

    /// [`AsyncGenerator::next`] that first calls `send`, to hand a value over to the body on a way of its
    /// own: `asend`. It is not called when an exception is thrown in instead.
    ///
    /// # Errors
    /// As `next`, and what `send` returns.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn asend_with(&self, send: impl FnOnce() -> Result + 'static) -> Coro<Option<T>> {
        self.method("asend", async move |AsyncGenerator(inner), thrown| {
            inner.begin("anext")?;
            if thrown.is_none() && !inner.body.awaits() {
                send()?;
            }
            inner.go_on(thrown.map_or(Ok(()), Err)).await.iterated()
        })
    }

    /// Raises `error` at the `yield` where the body stands, and gives the next value, `None` when the
    /// body has ended without raising, or had ended before: `athrow`.
    ///
    /// # Errors
    /// What the body raises, `error` itself if it has not begun; `RuntimeError` when another method
    /// is being awaited.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn athrow(&self, error: impl Into<Error>) -> Coro<Option<T>> {
        let error = error.into();
        self.method("athrow", async move |AsyncGenerator(inner), thrown| {
            if thrown.is_none() && inner.ended() {
                return Ok(None);
            }
            inner.begin("athrow")?;
            if thrown.is_none() && inner.closing.get() {
                return Ok(None);
            }
            match inner.go_on(Err(thrown.unwrap_or(error))).await {
                Stop::Gone => Err(Error::new("StopIteration", "")),
                stop => stop.iterated(),
            }
        })
    }

    /// Goes on with the body wherever it stands, whoever else does so: what awaiting an `athrow` once
    /// more comes to in CPython 3.13 whose body has awaited something. For front ends, whose methods can
    /// be awaited again.
    ///
    /// # Errors
    /// What the body raises; `ValueError` when it is running at this moment.
    pub async fn resume(&self) -> Result<Option<T>> {
        let stop = self.0.body.resume().await;
        self.0.running.set(false);
        match stop {
            Stop::Gone => Err(Error::new("StopIteration", "")),
            stop => stop.iterated(),
        }
    }

    /// Lets other methods begin though one is being awaited: what becomes of a generator when that is
    /// awaited inside the body that it runs, which fails.
    pub fn interrupt(&self) {
        self.0.running.set(false);
    }

    /// Raises `GeneratorExit` at the `yield` where the body stands, so that it cleans up and ends:
    /// `aclose`. Nothing happens when it has not begun or has ended.
    ///
    /// # Errors
    /// What the body raises instead; `RuntimeError` when it yields another value, and when another
    /// method is being awaited; `StopAsyncIteration` when it had yielded to an earlier `aclose`.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn aclose(&self) -> Coro<()> {
        self.method("aclose", async |AsyncGenerator(inner), thrown| {
            if thrown.is_none() && inner.ended() {
                return Ok(());
            }
            inner.begin("aclose")?;
            let raised = match thrown {
                Some(thrown) => thrown,
                None if inner.closing.replace(true) => {
                    return Err(Error::new("StopAsyncIteration", ""));
                }
                None => Error::generator_exit(),
            };
            match inner.go_on(Err(raised)).await {
                Stop::Yielded(_) => {
                    Err(Error::new("RuntimeError", "async generator ignored GeneratorExit"))
                }
                Stop::Ended(Ok(()) | Err(Error::GeneratorExit(_))) | Stop::Gone => Ok(()),
                Stop::Ended(Err(error)) => Err(error),
            }
        })
    }

    /// What calling a method gives; the call itself counts as the first use.
    fn method<R, B>(&self, name: &'static str, body: B) -> Coro<R>
    where
        R: 'static,
        B: AsyncFnOnce(AsyncGenerator<T>, Option<Error>) -> Result<R> + 'static,
    {
        self.first_use();
        let generator = self.clone();
        let object = (self.0.name.clone(), self.0.clone() as Rc<dyn Any>);
        Coro::method(
            name,
            object,
            |thrown: Thrown| async move { body(generator, thrown.take()).await },
        )
    }
}

impl<T> GeneratorState<T> {
    fn ended(&self) -> bool {
        !self.running.get() && self.body.ended()
    }

    /// Refuses a method while another is being awaited.
    fn begin(&self, method: &str) -> Result {
        if self.running.get() {
            let text = format!("{method}(): asynchronous generator is already running");
            return Err(Error::new("RuntimeError", text));
        }
        Ok(())
    }

    /// Goes on from where the body stands to its next `yield` or its end.
    async fn go_on(&self, entry: Result) -> Stop<T> {
        /// A run of the body.
        struct Running<'a, T: 'static> {
            generator: &'a GeneratorState<T>,
            number: u64,
            ended: bool,
            /// Whether it awaits again though it was closed: then the body stays where it is, and the
            /// generator is running for ever.
            is_deaf: bool,
        }
        impl<T> Drop for Running<'_, T> {
            fn drop(&mut self) {
                let Self { generator, number, ended, is_deaf } = *self;
                let is_last = ended || number == generator.runs.get();
                if is_last && !is_deaf && generator.running.replace(false) && !ended {
                    generator.body.abandon();
                }
            }
        }
        let number = self.runs.get() + 1;
        self.runs.set(number);
        self.running.set(true);
        let mut running = Running { generator: self, number, ended: false, is_deaf: false };
        let mut going = pin!(self.body.go_on(entry));
        let stop = poll_fn(|cx| {
            let closing = is_closing();
            let polled = going.as_mut().poll(cx);
            running.is_deaf = closing && polled.is_pending();
            polled
        });
        let stop = stop.await;
        running.ended = true;
        stop
    }
}

impl<T: 'static> AsyncIterator for AsyncGenerator<T> {
    type Item = T;

    fn next(&self) -> Coro<Option<T>> {
        AsyncGenerator::next(self)
    }
}

impl<T> Clone for AsyncGenerator<T> {
    fn clone(&self) -> Self {
        AsyncGenerator(self.0.clone())
    }
}

/// Whether the two are the same generator.
impl<T> Short for AsyncGenerator<T> {
    fn short(&self, deep: bool) -> String {
        Named("async_generator").short(deep)
    }
}

impl<T> PartialEq for AsyncGenerator<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> fmt::Debug for AsyncGenerator<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<async_generator object {}>", self.0.name)
    }
}
