//! `shield`.

use super::*;
use std::slice::from_ref;
use trace::{GroupOp, Wait};

#[test]
fn it_gives_what_the_inner_gives_one_turn_later() {
    check(
        r#"
async def direct(task):
    await task
    print("direct")
async def shielded(task):
    await asyncio.shield(task)
    print("shielded")
async def main():
    task = asyncio.create_task(job("job", 1))
    waiters = [asyncio.create_task(shielded(task)), asyncio.create_task(direct(task))]
    await asyncio.wait(waiters)
    print(await asyncio.shield(job("coroutine", 1)))
    try:
        await asyncio.shield(failing(1))
    except ValueError as error:
        print(repr(error))
"#,
        &[
            "1.0 job",
            "1.0 direct",
            "1.0 shielded",
            "2.0 coroutine",
            "2.0 coroutine",
            "3.0 ValueError('bad')",
        ],
        async {
            let task = create_task(job("job", 1.0));
            let (one, two) = (task.clone(), task);
            let shielded = create_task(async move {
                shield(one).await?;
                print("shielded");
                Ok(())
            });
            let direct = create_task(async move {
                two.await?;
                print("direct");
                Ok(())
            });
            wait(&[shielded, direct]).await?;
            outcome(shield(job("coroutine", 1.0)).await);
            outcome(shield(failing(1.0)).await);
            Ok(())
        },
    );
}

#[test]
fn what_somebody_has_completed_cannot_be_completed_by_the_inner() {
    check_all(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    inner = loop.create_future()
    outer = asyncio.shield(inner)
    outer.set_result("early")
    inner.set_result("late")
    print(await outer)
    inner = loop.create_future()
    outer = asyncio.shield(inner)
    outer.set_result("first")
    await asyncio.sleep(1)
    inner.set_result("forgotten")
    print(await outer)
"#,
        &["0.0 early", "log Exception in callback: InvalidStateError: invalid state", "1.0 first"],
        async {
            let inner = create_future();
            let outer = shield(inner.clone());
            outer.set_result("early")?;
            inner.set_result("late")?;
            print(outer.await?);
            let inner = create_future();
            let outer = shield(inner.clone());
            outer.set_result("first")?;
            sleep(1.0).await?;
            inner.set_result("forgotten")?;
            print(outer.await?);
            Ok(())
        },
    );
}

#[test]
fn what_is_done_is_given_back_as_it_is() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("done", 0))
    print(asyncio.shield(task) is task)
    await task
    print(asyncio.shield(task) is task)
    asyncio.create_task(ticker(1))
    print(await asyncio.shield(task))
    future = asyncio.get_running_loop().create_future()
    future.cancel("stop")
    try:
        await asyncio.shield(future)
    except asyncio.CancelledError as error:
        print(repr(error))
"#,
        &[
            "0.0 False",
            "0.0 done",
            "0.0 True",
            "0.0 done",
            "0.0 CancelledError('stop')",
            "0.0 tick 0",
        ],
        async {
            let task = create_task(job("done", 0.0));
            print(truth(shield(&task) == *task));
            (&task).await?;
            print(truth(shield(&task) == *task));
            create_task(ticker(1));
            print(shield(&task).await?);
            let future: Future<&str> = create_future();
            future.cancel_with("stop");
            outcome(shield(future).await);
            Ok(())
        },
    );
}

#[test]
fn a_cancellation_of_the_waiter_leaves_the_inner_alone() {
    check(
        r#"
async def waiter(task):
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise
async def main():
    task = asyncio.create_task(job("inner", 3))
    waiting = asyncio.create_task(waiter(task))
    await asyncio.sleep(1)
    waiting.cancel("stop")
    await asyncio.wait([waiting])
    print(waiting.cancelled(), task.done(), task.cancelling())
    try:
        await asyncio.wait_for(asyncio.shield(task), 1)
    except TimeoutError as error:
        print(repr(error))
    print(await task)
"#,
        &[
            "1.0 CancelledError('stop')",
            "1.0 True False 0",
            "2.0 TimeoutError()",
            "3.0 inner",
            "3.0 inner",
        ],
        async {
            let task = create_task(async {
                let name = job("inner", 3.0).await;
                assert_eq!(cancelling(), 0);
                name
            });
            let inner = task.clone();
            let waiting = create_task(async move {
                let waited = shield(inner).await;
                if let Err(error) = &waited {
                    print(error.repr());
                }
                waited
            });
            sleep(1.0).await?;
            waiting.cancel_with("stop");
            wait(from_ref(&waiting)).await?;
            print(format!("{} {} 0", truth(waiting.cancelled()), truth(task.done())));
            outcome(wait_for(shield(&task), Some(1.0)).await);
            print(task.await?);
            Ok(())
        },
    );
}

#[test]
fn a_cancellation_of_the_inner_cancels_the_outer_without_its_message() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("never", 3))
    outer = asyncio.shield(task)
    await asyncio.sleep(1)
    task.cancel("stop")
    try:
        await outer
    except asyncio.CancelledError as error:
        print(repr(error), outer.cancelled(), asyncio.current_task().cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
"#,
        &["1.0 CancelledError() True 0", "1.0 CancelledError('stop')"],
        async {
            let task = create_task(job("never", 3.0));
            let outer = shield(&task);
            sleep(1.0).await?;
            task.cancel_with("stop");
            let error = (&outer).await.unwrap_err();
            print(format!("{} {} {}", error.repr(), truth(outer.cancelled()), cancelling()));
            outcome(task.await);
            Ok(())
        },
    );
}

