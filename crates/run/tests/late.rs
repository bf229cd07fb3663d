//! Examples on a real clock that is late by anything, stands still and jumps: each happens as on the virtual clock.

use asyncio::{Coro, Status, gather, sleep};
use examples::{CATALOGUE, Chapter, Example, Program};
use executor::PacedClock;
use std::cell::Cell;
use std::rc::Rc;
use trace::{Event, EventKind, Trace};

/// Handles that a run may take: as on the page.
const BUDGET: u64 = 250_000;

/// Numbers from 0 to 1 that are the same every time.
fn random(state: &Cell<u64>) -> f64 {
    let mut x = state.get();
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    state.set(x);
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

/// Runs an example with its defaults on such a clock; gives what happened, and how late a step was at most.
fn late(example: &Example, seed: u64) -> (Vec<Event>, f64) {
    let (real, state) = (Rc::new(Cell::new(1e6)), Rc::new(Cell::new(seed | 1)));
    let source = {
        let (real, state) = (real.clone(), state.clone());
        // Looking at the clock takes time, too.
        move || {
            real.set(real.get() + random(&state) * 1e-3);
            real.get()
        }
    };
    let clock = PacedClock::new(source, 1.0);
    let trace = Trace::on();
    let mut run = run::begin(example, &example.defaults(), BUDGET, clock.clone(), trace.clone());
    loop {
        match run.step() {
            Status::Ran => {}
            Status::Ended => break,
            Status::Wait(seconds) if seconds.is_infinite() => clock.resume(),
            Status::Wait(seconds) => {
                // Sometimes too early, mostly late, sometimes by an hour; or it is paused, or its speed is changed.
                let by = match random(&state) {
                    part if part < 0.1 => -seconds / 2.0,
                    part if part < 0.9 => part * 0.3,
                    _ => 3600.0,
                };
                real.set(real.get() + seconds + by);
                match random(&state) {
                    part if part < 0.05 => clock.pause(),
                    part if part < 0.1 => clock.set_speed(0.1 + part * 100.0),
                    _ => {}
                }
            }
        }
    }
    let most = |most: f64, event: &Event| match event.kind {
        EventKind::StepBegan { drift, .. } => most.max(drift),
        _ => most,
    };
    let events = trace.snapshot();
    let most = events.iter().fold(0.0, most);
    (events, most)
}

/// What happened, but for how late it was.
fn in_time(events: &[Event]) -> Vec<String> {
    let one = |event: &Event| match &event.kind {
        EventKind::StepBegan { task, .. } => format!("{:?} {task:?} steps", event.time.to_bits()),
        kind => format!("{:?} {kind:?}", event.time.to_bits()),
    };
    events.iter().map(one).collect()
}

/// Ten thousand timers at once, ten for each of a thousand moments, those set last not being the last.
static TIMERS: Example = Example {
    id: "timers",
    chapter: Chapter::Basics,
    operations: &[],
    params: &[],
    program: Program::Main(|_| {
        Coro::new("main", async {
            let moment = |n: u32| f64::from(n * 7919 % 1000 + 1) * 10.0;
            gather((0..10_000).map(|n| async move { sleep(moment(n)).await })).await?;
            Ok(())
        })
    }),
    exercise: None,
};

#[test]
fn ten_thousand_timers_on_a_late_clock_are_never_wrong() {
    let predicted = in_time(&run::instant(&TIMERS, &TIMERS.defaults(), BUDGET).events);
    assert!(predicted.iter().filter(|event| event.contains("steps")).count() > 20_000);
    let (events, late) = late(&TIMERS, 1961);
    assert!(in_time(&events) == predicted);
    assert!(late > 1.0, "the clock was not late: {late}");
}

#[test]
fn a_late_clock_changes_neither_order_nor_times() {
    let mut lateness = 0.0_f64;
    for example in CATALOGUE {
        let predicted = in_time(&run::instant(example, &example.defaults(), BUDGET).events);
        for seed in [7, 1961] {
            let (events, late) = late(example, seed);
            assert!(in_time(&events) == predicted, "{} with seed {seed}", example.id);
            lateness = lateness.max(late);
        }
    }
    assert!(lateness > 1000.0, "no clock was late: {lateness}");
}
