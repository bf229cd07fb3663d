//! What things cost next to each other. Everything is measured in one run, in turns, and given as a
//! ratio, since the numbers of one machine say nothing about another.
//!
//! `cargo bench --bench ratios`

use asyncio::{Run, Status, create_task, sleep};
use executor::{Executor, VirtualClock};
use std::collections::BinaryHeap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use timeline::Timeline;
use trace::{Event, Trace};

/// Tasks of the recorded run: about 10 000 spans.
const TASKS: usize = 2_000;
/// Tasks that sleep on the executor alone.
const SLEEPERS: usize = 10_000;
const ROUNDS: usize = 9;

fn main() {
    let (recorded, end) = record(Trace::on());
    let timeline = Timeline::new(&recorded, end);
    let spans: usize = timeline.tasks.iter().map(|lane| lane.spans.len()).sum();

    let mut times = [const { Vec::new() }; 6];
    for _ in 0..ROUNDS {
        times[0].push(timed(|| drop(record(Trace::off()))));
        times[1].push(timed(|| drop(record(Trace::on()))));
        times[2].push(timed(sleepers));
        times[3].push(timed(heap_alone));
        times[4].push(timed(|| drop(Timeline::new(black_box(&recorded), end))));
        times[5].push(timed(|| drop(Timeline::until(black_box(&recorded), end / 2.0))));
    }
    let [off, on, sleepers, heap, whole, half] = times.map(median);

    println!(
        "run of {TASKS} tasks, {} events, {spans} spans; {SLEEPERS} sleeps; medians of {ROUNDS} rounds\n",
        recorded.len()
    );
    row("run, trace off", off, "", 1.0);
    row("run, trace on", on, "of trace off", on / off);
    row("sleeps on the executor", sleepers, "of heap alone", sleepers / heap);
    row("the same deadlines, heap alone", heap, "", 1.0);
    row("timeline of the whole run", whole, "of the run", whole / on);
    row("timeline of its first half", half, "of the run", half / on);
    println!("\n{:.0} handles/s of sleeping tasks", (3 * SLEEPERS) as f64 / sleepers);
}

fn row(what: &str, seconds: f64, of: &str, ratio: f64) {
    println!("{what:<32} {:>9.3} ms {ratio:>8.2} {of}", seconds * 1e3);
}

fn timed(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

/// Deadlines in no order, some of them equal.
fn delay(n: usize) -> f64 {
    (n * 7919 % 1000) as f64 / 100.0 + 0.01
}

/// Many tasks of asyncio that sleep once.
fn record(trace: Trace) -> (Vec<Event>, f64) {
    let mut run = Run::new(VirtualClock, trace, || async {
        let tasks: Vec<_> = (0..TASKS).map(|n| create_task(sleep(delay(n)))).collect();
        for task in tasks {
            task.await?;
        }
        Ok(())
    });
    while run.step() != Status::Ended {}
    (run.trace().snapshot(), run.time())
}

/// Sleeps by the executor alone: two polls and a timer each.
fn sleepers() {
    let executor = Executor::new(VirtualClock);
    for n in 0..SLEEPERS {
        executor.spawn("sleeper", executor.core().sleep(delay(n)));
    }
    executor.run().expect("sleeps end");
}

/// As many deadlines through a heap, with nothing to do for any.
fn heap_alone() {
    let mut heap = BinaryHeap::new();
    for n in 0..SLEEPERS {
        heap.push(std::cmp::Reverse(((delay(n) * 100.0) as u64, n)));
    }
    while let Some(next) = heap.pop() {
        black_box(next);
    }
}
