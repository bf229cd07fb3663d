//! The loop itself: ready queue, timers, tasks, turns.

use super::task::{Task, TaskWaker, Wait, Woken};
use super::timers::Timers;
use super::{BlockedTask, Clock, Handle, Sleep, Stuck};
use crate::trace::{Cause, EventKind, Source, TaskId, Trace, Whence};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::ops::Deref;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

/// Timers this close to now, in seconds, are due: the resolution of the monotonic clock on Linux,
/// as `BaseEventLoop._clock_resolution` has it.
const CLOCK_RESOLUTION: f64 = 1e-9;

/// What a call of [`Core::step`] came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// One handle ran.
    Ran,
    /// The next handle may not run for so many real seconds.
    Wait(f64),
    /// Nothing is ready and no timer is set.
    Idle,
}

/// Owns a run: dropping it frees every task, timer and callback.
///
/// ```
/// use coroscope::executor::{Executor, VirtualClock};
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
            tasks: RefCell::default(),
            woken: Arc::default(),
            source: Cell::new(Source::Outside),
            running: Cell::new(None),
            handles: RefCell::default(),
            handles_kept: Cell::new(64),
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

enum Ready {
    Task(TaskId),
    Call(Handle),
}

/// The loop, as everything that runs in it sees it.
pub struct Core {
    clock: Box<dyn Clock>,
    trace: Trace,
    now: Cell<f64>,
    ready: RefCell<VecDeque<Ready>>,
    left_in_turn: Cell<usize>,
    turns: Cell<u64>,
    timers: RefCell<Timers>,
    /// By task number; `None` when finished.
    tasks: RefCell<Vec<Option<Task>>>,
    woken: Arc<Woken>,
    source: Cell<Source>,
    running: Cell<Option<TaskId>>,
    /// Every callback that may still run, so that closing frees what they hold even when the handle
    /// itself is kept alive by what it holds.
    handles: RefCell<Vec<Weak<super::handle::Slot>>>,
    handles_kept: Cell<usize>,
    closed: Cell<bool>,
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
        // What is freed at the end is no part of what happened.
        if !self.closed.get() {
            self.trace.emit(self.now.get(), kind);
        }
    }

    /// On whose account the handle runs that is running.
    pub fn source(&self) -> Source {
        self.source.get()
    }

    /// The task whose step is running.
    pub fn running(&self) -> Option<TaskId> {
        self.running.get()
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
        let id = TaskId(self.tasks.borrow().len() as u32);
        let queued =
            Arc::new(TaskWaker { id, queued: AtomicBool::new(true), woken: self.woken.clone() });
        let name: Rc<str> = name.into();
        let parent = match self.source.get() {
            Source::Task(parent) if self.running.get().is_some() => Some(parent),
            _ => None,
        };
        self.emit(|| EventKind::TaskCreated { task: id, parent, name: name.clone() });
        self.tasks.borrow_mut().push(Some(Task {
            name,
            future: Some(Box::pin(future)),
            waker: Waker::from(queued.clone()),
            queued,
            wait: None,
        }));
        self.push(Ready::Task(id));
        id
    }

    /// Makes a callback that is not scheduled yet; see [`Core::schedule`].
    pub fn handle(&self, callback: impl FnOnce() + 'static) -> Handle {
        let handle = Handle::new(Box::new(callback));
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
        handle.slot().source.set(self.source.get());
        self.push(Ready::Call(handle.clone()));
    }

    /// Calls `callback` in the next turn.
    pub fn call_soon(&self, callback: impl FnOnce() + 'static) -> Handle {
        let handle = self.handle(callback);
        self.schedule(&handle);
        handle
    }

    /// Calls `callback` once loop time is `when`, in seconds.
    pub fn call_at(&self, when: f64, callback: impl FnOnce() + 'static) -> Handle {
        let handle = self.handle(callback);
        if !self.closed.get() {
            handle.slot().source.set(Source::Timer);
            self.timers.borrow_mut().push(when, handle.clone());
        }
        handle
    }

    /// Calls `callback` after `delay` seconds of loop time.
    pub fn call_later(&self, delay: f64, callback: impl FnOnce() + 'static) -> Handle {
        self.call_at(self.time() + delay, callback)
    }

    /// A future that is ready after `delay` seconds of loop time.
    pub fn sleep(self: &Rc<Self>, delay: f64) -> Sleep {
        Sleep::new(self.clone(), self.time() + delay)
    }

    /// Blocking work: holds the loop for `seconds` of loop time, as `time.sleep` does. The rest of
    /// the handle sees the later time at once; on a paced clock no other handle runs before the
    /// clock has come that far, and the page stays free.
    pub fn block(&self, seconds: f64) {
        let seconds = if seconds > 0.0 { seconds } else { 0.0 };
        self.emit(|| EventKind::Blocked { task: self.running.get(), seconds });
        self.now.set(self.now.get() + seconds);
    }

    /// Called by a future that returns `Pending`: what the running task waits for, the line that
    /// awaits, and the nearest deadline around it. The last word before the step ends counts.
    pub fn waits_for(&self, cause: Cause, at: Option<Whence>, until: Option<f64>) {
        if let Some(id) = self.running.get()
            && let Some(Some(task)) = self.tasks.borrow_mut().get_mut(id.0 as usize)
        {
            task.wait = Some(Wait { cause, at, until });
        }
    }

    /// Puts a task into the ready queue, unless it is there or has finished.
    pub fn wake(&self, task: TaskId) {
        let waker = match self.tasks.borrow().get(task.0 as usize) {
            Some(Some(task)) => task.waker.clone(),
            _ => return,
        };
        waker.wake();
        self.collect_woken();
    }

    /// The tasks that have not finished, with what they wait for, in the order of creation.
    pub fn blocked(&self) -> Vec<BlockedTask> {
        let tasks = self.tasks.borrow();
        let pending = tasks.iter().enumerate().filter_map(|(n, task)| Some((n, task.as_ref()?)));
        pending
            .map(|(n, task)| BlockedTask {
                task: TaskId(n as u32),
                name: task.name.clone(),
                cause: task.wait.as_ref().map_or(Cause::Unknown, |wait| wait.cause.clone()),
                at: task.wait.as_ref().and_then(|wait| wait.at),
            })
            .collect()
    }

    /// Runs one handle, beginning a new turn where the last has ended.
    pub fn step(&self) -> Progress {
        loop {
            if self.left_in_turn.get() == 0
                && let Some(nothing) = self.begin_turn()
            {
                return nothing;
            }
            // After blocking work loop time may be ahead of the clock.
            if let Some(seconds) = self.clock.wait_until(self.now.get()) {
                return Progress::Wait(seconds);
            }
            self.left_in_turn.set(self.left_in_turn.get() - 1);
            let ready = self.ready.borrow_mut().pop_front();
            let ran = match ready {
                Some(Ready::Task(id)) => self.poll_task(id),
                Some(Ready::Call(handle)) => self.run_handle(&handle),
                None => false,
            };
            if ran {
                return Progress::Ran;
            }
        }
    }

    /// Moves due timers to the ready queue and counts the handles of the new turn. Says what there
    /// is to wait for when there are none.
    fn begin_turn(&self) -> Option<Progress> {
        self.collect_woken();
        if self.ready.borrow().is_empty() {
            let Some(when) = self.timers.borrow_mut().next_deadline() else {
                return Some(Progress::Idle);
            };
            if let Some(seconds) = self.clock.wait_until(when) {
                return Some(Progress::Wait(seconds));
            }
            self.now.set(self.now.get().max(when));
        }
        let end = self.now.get() + CLOCK_RESOLUTION;
        while let Some(handle) = self.timers.borrow_mut().pop_before(end) {
            self.ready.borrow_mut().push_back(Ready::Call(handle));
        }
        self.left_in_turn.set(self.ready.borrow().len());
        self.turns.set(self.turns.get() + 1);
        None
    }

    fn run_handle(&self, handle: &Handle) -> bool {
        if handle.cancelled() {
            return false;
        }
        self.enter(handle.slot().source.get(), None);
        handle.run();
        self.leave();
        true
    }

    fn poll_task(&self, id: TaskId) -> bool {
        let (mut future, waker) = match self.tasks.borrow_mut().get_mut(id.0 as usize) {
            Some(Some(task)) => {
                task.queued.queued.store(false, Ordering::Relaxed);
                task.wait = None;
                match task.future.take() {
                    Some(future) => (future, task.waker.clone()),
                    None => return false,
                }
            }
            _ => return false,
        };
        self.enter(Source::Task(id), Some(id));
        let drift = self.clock.drift(self.now.get());
        self.emit(|| EventKind::StepBegan { task: id, drift });
        let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
        match polled {
            Poll::Pending => {
                let mut tasks = self.tasks.borrow_mut();
                if let Some(Some(task)) = tasks.get_mut(id.0 as usize) {
                    task.future = Some(future);
                    let wait = task.wait.as_ref();
                    self.emit(|| EventKind::Suspended {
                        task: id,
                        cause: wait.map_or(Cause::Unknown, |wait| wait.cause.clone()),
                        at: wait.and_then(|wait| wait.at),
                        until: wait.and_then(|wait| wait.until),
                    });
                }
            }
            Poll::Ready(()) => {
                let finished = self.tasks.borrow_mut()[id.0 as usize].take();
                drop(finished);
                drop(future);
            }
        }
        self.emit(|| EventKind::StepEnded { task: id });
        self.leave();
        true
    }

    fn enter(&self, source: Source, running: Option<TaskId>) {
        self.source.set(source);
        self.running.set(running);
        self.woken.set_source(source);
    }

    fn leave(&self) {
        self.collect_woken();
        self.enter(Source::Outside, None);
    }

    fn push(&self, ready: Ready) {
        // What was woken before must come before.
        self.collect_woken();
        if !self.closed.get() {
            self.ready.borrow_mut().push_back(ready);
        }
    }

    fn collect_woken(&self) {
        for (task, by) in self.woken.take() {
            if self.tasks.borrow().get(task.0 as usize).is_some_and(Option::is_some) {
                self.emit(|| EventKind::Woken { task, by });
                self.ready.borrow_mut().push_back(Ready::Task(task));
            }
        }
    }

    /// Frees everything. What is freed may try to schedule more: that is dropped.
    fn close(&self) {
        self.closed.set(true);
        let tasks = std::mem::take(&mut *self.tasks.borrow_mut());
        drop(tasks);
        let ready = std::mem::take(&mut *self.ready.borrow_mut());
        drop(ready);
        let timers = self.timers.borrow_mut().drain();
        drop(timers);
        let handles = std::mem::take(&mut *self.handles.borrow_mut());
        for handle in handles.iter().filter_map(Weak::upgrade) {
            Handle::from_slot(handle).cancel();
        }
        self.woken.take();
    }
}
