//! `TaskGroup`.

use super::*;
use trace::{GroupOp, Wait};

/// An error as `repr()`, with the members of a group.
fn say<T>(result: &Result<T>) {
    if let Err(error) = result {
        print(error.repr());
    }
}

#[test]
fn it_waits_for_its_tasks() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(2))
    async with asyncio.TaskGroup() as group:
        print(repr(group))
        tasks = [group.create_task(job(name, delay)) for name, delay in [("b", 2), ("a", 1)]]
        named = group.create_task(job("c", 2), name="named")
        print(repr(group))
        await asyncio.sleep(1.5)
        print(repr(group), named.get_name(), tasks[0].get_name())
    print(repr(group), *[task.result() for task in tasks])
    async with asyncio.TaskGroup() as group:
        asyncio.create_task(ticker(2))
    print("empty")
    async with asyncio.TaskGroup() as group:
        await group.create_task(job("awaited inside", 1))
    print("no turn more")
"#,
        &[
            "0.0 <TaskGroup entered>",
            "0.0 <TaskGroup tasks=3 entered>",
            "0.0 tick 0",
            "0.0 tick 1",
            "1.0 a",
            "1.5 <TaskGroup tasks=2 entered> named Task-3",
            "2.0 b",
            "2.0 c",
            "2.0 <TaskGroup entered> b a",
            "2.0 empty",
            "2.0 tick 0",
            "2.0 tick 1",
            "3.0 awaited inside",
            "3.0 no turn more",
        ],
        async {
            create_task(ticker(2));
            let scope = TaskGroup::scope(async |group| {
                print(group.repr());
                let tasks = [group.create_task(job("b", 2.0))?, group.create_task(job("a", 1.0))?];
                let named = group.create_task_named(job("c", 2.0), "named")?;
                print(group.repr());
                sleep(1.5).await?;
                print(format!("{} {} {}", group.repr(), named.name(), tasks[0].name()));
                Ok((group, tasks))
            });
            let (group, tasks) = scope.await?;
            let results = tasks.map(|task| task.result().unwrap());
            print(format!("{} {}", group.repr(), results.join(" ")));
            TaskGroup::scope(async |_| {
                create_task(ticker(2));
                Ok(())
            })
            .await?;
            print("empty");
            let scope = TaskGroup::scope(async |group| {
                group.create_task(job("awaited inside", 1.0))?.await
            });
            scope.await?;
            print("no turn more");
            Ok(())
        },
    );
}

#[test]
fn a_failure_cancels_the_siblings_and_the_body() {
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
async def main():
    # In the body; while leaving.
    for delay in (9, 0):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(cleaner("a", 9, 1))
                group.create_task(failing(1))
                group.create_task(cleaner("b", 9, 2))
                await cleaner("body", delay, 0.5)
                print("left")
        except ExceptionGroup as error:
            print(repr(error), str(error), repr(group), asyncio.current_task().cancelling())
    await asyncio.sleep(1)
"#,
        &[
            "1.0 a: CancelledError()",
            "1.0 b: CancelledError()",
            "1.0 body: CancelledError()",
            "1.5 body: cleaned up",
            "2.0 a: cleaned up",
            "3.0 b: cleaned up",
            "3.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('bad')]) unhandled errors in a TaskGroup (1 sub-exception) <TaskGroup cancelling> 0",
            "3.0 left",
            "4.0 a: CancelledError()",
            "4.0 b: CancelledError()",
            "5.0 a: cleaned up",
            "6.0 b: cleaned up",
            "6.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('bad')]) unhandled errors in a TaskGroup (1 sub-exception) <TaskGroup cancelling> 0",
        ],
        async {
            for delay in [9.0, 0.0] {
                let group = TaskGroup::new();
                group.enter()?;
                group.create_task(cleaner("a", 9.0, 1.0))?;
                group.create_task(failing(1.0))?;
                group.create_task(cleaner("b", 9.0, 2.0))?;
                let result = cleaner("body", delay, 0.5).await.map(|_| print("left"));
                let error = group.exit(result).await.unwrap_err();
                print(format!("{} {error} {} {}", error.repr(), group.repr(), cancelling()));
            }
            sleep(1.0).await
        },
    );
}

