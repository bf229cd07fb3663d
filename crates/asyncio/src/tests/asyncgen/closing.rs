//! Generators that are dropped, or left open at the end.

use super::*;
use crate::asyncgen::shutdown_asyncgens;
use crate::base_events::EventLoop;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

#[test]
fn left_in_the_middle_it_is_closed_by_a_task_of_its_own() {
    check(
        r#"
async def numbers(name):
    try:
        for n in range(5):
            yield n
    finally:
        print(f"{name} in {asyncio.current_task().get_name()}")
        await asyncio.sleep(1)
        print(f"{name} cleaned up")
async def main():
    asyncio.create_task(ticker(5))
    await asyncio.sleep(0)
    async for n in numbers("first"):
        if n == 2:
            break
    print("left")
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(0)
    print(asyncio.create_task(job("job", 0)).get_name())
    second = numbers("second")
    print(await anext(second))
    second = None
    unused = numbers("unused")
    unused = None
    ended = [n async for n in numbers("ended")]
    await asyncio.sleep(3)
    print(asyncio.create_task(job("job", 0)).get_name())
"#,
        &[
            "0.0 tick 0",
            "0.0 left",
            "0.0 Task-3",
            "0.0 tick 1",
            "0.0 Task-5",
            "0.0 0",
            "0.0 ended in Task-1",
            "0.0 tick 2",
            "0.0 first in Task-4",
            "0.0 job",
            "0.0 tick 3",
            "0.0 job",
            "0.0 second in Task-6",
            "0.0 tick 4",
            "1.0 ended cleaned up",
            "1.0 first cleaned up",
            "1.0 second cleaned up",
            "4.0 Task-7",
        ],
        async {
            create_task(ticker(5));
            sleep(0.0).await?;
            {
                let first = numbers("first");
                while let Some(n) = first.next().await? {
                    if n == 2 {
                        break;
                    }
                }
            }
            print("left");
            print(create_task(job("job", 0.0)).name());
            sleep(0.0).await?;
            print(create_task(job("job", 0.0)).name());
            let second = numbers("second");
            print(second.next().await?.unwrap());
            drop(second);
            drop(numbers("unused"));
            {
                let ended = numbers("ended");
                while ended.next().await?.is_some() {}
            }
            sleep(3.0).await?;
            print(create_task(job("job", 0.0)).name());
            Ok(())
        },
    );
}

/// Counts to five; says in which task it cleans up.
fn numbers(name: &'static str) -> AsyncGenerator<u32> {
    async_generator("numbers", async move |numbers| {
        let given = async {
            for n in 0..5 {
                numbers.yield_(n).await?;
            }
            Result::Ok(())
        };
        let given = given.await;
        print(format!("{name} in {}", current_task_name().unwrap()));
        sleep(1.0).await?;
        print(format!("{name} cleaned up"));
        given
    })
}

#[test]
fn a_task_that_is_cancelled_leaves_it_to_the_loop() {
    check(
        with_ticks!(
            r#"
async def consumer():
    async for n in ticks("ticks", 5):
        print(n)
        await asyncio.sleep(3)
async def failing_consumer():
    async for n in ticks("other ticks", 5):
        raise ValueError("bad")
async def main():
    task = asyncio.create_task(consumer())
    await asyncio.sleep(1)
    task.cancel()
    await show("task", task)
    await show("failed", asyncio.create_task(failing_consumer()))
    await asyncio.sleep(0)
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(2)
"#
        ),
        &[
            "0.0 0",
            "1.0 task CancelledError()",
            "1.0 ticks gets GeneratorExit()",
            "1.0 failed ValueError('bad')",
            "1.0 other ticks gets GeneratorExit()",
            "1.0 Task-6",
            "1.0 job",
            "2.0 ticks cleaned up",
            "2.0 other ticks cleaned up",
        ],
        async {
            let task = create_task(async {
                let ticks = ticks("ticks", 5);
                while let Some(n) = ticks.next().await? {
                    print(n);
                    sleep(3.0).await?;
                }
                Ok(None::<u32>)
            });
            sleep(1.0).await?;
            task.cancel();
            show("task", task.into_future()).await;
            let failed = create_task(async {
                let ticks = ticks("other ticks", 5);
                match ticks.next().await? {
                    Some(_) => Err(Error::new("ValueError", "bad")),
                    None => Ok(None::<u32>),
                }
            });
            show("failed", failed.into_future()).await;
            sleep(0.0).await?;
            print(create_task(job("job", 0.0)).name());
            sleep(2.0).await
        },
    );
}

