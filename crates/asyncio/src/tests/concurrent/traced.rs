//! What the trace says of pools.

use super::*;
use trace::{Event, Op, Outcome, ResourceId, ResourceKind, TaskId, Wait};

fn traced(main: impl StdFuture<Output = Result> + 'static) -> Vec<Event> {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.step() != Status::Ended {}
    run.trace().snapshot()
}

#[test]
fn jobs_are_queued_begun_and_ended() {
    let events = traced(async {
        let pool = Pool::threads(1)?;
        let jobs = ["a", "b", "c"]
            .map(|name| run_in_executor(&pool, move |thread| work(thread, name, 1.0)));
        jobs[1].clone()?.cancel();
        jobs[2].clone()?.await?;
        run_in_executor(&pool, |thread| bad(thread, 1.0))?.await?;
        Ok(())
    });
    let id = ResourceId(0);
    let pool = ResourceKind::Pool { workers: 1, processes: false };
    let task = Some(TaskId(0));
    let failed = Outcome::failed("ValueError: bad");
    let expected = [
        (0.0, EventKind::ResourceCreated { id, kind: pool }),
        (0.0, EventKind::JobQueued { id, job: 0, task }),
        (0.0, EventKind::JobBegan { id, job: 0, worker: 0 }),
        (0.0, EventKind::JobQueued { id, job: 1, task }),
        (0.0, EventKind::JobQueued { id, job: 2, task }),
        (0.0, EventKind::JobEnded { id, job: 1, outcome: Outcome::Cancelled }),
        (1.0, EventKind::JobEnded { id, job: 0, outcome: Outcome::Done }),
        (1.0, EventKind::JobBegan { id, job: 2, worker: 0 }),
        (2.0, EventKind::JobEnded { id, job: 2, outcome: Outcome::Done }),
        (2.0, EventKind::JobQueued { id, job: 3, task }),
        (2.0, EventKind::JobBegan { id, job: 3, worker: 0 }),
        (3.0, EventKind::JobEnded { id, job: 3, outcome: failed }),
    ];
    let of_pools = events.iter().filter_map(|event| match &event.kind {
        kind @ (EventKind::ResourceCreated { .. }
        | EventKind::JobQueued { .. }
        | EventKind::JobBegan { .. }
        | EventKind::JobEnded { .. }) => Some((event.time, kind.clone())),
        _ => None,
    });
    assert_eq!(of_pools.collect::<Vec<_>>(), expected);
}

#[test]
fn a_task_waits_for_the_pool_at_the_line_that_awaits() {
    let first = line!() + 2;
    let events = traced(async {
        to_thread(|thread| work(thread, "a", 1.0)).await?;
        let job = run_in_executor(None, |thread| work(thread, "b", 1.0))?;
        job.await?;
        Ok(())
    });
    let waits: Vec<_> = events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Suspended { wait, at: Some(at), task: TaskId(0) } => {
                Some((wait.clone(), at.line()))
            }
            _ => None,
        })
        .collect();
    let expected = [Op::ToThread, Op::RunInExecutor]
        .map(|op| Wait::Resource { id: ResourceId(0), op })
        .into_iter()
        .zip([first, first + 2]);
    assert_eq!(waits, expected.collect::<Vec<_>>());
}

#[test]
fn what_holds_the_loop_is_said() {
    let events = traced(async {
        let pool = Pool::threads(2)?;
        let jobs =
            ["a", "b"].map(|name| run_in_executor(&pool, move |thread| burn(thread, name, 0.5)));
        time_sleep(0.25);
        cpu(0.25);
        pool.submit(|thread| work(thread, "c", 2.0)).await?;
        pool.shutdown(true, false).await?;
        drop(jobs);
        Ok(())
    });
    let blocked = events.iter().filter_map(|event| match event.kind {
        EventKind::Blocked { task, seconds } => Some((event.time, task, seconds)),
        _ => None,
    });
    let main = Some(TaskId(0));
    let expected = [
        (0.0, None, 0.5),  // a computes
        (0.0, main, 0.25), // time.sleep, whose end waits for both threads
        (0.5, None, 0.5),  // b computes
        (1.0, main, 0.25), // the loop's own work
        (1.25, main, 2.0), // the shutdown waits for c
    ];
    assert_eq!(blocked.collect::<Vec<_>>(), expected);
}
