//! Cancelling tasks.

use super::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::slice::from_ref;

/// Sleeps five seconds; says when it is cancelled and passes that on.
async fn sleeper(name: &'static str) -> Result<&'static str> {
    match sleep(5.0).await {
        Err(error) if error.is_cancelled() => {
            print(format!("{name}: {}", error.repr()));
            Err(error)
        }
        other => other.map(|()| name),
    }
}

#[test]
fn before_the_first_step() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(3))
    task = asyncio.create_task(job("never", 0))
    print(task.cancel("no need"))
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
    print(task.cancelled(), task.cancel())
"#,
        &[
            "0.0 True",
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 CancelledError('no need')",
            "0.0 True False",
            "0.0 tick 2",
        ],
        async {
            create_task(ticker(3));
            let task = create_task(job("never", 0.0));
            print(truth(task.cancel_with("no need")));
            if let Err(error) = (&task).await {
                print(error.repr());
            }
            print(format!("{} {}", truth(task.cancelled()), truth(task.cancel())));
            Ok(())
        },
    );
}

#[test]
fn while_it_sleeps_it_may_clean_up_first() {
    check(
        r#"
async def child():
    try:
        await asyncio.sleep(5)
    finally:
        await asyncio.sleep(1)
        print("cleaned up")
async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    print("asked")
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")
"#,
        &["1.0 asked", "2.0 cleaned up", "2.0 cancelled"],
        async {
            let task = create_task(async {
                let slept = sleep(5.0).await;
                sleep(1.0).await?;
                print("cleaned up");
                slept
            });
            sleep(1.0).await?;
            task.cancel();
            print("asked");
            if task.await.is_err_and(|error| error.is_cancelled()) {
                print("cancelled");
            }
            Ok(())
        },
    );
}

#[test]
fn when_what_it_waits_for_is_done_already() {
    check(
        r#"
async def child(future):
    try:
        print(await future)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise
async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    future.set_result("value")
    task.cancel("too late")
    await asyncio.wait([task])
    print(task.cancelled(), future.result())
"#,
        &["0.0 CancelledError('too late')", "0.0 True value"],
        async {
            let future = create_future();
            let awaited = future.clone();
            let task = create_task(async move {
                match awaited.await {
                    Err(error) => {
                        print(error.repr());
                        Err(error)
                    }
                    Ok(value) => {
                        print(value);
                        Ok(())
                    }
                }
            });
            sleep(0.0).await?;
            future.set_result("value")?;
            task.cancel_with("too late");
            wait(from_ref(&task)).await?;
            print(format!("{} {}", truth(task.cancelled()), future.result()?));
            Ok(())
        },
    );
}

#[test]
fn twice_in_one_turn_counts_once_and_the_first_message_stands() {
    check(
        r#"
async def child():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as error:
        print(repr(error))
    await asyncio.sleep(1)
    print("went on")
async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    print(task.cancel("first"), task.cancel("second"))
    await asyncio.wait([task])
    print(task.cancelled())
"#,
        &["1.0 True True", "1.0 CancelledError('first')", "2.0 went on", "2.0 False"],
        async {
            let task = create_task(async {
                if let Err(error) = sleep(5.0).await {
                    print(error.repr());
                }
                sleep(1.0).await?;
                print("went on");
                Ok(())
            });
            sleep(1.0).await?;
            let asked = (task.cancel_with("first"), task.cancel_with("second"));
            print(format!("{} {}", truth(asked.0), truth(asked.1)));
            wait(from_ref(&task)).await?;
            print(truth(task.cancelled()));
            Ok(())
        },
    );
}

#[test]
fn again_and_again_while_it_swallows() {
    check(
        r#"
async def child():
    for n in range(2):
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            print(f"swallowed {n}")
    return "stubborn"
async def main():
    task = asyncio.create_task(child())
    for _ in range(2):
        await asyncio.sleep(1)
        task.cancel()
    print(await task)
    print(task.cancelled())
"#,
        &["1.0 swallowed 0", "2.0 swallowed 1", "2.0 stubborn", "2.0 False"],
        async {
            let task = create_task(async {
                for n in 0..2 {
                    if sleep(5.0).await.is_err() {
                        print(format!("swallowed {n}"));
                    }
                }
                Ok("stubborn")
            });
            for _ in 0..2 {
                sleep(1.0).await?;
                task.cancel();
            }
            print((&task).await?);
            print(truth(task.cancelled()));
            Ok(())
        },
    );
}

