//! Bytes per task and per event, counted by the allocator: a part of `cargo xtask bench`.

use asyncio::{Result, Run, Status, create_task, get_running_loop, print, sleep};
use bench::table::grouped;
use executor::VirtualClock;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::cell::Cell;
use std::rc::Rc;
use trace::Trace;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const TASKS: usize = 100_000;

/// Bytes that are allocated and not freed, since the region began.
fn held(region: &Region<'_, System>) -> usize {
    let stats = region.change();
    stats.bytes_allocated - stats.bytes_deallocated
}

fn main() {
    let asleep = tasks_asleep();
    println!(
        "\nbytes per task that sleeps (of which its coroutine needs {}): {asleep}",
        coroutine()
    );
    let (events, bytes, allocations) = events();
    println!(
        "bytes per event: {:.1}, allocations per event: {:.4} ({} events)",
        bytes as f64 / events as f64,
        allocations,
        grouped(events)
    );
}

/// What a task sleeps in.
async fn sleeper() -> Result {
    sleep(1.0).await
}

fn coroutine() -> usize {
    size_of_val(&sleeper())
}

/// Bytes per task, while all of them sleep.
fn tasks_asleep() -> usize {
    let bytes = Rc::new(Cell::new(0));
    let seen = bytes.clone();
    run(Trace::off(), async move {
        sleep(0.0).await?;
        let region = Region::new(ALLOCATOR);
        let mut tasks = Vec::with_capacity(TASKS);
        tasks.extend((0..TASKS).map(|_| create_task(sleeper())));
        sleep(0.5).await?;
        seen.set(held(&region) - TASKS * size_of_val(&tasks[0]));
        get_running_loop().map(drop)
    });
    bytes.get() / TASKS
}

/// Events of a run, the bytes that its trace holds, and allocations per event beyond those of the same run
/// without a trace.
fn events() -> (usize, usize, f64) {
    let main = || async {
        let tasks: Vec<_> = (0..TASKS).map(|_| create_task(sleeper())).collect();
        for task in tasks {
            task.await?;
        }
        print("all have slept");
        Ok(())
    };
    let untraced = Region::new(ALLOCATOR);
    run(Trace::off(), main());
    let without = untraced.change().allocations;
    let region = Region::new(ALLOCATOR);
    let trace = run(Trace::on(), main());
    let allocations = region.change().allocations - without;
    (trace.len(), held(&region), allocations as f64 / trace.len() as f64)
}

fn run(trace: Trace, main: impl Future<Output = Result> + 'static) -> Trace {
    let mut run = Run::new(VirtualClock, trace.clone(), || main);
    while run.go() != Status::Ended {}
    run.result().expect("it has ended").expect("it ends well");
    trace
}
