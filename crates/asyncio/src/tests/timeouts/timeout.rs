//! `timeout`.

use super::*;
use trace::Actor;

#[test]
fn it_cancels_its_body_and_raises() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(1))
    timeout = asyncio.timeout(1)
    print(repr(timeout), timeout.when(), timeout.expired())
    try:
        async with timeout as inside:
            print(repr(inside), timeout.when(), timeout.expired(), inside is timeout)
            try:
                await asyncio.sleep(5)
            except asyncio.CancelledError as error:
                print(repr(error), timeout.expired(), asyncio.current_task().cancelling())
                print(repr(timeout))
                asyncio.create_task(ticker(2))
                raise
    except TimeoutError as error:
        print(repr(error), timeout.when(), timeout.expired(), asyncio.current_task().cancelling())
        print(repr(timeout))
    await asyncio.sleep(1)
"#,
        &[
            "0.0 <Timeout [created]> 1.0 False",
            "0.0 <Timeout [active] when=1.0> 1.0 False True",
            "0.0 tick 0",
            "1.0 CancelledError() True 1",
            "1.0 <Timeout [expiring]>",
            "1.0 TimeoutError() 1.0 True 0",
            "1.0 <Timeout [expired]>",
            "1.0 tick 0",
            "1.0 tick 1",
        ],
        async {
            create_task(ticker(1));
            let timeout = timeout(Some(1.0));
            let say = |timeout: &Timeout| {
                format!("{timeout:?} {:?} {}", timeout.when().unwrap(), truth(timeout.expired()))
            };
            print(say(&timeout));
            let ended = timeout.scope(async |inside| {
                print(format!("{} True", say(&inside)));
                let slept = sleep(5.0).await;
                if let Err(error) = &slept {
                    print(format!("{} {} {}", error.repr(), truth(inside.expired()), cancelling()));
                    print(inside.repr());
                    create_task(ticker(2));
                }
                slept
            });
            let error = ended.await.unwrap_err();
            let expired = truth(timeout.expired());
            let when = timeout.when().unwrap();
            print(format!("{} {when:?} {expired} {}", error.repr(), cancelling()));
            print(timeout.repr());
            sleep(1.0).await
        },
    );
}

#[test]
fn zero_or_less_comes_due_in_the_next_turn() {
    check(
        r#"
async def main():
    for delay in (0, -1):
        try:
            async with asyncio.timeout(delay):
                print("inside")
                asyncio.create_task(ticker(3))
                await job("never", 1)
        except TimeoutError as error:
            print(repr(error))
    async with asyncio.timeout(0) as timeout:
        print("no await")
    print(repr(timeout), timeout.expired())
    async with asyncio.timeout(0):
        print(await asyncio.create_task(job("never", 0)))
"#,
        &[
            "0.0 inside",
            "0.0 tick 0",
            "0.0 TimeoutError()",
            "0.0 inside",
            "0.0 tick 1",
            "0.0 tick 0",
            "0.0 tick 2",
            "0.0 TimeoutError()",
            "0.0 no await",
            "0.0 <Timeout [finished]> False",
            "0.0 tick 1",
            "0.0 tick 2",
            "0.0 raised TimeoutError: ",
        ],
        async {
            for delay in [0.0, -1.0] {
                let ended = timeout(Some(delay)).scope(async |_| {
                    print("inside");
                    create_task(ticker(3));
                    job("never", 1.0).await
                });
                outcome(ended.await);
            }
            let empty = timeout(Some(0.0));
            empty
                .scope(async |_| {
                    print("no await");
                    Ok(())
                })
                .await?;
            print(format!("{} {}", empty.repr(), truth(empty.expired())));
            let ended = timeout(Some(0.0)).scope(async |_| create_task(job("never", 0.0)).await);
            print(ended.await?);
            Ok(())
        },
    );
}

