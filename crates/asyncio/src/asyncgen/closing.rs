//! How generators that nobody closes are closed by their loop.

use super::body::Body;
use super::closers::{Closers, Returning};
use super::generator::{AsyncGenerator, GeneratorState};
use crate::base_events::EventLoop;
use crate::contextvars::Context;
use crate::coroutines::Coro;
use crate::coroutines::poll_unheard;
use crate::events::get_running_loop;
use crate::exceptions::{Error, Result};
use std::cell::{Cell, OnceCell, RefCell};
use std::pin::pin;
use std::rc::{Rc, Weak};

/// The generators that have been used in a loop and still exist, in the order of first use.
pub(crate) struct Generators {
    used: RefCell<Vec<Weak<dyn Closable>>>,
    /// With so many, those that are gone are forgotten.
    full: Cell<usize>,
    closers: RefCell<Rc<dyn Closers>>,
}

impl Default for Generators {
    fn default() -> Self {
        Generators {
            used: RefCell::default(),
            full: Cell::default(),
            closers: RefCell::new(Rc::new(Returning(()))),
        }
    }
}

/// A generator whose type of value does not matter.
trait Closable {
    fn name(&self) -> Rc<str>;
    fn aclose(self: Rc<Self>) -> Coro<()>;
}

impl<T: 'static> Closable for GeneratorState<T> {
    fn name(&self) -> Rc<str> {
        self.name.clone()
    }

    fn aclose(self: Rc<Self>) -> Coro<()> {
        AsyncGenerator(self).aclose()
    }
}

impl Generators {
    fn add(&self, generator: Weak<dyn Closable>) {
        let mut used = self.used.borrow_mut();
        if used.len() >= self.full.get() {
            used.retain(|generator| generator.strong_count() > 0);
            self.full.set(16.max(used.len() * 2));
        }
        used.push(generator);
    }

    pub(super) fn set_closers(&self, closers: Rc<dyn Closers>) {
        *self.closers.borrow_mut() = closers;
    }

    fn closers(&self) -> Rc<dyn Closers> {
        self.closers.borrow().clone()
    }

    fn take(&self) -> Vec<Rc<dyn Closable>> {
        self.used.take().iter().filter_map(Weak::upgrade).collect()
    }
}

impl EventLoop {
    pub(super) fn generators(&self) -> Rc<Generators> {
        self.annexes.get()
    }

    /// Closes the asynchronous generators that exist, each in a task of its own, and logs what their
    /// bodies raise: `loop.run_until_complete(loop.shutdown_asyncgens())`, of which the trace shows no
    /// more than these tasks. To be awaited outside of any task, as [`EventLoop::run_forever`].
    ///
    /// # Errors
    /// `RuntimeError` when it is closed, or a loop is running.
    pub async fn shutdown_asyncgens(self: &Rc<Self>) -> Result {
        let closing = shutdown_asyncgens(self.clone());
        if self.is_closed() {
            return Err(Error::new("RuntimeError", "Event loop is closed"));
        }
        self.housekeep(closing).await
    }
}

impl<T: 'static> AsyncGenerator<T> {
    /// The hook that CPython calls when a generator is first used. There is none while no loop runs.
    pub(super) fn first_use(&self) {
        let Ok(event_loop) = get_running_loop() else { return };
        self.0.event_loop.get_or_init(|| {
            let weak: Weak<GeneratorState<T>> = Rc::downgrade(&self.0);
            event_loop.generators().add(weak);
            event_loop
        });
    }
}

/// The hook that CPython calls when a generator is freed: `_asyncgen_finalizer_hook`. It comes back to
/// life for the time of its closing, and is not revived a second time.
impl<T: 'static> Drop for GeneratorState<T> {
    fn drop(&mut self) {
        let (Some(event_loop), Some(body)) = (self.event_loop.take(), self.body.take()) else {
            return;
        };
        if self.dropped || event_loop.is_closed() {
            return;
        }
        if self.closing.get() {
            return exit(&body);
        }
        let revived = AsyncGenerator(Rc::new(GeneratorState {
            name: self.name.clone(),
            body,
            running: self.running.clone(),
            runs: Cell::new(0),
            closing: Cell::new(false),
            event_loop: OnceCell::from(event_loop.clone()),
            dropped: true,
        }));
        let closing = revived.aclose();
        let closers = event_loop.generators().closers();
        let context = Context::copied();
        event_loop.core.call_soon(move || context.enter(|| closers.create(closing)));
    }
}

/// What becomes of one that yielded to its closing: `GeneratorExit` is raised where it stands, and it
/// runs to its next await, `yield`, or end. Nobody hears what it raises.
fn exit<T>(body: &Body<T>) {
    if get_running_loop().is_ok() {
        let stop = poll_unheard(pin!(body.go_on(Err(Error::generator_exit().raised()))));
        drop(stop);
    }
}

/// Closes the generators that exist, each in a task of its own: `loop.shutdown_asyncgens()`. What their
/// bodies raise is logged.
pub(crate) fn shutdown_asyncgens(event_loop: Rc<EventLoop>) -> Coro<()> {
    Coro::new("BaseEventLoop.shutdown_asyncgens", async move {
        let generators = event_loop.generators().take();
        if generators.is_empty() {
            return Ok(());
        }
        let closings = generators.iter().cloned().map(Closable::aclose).collect();
        let results = event_loop.generators().closers().gather(closings).await?;
        for (generator, result) in generators.iter().zip(results) {
            if let Some(error) = result.as_ref().err().filter(|error| error.exception().is_some()) {
                let text = format!(
                    "an error occurred during closing of asynchronous generator \
                     <async_generator object {}>",
                    generator.name()
                );
                event_loop.log_error(&text, None, Some(error), None);
            }
        }
        Ok(())
    })
}
