//! The body of a generator, and how values leave it.

use crate::coroutines::throw;
use crate::events::get_running_loop;
use crate::exceptions::{Error, Result, thrown_in};
use crate::futures::take_thrown;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// A body, from `yield` to `yield`.
pub(super) struct Body<T> {
    /// Out of its place while it is polled, and for ever once it has ended.
    future: RefCell<Option<Pin<Box<dyn Future<Output = Result>>>>>,
    begun: Cell<bool>,
    /// Whether it is being polled.
    executing: Cell<bool>,
    /// Whether it stands where it awaits something, not at a `yield`.
    awaits: Cell<bool>,
    channel: Rc<Channel<T>>,
}

/// Between the body and whoever runs it.
struct Channel<T> {
    /// The value that the body gives.
    yielded: RefCell<Option<T>>,
    /// What its `yield` returns.
    resumed: RefCell<Option<Result>>,
}

/// Where a body stops.
pub(super) enum Stop<T> {
    /// At a `yield`.
    Yielded(T),
    /// At its end.
    Ended(Result),
    /// Nowhere: it had ended when it was to go on, because somebody else took its last steps.
    Gone,
}

impl<T> Stop<T> {
    /// As a step of an iteration.
    pub(super) fn iterated(self) -> Result<Option<T>> {
        match self {
            Stop::Yielded(value) => Ok(Some(value)),
            Stop::Ended(result) => result.map(|()| None),
            Stop::Gone => Ok(None),
        }
    }
}

impl<T: 'static> Body<T> {
    pub(super) fn new<B>(body: B) -> Self
    where
        B: AsyncFnOnce(Yielder<T>) -> Result + 'static,
    {
        let channel = Rc::new(Channel { yielded: RefCell::default(), resumed: RefCell::default() });
        let yielder = Yielder(channel.clone());
        let future = Box::pin(async move { body(yielder).await });
        Body {
            future: RefCell::new(Some(future)),
            begun: Cell::new(false),
            executing: Cell::new(false),
            awaits: Cell::new(false),
            channel,
        }
    }
}

impl<T> Body<T> {
    /// Whether it has ended.
    pub(super) fn ended(&self) -> bool {
        self.future.borrow().is_none() && !self.executing.get()
    }

    /// Whether it stands where it awaits something.
    pub(super) fn awaits(&self) -> bool {
        self.awaits.get()
    }

    /// Takes it out; what is left behind has ended.
    pub(super) fn take(&mut self) -> Option<Self> {
        let future = self.future.take()?;
        Some(Body {
            future: RefCell::new(Some(future)),
            begun: self.begun.clone(),
            executing: Cell::new(false),
            awaits: self.awaits.clone(),
            channel: self.channel.clone(),
        })
    }

    /// Runs it on, by returning `entry` from the `yield` where it stands. One that has not begun, or
    /// has ended, does not catch an exception; one that awaits something goes on there.
    pub(super) async fn go_on(&self, entry: Result) -> Stop<T> {
        if self.ended() {
            return Stop::Ended(entry);
        }
        if self.begun.replace(true) {
            if self.executing.get() {
                // What it awaits says what there is to say.
            } else if !self.awaits.get() {
                self.channel.resumed.replace(Some(entry));
            } else if let Err(error) = entry {
                // Raised where it awaits something, which nobody does any more who would hear of it.
                let mut error = Some(error);
                return poll_fn(|cx| match error.take() {
                    Some(error) => throw(error, || self.poll(cx)),
                    None => self.poll(cx),
                })
                .await;
            }
        } else if let Err(error) = entry {
            let unbegun = self.future.take();
            drop(unbegun);
            return Stop::Ended(Err(error));
        }
        self.resume().await
    }

    /// Runs it on from wherever it stands, each time it is polled: `gen.send(None)`.
    pub(super) fn resume(&self) -> impl Future<Output = Stop<T>> {
        poll_fn(|cx| self.poll(cx))
    }

    fn poll(&self, cx: &mut Context<'_>) -> Poll<Stop<T>> {
        if self.executing.get() {
            let error = Error::new("ValueError", "async generator already executing");
            return Poll::Ready(Stop::Ended(Err(error)));
        }
        let Some(mut future) = self.future.take() else {
            let thrown = get_running_loop().ok().and_then(|event_loop| take_thrown(&event_loop));
            return Poll::Ready(thrown.map_or(Stop::Gone, |error| Stop::Ended(Err(error))));
        };
        self.executing.set(true);
        let polled = future.as_mut().poll(cx);
        self.executing.set(false);
        let yielded = self.channel.yielded.take();
        self.awaits.set(polled.is_pending() && yielded.is_none());
        match polled {
            Poll::Ready(result) => {
                // As a Python frame: what it holds is freed before the result is looked at.
                drop(future);
                Poll::Ready(Stop::Ended(result.map_err(leaving)))
            }
            Poll::Pending => {
                self.future.replace(Some(future));
                yielded.map_or(Poll::Pending, |value| Poll::Ready(Stop::Yielded(value)))
            }
        }
    }

    /// Ends one whose run was given up where it awaits something, and that can never go on.
    pub(super) fn abandon(&self) {
        let future = self.future.take();
        drop(future); // after the borrow has ended: what it frees may come back here
    }
}

/// What leaves a generator when `error` leaves its body: the end of an iteration must not be mistaken
/// for the generator's own.
fn leaving(error: Error) -> Error {
    if !error.is("StopAsyncIteration") && !error.is("StopIteration") {
        return error;
    }
    let text = format!("async generator raised {}", error.type_name());
    Error::replacing(error, text)
}

/// Gives a generator's values from within its body; see [`async_generator`](super::async_generator).
///
/// ```
/// use asyncio::{self, Error, async_generator};
/// let seen = asyncio::run(async {
///     let numbers = async_generator("numbers", async |numbers| {
///         match numbers.yield_(1).await {
///             Err(error) if error.is("ValueError") => numbers.yield_(2).await, // except ValueError:
///             other => other,
///         }
///     });
///     Ok([numbers.next().await?, numbers.athrow(Error::new("ValueError", "")).await?])
/// });
/// assert_eq!(seen.unwrap(), [Some(1), Some(2)]);
/// ```
pub struct Yielder<T>(Rc<Channel<T>>);

impl<T> Yielder<T> {
    /// `yield value`. Returns when the next value is asked for.
    ///
    /// # Errors
    /// What is thrown into the generator, [`Error::GeneratorExit`] when it is closed.
    pub fn yield_(&self, value: T) -> Yield<'_, T> {
        Yield { channel: &self.0, value: Some(value) }
    }
}

/// A `yield` to be awaited; see [`Yielder::yield_`].
pub struct Yield<'a, T> {
    channel: &'a Channel<T>,
    /// Taken when it has been given.
    value: Option<T>,
}

impl<T> Unpin for Yield<'_, T> {}

impl<T> Future for Yield<'_, T> {
    type Output = Result;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result> {
        if self.value.is_none() {
            // Nothing was handed over where whoever awaited the body goes on with it after another has
            // taken it to this `yield`.
            return Poll::Ready(match self.channel.resumed.take() {
                Some(entry) => entry.map_err(thrown_in),
                None => {
                    let event_loop = get_running_loop().ok();
                    event_loop.and_then(|event_loop| take_thrown(&event_loop)).map_or(Ok(()), Err)
                }
            });
        }
        // Of several at once, which Python cannot have, each waits for the one before.
        if self.channel.yielded.borrow().is_none() {
            let value = self.value.take();
            self.channel.yielded.replace(value);
        }
        Poll::Pending
    }
}
