//! The facts behind the drawing are those of the trace, on every example at both ends of every parameter: who holds
//! what, who is in line, who is due and not served, how long the loop is held, and deadlines. They are kept account of
//! here once more, in the plainest way, and compared at every moment.

use examples::{Args, CATALOGUE, Example};
use std::collections::{BTreeMap, BTreeSet};
use timeline::{Deadline, State, Timeline};
use trace::{Event, EventKind, ResourceId, ResourceKind, TaskId, TimeoutId, Wait};

/// Handles that a run may take: as on the page.
const BUDGET: u64 = 250_000;

/// What differs by less is the same moment, rounded otherwise, in seconds.
const ROUNDING: f64 = 1e-9;

/// What is so after some of the events.
#[derive(Default)]
struct Facts {
    kinds: BTreeMap<ResourceId, ResourceKind>,
    /// Who holds, in the order of taking.
    holders: BTreeMap<ResourceId, Vec<Option<TaskId>>>,
    /// Who has ever held.
    held_before: BTreeSet<(ResourceId, Option<TaskId>)>,
    /// Jobs that were handed over or are done, with whose they are, and whether a worker has begun.
    jobs: BTreeMap<(ResourceId, u32), (Option<TaskId>, bool)>,
    /// Who is suspended, in the order of that.
    waits: Vec<(TaskId, Wait)>,
    /// Who has been woken and has had no step since, or was made and had none.
    ready: BTreeSet<TaskId>,
    /// The tasks of loops that are closed: nobody serves them.
    left: BTreeSet<TaskId>,
    alive: BTreeSet<TaskId>,
    /// Stretches in which the loop is held.
    held: Vec<(f64, f64, Option<TaskId>)>,
    deadlines: Vec<Deadline>,
    raised: BTreeSet<ResourceId>,
    depth: BTreeMap<ResourceId, usize>,
}

impl Facts {
    fn apply(&mut self, Event { time, kind }: &Event) {
        let time = *time;
        match kind {
            EventKind::ResourceCreated { id, kind } => _ = self.kinds.insert(*id, *kind),
            EventKind::PermitTaken { id, holder, .. } => {
                self.holders.entry(*id).or_default().push(*holder);
                self.held_before.insert((*id, *holder));
            }
            EventKind::PermitReturned { id, holder, .. } => {
                let holders = self.holders.entry(*id).or_default();
                if self.kinds[id] == ResourceKind::Lock {
                    holders.clear();
                } else if let Some(own) = holders.iter().position(|other| other == holder) {
                    holders.remove(own);
                } else if !holders.is_empty()
                    && (holder.is_none() || !self.held_before.contains(&(*id, *holder)))
                {
                    holders.remove(0);
                }
            }
            EventKind::JobQueued { id, job, task } => {
                _ = self.jobs.insert((*id, *job), (*task, false));
            }
            EventKind::JobBegan { id, job, .. } => {
                self.jobs.get_mut(&(*id, *job)).expect("it was handed over").1 = true;
            }
            EventKind::JobEnded { id, job, .. } => _ = self.jobs.remove(&(*id, *job)),
            EventKind::TaskCreated { task, eager, .. } => {
                self.alive.insert(*task);
                if !eager {
                    self.ready.insert(*task);
                }
            }
            EventKind::StepBegan { task, .. } => {
                self.ready.remove(task);
                self.go_on(*task);
            }
            EventKind::Suspended { task, wait, .. } => self.waits.push((*task, wait.clone())),
            EventKind::Woken { task, .. } => {
                self.go_on(*task);
                self.ready.insert(*task);
            }
            EventKind::Finished { task, .. } => {
                self.go_on(*task);
                self.ready.remove(task);
                self.alive.remove(task);
            }
            // A task that is collected is over, too.
            EventKind::Logged { log, .. } if log.message.starts_with("Task was destroyed") => {
                let task = log.about.expect("it is about a task");
                self.go_on(task);
                self.ready.remove(&task);
                self.alive.remove(&task);
            }
            EventKind::LoopClosed => self.left.extend(&self.alive),
            EventKind::Blocked { task, seconds } => self.held.push((time, time + seconds, *task)),
            EventKind::TimeoutEntered { timeout, task, due } => self.deadlines.push(Deadline {
                timeout: *timeout,
                task: *task,
                from: time,
                due: *due,
                expired: None,
                left: None,
            }),
            EventKind::TimeoutRescheduled { timeout, due } => self.deadline(*timeout).due = *due,
            EventKind::TimeoutExpired { timeout } => self.deadline(*timeout).expired = Some(time),
            EventKind::TimeoutLeft { timeout } => self.deadline(*timeout).left = Some(time),
            EventKind::FlagSet { id, .. } => _ = self.raised.insert(*id),
            EventKind::FlagCleared { id, .. } => _ = self.raised.remove(id),
            EventKind::QueuePut { id, depth, .. } | EventKind::QueueGot { id, depth, .. } => {
                _ = self.depth.insert(*id, *depth);
            }
            EventKind::QueueShutDown { id, immediate: true, .. } => _ = self.depth.insert(*id, 0),
            _ => {}
        }
    }

