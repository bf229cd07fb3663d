//! The loop itself: ready queue, timers, tasks, turns.

use super::freeing::Held;
use super::outside::Outside;
use super::task::{Named, Task, Tasks};
use super::timers::Timers;
use super::waker::{OwnWaker, Woken};
use super::{BlockedTask, Body, Clock, Handle, Sleep, Stuck};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::ops::Deref;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use trace::{Actor, Caller, EventKind, HandleId, HandleKind, TaskId, Trace, Wait};

/// Timers this close to now, in seconds, are due: the resolution of the monotonic clock on Linux,
/// as `BaseEventLoop._clock_resolution` has it.
const CLOCK_RESOLUTION: f64 = 1e-9;

/// What a call of [`Core::step`] came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// A handle ran, something happened outside, or a turn ended with handles that were cancelled.
    Ran,
    /// The next handle may not run for so many real seconds.
    Wait(f64),
    /// Nothing is ready, no timer is set, nothing will happen outside.
    Idle,
}

/// Owns a run: dropping it frees every task, timer and callback.
///
/// ```
/// use executor::{Executor, VirtualClock};
/// let executor = Executor::new(VirtualClock);
/// executor.spawn("never", std::future::pending());
/// let stuck = executor.run().unwrap_err();
/// assert_eq!(&*stuck.blocked[0].name, "never");
/// ```
pub struct Executor(Rc<Core>);

impl Executor {
    /// An executor at loop time 0 that keeps no trace.
    pub fn new(clock: impl Clock + 'static) -> Self {
        Executor::traced(clock, Trace::off())
    }

    /// An executor at loop time 0 that emits what happens to `trace`.
    pub fn traced(clock: impl Clock + 'static, trace: Trace) -> Self {
        Executor(Rc::new(Core {
            clock: Box::new(clock),
            trace,
            now: Cell::new(0.0),
            ready: RefCell::default(),
            left_in_turn: Cell::new(0),
            turns: Cell::new(0),
            timers: RefCell::default(),
            outside: Outside::default(),
            tasks: Tasks::default(),
            hidden: Tasks::default(),
            woken: Arc::default(),
            woken_here: RefCell::default(),
            spare_waker: RefCell::default(),
            own_waker: Cell::new(std::ptr::null()),
            source: Cell::new(Actor::Outside),
            running: Cell::new(None),
            handles: RefCell::default(),
            handles_kept: Cell::new(64),
            numbered: Cell::new(0),
            watching: Cell::new(false),
            last: RefCell::default(),
            held: Held::default(),
            poll: RefCell::default(),
            closed: Cell::new(false),
        }))
    }

    /// The shared core, for futures that need the executor while they run.
    pub fn core(&self) -> Rc<Core> {
        self.0.clone()
    }

    /// Runs until nothing is left to do, waiting for no clock: for the virtual one.
    ///
    /// # Errors
    /// [`Stuck`] when tasks are pending that nothing can wake.
    pub fn run(&self) -> Result<(), Stuck> {
        while self.step() == Progress::Ran {}
        let blocked = self.blocked();
        if blocked.is_empty() { Ok(()) } else { Err(Stuck { blocked }) }
    }
}

