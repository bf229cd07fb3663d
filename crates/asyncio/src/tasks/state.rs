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
    /// Ends its coroutine where that waits, with `GeneratorExit`.
    fn close_coroutine(&self);
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
    /// [`GOES_ON`] and the like.
    flags: Cell<u16>,
    /// A task of the loop itself, which the trace does not show.
    pub(crate) hidden: bool,
    /// Whether being freed while pending is worth a warning: `_log_destroy_pending`.
    pub(crate) log_destroyed: Cell<bool>,
}

/// Its step has not come yet to where it was suspended.
const GOES_ON: u16 = 1;
/// It is suspended only until the next iteration.
const YIELDED: u16 = 2;
/// It awaits itself, which the next step raises; the present step does.
const AWAITS_ITSELF: u16 = 4;
const RAISES_ITSELF: u16 = AWAITS_ITSELF << 1;
const MUST_CANCEL: u16 = 16;
/// Its present step raises `CancelledError` where it goes on, and has not come there yet.
const RAISES: u16 = MUST_CANCEL << 1;
/// What it waits for is being cancelled on its account.
const BEING_CANCELLED: u16 = 64;
const STARTED: u16 = 128;
/// It is suspended on something that is not asyncio's and cannot be cancelled.
const FOREIGN: u16 = 256;
/// It awaits a future.
const WAITS: u16 = 512;
/// Its present step comes of the future that it awaited.
const WOKEN: u16 = WAITS << 1;

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
    let woken = event_loop.woken.take()?;
    // Nothing is stepped meanwhile: at most an exception is made.
    let error = woken.woken_error();
    event_loop.woken.set(Some(woken));
    error
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
            flags: Cell::new(0),
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

    /// Lets go of what the task is suspended on.
    pub(crate) fn forget_waiter(&self) {
        drop(self.waiter.take());
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

    #[inline]
    fn is(&self, any: u16) -> bool {
        self.flags.get() & any != 0
    }

    #[inline]
    fn set(&self, flags: u16) {
        self.flags.set(self.flags.get() | flags);
    }

    /// Clears some; whether any of them was set.
    #[inline]
    fn clear(&self, any: u16) -> bool {
        let flags = self.flags.get();
        self.flags.set(flags & !any);
        flags & any != 0
    }

    /// What `__step` does first. Gives what the task was suspended on, which its step holds.
    #[inline]
    pub(crate) fn begin_step(&self) -> Option<Rc<dyn AnyFuture>> {
        let flags = self.flags.get();
        // The request is answered, whatever comes of what is raised: what is awaited may raise another
        // error in its place, as a coroutine that has ended meanwhile does.
        let becomes = AWAITS_ITSELF | MUST_CANCEL | WAITS;
        let over = becomes | becomes << 1 | YIELDED;
        self.flags.set(flags & !over | GOES_ON | (flags & becomes) << 1);
        self.waiter.take()
    }

    /// What it does last; `event_loop` still holds what woke the task.
    #[inline]
    pub(crate) fn end_step(&self, event_loop: &EventLoop) {
        let flags = self.flags.get();
        self.flags.set(flags & !(GOES_ON | RAISES | RAISES_ITSELF | WOKEN));
        if flags & GOES_ON != 0 && flags & WOKEN != 0 {
            // `__wakeup` looks at it even when the coroutine has ended meanwhile.
            let _ = woken_error(event_loop);
        }
    }

    /// The step has come to where the task is suspended; whether it is the first time.
    #[inline]
    pub(crate) fn went_on(&self) -> bool {
        self.clear(GOES_ON)
    }

    /// The step has come to where the task is suspended by a bare `yield`: what it raises there.
    #[inline]
    pub(crate) fn thrown_once(&self, event_loop: &EventLoop) -> Option<Error> {
        let flags = self.flags.get();
        self.flags.set(flags & !GOES_ON);
        let may = flags & GOES_ON != 0 && flags & (WOKEN | RAISES) != 0;
        if may { self.thrown(event_loop) } else { None }
    }

    /// Whether the step raises something where the task is suspended, and has not come there yet.
    pub(crate) fn throws(&self, event_loop: &EventLoop) -> bool {
        let woken = peek(&event_loop.woken).filter(|future| future.is_done());
        let failed =
            || woken.is_some_and(|woken| woken.is_cancelled() || woken.failure().is_some());
        self.is(GOES_ON) && (self.is(RAISES | RAISES_ITSELF) || failed())
    }

    /// The `GeneratorExit` that the step raises, if it does: not where the task is suspended, but in its
    /// outermost frame, when what that awaits is closed.
    pub(crate) fn thrown_exit(&self, event_loop: &EventLoop) -> Option<Error> {
        if !event_loop.program.knows_exits.get() || self.is(RAISES) {
            return None;
        }
        // A cancellation is left alone, for it is handed out once.
        let failure = peek(&event_loop.woken)?.failure()?;
        let exit = matches!(failure, Error::GeneratorExit(_)) && self.went_on();
        exit.then(|| woken_error(event_loop)).flatten()
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
    #[inline]
    pub(crate) fn nothing_can_catch(&self, begun: impl FnOnce() -> bool) -> bool {
        let flags = self.flags.get();
        self.flags.set(flags & !FOREIGN | STARTED);
        flags & FOREIGN != 0 || (flags & STARTED == 0 && !begun())
    }

    /// What `__step` does last when the coroutine is suspended.
    #[inline]
    pub(crate) fn suspend(&self) {
        if self.is(MUST_CANCEL) {
            self.suspend_cancelled();
        } else if !self.is(WAITS | YIELDED) {
            self.set(FOREIGN);
        }
    }

    /// The same where a request to cancel came in the step.
    #[cold]
    fn suspend_cancelled(&self) {
        if let Some(waiter) = peek(&self.waiter) {
            if waiter.cancel(self.cancel_message()) {
                self.clear(MUST_CANCEL);
            }
        } else if !self.is(YIELDED) {
            self.set(FOREIGN);
        }
    }

    /// `Task.cancel`, for a task that is not done.
    pub(crate) fn request_cancel(&self, event_loop: &EventLoop, message: Option<Rc<str>>) -> bool {
        let core = &event_loop.core;
        if let Some(task) = self.traced_id() {
            core.emit(|| EventKind::CancelRequested { task, by: core.source() });
        }
        self.cancel_requests.set(self.cancel_requests.get() + 1);
        if self.is(BEING_CANCELLED) {
            // It waits, over others, for itself: CPython goes round until it has no stack left.
            event_loop.program.overrun.set(Some(Overrun::Stack));
            return true;
        }
        self.set(BEING_CANCELLED);
        let waiter = peek(&self.waiter);
        let passed_on = waiter.is_some_and(|waiter| waiter.cancel(message.clone()));
        self.clear(BEING_CANCELLED);
        if passed_on {
            return true;
        }
        self.set(MUST_CANCEL);
        if message.is_some() || self.cancel_message().is_some() {
            self.make_rare(|rare| rare.cancel_message = message);
        }
        if self.is(FOREIGN) {
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
                self.clear(MUST_CANCEL);
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
        self.clear(RAISES).then(|| Error::cancelled(self.cancel_message()))
    }

    /// The message of a request that came during the last step, if one did.
    pub(crate) fn cancelled_late(&self) -> Option<Option<Rc<str>>> {
        self.clear(MUST_CANCEL).then(|| self.cancel_message())
    }

    /// The message of the last request that had to be raised, raised or not: `_cancel_message`.
    pub(crate) fn cancel_message(&self) -> Option<Rc<str>> {
        self.rare(|rare| rare?.cancel_message.clone())
    }

    /// What it is suspended on.
    pub(crate) fn waiter(&self) -> Option<Rc<dyn AnyFuture>> {
        peek(&self.waiter)
    }

    pub(crate) fn waits_on(&self, future: Rc<dyn AnyFuture>) {
        self.set(WAITS);
        self.waiter.set(Some(future));
    }

    pub(crate) fn yields(&self) {
        self.set(YIELDED);
    }

    /// It awaits itself.
    pub(crate) fn yields_itself(&self) {
        self.set(YIELDED | AWAITS_ITSELF);
    }
}