    fn go_on(&mut self, task: TaskId) {
        self.waits.retain(|(other, _)| *other != task);
    }

    fn deadline(&mut self, id: TimeoutId) -> &mut Deadline {
        let mut all = self.deadlines.iter_mut().rev();
        all.find(|deadline| deadline.timeout == id).expect("it was entered")
    }

    /// Compares with what a timeline says of a moment at which nothing happens.
    fn compare(&self, timeline: &Timeline, now: f64, context: &str) {
        let held = self.held.iter().find(|(from, to, _)| *from <= now && now < *to);
        let drawn = timeline.held_at(now).map(|held| (held.from <= now, held.by));
        assert_eq!(drawn, held.map(|(_, _, by)| (true, *by)), "who holds the loop: {context}");

        for lane in &timeline.resources {
            let id = lane.id;
            let jobs = self.jobs.iter().filter(|((pool, _), (_, begun))| *pool == id && *begun);
            let mut holders: Vec<Option<TaskId>> = jobs.map(|(_, (task, _))| *task).collect();
            holders.extend(self.holders.get(&id).into_iter().flatten());
            holders.sort();
            let mut drawn: Vec<_> = lane.holds_at(now).map(|hold| hold.holder).collect();
            drawn.sort();
            assert_eq!(drawn, holders, "who holds {id:?}: {context}");

            let line = self.waits.iter().filter(
                |(_, wait)| matches!(wait, Wait::Resource { id: other, .. } if *other == id),
            );
            let line: Vec<TaskId> = line.map(|(task, _)| *task).collect();
            let drawn: Vec<TaskId> = timeline.in_line(lane, now).map(|(lane, _)| lane.id).collect();
            assert_eq!(drawn, line, "who waits for {id:?}: {context}");
            assert_eq!(lane.waiting_at(now), line.len(), "how many wait for {id:?}: {context}");

            let raised = self.raised.contains(&id);
            assert_eq!(lane.raised_at(now).is_some(), raised, "whether {id:?} is set: {context}");
            if let ResourceKind::Queue { .. } = lane.kind {
                let depth = self.depth.get(&id).copied().unwrap_or(0);
                assert_eq!(lane.depth_at(now), depth, "what is in {id:?}: {context}");
            }
        }

        for (task, wait) in &self.waits {
            let state = state(timeline, *task, now, context);
            match wait {
                // Due just then: one or the other.
                Wait::Sleep { until } if (until - now).abs() < ROUNDING => {}
                Wait::Sleep { until } if *until < now => {
                    assert_eq!(state, &State::Due, "{task:?} was due at {until}: {context}");
                    let served = held.is_some() || self.left.contains(task);
                    assert!(served, "{task:?} is due, and nobody holds the loop: {context}");
                }
                wait => assert!(
                    matches!(state, State::Waiting { cause, .. } if cause == wait),
                    "{task:?} waits for {wait:?}, not {state:?}: {context}"
                ),
            }
        }
        for task in &self.ready {
            let state = state(timeline, *task, now, context);
            assert_eq!(state, &State::Ready, "{task:?} is ready: {context}");
            let why = held.is_some() || self.left.contains(task);
            assert!(why, "{task:?} is ready, and nobody holds the loop: {context}");
        }
        for lane in &timeline.tasks {
            let blocks = lane.at(now).is_some_and(|span| span.state == State::Blocking);
            let by = held.is_some_and(|(_, _, by)| *by == Some(lane.id));
            assert_eq!(blocks, by, "whether {:?} holds the loop: {context}", lane.id);
        }
    }
}

