//! The lanes of tasks in the making, the flows between them, and the lines they print.

use super::Fold;
use crate::{Cancel, Deadline, Flow, FlowKind, Held, Line, Span, State, TaskLane};
use std::rc::Rc;
use trace::{Actor, EventKind, GroupOp, Outcome, TaskId, TimeoutId, Wait};

/// What a task is doing, and since when.
#[derive(Clone, Debug)]
pub(super) struct OpenLane {
    state: State,
    since: f64,
    /// What becomes of the state by itself, and when: a sleep comes due, work that holds the loop ends.
    next: Option<(f64, Next)>,
    /// How many spans of the lane are over. Those after them were written to be seen.
    pub over: usize,
    cancel_requested: bool,
    /// Whether it was asked to cancel itself in the wait that lasts.
    asked: bool,
    /// The timeouts that it is in and that have not come due, with their deadlines.
    timeouts: Vec<(TimeoutId, Option<f64>)>,
    /// The resource it waits for, by its place.
    pub waits_for: Option<usize>,
    /// Which event asked it last to cancel itself, or ended it.
    stopped: usize,
    /// Whose exception its next step begins with.
    raises: Option<TaskId>,
}

/// What a state becomes by itself.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// A sleep is over.
    Due,
    /// Work does not hold the loop any more, and the step goes on.
    Running,
}

/// What a loop logs where a task is freed that has not ended.
const DESTROYED: &str = "Task was destroyed but it is pending!";

impl Fold {
    /// Takes what an event says of tasks.
    pub(super) fn push_task(&mut self, time: f64, kind: &EventKind) {
        match kind {
            EventKind::TaskCreated { task, parent, name, .. } => {
                self.create(time, *task, *parent, name);
            }
            EventKind::StepBegan { task, drift } => {
                self.timeline.lateness = self.timeline.lateness.max(*drift);
                let mut raised = None;
                self.with(*task, |open, lane| {
                    raised = open.raises.take();
                    // Cancelled before its first step, a task ends in it without having begun.
                    if lane.started.is_none() && !open.cancel_requested {
                        lane.started = Some(time);
                    }
                    open.turn(lane, time, State::Running);
                });
                if let Some(from) = raised {
                    self.flow(time, FlowKind::Raised, from, *task);
                }
            }
            EventKind::Suspended { task, wait, at } => {
                let (cause, at) = (wait.clone(), at.clone());
                self.with(*task, |open, lane| {
                    let deadlines = open.timeouts.iter().filter_map(|(_, due)| *due);
                    let until = deadlines.min_by(f64::total_cmp);
                    let due = match cause {
                        Wait::Sleep { until } => Some((until.max(time), Next::Due)),
                        _ => None,
                    };
                    open.turn(lane, time, State::Waiting { cause, at, until, woken_by: None });
                    (open.next, open.asked) = (due, false);
                });
            }
            EventKind::Woken { task, by } => {
                if let Actor::Task(from) = *by
                    && from != *task
                {
                    self.flow(time, FlowKind::Woke, from, *task);
                }
                let raises = self.raised(*task, *by);
                self.with(*task, |open, lane| {
                    open.raises = raises;
                    // A step may wake its own task before it is suspended: that is no wait.
                    if let State::Waiting { woken_by, .. } = &mut open.state {
                        *woken_by = Some(*by);
                        if let Some(last) = lane.cancels.last_mut().filter(|_| open.asked) {
                            last.woke = last.by == *by;
                        }
                        open.turn(lane, time, State::Ready);
                    }
                });
            }
            EventKind::CancelRequested { task, by } => {
                if let Actor::Task(from) = *by {
                    self.flow(time, FlowKind::Cancelled, from, *task);
                }
                let pushed = self.pushed;
                self.with(*task, |open, lane| {
                    open.cancel_requested = true;
                    open.asked = matches!(open.state, State::Waiting { .. });
                    // Asked after it was woken, it is cancelled instead.
                    (open.stopped, open.raises) = (pushed, None);
                    lane.cancels.push(Cancel { time, by: *by, woke: false });
                });
            }
            EventKind::Blocked { task, seconds } => {
                let to = time + seconds.max(0.0);
                self.hold_loop(Held { from: time, to, by: *task });
                if let Some(task) = task {
                    self.with(*task, |open, lane| {
                        open.turn(lane, time, State::Blocking);
                        open.next = Some((to, Next::Running));
                    });
                }
            }
            EventKind::Finished { task, outcome } => {
                let pushed = self.pushed;
                self.with(*task, |open, lane| {
                    open.stopped = pushed;
                    open.turn(lane, time, State::Running);
                    lane.ended = Some(time);
                    lane.outcome = Some(outcome.clone());
                });
            }
            EventKind::Printed { task, text } => self.line(time, *task, text.clone(), false),
            EventKind::Logged { task, log } => {
                let trace::Log { message, about, error, late } = &**log;
                let collected = task.is_some() && !late && &**message == DESTROYED;
                if let (Some(destroyed), true) = (about, collected) {
                    // Somebody's step has collected it; what is left at a program's end is told of by nobody.
                    self.with(*destroyed, |open, lane| {
                        open.turn(lane, time, State::Ready);
                        lane.ended = Some(time);
                    });
                }
                let about = about.and_then(|task| self.timeline.task(task));
                let about = about.map_or_else(String::new, |lane| format!(" [{}]", lane.name));
                let error = error.as_ref().map_or_else(String::new, |error| format!(": {error}"));
                self.line(time, *task, format!("{message}{about}{error}").into(), true);
            }
            EventKind::Runs { task, coroutine } => {
                self.with(*task, |_, lane| lane.coroutine = Some(coroutine.clone()));
            }
            EventKind::Renamed { task, name } => {
                self.with(*task, |_, lane| lane.name = name.clone());
            }
            _ => {}
        }
    }