#[test]
fn without_a_deadline_it_does_nothing() {
    check(
        r#"
async def main():
    async with asyncio.timeout(None) as timeout:
        print(repr(timeout), timeout.when())
        await job("patient", 5)
    print(repr(timeout))
    async with asyncio.timeout_at(7.12345) as timeout:
        print(repr(timeout), timeout.when())
        await job("early", 1)
    print(repr(timeout), timeout.when())
    await asyncio.get_running_loop().create_future()
"#,
        &[
            "0.0 <Timeout [active] when=None> None",
            "5.0 patient",
            "5.0 <Timeout [finished]>",
            "5.0 <Timeout [active] when=7.123> 7.12345",
            "6.0 early",
            "6.0 <Timeout [finished]> 7.12345",
            "6.0 stuck Task-1",
        ],
        async {
            let never = timeout(None);
            let ended = never.scope(async |inside| {
                print(format!("{} None", inside.repr()));
                assert_eq!(inside.when(), None);
                job("patient", 5.0).await
            });
            ended.await?;
            print(never.repr());
            let early = timeout_at(Some(7.12345));
            let ended = early.scope(async |inside| {
                print(format!("{} {:?}", inside.repr(), inside.when().unwrap()));
                job("early", 1.0).await
            });
            ended.await?;
            print(format!("{} {:?}", early.repr(), early.when().unwrap()));
            create_future().await // its timer is gone
        },
    );
}

#[test]
fn what_its_state_does_not_allow_is_an_error() {
    check(
        r#"
async def attempt(awaitable):
    try:
        await awaitable
    except RuntimeError as error:
        print(repr(error))
def reschedule(timeout):
    try:
        timeout.reschedule(9)
    except RuntimeError as error:
        print(repr(error))
async def main():
    timeout = asyncio.timeout(1)
    reschedule(timeout)
    try:
        async with timeout:
            await attempt(timeout.__aenter__())
            try:
                await asyncio.sleep(5)
            finally:
                reschedule(timeout)
    except TimeoutError as error:
        print(repr(error))
    reschedule(timeout)
    await attempt(timeout.__aenter__())
    async with asyncio.timeout(1) as timeout:
        pass
    reschedule(timeout)
    await attempt(timeout.__aenter__())
    try:
        await timeout.__aexit__(None, None, None)
    except AssertionError as error:
        print(repr(error))
    def outside_a_task():
        try:
            asyncio.timeout(1).__aenter__().send(None)
        except RuntimeError as error:
            print(repr(error))
    asyncio.get_running_loop().call_soon(outside_a_task)
    await asyncio.sleep(0)
"#,
        &[
            "0.0 RuntimeError('Timeout has not been entered')",
            "0.0 RuntimeError('Timeout has already been entered')",
            "1.0 RuntimeError('Cannot change state of expiring Timeout')",
            "1.0 TimeoutError()",
            "1.0 RuntimeError('Cannot change state of expired Timeout')",
            "1.0 RuntimeError('Timeout has already been entered')",
            "1.0 RuntimeError('Cannot change state of finished Timeout')",
            "1.0 RuntimeError('Timeout has already been entered')",
            "1.0 AssertionError()",
            "1.0 RuntimeError('Timeout should be used inside a task')",
        ],
        async {
            fn refused<T>(result: Result<T>) {
                if let Err(error) = result {
                    print(error.repr());
                }
            }
            let late = timeout(Some(1.0));
            refused(late.reschedule(Some(9.0)));
            let ended = late.scope(async |inside| {
                refused(inside.enter());
                let slept = sleep(5.0).await;
                refused(inside.reschedule(Some(9.0)));
                slept
            });
            refused(ended.await);
            refused(late.reschedule(Some(9.0)));
            refused(late.enter());
            let early = timeout(Some(1.0));
            early.scope(async |_| Ok(())).await?;
            refused(early.reschedule(Some(9.0)));
            refused(early.enter());
            refused(early.exit(Ok(())));
            call_soon(|| refused(timeout(Some(1.0)).enter()));
            sleep(0.0).await
        },
    );
}

