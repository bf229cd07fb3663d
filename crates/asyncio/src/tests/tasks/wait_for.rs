//! `wait_for`.

use super::*;
use std::slice::from_ref;

/// A second's cleanup, then the value all the same.
async fn stubborn(value: &'static str) -> Result<&'static str> {
    if sleep(5.0).await.is_err() {
        print("swallowed");
        sleep(1.0).await?;
    }
    Ok(value)
}

#[test]
fn zero_or_less_with_a_coroutine_never_starts_it() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(5))
    for timeout in (0, -1):
        try:
            print(await asyncio.wait_for(job("never", 0), timeout))
        except TimeoutError as error:
            print(repr(error))
"#,
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "0.0 TimeoutError()",
            "0.0 tick 3",
            "0.0 tick 4",
            "0.0 TimeoutError()",
        ],
        async {
            create_task(ticker(5));
            for timeout in [0.0, -1.0] {
                outcome(wait_for(job("never", 0.0), Some(timeout)).await);
            }
            Ok(())
        },
    );
}

#[test]
fn zero_or_less_with_a_running_task_waits_for_its_cleanup() {
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
    try:
        await asyncio.wait_for(task, -1)
    except TimeoutError as error:
        print(repr(error))
    print(task.cancelled())
"#,
        &["2.0 cleaned up", "2.0 TimeoutError()", "2.0 True"],
        async {
            let task = create_task(async {
                let slept = sleep(5.0).await;
                sleep(1.0).await?;
                print("cleaned up");
                slept.map(|()| "slept")
            });
            sleep(1.0).await?;
            outcome(wait_for(task.clone(), Some(-1.0)).await);
            print(truth(task.cancelled()));
            Ok(())
        },
    );
}

#[test]
fn zero_or_less_with_a_task_that_swallows_gives_its_value() {
    check(
        r#"
async def stubborn(value):
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print("swallowed")
        await asyncio.sleep(1)
    return value
async def main():
    task = asyncio.create_task(stubborn("value"))
    await asyncio.sleep(0)
    print(await asyncio.wait_for(task, 0))
"#,
        &["0.0 swallowed", "1.0 value"],
        async {
            let task = create_task(stubborn("value"));
            sleep(0.0).await?;
            outcome(wait_for(task, Some(0.0)).await);
            Ok(())
        },
    );
}

#[test]
fn zero_with_a_task_that_is_done_gives_its_result_at_once() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(job("done", 0)), asyncio.create_task(failing(0))]
    await asyncio.wait(tasks)
    asyncio.create_task(ticker(1))
    print(await asyncio.wait_for(tasks[0], 0))
    try:
        await asyncio.wait_for(tasks[1], 0)
    except ValueError as error:
        print(repr(error))
"#,
        &["0.0 done", "0.0 done", "0.0 ValueError('bad')", "0.0 tick 0"],
        async {
            let tasks = [create_task(job("done", 0.0)), create_task(failing(0.0))];
            wait(&tasks).await?;
            create_task(ticker(1));
            let [done, failed] = tasks;
            outcome(wait_for(done, Some(0.0)).await);
            outcome(wait_for(failed, Some(0.0)).await);
            Ok(())
        },
    );
}

#[test]
fn what_swallows_the_cancellation_gives_its_value() {
    check(
        r#"
async def stubborn(value):
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print("swallowed")
        await asyncio.sleep(1)
    return value
async def main():
    print(await asyncio.wait_for(stubborn("coroutine"), 1))
    print(await asyncio.wait_for(asyncio.create_task(stubborn("task")), 1))
    print(asyncio.current_task().cancelling())
    await asyncio.sleep(1)
"#,
        &["1.0 swallowed", "2.0 coroutine", "3.0 swallowed", "4.0 task", "4.0 0"],
        async {
            outcome(wait_for(stubborn("coroutine"), Some(1.0)).await);
            outcome(wait_for(create_task(stubborn("task")), Some(1.0)).await);
            print(0);
            sleep(1.0).await
        },
    );
}