#[test]
fn a_body_that_raises_cancels_the_tasks() {
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
async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(cleaner("a", 9, 1))
            group.create_task(job("never begun", 0))
            raise KeyError("body")
    except ExceptionGroup as error:
        print(repr(error), asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(cleaner("a", 9, 1))
            await asyncio.sleep(1)
            raise SystemExit(3)
    except SystemExit as error:
        print(repr(error), repr(group))
    try:
        async with asyncio.TaskGroup() as group:
            raise asyncio.CancelledError("by hand")
    except asyncio.CancelledError as error:
        print(repr(error), repr(group))
    await asyncio.sleep(1)
"#,
        &[
            "0.0 ExceptionGroup('unhandled errors in a TaskGroup', [KeyError('body')]) 0",
            "1.0 a: CancelledError()",
            "2.0 a: cleaned up",
            "2.0 SystemExit(3) <TaskGroup cancelling>",
            "2.0 CancelledError('by hand') <TaskGroup cancelling>",
        ],
        async {
            let scope = TaskGroup::scope(async |group| {
                group.create_task(cleaner("a", 9.0, 1.0))?;
                group.create_task(job("never begun", 0.0))?;
                Err::<(), _>(Error::new("KeyError", "body"))
            });
            let error = scope.await.unwrap_err();
            print(format!("{} {}", error.repr(), cancelling()));
            let group = TaskGroup::new();
            group.enter()?;
            group.create_task(cleaner("a", 9.0, 1.0))?;
            sleep(1.0).await?;
            let exit = group.exit::<()>(Err(Error::new("SystemExit", "3")));
            let error = exit.await.unwrap_err();
            print(format!("{} {}", error.repr().replace('\'', ""), group.repr()));
            let group = TaskGroup::new();
            group.enter()?;
            let exit = group.exit::<()>(Err(Error::cancelled(Some("by hand".into()))));
            print(format!("{} {}", exit.await.unwrap_err().repr(), group.repr()));
            sleep(1.0).await
        },
    );
}

#[test]
fn what_was_raised_comes_out_in_that_order() {
    check(
        r#"
async def worse(delay, text):
    try:
        await asyncio.sleep(delay)
    finally:
        raise ValueError(text)
async def main():
    # While being cancelled; at one moment; the body's own comes last.
    try:
        async with asyncio.TaskGroup() as group:
            for delay, text in [(9, "cancelled"), (1, "first"), (1, "second")]:
                group.create_task(worse(delay, text))
            try:
                await asyncio.sleep(9)
            finally:
                print(repr(group))
                await asyncio.sleep(1)
                raise KeyError("body")
    except* ValueError as errors:
        print(repr(errors))
    except* KeyError as errors:
        print(repr(errors))
    # A group in a group.
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(worse(9, "outer"))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(worse(1, "inner"))
    except* Exception as errors:
        print(repr(errors), asyncio.current_task().cancelling())
    await asyncio.sleep(1)
"#,
        &[
            "1.0 <TaskGroup tasks=1 errors=2 cancelling>",
            "2.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('first'), ValueError('second'), ValueError('cancelled')])",
            "2.0 ExceptionGroup('unhandled errors in a TaskGroup', [KeyError('body')])",
            "3.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('outer'), ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('inner')])]) 0",
        ],
        async {
            async fn worse(delay: f64, text: &'static str) -> Result {
                let _ = sleep(delay).await;
                Err(Error::new("ValueError", text))
            }
            let scope = TaskGroup::scope(async |group| {
                for (delay, text) in [(9.0, "cancelled"), (1.0, "first"), (1.0, "second")] {
                    group.create_task(worse(delay, text))?;
                }
                let _ = sleep(9.0).await;
                print(group.repr());
                sleep(1.0).await?;
                Err::<(), _>(Error::new("KeyError", "body"))
            });
            let error = scope.await.unwrap_err();
            for type_name in ["ValueError", "KeyError"] {
                // What `except*` makes of it.
                let members = error.members().iter().filter(|member| member.is(type_name));
                let members = members.cloned().collect();
                print(Exception::group("unhandled errors in a TaskGroup", members).repr());
            }
            let scope = TaskGroup::scope(async |outer| {
                outer.create_task(worse(9.0, "outer"))?;
                TaskGroup::scope(async |inner| inner.create_task(worse(1.0, "inner"))).await
            });
            let error = scope.await.err().unwrap();
            print(format!("{} {}", error.repr(), cancelling()));
            sleep(1.0).await
        },
    );
}

