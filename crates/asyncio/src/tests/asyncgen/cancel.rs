//! Cancelling tasks that await a generator's method.

use super::*;

#[test]
fn where_the_body_awaits_it_is_cancelled() {
    check(
        with_ticks!(
            r#"
async def main():
    generator = ticks("ticks", 3)
    asyncio.create_task(ticker(6))
    await show("next", anext(generator))
    task = asyncio.create_task(anext(generator))
    await asyncio.sleep(0)
    task.cancel("stop")
    await show("task", task)
    print(task.cancelled())
    await show("next", anext(generator))
"#
        ),
        &[
            "0.0 next 0",
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 ticks gets CancelledError('stop')",
            "0.0 tick 2",
            "0.0 tick 3",
            "0.0 tick 4",
            "0.0 tick 5",
            "1.0 ticks cleaned up",
            "1.0 task CancelledError('stop')",
            "1.0 True",
            "1.0 next None",
        ],
        async {
            let generator = ticks("ticks", 3);
            create_task(ticker(6));
            show("next", generator.next()).await;
            let task = create_task(generator.next());
            sleep(0.0).await?;
            task.cancel_with("stop");
            show("task", (&task).into_future()).await;
            print(truth(task.cancelled()));
            show("next", generator.next()).await;
            Ok(())
        },
    );
}

#[test]
fn a_body_may_go_on_after_a_cancellation() {
    check(
        with_show!(
            r#"
async def patient():
    n = 0
    while True:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError as error:
            print(repr(error))
            await asyncio.sleep(1)
        n += 1
        yield n
async def main():
    generator = patient()
    task = asyncio.create_task(anext(generator))
    await asyncio.sleep(1)
    task.cancel("hurry")
    await show("task", task)
    print(task.cancelled())
    await show("next", anext(generator))
    await show("in time", asyncio.wait_for(anext(generator), 6))
    await show("too late", asyncio.wait_for(anext(generator), 2))
    await show("next", anext(generator))
"#
        ),
        &[
            "1.0 CancelledError('hurry')",
            "2.0 task 1",
            "2.0 False",
            "7.0 next 2",
            "12.0 in time 3",
            "14.0 CancelledError()",
            "15.0 too late 4",
            "20.0 next 5",
        ],
        async {
            let generator = async_generator("patient", async |numbers| {
                for n in 1.. {
                    match sleep(5.0).await {
                        Err(error) if error.is_cancelled() => {
                            print(error.repr());
                            sleep(1.0).await?;
                        }
                        other => other?,
                    }
                    numbers.yield_(n).await?;
                }
                Ok(())
            });
            let task = create_task(generator.next());
            sleep(1.0).await?;
            task.cancel_with("hurry");
            show("task", (&task).into_future()).await;
            print(truth(task.cancelled()));
            show("next", generator.next()).await;
            show("in time", wait_for(generator.next(), Some(6.0))).await;
            show("too late", wait_for(generator.next(), Some(2.0))).await;
            show("next", generator.next()).await;
            Ok(())
        },
    );
}

