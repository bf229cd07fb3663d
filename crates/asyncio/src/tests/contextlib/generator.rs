//! Scopes made of generators.

use super::*;

#[test]
fn a_generator_as_a_scope() {
    check(
        with_scope!(
            r#"
@asynccontextmanager
async def managed(catch, end):
    await asyncio.sleep(1)
    try:
        yield "value"
    except BaseException as error:
        print("caught", repr(error))
        await asyncio.sleep(1)
        if not catch:
            raise
    if end:
        raise end
async def use(catch, end, error):
    async with managed(catch, end) as value:
        print(value)
        if error:
            raise error
async def main():
    for error in [None, ValueError("bad"), asyncio.CancelledError("own"), GeneratorExit(),
                  StopAsyncIteration("s"), RuntimeError("run")]:
        for catch in [False, True]:
            for end in [None, OSError("end"), StopAsyncIteration("e")]:
                await show(use(catch, end, error))
    task = asyncio.create_task(use(False, None, None))
    await asyncio.sleep(0.5)
    task.cancel()
    await show(task)
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(0)
"#
        ),
        &[
            "1.0 value",
            "1.0 went on",
            "2.0 value",
            "2.0 OSError('end')",
            "3.0 value",
            "3.0 RuntimeError('async generator raised StopAsyncIteration')",
            "4.0 value",
            "4.0 went on",
            "5.0 value",
            "5.0 OSError('end')",
            "6.0 value",
            "6.0 RuntimeError('async generator raised StopAsyncIteration')",
            "7.0 value",
            "7.0 caught ValueError('bad')",
            "8.0 ValueError('bad')",
            "9.0 value",
            "9.0 caught ValueError('bad')",
            "10.0 ValueError('bad')",
            "11.0 value",
            "11.0 caught ValueError('bad')",
            "12.0 ValueError('bad')",
            "13.0 value",
            "13.0 caught ValueError('bad')",
            "14.0 went on",
            "15.0 value",
            "15.0 caught ValueError('bad')",
            "16.0 OSError('end')",
            "17.0 value",
            "17.0 caught ValueError('bad')",
            "18.0 RuntimeError('async generator raised StopAsyncIteration')",
            "19.0 value",
            "19.0 caught CancelledError('own')",
            "20.0 CancelledError('own')",
            "21.0 value",
            "21.0 caught CancelledError('own')",
            "22.0 CancelledError('own')",
            "23.0 value",
            "23.0 caught CancelledError('own')",
            "24.0 CancelledError('own')",
            "25.0 value",
            "25.0 caught CancelledError('own')",
            "26.0 went on",
            "27.0 value",
            "27.0 caught CancelledError('own')",
            "28.0 OSError('end')",
            "29.0 value",
            "29.0 caught CancelledError('own')",
            "30.0 RuntimeError('async generator raised StopAsyncIteration')",
            "31.0 value",
            "31.0 caught GeneratorExit()",
            "32.0 GeneratorExit()",
            "33.0 value",
            "33.0 caught GeneratorExit()",
            "34.0 GeneratorExit()",
            "35.0 value",
            "35.0 caught GeneratorExit()",
            "36.0 GeneratorExit()",
            "37.0 value",
            "37.0 caught GeneratorExit()",
            "38.0 went on",
            "39.0 value",
            "39.0 caught GeneratorExit()",
            "40.0 OSError('end')",
            "41.0 value",
            "41.0 caught GeneratorExit()",
            "42.0 RuntimeError('async generator raised StopAsyncIteration')",
            "43.0 value",
            "43.0 caught StopAsyncIteration('s')",
            "44.0 StopAsyncIteration('s')",
            "45.0 value",
            "45.0 caught StopAsyncIteration('s')",
            "46.0 StopAsyncIteration('s')",
            "47.0 value",
            "47.0 caught StopAsyncIteration('s')",
            "48.0 StopAsyncIteration('s')",
            "49.0 value",
            "49.0 caught StopAsyncIteration('s')",
            "50.0 went on",
            "51.0 value",
            "51.0 caught StopAsyncIteration('s')",
            "52.0 OSError('end')",
            "53.0 value",
            "53.0 caught StopAsyncIteration('s')",
            "54.0 RuntimeError('async generator raised StopAsyncIteration')",
            "55.0 value",
            "55.0 caught RuntimeError('run')",
            "56.0 RuntimeError('run')",
            "57.0 value",
            "57.0 caught RuntimeError('run')",
            "58.0 RuntimeError('run')",
            "59.0 value",
            "59.0 caught RuntimeError('run')",
            "60.0 RuntimeError('run')",
            "61.0 value",
            "61.0 caught RuntimeError('run')",
            "62.0 went on",
            "63.0 value",
            "63.0 caught RuntimeError('run')",
            "64.0 OSError('end')",
            "65.0 value",
            "65.0 caught RuntimeError('run')",
            "66.0 RuntimeError('async generator raised StopAsyncIteration')",
            "66.5 CancelledError()",
            "66.5 Task-3",
            "66.5 job",
        ],
        async {
            async fn using(catch: bool, end: Option<Error>, error: Option<Error>) -> Result {
                let managed = asynccontextmanager("managed", async move |scope| {
                    sleep(1.0).await?;
                    if let Err(error) = scope.yield_("value").await {
                        print(format!("caught {}", error.repr()));
                        sleep(1.0).await?;
                        if !catch {
                            return Err(error);
                        }
                    }
                    end.map_or(Ok(()), Err)
                });
                let body = async |value| {
                    print(value);
                    error.map_or(Ok(()), Err)
                };
                async_with(managed, body).await.map(drop)
            }
            let errors = [
                None,
                Some(Error::new("ValueError", "bad")),
                Some(Error::cancelled(Some("own".into()))),
                Some(Error::generator_exit()),
                Some(Error::new("StopAsyncIteration", "s")),
                Some(Error::new("RuntimeError", "run")),
            ];
            for error in errors {
                for catch in [false, true] {
                    let ends = [None, Some(("OSError", "end")), Some(("StopAsyncIteration", "e"))];
                    for end in ends {
                        let end = end.map(|(type_name, text)| Error::new(type_name, text));
                        show(using(catch, end, error.clone())).await;
                    }
                }
            }
            let task = create_task(using(false, None, None));
            sleep(0.5).await?;
            task.cancel();
            show((&task).into_future()).await;
            print(create_task(job("job", 0.0)).name());
            sleep(0.0).await
        },
    );
}

