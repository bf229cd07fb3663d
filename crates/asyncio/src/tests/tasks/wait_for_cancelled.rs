//! `wait_for` that is cancelled from outside, or whose awaitable is.

use super::*;
use std::slice::from_ref;

#[test]
fn cancelled_from_outside_it_cancels_what_it_waits_for() {
    check(
        r#"
async def cleaner(name, delay, cleanup):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError as error:
        print(f"{name}: {error!r}")
        await asyncio.sleep(cleanup)
        print(f"{name}: cleaned up")
        raise
    return name
async def child(awaitable):
    try:
        await asyncio.wait_for(awaitable, 3)
    except BaseException as error:
        print(repr(error), asyncio.current_task().cancelling())
        raise
async def main():
    loop = asyncio.get_running_loop()
    # Once; and once more during the cleanup; and with the deadline during the cleanup.
    for times, cleanup in [(1, 0.5), (2, 1.5), (1, 2.5)]:
        future = loop.create_future()
        task = asyncio.create_task(cleaner("task", 9, cleanup))
        for awaitable in (cleaner("coroutine", 9, cleanup), task, future):
            waiting = asyncio.create_task(child(awaitable))
            for n in range(times):
                await asyncio.sleep(1)
                print(waiting.cancel(f"stop {n}"))
            await asyncio.wait([waiting])
            print(waiting.cancelled())
        print(task.cancelled(), future.cancelled())
"#,
        &[
            "1.0 True",
            "1.0 coroutine: CancelledError('stop 0')",
            "1.5 coroutine: cleaned up",
            "1.5 CancelledError('stop 0') 1",
            "1.5 True",
            "2.5 True",
            "2.5 task: CancelledError('stop 0')",
            "3.0 task: cleaned up",
            "3.0 CancelledError('stop 0') 1",
            "3.0 True",
            "4.0 True",
            "4.0 CancelledError('stop 0') 1",
            "4.0 True",
            "4.0 True True",
            "5.0 True",
            "5.0 coroutine: CancelledError('stop 0')",
            "6.0 True",
            "6.0 CancelledError('stop 1') 2",
            "6.0 True",
            "7.0 True",
            "7.0 task: CancelledError('stop 0')",
            "8.0 True",
            "8.0 CancelledError('stop 1') 2",
            "8.0 True",
            "9.0 True",
            "9.0 CancelledError('stop 0') 1",
            "10.0 False",
            "10.0 True",
            "10.0 True True",
            "11.0 True",
            "11.0 coroutine: CancelledError('stop 0')",
            "13.0 CancelledError() 1",
            "13.0 True",
            "14.0 True",
            "14.0 task: CancelledError('stop 0')",
            "16.0 CancelledError() 1",
            "16.0 True",
            "17.0 True",
            "17.0 CancelledError('stop 0') 1",
            "17.0 True",
            "17.0 True True",
        ],
        async {
            async fn child<A>(awaitable: A) -> Result<&'static str>
            where
                A: Awaitable<&'static str> + 'static,
                A::IntoFuture: 'static,
            {
                let ended = wait_for(awaitable, Some(3.0)).await;
                if let Err(error) = &ended {
                    print(format!("{} {}", error.repr(), cancelling()));
                }
                ended
            }
            async fn attempt(waiting: Task<&'static str>, times: u32) -> Result {
                for n in 0..times {
                    sleep(1.0).await?;
                    print(truth(waiting.cancel_with(&format!("stop {n}"))));
                }
                wait(from_ref(&waiting)).await?;
                print(truth(waiting.cancelled()));
                Ok(())
            }
            for (times, cleanup) in [(1, 0.5), (2, 1.5), (1, 2.5)] {
                let future = create_future();
                let task = create_task(cleaner("task", 9.0, cleanup));
                attempt(create_task(child(cleaner("coroutine", 9.0, cleanup))), times).await?;
                attempt(create_task(child(task.clone())), times).await?;
                attempt(create_task(child(future.clone())), times).await?;
                print(format!("{} {}", truth(task.cancelled()), truth(future.cancelled())));
            }
            Ok(())
        },
    );
}