#[test]
fn a_cancelled_child_is_no_failure() {
    check(
        r#"
async def main():
    async with asyncio.TaskGroup() as group:
        victim = group.create_task(job("never", 9))
        group.create_task(job("sibling", 2))
        await asyncio.sleep(1)
        victim.cancel("stop")
        try:
            await victim
        except asyncio.CancelledError as error:
            print(repr(error))
        print(repr(group))
    print(repr(group), victim.cancelled())
"#,
        &[
            "1.0 CancelledError('stop')",
            "1.0 <TaskGroup tasks=1 entered>",
            "2.0 sibling",
            "2.0 <TaskGroup entered> True",
        ],
        async {
            let group = TaskGroup::new();
            group.enter()?;
            let victim = group.create_task(job("never", 9.0))?;
            group.create_task(job("sibling", 2.0))?;
            sleep(1.0).await?;
            victim.cancel_with("stop");
            outcome((&victim).await);
            print(group.repr());
            group.exit(Ok(())).await?;
            print(format!("{} {}", group.repr(), truth(victim.cancelled())));
            Ok(())
        },
    );
}

#[test]
fn children_may_create_more() {
    check(
        r#"
async def child(group, depth):
    await asyncio.sleep(1)
    print(depth, repr(group))
    if depth:
        group.create_task(child(group, depth - 1))
async def late(group):
    try:
        await asyncio.sleep(9)
    finally:
        try:
            group.create_task(job("never", 0))
        except RuntimeError as error:
            print(repr(error))
async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(child(group, 2))
    print(repr(group))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(late(group))
            group.create_task(failing(1))
    except* ValueError as errors:
        print(repr(errors))
"#,
        &[
            "1.0 2 <TaskGroup tasks=1 entered>",
            "2.0 1 <TaskGroup tasks=1 entered>",
            "3.0 0 <TaskGroup tasks=1 entered>",
            "3.0 <TaskGroup entered>",
            "4.0 RuntimeError('TaskGroup <TaskGroup tasks=1 errors=1 cancelling> is shutting down')",
            "4.0 ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('bad')])",
        ],
        async {
            async fn child(group: TaskGroup, depth: u32) -> Result {
                sleep(1.0).await?;
                print(format!("{depth} {}", group.repr()));
                if depth > 0 {
                    // A future that holds itself needs a box.
                    let next: std::pin::Pin<Box<dyn StdFuture<Output = Result>>> =
                        Box::pin(child(group.clone(), depth - 1));
                    group.create_task(next)?;
                }
                Ok(())
            }
            let scope = TaskGroup::scope(async |group| {
                group.create_task(child(group.clone(), 2))?;
                Ok(group)
            });
            print(scope.await?.repr());
            let scope = TaskGroup::scope(async |group| {
                let inside = group.clone();
                group.create_task(async move {
                    let slept = sleep(9.0).await;
                    say(&inside.create_task(job("never", 0.0)));
                    slept
                })?;
                group.create_task(failing(1.0))
            });
            say(&scope.await);
            Ok(())
        },
    );
}