#[test]
fn a_generator_that_does_not_yield_once() {
    check(
        with_scope!(
            r#"
@asynccontextmanager
async def yielding(times, end):
    try:
        for n in range(times):
            try:
                yield n
            except ValueError:
                print("caught")
    finally:
        await asyncio.sleep(1)
        print("cleaned up")
        if end:
            raise end
async def use(times, end, error):
    async with yielding(times, end) as value:
        print(value)
        if error:
            raise error
async def main():
    for times in [0, 2, 3]:
        for end in [None, OSError("end")]:
            for error in [None, ValueError("bad")]:
                await show(use(times, end, error))
"#
        ),
        &[
            "1.0 cleaned up",
            r#"1.0 RuntimeError("generator didn't yield")"#,
            "2.0 cleaned up",
            r#"2.0 RuntimeError("generator didn't yield")"#,
            "3.0 cleaned up",
            "3.0 OSError('end')",
            "4.0 cleaned up",
            "4.0 OSError('end')",
            "4.0 0",
            "5.0 cleaned up",
            r#"5.0 RuntimeError("generator didn't stop")"#,
            "5.0 0",
            "5.0 caught",
            "6.0 cleaned up",
            r#"6.0 RuntimeError("generator didn't stop after athrow()")"#,
            "6.0 0",
            "7.0 cleaned up",
            "7.0 OSError('end')",
            "7.0 0",
            "7.0 caught",
            "8.0 cleaned up",
            "8.0 OSError('end')",
            "8.0 0",
            "9.0 cleaned up",
            r#"9.0 RuntimeError("generator didn't stop")"#,
            "9.0 0",
            "9.0 caught",
            "10.0 cleaned up",
            r#"10.0 RuntimeError("generator didn't stop after athrow()")"#,
            "10.0 0",
            "11.0 cleaned up",
            "11.0 OSError('end')",
            "11.0 0",
            "11.0 caught",
            "12.0 cleaned up",
            "12.0 OSError('end')",
        ],
        async {
            async fn using(times: u32, end: Option<Error>, error: Option<Error>) -> Result {
                let yielding = asynccontextmanager("yielding", async move |scope| {
                    let yielded = async {
                        for n in 0..times {
                            match scope.yield_(n).await {
                                Err(error) if error.is("ValueError") => print("caught"),
                                other => other?,
                            }
                        }
                        Ok(())
                    };
                    let yielded = yielded.await;
                    sleep(1.0).await?;
                    print("cleaned up");
                    end.map_or(yielded, Err)
                });
                let body = async |value| {
                    print(value);
                    error.map_or(Ok(()), Err)
                };
                async_with(yielding, body).await.map(drop)
            }
            for times in [0, 2, 3] {
                for end in [None, Some(Error::new("OSError", "end"))] {
                    for error in [None, Some(Error::new("ValueError", "bad"))] {
                        show(using(times, end.clone(), error)).await;
                    }
                }
            }
            Ok(())
        },
    );
}