impl Deref for Executor {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.0
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What tells what the operating system has ready, at the time it is given: whether there is anything,
/// and with `true` it schedules callbacks for it.
type Poller = Rc<dyn Fn(f64, bool) -> bool>;

pub(super) enum Ready {
    Task(TaskId),
    Call(Handle),
}

/// The loop, as everything that runs in it sees it.
pub struct Core {
    pub(super) clock: Box<dyn Clock>,
    trace: Trace,
    pub(super) now: Cell<f64>,
    pub(super) ready: RefCell<VecDeque<Ready>>,
    left_in_turn: Cell<usize>,
    turns: Cell<u64>,
    pub(super) timers: RefCell<Timers>,
    pub(super) outside: Outside,
    tasks: Tasks,
    /// Tasks that the trace does not show.
    hidden: Tasks,
    /// What was woken by wakers.
    woken: Arc<Woken>,
    /// What was woken, in order, and has not entered the ready queue.
    woken_here: RefCell<Vec<(TaskId, Actor)>>,
    /// A waker that nobody has.
    spare_waker: RefCell<Option<Box<OwnWaker>>>,
    /// What tells the waker of the step that is running.
    own_waker: Cell<*const ()>,
    source: Cell<Actor>,
    running: Cell<Option<TaskId>>,
    /// Every callback that may still run, so that closing frees what they hold even when the handle
    /// itself is kept alive by what it holds.
    handles: RefCell<Vec<Weak<super::handle::Slot>>>,
    handles_kept: Cell<usize>,
    /// Handles that the trace has a number for.
    numbered: Cell<u32>,
    /// Whether to note who ran last.
    watching: Cell<bool>,
    /// Who ran last, and since when.
    last: RefCell<Option<(Option<Rc<str>>, f64)>>,
    /// What the handle that ran last holds until it is let go of.
    held: Held,
    poll: RefCell<Option<Poller>>,
    closed: Cell<bool>,
}

/// Marks the numbers of tasks that the trace does not show.
const HIDDEN: u32 = 1 << 31;

/// The task as the trace may show it.
fn shown(task: TaskId) -> Option<TaskId> {
    (task.0 & HIDDEN == 0).then_some(task)
}

impl Core {
    /// Loop time in seconds.
    pub fn time(&self) -> f64 {
        self.now.get()
    }

    /// The trace that this loop emits to.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Emits an event at the present loop time.
    pub fn emit(&self, kind: impl FnOnce() -> EventKind) {
        self.trace.emit(kind);
    }

    /// Moves loop time.
    pub(super) fn set_time(&self, now: f64) {
        self.now.set(now);
        self.trace.set_time(now);
    }

    /// On whose account the handle runs that is running.
    pub fn source(&self) -> Actor {
        self.source.get()
    }

    /// Runs `body` on this account.
    pub fn on_account_of<R>(&self, by: Actor, body: impl FnOnce() -> R) -> R {
        let (source, running) = (self.source(), self.running());
        self.enter(by, running);
        let result = body();
        self.enter(source, running);
        result
    }

    /// The task whose step is running.
    pub fn running(&self) -> Option<TaskId> {
        self.running.get()
    }

    /// The same, if the trace shows it.
    pub(super) fn running_shown(&self) -> Option<TaskId> {
        self.running.get().and_then(shown)
    }

    /// Number of turns begun.
    pub fn turns(&self) -> u64 {
        self.turns.get()
    }

    /// Whether all handles of the present turn have run.
    pub fn turn_ended(&self) -> bool {
        self.left_in_turn.get() == 0
    }

    /// Starts `future` as a task, to be polled first in the next turn.
    pub fn spawn(&self, name: &str, future: impl Future<Output = ()> + 'static) -> TaskId {
        let named = Named { name: name.into(), future: Box::pin(future) };
        let id = self.add(false, Box::new(named));
        self.start(id);
        id
    }

    /// Makes a task that is not scheduled: to be followed by [`Core::start`], or for one that is
    /// `eager` by [`Core::poll_now`].
    pub fn add(&self, eager: bool, body: Box<dyn Body>) -> TaskId {
        self.collect_woken();
        let id = TaskId(self.tasks.count() as u32);
        self.emit(|| {
            let parent = match self.source.get() {
                Actor::Task(parent) if self.running.get().is_some() => Some(parent),
                _ => None,
            };
            EventKind::TaskCreated { task: id, parent, name: body.name(), eager }
        });
        self.tasks.push(Task::new(body));
        id
    }

    /// The same for a task that the trace does not show.
    pub fn add_hidden(&self, body: Box<dyn Body>) -> TaskId {
        let id = TaskId(self.hidden.count() as u32 | HIDDEN);
        self.hidden.push(Task::new(body));
        id
    }

    /// Puts a task that was just made into the ready queue.
    pub fn start(&self, id: TaskId) {
        let started = self.task(id, |task| task.queued = true);
        if started.is_some() {
            self.collect_woken();
            self.emit_hidden(id, self.source.get());
            self.push(Ready::Task(id));
        }
    }