#[test]
fn what_its_state_does_not_allow_is_an_error() {
    check(
        r#"
def attempt(group):
    try:
        group.create_task(job("never", 0))
    except RuntimeError as error:
        print(repr(error))
async def enter(group):
    try:
        await group.__aenter__()
    except RuntimeError as error:
        print(repr(error))
async def main():
    loop = asyncio.get_running_loop()
    group = asyncio.TaskGroup()
    attempt(group)
    async with group:
        group.create_task(job("child", 1))
        await enter(group)
    attempt(group)
    await enter(group)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(failing(1))
            group.create_task(job("never", 9))
            loop.call_at(loop.time() + 1, loop.call_soon, loop.call_soon, attempt, group)
            try:
                await asyncio.sleep(9)
            finally:
                attempt(group)
    except* ValueError:
        attempt(group)
    async with asyncio.TaskGroup() as group:
        loop.call_later(1, attempt, group)
        task = group.create_task(asyncio.sleep(1))
        task.add_done_callback(lambda _: attempt(group))
    def outside_a_task():
        try:
            asyncio.TaskGroup().__aenter__().send(None)
        except RuntimeError as error:
            print(repr(error))
    loop.call_soon(outside_a_task)
    await asyncio.sleep(0)
    try:
        await asyncio.TaskGroup().__aexit__(ValueError, ValueError(), None)
    except AttributeError as error:
        print(repr(error))
    await asyncio.TaskGroup().__aexit__(None, None, None)
"#,
        &[
            "0.0 RuntimeError('TaskGroup <TaskGroup> has not been entered')",
            "0.0 RuntimeError('TaskGroup <TaskGroup tasks=1 entered> has already been entered')",
            "1.0 child",
            "1.0 RuntimeError('TaskGroup <TaskGroup entered> is finished')",
            "1.0 RuntimeError('TaskGroup <TaskGroup entered> has already been entered')",
            "2.0 RuntimeError('TaskGroup <TaskGroup tasks=2 errors=1 cancelling> is shutting down')",
            "2.0 RuntimeError('TaskGroup <TaskGroup cancelling> is finished')",
            "3.0 never",
            "3.0 never",
            "3.0 RuntimeError('TaskGroup <TaskGroup> cannot determine the parent task')",
            "3.0 AttributeError(\"'NoneType' object has no attribute 'cancelling'\")",
        ],
        async {
            fn attempt(group: &TaskGroup) {
                say(&group.create_task(job("never", 0.0)));
            }
            let group = TaskGroup::new();
            attempt(&group);
            group.enter()?;
            group.create_task(job("child", 1.0))?;
            say(&group.enter());
            group.exit(Ok(())).await?;
            attempt(&group);
            say(&group.enter());
            let group = TaskGroup::new();
            group.enter()?;
            group.create_task(failing(1.0))?;
            group.create_task(job("never", 9.0))?;
            let soon = group.clone();
            call_later(1.0, || {
                call_soon(|| drop(call_soon(move || attempt(&soon))));
            });
            let slept = sleep(9.0).await;
            attempt(&group);
            if group.exit(slept).await.is_err() {
                attempt(&group);
            }
            let scope = TaskGroup::scope(async |group| {
                let (one, two) = (group.clone(), group.clone());
                call_later(1.0, move || attempt(&one));
                let task = group.create_task(async { sleep(1.0).await })?;
                task.add_done_callback(move |_| attempt(&two));
                Ok(())
            });
            scope.await?;
            call_soon(|| say(&TaskGroup::new().enter()));
            sleep(0.0).await?;
            let exit = TaskGroup::new().exit::<()>(Err(Error::new("ValueError", "")));
            say(&exit.await);
            TaskGroup::new().exit(Ok(())).await
        },
    );
}

#[test]
fn never_left_its_children_go_on() {
    check(
        r#"
async def main():
    async def parent(*coroutines):
        group = await asyncio.TaskGroup().__aenter__()
        return group, [group.create_task(coroutine) for coroutine in coroutines]
    group, tasks = await asyncio.create_task(parent(job("a", 1), failing(2), job("b", 3)))
    await asyncio.wait(tasks)
    print(repr(group))
"#,
        &["1.0 a", "3.0 b", "3.0 <TaskGroup errors=1 entered>"],
        async {
            let parent = create_task(async {
                let group = TaskGroup::new();
                group.enter()?;
                let tasks = [
                    group.create_task(job("a", 1.0))?,
                    group.create_task(failing(2.0))?,
                    group.create_task(job("b", 3.0))?,
                ];
                Ok((group, tasks))
            });
            let (group, tasks) = parent.await?;
            wait(&tasks).await?;
            print(group.repr());
            Ok(())
        },
    );
}

#[test]
fn the_trace_knows_whom_it_waits_for() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        let scope = TaskGroup::scope(async |group| {
            group.create_task(job("a", 1.0))?;
            group.create_task(job("b", 2.0))?;
            sleep(1.5).await
        });
        scope.await
    });
    while run.step() != Status::Ended {}
    let waits: Vec<Vec<u32>> = run.trace().with(|events| {
        let waits = events.iter().filter_map(|event| match &event.kind {
            EventKind::Suspended {
                wait: Wait::Tasks { op: GroupOp::TaskGroup, tasks }, ..
            } => Some(tasks.iter().map(|task| task.0).collect()),
            _ => None,
        });
        waits.collect()
    });
    assert_eq!(waits, [[2]]);
}

#[test]
fn dropped_in_its_body_it_cancels_its_tasks() {
    let lines = printed(async {
        let scope = TaskGroup::scope(async |group| {
            group.create_task(cleaner("child", 9.0, 0.0))?;
            sleep(9.0).await
        });
        let parent = create_task(async move {
            // Polled once and then forgotten, as no Python program can.
            let mut scope = Box::pin(scope);
            let waker = std::task::Waker::noop();
            let polled = scope.as_mut().poll(&mut std::task::Context::from_waker(waker));
            assert!(polled.is_pending());
            sleep(1.0).await
        });
        parent.await?;
        sleep(1.0).await
    });
    assert_eq!(lines, ["1.0 child: CancelledError()", "1.0 child: cleaned up"]);
}
