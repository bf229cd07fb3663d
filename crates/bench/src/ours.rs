//! The work through our layer of asyncio.

use crate::moment::Moment;
use crate::rows::{LONG, PERMITS, Row, YIELDERS, milliseconds};
use asyncio::{Queue, Result, Run, Semaphore, Status, TaskGroup, create_task, gather, sleep};
use executor::VirtualClock;
use std::future::Future;
use std::time::Duration;
use trace::Trace;

/// Does the work of a row with `n` parts; how long it took, and the trace.
pub fn measure(row: Row, n: usize, trace: Trace) -> (Duration, Trace) {
    match row {
        Row::Spawn => timed(trace, || spawn(n)),
        Row::Yields => timed(trace, || yields(n)),
        Row::Queue1 => timed(trace, || queue(1, n)),
        Row::Queue100 => timed(trace, || queue(100, n)),
        Row::Permits => timed(trace, || permits(n)),
        Row::Sleeps => timed(trace, || sleeps(n)),
        Row::Cancel => timed(trace, || cancel(n)),
        Row::Group => timed(trace, || group(n)),
        Row::Gather => timed(trace, || gathered(n)),
    }
}

/// The run and its end count, the trace that is left does not: it is what was wanted.
fn timed<F>(trace: Trace, main: impl FnOnce() -> F) -> (Duration, Trace)
where
    F: Future<Output = Result> + 'static,
{
    let began = Moment::now();
    let mut run = Run::new(VirtualClock, trace.clone(), main);
    while run.go() != Status::Ended {}
    run.result().expect("it has ended").expect("it ends well");
    drop(run);
    (began.elapsed(), trace)
}

async fn at_once(n: usize) -> Result<usize> {
    Ok(n)
}

/// [`Row::Spawn`].
pub async fn spawn(n: usize) -> Result {
    let tasks: Vec<_> = (0..n).map(|n| create_task(at_once(n))).collect();
    for task in tasks {
        task.await?;
    }
    Ok(())
}

async fn yields(n: usize) -> Result {
    let yielder = |times| async move {
        for _ in 0..times {
            sleep(0.0).await?;
        }
        Ok(())
    };
    let tasks: Vec<_> = (0..YIELDERS).map(|_| create_task(yielder(n / YIELDERS))).collect();
    for task in tasks {
        task.await?;
    }
    Ok(())
}

async fn queue(places: usize, n: usize) -> Result {
    let queue = Queue::new(places as i64);
    let producer = queue.clone();
    let task = create_task(async move {
        for item in 0..n {
            producer.put(item).await?;
        }
        Ok(())
    });
    for _ in 0..n {
        queue.get().await?;
    }
    task.await
}

async fn permits(n: usize) -> Result {
    let permits = Semaphore::new(PERMITS);
    let task = |permits: Semaphore| async move {
        let _permit = permits.enter().await?;
        sleep(0.0).await
    };
    let tasks: Vec<_> = (0..n).map(|_| create_task(task(permits.clone()))).collect();
    for task in tasks {
        task.await?;
    }
    Ok(())
}

/// [`Row::Sleeps`].
pub async fn sleeps(n: usize) -> Result {
    let sleeper = |n| async move { sleep(milliseconds(n) as f64 / 1e3).await };
    let tasks: Vec<_> = (0..n).map(|n| create_task(sleeper(n))).collect();
    for task in tasks {
        task.await?;
    }
    Ok(())
}

async fn cancel(n: usize) -> Result {
    let tasks: Vec<_> = (0..n).map(|_| create_task(async { sleep(LONG).await })).collect();
    sleep(0.0).await?;
    for task in &tasks {
        task.cancel();
    }
    for task in tasks {
        assert!(task.await.is_err_and(|error| error.is_cancelled()));
    }
    Ok(())
}

async fn group(n: usize) -> Result {
    TaskGroup::scope(|group| async move {
        for n in 0..n {
            group.create_task(at_once(n))?;
        }
        Ok(())
    })
    .await
}

async fn gathered(n: usize) -> Result {
    assert_eq!(gather((0..n).map(at_once)).await?.len(), n);
    Ok(())
}
