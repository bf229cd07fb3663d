//! What it costs to fold a trace: nanoseconds and bytes per event, for traces of which one is ten times as
//! long as the other. Where both rows say the same, folding is linear. A part of `cargo xtask bench`.

use asyncio::{Coro, Lock, Result, Run, Semaphore, Status, create_task, gather, sleep};
use bench::rows::median_of;
use executor::VirtualClock;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::future::Future;
use timeline::{Fold, Timeline};
use trace::{Event, EventKind, ResourceId, ResourceKind, Trace};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Events of the shorter and of the longer trace.
const EVENTS: [usize; 2] = [100_000, 1_000_000];
const ROUNDS: usize = 5;

/// What is folded: its name, and how a trace of so many events comes about.
type Row = (&'static str, fn(usize) -> Vec<Event>);

const ROWS: [Row; 6] = [
    ("tasks that sleep", sleepers),
    ("200 tasks that yield", yields),
    ("one lock, taken in turns", one_lock),
    ("permits given back by others", others),
    ("tasks, each created by the one before", chain),
    ("connections", connections),
];

fn main() {
    println!(
        "\n{:<40}{:>12}{:>14}{:>14}{:>12}",
        "", "events", "ns per event", "bytes/event", "figures"
    );
    for (name, trace) in ROWS {
        for events in EVENTS {
            row(name, &trace(events));
        }
    }
    pictures();
}

fn row(name: &str, events: &[Event]) {
    let end = events.last().map_or(0.0, |event| event.time);
    let count = events.len() as f64;
    let fold = median_of(ROUNDS, || drop(Timeline::new(events, end)));
    let region = Region::new(ALLOCATOR);
    let timeline = Timeline::new(events, end);
    let change = region.change();
    let bytes = change.bytes_allocated - change.bytes_deallocated;
    let figures = median_of(ROUNDS, || drop(timeline.figures()));
    println!(
        "{name:<40}{:>12}{:>14.1}{:>14.1}{:>12.1}",
        events.len(),
        fold * 1e9 / count,
        bytes as f64 / count,
        figures * 1e9 / count
    );
}

/// A live run of many tasks, seen in pictures.
fn pictures() {
    let events = yields(EVENTS[0]);
    let end = events.last().map_or(0.0, |event| event.time);
    for every in [10, 1000] {
        let seconds = median_of(ROUNDS, || {
            let mut fold = Fold::default();
            for n in (0..events.len()).step_by(every) {
                fold.follow(&events[..n], end);
            }
        });
        let pictures = events.len() / every;
        println!(
            "a picture after every {every} of {} events: {:.1} µs each, with 200 tasks alive",
            events.len(),
            seconds * 1e6 / pictures as f64
        );
    }
}

/// The first `events` events of a program.
fn record(events: usize, main: impl Future<Output = Result> + 'static) -> Vec<Event> {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.trace().len() < events && run.step() != Status::Ended {}
    let mut recorded = run.trace().snapshot();
    recorded.truncate(events);
    recorded
}

fn sleepers(events: usize) -> Vec<Event> {
    record(events, async move {
        loop {
            let sleep = |n: usize| create_task(sleep((n * 7919 % 1000) as f64 / 100.0));
            gather((0..1000).map(sleep)).await?;
        }
    })
}

fn yields(events: usize) -> Vec<Event> {
    record(events, async move {
        let task = || {
            create_task(async {
                loop {
                    sleep(0.0).await?
                }
            })
        };
        gather((0..200).map(|_| task())).await.map(|_: Vec<()>| ())
    })
}

fn one_lock(events: usize) -> Vec<Event> {
    record(events, async move {
        let lock = Lock::new();
        let task = || {
            let lock = lock.clone();
            create_task(async move {
                loop {
                    let _held = lock.enter().await?;
                    sleep(0.01).await?;
                }
            })
        };
        gather((0..20).map(|_| task())).await.map(|_: Vec<()>| ())
    })
}

/// One takes all, others give back.
fn others(events: usize) -> Vec<Event> {
    record(events, async move {
        let permits = Semaphore::new(events);
        for _ in 0..events / 8 {
            permits.acquire().await?;
        }
        loop {
            let permits = permits.clone();
            let other = async move {
                permits.release();
                Ok(())
            };
            create_task(other).await?;
        }
    })
}

fn chain(events: usize) -> Vec<Event> {
    fn link() -> Coro<()> {
        Coro::new("link", async {
            create_task(link());
            sleep(1e9).await
        })
    }
    record(events, link())
}

/// Both directions of many connections come to be.
fn connections(events: usize) -> Vec<Event> {
    let link = |n: usize| EventKind::ResourceCreated {
        id: ResourceId(n as u32),
        kind: ResourceKind::Link { outward: n.is_multiple_of(2) },
    };
    (0..events).map(|n| Event { time: n as f64, kind: link(n) }).collect()
}