#[test]
fn during_the_cleanup() {
    check(
        with_ticks!(
            r#"
async def main():
    for method in ["next", "athrow", "aclose"]:
        generator = ticks(method, 2)
        await show("first", anext(generator))
        awaited = {"next": anext(generator), "athrow": generator.athrow(ValueError("bad")),
                   "aclose": generator.aclose()}[method]
        task = asyncio.create_task(awaited)
        if method == "next":
            await asyncio.sleep(0.5)
            task.cancel("first")
        await asyncio.sleep(0.5)
        task.cancel("second")
        await show("task", task)
        print(task.cancelled())
        await show("next", anext(generator))
        await show("aclose", generator.aclose())
"#
        ),
        &[
            "0.0 first 0",
            "0.5 next gets CancelledError('first')",
            "1.0 task CancelledError('second')",
            "1.0 True",
            "1.0 next None",
            "1.0 aclose None",
            "1.0 first 0",
            "1.0 athrow gets ValueError('bad')",
            "1.5 task CancelledError('second')",
            "1.5 True",
            "1.5 next None",
            "1.5 aclose None",
            "1.5 first 0",
            "1.5 aclose gets GeneratorExit()",
            "2.0 task CancelledError('second')",
            "2.0 True",
            "2.0 next None",
            "2.0 aclose None",
        ],
        async {
            for method in ["next", "athrow", "aclose"] {
                let generator = ticks(method, 2);
                show("first", generator.next()).await;
                let task = match method {
                    "next" => create_task(generator.next()),
                    "athrow" => create_task(generator.athrow(Error::new("ValueError", "bad"))),
                    _ => {
                        let closing = generator.aclose();
                        create_task(async { closing.await.map(|()| None) })
                    }
                };
                if method == "next" {
                    sleep(0.5).await?;
                    task.cancel_with("first");
                }
                sleep(0.5).await?;
                task.cancel_with("second");
                show("task", (&task).into_future()).await;
                print(truth(task.cancelled()));
                show("next", generator.next()).await;
                show_close("aclose", &generator).await;
            }
            Ok(())
        },
    );
}

/// Makes a task of a method, whose value does not matter, and cancels it at once.
async fn cancelled(method: &str, generator: &AsyncGenerator<u32>) {
    match method {
        "next" => early(generator.next(), |value| value).await,
        "aclose" => early(generator.aclose(), |()| None).await,
        _ => early(generator.athrow(Error::new("ValueError", "bad")), |value| value).await,
    }
}

async fn early<R: Clone + 'static>(method: Coro<R>, value: impl Fn(R) -> Option<u32>) {
    let task = create_task(method);
    print(task.name());
    task.cancel_with("early");
    let awaited = &task;
    show("task", async { awaited.await.map(value) }).await;
    print(truth(task.cancelled()));
}

/// The Python of [`show`], [`ticks`] and [`cancelled`].
macro_rules! with_cancelled {
    ($program:literal) => {
        concat!(
            r#"
async def show(what, awaited):
    try:
        print(what, await awaited)
    except StopAsyncIteration:
        print(what, "None")
    except BaseException as error:
        print(what, repr(error))
async def ticks(name, count):
    try:
        for n in range(count):
            yield n
            await asyncio.sleep(1)
    except BaseException as error:
        print(f"{name} gets {error!r}")
        await asyncio.sleep(1)
        print(f"{name} cleaned up")
        raise
async def cancelled(awaitable):
    task = asyncio.create_task(awaitable)
    print(task.get_name())
    task.cancel("early")
    await show("task", task)
    print(task.cancelled())"#,
            $program
        )
    };
}

