//! Generators that yield to their closing, and what becomes of them when they are freed.

use super::*;
use std::cell::OnceCell;

/// A generator that yields to its closing, and awaits `closing` when it is freed.
fn deaf<F>(closing: impl FnOnce() -> F + 'static) -> AsyncGenerator<u32>
where
    F: StdFuture<Output = Result>,
{
    async_generator("deaf", async move |numbers| {
        let given = async {
            let given = numbers.yield_(1).await;
            numbers.yield_(2).await?;
            given
        };
        let given = given.await;
        closing().await?;
        given
    })
}

/// The Python of [`show`] and [`deaf`].
macro_rules! with_deaf {
    ($program:literal) => {
        concat!(
            with_show!(
                r#"
async def deaf(closing):
    try:
        try:
            yield 1
        finally:
            yield 2
    finally:
        await closing()"#
            ),
            $program
        )
    };
}

#[test]
fn freed_it_runs_to_its_next_await() {
    check(
        with_deaf!(
            r#"
async def closing():
    print("freed in", asyncio.current_task().get_name())
    await asyncio.sleep(1)
    print("never")
async def main():
    generator = deaf(closing)
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
    generator = None
    print("dropped")
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(2)
"#
        ),
        &[
            "0.0 next 1",
            "0.0 aclose RuntimeError('async generator ignored GeneratorExit')",
            "0.0 freed in Task-1",
            "0.0 dropped",
            "0.0 Task-2",
            "0.0 job",
        ],
        async {
            let generator = deaf(|| async {
                print(format!("freed in {}", current_task_name().unwrap()));
                sleep(1.0).await?;
                print("never");
                Ok(())
            });
            show("next", generator.next()).await;
            show_close("aclose", &generator).await;
            drop(generator);
            print("dropped");
            print(create_task(job("job", 0.0)).name());
            sleep(2.0).await
        },
    );
}

#[test]
fn a_future_that_it_awaits_then_cannot_be_awaited_again() {
    check(
        with_deaf!(
            r#"
async def main():
    future = asyncio.get_running_loop().create_future()
    async def closing():
        await future
    generator = deaf(closing)
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
    generator = None
    await show("future", future)
"#
        ),
        &[
            "0.0 next 1",
            "0.0 aclose RuntimeError('async generator ignored GeneratorExit')",
            r#"0.0 future RuntimeError("await wasn't used with future")"#,
        ],
        async {
            let future = create_future::<()>();
            let awaited = future.clone();
            let generator = deaf(move || async move { awaited.await });
            show("next", generator.next()).await;
            show_close("aclose", &generator).await;
            drop(generator);
            show("future", async { future.await.map(|()| None::<u32>) }).await;
            Ok(())
        },
    );
}

#[test]
fn one_that_holds_the_task_that_closed_it_is_found_at_the_end() {
    check_all(
        r#"
async def timed():
    try:
        yield 1
    finally:
        async with asyncio.timeout(1):
            yield 2
async def main():
    async for n in timed():
        break
    await asyncio.sleep(0.5)
    print("end")
"#,
        &[
            "0.5 end",
            "log Task exception was never retrieved [Task-2]: RuntimeError: async generator ignored \
             GeneratorExit",
        ],
        async {
            let timed = async_generator("timed", async |numbers| {
                numbers.yield_(1).await.ok();
                let timeout = timeout(Some(1.0));
                timeout.enter()?;
                let result = numbers.yield_(2).await;
                timeout.exit(result)
            });
            timed.next().await?;
            drop(timed);
            sleep(0.5).await?;
            print("end");
            Ok(())
        },
    );
}

#[test]
fn the_task_that_closes_one_returns_what_the_front_end_wants() {
    let program = async {
        get_running_loop()?.set_closers_value("closed");
        let closer = Rc::new(OnceCell::new());
        let found = closer.clone();
        let numbers = async_generator("numbers", async move |numbers| {
            let given = numbers.yield_(1).await;
            let _ = found.set(current_task());
            given
        });
        numbers.next().await?;
        drop(numbers);
        sleep(0.0).await?;
        sleep(0.0).await?;
        let closer = closer.get().cloned().flatten().and_then(|task| task.downcast::<&str>());
        print(closer.expect("closed in a task that returns a text").await?);
        Ok(())
    };
    assert_eq!(printed(program), ["0.0 closed"]);
}

#[test]
fn what_a_group_takes_no_more_is_closed_with_its_generator() {
    check(
        with_show!(
            r#"
async def numbers(error):
    try:
        yield 1
    except GeneratorExit:
        print("closed")
        raise error
async def main():
    async with asyncio.TaskGroup() as group:
        pass
    for error in [GeneratorExit(), OSError("no")]:
        generator = numbers(error)
        await show("next", anext(generator))
        try:
            group.create_task(anext(generator))
        except Exception as refusal:
            print(repr(refusal))
        await show("next", anext(generator))
"#
        ),
        &[
            "0.0 next 1",
            "0.0 closed",
            "0.0 RuntimeError('TaskGroup <TaskGroup entered> is finished')",
            "0.0 next None",
            "0.0 next 1",
            "0.0 closed",
            "0.0 OSError('no')",
            "0.0 next None",
        ],
        async {
            let group = TaskGroup::new();
            group.enter()?;
            group.exit(Ok(())).await?;
            for error in [Error::generator_exit(), Error::new("OSError", "no")] {
                let generator = async_generator("numbers", async move |numbers| {
                    numbers.yield_(1).await.map_err(|_| {
                        print("closed");
                        error
                    })
                });
                show("next", generator.next()).await;
                if let Err(refusal) = group.create_task(generator.next()) {
                    print(refusal.repr());
                }
                show("next", generator.next()).await;
            }
            Ok(())
        },
    );
}