#[test]
fn one_inside_another_is_closed_after_it() {
    check(
        with_ticks!(
            r#"
async def doubled(name):
    async for n in ticks(name, 5):
        yield 2 * n
async def main():
    generator = doubled("inner")
    await show("next", anext(generator))
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(2)
    async for n in doubled("inner of dropped"):
        break
    await asyncio.sleep(2)
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(0)
"#
        ),
        &[
            "0.0 next 0",
            "1.0 next 2",
            "1.0 aclose None",
            "1.0 Task-2",
            "1.0 inner gets GeneratorExit()",
            "1.0 job",
            "2.0 inner cleaned up",
            "3.0 inner of dropped gets GeneratorExit()",
            "4.0 inner of dropped cleaned up",
            "5.0 Task-6",
            "5.0 job",
        ],
        async {
            fn doubled(name: &'static str) -> AsyncGenerator<u32> {
                async_generator("doubled", async move |numbers| {
                    let inner = ticks(name, 5);
                    while let Some(n) = inner.next().await? {
                        numbers.yield_(2 * n).await?;
                    }
                    Ok(())
                })
            }
            let generator = doubled("inner");
            show("next", generator.next()).await;
            show("next", generator.next()).await;
            show_close("aclose", &generator).await;
            print(create_task(job("job", 0.0)).name());
            sleep(2.0).await?;
            doubled("inner of dropped").next().await?;
            sleep(2.0).await?;
            print(create_task(job("job", 0.0)).name());
            sleep(0.0).await
        },
    );
}

#[test]
fn calling_a_method_without_awaiting_counts_as_use() {
    let program = async {
        drop(ticks("never begun", 2).next());
        let closed = ticks("begun", 2);
        closed.next().await?;
        drop(closed.aclose());
        drop(closed.athrow(Error::new("ValueError", "bad")));
        drop(closed);
        sleep(0.0).await?;
        sleep(0.0).await?;
        print(create_task(job("job", 0.0)).name());
        sleep(2.0).await
    };
    let (lines, logged) = printed_and_logged(program);
    let python = with_ticks!(
        r#"
async def main():
    ticks("never begun", 2).__anext__()
    closed = ticks("begun", 2)
    await anext(closed)
    closed.aclose()
    closed.athrow(ValueError("bad"))
    closed = None
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(asyncio.create_task(job("job", 0)).get_name())
    await asyncio.sleep(2)
"#
    );
    assert_eq!(
        lines,
        ["begun gets GeneratorExit()", "Task-4", "job", "begun cleaned up"],
        "{python}"
    );
    assert_eq!(
        logged,
        [
            "coroutine method 'asend' of 'ticks' was never awaited",
            "coroutine method 'aclose' of 'ticks' was never awaited",
            "coroutine method 'athrow' of 'ticks' was never awaited"
        ],
        "{python}"
    );
}

/// What a program prints, and what is logged, without times.
fn printed_and_logged(
    main: impl StdFuture<Output = Result> + 'static,
) -> (Vec<String>, Vec<String>) {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.step() != Status::Ended {}
    run.trace().with(|events| {
        let (mut printed, mut logged) = (Vec::new(), Vec::new());
        for event in events {
            match &event.kind {
                EventKind::Printed { text, .. } => printed.push(text.to_string()),
                EventKind::Logged { log, .. } => {
                    let error = log.error.as_ref().map(|error| format!(": {error}"));
                    logged.push(format!("{}{}", log.message, error.unwrap_or_default()));
                }
                _ => {}
            }
        }
        (printed, logged)
    })
}

