//! From a thread to the loop.

use super::*;

#[test]
fn call_soon_threadsafe_wakes_the_loop_and_call_soon_does_not() {
    check(
        r#"
def wake(loop, seconds, call, *arguments):
    time.sleep(seconds)
    call(*arguments)
async def main():
    loop = asyncio.get_running_loop()
    asyncio.create_task(clock(2, 2))
    first, second = loop.create_future(), loop.create_future()
    safe = asyncio.create_task(asyncio.to_thread(wake, loop, 1, loop.call_soon_threadsafe, first.set_result, "safe"))
    threading.Thread(target=wake, args=(loop, 1.5, second.set_result, "unsafe")).start()
    print(await first)
    print(await second)
"#,
        &["0.0 tick 0", "1.0 safe", "2.0 unsafe", "2.0 tick 1"],
        async {
            create_task(clock(2, 2.0));
            let (first, second) = (create_future(), create_future());
            let future = first.clone();
            create_task(to_thread(|thread| async move {
                thread.sleep(1.0).await?;
                call_soon_threadsafe(move || future.set_result("safe").unwrap())?;
                Ok(())
            }));
            let future = second.clone();
            start_thread("wake", |thread| async move {
                thread.sleep(1.5).await?;
                future.set_result("unsafe")
            });
            print(first.await?);
            print(second.await?);
            Ok(())
        },
    );
}

#[test]
fn what_a_thread_calls_runs_after_the_loop_is_let_go() {
    check(
        r#"
def call(loop):
    for n in range(4):
        loop.call_soon_threadsafe(print, f"call {n}")
        time.sleep(0.5)
async def main():
    loop = asyncio.get_running_loop()
    thread = asyncio.create_task(asyncio.to_thread(call, loop))
    asyncio.create_task(clock(2, 0.5))
    await asyncio.sleep(0)
    loop.call_soon(print, "soon")
    time.sleep(1.25)
    print("let go")
    await thread
"#,
        &[
            "0.0 tick 0",
            "1.25 let go",
            "1.25 call 0",
            "1.25 soon",
            "1.25 call 1",
            "1.25 call 2",
            "1.25 tick 1",
            "1.5 call 3",
        ],
        async {
            let thread = create_task(to_thread(|thread| async move {
                for n in 0..4 {
                    call_soon_threadsafe(move || print(format!("call {n}")))?;
                    thread.sleep(0.5).await?;
                }
                Ok(())
            }));
            create_task(clock(2, 0.5));
            sleep(0.0).await?;
            call_soon(|| print("soon"));
            time_sleep(1.25);
            print("let go");
            thread.await
        },
    );
}

#[test]
fn a_coroutine_run_from_a_thread() {
    check(
        r#"
async def double(number, seconds):
    print(f"in {asyncio.current_task().get_name()}")
    await asyncio.sleep(seconds)
    if number is None:
        raise ValueError("no number")
    return number * 2
def ask(loop):
    print(asyncio.run_coroutine_threadsafe(double(4, 1), loop).result())
    try:
        asyncio.run_coroutine_threadsafe(double(None, 1), loop).result()
    except ValueError as error:
        print(repr(error))
    futures = [asyncio.run_coroutine_threadsafe(double(n, n), loop) for n in (2, 1)]
    print([future.result() for future in futures])
    print(futures[0].result())
async def main():
    asyncio.create_task(clock(3, 1))
    await asyncio.to_thread(ask, asyncio.get_running_loop())
"#,
        &[
            "0.0 tick 0",
            "0.0 in Task-3",
            "1.0 tick 1",
            "1.0 8",
            "1.0 in Task-4",
            "2.0 tick 2",
            "2.0 ValueError('no number')",
            "2.0 in Task-5",
            "2.0 in Task-6",
            "4.0 [4, 2]",
            "4.0 4",
        ],
        async {
            async fn double(number: Option<i32>, seconds: f64) -> Result<i32> {
                print(format!("in {}", current_task_name().unwrap()));
                sleep(seconds).await?;
                number.map(|n| n * 2).ok_or(Error::new("ValueError", "no number"))
            }
            create_task(clock(3, 1.0));
            to_thread(|_| async {
                print(run_coroutine_threadsafe(double(Some(4), 1.0))?.result(None).await?);
                let failed = run_coroutine_threadsafe(double(None, 1.0))?.result(None).await;
                print(failed.unwrap_err().repr());
                let two = run_coroutine_threadsafe(double(Some(2), 2.0))?;
                let one = run_coroutine_threadsafe(double(Some(1), 1.0))?;
                print(format!("[{}, {}]", two.result(None).await?, one.result(None).await?));
                print(two.result(None).await?);
                Ok(())
            })
            .await
        },
    );
}

