//! The part of a task that does not depend on its result's type.

use crate::base_events::EventLoop;
use crate::contextvars::OwnContext;
use crate::exceptions::{Error, repr_str};
use crate::freeing::Beyond;
use crate::futures::{AnyFuture, Future};
use crate::program::Overrun;
use executor::Slot;
use std::any::Any;
use std::cell::Cell;
use std::ops::Deref;
use std::rc::Rc;
use trace::{EventKind, Name, TaskId};

/// A task whose type of result does not matter.
pub(crate) trait TaskNode: AnyFuture {
    fn task_state(&self) -> &TaskState;
    fn event_loop(&self) -> &Rc<EventLoop>;
}

impl Deref for dyn TaskNode {
    type Target = TaskState;

    fn deref(&self) -> &TaskState {
        self.task_state()
    }
}

/// The part of a task that does not depend on its result's type.
pub(crate) struct TaskState {
    pub(crate) slot: Slot,
    /// What the task is suspended on.
    waiter: Cell<Option<Rc<dyn AnyFuture>>>,
    /// What its steps run in.
    pub(crate) context: OwnContext,
    rare: Cell<Option<Box<Rare>>>,
    /// The N of `Task-N`, where nobody has given it a name or asked for it.
    number: Cell<u32>,
    cancel_requests: Cell<u32>,
    /// Whether its step has not come yet to where it was suspended.
    goes_on: Cell<bool>,
    /// Whether it is suspended only until the next iteration.
    yielded: Cell<bool>,
    /// Whether it awaits itself, which the next step raises; whether the present step does.
    awaits_itself: Cell<bool>,
    raises_itself: Cell<bool>,
    must_cancel: Cell<bool>,
    /// Whether its present step raises `CancelledError` where it goes on, and has not come there yet.
    raises: Cell<bool>,
    /// Whether what it waits for is being cancelled on its account.
    being_cancelled: Cell<bool>,
    started: Cell<bool>,
    /// Whether it is suspended on something that is not asyncio's and cannot be cancelled.
    foreign: Cell<bool>,
    /// A task of the loop itself, which the trace does not show.
    pub(super) hidden: bool,
    /// Whether being freed while pending is worth a warning: `_log_destroy_pending`.
    pub(crate) log_destroyed: Cell<bool>,
}

/// What few tasks have: so most are smaller.
#[derive(Default)]
struct Rare {
    /// Its name, written out.
    name: Option<Rc<str>>,
    cancel_message: Option<Rc<str>>,
    /// What the coroutine keeps alive when it has ended.
    beyond: Beyond,
}

/// A copy of what lies in a cell.
fn peek<T: Clone>(cell: &Cell<Option<T>>) -> Option<T> {
    let value = cell.take();
    cell.set(value.clone());
    value
}

/// The exception of what woke the task that is stepped.
fn woken_error(event_loop: &EventLoop) -> Option<Error> {
    let woken = peek(&event_loop.woken)?;
    if !woken.is_done() {
        return None;
    }
    // `__wakeup` asks for the result: what is cancelled raises, and what is no plain future or task.
    match woken.exception_any() {
        Ok(error) if woken.is_gathering() => error.map(Error::raised),
        Ok(error) => error,
        Err(cancelled) => Some(cancelled.raised()),
    }
}

impl TaskState {
    /// Of a task that has not been scheduled.
    pub(crate) fn new(name: Name, hidden: bool, context: OwnContext) -> Self {
        let (number, given) = match name {
            Name::Number(number) => (number, None),
            Name::Given(name) => (0, Some(name)),
        };
        let rare = given.map(|name| Box::new(Rare { name: Some(name), ..Rare::default() }));
        TaskState {
            slot: Slot::default(),
            waiter: Cell::default(),
            context,
            rare: Cell::new(rare),
            number: Cell::new(number),
            cancel_requests: Cell::new(0),
            goes_on: Cell::new(false),
            yielded: Cell::new(false),
            awaits_itself: Cell::new(false),
            raises_itself: Cell::new(false),
            must_cancel: Cell::new(false),
            raises: Cell::new(false),
            being_cancelled: Cell::new(false),
            started: Cell::new(false),
            foreign: Cell::new(false),
            hidden,
            log_destroyed: Cell::new(true),
        }
    }