    /// Keeps account of the timeouts that tasks are in.
    pub(super) fn push_timeout(&mut self, time: f64, kind: &EventKind) {
        let (timeout, entered) = match kind {
            EventKind::TimeoutEntered { timeout, task, due } => {
                // What never ends well may be entered twice; the second is another.
                self.timeouts.insert(*timeout, self.timeline.deadlines.len());
                self.timeline.deadlines.push(Deadline {
                    timeout: *timeout,
                    task: *task,
                    from: time,
                    due: *due,
                    expired: None,
                    left: None,
                });
                (*timeout, Some(*due))
            }
            EventKind::TimeoutRescheduled { timeout, due } => (*timeout, Some(*due)),
            EventKind::TimeoutExpired { timeout } | EventKind::TimeoutLeft { timeout } => {
                (*timeout, None)
            }
            _ => return,
        };
        let Some(place) = self.timeouts.get(&timeout).copied() else { return };
        let deadline = &mut self.timeline.deadlines[place];
        match kind {
            EventKind::TimeoutRescheduled { due, .. } => deadline.due = *due,
            EventKind::TimeoutExpired { .. } => deadline.expired = Some(time),
            EventKind::TimeoutLeft { .. } => {
                deadline.left = Some(time);
                self.timeouts.remove(&timeout);
            }
            _ => {}
        }
        let task = deadline.task;
        self.with(task, |open, _| {
            open.timeouts.retain(|(other, _)| *other != timeout);
            open.timeouts.extend(entered.map(|due| (timeout, due)));
        });
    }

    /// Begins the lane of a task; nothing when there is one.
    fn create(&mut self, time: f64, task: TaskId, parent: Option<TaskId>, name: &Rc<str>) {
        if let Some(parent) = parent {
            self.flow(time, FlowKind::Created, parent, task);
        }
        if self.timeline.task_place(task).is_some() {
            return;
        }
        let above = parent.and_then(|parent| self.timeline.task_place(parent));
        let depth = above.map_or(0, |above| self.timeline.tasks[above].depth + 1);
        let place = self.timeline.tasks.len();
        self.timeline.task_places.insert(task.0, place);
        self.timeline.tasks.push(TaskLane {
            id: task,
            name: name.clone(),
            coroutine: None,
            parent,
            depth,
            created: time,
            started: None,
            ended: None,
            outcome: None,
            cancels: Vec::new(),
            spans: Vec::new(),
        });
        self.tasks.push(OpenLane {
            state: State::Ready,
            since: time,
            next: None,
            over: 0,
            cancel_requested: false,
            asked: false,
            timeouts: Vec::new(),
            waits_for: None,
            stopped: 0,
            raises: None,
        });
        self.alive.push(place);
        self.family.add(above);
    }

