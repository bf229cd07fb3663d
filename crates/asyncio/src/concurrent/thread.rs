//! A simulated thread.

use super::blocked_callers::{BlockedCallers, Reason};
use super::state::{Names, of_threads};
use crate::base_events::EventLoop;
use crate::contextvars;
use crate::exceptions::{Error, Result, elsewhere};
use executor::Handle;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};
use trace::{Op, Wait};

/// A thread, or a process of a pool, as its own function sees it; clones are the same thread.
///
/// Its function is a future that may await the operations of this type and of
/// [`ThreadFuture`](super::ThreadFuture), and nothing else. [`print`](crate::print) prints
/// from it; what would block the loop, as [`time_sleep`](crate::time_sleep), has no place in
/// it.
///
/// ```
/// use asyncio::{self, to_thread};
/// let name = asyncio::run(async {
///     to_thread(|thread| async move {
///         thread.sleep(1.0).await?; // time.sleep(1)
///         Ok(thread.name())
///     })
///     .await
/// });
/// assert_eq!(&*name.unwrap(), "asyncio_0");
/// ```
#[derive(Clone)]
pub struct Thread(pub(super) Rc<ThreadState>);

pub(super) struct ThreadState {
    pub(super) event_loop: Rc<EventLoop>,
    name: Rc<str>,
    /// Whether its CPU work leaves the interpreter lock alone.
    pub(super) process: bool,
    /// What is left of it to do, while it is blocked. The executor frees it at the end of the run.
    rest: RefCell<Option<Handle>>,
    ended: Cell<bool>,
    joiners: BlockedCallers,
    /// Empty at first: a thread inherits nothing.
    context: contextvars::Context,
}

/// Starts a thread that belongs to no pool, as `threading.Thread(target=name).start()` does. It runs to
/// where it first blocks before this returns. What it raises is logged. It may be started in the
/// synchronous part of a program too, where no loop runs.
///
/// ```
/// use asyncio::{self, start_thread};
/// let time = asyncio::run(async {
///     let thread = start_thread("work", |thread| async move { thread.sleep(2.0).await });
///     thread.join(None).await?; // holds the loop
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 2.0);
/// ```
///
/// # Panics
/// Outside of a run.
pub fn start_thread<F, B>(name: &str, body: F) -> Thread
where
    F: FnOnce(Thread) -> B,
    B: Future<Output = Result> + 'static,
{
    let event_loop = of_threads();
    let names = Names::of(&event_loop.program);
    let number = names.plain_threads.get() + 1;
    names.plain_threads.set(number);
    let name = format!("Thread-{number} ({name})");
    let text = format!("Exception in thread {name}");
    let report = event_loop.clone();
    let process = event_loop.threads().current().is_some_and(|starter| starter.0.process);
    Thread::start(event_loop, &name, process, |thread| {
        let body = body(thread);
        async move {
            if let Err(error) = body.await {
                report.warn(&format!("{text}: {}", error.headline()));
            }
        }
    })
}

impl Thread {
    /// Starts a thread; it runs to where it first blocks.
    pub(super) fn start<B>(
        event_loop: Rc<EventLoop>,
        name: &str,
        process: bool,
        body: impl FnOnce(Thread) -> B,
    ) -> Self
    where
        B: Future<Output = ()> + 'static,
    {
        event_loop.threads().count_busy(1);
        let thread = Thread(Rc::new(ThreadState {
            event_loop,
            name: name.into(),
            process,
            rest: RefCell::default(),
            ended: Cell::new(false),
            joiners: BlockedCallers::default(),
            context: contextvars::Context::default(),
        }));
        let body = Box::pin(body(thread.clone()));
        thread.clone().go_on(body);
        thread
    }

    /// Lets it run from where it is blocked to where it blocks again.
    pub(super) fn resume(&self) {
        let rest = self.0.rest.borrow_mut().take();
        if let Some(rest) = rest {
            rest.run();
        }
    }

    fn go_on(self, mut rest: Pin<Box<dyn Future<Output = ()>>>) {
        let event_loop = self.0.event_loop.clone();
        let resumer = event_loop.threads().current.replace(Some(self.clone()));
        let task = event_loop.current.replace(None);
        let run = || {
            // What a thread asks of "the loop" is meant for the one that it was started from.
            let mut context = Context::from_waker(Waker::noop());
            let poll = || event_loop.with(|| rest.as_mut().poll(&mut context));
            if self.0.context.enter(poll).is_pending() {
                let thread = self.clone();
                let rest = event_loop.core.handle(move || thread.go_on(rest));
                *self.0.rest.borrow_mut() = Some(rest);
            } else {
                drop(rest);
                self.0.ended.set(true);
                event_loop.threads().count_busy(-1);
                self.0.joiners.wake_all();
            }
        };
        event_loop.core.run_external(|| elsewhere(run));
        *event_loop.current.borrow_mut() = task;
        *event_loop.threads().current.borrow_mut() = resumer;
    }

    /// Its name, such as `asyncio_0`: `threading.current_thread().name`.
    pub fn name(&self) -> Rc<str> {
        self.0.name.clone()
    }

    /// Whether it has not ended.
    pub fn is_alive(&self) -> bool {
        !self.0.ended.get()
    }

    /// Blocks whoever calls it, a thread or the loop, until this thread has ended, at most `timeout`
    /// seconds: `join`.
    ///
    /// # Errors
    /// `RuntimeError` when it is called by the thread itself.
    #[track_caller]
    pub fn join(&self, timeout: Option<f64>) -> impl Future<Output = Result> + use<> {
        self.join_as(timeout, Reason { cause: Wait::Op(Op::Join), at: Location::caller() })
    }

    /// [`Thread::join`], saying what the loop is held for.
    pub(super) fn join_as(
        &self,
        timeout: Option<f64>,
        reason: Reason,
    ) -> impl Future<Output = Result> + use<> {
        let thread = self.clone();
        async move {
            let ThreadState { event_loop, joiners, .. } = &*thread.0;
            if event_loop.threads().current().is_some_and(|current| current == thread) {
                return Err(Error::new("RuntimeError", "cannot join current thread"));
            }
            if thread.0.ended.get() || timeout.is_some_and(|timeout| timeout <= 0.0) {
                return Ok(());
            }
            let deadline = timeout.map(|timeout| event_loop.core.time() + timeout);
            joiners.wait(event_loop, deadline, reason).await;
            Ok(())
        }
    }

    /// Lets it go on now, but after what else is due.
    pub(super) fn resume_soon(&self) {
        self.resumes_at(self.time());
    }
}

/// Whether the two are the same thread.
impl PartialEq for Thread {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
