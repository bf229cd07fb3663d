//! `gather`.

use super::*;
use std::slice::from_ref;

#[test]
fn one_failure_ends_it_and_the_others_run_on() {
    check(
        r#"
async def main():
    asyncio.create_task(job("sibling", 3))
    future = asyncio.gather(job("quick", 1), failing(2), failing(2.5), job("slow", 3))
    try:
        await future
    except ValueError as error:
        print(repr(error))
    print(future.done(), future.cancelled(), future.cancel())
    await asyncio.sleep(2)
"#,
        &["1.0 quick", "2.0 ValueError('bad')", "2.0 True False False", "3.0 sibling", "3.0 slow"],
        async {
            create_task(job("sibling", 3.0));
            let children = [
                create_task(job("quick", 1.0)),
                create_task(failing(2.0)),
                create_task(failing(2.5)),
                create_task(job("slow", 3.0)),
            ];
            let future = gather(children);
            if let Err(error) = (&future).await {
                print(error.repr());
            }
            let states = [future.done(), future.cancelled(), future.cancel()];
            print(states.map(truth).join(" "));
            sleep(2.0).await
        },
    );
}

#[test]
fn a_cancelled_child_raises_in_the_waiter_without_cancelling_it() {
    check(
        r#"
async def main():
    children = [asyncio.create_task(job(name, 2)) for name in "ab"]
    future = asyncio.gather(*children)
    await asyncio.sleep(1)
    children[0].cancel("only a")
    try:
        await future
    except asyncio.CancelledError as error:
        print(repr(error))
    print(future.cancelled(), asyncio.current_task().cancelling())
    await children[1]
"#,
        &["1.0 CancelledError('only a')", "1.0 False 0", "2.0 b"],
        async {
            let children = ["a", "b"].map(|name| create_task(job(name, 2.0)));
            let future = gather(&children);
            sleep(1.0).await?;
            children[0].cancel_with("only a");
            if let Err(error) = (&future).await {
                print(error.repr());
            }
            print(format!("{} 0", truth(future.cancelled())));
            (&children[1]).await?;
            Ok(())
        },
    );
}

#[test]
fn the_same_awaitable_twice_counts_once_and_stands_twice() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("shared", 1))
    other = asyncio.create_task(job("other", 2))
    print(" ".join(await asyncio.gather(task, other, task)))
"#,
        &["1.0 shared", "2.0 other", "2.0 shared other shared"],
        async {
            let task = create_task(job("shared", 1.0));
            let other = create_task(job("other", 2.0));
            print(gather([&task, &other, &task]).await?.join(" "));
            Ok(())
        },
    );
}

#[test]
fn of_done_futures_or_of_nothing_is_done_at_once() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(job(name, 0)) for name in "ab"]
    await asyncio.wait(tasks)
    asyncio.create_task(ticker(1))
    future = asyncio.gather(*tasks)
    print(future.done())
    print(" ".join(await future))
    print(len(await asyncio.gather()))
"#,
        &["0.0 a", "0.0 b", "0.0 True", "0.0 a b", "0.0 0", "0.0 tick 0"],
        async {
            let tasks = ["a", "b"].map(|name| create_task(job(name, 0.0)));
            wait(&tasks).await?;
            create_task(ticker(1));
            let future = gather(&tasks);
            print(truth(future.done()));
            print(future.await?.join(" "));
            print(gather(Vec::<Task<()>>::new()).await?.len());
            Ok(())
        },
    );
}

#[test]
fn done_and_pending_children_mix() {
    check(
        r#"
async def main():
    done = asyncio.create_task(failing(0))
    await asyncio.wait([done])
    asyncio.create_task(ticker(3))
    pending = asyncio.create_task(job("pending", 1))
    try:
        await asyncio.gather(pending, done)
    except ValueError as error:
        print(repr(error))
    for result in await asyncio.gather(pending, done, return_exceptions=True):
        print(repr(result))
"#,
        &[
            "0.0 ValueError('bad')",
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "1.0 pending",
            "1.0 'pending'",
            "1.0 ValueError('bad')",
        ],
        async {
            let done = create_task(failing(0.0));
            wait(from_ref(&done)).await?;
            create_task(ticker(3));
            let pending = create_task(job("pending", 1.0));
            if let Err(error) = gather([&pending, &done]).await {
                print(error.repr());
            }
            for result in gather_return_exceptions([&pending, &done]).await? {
                print(result.map_or_else(|error| error.repr(), |name| format!("'{name}'")));
            }
            Ok(())
        },
    );
}