#[test]
fn rescheduled_it_comes_due_at_the_last_time_given() {
    check(
        r#"
async def attempt(name, *changes):
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        async with asyncio.timeout(2) as timeout:
            for at, when in changes:
                await asyncio.sleep(start + at - loop.time())
                timeout.reschedule(None if when is None else start + when)
                print(repr(timeout))
            await job(name, 4)
    except TimeoutError as error:
        print(name, repr(error), timeout.when())
async def main():
    await attempt("later", (1, 3))
    await attempt("earlier", (0, 1))
    await attempt("past", (1, 0))
    await attempt("now", (1, 1))
    await attempt("never", (1, None))
    await attempt("again", (0, None), (1, 3), (1, 2))
    await attempt("past and on", (1, 0), (1, 4))
    await attempt("past and past", (1, 0), (1, 0.5))
"#,
        &[
            "1.0 <Timeout [active] when=3.0>",
            "3.0 later TimeoutError() 3.0",
            "3.0 <Timeout [active] when=4.0>",
            "4.0 earlier TimeoutError() 4.0",
            "5.0 <Timeout [active] when=4.0>",
            "5.0 past TimeoutError() 4.0",
            "6.0 <Timeout [active] when=6.0>",
            "6.0 now TimeoutError() 6.0",
            "7.0 <Timeout [active] when=None>",
            "11.0 never",
            "11.0 <Timeout [active] when=None>",
            "12.0 <Timeout [active] when=14.0>",
            "12.0 <Timeout [active] when=13.0>",
            "13.0 again TimeoutError() 13.0",
            "14.0 <Timeout [active] when=13.0>",
            "14.0 past and on TimeoutError() 13.0",
            "15.0 <Timeout [active] when=14.0>",
            "15.0 past and past TimeoutError() 14.0",
        ],
        async {
            type Change = (f64, Option<f64>);
            async fn attempt<const N: usize>(name: &'static str, changes: [Change; N]) -> Result {
                let start = time();
                let timeout = timeout(Some(2.0));
                let ended = timeout.scope(async |timeout| {
                    for (at, when) in changes {
                        sleep(start + at - time()).await?;
                        timeout.reschedule(when.map(|when| start + when))?;
                        print(timeout.repr());
                    }
                    job(name, 4.0).await
                });
                if let Err(error) = ended.await {
                    print(format!("{name} {} {:?}", error.repr(), timeout.when().unwrap()));
                }
                Ok(())
            }
            attempt("later", [(1.0, Some(3.0))]).await?;
            attempt("earlier", [(0.0, Some(1.0))]).await?;
            attempt("past", [(1.0, Some(0.0))]).await?;
            attempt("now", [(1.0, Some(1.0))]).await?;
            attempt("never", [(1.0, None)]).await?;
            attempt("again", [(0.0, None), (1.0, Some(3.0)), (1.0, Some(2.0))]).await?;
            attempt("past and on", [(1.0, Some(0.0)), (1.0, Some(4.0))]).await?;
            attempt("past and past", [(1.0, Some(0.0)), (1.0, Some(0.5))]).await
        },
    );
}

#[test]
fn rescheduled_by_somebody_else() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    for when in (None, 5, 1):
        start = loop.time()
        try:
            async with asyncio.timeout(2) as timeout:
                loop.call_later(1, timeout.reschedule, None if when is None else start + when)
                await job("slept", 4)
        except TimeoutError as error:
            print(repr(error))
"#,
        &["4.0 slept", "8.0 slept", "9.0 TimeoutError()"],
        async {
            for when in [None, Some(5.0), Some(1.0)] {
                let start = time();
                let ended = timeout(Some(2.0)).scope(async |timeout| {
                    call_later(1.0, move || {
                        timeout.reschedule(when.map(|when| start + when)).unwrap();
                    });
                    job("slept", 4.0).await
                });
                if let Err(error) = ended.await {
                    print(error.repr());
                }
            }
            Ok(())
        },
    );
}