#[test]
fn both_end_at_one_moment() {
    check(
        r#"
async def waiter(task):
    try:
        print(await asyncio.shield(task))
    except BaseException as error:
        print(repr(error))
        raise
async def main():
    loop = asyncio.get_running_loop()
    for turns in range(4):
        future = loop.create_future()
        waiting = asyncio.create_task(waiter(future))
        await asyncio.sleep(1)
        future.set_result("value")
        for _ in range(turns):
            await asyncio.sleep(0)
        print(turns, waiting.cancel("stop"))
        await asyncio.wait([waiting])
        print(waiting.cancelled())
    # Cancelled first, then the inner fails, in the same turn and after it.
    for turns in range(2):
        future = loop.create_future()
        waiting = asyncio.create_task(waiter(future))
        await asyncio.sleep(1)
        waiting.cancel("stop")
        for _ in range(turns):
            await asyncio.sleep(0)
        future.set_exception(ValueError("late"))
        await asyncio.wait([waiting])
        print(waiting.cancelled(), repr(future.exception()))
"#,
        &[
            "1.0 0 True",
            "1.0 CancelledError('stop')",
            "1.0 True",
            "2.0 1 True",
            "2.0 CancelledError('stop')",
            "2.0 True",
            "3.0 value",
            "3.0 2 False",
            "3.0 False",
            "4.0 value",
            "4.0 3 False",
            "4.0 False",
            "5.0 CancelledError('stop')",
            "5.0 True ValueError('late')",
            "6.0 CancelledError('stop')",
            "6.0 True ValueError('late')",
        ],
        async {
            fn waiter(future: &Future<&'static str>) -> Task<&'static str> {
                let future = future.clone();
                create_task(async move {
                    let waited = shield(future).await;
                    outcome(waited.clone());
                    waited
                })
            }
            for turns in 0..4 {
                let future = create_future();
                let waiting = waiter(&future);
                sleep(1.0).await?;
                future.set_result("value")?;
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                print(format!("{turns} {}", truth(waiting.cancel_with("stop"))));
                wait(from_ref(&waiting)).await?;
                print(truth(waiting.cancelled()));
            }
            for turns in 0..2 {
                let future = create_future();
                let waiting = waiter(&future);
                sleep(1.0).await?;
                waiting.cancel_with("stop");
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                future.set_exception(Error::new("ValueError", "late"))?;
                wait(from_ref(&waiting)).await?;
                let error = future.exception()?.unwrap();
                print(format!("{} {}", truth(waiting.cancelled()), error.repr()));
            }
            Ok(())
        },
    );
}

#[test]
fn cancelled_itself_it_lets_go_of_the_inner() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("inner", 2))
    outer = asyncio.shield(asyncio.shield(task))
    outer.add_done_callback(lambda _: print("outer done"))
    await asyncio.sleep(1)
    print(outer.cancel(), outer.cancel(), outer.cancelled())
    task.add_done_callback(lambda _: print("inner done"))
    await task
    await asyncio.sleep(0)
"#,
        &["1.0 True False True", "1.0 outer done", "2.0 inner", "2.0 inner done"],
        async {
            let task = create_task(job("inner", 2.0));
            let outer = shield(shield(&task));
            outer.add_done_callback(|_| print("outer done"));
            sleep(1.0).await?;
            let (first, second) = (truth(outer.cancel()), truth(outer.cancel()));
            print(format!("{first} {second} {}", truth(outer.cancelled())));
            task.add_done_callback(|_| print("inner done"));
            task.await?;
            sleep(0.0).await
        },
    );
}

#[test]
fn a_gathering_of_shielded_tasks() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(job(name, delay)) for name, delay in [("a", 1), ("b", 3)]]
    try:
        async with asyncio.timeout(2):
            await asyncio.gather(*map(asyncio.shield, tasks))
    except TimeoutError as error:
        print(repr(error))
    print(*[task.done() for task in tasks])
    print(*await asyncio.shield(asyncio.gather(*tasks)))
"#,
        &["1.0 a", "2.0 TimeoutError()", "2.0 True False", "3.0 b", "3.0 a b"],
        async {
            let tasks = [("a", 1.0), ("b", 3.0)].map(|(name, delay)| create_task(job(name, delay)));
            let ended = timeout(Some(2.0))
                .scope(async |_| gather(tasks.iter().map(shield)).await.map(|_| "gathered"));
            outcome(ended.await);
            print(tasks.each_ref().map(|task| truth(task.done())).join(" "));
            print(shield(gather(&tasks)).await?.join(" "));
            Ok(())
        },
    );
}

#[test]
fn the_trace_knows_what_is_shielded() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        let task = create_task(job("inner", 1.0));
        shield(task).await?;
        Ok(())
    });
    while run.step() != Status::Ended {}
    let told = run.trace().with(|events| {
        events.iter().any(|event| match &event.kind {
            EventKind::Suspended { wait: Wait::Tasks { op: GroupOp::Shield, tasks }, .. } => {
                tasks.len() == 1 && tasks[0].0 == 1
            }
            _ => false,
        })
    });
    assert!(told);
}
