//! Traces that no loop of ours would write: other programs' traces may hold anything. They fold without a
//! panic, into a timeline that is sound.

use crate::random::Random;
use timeline::{Category, Fold, Timeline};
use trace::{
    Actor, Event, EventKind, GroupOp, HandleId, Op, Outcome, ResourceId, ResourceKind, TaskId,
    TimeoutId, Wait,
};

fn id(random: &Random) -> u32 {
    random.of(&[0, 1, 2, 3, 4, 7, 1000, u32::MAX])
}

fn task(random: &Random) -> TaskId {
    TaskId(id(random))
}

fn somebody(random: &Random) -> Option<TaskId> {
    (random.below(4) > 0).then(|| task(random))
}

fn resource(random: &Random) -> ResourceId {
    ResourceId(id(random))
}

fn number(random: &Random) -> usize {
    random.of(&[0, 1, 2, 3, 10, usize::MAX])
}

fn time(random: &Random) -> f64 {
    random.of(&[0.0, 0.5, 1.0, 1.5, 2.0, 5.0, -1.0, -0.0, 1e300, f64::INFINITY, f64::NAN])
}

/// A time that is a number: NaN would not even equal itself where timelines are compared.
fn deadline(random: &Random) -> f64 {
    time(random).max(-2.0)
}

fn by(random: &Random) -> Actor {
    let task = Actor::Task(task(random));
    random.of(&[task, task, Actor::Timer(HandleId(0)), Actor::Outside])
}

fn resource_kind(random: &Random) -> ResourceKind {
    let (limit, bound) = (number(random), random.of(&[None, Some(0), Some(3)]));
    random.of(&[
        ResourceKind::Permits { limit },
        ResourceKind::Permits { limit: 1 },
        ResourceKind::Lock,
        ResourceKind::Queue { bound },
        ResourceKind::Flag,
        ResourceKind::Condition,
        ResourceKind::Barrier { parties: limit },
        ResourceKind::Pool { workers: limit, processes: false },
        ResourceKind::Link { outward: true },
        ResourceKind::Server { port: 0 },
        ResourceKind::Value,
        ResourceKind::Value,
    ])
}

fn wait(random: &Random) -> Wait {
    random.of(&[
        Wait::NextIteration,
        Wait::Sleep { until: deadline(random) },
        Wait::Sleep { until: deadline(random) },
        Wait::Future,
        Wait::Task(task(random)),
        Wait::on_tasks(GroupOp::Gather, [task(random), task(random)]),
        Wait::Resource { id: resource(random), op: Op::Acquire },
        Wait::Resource { id: resource(random), op: Op::Get },
        Wait::Unknown,
    ])
}

fn kind(random: &Random) -> EventKind {
    let (who, somebody, id) = (task(random), somebody(random), resource(random));
    let (n, job, worker) = (number(random), random.below(3) as u32, number(random));
    let (timeout, due) = (TimeoutId(id.0), Some(deadline(random)).filter(|_| n > 0));
    match random.below(30) {
        0..3 => EventKind::TaskCreated {
            task: who,
            parent: somebody,
            name: "task".into(),
            eager: false,
        },
        3 => EventKind::StepBegan { task: who, drift: time(random) },
        4 => match random.below(4) {
            0 | 1 => EventKind::TimeoutEntered { timeout, task: who, due },
            2 => EventKind::TimeoutRescheduled { timeout, due },
            _ => EventKind::TimeoutExpired { timeout },
        },
        5..8 => EventKind::Suspended { task: who, wait: wait(random), at: None },
        8 | 9 => EventKind::Woken { task: who, by: by(random) },
        10 => EventKind::CancelRequested { task: who, by: by(random) },
        11 => EventKind::Finished { task: who, outcome: Outcome::Done },
        12 => EventKind::Blocked { task: somebody, seconds: time(random) },
        13 | 14 if random.below(8) == 0 => EventKind::ResourceNamed { id, name: "queue".into() },
        13 | 14 => EventKind::ResourceCreated { id, kind: resource_kind(random) },
        15 | 16 => EventKind::PermitTaken { id, holder: somebody, free: n },
        17 | 18 => EventKind::PermitReturned { id, holder: somebody, free: n },
        19 => EventKind::QueuePut { id, task: somebody, depth: n },
        20 => EventKind::QueueShutDown { id, task: somebody, immediate: true },
        21 => EventKind::BarrierChanged { id, task: somebody, waiting: n, broken: n > 1 },
        22 => EventKind::JobQueued { id, job, task: somebody },
        23 => EventKind::JobBegan { id, job, worker },
        24 => EventKind::JobEnded { id, job, outcome: Outcome::Cancelled },
        25 => EventKind::BytesSent { id, task: somebody, bytes: n, arrival: time(random) },
        26 => EventKind::BytesArrived { id, bytes: n },
        27 => EventKind::ValueRead { id, task: somebody, value: n as f64 },
        28 => EventKind::ValueWritten { id, task: somebody, value: n as f64 },
        _ => EventKind::logged(somebody, "", somebody, None),
    }
}

