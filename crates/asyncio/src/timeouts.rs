//! `asyncio.timeout`: a deadline around a stretch of code.

use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::events::goes_in_a_circle;
use crate::exceptions::{Contexts, Error, Exception, Result, while_handling};
use crate::tasks::AnyTask;
use executor::Handle;
use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::future::Future as StdFuture;
use std::rc::Rc;
use trace::{Actor, EventKind, HandleKind, TimeoutId};

/// A timeout that comes due after `delay` seconds, counted from now and not from where it is entered;
/// never when that is `None`.
///
/// ```
/// use asyncio::{self, sleep, timeout};
/// let late = asyncio::run(async {
///     timeout(Some(1.0)).scope(|_| async { sleep(3.0).await }).await
/// });
/// assert_eq!(late.unwrap_err().to_string(), "TimeoutError");
/// ```
///
/// # Panics
/// Without a running loop.
pub fn timeout(delay: Option<f64>) -> Timeout {
    let now = EventLoop::running().core.time();
    timeout_at(delay.map(|delay| now + delay))
}

/// A timeout that comes due when loop time is `when`, in seconds; never when that is `None`.
pub fn timeout_at(when: Option<f64>) -> Timeout {
    Timeout(Rc::new(TimeoutState {
        state: Cell::new(State::Created),
        when: Cell::new(when),
        handler: RefCell::default(),
        entered: OnceCell::new(),
    }))
}

/// A deadline around a stretch of code: when it comes, the task in it is cancelled, and where the
/// cancellation leaves the stretch it becomes `TimeoutError`. Clones are the same timeout. Follows
/// `Timeout` of CPython 3.13 (`Lib/asyncio/timeouts.py`).
///
/// Python's `async with` is [`Timeout::scope`], or [`Timeout::enter`] and [`Timeout::exit`].
///
/// ```
/// use asyncio::{self, sleep, time, timeout};
/// let expired = asyncio::run(async {
///     let deadline = timeout(None);
///     let late = deadline
///         .scope(|deadline| async move {
///             deadline.reschedule(Some(time() + 1.0))?;
///             sleep(3.0).await
///         })
///         .await;
///     assert!(late.unwrap_err().is("TimeoutError"));
///     Ok((deadline.expired(), time()))
/// });
/// assert_eq!(expired.unwrap(), (true, 1.0));
/// ```
#[derive(Clone)]
pub struct Timeout(Rc<TimeoutState>);

struct TimeoutState {
    state: Cell<State>,
    /// When it comes due, if it does.
    when: Cell<Option<f64>>,
    /// The callback that will cancel the task.
    handler: RefCell<Option<Handle>>,
    entered: OnceCell<Entered>,
}

struct Entered {
    event_loop: Rc<EventLoop>,
    /// Kept as long as the timeout is, as in CPython.
    task: AnyTask,
    /// The task's cancellation requests at that time.
    cancelling: u32,
    /// Its number in the trace.
    id: TimeoutId,
}

impl Entered {
    fn emit(&self, kind: impl FnOnce(TimeoutId) -> EventKind) {
        if !self.task.is_hidden() {
            self.event_loop.core.emit(|| kind(self.id));
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Created,
    Active,
    Expiring,
    Expired,
    Finished,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::Created => "created",
            State::Active => "active",
            State::Expiring => "expiring",
            State::Expired => "expired",
            State::Finished => "finished",
        }
    }
}

impl Timeout {
    /// When it comes due, in seconds of loop time; `None` for never.
    pub fn when(&self) -> Option<f64> {
        self.0.when.get()
    }

    /// Whether it came due while it was entered.
    pub fn expired(&self) -> bool {
        matches!(self.0.state.get(), State::Expiring | State::Expired)
    }

    /// Changes when it comes due, in seconds of loop time; a time that has come counts as the next
    /// iteration.
    ///
    /// # Errors
    /// `RuntimeError` unless it has been entered, has not come due, and has not been left.
    pub fn reschedule(&self, when: Option<f64>) -> Result {
        let TimeoutState { state, entered, .. } = &*self.0;
        match (state.get(), entered.get()) {
            (State::Active, Some(entered)) => {
                entered.emit(|timeout| EventKind::TimeoutRescheduled { timeout, due: when });
                self.arm(entered, when);
                Ok(())
            }
            (State::Created, _) => Err(Error::new("RuntimeError", "Timeout has not been entered")),
            (state, _) => {
                let text = format!("Cannot change state of {} Timeout", state.name());
                Err(Error::new("RuntimeError", text))
            }
        }
    }

    /// Runs `body` inside it: `async with timeout:`.
    ///
    /// # Errors
    /// What [`Timeout::enter`] raises; `TimeoutError` when it came due; or what the body raises.
    pub fn scope<T, F, B>(&self, body: B) -> impl StdFuture<Output = Result<T>> + use<T, F, B>
    where
        F: StdFuture<Output = Result<T>>,
        B: FnOnce(Timeout) -> F,
    {
        let timeout = self.clone();
        async move {
            timeout.enter()?;
            let left_early = LeftEarly(&timeout);
            let result = body(timeout.clone()).await;
            left_early.0.exit(result)
        }
    }

