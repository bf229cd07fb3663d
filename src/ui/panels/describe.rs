//! What happens, in words.

use super::findings::Lines;
use crate::ui::chart::level;
use crate::ui::shell::Language;
use timeline::{Cancel, Category, Held, Hold, ResourceLane, Span, State, TaskLane, Timeline};
use trace::{Actor, GroupOp, Op, Outcome, ResourceId, ResourceKind, TaskId, Wait};

/// Names of tasks that are listed before the rest are only counted.
const NAMED: usize = 3;
/// Holders that are listed.
const LISTED: usize = 6;

/// Words about one timeline in one language.
#[derive(Clone, Copy)]
pub struct Describe<'a> {
    /// The language.
    pub language: Language,
    /// What the words are about.
    pub timeline: &'a Timeline,
}

/// Seconds with two decimals.
pub fn seconds(seconds: f64) -> String {
    format!("{seconds:.2}")
}

impl Describe<'_> {
    /// The name of a task.
    pub fn task(&self, id: TaskId) -> String {
        self.timeline.task(id).map_or_else(|| format!("#{}", id.0), |lane| lane.name.to_string())
    }

    /// The name of a resource: the program's, else its sort; numbered when there are several of it.
    pub fn resource(&self, id: ResourceId) -> String {
        match self.timeline.resource(id) {
            Some(lane) => self.timeline.title(lane, &self.sort(lane)),
            None => format!("#{}", id.0),
        }
    }

    /// The sort of a resource.
    pub fn sort(&self, lane: &ResourceLane) -> String {
        self.language.text(match lane.kind {
            ResourceKind::Permits { .. } => "chart.semaphore",
            ResourceKind::Queue { .. } => "chart.queue",
            ResourceKind::Flag => "chart.flag",
            ResourceKind::Lock => "chart.lock",
            ResourceKind::Condition => "chart.condition",
            ResourceKind::Barrier { .. } => "chart.barrier",
            ResourceKind::Pool { processes: false, .. } => "chart.threads",
            ResourceKind::Pool { processes: true, .. } => "chart.processes",
            ResourceKind::Link { outward: true } => "chart.requests",
            ResourceKind::Link { outward: false } => "chart.replies",
            ResourceKind::Server { .. } => "chart.server",
            ResourceKind::Value => "chart.value",
            ResourceKind::Other => "chart.other",
        })
    }

    /// The sort of a resource that is called by a name which does not say it.
    pub fn sort_beside(&self, lane: &ResourceLane) -> Option<String> {
        let name = lane.name.as_deref()?;
        (!name.ends_with(lane.kind.noun())).then(|| self.sort(lane))
    }

    /// How a resource stands at a moment, in a few words, and what it is where its name does not say it.
    pub fn level(&self, lane: &ResourceLane, time: f64) -> String {
        let level = level(self.language, lane, time);
        match self.sort_beside(lane) {
            Some(sort) => format!("{sort} · {level}"),
            None => level,
        }
    }

    fn is_lock(&self, id: ResourceId) -> bool {
        let lane = self.timeline.resource(id);
        lane.is_some_and(|lane| lane.kind == ResourceKind::Lock)
    }

    /// The state of a span.
    pub fn state(&self, span: &Span) -> String {
        self.language.text(match span.state {
            State::Ready => "state.scheduled",
            State::Running => "state.running",
            State::Blocking => "state.blocking",
            State::Waiting { .. } => "state.waiting",
            State::Due => "state.due",
        })
    }

    /// What a span waits for.
    pub fn cause(&self, span: &Span) -> Option<String> {
        let State::Waiting { cause, until, .. } = &span.state else { return None };
        let language = self.language;
        let on = |key: &str, id| language.fill(key, &[("resource", &self.resource(id))]);
        let text = match cause {
            Wait::NextIteration => language.text("cause.next_turn"),
            Wait::Sleep { until } => language.fill("cause.sleep", &[("until", &seconds(*until))]),
            Wait::Future => language.text("cause.future"),
            Wait::Task(task) => language.fill("cause.task", &[("task", &self.task(*task))]),
            Wait::Tasks { op, tasks } => {
                let (all, tasks) = (tasks, self.tasks(tasks));
                match op {
                    // Futures that are no tasks, such as jobs in a pool.
                    op if all.is_empty() => language.fill("cause.op", &[("op", op.name())]),
                    GroupOp::Gather => language.fill("cause.gather", &[("tasks", &tasks)]),
                    GroupOp::Wait => language.fill("cause.wait", &[("tasks", &tasks)]),
                    op => language.fill("cause.group", &[("op", op.name()), ("tasks", &tasks)]),
                }
            }
            Wait::Resource { id, op } => match op {
                Op::Acquire => {
                    let lock = self.is_lock(*id);
                    let holders = self.timeline.resource(*id);
                    match holders.and_then(|lane| self.holders(lane, span.from)) {
                        Some(holders) => {
                            let key = if lock { "cause.lock_held" } else { "cause.acquire_held" };
                            let resource = self.resource(*id);
                            language.fill(key, &[("resource", &resource), ("tasks", &holders)])
                        }
                        None => on(if lock { "cause.lock" } else { "cause.acquire" }, *id),
                    }
                }
                Op::Get => on("cause.get", *id),
                Op::Put => on("cause.put", *id),
                Op::Join => on("cause.join", *id),
                Op::Wait => on("cause.flag", *id),
                op => {
                    let resource = self.resource(*id);
                    language.fill("cause.resource", &[("op", op.name()), ("resource", &resource)])
                }
            },
            Wait::Op(op) => language.fill("cause.op", &[("op", op.name())]),
            Wait::Unknown => language.text("cause.unknown"),
        };
        Some(match until {
            Some(until) => {
                let timeout = language.fill("cause.timeout", &[("until", &seconds(*until))]);
                format!("{text} · {timeout}")
            }
            None => text,
        })
    }

    /// Names of tasks, and how many more there are.
    pub fn tasks(&self, tasks: &[TaskId]) -> String {
        let names: Vec<String> = tasks.iter().take(NAMED).map(|task| self.task(*task)).collect();
        let names = names.join(&self.language.text("chart.comma"));
        if tasks.len() <= NAMED {
            return names;
        }
        let more = (tasks.len() - NAMED).to_string();
        self.language.fill("cause.more", &[("tasks", &names), ("n", &more)])
    }

    /// Who holds a resource at a moment, if somebody does.
    pub fn holders(&self, lane: &ResourceLane, time: f64) -> Option<String> {
        let mut holders: Vec<TaskId> = lane.holds_at(time).filter_map(|hold| hold.holder).collect();
        holders.dedup();
        (!holders.is_empty()).then(|| self.tasks(&holders))
    }

    /// Who holds a resource at a moment, and until when as far as that is known, if somebody does.
    pub fn held_until(&self, lane: &ResourceLane, time: f64) -> Option<String> {
        let hold = |hold: &Hold| {
            let task = self.task(hold.holder?);
            if !hold.returned {
                return Some(task);
            }
            let values = [("task", &*task), ("time", &seconds(hold.to))];
            Some(self.language.fill("chart.until", &values))
        };
        let mut holders: Vec<String> = lane.holds_at(time).filter_map(hold).collect();
        let more = holders.len().saturating_sub(LISTED);
        holders.truncate(LISTED);
        let said = holders.join(&self.language.text("chart.comma"));
        if more > 0 {
            let values = [("tasks", &*said), ("n", &more.to_string())];
            return Some(self.language.fill("cause.more", &values));
        }
        (!said.is_empty()).then_some(said)
    }

    /// Who waits for a resource at a moment, the first in front: the key of the words for each sort of them, and they.
    pub fn lines(&self, lane: &ResourceLane, time: f64) -> Vec<(&'static str, Vec<TaskId>)> {
        let mut lines = ["getters", "putters", "in_line", "joiners"].map(|key| (key, Vec::new()));
        for (task, span) in self.timeline.in_line(lane, time) {
            let op = match &span.state {
                State::Waiting { cause: Wait::Resource { op, .. }, .. } => Some(*op),
                _ => None,
            };
            let which = match op.filter(|_| matches!(lane.kind, ResourceKind::Queue { .. })) {
                Some(Op::Get) => 0,
                Some(Op::Put) => 1,
                Some(Op::Join) => 3,
                _ => 2,
            };
            lines[which].1.push(task.id);
        }
        lines.into_iter().filter(|(_, tasks)| !tasks.is_empty()).collect()
    }

    /// Why a task that could go on does not: who holds the loop meanwhile, between which lines as the program is shown,
    /// and until when.
    pub fn held_up(&self, span: &Span, lines: &Lines) -> Option<String> {
        if !span.is_held_up() {
            return None;
        }
        let held = |held: &&Held| held.from < span.to && held.to > span.from;
        let mut all: Vec<Held> = Vec::new();
        for held in self.timeline.held.iter().filter(held) {
            // One after another by the same task is one.
            match all.last_mut().filter(|last| last.by == held.by && last.to == held.from) {
                Some(last) => last.to = held.to,
                None => all.push(*held),
            }
        }
        let said = all.iter().take(NAMED).map(|held| {
            let who = match held.by {
                Some(by) => self.task(by),
                None => self.language.text("story.somebody"),
            };
            let who = match held.by.and_then(|by| self.between(by, held, lines)) {
                Some(lines) => {
                    self.language.fill("held.lines", &[("task", &who), ("lines", &lines)])
                }
                None => who,
            };
            self.language.fill("held.until", &[("task", &who), ("time", &seconds(held.to))])
        });
        let said: Vec<String> = said.collect();
        let said = said.join(&self.language.text("held.then"));
        (!all.is_empty()).then(|| self.language.fill("held.up", &[("holders", &said)]))
    }

    /// Between which lines a task held the loop: that at which it stood before, and that at which it stands then.
    fn between(&self, task: TaskId, held: &Held, lines: &Lines) -> Option<String> {
        let lane = self.timeline.task(task)?;
        let line = |span: &Span| match &span.state {
            State::Waiting { at, .. } => lines.line(at.as_ref()),
            _ => None,
        };
        let waits = || lane.spans.iter().filter(|span| matches!(span.state, State::Waiting { .. }));
        let before = waits().rfind(|span| span.to <= held.from).and_then(line);
        let after = waits().find(|span| span.from >= held.to).and_then(line);
        let (a, b) = (before.map(|n| n.to_string()), after.map(|n| n.to_string()));
        Some(match (a, b) {
            (Some(a), Some(b)) if a != b => {
                self.language.fill("held.between", &[("a", &a), ("b", &b)])
            }
            (Some(a), _) => self.language.fill("held.after", &[("a", &a)]),
            (None, Some(b)) => self.language.fill("held.before", &[("b", &b)]),
            (None, None) => return None,
        })
    }

    /// Who ended a wait of a task, and when.
    pub fn woken(&self, lane: &TaskLane, span: &Span) -> Option<String> {
        let State::Waiting { woken_by, cause, .. } = &span.state else { return None };
        let by = (*woken_by)?;
        if let Some(cancel) = lane.cancelled_in(span) {
            return Some(self.cancelled(cancel));
        }
        Some(match by {
            Actor::Task(task) => {
                // It is raised when its turn comes.
                let next = lane.spans.partition_point(|next| next.from < span.to);
                let turn = lane.spans[next..].iter().find(|next| next.state == State::Running);
                let raised = turn
                    .is_some_and(|turn| self.timeline.raised((task, lane.id), span.to, turn.from));
                let key = if raised { "woken.raised" } else { "woken.task" };
                self.language.fill(key, &[("task", &self.task(task))])
            }
            Actor::Timer(_) => match cause {
                Wait::Sleep { until } => {
                    self.language.fill("woken.own_timer", &[("time", &seconds(*until))])
                }
                _ => self.language.fill("woken.timer", &[("time", &seconds(span.to))]),
            },
            Actor::Timeout(_) => self.language.text("woken.timeout"),
            Actor::Network => self.language.text("woken.network"),
            Actor::Outside => self.language.text(match Category::of(span) {
                Some(Category::Job) => "woken.job",
                _ => "woken.outside",
            }),
        })
    }

    /// That the task had been asked to cancel itself before a span and is not done with it.
    pub fn asked(&self, lane: &TaskLane, span: &Span) -> Option<String> {
        let cleanups = || self.timeline.cleanups(lane);
        let place = cleanups().position(|cleanup| {
            cleanup.from <= span.from && span.from < cleanup.to && span.to <= cleanup.to
        })?;
        let cancelled = self.cancelled(lane.cancels.get(place)?);
        Some(self.language.fill("woken.not_done", &[("cancelled", &cancelled)]))
    }

    /// That a task was asked to cancel itself, when and by whom.
    pub fn cancelled(&self, cancel: &Cancel) -> String {
        let time = seconds(cancel.time);
        match cancel.by {
            Actor::Timeout(_) => self.language.fill("woken.cancelled_timeout", &[("time", &time)]),
            Actor::Task(task) => {
                let task = self.task(task);
                self.language.fill("woken.cancelled_by", &[("task", &task), ("time", &time)])
            }
            _ => self.language.fill("woken.cancelled", &[("time", &time)]),
        }
    }

    /// How a task ended.
    pub fn outcome(&self, lane: &TaskLane) -> String {
        match &lane.outcome {
            Some(Outcome::Done) => self.language.text("outcome.done"),
            Some(Outcome::Failed(error)) => {
                self.language.fill("outcome.failed", &[("error", error)])
            }
            Some(Outcome::Cancelled) => self.language.text("outcome.cancelled"),
            None => self.language.text("outcome.pending"),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// The run of an example with its defaults.
    fn run_of(id: &str) -> Timeline {
        let example = examples::find(id).expect("it is in the catalogue");
        run::instant(example, &example.defaults(), 250_000).timeline()
    }

    fn describe(timeline: &Timeline) -> Describe<'_> {
        Describe { language: Language::English, timeline }
    }

    #[test]
    fn who_gathers_what_are_no_tasks_is_not_said_to_wait_for_none() {
        let timeline = run_of("concurrency-models");
        let lane = &timeline.tasks[0];
        let causes: Vec<String> =
            lane.spans.iter().filter_map(|span| describe(&timeline).cause(span)).collect();
        assert_eq!(causes, ["for gather of Task-2, Task-3, Task-4", "in gather", "in gather"]);
    }

    #[test]
    fn who_holds_two_permits_is_named_once() {
        let timeline = run_of("two-permits");
        let permits = &timeline.resources[0];
        assert_eq!(describe(&timeline).holders(permits, 0.5).as_deref(), Some("Task-1"));
    }

    #[test]
    fn a_job_that_is_done_wakes_who_waits_for_it() {
        let timeline = run_of("executor-workers");
        let woken = |lane: &TaskLane| {
            let mut waits = lane.spans.iter().filter(|span| span.seconds() > 0.0);
            waits.find_map(|span| describe(&timeline).woken(lane, span))
        };
        let clients = timeline.tasks.iter().filter(|lane| lane.name.starts_with("client"));
        let woken: Vec<_> = clients.filter_map(woken).collect();
        assert_eq!(woken, vec!["woken: its job was done"; 5]);
    }

    #[test]
    fn who_joins_a_queue_is_not_in_line_for_its_items() {
        let timeline = run_of("queue-join");
        let lines = describe(&timeline).lines(&timeline.resources[0], 1.9);
        let keys: Vec<&str> = lines.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["getters", "joiners"]);
    }

    #[test]
    fn a_step_from_a_line_to_the_same_is_not_between_two() {
        let timeline = run_of("event-loop-turns");
        let map = examples::find("event-loop-turns").expect("an example").source().lines;
        let lines = Lines::of(Some(&map.into()));
        let ready = timeline.tasks.iter().flat_map(|lane| &lane.spans);
        let said: Vec<_> =
            ready.filter_map(|span| describe(&timeline).held_up(span, &lines)).collect();
        assert!(said.iter().any(|text| text.contains("(after line")), "{said:?}");
        assert!(!said.iter().any(|text| text.contains("between lines")), "{said:?}");
    }
}