    /// Looks at what few tasks have.
    fn rare<R>(&self, read: impl FnOnce(Option<&Rare>) -> R) -> R {
        let rare = self.rare.take();
        let result = read(rare.as_deref());
        self.rare.set(rare);
        result
    }

    /// Changes that.
    fn make_rare<R>(&self, change: impl FnOnce(&mut Rare) -> R) -> R {
        let mut rare = self.rare.take().unwrap_or_default();
        let result = change(&mut rare);
        self.rare.set(Some(rare));
        result
    }

    pub(crate) fn id(&self) -> TaskId {
        self.slot.id()
    }

    /// Its number in the trace, unless the trace does not show it.
    pub(crate) fn traced_id(&self) -> Option<TaskId> {
        (!self.hidden).then(|| self.id())
    }

    pub(crate) fn name(&self) -> Rc<str> {
        let name = self.unwritten_name().text();
        self.make_rare(|rare| rare.name = Some(name.clone()));
        name
    }

    /// Its name, not written out if nobody has asked yet.
    pub(super) fn unwritten_name(&self) -> Name {
        let written = self.rare(|rare| rare.and_then(|rare| rare.name.clone()));
        written.map_or_else(|| Name::Number(self.number.get()), Name::Given)
    }

    pub(super) fn set_name(&self, event_loop: &EventLoop, name: &str) {
        let name: Rc<str> = name.into();
        event_loop.core.renamed(self.id(), &name);
        self.make_rare(|rare| rare.name = Some(name));
    }

    /// Keeps something that its coroutine keeps alive beyond its end.
    pub(super) fn keep_beyond(&self, object: Rc<dyn Any>) {
        self.make_rare(|rare| rare.beyond.keep(object));
    }

    /// Lets go of that.
    pub(crate) fn let_go_beyond(&self) {
        let beyond = self.rare(|rare| rare.map(|rare| rare.beyond.take()));
        drop(beyond); // after it is put back: what it frees may come back here
    }

    /// `repr()`, as far as it does not depend on source code.
    pub(crate) fn repr(&self) -> String {
        format!("<Task pending name={}>", repr_str(&self.name()))
    }

