//! The work through tokio: a runtime of one thread with a `LocalSet`, its time standing still and moved on
//! when nothing else is to do.

use crate::moment::Moment;
use crate::rows::{LONG, PERMITS, Row, YIELDERS, milliseconds};
use futures::future::join_all;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::{JoinSet, LocalSet, spawn_local, yield_now};
use tokio::time::sleep;

/// Does the work of a row with `n` parts; how long it took.
pub fn measure(row: Row, n: usize) -> Duration {
    match row {
        Row::Spawn => timed(spawn(n)),
        Row::Yields => timed(yields(n)),
        Row::Queue1 => timed(queue(1, n)),
        Row::Queue100 => timed(queue(100, n)),
        Row::Permits => timed(permits(n)),
        Row::Sleeps => timed(sleeps(n)),
        Row::Cancel => timed(cancel(n)),
        Row::Group => timed(group(n)),
        Row::Gather => timed(gather(n)),
    }
}

fn timed(main: impl Future<Output = ()>) -> Duration {
    let began = Moment::now();
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.expect("a runtime");
    let local = LocalSet::new();
    local.block_on(&runtime, main);
    drop((local, runtime));
    began.elapsed()
}

async fn at_once(n: usize) -> usize {
    n
}

async fn spawn(n: usize) {
    let tasks: Vec<_> = (0..n).map(|n| spawn_local(at_once(n))).collect();
    for task in tasks {
        task.await.expect("no panic");
    }
}

async fn yields(n: usize) {
    let yielder = |times| async move {
        for _ in 0..times {
            yield_now().await;
        }
    };
    let tasks: Vec<_> = (0..YIELDERS).map(|_| spawn_local(yielder(n / YIELDERS))).collect();
    for task in tasks {
        task.await.expect("no panic");
    }
}

async fn queue(places: usize, n: usize) {
    let (sender, mut receiver) = mpsc::channel(places);
    let task = spawn_local(async move {
        for item in 0..n {
            sender.send(item).await.expect("somebody receives");
        }
    });
    for _ in 0..n {
        receiver.recv().await.expect("somebody sends");
    }
    task.await.expect("no panic");
}

async fn permits(n: usize) {
    let permits = Rc::new(Semaphore::new(PERMITS));
    let task = |permits: Rc<Semaphore>| async move {
        let _permit = permits.acquire().await.expect("open");
        yield_now().await;
    };
    let tasks: Vec<_> = (0..n).map(|_| spawn_local(task(permits.clone()))).collect();
    for task in tasks {
        task.await.expect("no panic");
    }
}

async fn sleeps(n: usize) {
    let sleeper = |n| sleep(Duration::from_millis(milliseconds(n)));
    let tasks: Vec<_> = (0..n).map(|n| spawn_local(async move { sleeper(n).await })).collect();
    for task in tasks {
        task.await.expect("no panic");
    }
}

async fn cancel(n: usize) {
    let sleeper = || async { sleep(Duration::from_secs_f64(LONG)).await };
    let tasks: Vec<_> = (0..n).map(|_| spawn_local(sleeper())).collect();
    yield_now().await;
    for task in &tasks {
        task.abort();
    }
    for task in tasks {
        assert!(task.await.is_err_and(|error| error.is_cancelled()));
    }
}

async fn group(n: usize) {
    let mut group = JoinSet::new();
    for n in 0..n {
        group.spawn_local(at_once(n));
    }
    while let Some(joined) = group.join_next().await {
        joined.expect("no panic");
    }
}

async fn gather(n: usize) {
    let results = join_all((0..n).map(|n| spawn_local(at_once(n)))).await;
    assert_eq!(results.len(), n);
}