fn state<'a>(timeline: &'a Timeline, task: TaskId, now: f64, context: &str) -> &'a State {
    let lane = timeline.task(task).expect("it has a lane");
    &lane.at(now).unwrap_or_else(|| panic!("{task:?} is not over: {context}")).state
}

/// Compares at the middle between every two moments at which something happens.
fn hold(events: &[Event], end: f64, timeline: &Timeline, context: &str) {
    assert_eq!(timeline.check(), Ok(()), "{context}");
    let mut facts = Facts::default();
    for (n, event) in events.iter().enumerate() {
        facts.apply(event);
        let next = events.get(n + 1).map_or(end, |next| next.time);
        if event.time + ROUNDING < next {
            let now = event.time + (next - event.time) / 2.0;
            facts.compare(timeline, now, &format!("at {now}, {context}"));
        }
    }
    assert_eq!(timeline.deadlines, facts.deadlines, "deadlines: {context}");
}

#[test]
fn holders_waiters_due_held_and_deadlines_are_those_of_the_trace_at_both_ends_of_every_parameter() {
    let mut runs = 0;
    let mut compare = |example: &Example, args: &Args| {
        let recorded = run::instant(example, args, BUDGET);
        let context = format!("{} with {args:?}", example.id);
        hold(&recorded.events, recorded.end, &recorded.timeline(), &context);
        runs += 1;
    };
    for example in CATALOGUE {
        compare(example, &example.defaults());
        for param in example.params {
            for value in param.ends() {
                let mut args = example.defaults();
                assert_eq!(args.set(param.name, &value.plain()), Ok(()), "{}", example.id);
                compare(example, &args);
            }
        }
        // All at their ends at once.
        for last in [false, true] {
            let mut args = example.defaults();
            for param in example.params {
                let ends = param.ends();
                let end = if last { ends.last() } else { ends.first() };
                let value = end.expect("there is one").plain();
                assert_eq!(args.set(param.name, &value), Ok(()), "{}", example.id);
            }
            compare(example, &args);
        }
    }
    assert!(runs > 3 * CATALOGUE.len(), "only {runs} runs");
}

#[test]
fn what_the_timeline_has_otherwise_than_the_trace_is_found() {
    let example = examples::find("timeout-holds-lock").expect("it is in the catalogue");
    let recorded = run::instant(example, &example.defaults(), BUDGET);
    type Flaw = (&'static str, fn(&mut Timeline));
    let flaws: [Flaw; 4] = [
        ("who holds", |timeline| timeline.resources[0].holds[0].holder = Some(TaskId(9))),
        ("who waits", |timeline| timeline.resources[0].waits.clear()),
        ("deadlines", |timeline| timeline.deadlines[0].expired = None),
        ("waits for", |timeline| {
            let spans = &mut timeline.tasks[0].spans;
            spans.iter_mut().for_each(|span| span.state = State::Ready);
        }),
    ];
    for (words, spoil) in flaws {
        let mut timeline = recorded.timeline();
        spoil(&mut timeline);
        let compare = || {
            // What must hold of every timeline is another test's.
            let mut facts = Facts::default();
            for (n, event) in recorded.events.iter().enumerate() {
                facts.apply(event);
                let next = recorded.events.get(n + 1).map_or(recorded.end, |next| next.time);
                if event.time + ROUNDING < next {
                    facts.compare(&timeline, event.time + (next - event.time) / 2.0, "");
                }
            }
            assert_eq!(timeline.deadlines, facts.deadlines, "deadlines");
        };
        let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare));
        let said = found.expect_err(words);
        let said = said.downcast_ref::<String>().map_or("", String::as_str);
        assert!(said.contains(words), "{words} is said to be: {said}");
    }
}
