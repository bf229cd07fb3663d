//! Tasks: made, woken, stepped, ended.

use super::core::Ready;
use super::task::{AGAIN, ENDED, FREED, OWN_WAKER, QUEUED, STEPPING, Slot, WAITS};
use super::tasks::Tasks;
use super::waker::OwnWaker;
use super::{BlockedTask, Body, Core};
use std::rc::Rc;
use std::task::{Context, Waker};
use trace::{Actor, Caller, EventKind, HandleId, HandleKind, TaskId, Wait};

/// Marks the numbers of tasks that the trace does not show.
const HIDDEN: u32 = 1 << 31;

/// The task as the trace may show it.
fn shown(task: TaskId) -> Option<TaskId> {
    (task.0 & HIDDEN == 0).then_some(task)
}

impl Core {
    /// The running task, if the trace shows it.
    pub(super) fn running_shown(&self) -> Option<TaskId> {
        self.running.get().and_then(shown)
    }

    /// Makes a task that is not scheduled: to be followed by [`Core::start`], or for one that is
    /// `eager` by [`Core::poll_now`].
    pub fn add(&self, eager: bool, body: Rc<dyn Body>) -> TaskId {
        self.collect_woken();
        let id = TaskId(self.tasks.count() as u32);
        let parent = match self.source.get() {
            Actor::Task(parent) if self.running.get().is_some() => Some(parent),
            _ => None,
        };
        self.trace.created(id, parent, || body.name(), eager);
        self.place(id, body, &self.tasks)
    }

    /// The same for a task that the trace does not show.
    pub fn add_hidden(&self, body: Rc<dyn Body>) -> TaskId {
        let id = TaskId(self.hidden.count() as u32 | HIDDEN);
        self.hidden_steps.borrow_mut().push((self.tasks.count() as u32, HandleId::default()));
        self.place(id, body, &self.hidden)
    }

    fn place(&self, id: TaskId, body: Rc<dyn Body>, tasks: &Tasks) -> TaskId {
        body.slot().id.set(id);
        tasks.push(body);
        id
    }

    /// Puts a task that was just made into the ready queue.
    pub fn start(&self, body: Rc<dyn Body>) {
        self.collect_woken();
        self.enqueue(&body, body.slot(), self.source.get(), false);
    }

    /// Polls a task at once, inside what is running now.
    pub fn poll_now(&self, id: TaskId) {
        self.collect_woken();
        let outer = (self.source.get(), self.running.get());
        if let Some(body) = self.body(id) {
            self.poll_task(&body);
        }
        self.enter(outer.0, outer.1);
    }

    /// Says that a task has another name.
    pub fn renamed(&self, id: TaskId, name: &Rc<str>) {
        if let Some(task) = shown(id) {
            self.emit(|| EventKind::Renamed { task, name: name.clone() });
        }
    }

    /// What runs a task that has not finished.
    fn body(&self, id: TaskId) -> Option<Rc<dyn Body>> {
        let (tasks, number) = self.place_of(id);
        tasks.get(number)
    }

    /// Where a task is kept.
    fn place_of(&self, id: TaskId) -> (&Tasks, usize) {
        let tasks = if shown(id).is_some() { &self.tasks } else { &self.hidden };
        (tasks, (id.0 & !HIDDEN) as usize)
    }

    /// What runs the tasks that have not finished, those too that the trace does not show, in the order of
    /// creation.
    pub fn bodies(&self) -> Vec<Rc<dyn Body>> {
        let mut bodies = self.tasks.all();
        let hidden = self.hidden.all();
        if !hidden.is_empty() {
            let steps = self.hidden_steps.borrow();
            bodies.extend(hidden);
            bodies.sort_by_key(|body| match body.slot().id() {
                TaskId(hidden) if hidden & HIDDEN != 0 => (steps[(hidden & !HIDDEN) as usize].0, 0),
                TaskId(shown) => (shown, 1),
            });
        }
        bodies
    }

    /// The tasks that have not finished, with what they wait for, in the order of creation.
    pub fn blocked(&self) -> Vec<BlockedTask> {
        let blocked = self.tasks.all().into_iter().map(|body| {
            let (cause, at) = body.slot().waiting().unwrap_or((Wait::Unknown, None));
            BlockedTask { task: body.slot().id(), name: body.name().text(), cause, at }
        });
        blocked.collect()
    }

    /// Called by a future that returns `Pending`: what the running task waits for, and the line that
    /// awaits. The last word before the step ends counts.
    pub fn waits_for(&self, wait: Wait, at: Option<Caller>) {
        if let Some(id) = self.running.get() {
            let (tasks, number) = self.place_of(id);
            tasks.with(number, |body| body.slot().waits_for(wait, at));
        }
    }

    /// Puts a task into the ready queue, unless it is there or has finished. One that is being stepped
    /// enters it after that step.
    pub fn wake(&self, task: TaskId) {
        self.collect_woken();
        self.wake_by(task, self.source.get());
    }

    /// [`Core::wake`] of the task that this is the slot of, within its own step.
    #[inline]
    pub fn wake_self(&self, slot: &Slot) {
        self.collect_woken();
        slot.again.set(self.source.get());
        slot.set(AGAIN);
    }

    fn wake_by(&self, id: TaskId, by: Actor) {
        let (tasks, number) = self.place_of(id);
        tasks.with(number, |body| {
            let slot = body.slot();
            if slot.is(STEPPING) {
                slot.again.set(by);
                slot.set(AGAIN);
            } else if !slot.is(QUEUED) {
                self.enqueue(body, slot, by, true);
            }
        });
    }

