//! Each sort of finding has a program that shows it, and one much like it that must not.

mod found;

use asyncio::Event as Flag;
use asyncio::*;
use causes::Flaw;
use found::{flaws, grows};
use std::future::Future as StdFuture;
use std::pin::Pin;

type Main = Pin<Box<dyn StdFuture<Output = Result>>>;

#[test]
fn each_sort_shows_in_its_program_and_not_in_one_much_like_it() {
    let mut wrong = Vec::new();
    for flaw in Flaw::ALL {
        for shows in [true, false] {
            let found = flaws(async move { program(flaw, shows).await });
            if found.contains(&flaw) != shows {
                wrong.push(format!("{flaw:?}, where it must show: {shows}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The program that shows a sort; or the other, which differs in what matters alone.
fn program(flaw: Flaw, shows: bool) -> Main {
    match flaw {
        Flaw::Deadlock => Box::pin(two_locks(shows)),
        Flaw::JoinForever => Box::pin(join(!shows)),
        Flaw::WaitsForever => Box::pin(wait_for_flag(!shows)),
        Flaw::ExceptionLost => Box::pin(fail(!shows)),
        Flaw::NeverAwaited => Box::pin(coroutine(!shows)),
        Flaw::Destroyed => Box::pin(collected(!shows)),
        Flaw::CutOff => Box::pin(left_behind(!shows)),
        Flaw::Swallowed => Box::pin(cancelled(false, !shows)),
        Flaw::CancelLost => Box::pin(cancelled(shows, false)),
        Flaw::ResultLost => Box::pin(cancelled(shows, true)),
        Flaw::TimeoutLate => Box::pin(late(if shows { 0.6 } else { 0.01 })),
        Flaw::SiblingsLeft => Box::pin(siblings(if shows { 2.0 } else { 0.2 })),
        Flaw::LoopHeld => Box::pin(held(shows)),
        Flaw::LongIteration => Box::pin(callbacks(if shows { 20 } else { 3 })),
        Flaw::TooFew => Box::pin(permits(if shows { 1 } else { 4 })),
        Flaw::Convoy => Box::pin(hands(if shows { 5 } else { 2 })),
        Flaw::QueueGrows => Box::pin(grows(if shows { 0.3 } else { 0.05 })),
        Flaw::Overtaken => Box::pin(overtaken(shows)),
    }
}

async fn two_locks(crossed: bool) -> Result {
    let (a, b) = (Lock::new(), Lock::new());
    let take = |first: &Lock, second: &Lock| {
        let (first, second) = (first.clone(), second.clone());
        async move {
            first.acquire().await?;
            sleep(1.0).await?;
            second.acquire().await?;
            second.release()?;
            first.release()
        }
    };
    let other = if crossed { take(&b, &a) } else { take(&a, &b) };
    gather([take(&a, &b), other]).await.map(drop)
}

async fn join(done: bool) -> Result {
    let queue = Queue::new(0);
    queue.put_nowait(1)?;
    queue.get().await?;
    if done {
        queue.task_done()?;
    }
    queue.join().await
}

async fn wait_for_flag(set: bool) -> Result {
    let flag = Flag::new();
    let own = flag.clone();
    let setter = create_task(async move {
        sleep(1.0).await?;
        if set {
            own.set();
        }
        Ok(())
    });
    flag.wait().await?;
    setter.await
}

async fn fail(looked_at: bool) -> Result {
    let task = create_task(async { Err::<(), _>(Error::new("ValueError", "no")) });
    sleep(0.1).await?;
    if looked_at {
        let _ = task.await;
    } else {
        drop(task);
    }
    sleep(0.1).await
}

async fn coroutine(awaited: bool) -> Result {
    let coroutine = Coro::new("work", sleep(0.1));
    if awaited {
        return coroutine.await;
    }
    drop(coroutine);
    sleep(0.1).await
}

async fn collected(kept: bool) -> Result {
    let answer = create_future::<()>();
    let own = answer.clone();
    let task = create_task(async move { own.await });
    sleep(0.1).await?;
    if kept {
        collect_garbage();
        answer.set_result(())?;
        return task.await;
    }
    drop((answer, task));
    collect_garbage();
    sleep(0.1).await
}

async fn left_behind(awaited: bool) -> Result {
    let task = create_task(sleep(5.0));
    sleep(1.0).await?;
    if awaited { task.await } else { Ok(()) }
}

/// A task is asked to cancel itself, perhaps when its answer is there already; it obeys, or goes on.
async fn cancelled(answered: bool, obeys: bool) -> Result {
    let answer = create_future::<i32>();
    let own = answer.clone();
    let worker = create_task(async move {
        match own.await {
            Err(error) if error.is_cancelled() && obeys => Err(error),
            _ => sleep(1.0).await,
        }
    });
    sleep(0.5).await?;
    if answered {
        answer.set_result(7)?;
    }
    worker.cancel();
    let _ = worker.await;
    Ok(())
}

/// What is waited for comes before its timeout, and the loop comes to both when the work is over.
async fn late(work: f64) -> Result {
    let other = create_task(async move {
        sleep(0.9).await?;
        time_sleep(work);
        Ok(())
    });
    let _ = wait_for(sleep(0.95), Some(1.0)).await;
    other.await
}

async fn siblings(longer: f64) -> Result {
    let part = |seconds: f64, fails: bool| async move {
        sleep(seconds).await?;
        if fails { Err(Error::new("ValueError", "no")) } else { Ok(()) }
    };
    let _ = gather([part(0.5, true), part(longer, false)]).await;
    sleep(3.0).await
}

async fn held(blocks: bool) -> Result {
    let other = create_task(sleep(0.5));
    sleep(0.1).await?;
    if blocks {
        time_sleep(1.0);
    } else {
        sleep(1.0).await?;
    }
    other.await
}

async fn callbacks(count: usize) -> Result {
    let work = || async {
        time_sleep(0.02);
        Ok(())
    };
    gather((0..count).map(|_| work())).await.map(drop)
}

async fn permits(count: usize) -> Result {
    let semaphore = Semaphore::new(count);
    let worker = || {
        let semaphore = semaphore.clone();
        async move {
            semaphore.acquire().await?;
            sleep(1.0).await?;
            semaphore.release();
            Ok(())
        }
    };
    gather((0..4).map(|_| worker())).await.map(drop)
}

async fn hands(tasks: usize) -> Result {
    let lock = Lock::new();
    let task = || {
        let lock = lock.clone();
        async move {
            lock.acquire().await?;
            sleep(1.0).await?;
            lock.release()
        }
    };
    gather((0..tasks).map(|_| task())).await.map(drop)
}

/// Somebody waits for an item, and another takes it before they run.
async fn overtaken(taken: bool) -> Result {
    let queue = Queue::new(0);
    let own = queue.clone();
    let waiter = create_task(async move { own.get().await.map(drop) });
    sleep(1.0).await?;
    queue.put_nowait(1)?;
    if taken {
        queue.get_nowait()?;
        sleep(1.0).await?;
        queue.put_nowait(2)?;
    }
    waiter.await
}