#[test]
fn what_raises_when_it_is_cancelled_raises_that() {
    check(
        r#"
async def child():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        raise ValueError("bad cleanup")
async def main():
    try:
        await asyncio.wait_for(child(), 1)
    except Exception as error:
        print(repr(error))
    await asyncio.sleep(1)
    print("went on")
"#,
        &["1.0 ValueError('bad cleanup')", "2.0 went on"],
        async {
            let child = async {
                match sleep(5.0).await {
                    Err(_) => Err(Error::new("ValueError", "bad cleanup")),
                    Ok(()) => Ok("slept"),
                }
            };
            outcome(wait_for(child, Some(1.0)).await);
            sleep(1.0).await?;
            print("went on");
            Ok(())
        },
    );
}

#[test]
fn completion_and_timeout_at_one_moment() {
    check(
        r#"
async def attempt(awaitable):
    try:
        print(await asyncio.wait_for(awaitable, 1))
    except TimeoutError as error:
        print(repr(error))
async def main():
    loop = asyncio.get_running_loop()
    # The timeout's timer is set before the sleep's.
    await attempt(job("coroutine", 1))
    # The sleep's timer is set before the timeout's.
    task = asyncio.create_task(job("task", 1))
    await asyncio.sleep(0)
    await attempt(task)
    print(task.cancelled())
    # The future is completed before the timeout, and after it.
    future = loop.create_future()
    loop.call_later(1, future.set_result, "future")
    await attempt(future)
    future = loop.create_future()
    loop.call_soon(lambda: loop.call_later(1, lambda: print(future.cancelled())))
    await attempt(future)
    # The task has done its last step when the timeout comes.
    task = asyncio.create_task(job("quick", 0.5))
    loop.call_later(0.5, lambda: loop.call_soon(lambda: None))
    await attempt(task)
"#,
        &[
            "1.0 TimeoutError()",
            "2.0 TimeoutError()",
            "2.0 True",
            "3.0 TimeoutError()",
            "4.0 True",
            "4.0 TimeoutError()",
            "4.5 quick",
            "4.5 quick",
        ],
        async {
            async fn attempt<A>(awaitable: A) -> Result
            where
                A: Awaitable<&'static str> + 'static,
                A::IntoFuture: 'static,
            {
                outcome(wait_for(awaitable, Some(1.0)).await);
                Ok(())
            }
            attempt(job("coroutine", 1.0)).await?;
            let task = create_task(job("task", 1.0));
            sleep(0.0).await?;
            attempt(task.clone()).await?;
            print(truth(task.cancelled()));
            let future = create_future();
            let setter = future.clone();
            call_later(1.0, move || {
                let _ = setter.set_result("future");
            });
            attempt(future).await?;
            let future = create_future();
            let seen = future.clone();
            call_soon(move || drop(call_later(1.0, move || print(truth(seen.cancelled())))));
            attempt(future).await?;
            let task = create_task(job("quick", 0.5));
            call_later(0.5, || drop(call_soon(|| {})));
            attempt(task).await
        },
    );
}

#[test]
fn nested_the_scope_that_expires_is_the_one_that_raises() {
    check(
        r#"
async def inner(timeout):
    try:
        return await asyncio.wait_for(job("never", 5), timeout)
    except TimeoutError:
        print("inner timed out")
        raise
    except asyncio.CancelledError:
        print("inner cancelled")
        raise
async def main():
    for outer, within in [(1, 2), (2, 1), (1, 1)]:
        try:
            await asyncio.wait_for(inner(within), outer)
        except TimeoutError as error:
            print(repr(error))
    print(asyncio.current_task().cancelling())
"#,
        &[
            "1.0 inner cancelled",
            "1.0 TimeoutError()",
            "2.0 inner timed out",
            "2.0 TimeoutError()",
            "3.0 inner cancelled",
            "3.0 TimeoutError()",
            "3.0 0",
        ],
        async {
            async fn inner(timeout: f64) -> Result<&'static str> {
                let result = wait_for(job("never", 5.0), Some(timeout)).await;
                match &result {
                    Err(error) if error.is_cancelled() => print("inner cancelled"),
                    Err(error) if error.is("TimeoutError") => print("inner timed out"),
                    _ => {}
                }
                result
            }
            for (outer, within) in [(1.0, 2.0), (2.0, 1.0), (1.0, 1.0)] {
                outcome(wait_for(inner(within), Some(outer)).await);
            }
            print(0);
            Ok(())
        },
    );
}

