//! `TaskGroup` that is cancelled from outside, by a timeout or by somebody else.

use super::*;
use std::slice::from_ref;

#[test]
fn cancelled_from_outside() {
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
async def parent(delay, cleanup):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(cleaner("child", 9, cleanup))
            await asyncio.sleep(delay)
            print("leaving")
    except BaseException as error:
        print(repr(error), asyncio.current_task().cancelling())
        raise
async def main():
    # In the body; while leaving; again and again during the cleanup.
    for delay, times in [(9, 1), (0.5, 1), (9, 3), (0.5, 3)]:
        task = asyncio.create_task(parent(delay, 3))
        for n in range(times):
            await asyncio.sleep(1)
            print(task.cancel(f"stop {n}"))
        await asyncio.wait([task])
        print(task.cancelled(), task.cancelling())
"#,
        &[
            "1.0 True",
            "1.0 child: CancelledError()",
            "4.0 child: cleaned up",
            "4.0 CancelledError('stop 0') 1",
            "4.0 True 1",
            "4.5 leaving",
            "5.0 True",
            "5.0 child: CancelledError()",
            "8.0 child: cleaned up",
            "8.0 CancelledError('stop 0') 1",
            "8.0 True 1",
            "9.0 True",
            "9.0 child: CancelledError()",
            "10.0 True",
            "11.0 True",
            "12.0 child: cleaned up",
            "12.0 CancelledError('stop 0') 3",
            "12.0 True 3",
            "12.5 leaving",
            "13.0 True",
            "13.0 child: CancelledError()",
            "14.0 True",
            "15.0 True",
            "16.0 child: cleaned up",
            "16.0 CancelledError('stop 0') 3",
            "16.0 True 3",
        ],
        async {
            async fn parent(delay: f64, cleanup: f64) -> Result<u32> {
                let ended = TaskGroup::scope(async |group| {
                    group.create_task(cleaner("child", 9.0, cleanup))?;
                    sleep(delay).await?;
                    print("leaving");
                    Ok(())
                });
                let ended = ended.await;
                if let Err(error) = &ended {
                    print(format!("{} {}", error.repr(), cancelling()));
                }
                ended.map(|()| 0)
            }
            for (delay, times) in [(9.0, 1), (0.5, 1), (9.0, 3), (0.5, 3)] {
                let task = create_task(parent(delay, 3.0));
                for n in 0..times {
                    sleep(1.0).await?;
                    print(truth(task.cancel_with(&format!("stop {n}"))));
                }
                wait(from_ref(&task)).await?;
                print(format!("{} {times}", truth(task.cancelled())));
            }
            Ok(())
        },
    );
}

#[test]
fn cancelled_from_outside_and_by_a_failure() {
    check(
        r#"
async def worse(delay, cleanup):
    try:
        await asyncio.sleep(delay)
    finally:
        await asyncio.sleep(cleanup)
        raise ValueError("worse")
async def parent(delay, cleanup):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(worse(delay, cleanup))
            group.create_task(worse(9, 2))
            await asyncio.sleep(9)
    except BaseException as error:
        print(repr(error), asyncio.current_task().cancelling())
    # A cancellation from outside is not lost.
    try:
        await asyncio.sleep(1)
        print("went on")
    except asyncio.CancelledError as error:
        print(repr(error), asyncio.current_task().cancelling())
        raise
async def main():
    # Cancelled before the failure, at it (first, second), and while the siblings clean up.
    for at, delay, order in [(1, 2, 0), (1, 1, 0), (1, 1, 1), (1.5, 1, 0)]:
        if order == 0:
            asyncio.get_running_loop().call_later(at, lambda: task.cancel("stop"))
        task = asyncio.create_task(parent(delay, 0))
        if order == 1:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            asyncio.get_running_loop().call_later(at, lambda: task.cancel("stop"))
        await asyncio.wait([task])
        print(task.cancelled(), task.cancelling())
"#,
        &[
            "3.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('worse'), ValueError('worse')]) 1",
            "3.0 CancelledError() 1",
            "3.0 True 1",
            "6.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('worse'), ValueError('worse')]) 1",
            "6.0 CancelledError() 1",
            "6.0 True 1",
            "9.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('worse')]) 1",
            "9.0 CancelledError() 1",
            "9.0 True 1",
            "12.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('worse'), ValueError('worse')]) 1",
            "12.0 CancelledError() 1",
            "12.0 True 1",
        ],
        async {
            async fn worse(delay: f64, cleanup: f64) -> Result {
                let _ = sleep(delay).await;
                sleep(cleanup).await?;
                Err(Error::new("ValueError", "worse"))
            }
            async fn parent(delay: f64, cleanup: f64) -> Result<u32> {
                let ended = TaskGroup::scope(async |group| {
                    group.create_task(worse(delay, cleanup))?;
                    group.create_task(worse(9.0, 2.0))?;
                    sleep(9.0).await
                });
                if let Err(error) = ended.await {
                    print(format!("{} {}", error.repr(), cancelling()));
                }
                let slept = sleep(1.0).await;
                match &slept {
                    Ok(()) => print("went on"),
                    Err(error) => print(format!("{} {}", error.repr(), cancelling())),
                }
                slept.map(|()| cancelling())
            }
            for (at, delay, order) in [(1.0, 2.0, 0), (1.0, 1.0, 0), (1.0, 1.0, 1), (1.5, 1.0, 0)] {
                let task = create_task(parent(delay, 0.0));
                if order == 1 {
                    sleep(0.0).await?;
                    sleep(0.0).await?;
                }
                let victim = task.clone();
                call_later(at, move || {
                    victim.cancel_with("stop");
                });
                wait(from_ref(&task)).await?;
                print(format!("{} 1", truth(task.cancelled())));
            }
            Ok(())
        },
    );
}

