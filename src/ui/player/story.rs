//! What happened at a place of the order, in a sentence.

use crate::ui::panels::{Describe, seconds};
use crate::ui::shell::{Language, beginning};
use timeline::{Order, Span, State, Timeline, Turn};
use trace::{Actor, EventKind, HandleKind, Outcome, Ready, ResourceId, TaskId, Wait};

/// Most parts that a sentence has; of more it has the last.
const PARTS: usize = 5;
/// Most characters of what was printed.
const QUOTED: usize = 48;

/// How wide a sentence is at most that is to stand in a line, as [`width`] counts.
const LINE: usize = 105;

/// How wide a text is, about: in letters, of which those of Chinese count twice.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum()
}

/// Sentences about a run in one language.
#[derive(Clone, Copy)]
pub struct Story<'a> {
    /// The language.
    pub language: Language,
    /// The run.
    pub order: &'a Order,
    /// The run as it stands at the place that is told of.
    pub timeline: &'a Timeline,
}

impl Story<'_> {
    /// What the loop has done in the turn or between turns up to a place: why it ran, what came of it. Of an event
    /// that says nothing, as the closing of the loop, what was said last.
    pub fn sentence(&self, place: usize) -> String {
        self.said(place, usize::MAX)
    }

    /// The same as short as it takes to stand in a line: why it ran, and the last of what came of it.
    pub fn line(&self, place: usize) -> String {
        self.said(place, LINE)
    }

    /// The sentence without what is in its middle, as far as it is longer than `most`.
    fn said(&self, place: usize, most: usize) -> String {
        let said = |place| Some((place, self.parts(place))).filter(|(_, parts)| !parts.is_empty());
        let Some((place, mut parts)) = (1..=place).rev().find_map(said) else {
            return self.language.text("story.begin");
        };
        if parts.len() > PARTS + 1 {
            let left_out = parts.len() - 1 - PARTS;
            parts.drain(1..=left_out);
            parts.insert(1, "…".to_owned());
        }
        let width = |parts: &[String]| parts.iter().map(|part| width(part) + 2).sum::<usize>();
        let mut cut = parts.get(1).is_some_and(|part| part == "…");
        while parts.len() > 2 + usize::from(cut) && width(&parts) > most {
            parts.remove(1 + usize::from(cut));
            if !cut {
                parts.insert(1, "…".to_owned());
                cut = true;
            }
        }
        let time = seconds(self.order.time(place));
        let said = parts.join(&self.language.text("story.and"));
        let number = self.order.iteration_at(place).map(|iteration| iteration.number.to_string());
        let number = number.unwrap_or_else(|| "–".to_owned());
        self.language.fill("story.at", &[("n", &number), ("time", &time), ("said", &said)])
    }

    /// What there is to say of a place.
    fn parts(&self, place: usize) -> Vec<String> {
        let (mut parts, from) = match self.order.turn_at(place) {
            Some(turn) => (vec![self.opening(turn)], turn.events.start + 1),
            None => (Vec::new(), place - 1),
        };
        parts.extend((from..place).filter_map(|n| self.part(n)));
        parts
    }

    /// What a single event says, by its index.
    pub fn event(&self, n: usize) -> String {
        let begins = matches!(self.order.events().get(n), Some(event) if matches!(event.kind, EventKind::StepBegan { .. }));
        let turn = self.order.turn_at(n + 1).filter(|turn| begins && turn.events.start == n);
        let said = turn.map(|turn| self.opening(turn)).or_else(|| self.part(n));
        said.unwrap_or_else(|| self.sentence(n + 1))
    }

    fn describe(&self) -> Describe<'_> {
        Describe { language: self.language, timeline: self.timeline }
    }

    fn task(&self, task: TaskId) -> String {
        self.describe().task(task)
    }

    fn some(&self, task: Option<TaskId>) -> String {
        task.map_or_else(|| self.language.text("story.somebody"), |task| self.task(task))
    }

    /// Who did something.
    fn actor(&self, by: Actor) -> String {
        self.language.text(match by {
            Actor::Task(task) => return self.task(task),
            Actor::Timer(_) => "story.timer",
            Actor::Timeout(_) => "story.timeout",
            Actor::Network => "story.network",
            Actor::Outside => "story.outside",
        })
    }

    /// That a turn began, and why.
    fn opening(&self, turn: &Turn) -> String {
        let kind = |n: Option<usize>| n.and_then(|n| self.order.events().get(n)).map(|e| &e.kind);
        match turn.what {
            Ready::Step(turn_of) => {
                let task = self.task(turn_of);
                match kind(turn.entered) {
                    Some(EventKind::TaskCreated { .. }) => {
                        self.language.fill("story.first", &[("task", &task)])
                    }
                    Some(EventKind::Woken { by: Actor::Task(by), .. })
                        if *by == turn_of && self.gave_way(turn_of, turn.entered) =>
                    {
                        self.language.fill("story.gave_way", &[("task", &task)])
                    }
                    Some(EventKind::Woken { by, .. }) => {
                        let raised =
                            matches!(*by, Actor::Task(by) if self.raised(by, turn_of, turn));
                        let key = if raised { "story.raises" } else { "story.resumes" };
                        self.language.fill(key, &[("task", &task), ("by", &self.actor(*by))])
                    }
                    _ => self.language.fill("story.runs", &[("task", &task)]),
                }
            }
            Ready::Call(_) => match kind(turn.set.or(turn.entered)) {
                Some(
                    EventKind::HandleScheduled { kind, by, .. }
                    | EventKind::TimerSet { kind, by, .. },
                ) => {
                    let ended = *kind == HandleKind::Internal && self.ended(*by, turn.entered);
                    let key = if ended { "story.call.ended" } else { opening_of(*kind) };
                    self.language.fill(key, &[("by", &self.actor(*by))])
                }
                _ => self.language.text("story.call.internal"),
            },
        }
    }

    /// Whether what got in line by the event of this index did so since a task had ended.
    fn ended(&self, by: Actor, entered: Option<usize>) -> bool {
        let before = &self.order.events()[..entered.unwrap_or(0)];
        // Only others that got in line for the same reason are between.
        let cause = before.iter().rev().find(|event| {
            !matches!(event.kind, EventKind::HandleScheduled { .. } | EventKind::Woken { .. })
        });
        matches!(cause.map(|event| &event.kind), Some(EventKind::Finished { task, .. }) if Actor::Task(*task) == by)
    }

    /// Whether the exception of one task is raised in another by a turn of it.
    fn raised(&self, by: TaskId, task: TaskId, turn: &Turn) -> bool {
        let time = |n: usize| self.order.events().get(n).map(|event| event.time);
        let times = turn.entered.and_then(time).zip(time(turn.events.start));
        times.is_some_and(|(from, to)| self.timeline.raised((by, task), from, to))
    }

    /// Whether a task that became ready by the event of this index had suspended itself for an iteration.
    fn gave_way(&self, task: TaskId, entered: Option<usize>) -> bool {
        let before = &self.order.events()[..entered.unwrap_or(0)];
        let wait = before.iter().rev().find_map(|event| match &event.kind {
            EventKind::Suspended { task: other, wait, .. } if *other == task => Some(wait),
            _ => None,
        });
        wait == Some(&Wait::NextIteration)
    }

    /// What an event says.
    fn part(&self, n: usize) -> Option<String> {
        let (language, describe) = (self.language, self.describe());
        let fill = |key: &str, values: &[(&str, &str)]| Some(language.fill(key, values));
        let on = |key: &str, task: Option<TaskId>, id: ResourceId, n: usize| {
            let (task, n) = (self.some(task), n.to_string());
            fill(key, &[("task", &task), ("resource", &describe.resource(id)), ("n", &n)])
        };
        let event = self.order.events().get(n)?;
        match &event.kind {
            EventKind::Suspended { task, wait, at } => {
                let task = self.task(*task);
                let (cause, at) = (wait.clone(), at.clone());
                if let Wait::Sleep { until } = wait {
                    return fill("story.sleeps", &[("task", &task), ("time", &seconds(*until))]);
                }
                let state = State::Waiting { cause, at, until: None, woken_by: None };
                let cause = describe.cause(&Span { from: event.time, to: event.time, state })?;
                fill("story.waits", &[("task", &task), ("cause", &cause)])
            }
            EventKind::Finished { task, outcome } => {
                let task = self.task(*task);
                match outcome {
                    Outcome::Done => fill("story.done", &[("task", &task)]),
                    Outcome::Failed(error) => {
                        fill("story.failed", &[("task", &task), ("error", error)])
                    }
                    Outcome::Cancelled => fill("story.cancelled", &[("task", &task)]),
                }
            }
            EventKind::Woken { task, .. } => fill("story.woken", &[("task", &self.task(*task))]),
            EventKind::TaskCreated { task, name, .. } => {
                let known = self.timeline.task(*task).map_or(&**name, |lane| &*lane.name);
                fill("story.created", &[("task", known)])
            }
            EventKind::StepBegan { task, .. } => {
                fill("story.eager", &[("task", &self.task(*task))])
            }
            EventKind::CancelRequested { task, .. } => {
                fill("story.asked", &[("task", &self.task(*task))])
            }
            EventKind::Blocked { seconds: length, .. } => {
                fill("story.blocked", &[("time", &seconds(*length))])
            }
            EventKind::TimerFired { .. } => Some(language.text("story.fired")),
            EventKind::IterationBegan { number } => {
                fill("story.iteration", &[("n", &number.to_string())])
            }
            EventKind::HandleScheduled { kind, .. } => match kind {
                HandleKind::Callback => Some(language.text("story.scheduled")),
                HandleKind::DoneCallback => Some(language.text("story.scheduled_done")),
                _ => None,
            },
            EventKind::TimerSet { kind: HandleKind::Callback, due, .. } => {
                fill("story.set", &[("time", &seconds(*due))])
            }
            EventKind::TimeoutEntered { task, due: Some(due), .. } => {
                let task = self.task(*task);
                fill("story.within", &[("task", &task), ("time", &seconds(*due))])
            }
            EventKind::TimeoutExpired { .. } => Some(language.text("story.expired")),
            EventKind::PermitTaken { id, holder, free } => on("story.takes", *holder, *id, *free),
            EventKind::PermitReturned { id, holder, free } => {
                on("story.returns", *holder, *id, *free)
            }
            EventKind::QueuePut { id, task, depth } => on("story.puts", *task, *id, *depth),
            EventKind::QueueGot { id, task, depth } => on("story.gets", *task, *id, *depth),
            EventKind::QueueTaskDone { id, task, unfinished } => {
                on("story.task_done", *task, *id, *unfinished)
            }
            EventKind::FlagSet { id, task } => on("story.sets", *task, *id, 0),
            EventKind::FlagCleared { id, task } => on("story.clears", *task, *id, 0),
            EventKind::Notified { id, task, count } => on("story.notifies", *task, *id, *count),
            EventKind::BarrierChanged { id, task, waiting, .. } => {
                on("story.barrier", *task, *id, *waiting)
            }
            EventKind::JobQueued { id, task, .. } => on("story.job", *task, *id, 0),
            EventKind::JobBegan { id, .. } => on("story.job_began", None, *id, 0),
            EventKind::JobEnded { id, .. } => on("story.job_ended", None, *id, 0),
            EventKind::BytesSent { id, task, bytes, .. } => on("story.sends", *task, *id, *bytes),
            EventKind::BytesArrived { id, bytes } => on("story.arrive", None, *id, *bytes),
            EventKind::ValueRead { id, task, value } => {
                let (task, resource) = (self.some(*task), describe.resource(*id));
                let value = value.to_string();
                fill("story.reads", &[("task", &task), ("resource", &resource), ("value", &value)])
            }
            EventKind::ValueWritten { id, task, value } => {
                let (task, resource) = (self.some(*task), describe.resource(*id));
                let value = value.to_string();
                fill("story.writes", &[("task", &task), ("resource", &resource), ("value", &value)])
            }
            EventKind::Printed { text, .. } => {
                fill("story.prints", &[("text", &beginning(text, QUOTED))])
            }
            EventKind::Logged { log, .. } => {
                fill("story.logs", &[("text", &beginning(&log.message, QUOTED))])
            }
            _ => None,
        }
    }
}