    /// Begins to count for the running task: `__aenter__`.
    ///
    /// # Errors
    /// `RuntimeError` outside a task, or when it was entered before.
    ///
    /// # Panics
    /// Without a running loop.
    pub fn enter(&self) -> Result {
        let TimeoutState { state, when, entered, .. } = &*self.0;
        if state.get() != State::Created {
            return Err(Error::new("RuntimeError", "Timeout has already been entered"));
        }
        let event_loop = EventLoop::running();
        let task = event_loop
            .current_task()
            .ok_or_else(|| Error::new("RuntimeError", "Timeout should be used inside a task"))?;
        state.set(State::Active);
        let cancelling = task.cancelling();
        let hidden = task.is_hidden();
        let id = if hidden { TimeoutId(0) } else { event_loop.program.next_timeout() };
        let entered = entered.get_or_init(|| Entered { event_loop, task, cancelling, id });
        let (task, due) = (entered.task.id(), when.get());
        entered.emit(|timeout| EventKind::TimeoutEntered { timeout, task, due });
        self.arm(entered, when.get());
        Ok(())
    }

    /// Ends it, with what the code inside came to: `__aexit__`. Returns what goes on outside: a
    /// cancellation that is this timeout's own is `TimeoutError` there.
    ///
    /// # Errors
    /// `TimeoutError`, or the error given; `AssertionError` when it is not entered.
    pub fn exit<T>(&self, result: Result<T>) -> Result<T> {
        match result {
            Ok(value) => self.leave(Ok(value)),
            Err(error) => while_handling(&error.clone(), || self.leave(Err(error))),
        }
    }

    /// [`Timeout::exit`] as others than a block call it: what is being handled is up to them. Returns whether
    /// what was raised goes no further: it always does.
    ///
    /// # Errors
    /// When awaited, `TimeoutError`; `AssertionError` when it is not entered.
    pub fn exit_async(&self, error: Option<&Error>) -> Coro<bool> {
        let (timeout, error) = (self.clone(), error.cloned());
        Coro::new("Timeout.__aexit__", async move {
            match (timeout.leave(error.clone().map_or(Ok(()), Err)), error) {
                (Err(raised), Some(error)) if raised.is_same(&error) => Ok(false),
                (left, _) => left.map(|()| false),
            }
        })
    }

    fn leave<T>(&self, result: Result<T>) -> Result<T> {
        let TimeoutState { state, entered, .. } = &*self.0;
        let (State::Active | State::Expiring, Some(entered)) = (state.get(), entered.get()) else {
            return Err(Error::new("AssertionError", ""));
        };
        self.disarm();
        entered.emit(|timeout| EventKind::TimeoutLeft { timeout });
        if state.get() == State::Active {
            state.set(State::Finished);
            return result;
        }
        state.set(State::Expired);
        // More requests than when it was entered: somebody else has cancelled the task as well.
        let own = entered.task.uncancel() <= entered.cancelling;
        match result {
            Err(error) if own && error.is_cancelled() => {
                Err(Error::new("TimeoutError", "").from_cause(Some(&error)))
            }
            Err(error) if own => {
                insert_timeout_error(&error);
                if error.is("ExceptionGroup") {
                    error.members().iter().for_each(insert_timeout_error);
                }
                Err(error)
            }
            result => result,
        }
    }

    /// What Python's `repr()` gives for it.
    pub fn repr(&self) -> String {
        let state = self.0.state.get();
        let when = match (state, self.when()) {
            (State::Active, Some(when)) => format!(" when={:?}", rounded(when)),
            (State::Active, None) => " when=None".into(),
            _ => String::new(),
        };
        format!("<Timeout [{}]{when}>", state.name())
    }

    fn arm(&self, entered: &Entered, when: Option<f64>) {
        self.0.when.set(when);
        self.disarm();
        let Some(when) = when else { return };
        let core = &entered.event_loop.core;
        let timeout = self.clone();
        let on_timeout = move || timeout.come_due();
        let handler = if when <= core.time() {
            core.call_soon_as(HandleKind::Timeout, on_timeout)
        } else {
            core.call_at_as(HandleKind::Timeout, when, on_timeout)
        };
        *self.0.handler.borrow_mut() = Some(handler);
    }

    fn disarm(&self) {
        if let Some(handler) = self.0.handler.take() {
            handler.cancel();
        }
    }

    /// `_on_timeout`: only ever while it is active.
    fn come_due(&self) {
        if let Some(entered) = self.0.entered.get() {
            entered.emit(|timeout| EventKind::TimeoutExpired { timeout });
            let core = &entered.event_loop.core;
            core.on_account_of(Actor::Timeout(entered.id), || entered.task.cancel());
        }
        self.0.state.set(State::Expiring);
        self.0.handler.take();
    }
}

/// Puts `TimeoutError` before the cancellation that an error was raised in the handling of.
fn insert_timeout_error(error: &Error) {
    let mut chain = Contexts::of(error);
    if let Some((at, cancelled)) = chain.find(|(_, context)| context.is_cancelled()) {
        let late = Error::from(Exception::new("TimeoutError", "")).from_cause(Some(&cancelled));
        late.set_context(Some(cancelled));
        at.set_context(Some(late));
    } else if chain.is_circle() {
        goes_in_a_circle();
    }
}

/// `round(seconds, 3)`.
fn rounded(seconds: f64) -> f64 {
    format!("{seconds:.3}").parse().unwrap_or(seconds)
}

impl fmt::Debug for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr())
    }
}

/// Ends a timeout whose scope is dropped before it has run to its end.
struct LeftEarly<'a>(&'a Timeout);

impl Drop for LeftEarly<'_> {
    fn drop(&mut self) {
        if matches!(self.0.0.state.get(), State::Active | State::Expiring) {
            let _ = self.0.exit::<()>(Err(Error::generator_exit()));
        }
    }
}

/// Whether the two are the same timeout.
impl PartialEq for Timeout {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