    /// Whether this is the future of the task itself.
    pub(crate) fn is_future<T: Clone + 'static>(&self, future: &Future<T>) -> bool {
        future.task().is_some_and(|state| std::ptr::eq(state, self))
    }

    /// What `__step` does first. Gives what the task was suspended on, which its step holds.
    pub(crate) fn begin_step(&self) -> Option<Rc<dyn AnyFuture>> {
        self.yielded.set(false);
        self.goes_on.set(true);
        self.raises_itself.set(self.awaits_itself.replace(false));
        // The request is answered, whatever comes of what is raised: what is awaited may raise another
        // error in its place, as a coroutine that has ended meanwhile does.
        self.raises.set(self.must_cancel.replace(false));
        self.waiter.take()
    }

    /// What it does last; `event_loop` still holds what woke the task.
    pub(crate) fn end_step(&self, event_loop: &EventLoop) {
        if self.went_on() {
            // `__wakeup` looks at it even when the coroutine has ended meanwhile.
            let _ = woken_error(event_loop);
        }
        self.raises.set(false);
        self.raises_itself.set(false);
    }

    /// The step has come to where the task is suspended; whether it is the first time.
    pub(crate) fn went_on(&self) -> bool {
        self.goes_on.replace(false)
    }

    /// Whether the step raises something where the task is suspended, and has not come there yet.
    pub(crate) fn throws(&self, event_loop: &EventLoop) -> bool {
        let woken = peek(&event_loop.woken).filter(|future| future.is_done());
        let failed =
            || woken.is_some_and(|woken| woken.is_cancelled() || woken.failure().is_some());
        self.goes_on.get() && (self.raises.get() || self.raises_itself.get() || failed())
    }

    /// What the step raises there, wherever that is by now: the coroutine may have been closed, and
    /// stand at another place than the one that the task was woken for.
    pub(crate) fn thrown(&self, event_loop: &EventLoop) -> Option<Error> {
        let own = woken_error(event_loop);
        // A cancellation that came through the future was there first.
        let cancelled = self.take_cancellation();
        if own.as_ref().is_some_and(Error::is_cancelled) { own } else { cancelled.or(own) }
    }

    /// Whether the coroutine has not begun, in another task neither, or stands where nothing can be
    /// raised in it.
    pub(crate) fn nothing_can_catch(&self, begun: bool) -> bool {
        let first = !self.started.replace(true);
        self.foreign.replace(false) || (first && !begun)
    }

    /// What `__step` does last when the coroutine is suspended.
    pub(crate) fn suspend(&self) {
        let waiter = self.waiter.take();
        let waits = waiter.is_some();
        self.waiter.set(waiter);
        if waits {
            if self.must_cancel.get()
                && let Some(waiter) = peek(&self.waiter)
                && waiter.cancel(self.cancel_message())
            {
                self.must_cancel.set(false);
            }
        } else if !self.yielded.get() {
            self.foreign.set(true);
        }
    }

    /// `Task.cancel`, for a task that is not done.
    pub(crate) fn request_cancel(&self, event_loop: &EventLoop, message: Option<Rc<str>>) -> bool {
        let core = &event_loop.core;
        if let Some(task) = self.traced_id() {
            core.emit(|| EventKind::CancelRequested { task, by: core.source() });
        }
        self.cancel_requests.set(self.cancel_requests.get() + 1);
        if self.being_cancelled.replace(true) {
            // It waits, over others, for itself: CPython goes round until it has no stack left.
            event_loop.program.overrun.set(Some(Overrun::Stack));
            return true;
        }
        let waiter = peek(&self.waiter);
        let passed_on = waiter.is_some_and(|waiter| waiter.cancel(message.clone()));
        self.being_cancelled.set(false);
        if passed_on {
            return true;
        }
        self.must_cancel.set(true);
        if message.is_some() || self.cancel_message().is_some() {
            self.make_rare(|rare| rare.cancel_message = message);
        }
        if self.foreign.get() {
            core.wake(self.id());
        }
        true
    }

    /// `Task.uncancel`: takes one request back and says how many are left.
    pub(crate) fn uncancel(&self) -> u32 {
        let requests = self.cancel_requests.get();
        if requests > 0 {
            self.cancel_requests.set(requests - 1);
            if requests == 1 {
                self.must_cancel.set(false);
            }
        }
        self.cancel_requests.get()
    }

    /// `Task.cancelling`: the cancellation requests not taken back.
    pub(crate) fn cancelling(&self) -> u32 {
        self.cancel_requests.get()
    }

    /// The cancellation that the present step has to raise where the task goes on.
    pub(crate) fn take_cancellation(&self) -> Option<Error> {
        self.raises.replace(false).then(|| Error::cancelled(self.cancel_message()))
    }

    /// The message of a request that came during the last step, if one did.
    pub(crate) fn cancelled_late(&self) -> Option<Option<Rc<str>>> {
        self.must_cancel.replace(false).then(|| self.cancel_message())
    }

    /// The message of the last request that had to be raised, raised or not: `_cancel_message`.
    pub(crate) fn cancel_message(&self) -> Option<Rc<str>> {
        self.rare(|rare| rare?.cancel_message.clone())
    }

    pub(crate) fn waits_on(&self, future: Rc<dyn AnyFuture>) {
        self.waiter.set(Some(future));
    }

    pub(crate) fn yields(&self) {
        self.yielded.set(true);
    }

    /// It awaits itself.
    pub(crate) fn yields_itself(&self) {
        self.yields();
        self.awaits_itself.set(true);
    }
}