#[test]
fn before_its_first_step_a_method_throws_the_cancellation_into_the_body() {
    check(
        with_cancelled!(
            r#"
async def main():
    for method in [lambda generator: anext(generator), lambda generator: generator.aclose(),
                   lambda generator: generator.athrow(ValueError("bad"))]:
        generator = ticks("unbegun", 2)
        await cancelled(method(generator))
        await show("next", anext(generator))
        generator = ticks("begun", 2)
        await show("next", anext(generator))
        await cancelled(method(generator))
        await show("next", anext(generator))
        await cancelled(method(generator))
        generator = ticks("busy", 2)
        await show("next", anext(generator))
        waiting = asyncio.create_task(show("waiting", anext(generator)))
        await asyncio.sleep(0.5)
        await cancelled(method(generator))
        await waiting
        await show("aclose", generator.aclose())
"#
        ),
        &[
            "0.0 Task-2",
            "0.0 task CancelledError('early')",
            "0.0 True",
            "0.0 next None",
            "0.0 next 0",
            "0.0 Task-3",
            "0.0 begun gets CancelledError('early')",
            "1.0 begun cleaned up",
            "1.0 task CancelledError('early')",
            "1.0 True",
            "1.0 next None",
            "1.0 Task-4",
            "1.0 task CancelledError('early')",
            "1.0 True",
            "1.0 next 0",
            "1.5 Task-6",
            "1.5 task RuntimeError('anext(): asynchronous generator is already running')",
            "1.5 False",
            "2.0 waiting 1",
            "2.0 busy gets GeneratorExit()",
            "3.0 busy cleaned up",
            "3.0 aclose None",
            "3.0 Task-7",
            "3.0 task CancelledError('early')",
            "3.0 True",
            "3.0 next None",
            "3.0 next 0",
            "3.0 Task-8",
            "3.0 begun gets CancelledError('early')",
            "4.0 begun cleaned up",
            "4.0 task CancelledError('early')",
            "4.0 True",
            "4.0 next None",
            "4.0 Task-9",
            "4.0 task CancelledError('early')",
            "4.0 True",
            "4.0 next 0",
            "4.5 Task-11",
            "4.5 task RuntimeError('aclose(): asynchronous generator is already running')",
            "4.5 False",
            "5.0 waiting 1",
            "5.0 busy gets GeneratorExit()",
            "6.0 busy cleaned up",
            "6.0 aclose None",
            "6.0 Task-12",
            "6.0 task CancelledError('early')",
            "6.0 True",
            "6.0 next None",
            "6.0 next 0",
            "6.0 Task-13",
            "6.0 begun gets CancelledError('early')",
            "7.0 begun cleaned up",
            "7.0 task CancelledError('early')",
            "7.0 True",
            "7.0 next None",
            "7.0 Task-14",
            "7.0 task CancelledError('early')",
            "7.0 True",
            "7.0 next 0",
            "7.5 Task-16",
            "7.5 task RuntimeError('athrow(): asynchronous generator is already running')",
            "7.5 False",
            "8.0 waiting 1",
            "8.0 busy gets GeneratorExit()",
            "9.0 busy cleaned up",
            "9.0 aclose None",
        ],
        async {
            for method in ["next", "aclose", "athrow"] {
                let generator = ticks("unbegun", 2);
                cancelled(method, &generator).await;
                show("next", generator.next()).await;
                let generator = ticks("begun", 2);
                show("next", generator.next()).await;
                cancelled(method, &generator).await;
                show("next", generator.next()).await;
                cancelled(method, &generator).await;
                let generator = ticks("busy", 2);
                show("next", generator.next()).await;
                let waited = generator.clone();
                let waiting = create_task(async move {
                    show("waiting", waited.next()).await;
                    Ok(())
                });
                sleep(0.5).await?;
                cancelled(method, &generator).await;
                waiting.await?;
                show_close("aclose", &generator).await;
            }
            Ok(())
        },
    );
}

#[test]
fn a_body_that_yields_to_a_cancellation_thrown_in() {
    check(
        with_cancelled!(
            r#"
async def deaf():
    for n in range(9):
        try:
            yield n
        except asyncio.CancelledError as error:
            print("not heard", repr(error))
async def main():
    generator = deaf()
    await show("next", anext(generator))
    for method in [anext(generator), generator.aclose(), generator.athrow(ValueError("bad"))]:
        await cancelled(method)
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
"#
        ),
        &[
            "0.0 next 0",
            "0.0 Task-2",
            "0.0 not heard CancelledError('early')",
            "0.0 task 1",
            "0.0 False",
            "0.0 Task-3",
            "0.0 not heard CancelledError('early')",
            "0.0 task RuntimeError('async generator ignored GeneratorExit')",
            "0.0 False",
            "0.0 Task-4",
            "0.0 not heard CancelledError('early')",
            "0.0 task 3",
            "0.0 False",
            "0.0 next 4",
            "0.0 aclose None",
        ],
        async {
            let generator = async_generator("deaf", async |numbers| {
                for n in 0..9 {
                    match numbers.yield_(n).await {
                        Err(error) if error.is_cancelled() => {
                            print(format!("not heard {}", error.repr()));
                        }
                        other => other?,
                    }
                }
                Ok(())
            });
            show("next", generator.next()).await;
            for method in ["next", "aclose", "athrow"] {
                cancelled(method, &generator).await;
            }
            show("next", generator.next()).await;
            show_close("aclose", &generator).await;
            Ok(())
        },
    );
}
