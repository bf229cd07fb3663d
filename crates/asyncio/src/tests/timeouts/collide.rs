//! `timeout` where other timeouts and other cancellations come in between.

use super::*;
use std::slice::from_ref;

#[test]
fn a_body_that_does_not_pass_the_cancellation_on() {
    check(
        r#"
async def main():
    async with asyncio.timeout(1) as timeout:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            print("swallowed", asyncio.current_task().cancelling())
            await asyncio.sleep(1)
    print(repr(timeout), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1) as timeout:
            try:
                await asyncio.sleep(5)
            finally:
                raise ValueError("bad cleanup")
    except ValueError as error:
        print(repr(error), repr(timeout), asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(1) as timeout:
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                raise asyncio.CancelledError("another")
    except TimeoutError as error:
        print(repr(error))
    await asyncio.sleep(1)
"#,
        &[
            "1.0 swallowed 1",
            "2.0 <Timeout [expired]> 0",
            "3.0 ValueError('bad cleanup') <Timeout [expired]> 0",
            "4.0 TimeoutError()",
        ],
        async {
            let late = timeout(Some(1.0));
            let ended = late.scope(async |_| {
                if sleep(5.0).await.is_err() {
                    print(format!("swallowed {}", cancelling()));
                    sleep(1.0).await?;
                }
                Ok(())
            });
            ended.await?;
            print(format!("{} {}", late.repr(), cancelling()));
            let late = timeout(Some(1.0));
            let ended = late.scope(async |_| {
                let _ = sleep(5.0).await;
                Err::<(), _>(Error::new("ValueError", "bad cleanup"))
            });
            let error = ended.await.unwrap_err();
            print(format!("{} {} {}", error.repr(), late.repr(), cancelling()));
            let ended = timeout(Some(1.0)).scope(async |_| match sleep(5.0).await {
                Err(_) => Err(Error::cancelled(Some("another".into()))),
                Ok(()) => Ok("slept"),
            });
            outcome(ended.await);
            sleep(1.0).await
        },
    );
}

#[test]
fn nested_at_one_moment_and_at_two() {
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
async def attempt(outer, inner, cleanup):
    try:
        async with asyncio.timeout(outer) as outside:
            try:
                async with asyncio.timeout(inner) as inside:
                    await cleaner("body", 9, cleanup)
            except TimeoutError as error:
                print("inside", repr(error), asyncio.current_task().cancelling())
                await asyncio.sleep(0)
                print("went on")
            except asyncio.CancelledError as error:
                print("inside", repr(error), asyncio.current_task().cancelling())
                raise
    except TimeoutError as error:
        print("outside", repr(error))
    print(repr(inside), repr(outside), asyncio.current_task().cancelling())
async def main():
    await attempt(1, 1, 0)
    await attempt(2, 1, 0)
    await attempt(1, 2, 0)
    await attempt(1, 1.5, 1)
    await attempt(1.5, 1, 1)
    await attempt(1, 0, 0)
    await attempt(0, 0, 0)
"#,
        &[
            "1.0 body: CancelledError()",
            "1.0 body: cleaned up",
            "1.0 inside CancelledError() 1",
            "1.0 outside TimeoutError()",
            "1.0 <Timeout [expired]> <Timeout [expired]> 0",
            "2.0 body: CancelledError()",
            "2.0 body: cleaned up",
            "2.0 inside TimeoutError() 0",
            "2.0 went on",
            "2.0 <Timeout [expired]> <Timeout [finished]> 0",
            "3.0 body: CancelledError()",
            "3.0 body: cleaned up",
            "3.0 inside CancelledError() 1",
            "3.0 outside TimeoutError()",
            "3.0 <Timeout [finished]> <Timeout [expired]> 0",
            "4.0 body: CancelledError()",
            "4.5 inside CancelledError() 1",
            "4.5 outside TimeoutError()",
            "4.5 <Timeout [expired]> <Timeout [expired]> 0",
            "5.5 body: CancelledError()",
            "6.0 inside CancelledError() 1",
            "6.0 outside TimeoutError()",
            "6.0 <Timeout [expired]> <Timeout [expired]> 0",
            "6.0 body: CancelledError()",
            "6.0 body: cleaned up",
            "6.0 inside TimeoutError() 0",
            "6.0 went on",
            "6.0 <Timeout [expired]> <Timeout [finished]> 0",
            "6.0 body: CancelledError()",
            "6.0 body: cleaned up",
            "6.0 inside CancelledError() 1",
            "6.0 outside TimeoutError()",
            "6.0 <Timeout [expired]> <Timeout [expired]> 0",
        ],
        async {
            async fn attempt(outer: f64, inner: f64, cleanup: f64) -> Result {
                let (outside, inside) = (timeout(Some(outer)), timeout(Some(inner)));
                let ended = outside.scope(async |_| {
                    let ended = inside.scope(async |_| cleaner("body", 9.0, cleanup).await);
                    let ended = ended.await;
                    if let Err(error) = &ended {
                        print(format!("inside {} {}", error.repr(), cancelling()));
                        if error.is("TimeoutError") {
                            sleep(0.0).await?;
                            print("went on");
                            return Ok("");
                        }
                    }
                    ended
                });
                if let Err(error) = ended.await {
                    print(format!("outside {}", error.repr()));
                }
                print(format!("{} {} {}", inside.repr(), outside.repr(), cancelling()));
                Ok(())
            }
            attempt(1.0, 1.0, 0.0).await?;
            attempt(2.0, 1.0, 0.0).await?;
            attempt(1.0, 2.0, 0.0).await?;
            attempt(1.0, 1.5, 1.0).await?;
            attempt(1.5, 1.0, 1.0).await?;
            attempt(1.0, 0.0, 0.0).await?;
            attempt(0.0, 0.0, 0.0).await
        },
    );
}