/// The key of the words for what a callback is.
fn opening_of(kind: HandleKind) -> &'static str {
    match kind {
        HandleKind::Callback => "story.call.callback",
        HandleKind::DoneCallback => "story.call.done",
        HandleKind::Sleep => "story.call.sleep",
        HandleKind::Timeout => "story.call.timeout",
        HandleKind::Network => "story.call.network",
        HandleKind::Internal => "story.call.internal",
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn what_hears_of_an_end_says_so() {
        let example = examples::find("gather-order").expect("an example");
        let recorded = run::instant(example, &example.defaults(), crate::BUDGET);
        let order = Order::new(recorded.events);
        let timeline = order.timeline(order.last(), recorded.end);
        let story = Story { language: Language::English, order: &order, timeline: &timeline };
        let said: String = (0..=order.last()).map(|place| story.sentence(place)).collect();
        for task in ["request-0", "request-1", "request-2"] {
            assert!(said.contains(&format!("hears that {task} has ended")), "{said}");
        }
    }

    #[test]
    fn only_at_the_beginning_has_nothing_happened() {
        let language = Language::English;
        for example in examples::CATALOGUE {
            let recorded = run::instant(example, &example.defaults(), crate::BUDGET);
            let order = Order::new(recorded.events);
            let timeline = order.timeline(order.last(), recorded.end);
            let story = Story { language, order: &order, timeline: &timeline };
            assert_eq!(story.sentence(0), language.text("story.begin"));
            for place in 0..order.last().min(200) {
                let (line, whole) = (story.line(place), story.sentence(place));
                assert!(width(&line) <= width(&whole), "{line} of {whole}");
                assert!(width(&line) <= LINE.max(width(&whole) / 2) + 60, "{line}");
            }
            assert_ne!(
                story.sentence(order.last()),
                language.text("story.begin"),
                "{}",
                example.id
            );
        }
    }
}
