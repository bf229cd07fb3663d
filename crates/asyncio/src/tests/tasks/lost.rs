//! What CPython says when an exception, a coroutine or a task is lost.

use super::*;

#[test]
fn exceptions_that_nobody_looks_at_are_logged_when_freed() {
    check_all(
        r#"
async def main():
    task = asyncio.create_task(failing(1), name="lost")
    await asyncio.sleep(0.5)
    del task
    await asyncio.sleep(1)
    print("after")
    asyncio.create_task(failing(0), name="quick")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("soon")
    future = asyncio.get_running_loop().create_future()
    future.set_exception(OSError())
    del future
    print("future")
    asyncio.gather(failing(0.1))
    await asyncio.sleep(1)
    print("gathered")
    task = asyncio.create_task(failing(0.1), name="cancelled")
    await asyncio.sleep(0.2)
    task.cancel()
    del task
    print("end")
"#,
        &[
            "log Task exception was never retrieved [lost]: ValueError: bad",
            "1.5 after",
            "log Task exception was never retrieved [quick]: ValueError: bad",
            "1.5 soon",
            "log Future exception was never retrieved: OSError",
            "1.5 future",
            "log _GatheringFuture exception was never retrieved: ValueError: bad",
            "2.5 gathered",
            "2.7 end",
        ],
        async {
            let task = create_task_named(failing(1.0), "lost");
            sleep(0.5).await?;
            drop(task);
            sleep(1.0).await?;
            print("after");
            create_task_named(failing(0.0), "quick");
            sleep(0.0).await?;
            sleep(0.0).await?;
            print("soon");
            let future = create_future::<()>();
            future.set_exception(Error::new("OSError", ""))?;
            drop(future);
            print("future");
            drop(gather([failing(0.1)]));
            sleep(1.0).await?;
            print("gathered");
            let task = create_task_named(failing(0.1), "cancelled");
            sleep(0.2).await?;
            task.cancel();
            drop(task);
            print("end");
            Ok(())
        },
    );
}

#[test]
fn coroutines_that_nobody_awaits_are_named() {
    check_all(
        r#"
async def work():
    pass
async def main():
    work()
    print("forgotten")
    asyncio.wait_for(work(), 1)
    print("both")
    asyncio.create_task(work()).cancel()
    await asyncio.sleep(0)
    print("cancelled before it began")
    coroutine = work()
    coroutine.close()
    print("closed")
"#,
        &[
            "log coroutine 'work' was never awaited",
            "0.0 forgotten",
            "log coroutine 'wait_for' was never awaited",
            "log coroutine 'work' was never awaited",
            "0.0 both",
            "0.0 cancelled before it began",
            "0.0 closed",
        ],
        async {
            let work = || Coro::new("work", async { Ok(()) });
            drop(work());
            print("forgotten");
            drop(wait_for(work(), Some(1.0)));
            print("both");
            create_task(work()).cancel();
            sleep(0.0).await?;
            print("cancelled before it began");
            work().close()?;
            print("closed");
            Ok(())
        },
    );
}

#[test]
fn a_callback_that_raises_is_logged_and_the_loop_goes_on() {
    check_all(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    def bad(*_):
        raise ValueError("bad")
    loop.call_soon(bad)
    future = loop.create_future()
    future.add_done_callback(bad)
    future.add_done_callback(lambda _: print("the next callback"))
    future.set_result(None)
    await asyncio.sleep(0)
    print("goes on")
"#,
        &[
            "log Exception in callback: ValueError: bad",
            "log Exception in callback: ValueError: bad",
            "0.0 the next callback",
            "0.0 goes on",
        ],
        async {
            let bad = || Result::<()>::Err(Error::new("ValueError", "bad"));
            call_soon(bad);
            let future = create_future();
            future.add_done_callback(move |_| bad());
            future.add_done_callback(|_| print("the next callback"));
            future.set_result(())?;
            sleep(0.0).await?;
            print("goes on");
            Ok(())
        },
    );
}

#[test]
fn the_end_of_a_run_says_what_it_leaves() {
    check_all(
        r#"
async def late():
    await asyncio.sleep(2)
async def stubborn():
    try:
        await asyncio.sleep(9)
    finally:
        asyncio.create_task(late(), name="orphan")
        raise OSError("x")
async def main():
    asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(0)
"#,
        &[
            "log unhandled exception during asyncio.run() shutdown [stubborn]: OSError: x",
            "log Task was destroyed but it is pending! [orphan]",
        ],
        async {
            let late = || async { sleep(2.0).await };
            create_task_named(
                async move {
                    let slept = sleep(9.0).await;
                    create_task_named(late(), "orphan");
                    slept.and(Ok(())).or(Err(Error::new("OSError", "x")))
                },
                "stubborn",
            );
            sleep(0.0).await
        },
    );
}

#[test]
fn debug_mode_tells_what_holds_the_loop() {
    check_all(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.call_soon(time.sleep, 0.25)
    await asyncio.sleep(0)
    time.sleep(0.125)
    await asyncio.sleep(1)
    time.sleep(0.0625)
"#,
        &[
            "log Executing <Handle> took 0.250 seconds",
            "log Executing <Task name='Task-1'> took 0.125 seconds",
        ],
        async {
            let event_loop = get_running_loop()?;
            event_loop.set_debug(true);
            call_soon(|| time_sleep(0.25));
            sleep(0.0).await?;
            time_sleep(0.125);
            sleep(1.0).await?;
            time_sleep(0.0625);
            Ok(())
        },
    );
}

#[test]
fn a_slow_handle_is_told_before_what_it_frees() {
    check_all(
        r#"
async def fail():
    time.sleep(0.25)
    raise ValueError("task")
async def main():
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    asyncio.create_task(fail())
    future = loop.create_future()
    future.add_done_callback(lambda _: time.sleep(0.125))
    future.set_exception(OSError("future"))
    del future
    await asyncio.sleep(1)
"#,
        &[
            "log Executing <Task name='Task-2'> took 0.250 seconds",
            "log Task exception was never retrieved [Task-2]: ValueError: task",
            "log Executing <Handle> took 0.125 seconds",
            "log Future exception was never retrieved: OSError: future",
        ],
        async {
            let event_loop = get_running_loop()?;
            event_loop.set_debug(true);
            create_task(async {
                time_sleep(0.25);
                Err::<(), _>(Error::new("ValueError", "task"))
            });
            let future: Future<()> = event_loop.create_future();
            future.add_done_callback(|_| time_sleep(0.125));
            future.set_exception(Error::new("OSError", "future"))?;
            drop(future);
            sleep(1.0).await
        },
    );
}