#[test]
fn aclosing_closes_within_the_task() {
    check(
        with_scope!(
            r#"
async def numbers():
    try:
        for n in range(5):
            yield n
    finally:
        print("in", asyncio.current_task().get_name())
        await asyncio.sleep(1)
        print("cleaned up")
async def first(error):
    async with aclosing(numbers()) as generator:
        async for n in generator:
            print(n)
            if error:
                raise error
            break
async def main():
    for error in [None, ValueError("bad")]:
        await show(first(error))
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(0)
"#
        ),
        &[
            "0.0 0",
            "0.0 in Task-1",
            "1.0 cleaned up",
            "1.0 went on",
            "1.0 0",
            "1.0 in Task-1",
            "2.0 cleaned up",
            "2.0 ValueError('bad')",
            "2.0 Task-2",
            "2.0 job",
        ],
        async {
            async fn first(error: Option<Error>) -> Result {
                let numbers = async_generator("numbers", async |numbers| {
                    let given = async {
                        for n in 0..5 {
                            numbers.yield_(n).await?;
                        }
                        Ok(())
                    };
                    let given = given.await;
                    print(format!("in {}", current_task_name().unwrap()));
                    sleep(1.0).await?;
                    print("cleaned up");
                    given
                });
                let body = async |numbers: AsyncGenerator<u32>| {
                    if let Some(n) = numbers.next().await? {
                        print(n);
                        return error.map_or(Ok(()), Err);
                    }
                    Ok(())
                };
                async_with(aclosing(numbers), body).await.map(drop)
            }
            for error in [None, Some(Error::new("ValueError", "bad"))] {
                show(first(error)).await;
            }
            print(create_task(job("job", 0.0)).name());
            sleep(0.0).await
        },
    );
}

#[test]
fn one_that_the_loop_closes_before_its_scope_is_left() {
    let kept = Rc::new(RefCell::new(None));
    let keep = kept.clone();
    check_all(
        r#"
@asynccontextmanager
async def scope():
    try:
        yield
    finally:
        print("left")
async def numbers():
    async with scope():
        try:
            yield 1
        finally:
            await asyncio.sleep(1)
async def main():
    global kept
    kept = numbers()
    print(await anext(kept))
"#,
        &[
            "0.0 1",
            "0.0 left",
            "log an error occurred during closing of asynchronous generator <async_generator object numbers>: RuntimeError: generator didn't stop after athrow()",
        ],
        async move {
            let numbers = async_generator("numbers", async |numbers| {
                let scope = asynccontextmanager("scope", async |scope| {
                    let left = scope.yield_(()).await;
                    print("left");
                    left
                });
                async_with(scope, async |()| {
                    let given = numbers.yield_(1).await;
                    sleep(1.0).await?;
                    given
                })
                .await
                .map(drop)
            });
            if let Some(n) = numbers.next().await? {
                print(n);
            }
            *keep.borrow_mut() = Some(numbers);
            Ok(())
        },
    );
    drop(kept);
}