#[test]
fn itself_takes_effect_at_the_next_await_or_at_the_end() {
    check(
        r#"
async def child(how):
    asyncio.current_task().cancel()
    if how == "sleeps":
        await asyncio.sleep(5)
    if how == "yields":
        await asyncio.sleep(0)
    if how == "raises":
        raise ValueError("bad")
    print(f"{how} to the end")
    return how
async def main():
    for how in ["sleeps", "yields", "raises", "returns"]:
        try:
            print(await asyncio.create_task(child(how)))
        except BaseException as error:
            print(f"{how}: {error!r}")
"#,
        &[
            "0.0 sleeps: CancelledError()",
            "0.0 yields: CancelledError()",
            "0.0 raises: ValueError('bad')",
            "0.0 returns to the end",
            "0.0 returns: CancelledError()",
        ],
        async {
            for how in ["sleeps", "yields", "raises", "returns"] {
                let own = Rc::new(RefCell::new(None::<Task<&str>>));
                let me = own.clone();
                let task = create_task(async move {
                    me.borrow().as_ref().map(|task| task.cancel());
                    match how {
                        "sleeps" => sleep(5.0).await?,
                        "yields" => sleep(0.0).await?,
                        "raises" => return Err(Error::new("ValueError", "bad")),
                        _ => {}
                    }
                    print(format!("{how} to the end"));
                    Ok(how)
                });
                *own.borrow_mut() = Some(task.clone());
                match task.await {
                    Ok(value) => print(value),
                    Err(error) => print(format!("{how}: {}", error.repr())),
                }
            }
            Ok(())
        },
    );
}

#[test]
fn goes_through_the_await_of_a_task_inner_first() {
    check(
        r#"
async def sleeper(name):
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as error:
        print(f"{name}: {error!r}")
        raise
async def outer(inner):
    try:
        await inner
    except asyncio.CancelledError as error:
        print(f"outer: {error!r}")
        raise
async def main():
    inner = asyncio.create_task(sleeper("inner"))
    task = asyncio.create_task(outer(inner))
    await asyncio.sleep(1)
    asyncio.create_task(ticker(5))
    task.cancel("stop")
    print(inner.cancelled(), task.cancelled())
    await asyncio.wait([task])
    print(inner.cancelled(), task.cancelled())
"#,
        &[
            "1.0 False False",
            "1.0 tick 0",
            "1.0 inner: CancelledError('stop')",
            "1.0 tick 1",
            "1.0 outer: CancelledError('stop')",
            "1.0 tick 2",
            "1.0 tick 3",
            "1.0 True True",
            "1.0 tick 4",
        ],
        async {
            let inner = create_task(sleeper("inner"));
            let awaited = inner.clone();
            let task = create_task(async move {
                let result = awaited.await;
                if let Err(error) = &result {
                    print(format!("outer: {}", error.repr()));
                }
                result
            });
            sleep(1.0).await?;
            create_task(ticker(5));
            task.cancel_with("stop");
            print(format!("{} {}", truth(inner.cancelled()), truth(task.cancelled())));
            wait(from_ref(&task)).await?;
            print(format!("{} {}", truth(inner.cancelled()), truth(task.cancelled())));
            Ok(())
        },
    );
}

#[test]
fn swallowed_by_the_inner_task_the_outer_goes_on() {
    check(
        r#"
async def stubborn():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
    return "inner result"
async def outer():
    print(await asyncio.create_task(stubborn()))
    await asyncio.sleep(1)
    return "outer result"
async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel()
    print(await task)
"#,
        &["2.0 inner result", "3.0 outer result"],
        async {
            let task = create_task(async {
                let inner = create_task(async {
                    if sleep(5.0).await.is_err() {
                        sleep(1.0).await?;
                    }
                    Ok("inner result")
                });
                print(inner.await?);
                sleep(1.0).await?;
                Ok("outer result")
            });
            sleep(1.0).await?;
            task.cancel();
            print(task.await?);
            Ok(())
        },
    );
}