#[test]
fn a_cancellation_from_outside_at_the_same_moment_wins() {
    check(
        r#"
async def child(name):
    try:
        await asyncio.wait_for(asyncio.sleep(5), 2)
    except BaseException as error:
        print(f"{name}: {error!r}")
        raise
async def main():
    loop = asyncio.get_running_loop()
    for name in ["before", "after"]:
        # A timer set before the timeout's, or after it.
        start = asyncio.create_task(child(name)) if name == "after" else None
        if start:
            await asyncio.sleep(0)
        timer = loop.call_later(2, lambda: task.cancel("outside"))
        task = start or asyncio.create_task(child(name))
        await asyncio.wait([task])
        print(task.cancelled())
"#,
        &[
            "2.0 before: CancelledError('outside')",
            "2.0 True",
            "4.0 after: CancelledError()",
            "4.0 True",
        ],
        async {
            async fn child(name: &'static str) -> Result<&'static str> {
                let result = wait_for(job("never", 5.0), Some(2.0)).await;
                if let Err(error) = &result {
                    print(format!("{name}: {}", error.repr()));
                }
                result
            }
            for name in ["before", "after"] {
                let task = create_task(child(name));
                if name == "after" {
                    sleep(0.0).await?;
                }
                let victim = task.clone();
                call_later(2.0, move || {
                    victim.cancel_with("outside");
                });
                wait(from_ref(&task)).await?;
                print(truth(task.cancelled()));
            }
            Ok(())
        },
    );
}

#[test]
fn no_timeout_waits_and_an_early_end_leaves_no_timer() {
    check(
        r#"
async def main():
    print(await asyncio.wait_for(job("patient", 3), None))
    print(await asyncio.wait_for(job("early", 1), 100))
    await asyncio.get_running_loop().create_future()
"#,
        &["3.0 patient", "3.0 patient", "4.0 early", "4.0 early", "4.0 stuck Task-1"],
        async {
            outcome(wait_for(job("patient", 3.0), None).await);
            outcome(wait_for(job("early", 1.0), Some(100.0)).await);
            create_future().await
        },
    );
}

#[test]
fn a_task_that_times_out_is_cancelled_for_everybody() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("shared", 5))
    waiting = asyncio.create_task(asyncio.wait([task]))
    try:
        await asyncio.wait_for(task, 1)
    except TimeoutError as error:
        print(repr(error))
    print(task.cancelled())
    await waiting
    print("everybody")
"#,
        &["1.0 TimeoutError()", "1.0 True", "1.0 everybody"],
        async {
            let task = create_task(job("shared", 5.0));
            let waited = task.clone();
            let waiting = create_task(async move { wait(&[waited]).await.map(|_| ()) });
            outcome(wait_for(task.clone(), Some(1.0)).await);
            print(truth(task.cancelled()));
            waiting.await?;
            print("everybody");
            Ok(())
        },
    );
}

#[test]
fn a_future_that_is_awaited_counts_as_the_line_of_the_caller() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        for timeout in [Some(2.0), None] {
            wait_for(create_task(job("job", 1.0)), timeout).await?;
        }
        wait_for(create_future::<()>(), Some(0.0)).await
    });
    while run.step() != Status::Ended {}
    let files: Vec<bool> = run.trace().with(|events| {
        let waits = events.iter().filter_map(|event| match &event.kind {
            EventKind::Suspended { at, .. } => {
                Some(at.as_ref().is_some_and(|at| at.file() == file!()))
            }
            _ => None,
        });
        waits.collect()
    });
    // The job itself sleeps in another file.
    assert_eq!(files, [true, false, true, false, true]);
}