#[test]
fn a_cancellation_by_somebody_else_goes_on() {
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
async def child(cleanup):
    try:
        async with asyncio.timeout(2) as timeout:
            await cleaner("body", 9, cleanup)
    except BaseException as error:
        print(repr(error), repr(timeout), asyncio.current_task().cancelling())
        raise
async def main():
    # Before the deadline; before it, but the cleanup lasts longer; at it; during the cleanup.
    for at, cleanup in [(1, 0), (1, 2), (2, 0), (2.5, 1)]:
        task = asyncio.create_task(child(cleanup))
        asyncio.get_running_loop().call_later(at, task.cancel, "stop")
        await asyncio.wait([task])
        print(task.cancelled())
    # The deadline's timer is set before the other's.
    task = asyncio.create_task(child(0))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(2, task.cancel, "stop")
    await asyncio.wait([task])
    print(task.cancelled())
"#,
        &[
            "1.0 body: CancelledError('stop')",
            "1.0 body: cleaned up",
            "1.0 CancelledError('stop') <Timeout [finished]> 1",
            "1.0 True",
            "2.0 body: CancelledError('stop')",
            "3.0 CancelledError() <Timeout [expired]> 1",
            "3.0 True",
            "5.0 body: CancelledError('stop')",
            "5.0 body: cleaned up",
            "5.0 CancelledError('stop') <Timeout [expired]> 1",
            "5.0 True",
            "7.0 body: CancelledError()",
            "7.5 CancelledError('stop') <Timeout [expired]> 1",
            "7.5 True",
            "9.5 body: CancelledError()",
            "9.5 body: cleaned up",
            "9.5 CancelledError() <Timeout [expired]> 1",
            "9.5 True",
        ],
        async {
            async fn child(cleanup: f64) -> Result<&'static str> {
                let timeout = timeout(Some(2.0));
                let ended = timeout.scope(async |_| cleaner("body", 9.0, cleanup).await).await;
                if let Err(error) = &ended {
                    print(format!("{} {} {}", error.repr(), timeout.repr(), cancelling()));
                }
                ended
            }
            fn cancel_later(at: f64, task: &Task<&'static str>) {
                let task = task.clone();
                call_later(at, move || {
                    task.cancel_with("stop");
                });
            }
            for (at, cleanup) in [(1.0, 0.0), (1.0, 2.0), (2.0, 0.0), (2.5, 1.0)] {
                let task = create_task(child(cleanup));
                cancel_later(at, &task);
                wait(from_ref(&task)).await?;
                print(truth(task.cancelled()));
            }
            let task = create_task(child(0.0));
            sleep(0.0).await?;
            cancel_later(2.0, &task);
            wait(from_ref(&task)).await?;
            print(truth(task.cancelled()));
            Ok(())
        },
    );
}

#[test]
fn entered_while_the_task_is_being_cancelled() {
    check(
        r#"
async def child():
    try:
        await asyncio.sleep(9)
    except asyncio.CancelledError:
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(9)
        except TimeoutError as error:
            print(repr(error), asyncio.current_task().cancelling())
        raise
async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())
"#,
        &["2.0 TimeoutError() 1", "2.0 True"],
        async {
            let task = create_task(async {
                let slept = sleep(9.0).await;
                if slept.is_err() {
                    let ended = timeout(Some(1.0)).scope(async |_| sleep(9.0).await).await;
                    let error = ended.unwrap_err();
                    print(format!("{} {}", error.repr(), cancelling()));
                }
                slept
            });
            sleep(1.0).await?;
            task.cancel();
            wait(from_ref(&task)).await?;
            print(truth(task.cancelled()));
            Ok(())
        },
    );
}
