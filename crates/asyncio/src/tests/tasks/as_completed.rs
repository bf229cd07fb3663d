//! `as_completed`.

use super::*;
use std::slice::from_ref;
use trace::{GroupOp, Wait};

#[test]
fn plain_iteration_gives_results_in_the_order_of_the_ends() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(3))
    for coroutine in asyncio.as_completed([job("c", 2), job("a", 0), job("b", 1), job("d", 2)]):
        print("got", await coroutine)
    print("none", len(list(asyncio.as_completed([]))))
"#,
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 a",
            "0.0 tick 2",
            "0.0 got a",
            "1.0 b",
            "1.0 got b",
            "2.0 c",
            "2.0 d",
            "2.0 got c",
            "2.0 got d",
            "2.0 none 0",
        ],
        async {
            create_task(ticker(3));
            let jobs = [("c", 2.0), ("a", 0.0), ("b", 1.0), ("d", 2.0)];
            for coroutine in as_completed(jobs.map(|(name, delay)| job(name, delay))) {
                print(format!("got {}", coroutine.await?));
            }
            print(format!("none {}", as_completed(Vec::<Task<()>>::new()).count()));
            Ok(())
        },
    );
}

#[test]
fn asynchronous_iteration_gives_the_tasks_themselves() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(3))
    tasks = [asyncio.create_task(job(name, delay)) for name, delay in [("b", 2), ("a", 1)]]
    async for task in asyncio.as_completed([*tasks, tasks[0]]):
        print(tasks.index(task), task.result())
    async for task in asyncio.as_completed(tasks):
        print(tasks.index(task), await task)
    async for task in asyncio.as_completed([failing(1)]):
        print(repr(task.exception()))
    async for task in asyncio.as_completed([]):
        print("never")
"#,
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "1.0 a",
            "1.0 1 a",
            "2.0 b",
            "2.0 0 b",
            "2.0 0 b",
            "2.0 1 a",
            "3.0 ValueError('bad')",
        ],
        async {
            create_task(ticker(3));
            let tasks = [("b", 2.0), ("a", 1.0)].map(|(name, delay)| create_task(job(name, delay)));
            let index = |done: &Future<_>| tasks.iter().position(|task| **task == *done).unwrap();
            let iterator = as_completed([&tasks[0], &tasks[1], &tasks[0]]);
            while let Some(task) = iterator.anext().await? {
                print(format!("{} {}", index(&task), task.result()?));
            }
            let iterator = as_completed(&tasks);
            while let Some(task) = iterator.anext().await? {
                print(format!("{} {}", index(&task), task.await?));
            }
            let iterator = as_completed([failing(1.0)]);
            while let Some(task) = iterator.anext().await? {
                print(task.exception()?.unwrap().repr());
            }
            let iterator = as_completed(Vec::<Task<()>>::new());
            assert!(iterator.anext().await?.is_none());
            Ok(())
        },
    );
}

#[test]
fn it_takes_as_many_turns_as_its_queue() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in range(3)]
    asyncio.create_task(ticker(9))
    futures[1].set_result("done before")
    loop.call_soon(futures[2].set_result, "later")
    loop.call_later(1, futures[0].set_result, "last")
    for coroutine in asyncio.as_completed(futures):
        print(await coroutine)
"#,
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 done before",
            "0.0 later",
            "0.0 tick 2",
            "0.0 tick 3",
            "0.0 tick 4",
            "0.0 tick 5",
            "0.0 tick 6",
            "0.0 tick 7",
            "0.0 tick 8",
            "1.0 last",
        ],
        async {
            let futures = [(); 3].map(|()| create_future());
            create_task(ticker(9));
            futures[1].set_result("done before")?;
            let [last, _, later] = futures.clone();
            call_soon(move || later.set_result("later").unwrap());
            call_later(1.0, move || last.set_result("last").unwrap());
            for coroutine in as_completed(futures) {
                print(coroutine.await?);
            }
            Ok(())
        },
    );
}

