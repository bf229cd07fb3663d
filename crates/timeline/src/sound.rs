//! What must hold of every timeline, whatever trace it is of.

use crate::{Hold, ResourceLane, TaskLane, Timeline, Waiter};
use std::collections::HashMap;
use std::fmt::Debug;

/// Whether something holds, or what is wrong.
type Sound = Result<(), String>;

impl Timeline {
    /// Looks for what no timeline may have: gaps and overlaps, spans beyond its end, lanes that are drawn
    /// twice. For tests.
    ///
    /// # Errors
    ///
    /// Says what is wrong first, in words.
    pub fn check(&self) -> Sound {
        self.tasks.iter().try_for_each(|lane| self.check_task(lane))?;
        self.check_order()?;
        self.resources.iter().try_for_each(|lane| self.check_resource(lane))?;
        for pair in self.held.windows(2) {
            hold_that(pair[0].to <= pair[1].from, "the loop is held by two", pair)?;
        }
        for held in &self.held {
            hold_that(held.from <= held.to && held.to <= self.end, "out of bounds", held)?;
        }
        for deadline in &self.deadlines {
            let ends = [Some(deadline.from), deadline.expired, deadline.left];
            let times: Vec<f64> = ends.into_iter().flatten().collect();
            hold_that(times.is_sorted(), "a timeout out of order", deadline)?;
        }
        let in_order =
            |times: &[f64]| times.is_sorted() && times.iter().all(|time| *time <= self.end);
        let flows: Vec<f64> = self.flows.iter().map(|flow| flow.time).collect();
        hold_that(in_order(&flows), "flows are not in order", &())?;
        let lines: Vec<f64> = self.lines.iter().map(|line| line.time).collect();
        hold_that(in_order(&lines), "lines are not in order", &())
    }

    fn check_task(&self, lane: &TaskLane) -> Sound {
        let (Some(first), Some(last)) = (lane.spans.first(), lane.spans.last()) else {
            return hold_that(false, "a task without spans", &lane.id);
        };
        hold_that(first.from == lane.created, "does not begin when it is created", lane)?;
        let end = lane.ended.unwrap_or(self.end);
        hold_that(last.to == end, "does not end when it ends", lane)?;
        // A task that is collected ends without an outcome.
        hold_that(lane.ended.is_some() || lane.outcome.is_none(), "half an end", lane)?;
        for pair in lane.spans.windows(2) {
            hold_that(pair[0].to == pair[1].from, "a gap", pair)?;
        }
        for span in &lane.spans {
            hold_that(span.from <= span.to && span.to <= self.end, "out of bounds", span)?;
        }
        for cleanup in self.cleanups(lane) {
            hold_that(cleanup.from <= cleanup.to, "a cancellation out of order", &cleanup)?;
        }
        let found = self.task(lane.id).map(|found| found.created);
        hold_that(found == Some(lane.created), "is not found by its id", lane)
    }

    fn check_order(&self) -> Sound {
        let mut drawn = vec![false; self.tasks.len()];
        for place in &self.order {
            let lane = &self.tasks[*place];
            let above = lane.parent.and_then(|parent| self.task_place(parent));
            let below = above.is_none_or(|above| drawn[above] || lane.depth == 0);
            hold_that(below, "stands above its parent", lane)?;
            hold_that(!drawn[*place], "is drawn twice", lane)?;
            drawn[*place] = true;
        }
        hold_that(drawn.iter().all(|drawn| *drawn), "a lane is not drawn", &())
    }