    /// Polls a task at once, inside what is running now.
    pub fn poll_now(&self, id: TaskId) {
        self.collect_woken();
        let outer = (self.source.get(), self.running.get());
        drop(self.poll_task(id));
        self.enter(outer.0, outer.1);
    }

    /// Says that a task has another name.
    pub fn renamed(&self, id: TaskId, name: &Rc<str>) {
        if let Some(task) = shown(id) {
            self.emit(|| EventKind::Renamed { task, name: name.clone() });
        }
    }

    /// Lends a task that has not finished.
    fn task<R>(&self, id: TaskId, read: impl FnOnce(&mut Task) -> R) -> Option<R> {
        let (tasks, number) = self.place(id);
        tasks.with(number, read)
    }

    /// Takes a task out.
    fn take_task(&self, id: TaskId) -> Option<Task> {
        let (tasks, number) = self.place(id);
        tasks.take(number)
    }

    fn place(&self, id: TaskId) -> (&Tasks, usize) {
        let tasks = if shown(id).is_some() { &self.tasks } else { &self.hidden };
        (tasks, (id.0 & !HIDDEN) as usize)
    }

    /// From now on [`Core::take_last_handle`] has something to tell.
    pub fn watch_handles(&self) {
        self.watching.set(true);
    }

    /// The name of the task that ran last, if it was a task's step, and loop time before it; nothing
    /// when no handle has run since this was last asked.
    pub fn take_last_handle(&self) -> Option<(Option<Rc<str>>, f64)> {
        self.last.take()
    }

    /// What the handle holds that runs, or ran last.
    pub fn held(&self) -> &Held {
        &self.held
    }

    /// Forgets what is ready, and all timers.
    pub fn clear(&self) {
        self.collect_woken();
        let ready = std::mem::take(&mut *self.ready.borrow_mut());
        for ready in &ready {
            if let Ready::Call(handle) = ready {
                handle.slot().scheduled.set(false);
            }
        }
        drop(ready);
        let timers = self.timers.borrow_mut().drain();
        timers.iter().for_each(|handle| handle.slot().scheduled.set(false));
        drop(timers);
        self.left_in_turn.set(0);
    }

    /// Frees what has not run: tasks in the order of creation, what is ready, timers, and what
    /// callbacks hold that nobody will call.
    pub fn free(&self) {
        for number in 0..self.tasks.count() {
            let task = self.tasks.take(number);
            drop(task);
        }
        for number in 0..self.hidden.count() {
            let task = self.hidden.take(number);
            drop(task);
        }
        self.clear();
        let handles = std::mem::take(&mut *self.handles.borrow_mut());
        for handle in handles.iter().filter_map(Weak::upgrade) {
            Handle::from_slot(handle).cancel();
        }
    }

    /// Makes a callback that is not scheduled yet; see [`Core::schedule`].
    pub fn handle(&self, callback: impl FnOnce() + 'static) -> Handle {
        let handle = Handle::new(callback, self.trace.clone());
        if self.closed.get() {
            handle.cancel();
            return handle;
        }
        let mut handles = self.handles.borrow_mut();
        if handles.len() >= self.handles_kept.get() {
            handles.retain(|slot| slot.strong_count() > 0);
            self.handles_kept.set(64.max(handles.len() * 2));
        }
        handles.push(Rc::downgrade(handle.slot()));
        handle
    }

    /// Puts a callback at the end of the ready queue, on account of what is running now.
    pub fn schedule(&self, handle: &Handle) {
        let (slot, by) = (handle.slot(), self.source.get());
        slot.source.set(by);
        // What was woken before must come before.
        self.collect_woken();
        if self.trace.is_on() && !handle.cancelled() {
            slot.id.set(self.next_handle());
            slot.scheduled.set(true);
            let (handle, kind) = (slot.id.get(), slot.kind.get());
            self.emit(|| EventKind::HandleScheduled { handle, kind, by });
        }
        self.push(Ready::Call(handle.clone()));
    }

    /// Calls `callback` in the next turn.
    pub fn call_soon(&self, callback: impl FnOnce() + 'static) -> Handle {
        self.call_soon_as(HandleKind::Internal, callback)
    }

