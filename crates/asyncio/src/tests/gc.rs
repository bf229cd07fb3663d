//! What `gc.collect()` finds while a program runs, and what it must leave alone.

use super::*;

async fn waits(name: &'static str) -> Result {
    let waited = create_future::<()>().await;
    print(format!("{name} is closed"));
    waited
}

async fn waits_for(name: &'static str) -> Result {
    let waited = create_task_named(waits("b's child"), "b's child").await;
    print(format!("{name} is closed"));
    waited
}

fn print_names() {
    let mut names: Vec<_> = all_tasks().iter().map(AnyTask::name).collect();
    names.sort();
    print(names.join(" "));
}

#[test]
fn only_tasks_that_nobody_can_wake_are_collected() {
    check_all(
        r#"
async def waits(name):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print(name, "is closed")
async def waits_for(name):
    try:
        await asyncio.create_task(waits("b's child"), name="b's child")
    finally:
        print(name, "is closed")
async def locked(lock):
    async with lock:
        print("has the lock")
async def handed(future):
    print("handed", await future)
def print_names():
    print(*sorted(task.get_name() for task in asyncio.all_tasks()))
async def main():
    lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue()
    await lock.acquire()
    future = asyncio.get_running_loop().create_future()
    asyncio.create_task(waits("a"), name="a")
    asyncio.create_task(asyncio.sleep(2), name="sleeps")
    asyncio.create_task(locked(lock), name="locked")
    asyncio.create_task(event.wait(), name="event")
    asyncio.create_task(queue.get(), name="queue")
    asyncio.create_task(handed(future), name="handed")
    asyncio.create_task(asyncio.wait_for(waits("timed"), 3), name="timed")
    asyncio.create_task(waits_for("b"), name="b")
    kept = asyncio.create_task(waits("kept"), name="kept")
    await asyncio.sleep(1)
    gc.collect()
    print_names()
    lock.release()
    event.set()
    future.set_result(1)
    queue.put_nowait(1)
    await asyncio.sleep(0.5)
    print_names()
    kept.cancel()
"#,
        &[
            "1.0 a is closed",
            "log Task was destroyed but it is pending! [a]",
            "1.0 b is closed",
            "log Task was destroyed but it is pending! [b]",
            "1.0 b's child is closed",
            "log Task was destroyed but it is pending! [b's child]",
            "1.0 Task-1 event handed kept locked queue sleeps timed",
            "1.0 has the lock",
            "1.0 handed 1",
            "1.5 Task-1 kept sleeps timed",
            "1.5 kept is closed",
            "1.5 timed is closed",
        ],
        async {
            let (lock, event, queue) = (Lock::new(), Event::new(), Queue::new(0));
            lock.acquire().await?;
            let future = create_future::<u32>();
            create_task_named(waits("a"), "a");
            create_task_named(async { sleep(2.0).await }, "sleeps");
            let (own, set, items, value) =
                (lock.clone(), event.clone(), queue.clone(), future.clone());
            create_task_named(
                async move {
                    let _guard = own.enter().await?;
                    print("has the lock");
                    Ok(())
                },
                "locked",
            );
            create_task_named(async move { set.wait().await.map(drop) }, "event");
            create_task_named(async move { items.get().await.map(|_: u32| ()) }, "queue");
            create_task_named(
                async move {
                    print(format!("handed {}", value.await?));
                    Ok(())
                },
                "handed",
            );
            create_task_named(wait_for(waits("timed"), Some(3.0)), "timed");
            create_task_named(waits_for("b"), "b");
            let kept = create_task_named(waits("kept"), "kept");
            sleep(1.0).await?;
            collect_garbage();
            print_names();
            lock.release()?;
            event.set();
            future.set_result(1)?;
            queue.put_nowait(1)?;
            sleep(0.5).await?;
            print_names();
            kept.cancel();
            Ok(())
        },
    );
}

#[test]
fn a_handler_of_the_loop_hears_of_what_is_collected() {
    check_all(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("told:", context["message"]))
    asyncio.create_task(waits("a"), name="a")
    await asyncio.sleep(1)
    gc.collect()
"#,
        &["1.0 a is closed", "1.0 told: Task was destroyed but it is pending!"],
        async {
            get_running_loop()?.set_exception_handler(Some(|context: &ErrorContext| {
                print(format!("told: {}", context.message));
                Ok(())
            }));
            create_task_named(waits("a"), "a");
            sleep(1.0).await?;
            collect_garbage();
            Ok(())
        },
    );
}