    /// Puts a task at the end of the ready queue.
    fn enqueue(&self, body: &Rc<dyn Body>, slot: &Slot, by: Actor, woken: bool) {
        let id = slot.id.get();
        slot.set(QUEUED);
        if self.trace.is_on() {
            if shown(id).is_none() {
                let (handle, kind) = (self.next_handle(), HandleKind::Internal);
                self.hidden_steps.borrow_mut()[(id.0 & !HIDDEN) as usize].1 = handle;
                self.emit(|| EventKind::HandleScheduled { handle, kind, by });
            } else if woken {
                self.emit(|| EventKind::Woken { task: id, by });
            }
        }
        self.push(Ready::Task(body.clone()));
    }

    /// What the trace says of a task's step that is ready.
    pub(super) fn ready_step(&self, slot: &Slot) -> trace::Ready {
        match shown(slot.id.get()) {
            Some(task) => trace::Ready::Step(task),
            None => trace::Ready::Call(self.hidden_step(slot.id.get())),
        }
    }

    fn hidden_step(&self, task: TaskId) -> HandleId {
        self.hidden_steps.borrow()[(task.0 & !HIDDEN) as usize].1
    }

    /// The task whose step is running, if this is the waker that the step was given, and not one of a
    /// combinator of futures. To wake it there is [`Core::wake`].
    #[inline]
    pub fn stepped_by(&self, waker: &Waker) -> Option<TaskId> {
        if waker.data() == self.own_waker.get() { self.running.get() } else { None }
    }

    /// Runs a step of a task that is ready. Whether there was one.
    pub(super) fn run_task(&self, body: Rc<dyn Body>) -> bool {
        let began = self.now.get();
        let Some(ended) = self.poll_task(&body) else { return false };
        self.leave();
        if self.watching.get() {
            *self.last.borrow_mut() = Some((Some(body.name().text()), began));
        }
        if ended {
            self.held.keep(body);
        }
        true
    }

    /// Polls a task that has not finished, and says whether it has finished now; the caller says what runs
    /// after it.
    fn poll_task(&self, body: &Rc<dyn Body>) -> Option<bool> {
        let slot = body.slot();
        if slot.is(ENDED | STEPPING) {
            return None;
        }
        let id = slot.id.get();
        // Who says nothing else waits for something unknown.
        slot.change(STEPPING, QUEUED | WAITS);
        let own = if slot.is(OWN_WAKER) { slot.waker.take() } else { None };
        let waker = own.unwrap_or_else(|| self.unkept_waker(id));
        let outer = self.own_waker.replace(waker.waker.data());
        self.enter(shown(id).map_or(Actor::Outside, Actor::Task), Some(id));
        self.emit(|| match shown(id) {
            Some(task) => EventKind::StepBegan { task, drift: self.clock.drift(self.now.get()) },
            None => EventKind::HandleBegan { handle: self.hidden_step(id) },
        });
        let polled = body.clone().step(&mut Context::from_waker(&waker.waker));
        self.own_waker.set(outer);
        if waker.is_kept() {
            slot.waker.set(Some(waker));
            slot.change(OWN_WAKER, STEPPING);
        } else {
            self.spare_waker.set(Some(waker));
            slot.change(0, STEPPING | OWN_WAKER);
        }
        if polled.is_ready() {
            slot.set(ENDED);
            let (tasks, number) = self.place_of(id);
            let finished = tasks.take(number);
            drop(finished);
        } else if slot.is(FREED) {
            body.free();
        } else {
            self.suspend(body, slot);
        }
        Some(polled.is_ready())
    }

    #[inline]
    fn suspend(&self, body: &Rc<dyn Body>, slot: &Slot) {
        if let (true, Some(task)) = (self.trace.is_on(), shown(slot.id.get())) {
            let (wait, at) = slot.waiting().unwrap_or((Wait::Unknown, None));
            self.trace.suspended(task, wait, at);
        }
        if slot.is(AGAIN) {
            slot.change(0, AGAIN);
            self.enqueue(body, slot, slot.again.get(), true);
        }
    }

    /// Forgets a task that nobody can wake any more. What it would still have run is the caller's to free.
    pub fn give_up(&self, id: TaskId) {
        let (tasks, number) = self.place_of(id);
        if let Some(body) = tasks.take(number) {
            body.slot().set(ENDED);
        }
    }

    /// Frees what a task would still have run.
    pub(super) fn free_task(&self, body: &Rc<dyn Body>) {
        let slot = body.slot();
        slot.set(ENDED);
        if slot.is(STEPPING) {
            slot.set(FREED);
        } else {
            body.free();
        }
    }

    /// A waker that nobody has, for a step of this task.
    fn unkept_waker(&self, id: TaskId) -> Box<OwnWaker> {
        let spare = self.spare_waker.take();
        let waker = spare.unwrap_or_else(|| Box::new(OwnWaker::new(&self.woken)));
        waker.assign(id);
        waker
    }

    /// From here on another runs, on this account.
    pub(super) fn enter(&self, source: Actor, running: Option<TaskId>) {
        self.collect_woken(); // on account of what was running
        self.source.set(source);
        self.running.set(running);
    }

    pub(super) fn leave(&self) {
        self.enter(Actor::Outside, None);
    }

    /// Moves what wakers have left word of to the ready queue.
    #[inline]
    pub(super) fn collect_woken(&self) {
        if self.woken.any() {
            self.gather_woken();
        }
    }

    #[cold]
    fn gather_woken(&self) {
        let source = self.source.get();
        for task in self.woken.take() {
            self.wake_by(task, source);
        }
    }
}