    /// The same, known to the trace as a callback of this kind.
    pub fn call_soon_as(&self, kind: HandleKind, callback: impl FnOnce() + 'static) -> Handle {
        let handle = self.handle(callback).of_kind(kind);
        self.schedule(&handle);
        handle
    }

    /// Calls `callback` once loop time is `when`, in seconds.
    pub fn call_at(&self, when: f64, callback: impl FnOnce() + 'static) -> Handle {
        self.call_at_as(HandleKind::Internal, when, callback)
    }

    /// The same, known to the trace as a callback of this kind.
    pub fn call_at_as(
        &self,
        kind: HandleKind,
        when: f64,
        callback: impl FnOnce() + 'static,
    ) -> Handle {
        let handle = self.handle(callback).of_kind(kind);
        if !self.closed.get() {
            let slot = handle.slot();
            if self.trace.is_on() {
                slot.id.set(self.next_handle());
                slot.scheduled.set(true);
                let (handle, by) = (slot.id.get(), self.source.get());
                self.emit(|| EventKind::TimerSet { handle, kind, by, due: when });
            }
            slot.source.set(Actor::Timer(slot.id.get()));
            self.timers.borrow_mut().push(when, handle.clone());
        }
        handle
    }

    /// Another number for the trace.
    fn next_handle(&self) -> HandleId {
        let next = self.numbered.get();
        self.numbered.set(next + 1);
        HandleId(next)
    }

    /// Says that a step of a task that the trace does not show is ready, as it does of callbacks.
    fn emit_hidden(&self, id: TaskId, by: Actor) {
        if shown(id).is_none() && self.trace.is_on() {
            let handle = self.next_handle();
            self.task(id, |task| task.handle = handle);
            let kind = HandleKind::Internal;
            self.emit(|| EventKind::HandleScheduled { handle, kind, by });
        }
    }

    /// Calls `callback` after `delay` seconds of loop time.
    pub fn call_later(&self, delay: f64, callback: impl FnOnce() + 'static) -> Handle {
        self.call_at(self.time() + delay, callback)
    }

    /// A future that is ready after `delay` seconds of loop time.
    pub fn sleep(self: &Rc<Self>, delay: f64) -> Sleep {
        Sleep::new(self.clone(), self.time() + delay)
    }

    /// Called by a future that returns `Pending`: what the running task waits for, and the line that
    /// awaits. The last word before the step ends counts.
    pub fn waits_for(&self, wait: Wait, at: Option<Caller>) {
        if let Some(id) = self.running.get() {
            self.task(id, |task| task.wait = Some((wait, at)));
        }
    }

    /// What is ready, in order; what was cancelled is left out.
    pub fn ready(&self) -> Vec<trace::Ready> {
        self.collect_woken();
        let ready = self.ready.borrow();
        let ready = ready.iter().filter_map(|ready| match ready {
            Ready::Task(id) if shown(*id).is_some() => Some(trace::Ready::Step(*id)),
            Ready::Task(id) => self.task(*id, |task| trace::Ready::Call(task.handle)),
            Ready::Call(handle) if handle.cancelled() => None,
            Ready::Call(handle) => Some(trace::Ready::Call(handle.slot().id.get())),
        });
        ready.collect()
    }

    /// The timers that are set, with their deadlines in seconds of loop time, in the order in which
    /// they are due.
    pub fn timers(&self) -> Vec<(f64, HandleId)> {
        self.timers.borrow().in_order()
    }

    /// Puts a task into the ready queue, unless it is there or has finished, before whatever else
    /// enters that queue from now on.
    pub fn wake(&self, task: TaskId) {
        if self.woken.any() {
            self.gather_woken();
        }
        self.woken_here.borrow_mut().push((task, self.source.get()));
    }

    /// The task whose step is running, if this is the waker that the step was given, and not one of a
    /// combinator of futures. To wake it there is [`Core::wake`].
    pub fn stepped_by(&self, waker: &Waker) -> Option<TaskId> {
        if waker.data() == self.own_waker.get() { self.running.get() } else { None }
    }