    /// Lends a task that is there and has not ended.
    fn with(&mut self, task: TaskId, change: impl FnOnce(&mut OpenLane, &mut TaskLane)) {
        let Some(place) = self.timeline.task_place(task) else { return };
        let lane = &mut self.timeline.tasks[place];
        if lane.ended.is_none() {
            change(&mut self.tasks[place], lane);
        }
    }

    /// Whose exception is raised in a task that is woken, if it is that for which it waited.
    fn raised(&self, task: TaskId, by: Actor) -> Option<TaskId> {
        let Actor::Task(from) = by else { return None };
        let ended = self.timeline.task_place(from)?;
        let Some(Outcome::Failed(_)) = &self.timeline.tasks[ended].outcome else { return None };
        let open = &self.tasks[self.timeline.task_place(task)?];
        let State::Waiting { cause, .. } = &open.state else { return None };
        // Of what the trace does not tell, nothing is concluded.
        let lasts =
            |task: &TaskId| self.timeline.task(*task).is_some_and(|lane| lane.ended.is_none());
        let raises = match cause {
            Wait::Task(awaited) => *awaited == from,
            Wait::Tasks { op: GroupOp::Shield, tasks } => tasks[..] == [from],
            // It goes on before all have ended only since one failed.
            Wait::Tasks { op: GroupOp::Gather, tasks } => {
                tasks.contains(&from) && tasks.iter().any(lasts)
            }
            _ => false,
        };
        (raises && open.stopped < self.tasks[ended].stopped).then_some(from)
    }

    fn flow(&mut self, time: f64, kind: FlowKind, from: TaskId, to: TaskId) {
        self.timeline.flows.push(Flow { time, kind, from, to });
    }

    fn line(&mut self, time: f64, task: Option<TaskId>, text: Rc<str>, logged: bool) {
        self.timeline.lines.push(Line { time, task, text, logged });
    }

    /// Lets the spans that last reach to `end`; the loop is known to have come to `known` at least.
    pub(super) fn see_tasks(&mut self, end: f64, known: f64) {
        let Fold { timeline, tasks, alive, .. } = self;
        alive.retain(|place| {
            let lane = &mut timeline.tasks[*place];
            let lasts = lane.ended.is_none();
            if lasts {
                tasks[*place].show(lane, end, known);
            }
            lasts
        });
    }
}

impl OpenLane {
    /// Ends the present state at `time` and goes over to another.
    fn turn(&mut self, lane: &mut TaskLane, time: f64, state: State) {
        lane.spans.truncate(self.over);
        let last = std::mem::replace(&mut self.state, state);
        write(&mut lane.spans, self.since, time, last, self.next.take(), time);
        self.over = lane.spans.len();
        self.since = time;
    }

    /// Writes the present state as if it ended at `end`.
    fn show(&self, lane: &mut TaskLane, end: f64, known: f64) {
        lane.spans.truncate(self.over);
        write(&mut lane.spans, self.since, end, self.state.clone(), self.next, known);
    }
}

/// Writes a state, and what became of it by itself before `to`, where the loop is known to have come to
/// `known`.
fn write(
    spans: &mut Vec<Span>,
    from: f64,
    to: f64,
    state: State,
    next: Option<(f64, Next)>,
    known: f64,
) {
    let turned = next.filter(|(at, next)| match next {
        // Served in the moment in which it is due, or not yet as far as one knows: the clock of a live run
        // is ahead of its loop.
        Next::Due => *at < known,
        Next::Running => *at <= to,
    });
    match turned {
        Some((at, next)) => {
            let next = match next {
                Next::Due => State::Due,
                Next::Running => State::Running,
            };
            spans.push(Span { from, to: at, state });
            spans.push(Span { from: at, to, state: next });
        }
        None => spans.push(Span { from, to, state }),
    }
}