#[test]
fn inside_a_timeout_and_around_one() {
    check(
        r#"
async def slow(name, cleanup):
    try:
        await asyncio.sleep(9)
    finally:
        await asyncio.sleep(cleanup)
        print(name)
async def main():
    for delay in (1, 0):
        try:
            async with asyncio.timeout(delay):
                async with asyncio.TaskGroup() as group:
                    group.create_task(slow("child", 1))
                    group.create_task(slow("sibling", 2))
        except TimeoutError as error:
            print(repr(error), asyncio.current_task().cancelling())
    # A failure and the deadline at one moment, either first.
    for first in (True, False):
        try:
            async with asyncio.timeout(None if first else 1) as timeout:
                async with asyncio.TaskGroup() as group:
                    group.create_task(failing(1))
                    group.create_task(slow("sibling", 1))
                    if first:
                        await asyncio.sleep(0)
                        await asyncio.sleep(0)
                        timeout.reschedule(asyncio.get_running_loop().time() + 1)
        except Exception as error:
            print(repr(error), repr(timeout), asyncio.current_task().cancelling())
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as error:
            print(repr(error))
    async with asyncio.TaskGroup() as group:
        group.create_task(job("patient", 2))
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(9)
        except TimeoutError as error:
            print(repr(error), repr(group))
"#,
        &[
            "2.0 child",
            "3.0 sibling",
            "3.0 TimeoutError() 0",
            "4.0 child",
            "5.0 sibling",
            "5.0 TimeoutError() 0",
            "7.0 sibling",
            "7.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('bad')]) <Timeout [expired]> 0",
            "10.0 sibling",
            "10.0 TimeoutError() <Timeout [expired]> 0",
            "12.0 TimeoutError() <TaskGroup tasks=1 entered>",
            "13.0 patient",
        ],
        async {
            async fn slow(name: &'static str, cleanup: f64) -> Result {
                let slept = sleep(9.0).await;
                sleep(cleanup).await?;
                print(name);
                slept
            }
            for delay in [1.0, 0.0] {
                let scope = timeout(Some(delay)).scope(async |_| {
                    let scope = TaskGroup::scope(async |group| {
                        group.create_task(slow("child", 1.0))?;
                        group.create_task(slow("sibling", 2.0))
                    });
                    scope.await
                });
                let error = scope.await.err().unwrap();
                print(format!("{} {}", error.repr(), cancelling()));
            }
            for first in [true, false] {
                let timeout = timeout((!first).then_some(1.0));
                let scope = timeout.scope(async |timeout| {
                    let scope = TaskGroup::scope(async |group| {
                        group.create_task(failing(1.0))?;
                        group.create_task(slow("sibling", 1.0))?;
                        if first {
                            sleep(0.0).await?;
                            sleep(0.0).await?;
                            timeout.reschedule(Some(time() + 1.0))?;
                        }
                        Ok(())
                    });
                    scope.await
                });
                if let Err(error) = scope.await {
                    print(format!("{} {} {}", error.repr(), timeout.repr(), cancelling()));
                }
                if let Err(error) = sleep(1.0).await {
                    print(error.repr());
                }
            }
            let scope = TaskGroup::scope(async |group| {
                group.create_task(job("patient", 2.0))?;
                let error = timeout(Some(1.0)).scope(async |_| sleep(9.0).await).await.unwrap_err();
                print(format!("{} {}", error.repr(), group.repr()));
                Ok(())
            });
            scope.await
        },
    );
}