    /// The tasks that have not finished, with what they wait for, in the order of creation.
    pub fn blocked(&self) -> Vec<BlockedTask> {
        let mut blocked = Vec::new();
        self.tasks.each(|id, task| {
            blocked.push(BlockedTask {
                task: id,
                name: task.body.as_ref().map_or_else(Rc::default, |body| body.name()),
                cause: task.wait.as_ref().map_or(Wait::Unknown, |(wait, _)| wait.clone()),
                at: task.wait.as_ref().and_then(|(_, at)| *at),
            });
        });
        blocked
    }

    /// Has `poll` called where a turn asks the operating system what is ready: it says whether
    /// anything is before the time it is given, and schedules callbacks for that if told so. That
    /// comes after what happens outside and before timers; time moves for those two only.
    pub fn set_poll(&self, poll: impl Fn(f64, bool) -> bool + 'static) {
        let previous = self.poll.replace(Some(Rc::new(poll)));
        drop(previous);
    }

    /// Runs one handle, beginning a new turn where the last has ended.
    pub fn step(&self) -> Progress {
        self.held.let_go();
        if self.outside.hung.get() {
            return Progress::Idle;
        }
        loop {
            if self.left_in_turn.get() == 0
                && let Some(nothing) = self.begin_turn()
            {
                return nothing;
            }
            if self.left_in_turn.get() == 0 {
                continue;
            }
            // After blocking work loop time may be ahead of the clock.
            if let Some(seconds) = self.clock.wait_until(self.now.get()) {
                return Progress::Wait(seconds);
            }
            self.left_in_turn.set(self.left_in_turn.get() - 1);
            let ready = self.ready.borrow_mut().pop_front();
            let ran = match ready {
                Some(Ready::Task(id)) => self.run_task(id),
                Some(Ready::Call(handle)) => self.run_handle(&handle),
                None => false,
            };
            // A turn ends here even when its last handle was cancelled: whoever stops the loop at the
            // end of a turn must get to see that.
            if ran || self.left_in_turn.get() == 0 {
                return Progress::Ran;
            }
        }
    }

    /// Lets happen outside what is due, moves due timers to the ready queue and counts the handles of
    /// the new turn. Says what there is to wait for when there are none.
    fn begin_turn(&self) -> Option<Progress> {
        self.collect_woken();
        let waiting = self.select();
        if waiting.is_some() {
            return waiting;
        }
        self.poll(true);
        let end = self.due_before();
        while let Some(handle) = self.timers.borrow_mut().pop_before(end) {
            self.emit(|| EventKind::TimerFired { handle: handle.slot().id.get() });
            self.ready.borrow_mut().push_back(Ready::Call(handle));
        }
        self.left_in_turn.set(self.ready.borrow().len());
        self.turns.set(self.turns.get() + 1);
        if !self.turn_ended() {
            self.emit(|| EventKind::IterationBegan { number: self.turns.get() });
        }
        None
    }

    /// Timers before this moment are due: those of now at any rate, also where the next time that a number
    /// can tell is further away than the resolution.
    fn due_before(&self) -> f64 {
        (self.now.get() + CLOCK_RESOLUTION).max(self.now.get().next_up())
    }

    /// Whether the operating system has something ready; with `take` its callbacks are scheduled.
    pub(super) fn poll(&self, take: bool) -> bool {
        let poll = self.poll.borrow().clone();
        poll.is_some_and(|poll| {
            self.enter(Actor::Network, None);
            let ready = poll(self.due_before(), take);
            self.leave();
            ready
        })
    }

    fn run_handle(&self, handle: &Handle) -> bool {
        if handle.cancelled() {
            return false;
        }
        let (slot, began) = (handle.slot(), self.now.get());
        self.enter(slot.source.get(), None);
        slot.scheduled.set(false);
        self.emit(|| EventKind::HandleBegan { handle: slot.id.get() });
        handle.run();
        self.leave();
        if self.now.get() != began {
            self.emit(|| EventKind::HandleEnded { handle: slot.id.get() });
        }
        if self.watching.get() {
            *self.last.borrow_mut() = Some((None, began));
        }
        true
    }

    fn run_task(&self, id: TaskId) -> bool {
        let began = self.now.get();
        let Some(ended) = self.poll_task(id) else { return false };
        self.leave();
        if self.watching.get() {
            let name = match &ended {
                Some(body) => Some(body.name()),
                None => self.task(id, |task| task.body.as_ref().map(|body| body.name())).flatten(),
            };
            *self.last.borrow_mut() = Some((name, began));
        }
        if let Some(ended) = ended {
            self.held.keep_body(ended);
        }
        true
    }