#[test]
fn failures_and_cancellations_are_raised_where_they_are_asked_for() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(coro) for coro in (job("a", 3), failing(1), job("never", 9))]
    asyncio.get_running_loop().call_later(2, tasks[2].cancel, "stop")
    for coroutine in asyncio.as_completed(tasks):
        try:
            print(await coroutine)
        except BaseException as error:
            print(repr(error))
"#,
        &["1.0 ValueError('bad')", "2.0 CancelledError('stop')", "3.0 a", "3.0 a"],
        async {
            let tasks = [
                create_task(job("a", 3.0)),
                create_task(failing(1.0)),
                create_task(job("never", 9.0)),
            ];
            let victim = tasks[2].clone();
            call_later(2.0, move || {
                victim.cancel_with("stop");
            });
            for coroutine in as_completed(tasks) {
                outcome(coroutine.await);
            }
            Ok(())
        },
    );
}

#[test]
fn after_the_timeout_each_that_is_left_raises() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(job(name, delay)) for name, delay in [("a", 1), ("b", 3), ("c", 4)]]
    for coroutine in asyncio.as_completed(tasks, timeout=2):
        try:
            print("got", await coroutine)
        except TimeoutError as error:
            print(repr(error))
    print(*[task.done() for task in tasks])
    try:
        async for task in asyncio.as_completed(tasks, timeout=1):
            print("got", task.result())
    except TimeoutError as error:
        print(repr(error))
    await asyncio.wait(tasks)