    fn check_resource(&self, lane: &ResourceLane) -> Sound {
        let mut last: HashMap<usize, &Hold> = HashMap::new();
        for hold in &lane.holds {
            hold_that(hold.from <= hold.to && hold.to <= self.end, "out of bounds", hold)?;
            hold_that(lane.slots() > Some(hold.permit), "a permit that is not there", hold)?;
            if let Some(before) = last.insert(hold.permit, hold) {
                hold_that(before.returned && before.to <= hold.from, "held by two", hold)?;
            }
        }
        for steps in [&lane.free, &lane.depth, &lane.waiting] {
            hold_that(steps.is_sorted_by(|a, b| a.0 < b.0), "steps are not in order", steps)?;
            let beyond = steps.last().is_some_and(|(time, _)| *time > self.end);
            hold_that(!beyond, "out of bounds", steps)?;
        }
        for pair in lane.raised.windows(2) {
            let cleared = pair[0].to.is_some_and(|to| to <= pair[1].from);
            hold_that(cleared, "a flag is set twice", pair)?;
        }
        let since = |wait: &Waiter| {
            let spans = &self.task(wait.task)?.spans;
            Some(spans.get(wait.span as usize)?.from)
        };
        let begun: Option<Vec<f64>> = lane.waits.iter().map(since).collect();
        hold_that(begun.is_some_and(|begun| begun.is_sorted()), "waits are not in order", lane)?;
        let found = self.resource(lane.id).map(|found| found.created);
        hold_that(found == Some(lane.created), "is not found by its id", &lane.id)
    }
}

fn hold_that(holds: bool, wrong: &str, what: &(impl Debug + ?Sized)) -> Sound {
    if holds { Ok(()) } else { Err(format!("{wrong}: {what:?}")) }
}

#[cfg(test)]
mod tests {
    use crate::{Flow, FlowKind, Held, Timeline, Waiter};
    use trace::{Event, EventKind, ResourceId, ResourceKind, TaskId};

    /// A task that holds a lock from 1 to 2, and the loop from 2 to 3.
    fn sound() -> Timeline {
        let (task, id) = (TaskId(0), ResourceId(0));
        let holder = Some(task);
        let events = [
            (0.0, EventKind::TaskCreated { task, parent: None, name: "main".into(), eager: false }),
            (0.0, EventKind::ResourceCreated { id, kind: ResourceKind::Lock }),
            (1.0, EventKind::StepBegan { task, drift: 0.0 }),
            (1.0, EventKind::PermitTaken { id, holder, free: 0 }),
            (2.0, EventKind::PermitReturned { id, holder, free: 1 }),
            (2.0, EventKind::Blocked { task: holder, seconds: 1.0 }),
        ];
        let events = events.map(|(time, kind)| Event { time, kind });
        Timeline::new(&events, 3.0)
    }

    #[test]
    fn what_is_wrong_is_found() {
        assert_eq!(sound().check(), Ok(()));
        type Flaw = (&'static str, fn(&mut Timeline));
        let flaws: [Flaw; 14] = [
            ("a task without spans", |timeline| timeline.tasks[0].spans.clear()),
            ("does not begin", |timeline| timeline.tasks[0].created = 0.5),
            ("does not end", |timeline| timeline.end = 4.0),
            ("half an end", |timeline| timeline.tasks[0].outcome = Some(trace::Outcome::Done)),
            ("a gap", |timeline| timeline.tasks[0].spans[0].to = 0.5),
            ("is drawn twice", |timeline| timeline.order.push(0)),
            ("not drawn", |timeline| timeline.order.clear()),
            ("out of bounds", |timeline| timeline.held[0].to = 5.0),
            ("held by two", |timeline| {
                let held = Held { from: 2.5, ..timeline.held[0] };
                timeline.held.push(held);
            }),
            ("held by two", |timeline| {
                let hold = timeline.resources[0].holds[0].clone();
                timeline.resources[0].holds.push(hold);
            }),
            ("not there", |timeline| timeline.resources[0].holds[0].permit = 1),
            ("steps are not in order", |timeline| timeline.resources[0].waiting.push((0.0, 1))),
            ("waits are not in order", |timeline| {
                timeline.resources[0].waits.push(Waiter { task: TaskId(0), span: 9 });
            }),
            ("flows are not in order", |timeline| {
                let (from, to) = (TaskId(0), TaskId(0));
                timeline.flows.push(Flow { time: 9.0, kind: FlowKind::Woke, from, to });
            }),
        ];
        for (words, spoil) in flaws {
            let mut timeline = sound();
            spoil(&mut timeline);
            let found = timeline.check().expect_err(words);
            assert!(found.contains(words), "{words} is said to be: {found}");
        }
    }
}
