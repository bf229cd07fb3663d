//! Nobody stays in line who was cancelled, before or after it was woken: a `repr()` counts who is there.

use super::*;
use std::cell::RefCell;
use std::rc::Rc;

/// Three tasks wait: the first is cancelled while it waits, the second once it was woken, the third at last.
async fn gone<F>(waits: impl Fn() -> F, wake: impl AsyncFnOnce() -> Result) -> Result
where
    F: StdFuture<Output = Result> + 'static,
{
    let tasks = [(); 3].map(|()| create_task(waits()));
    sleep(0.5).await?;
    tasks[0].cancel();
    wake().await?;
    tasks[1].cancel();
    sleep(0.5).await?;
    tasks[2].cancel();
    wait(&tasks).await.map(drop)
}

struct Objects {
    lock: Lock,
    event: Event,
    condition: Condition,
    permits: Semaphore,
    queue: Queue<u32>,
}

async fn first() -> Result<Objects> {
    let (lock, event, condition) = (Lock::new(), Event::new(), Condition::new());
    let (permits, queue) = (Semaphore::new(0), Queue::new(0));
    lock.acquire().await?;
    let waits = || {
        let lock = lock.clone();
        async move { lock.acquire().await.map(drop) }
    };
    gone(waits, async || lock.release()).await?;
    if !lock.locked() {
        lock.acquire().await?;
    }
    let waits = || {
        let event = event.clone();
        async move { event.wait().await.map(drop) }
    };
    let set = async || {
        event.set();
        event.clear();
        Ok(())
    };
    gone(waits, set).await?;
    let waits = || {
        let condition = condition.clone();
        async move {
            let _guard = condition.enter().await?;
            condition.wait().await.map(drop)
        }
    };
    let notify = async || {
        let _guard = condition.enter().await?;
        condition.notify(1)
    };
    gone(waits, notify).await?;
    condition.acquire().await?;
    let waits = || {
        let permits = permits.clone();
        async move { permits.acquire().await }
    };
    let give = async || {
        permits.release();
        Ok(())
    };
    gone(waits, give).await?;
    let waits = || {
        let queue = queue.clone();
        async move { queue.get().await.map(drop) }
    };
    gone(waits, async || queue.put_nowait(1)).await?;
    print(format!("{} {}", truth(permits.locked()), queue.qsize()));
    Ok(Objects { lock, event, condition, permits, queue })
}

/// What each says of itself in another loop.
async fn second(objects: Objects) -> Result {
    let Objects { lock, event, condition, permits, queue } = objects;
    for refused in [
        lock.acquire().await.map(drop),
        event.wait().await.map(drop),
        condition.wait().await.map(drop),
        permits.acquire().await,
        queue.get().await.map(drop),
    ] {
        print(refused.expect_err("it belongs to another loop").to_string());
    }
    Ok(())
}

#[test]
fn who_is_cancelled_leaves_the_line() {
    let script = async {
        let objects = Rc::new(RefCell::new(None));
        let kept = objects.clone();
        let runner = Runner::new();
        runner
            .run(Coro::new("first", async move {
                let made = first().await?;
                *kept.borrow_mut() = Some(made);
                Ok(())
            }))
            .await?;
        runner.close().await?;
        let Some(objects) = objects.take() else { return Ok(()) };
        let runner = Runner::new();
        runner.run(Coro::new("second", second(objects))).await?;
        runner.close().await
    };
    // What CPython 3.13 prints for the same, without addresses.
    let run = ended(Run::script(VirtualClock, Trace::on(), || script));
    let lines = [
        "5.0 True 0",
        "5.0 <asyncio.locks.Lock object [locked]> is bound to a different event loop",
        "5.0 <asyncio.locks.Event object [unset]> is bound to a different event loop",
        "5.0 <asyncio.locks.Condition object [locked]> is bound to a different event loop",
        "5.0 <asyncio.locks.Semaphore object [locked]> is bound to a different event loop",
        "5.0 <Queue maxsize=0 tasks=1> is bound to a different event loop",
    ];
    assert_eq!(said(&run, true), lines);
}