#[test]
fn any_events_in_any_order_fold_into_a_sound_timeline() {
    for seed in 0..3000 {
        let random = Random::new(seed);
        let mut latest = 0.0_f64;
        let events: Vec<Event> = (0..60)
            .map(|_| {
                // Mostly in order, as of a loop, sometimes of any time.
                latest += random.of(&[0.0, 0.0, 0.25, 1.0]);
                let time = if random.below(12) == 0 { time(&random) } else { latest };
                Event { time, kind: kind(&random) }
            })
            .collect();
        let mut fold = Fold::default();
        for (n, event) in events.iter().enumerate() {
            fold.push(event);
            assert_eq!(fold.see(time(&random)).check(), Ok(()), "trace {seed} after {n}");
        }
        let now = random.of(&[0.0, 3.0, 1e6]);
        let timeline = Timeline::new(&events, now);
        assert_eq!(fold.see(now), &timeline, "trace {seed}: looking on leaves no trace");
        look(&timeline);
    }
}

/// Asks for whatever a timeline can be asked for.
fn look(timeline: &Timeline) {
    for time in [-1.0, 0.0, 0.5, 3.0, f64::INFINITY, f64::NAN] {
        timeline.standing(time);
        timeline.held_at(time);
        for lane in &timeline.resources {
            let now = (lane.free_at(time), lane.depth_at(time), lane.waiting_at(time));
            let (lost, writings) = lane.accesses.lost_at(time);
            assert!(lost.iter().filter(|lost| **lost).count() <= writings.saturating_sub(1));
            assert!(now.2 <= timeline.tasks.len());
            assert!(lane.slots().is_some() || lane.free.is_empty());
        }
    }
    for span in timeline.tasks.iter().flat_map(|lane| &lane.spans) {
        assert_eq!(Category::of(span).is_some(), waits(span));
    }
    assert!(timeline.figures().peak <= timeline.tasks.len() + timeline.resources.len() * 60);
}

fn waits(span: &timeline::Span) -> bool {
    span.is_held_up() || matches!(span.state, timeline::State::Waiting { .. })
}

#[test]
fn tasks_that_nobody_created_have_no_lane() {
    let task = TaskId(3);
    let kinds = [
        EventKind::StepBegan { task, drift: 0.0 },
        EventKind::Blocked { task: Some(task), seconds: 2.0 },
        EventKind::Suspended { task, wait: Wait::Future, at: None },
        EventKind::Finished { task, outcome: Outcome::Done },
    ];
    let event = |kind| Event { time: 1.0, kind };
    let timeline = Timeline::new(&kinds.map(event), 5.0);
    assert!(timeline.tasks.is_empty());
    assert_eq!((timeline.held[0].by, timeline.held[0].to), (Some(task), 3.0));
}

#[test]
fn ids_may_be_any_numbers() {
    let ids = [u32::MAX, 5, 0, 1].map(TaskId);
    let created = ids.map(|task| {
        let parent = (task != ids[0]).then_some(ids[0]);
        EventKind::TaskCreated { task, parent, name: task.0.to_string().into(), eager: false }
    });
    let event = |kind| Event { time: 0.0, kind };
    let timeline = Timeline::new(&created.map(event), 1.0);
    let names: Vec<&str> = timeline.rows().map(|lane| &*lane.name).collect();
    assert_eq!(names, ["4294967295", "5", "0", "1"]);
    for id in ids {
        assert_eq!(timeline.task(id).map(|lane| lane.id), Some(id));
    }
    assert_eq!(timeline.task(TaskId(2)), None);
}

#[test]
fn what_is_given_back_without_having_been_taken_ends_nothing() {
    let (id, holder) = (ResourceId(9), Some(TaskId(0)));
    let kinds = [
        EventKind::ResourceCreated { id, kind: ResourceKind::Permits { limit: 2 } },
        EventKind::PermitReturned { id, holder, free: 3 },
        EventKind::PermitTaken { id, holder, free: 2 },
        EventKind::PermitReturned { id, holder, free: 3 },
        EventKind::PermitReturned { id, holder, free: 4 },
    ];
    let events: Vec<Event> =
        kinds.into_iter().zip(0..).map(|(kind, n)| Event { time: f64::from(n), kind }).collect();
    let timeline = Timeline::new(&events, 9.0);
    let permits = timeline.resource(id).expect("it has been created");
    assert_eq!((permits.holds.len(), permits.holds[0].from, permits.holds[0].to), (1, 2.0, 3.0));
    assert_eq!(permits.free_at(9.0), 4);
}