#[test]
fn a_thread_that_gives_up_waiting_and_cancels() {
    check(
        r#"
async def slow():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print("cancelled")
        raise
def impatient(loop):
    future = asyncio.run_coroutine_threadsafe(slow(), loop)
    try:
        future.result(timeout=1)
    except TimeoutError as error:
        print(repr(error))
    print(future.done(), future.cancel(), future.cancel(), future.done())
    try:
        future.result()
    except Exception as error:
        print(repr(error))
    future = asyncio.run_coroutine_threadsafe(slow(), loop)
    print(future.cancel())
    future = asyncio.run_coroutine_threadsafe(asyncio.sleep(0, "quick"), loop)
    try:
        future.result(0)
    except TimeoutError:
        print(future.result(0.5), future.cancel())
async def main():
    await asyncio.to_thread(impatient, asyncio.get_running_loop())
"#,
        &[
            "1.0 TimeoutError()",
            "1.0 False True True True",
            "1.0 CancelledError()",
            "1.0 True",
            "1.0 cancelled",
            "1.0 cancelled",
            "1.0 quick False",
        ],
        async {
            async fn slow() -> Result {
                let slept = sleep(5.0).await;
                if slept.is_err() {
                    print("cancelled");
                }
                slept
            }
            to_thread(|_| async {
                let future = run_coroutine_threadsafe(slow())?;
                print(future.result(Some(1.0)).await.unwrap_err().repr());
                let answers =
                    [future.done(), future.cancel(), future.cancel(), future.done()].map(truth);
                print(answers.join(" "));
                print(future.result(None).await.unwrap_err().repr());
                let future = run_coroutine_threadsafe(slow())?;
                print(truth(future.cancel()));
                let future = run_coroutine_threadsafe(async {
                    sleep(0.0).await?;
                    Ok("quick")
                })?;
                if future.result(Some(0.0)).await.is_err() {
                    let quick = future.result(Some(0.5)).await?;
                    print(format!("{quick} {}", truth(future.cancel())));
                }
                Ok(())
            })
            .await
        },
    );
}

#[test]
fn the_task_is_cancelled_in_the_loop() {
    check(
        r#"
async def slow():
    await asyncio.sleep(5)
def ask(loop):
    future = asyncio.run_coroutine_threadsafe(slow(), loop)
    try:
        future.result()
    except Exception as error:
        print(repr(error), future.cancelled())
async def main():
    thread = asyncio.create_task(asyncio.to_thread(ask, asyncio.get_running_loop()))
    await asyncio.sleep(1)
    for task in asyncio.all_tasks():
        if task.get_coro().__name__ == "slow":
            task.cancel()
    await ticker(4)
    await thread
"#,
        &["1.0 tick 0", "1.0 tick 1", "1.0 tick 2", "1.0 CancelledError() True", "1.0 tick 3"],
        async {
            let slow = create_future::<()>();
            let own = slow.clone();
            let thread = create_task(to_thread(|_| async {
                let future = run_coroutine_threadsafe(async { own.await })?;
                let error = future.result(None).await.unwrap_err();
                print(format!("{} {}", error.repr(), truth(future.cancelled())));
                Ok(())
            }));
            sleep(1.0).await?;
            // As the cancelled task does with what it waits for.
            slow.cancel();
            ticker(4).await?;
            thread.await
        },
    );
}

#[test]
fn a_result_and_a_deadline_at_the_same_time() {
    check(
        r#"
def ask(loop, seconds, timeout):
    future = asyncio.run_coroutine_threadsafe(asyncio.sleep(seconds, "result"), loop)
    try:
        print(future.result(timeout))
    except TimeoutError as error:
        print(repr(error))
def other(seconds, future):
    try:
        print(future.result(seconds))
    except TimeoutError as error:
        print(repr(error))
async def main():
    await asyncio.to_thread(ask, asyncio.get_running_loop(), 1, 1)
    pool = ThreadPoolExecutor(2)
    early = pool.submit(work, "early", 1)
    await asyncio.to_thread(other, 1, early)
    threading.Thread(target=other, args=(1, future := pool.submit(time.sleep, 0.5))).start()
    late = threading.Thread(target=lambda: other(1, pool.submit(work, "late", 1)))
    late.start()
    late.join()
"#,
        &[
            "1.0 TimeoutError()",
            "1.0 early begins",
            "2.0 early ends",
            "2.0 early",
            "2.0 late begins",
            "2.5 None",
            "3.0 late ends",
            "3.0 late",
        ],
        async {
            async fn other(seconds: f64, future: ThreadFuture<&'static str>) -> Result {
                match future.result(Some(seconds)).await {
                    Ok(name) => print(name),
                    Err(error) => print(error.repr()),
                }
                Ok(())
            }
            to_thread(|_| async {
                let result = async {
                    sleep(1.0).await?;
                    Ok("result")
                };
                other(1.0, run_coroutine_threadsafe(result)?).await
            })
            .await?;
            let pool = Pool::threads(2)?;
            let early = pool.submit(|thread| work(thread, "early", 1.0)).await?;
            to_thread(move |_| other(1.0, early)).await?;
            let future = pool
                .submit(|thread| async move {
                    thread.sleep(0.5).await?;
                    Ok("None")
                })
                .await?;
            start_thread("other", move |_| other(1.0, future));
            let late = start_thread("<lambda>", move |_| async move {
                let late = pool.submit(|thread| work(thread, "late", 1.0)).await?;
                other(1.0, late).await
            });
            late.join(None).await
        },
    );
}