#[test]
fn reaches_everybody_who_waits_for_the_same_task() {
    check(
        r#"
async def waiter(name, shared):
    try:
        print(f"{name}: {await shared}")
    except asyncio.CancelledError:
        print(f"{name}: cancelled")
async def main():
    shared = asyncio.create_task(asyncio.sleep(5))
    tasks = [asyncio.create_task(waiter(name, shared)) for name in "abc"]
    await asyncio.sleep(1)
    tasks[1].cancel()
    await asyncio.wait(tasks)
"#,
        &["1.0 a: cancelled", "1.0 b: cancelled", "1.0 c: cancelled"],
        async {
            let shared = create_task(async { sleep(5.0).await.map(|()| "None") });
            let tasks = ["a", "b", "c"].map(|name| {
                let shared = shared.clone();
                create_task(async move {
                    match shared.await {
                        Err(error) if error.is_cancelled() => print(format!("{name}: cancelled")),
                        other => print(format!("{name}: {}", other?)),
                    }
                    Ok(())
                })
            });
            sleep(1.0).await?;
            tasks[1].cancel();
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn while_it_yields() {
    check(
        r#"
async def child():
    print("began")
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise
async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel("now")
    await asyncio.wait([task])
"#,
        &["0.0 began", "0.0 CancelledError('now')"],
        async {
            let task = create_task(async {
                print("began");
                let yielded = sleep(0.0).await;
                if let Err(error) = &yielded {
                    print(error.repr());
                }
                yielded
            });
            sleep(0.0).await?;
            task.cancel_with("now");
            wait(&[task]).await?;
            Ok(())
        },
    );
}

#[test]
fn a_sleep_cancelled_leaves_no_timer_behind() {
    check(
        r#"
async def main():
    task = asyncio.create_task(asyncio.sleep(100))
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    await asyncio.get_running_loop().create_future()
"#,
        &["1.0 stuck Task-1"],
        async {
            let task = create_task(sleep(100.0));
            sleep(1.0).await?;
            task.cancel();
            wait(&[task]).await?;
            create_future().await
        },
    );
}

/// Awaits a task twice and prints what it raises.
async fn read<T: Clone + 'static>(label: &str, future: &Future<T>) -> Result {
    for n in 0..2 {
        if let Err(error) = future.await {
            print(format!("{label} {n} {}", error.repr()));
        }
    }
    Ok(())
}

#[test]
fn the_message_of_a_task_goes_to_the_first_who_asks() {
    check(
        r#"
async def forever():
    await asyncio.sleep(10)
async def stubborn():
    asyncio.current_task().cancel("late")
async def read(label, future):
    for n in range(2):
        try:
            await future
        except asyncio.CancelledError as error:
            print(label, n, repr(error))
async def main():
    task = asyncio.create_task(forever())
    await asyncio.sleep(0)
    task.cancel("stop")
    await read("task", task)
    task = asyncio.create_task(forever())
    task.cancel("early")
    await read("unstarted", task)
    await read("at return", asyncio.create_task(stubborn()))
    future = asyncio.get_running_loop().create_future()
    future.cancel("gone")
    await read("future", future)
    task = asyncio.create_task(forever())
    task.cancel("stop")
    results = await asyncio.gather(task, future, return_exceptions=True)
    print("gathered", *map(repr, results))
    await read("after gather", task)
    task = asyncio.create_task(forever())
    task.cancel("stop")
    try:
        await asyncio.gather(task)
    except asyncio.CancelledError as error:
        print("raised", repr(error))
    await read("after raise", task)
"#,
        &[
            "0.0 task 0 CancelledError('stop')",
            "0.0 task 1 CancelledError()",
            "0.0 unstarted 0 CancelledError('early')",
            "0.0 unstarted 1 CancelledError()",
            "0.0 at return 0 CancelledError('late')",
            "0.0 at return 1 CancelledError('late')",
            "0.0 future 0 CancelledError('gone')",
            "0.0 future 1 CancelledError('gone')",
            "0.0 gathered CancelledError('') CancelledError('gone')",
            "0.0 after gather 0 CancelledError('stop')",
            "0.0 after gather 1 CancelledError()",
            "0.0 raised CancelledError('stop')",
            "0.0 after raise 0 CancelledError()",
            "0.0 after raise 1 CancelledError()",
        ],
        async {
            let forever = || create_task(async { sleep(10.0).await });
            let task = forever();
            sleep(0.0).await?;
            task.cancel_with("stop");
            read("task", &task).await?;
            let task = forever();
            task.cancel_with("early");
            read("unstarted", &task).await?;
            let itself: Rc<RefCell<Option<Task<()>>>> = Rc::default();
            let inner = itself.clone();
            let stubborn = create_task(async move {
                if let Some(task) = &*inner.borrow() {
                    task.cancel_with("late");
                }
                Ok(())
            });
            *itself.borrow_mut() = Some(stubborn.clone());
            read("at return", &stubborn).await?;
            let future = create_future::<()>();
            future.cancel_with("gone");
            read("future", &future).await?;
            let task = forever();
            task.cancel_with("stop");
            let both = [Future::clone(&task), future];
            let results = gather_return_exceptions(both).await?;
            let results = results.into_iter().filter_map(Result::err).map(|error| error.repr());
            print(format!("gathered {}", results.collect::<Vec<_>>().join(" ")));
            read("after gather", &task).await?;
            let task = forever();
            task.cancel_with("stop");
            if let Err(error) = gather([&task]).await {
                print(format!("raised {}", error.repr()));
            }
            read("after raise", &task).await
        },
    );
}
