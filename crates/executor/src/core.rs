//! The loop's state, and what is asked of it.

use super::external::External;
use super::freeing::Held;
use super::handle::Registry;
use super::task::Named;
use super::tasks::Tasks;
use super::timers::Timers;
use super::waker::{OwnWaker, Woken};
use super::world::Varied;
use super::{Body, Clock, Handle, Sleep, Stuck};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::ops::Deref;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use trace::{Actor, EventKind, HandleId, TaskId, Trace};

/// What a call of [`Core::step`] came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// A handle ran, an external event happened, or an iteration ended with handles that were cancelled.
    Ran,
    /// The next handle may not run for so many real seconds.
    Wait(f64),
    /// Nothing is ready, no timer is set, no external event will happen.
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
            jumps: clock.jumps(),
            clock: Box::new(clock),
            trace,
            now: Cell::new(0.0),
            ready: RefCell::default(),
            left: Cell::new(0),
            iterations: Cell::new(0),
            timers: RefCell::default(),
            external: External::default(),
            tasks: Tasks::default(),
            hidden: Tasks::default(),
            woken: Arc::default(),
            spare_waker: Cell::default(),
            own_waker: Cell::new(std::ptr::null()),
            source: Cell::new(Actor::Outside),
            running: Cell::new(None),
            registry: Registry::default(),
            hidden_steps: RefCell::default(),
            numbered: Cell::new(0),
            watching: Cell::new(false),
            last: RefCell::default(),
            held: Held::default(),
            poll: RefCell::default(),
            closed: Cell::new(false),
            varied: Varied::default(),
            outlasting: RefCell::default(),
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
pub(super) type Poller = Rc<dyn Fn(f64, bool) -> bool>;

pub(super) enum Ready {
    Task(Rc<dyn Body>),
    Call(Handle),
}

/// The loop, as everything that runs in it sees it.
pub struct Core {
    pub(super) clock: Box<dyn Clock>,
    /// Whether that never waits.
    pub(super) jumps: bool,
    pub(super) trace: Trace,
    pub(super) now: Cell<f64>,
    pub(super) varied: Varied,
    /// Tasks that were there still when they had been freed.
    outlasting: RefCell<Vec<Weak<dyn Body>>>,
    pub(super) ready: RefCell<VecDeque<Ready>>,
    /// Handles of the present iteration that have not run.
    pub(super) left: Cell<usize>,
    pub(super) iterations: Cell<u64>,
    pub(super) timers: RefCell<Timers>,
    pub(super) external: External,
    pub(super) tasks: Tasks,
    /// Tasks that the trace does not show.
    pub(super) hidden: Tasks,
    /// How many of the others were made before each of those, and what the trace calls its step that is ready.
    pub(super) hidden_steps: RefCell<Vec<(u32, HandleId)>>,
    /// What was woken by wakers.
    pub(super) woken: Arc<Woken>,
    /// A waker that nobody has.
    pub(super) spare_waker: Cell<Option<Box<OwnWaker>>>,
    /// What tells the waker of the step that is running.
    pub(super) own_waker: Cell<*const ()>,
    pub(super) source: Cell<Actor>,
    pub(super) running: Cell<Option<TaskId>>,
    pub(super) registry: Registry,
    /// Handles that the trace has a number for.
    numbered: Cell<u32>,
    /// Whether to note who ran last.
    pub(super) watching: Cell<bool>,
    /// Who ran last, and since when.
    pub(super) last: RefCell<Option<(Option<Rc<str>>, f64)>>,
    /// What the handle that ran last holds until it is let go of.
    pub(super) held: Held,
    pub(super) poll: RefCell<Option<Poller>>,
    pub(super) closed: Cell<bool>,
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
    #[inline]
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

    /// Number of iterations begun.
    pub fn iterations(&self) -> u64 {
        self.iterations.get()
    }

    /// Whether all handles of the present iteration have run.
    pub fn iteration_ended(&self) -> bool {
        self.left.get() == 0
    }

    /// Ends the present iteration here: the handles that it has left run in the next.
    pub fn leave_iteration(&self) {
        self.left.set(0);
    }

    /// Starts `future` as a task, to be polled first in the next iteration.
    pub fn spawn(&self, name: &str, future: impl Future<Output = ()> + 'static) -> TaskId {
        let body = Named::new(name, future);
        let id = self.add(false, body.clone());
        self.start(body);
        id
    }

    /// A future that is ready after `delay` seconds of loop time.
    pub fn sleep(self: &Rc<Self>, delay: f64) -> Sleep {
        Sleep::new(self.clone(), self.time() + delay)
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

    /// What is ready, in order; what was cancelled is left out.
    pub fn ready(&self) -> Vec<trace::Ready> {
        self.collect_woken();
        let ready = self.ready.borrow();
        let ready = ready.iter().filter_map(|ready| match ready {
            Ready::Task(body) => Some(self.ready_step(body.slot())),
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

    /// Another number for the trace.
    pub(super) fn next_handle(&self) -> HandleId {
        let next = self.numbered.get();
        self.numbered.set(next + 1);
        HandleId(next)
    }

    /// Forgets what is ready, and all timers.
    pub fn clear(&self) {
        self.collect_woken();
        let ready = std::mem::take(&mut *self.ready.borrow_mut());
        self.forget(ready.iter().filter_map(|ready| match ready {
            Ready::Call(handle) => Some(handle),
            Ready::Task(_) => None,
        }));
        drop(ready);
        let timers = self.timers.borrow_mut().drain();
        self.forget(&timers);
        drop(timers);
        self.left.set(0);
    }

    /// Lets go of handles that were scheduled; others may have them still.
    fn forget<'a>(&self, handles: impl IntoIterator<Item = &'a Handle>) {
        for handle in handles {
            handle.slot().scheduled.set(false);
            if handle.is_shared() {
                self.registry.add(handle);
            }
        }
    }

    /// Frees what has not run: tasks in the order of creation, what is ready, timers, and what
    /// callbacks hold that nobody will call.
    pub fn free(&self) {
        for tasks in [&self.tasks, &self.hidden] {
            // What is freed may make more: those are left alone.
            let (mut from, count) = (0, tasks.count());
            while let Some(number) = tasks.next_from(from).filter(|number| *number < count) {
                from = number + 1;
                if let Some(task) = tasks.take(number) {
                    self.free_task(&task);
                    if Rc::strong_count(&task) > 1 {
                        self.outlasting.borrow_mut().push(Rc::downgrade(&task));
                    }
                }
            }
        }
        self.clear();
        self.registry.cancel_all();
    }

    /// Frees everything. What is freed may try to schedule more: that is dropped.
    fn close(&self) {
        self.closed.set(true);
        self.trace.seal();
        self.held.let_go();
        self.free();
        let poll = self.poll.take();
        drop(poll);
        self.external.drain().iter().for_each(Handle::cancel);
        self.woken.take();
        // Tasks that wait for one another, through a `gather`, say, hold one another.
        let outlasting = self.outlasting.take();
        outlasting.iter().filter_map(Weak::upgrade).for_each(|task| task.let_go());
    }
}