#[test]
fn cancelled_from_outside_after_a_timeout_of_zero() {
    check(
        r#"
async def cleaner():
    try:
        await asyncio.sleep(9)
    finally:
        await asyncio.sleep(2)
        print("cleaned up")
async def child(task):
    try:
        await asyncio.wait_for(task, 0)
    except BaseException as error:
        print(repr(error))
        raise
async def main():
    for turns in range(3):
        task = asyncio.create_task(cleaner())
        await asyncio.sleep(0)
        waiting = asyncio.create_task(child(task))
        for _ in range(turns):
            await asyncio.sleep(0)
        waiting.cancel("stop")
        await asyncio.wait([waiting])
        print(waiting.cancelled(), task.done())
        await asyncio.wait([task])
        print(task.cancelled())
    # At the moment when the task ends.
    for turns in range(4):
        task = asyncio.create_task(cleaner())
        await asyncio.sleep(0)
        waiting = asyncio.create_task(child(task))
        await asyncio.sleep(2)
        for _ in range(turns):
            await asyncio.sleep(0)
        print(waiting.cancel("stop"))
        await asyncio.wait([waiting])
        print(waiting.cancelled(), task.done())
"#,
        &[
            "0.0 True False",
            "11.0 cleaned up",
            "11.0 False",
            "11.0 CancelledError('stop')",
            "11.0 True False",
            "13.0 cleaned up",
            "13.0 True",
            "13.0 CancelledError('stop')",
            "13.0 True False",
            "15.0 cleaned up",
            "15.0 True",
            "17.0 True",
            "17.0 cleaned up",
            "17.0 CancelledError('stop')",
            "17.0 True True",
            "19.0 cleaned up",
            "19.0 True",
            "19.0 CancelledError('stop')",
            "19.0 True True",
            "21.0 cleaned up",
            "21.0 True",
            "21.0 CancelledError('stop')",
            "21.0 True True",
            "23.0 cleaned up",
            "23.0 TimeoutError()",
            "23.0 False",
            "23.0 False True",
        ],
        async {
            async fn cleaner() -> Result {
                let slept = sleep(9.0).await;
                sleep(2.0).await?;
                print("cleaned up");
                slept
            }
            async fn child(task: Task<()>) -> Result {
                let ended = wait_for(task, Some(0.0)).await;
                if let Err(error) = &ended {
                    print(error.repr());
                }
                ended
            }
            for turns in 0..3 {
                let task = create_task(cleaner());
                sleep(0.0).await?;
                let waiting = create_task(child(task.clone()));
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                waiting.cancel_with("stop");
                wait(from_ref(&waiting)).await?;
                print(format!("{} {}", truth(waiting.cancelled()), truth(task.done())));
                wait(from_ref(&task)).await?;
                print(truth(task.cancelled()));
            }
            for turns in 0..4 {
                let task = create_task(cleaner());
                sleep(0.0).await?;
                let waiting = create_task(child(task.clone()));
                sleep(2.0).await?;
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                print(truth(waiting.cancel_with("stop")));
                wait(from_ref(&waiting)).await?;
                print(format!("{} {}", truth(waiting.cancelled()), truth(task.done())));
            }
            Ok(())
        },
    );
}

#[test]
fn only_its_own_cancellation_is_a_timeout() {
    check(
        r#"
async def attempt(awaitable, timeout):
    try:
        print(repr(await asyncio.wait_for(awaitable, timeout)))
    except BaseException as error:
        print(repr(error), asyncio.current_task().cancelling())
async def late():
    await asyncio.sleep(1)
    raise TimeoutError("its own")
async def main():
    loop = asyncio.get_running_loop()
    for timeout in (3, None):
        task = asyncio.create_task(job("never", 9))
        loop.call_later(1, task.cancel, "stop")
        await attempt(task, timeout)
        await attempt(late(), timeout)
        future = loop.create_future()
        loop.call_later(1, future.cancel, "stop")
        await attempt(future, timeout)
    for timeout in (0, -1, 1):
        await attempt(future, timeout)
        pending = loop.create_future()
        await attempt(pending, timeout)
        print(pending.cancelled())
        gathering = asyncio.gather(job("a", 9), job("b", 9))
        await attempt(gathering, timeout)
        print(gathering.done(), gathering.cancelled())
        await attempt(asyncio.gather(), timeout)
"#,
        &[
            "1.0 CancelledError('stop') 0",
            "2.0 TimeoutError('its own') 0",
            "3.0 CancelledError('stop') 0",
            "4.0 CancelledError('stop') 0",
            "5.0 TimeoutError('its own') 0",
            "6.0 CancelledError('stop') 0",
            "6.0 CancelledError('stop') 0",
            "6.0 TimeoutError() 0",
            "6.0 True",
            "6.0 TimeoutError() 0",
            "6.0 True False",
            "6.0 []",
            "6.0 CancelledError('stop') 0",
            "6.0 TimeoutError() 0",
            "6.0 True",
            "6.0 TimeoutError() 0",
            "6.0 True False",
            "6.0 []",
            "6.0 CancelledError('stop') 0",
            "7.0 TimeoutError() 0",
            "7.0 True",
            "8.0 TimeoutError() 0",
            "8.0 True False",
            "8.0 []",
        ],
        async {
            fn say(result: Result<String>) {
                match result {
                    Ok(text) => print(text),
                    Err(error) => print(format!("{} {}", error.repr(), cancelling())),
                }
            }
            async fn late() -> Result<&'static str> {
                sleep(1.0).await?;
                Err(Error::new("TimeoutError", "its own"))
            }
            let mut future: Future<&str> = create_future();
            for timeout in [Some(3.0), None] {
                let task = create_task(job("never", 9.0));
                let victim = task.clone();
                call_later(1.0, move || {
                    victim.cancel_with("stop");
                });
                say(wait_for(task, timeout).await.map(repr_str));
                say(wait_for(late(), timeout).await.map(repr_str));
                future = create_future();
                let victim = future.clone();
                call_later(1.0, move || {
                    victim.cancel_with("stop");
                });
                say(wait_for(future.clone(), timeout).await.map(repr_str));
            }
            for timeout in [0.0, -1.0, 1.0] {
                say(wait_for(future.clone(), Some(timeout)).await.map(repr_str));
                let pending: Future<&str> = create_future();
                say(wait_for(pending.clone(), Some(timeout)).await.map(repr_str));
                print(truth(pending.cancelled()));
                let gathering = gather([job("a", 9.0), job("b", 9.0)]);
                say(wait_for(gathering.clone(), Some(timeout)).await.map(|names| names.join(" ")));
                print(format!("{} {}", truth(gathering.done()), truth(gathering.cancelled())));
                let nothing = gather(Vec::<Task<()>>::new());
                say(wait_for(nothing, Some(timeout)).await.map(|none| format!("{none:?}")));
            }
            Ok(())
        },
    );
}