"#,
        &[
            "1.0 a",
            "1.0 got a",
            "2.0 TimeoutError()",
            "2.0 TimeoutError()",
            "2.0 True False False",
            "2.0 got a",
            "3.0 b",
            "3.0 TimeoutError()",
            "4.0 c",
        ],
        async {
            let tasks = [("a", 1.0), ("b", 3.0), ("c", 4.0)]
                .map(|(name, delay)| create_task(job(name, delay)));
            for coroutine in as_completed(&tasks).timeout(2.0) {
                match coroutine.await {
                    Ok(name) => print(format!("got {name}")),
                    Err(error) => print(error.repr()),
                }
            }
            print(tasks.each_ref().map(|task| truth(task.done())).join(" "));
            let iterator = as_completed(&tasks).timeout(1.0);
            let error = loop {
                match iterator.anext().await {
                    Ok(task) => print(format!("got {}", task.unwrap().result()?)),
                    Err(error) => break error,
                }
            };
            print(error.repr());
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn the_timeout_at_the_moment_of_an_end() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    async def attempt(awaitables, timeout):
        for coroutine in asyncio.as_completed(awaitables, timeout=timeout):
            try:
                print("got", await coroutine)
            except TimeoutError as error:
                print(repr(error))
    # The timeout's timer is set before the sleeps'; after them.
    await attempt([job("a", 1), job("b", 1)], 1)
    tasks = [asyncio.create_task(job(name, 1)) for name in "cd"]
    await asyncio.sleep(0)
    await attempt(tasks, 1)
    await asyncio.wait(tasks)
    # Nothing is cancelled, and time may be up at once.
    tasks = [asyncio.create_task(job("e", 0)), asyncio.create_task(job("f", 1))]
    for timeout in (0, -1):
        await attempt(tasks, timeout)
    done = loop.create_future()
    done.set_result("done")
    await attempt([done], 0)
    await attempt([], 5)
    await asyncio.wait(tasks)
"#,
        &[
            "1.0 TimeoutError()",
            "1.0 TimeoutError()",
            "1.0 a",
            "1.0 b",
            "2.0 c",
            "2.0 d",
            "2.0 TimeoutError()",
            "2.0 TimeoutError()",
            "2.0 e",
            "2.0 TimeoutError()",
            "2.0 TimeoutError()",
            "2.0 got e",
            "2.0 TimeoutError()",
            "2.0 got done",
            "3.0 f",
        ],
        async {
            async fn attempt<A>(awaitables: impl IntoIterator<Item = A>, timeout: f64)
            where
                A: Awaitable<&'static str>,
            {
                for coroutine in as_completed(awaitables).timeout(timeout) {
                    match coroutine.await {
                        Ok(name) => print(format!("got {name}")),
                        Err(error) => print(error.repr()),
                    }
                }
            }
            attempt([job("a", 1.0), job("b", 1.0)], 1.0).await;
            let tasks = ["c", "d"].map(|name| create_task(job(name, 1.0)));
            sleep(0.0).await?;
            attempt(&tasks, 1.0).await;
            wait(&tasks).await?;
            let tasks = [create_task(job("e", 0.0)), create_task(job("f", 1.0))];
            for timeout in [0.0, -1.0] {
                attempt(&tasks, timeout).await;
            }
            let done = create_future();
            done.set_result("done")?;
            attempt([done], 0.0).await;
            attempt(Vec::<Task<&'static str>>::new(), 5.0).await;
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn its_coroutines_may_be_awaited_in_any_order_and_at_once() {
    check(
        r#"
async def main():
    iterator = asyncio.as_completed([job("a", 1), job("b", 2), job("c", 3)])
    first, second, third = iterator
    waiters = [asyncio.create_task(coroutine) for coroutine in (third, first, second)]
    await asyncio.sleep(0.5)
    waiters[0].cancel("stop")
    print(*await asyncio.gather(*waiters[1:]))
    print(waiters[0].cancelled(), next(iterator, None))
"#,
        &["1.0 a", "2.0 b", "2.0 a b", "2.0 True None"],
        async {
            let iterator = as_completed([job("a", 1.0), job("b", 2.0), job("c", 3.0)]);
            let mut coroutines = iterator.clone();
            let [first, second, third] = [(); 3].map(|()| coroutines.next().unwrap());
            let waiters = [third, first, second].map(create_task);
            sleep(0.5).await?;
            waiters[0].cancel_with("stop");
            print(gather(&waiters[1..]).await?.join(" "));
            assert!(coroutines.next().is_none());
            print(format!("{} None", truth(waiters[0].cancelled())));
            Ok(())
        },
    );
}

#[test]
fn one_that_was_woken_and_cancelled_wakes_the_next() {
    check(
        r#"
async def main():
    future = asyncio.get_running_loop().create_future()
    iterator = asyncio.as_completed([future, job("b", 2)])
    waiters = [asyncio.create_task(coroutine) for coroutine in iterator]
    await asyncio.sleep(1)
    future.set_result("a")
    await asyncio.sleep(0)
    print(waiters[0].cancel())
    await asyncio.wait(waiters[:1])
    print(waiters[0].cancelled(), await waiters[1])
    task = asyncio.create_task(anext(asyncio.as_completed([job("c", 2)])))
    await asyncio.sleep(1)
    task.cancel("stop")
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
"#,
        &["1.0 True", "1.0 True a", "2.0 b", "2.0 CancelledError('stop')"],
        async {
            let future: Future<&str> = create_future();
            let second = create_task(job("b", 2.0));
            let iterator = as_completed([future.clone(), second.ensure_future()]);
            let waiters: Vec<_> = iterator.map(create_task).collect();
            sleep(1.0).await?;
            future.set_result("a")?;
            sleep(0.0).await?;
            print(truth(waiters[0].cancel()));
            wait(from_ref(&waiters[0])).await?;
            print(format!("{} {}", truth(waiters[0].cancelled()), (&waiters[1]).await?));
            let iterator = as_completed([job("c", 2.0)]);
            let task = create_task(iterator.anext());
            sleep(1.0).await?;
            task.cancel_with("stop");
            print(task.await.err().unwrap().repr());
            Ok(())
        },
    );
}

#[test]
fn the_trace_knows_what_is_waited_for() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        for coroutine in as_completed([job("a", 2.0), job("b", 1.0)]) {
            coroutine.await?;
        }
        Ok(())
    });
    while run.step() != Status::Ended {}
    let waits: Vec<Vec<u32>> = run.trace().with(|events| {
        let waits = events.iter().filter_map(|event| match &event.kind {
            EventKind::Suspended {
                wait: Wait::Tasks { op: GroupOp::AsCompleted, tasks }, ..
            } => Some(tasks.iter().map(|task| task.0).collect()),
            _ => None,
        });
        waits.collect()
    });
    assert_eq!(waits, [vec![1, 2], vec![1]]);
}