#[test]
fn it_resumes_its_waiter_a_turn_later_than_a_task_would() {
    check(
        r#"
async def direct(task):
    await task
    print("direct")
async def gathered(task):
    await asyncio.gather(task)
    print("gathered")
async def main():
    task = asyncio.create_task(job("child", 1))
    waiters = [asyncio.create_task(gathered(task)), asyncio.create_task(direct(task))]
    await asyncio.wait(waiters)
"#,
        &["1.0 child", "1.0 direct", "1.0 gathered"],
        async {
            let task = create_task(job("child", 1.0));
            let (one, two) = (task.clone(), task);
            let gathered = create_task(async move {
                gather([one]).await?;
                print("gathered");
                Ok(())
            });
            let direct = create_task(async move {
                two.await?;
                print("direct");
                Ok(())
            });
            wait(&[gathered, direct]).await?;
            Ok(())
        },
    );
}

#[test]
fn return_exceptions_puts_failures_and_cancellations_into_the_list() {
    check(
        r#"
async def main():
    children = [asyncio.create_task(coro) for coro in (job("a", 2), failing(1), job("c", 2))]
    children[2].cancel()
    for result in await asyncio.gather(*children, return_exceptions=True):
        print(type(result).__name__)
"#,
        &["2.0 a", "2.0 str", "2.0 ValueError", "2.0 CancelledError"],
        async {
            let children =
                [create_task(job("a", 2.0)), create_task(failing(1.0)), create_task(job("c", 2.0))];
            children[2].cancel();
            for result in gather_return_exceptions(children).await? {
                print(result.map_or_else(|error| error.type_name().to_owned(), |_| "str".into()));
            }
            Ok(())
        },
    );
}

#[test]
fn nested_gathers_end_from_the_inside() {
    check(
        r#"
async def main():
    asyncio.create_task(job("tick", 1))
    inner = asyncio.gather(job("a", 1), job("b", 1))
    outer = asyncio.gather(inner, asyncio.gather(job("c", 1)))
    inner.add_done_callback(lambda _: print("inner done"))
    outer.add_done_callback(lambda _: print("outer done"))
    print(" ".join(name for names in await outer for name in names))
"#,
        &["1.0 tick", "1.0 a", "1.0 b", "1.0 c", "1.0 inner done", "1.0 outer done", "1.0 a b c"],
        async {
            create_task(job("tick", 1.0));
            let inner = gather([job("a", 1.0), job("b", 1.0)]);
            let outer = gather([inner.clone(), gather([job("c", 1.0)])]);
            inner.add_done_callback(|_| print("inner done"));
            outer.add_done_callback(|_| print("outer done"));
            print(outer.await?.concat().join(" "));
            Ok(())
        },
    );
}

#[test]
fn what_comes_after_it_is_done_changes_nothing() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(coro) for coro in (failing(1), failing(2), job("last", 3))]
    outer = asyncio.gather(*tasks)
    try:
        await outer
    except ValueError as error:
        print(repr(error), outer.cancel())
    await asyncio.wait(tasks)
    print(repr(outer.exception()), *[task.cancelled() for task in tasks])
    # Done by hand.
    for return_exceptions in (False, True):
        future = loop.create_future()
        outer = asyncio.gather(future, job("other", 2), return_exceptions=return_exceptions)
        outer.set_result("by hand")
        future.set_exception(ValueError("late"))
        print(await outer)
    await asyncio.sleep(3)
"#,
        &[
            "1.0 ValueError('bad') False",
            "3.0 last",
            "3.0 ValueError('bad') False False False",
            "3.0 by hand",
            "3.0 by hand",
            "5.0 other",
            "5.0 other",
        ],
        async {
            let tasks = [
                create_task(failing(1.0)),
                create_task(failing(2.0)),
                create_task(job("last", 3.0)),
            ];
            let outer = gather(&tasks);
            if let Err(error) = (&outer).await {
                print(format!("{} {}", error.repr(), truth(outer.cancel())));
            }
            wait(&tasks).await?;
            let error = outer.exception()?.unwrap().repr();
            let cancelled = tasks.each_ref().map(|task| truth(task.cancelled()));
            print(format!("{error} {}", cancelled.join(" ")));
            for return_exceptions in [false, true] {
                let future = create_future();
                let other = create_task(job("other", 2.0));
                let children = [future.clone(), other.ensure_future()];
                if return_exceptions {
                    let outer = gather_return_exceptions(children);
                    outer.set_result(vec![Ok("by hand")])?;
                    future.set_exception(Error::new("ValueError", "late"))?;
                    print(outer.await?[0].clone()?);
                } else {
                    let outer = gather(children);
                    outer.set_result(vec!["by hand"])?;
                    future.set_exception(Error::new("ValueError", "late"))?;
                    print(outer.await?[0]);
                }
            }
            sleep(3.0).await
        },
    );
}