#[test]
fn one_that_main_leaves_open_is_cancelled_like_its_tasks() {
    check(
        with_ticks!(
            r#"
async def main():
    generator = ticks("local", 5)
    await show("next", anext(generator))
    asyncio.create_task(job("job", 5))
    print("main ends")
"#
        ),
        &["0.0 next 0", "0.0 main ends", "0.0 local gets CancelledError()", "1.0 local cleaned up"],
        async {
            let generator = ticks("local", 5);
            show("next", generator.next()).await;
            create_task(job("job", 5.0));
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn what_the_end_finds_in_tasks() {
    check(
        r#"
async def numbers(name):
    try:
        for n in range(5):
            yield n
    finally:
        print(f"{name} in {asyncio.current_task().get_name()}")
        await asyncio.sleep(1)
        print(f"{name} cleaned up")
async def consumer(name, delay):
    try:
        async for n in numbers(name):
            await asyncio.sleep(5)
    finally:
        await asyncio.sleep(delay)
async def main():
    asyncio.create_task(consumer("alone", 0))
    await asyncio.sleep(1)
"#,
        &["1.0 alone in Task-3"],
        async {
            create_task(consumer("alone", 0.0));
            sleep(1.0).await
        },
    );
    check(
        r#"
async def numbers(name):
    try:
        for n in range(5):
            yield n
    finally:
        print(f"{name} in {asyncio.current_task().get_name()}")
        await asyncio.sleep(1)
        print(f"{name} cleaned up")
async def consumer(name, delay):
    try:
        async for n in numbers(name):
            await asyncio.sleep(5)
    finally:
        await asyncio.sleep(delay)
async def main():
    asyncio.create_task(consumer("a", 0.5))
    asyncio.create_task(consumer("b", 3))
    await asyncio.sleep(1)
    raise ValueError("bad")
"#,
        &[
            "1.0 a in Task-4",
            "1.0 b in Task-5",
            "2.0 a cleaned up",
            "2.0 b cleaned up",
            "4.0 raised ValueError: bad",
        ],
        async {
            create_task(consumer("a", 0.5));
            create_task(consumer("b", 3.0));
            sleep(1.0).await?;
            Err(Error::new("ValueError", "bad"))
        },
    );
}

/// Takes its time over each number, and at its end.
async fn consumer(name: &'static str, delay: f64) -> Result {
    let consumed = async {
        let numbers = numbers(name);
        while numbers.next().await?.is_some() {
            sleep(5.0).await?;
        }
        Ok(())
    };
    let consumed = consumed.await;
    sleep(delay).await?;
    consumed
}

#[test]
fn those_that_outlive_main_are_closed_at_the_end_in_the_order_of_first_use() {
    let kept = Rc::new(RefCell::new(Vec::new()));
    let all = kept.clone();
    check(
        r#"
async def numbers(name):
    try:
        for n in range(5):
            yield n
    finally:
        print(f"{name} in {asyncio.current_task().get_name()}")
        await asyncio.sleep(1)
        print(f"{name} cleaned up")
async def main():
    global kept
    kept = [numbers(name) for name in ["a", "b", "ended", "d", "unused"]]
    async for n in kept[2]:
        pass
    await anext(kept[1])
    kept[3].__anext__()
    await anext(kept[0])
    asyncio.create_task(ticker(9))
"#,
        &[
            "0.0 ended in Task-1",
            "1.0 ended cleaned up",
            "1.0 tick 0",
            "1.0 b in Task-5",
            "1.0 a in Task-7",
            "2.0 b cleaned up",
            "2.0 a cleaned up",
        ],
        async move {
            *all.borrow_mut() = ["a", "b", "ended", "d", "unused"].map(numbers).to_vec();
            let [a, b, ended, d] = [0, 1, 2, 3].map(|n: usize| all.borrow()[n].clone());
            while ended.next().await?.is_some() {}
            b.next().await?;
            drop(d.next());
            a.next().await?;
            create_task(ticker(9));
            Ok(())
        },
    );
    assert_eq!(kept.borrow().len(), 5);
}

#[test]
fn closing_all_logs_what_cleanups_raise() {
    let program = async {
        let bad = |name: &'static str, error: fn() -> Error| {
            async_generator("bad", async move |numbers| {
                let given = numbers.yield_(1).await;
                print(format!("{name} gets {}", given.unwrap_err().repr()));
                sleep(1.0).await?;
                Err(error())
            })
        };
        let first = bad("first", || Error::new("ValueError", "bad"));
        let second = bad("second", || Error::cancelled(None));
        let third = bad("third", || Error::new("OSError", ""));
        show("next", third.next()).await;
        show("next", first.next()).await;
        show("next", second.next()).await;
        create_task(ticker(9));
        shutdown_asyncgens(EventLoop::running()).await?;
        print(create_task(job("job", 0.0)).name());
        shutdown_asyncgens(EventLoop::running()).await?;
        show("next", first.next()).await;
        show("late", ticks("late", 2).next()).await;
        sleep(2.0).await
    };
    let (lines, logged) = printed_and_logged(program);
    let python = with_ticks!(
        r#"
async def bad(name, error):
    try:
        yield 1
    except BaseException as given:
        print(f"{name} gets {given!r}")
        await asyncio.sleep(1)
        raise error
async def main():
    loop = asyncio.get_running_loop()
    first = bad("first", ValueError("bad"))
    second = bad("second", asyncio.CancelledError())
    third = bad("third", OSError())
    await show("next", anext(third))
    await show("next", anext(first))
    await show("next", anext(second))
    asyncio.create_task(ticker(9))
    await loop.shutdown_asyncgens()
    print(asyncio.create_task(job("job", 0)).get_name())
    await loop.shutdown_asyncgens()
    await show("next", anext(first))
    await show("late", anext(ticks("late", 2)))
    await asyncio.sleep(2)
"#
    );
    assert_eq!(
        lines,
        [
            "next 1",
            "next 1",
            "next 1",
            "tick 0",
            "third gets GeneratorExit()",
            "first gets GeneratorExit()",
            "second gets GeneratorExit()",
            "tick 1",
            "tick 2",
            "tick 3",
            "tick 4",
            "tick 5",
            "tick 6",
            "tick 7",
            "tick 8",
            "Task-6",
            "next None",
            "late 0",
            "job",
            "late gets GeneratorExit()",
            "late cleaned up"
        ],
        "{python}"
    );
    // Where CPython shows an address after the name.
    assert_eq!(
        logged,
        [
            "an error occurred during closing of asynchronous generator <async_generator object bad>: OSError",
            "an error occurred during closing of asynchronous generator <async_generator object bad>: ValueError: bad"
        ],
        "{python}"
    );
}

/// Uses generators in all sorts of ways, each body holding on to `value`.
async fn many_generators(value: Rc<()>) -> Result {
    let generator = || {
        let held = value.clone();
        async_generator("numbers", async move |numbers| {
            let given = async {
                for _ in 0..3 {
                    numbers.yield_(held.clone()).await?;
                    sleep(1.0).await?;
                }
                Result::Ok(())
            };
            let given = given.await;
            sleep(1.0).await?;
            drop(held);
            given
        })
    };
    let [shared, dropped, closed, waited] = [(); 4].map(|()| generator());
    for used in [&shared, &dropped, &closed, &waited] {
        used.next().await?;
    }
    drop(dropped);
    let keeper = shared.clone();
    let task = create_task(async move {
        while keeper.next().await?.is_some() {}
        Ok(())
    });
    let cancelled = create_task(waited.next());
    sleep(0.5).await?;
    cancelled.cancel();
    closed.aclose().await?;
    task.await?;
    generator().next().await?;
    Ok(())
}

#[test]
fn dropping_a_run_after_any_number_of_steps_frees_what_bodies_hold() {
    let run_of = |value| Run::new(VirtualClock, Trace::on(), || many_generators(value));
    let mut whole = run_of(Rc::new(()));
    let mut steps = 0;
    while whole.step() == Status::Ran {
        steps += 1;
    }
    assert!(whole.result().is_some_and(|result| result.is_ok()));
    for stop in 0..=steps {
        let value = Rc::new(());
        let weak: Weak<()> = Rc::downgrade(&value);
        let mut run = run_of(value);
        for _ in 0..stop {
            run.step();
        }
        drop(run);
        assert_eq!(weak.strong_count(), 0, "dropped after {stop} of {steps} steps");
    }
}