    /// Polls a task that has not finished, and gives what is left of it when it has finished now; the
    /// caller says what runs after it.
    fn poll_task(&self, id: TaskId) -> Option<Option<Box<dyn Body>>> {
        let taken = self.task(id, |task| {
            task.queued = false;
            // Who says nothing else waits for something unknown.
            let wait = task.wait.take();
            Some((task.body.take()?, task.waker.take(), task.handle, wait))
        });
        let (mut body, waker, handle, wait) = taken.flatten()?;
        drop(wait);
        let waker = waker.unwrap_or_else(|| self.unkept_waker(id));
        let outer = self.own_waker.replace(waker.waker.data());
        let visible = shown(id);
        self.enter(visible.map_or(Actor::Outside, Actor::Task), Some(id));
        self.emit(|| match visible {
            Some(task) => EventKind::StepBegan { task, drift: self.clock.drift(self.now.get()) },
            None => EventKind::HandleBegan { handle },
        });
        let polled = body.step(&mut Context::from_waker(&waker.waker));
        self.own_waker.set(outer);
        let kept = if waker.is_kept() {
            Some(waker)
        } else {
            *self.spare_waker.borrow_mut() = Some(waker);
            None
        };
        // Dropped after the borrow has ended, if the task was taken out meanwhile.
        let mut left = (Some(body), kept);
        match polled {
            Poll::Pending => {
                self.task(id, |task| {
                    (task.body, task.waker) = std::mem::take(&mut left);
                    if let Some(id) = visible {
                        let said = task.wait.as_ref();
                        self.emit(|| EventKind::Suspended {
                            task: id,
                            wait: said.map_or(Wait::Unknown, |(wait, _)| wait.clone()),
                            at: said.and_then(|(_, at)| *at).map(|at| self.trace.site(at)),
                        });
                    }
                });
            }
            Poll::Ready(()) => {
                let finished = self.take_task(id);
                drop(finished);
            }
        }
        Some(left.0)
    }

    /// A waker that nobody has, for a step of this task.
    fn unkept_waker(&self, id: TaskId) -> Box<OwnWaker> {
        let spare = self.spare_waker.take();
        let waker = spare.unwrap_or_else(|| Box::new(OwnWaker::new(&self.woken)));
        waker.assign(id);
        waker
    }

    pub(super) fn enter(&self, source: Actor, running: Option<TaskId>) {
        if self.woken.any() {
            self.gather_woken(); // on account of what was running
        }
        self.source.set(source);
        self.running.set(running);
    }

    fn leave(&self) {
        self.collect_woken();
        self.enter(Actor::Outside, None);
    }

    fn push(&self, ready: Ready) {
        if !self.closed.get() {
            self.ready.borrow_mut().push_back(ready);
        }
    }

    /// Takes what wakers have left word of.
    #[cold]
    fn gather_woken(&self) {
        let source = self.source.get();
        let woken = self.woken.take().into_iter().map(|task| (task, source));
        self.woken_here.borrow_mut().extend(woken);
    }

    /// Moves what was woken to the ready queue.
    pub(super) fn collect_woken(&self) {
        if self.woken.any() {
            self.gather_woken();
        }
        let mut woken = self.woken_here.borrow_mut();
        for (id, by) in woken.drain(..) {
            let first = self.task(id, |task| !std::mem::replace(&mut task.queued, true));
            if first == Some(true) {
                match shown(id) {
                    Some(task) => self.emit(|| EventKind::Woken { task, by }),
                    None => self.emit_hidden(id, by),
                }
                self.ready.borrow_mut().push_back(Ready::Task(id));
            }
        }
    }

    /// Frees everything. What is freed may try to schedule more: that is dropped.
    fn close(&self) {
        self.closed.set(true);
        self.trace.seal();
        self.held.let_go();
        self.free();
        let poll = self.poll.take();
        drop(poll);
        drop(self.outside.drain());
        self.woken.take();
        self.woken_here.take();
    }
}