#[test]
fn work_without_an_await_is_not_interrupted() {
    check(
        r#"
import time
async def main():
    async with asyncio.timeout(1) as timeout:
        time.sleep(2)
    print(repr(timeout))
    try:
        async with asyncio.timeout(1) as timeout:
            time.sleep(2)
            await asyncio.sleep(0)
            print("one turn more")
            await asyncio.sleep(0)
            print("never")
    except TimeoutError as error:
        print(repr(error))
"#,
        &["2.0 <Timeout [finished]>", "4.0 one turn more", "4.0 TimeoutError()"],
        async {
            let late = timeout(Some(1.0));
            late.scope(async |_| {
                time_sleep(2.0);
                Ok(())
            })
            .await?;
            print(late.repr());
            let ended = timeout(Some(1.0)).scope(async |_| {
                time_sleep(2.0);
                sleep(0.0).await?;
                print("one turn more");
                sleep(0.0).await?;
                Ok("never")
            });
            outcome(ended.await);
            Ok(())
        },
    );
}

#[test]
fn never_left_it_comes_due_for_a_task_that_is_done() {
    check(
        r#"
async def child(timeout):
    await timeout.__aenter__()
    return "done"
async def main():
    timeout = asyncio.timeout(1)
    task = asyncio.create_task(child(timeout))
    print(await task, repr(timeout))
    await asyncio.sleep(2)
    print(repr(timeout), timeout.expired(), task.cancelled())
"#,
        &["0.0 done <Timeout [active] when=1.0>", "2.0 <Timeout [expiring]> True False"],
        async {
            let timeout = timeout(Some(1.0));
            let entered = timeout.clone();
            let task = create_task(async move { entered.enter().map(|()| "done") });
            print(format!("{} {}", (&task).await?, timeout.repr()));
            sleep(2.0).await?;
            let (expired, cancelled) = (truth(timeout.expired()), truth(task.cancelled()));
            print(format!("{} {expired} {cancelled}", timeout.repr()));
            Ok(())
        },
    );
}

#[test]
fn the_trace_knows_every_deadline() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        let outer = timeout(Some(5.0));
        let scope = outer.scope(async |outer| {
            sleep(1.0).await?;
            let inner = timeout(Some(9.0));
            let scope = inner.scope(async |inner| {
                sleep(1.0).await?;
                inner.reschedule(Some(3.0))?;
                let _ = sleep(9.0).await;
                sleep(0.5).await?; // it came due, and comes no second time
                outer.reschedule(None)?;
                sleep(0.5).await
            });
            scope.await?;
            outer.reschedule(Some(20.0))?;
            sleep(1.0).await
        });
        scope.await?;
        sleep(1.0).await
    });
    while run.step() != Status::Ended {}
    assert!(run.result().is_some_and(|result| result.is_ok()));
    let told = run.trace().with(|events| {
        let told = events.iter().filter_map(|event| {
            Some((
                event.time,
                match &event.kind {
                    EventKind::TimeoutEntered { timeout, due, .. } => ("enters", timeout.0, *due),
                    EventKind::TimeoutRescheduled { timeout, due } => ("moves", timeout.0, *due),
                    EventKind::TimeoutExpired { timeout } => ("is late for", timeout.0, None),
                    EventKind::TimeoutLeft { timeout } => ("leaves", timeout.0, None),
                    EventKind::CancelRequested { by: Actor::Timeout(timeout), .. } => {
                        ("is cancelled by", timeout.0, None)
                    }
                    EventKind::Woken { by: Actor::Timeout(timeout), .. } => {
                        ("is woken by", timeout.0, None)
                    }
                    _ => return None,
                },
            ))
        });
        told.collect::<Vec<_>>()
    });
    let expected = [
        (0.0, ("enters", 0, Some(5.0))),
        (1.0, ("enters", 1, Some(10.0))),
        (2.0, ("moves", 1, Some(3.0))),
        (3.0, ("is late for", 1, None)),
        (3.0, ("is cancelled by", 1, None)),
        (3.0, ("is woken by", 1, None)),
        (3.5, ("moves", 0, None)),
        (4.0, ("leaves", 1, None)),
        (4.0, ("moves", 0, Some(20.0))),
        (5.0, ("leaves", 0, None)),
    ];
    assert_eq!(told, expected);
}
