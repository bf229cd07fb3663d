//! `gather` where it or a child is cancelled, and what it says then.

use super::*;
use std::slice::from_ref;

/// How a future ended, that is done.
fn ending<T: Clone + 'static>(future: &Future<T>) -> String {
    let cancelled = truth(future.cancelled());
    match future.exception() {
        Err(error) | Ok(Some(error)) => format!("{cancelled} {}", error.repr()),
        Ok(None) => format!("{cancelled} None"),
    }
}

#[test]
fn cancelled_it_cancels_its_children_first() {
    check(
        r#"
async def child(name, cleanup):
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as error:
        await asyncio.sleep(cleanup)
        print(f"{name}: {error!r}")
        raise
async def outer():
    try:
        await asyncio.gather(child("slow", 2), child("quick", 1))
    except asyncio.CancelledError as error:
        print(f"outer: {error!r}")
        raise
async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("stop")
    await asyncio.wait([task])
    print(task.cancelled())
    await asyncio.sleep(5)
"#,
        &[
            "2.0 quick: CancelledError('stop')",
            "2.0 outer: CancelledError('stop')",
            "2.0 True",
            "3.0 slow: CancelledError('stop')",
        ],
        async {
            async fn child(name: &'static str, cleanup: f64) -> Result {
                let slept = sleep(5.0).await;
                if let Err(error) = &slept {
                    sleep(cleanup).await?;
                    print(format!("{name}: {}", error.repr()));
                }
                slept
            }
            let task = create_task(async {
                let gathered = gather([child("slow", 2.0), child("quick", 1.0)]).await;
                if let Err(error) = &gathered {
                    print(format!("outer: {}", error.repr()));
                }
                gathered
            });
            sleep(1.0).await?;
            task.cancel_with("stop");
            wait(from_ref(&task)).await?;
            print(truth(task.cancelled()));
            sleep(5.0).await
        },
    );
}

#[test]
fn cancelled_with_return_exceptions_it_still_raises_once_all_have_ended() {
    check(
        r#"
async def stubborn():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
    print("stubborn")
    return "stubborn"
async def outer():
    try:
        await asyncio.gather(job("never", 5), stubborn(), return_exceptions=True)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise
async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("stop")
    await asyncio.wait([task])
    print(task.cancelled())
"#,
        &["2.0 stubborn", "2.0 CancelledError()", "2.0 True"],
        async {
            let task = create_task(async {
                let stubborn = async {
                    if sleep(5.0).await.is_err() {
                        sleep(1.0).await?;
                    }
                    print("stubborn");
                    Ok("stubborn")
                };
                let children = [create_task(job("never", 5.0)), create_task(stubborn)];
                let gathered = gather_return_exceptions(children).await;
                if let Err(error) = &gathered {
                    print(error.repr());
                }
                gathered
            });
            sleep(1.0).await?;
            task.cancel_with("stop");
            wait(from_ref(&task)).await?;
            print(truth(task.cancelled()));
            Ok(())
        },
    );
}

#[test]
fn a_child_that_is_cancelled_is_a_failure() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    for return_exceptions in (False, True):
        never = loop.create_future()
        early = loop.create_future()
        early.cancel("early")
        tasks = [asyncio.create_task(job(name, 1)) for name in "ab"]
        children = [*tasks, never]
        for child, message in zip(children, [None, "b", "never"]):
            loop.call_later(0.5, child.cancel, message)
        unbegun = asyncio.create_task(job("unbegun", 0))
        unbegun.cancel("unbegun")
        for arguments in ([*children, early], children, [tasks[0], unbegun], [unbegun, unbegun]):
            outer = asyncio.gather(*arguments, return_exceptions=return_exceptions)
            try:
                print(*map(repr, await outer))
            except asyncio.CancelledError as error:
                print(repr(error))
            print(outer.cancelled(), repr(outer.exception()), outer.cancel("late"))
"#,
        &[
            "0.0 CancelledError('early')",
            "0.0 False CancelledError('early') False",
            "0.5 CancelledError('never')",
            "0.5 False CancelledError('never') False",
            "0.5 CancelledError()",
            "0.5 False CancelledError() False",
            "0.5 CancelledError('unbegun')",
            "0.5 False CancelledError('unbegun') False",
            "1.0 CancelledError('') CancelledError('') CancelledError('never') CancelledError('early')",
            "1.0 False None False",
            "1.0 CancelledError('') CancelledError('') CancelledError('never')",
            "1.0 False None False",
            "1.0 CancelledError('') CancelledError('')",
            "1.0 False None False",
            "1.0 CancelledError('') CancelledError('')",
            "1.0 False None False",
        ],
        async {
            for return_exceptions in [false, true] {
                let (never, early) = (create_future(), create_future());
                early.cancel_with("early");
                let tasks = ["a", "b"].map(|name| create_task(job(name, 1.0)));
                let [a, b] = tasks.each_ref().map(|task| Future::clone(task));
                for (child, message) in [(&a, None), (&b, Some("b")), (&never, Some("never"))] {
                    let child = child.clone();
                    call_later(0.5, move || {
                        match message {
                            Some(message) => child.cancel_with(message),
                            None => child.cancel(),
                        };
                    });
                }
                let unbegun = Future::clone(&create_task(job("unbegun", 0.0)));
                unbegun.cancel_with("unbegun");
                let children = [a.clone(), b, never];
                let arguments = [
                    [&children[..], &[early]].concat(),
                    children.to_vec(),
                    vec![a, unbegun.clone()],
                    vec![unbegun.clone(), unbegun],
                ];
                for arguments in arguments {
                    if return_exceptions {
                        let outer = gather_return_exceptions(arguments);
                        let results = (&outer).await?.into_iter();
                        let reprs =
                            results.map(|result| result.map_or_else(|e| e.repr(), repr_str));
                        print(reprs.collect::<Vec<_>>().join(" "));
                        print(format!("{} {}", ending(&outer), truth(outer.cancel_with("late"))));
                    } else {
                        let outer = gather(arguments);
                        print((&outer).await.unwrap_err().repr());
                        print(format!("{} {}", ending(&outer), truth(outer.cancel_with("late"))));
                    }
                }
            }
            Ok(())
        },
    );
}

#[test]
fn cancelled_it_says_what_its_last_child_says() {
    check(
        r#"
async def stubborn(future):
    # The cancellation comes when the future is done already, and is swallowed.
    try:
        await future
    except asyncio.CancelledError as error:
        print(repr(error))
    return "stubborn"
async def main():
    loop = asyncio.get_running_loop()
    for order in (1, -1):
        for message in ([], ["stop"]):
            future = loop.create_future()
            tasks = [asyncio.create_task(stubborn(future)), asyncio.create_task(job("never", 9))]
            outer = asyncio.gather(*tasks[::order], return_exceptions=True)
            await asyncio.sleep(1)
            future.set_result(None)
            print(outer.cancel(*message), outer.cancel(*message), outer.done())
            try:
                await outer
            except asyncio.CancelledError as error:
                print(repr(error), outer.cancelled(), asyncio.current_task().cancelling())
            print(*[task.cancelling() for task in tasks])
"#,
        &[
            "1.0 True True False",
            "1.0 CancelledError()",
            "1.0 CancelledError() False 0",
            "1.0 2 2",
            "2.0 True True False",
            "2.0 CancelledError('stop')",
            "2.0 CancelledError('stop') False 0",
            "2.0 2 2",
            "3.0 True True False",
            "3.0 CancelledError()",
            "3.0 CancelledError() False 0",
            "3.0 2 2",
            "4.0 True True False",
            "4.0 CancelledError('stop')",
            "4.0 CancelledError('stop') False 0",
            "4.0 2 2",
        ],
        async {
            async fn stubborn(future: Future<()>) -> Result<&'static str> {
                if let Err(error) = future.await {
                    print(error.repr());
                }
                assert_eq!(cancelling(), 2);
                Ok("stubborn")
            }
            for order in [1, -1] {
                for message in [None, Some("stop")] {
                    let future = create_future();
                    let mut tasks =
                        [create_task(stubborn(future.clone())), create_task(job("never", 9.0))];
                    if order < 0 {
                        tasks.reverse();
                    }
                    let outer = gather_return_exceptions(&tasks);
                    sleep(1.0).await?;
                    future.set_result(())?;
                    let cancel = || match message {
                        Some(message) => outer.cancel_with(message),
                        None => outer.cancel(),
                    };
                    let (first, second) = (truth(cancel()), truth(cancel()));
                    print(format!("{first} {second} {}", truth(outer.done())));
                    let error = (&outer).await.unwrap_err();
                    print(format!(
                        "{} {} {}",
                        error.repr(),
                        truth(outer.cancelled()),
                        cancelling()
                    ));
                    print("2 2");
                }
            }
            Ok(())
        },
    );
}

#[test]
fn cancelling_it_asks_each_argument_once_more() {
    check(
        r#"
async def child(name):
    try:
        await asyncio.sleep(9)
    except asyncio.CancelledError as error:
        print(name, repr(error), asyncio.current_task().cancelling())
        raise
async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(child("twice"))
    outer = asyncio.gather(task, child("once"), task)
    await asyncio.sleep(1)
    print(outer.cancel("stop"))
    await asyncio.wait([outer])
    print(outer.cancelled(), repr(outer.exception()), outer.cancel())
    # Nothing left to cancel, but not done yet.
    futures = [loop.create_future() for _ in range(2)]
    outer = asyncio.gather(*futures)
    for future in futures:
        future.set_result("done")
    print(outer.cancel(), outer.done())
    print(await outer)
    print(asyncio.gather().cancel())
"#,
        &[
            "1.0 True",
            "1.0 twice CancelledError('stop') 2",
            "1.0 once CancelledError('stop') 1",
            "1.0 False CancelledError('stop') False",
            "1.0 False False",
            "1.0 ['done', 'done']",
            "1.0 False",
        ],
        async {
            async fn child(name: &'static str) -> Result {
                let slept = sleep(9.0).await;
                if let Err(error) = &slept {
                    print(format!("{name} {} {}", error.repr(), cancelling()));
                }
                slept
            }
            let task = create_task(child("twice"));
            let once = create_task(child("once"));
            let outer = gather([&task, &once, &task]);
            sleep(1.0).await?;
            print(truth(outer.cancel_with("stop")));
            wait(from_ref(&outer)).await?;
            print(format!("{} {}", ending(&outer), truth(outer.cancel())));
            let futures = [(); 2].map(|()| create_future());
            let outer = gather(futures.clone());
            for future in futures {
                future.set_result("done")?;
            }
            print(format!("{} {}", truth(outer.cancel()), truth(outer.done())));
            print(format!("{:?}", outer.await?).replace('"', "'"));
            print(truth(gather(Vec::<Task<()>>::new()).cancel()));
            Ok(())
        },
    );
}

#[test]
fn nested_and_cancelled() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    for return_exceptions in (False, True):
        inner = asyncio.gather(job("never", 9), job("nor this", 9))
        outer = asyncio.gather(inner, asyncio.gather(job("third", 2)), return_exceptions=return_exceptions)
        loop.call_later(1, inner.cancel, "inner")
        try:
            print(*map(repr, await outer))
        except asyncio.CancelledError as error:
            print(repr(error))
        print(inner.cancelled(), outer.cancelled())
    inner = asyncio.gather(job("never", 9), job("nor this", 9))
    outer = asyncio.gather(inner, return_exceptions=True)
    await asyncio.sleep(1)
    outer.cancel("outer")
    try:
        await outer
    except asyncio.CancelledError as error:
        print(repr(error), repr(inner.exception()))
    await asyncio.sleep(2)
"#,
        &[
            "1.0 CancelledError('inner')",
            "1.0 False False",
            "2.0 third",
            "3.0 third",
            "3.0 CancelledError('inner') ['third']",
            "3.0 False False",
            "4.0 CancelledError() CancelledError('outer')",
        ],
        async {
            for return_exceptions in [false, true] {
                let inner = gather([job("never", 9.0), job("nor this", 9.0)]);
                let children = [inner.clone(), gather([job("third", 2.0)])];
                let victim = inner.clone();
                call_later(1.0, move || {
                    victim.cancel_with("inner");
                });
                let cancelled = if return_exceptions {
                    let outer = gather_return_exceptions(children);
                    let results = (&outer).await?.into_iter().map(|result| match result {
                        Ok(names) => format!("{names:?}").replace('"', "'"),
                        Err(error) => error.repr(),
                    });
                    print(results.collect::<Vec<_>>().join(" "));
                    outer.cancelled()
                } else {
                    let outer = gather(children);
                    print((&outer).await.unwrap_err().repr());
                    outer.cancelled()
                };
                print(format!("{} {}", truth(inner.cancelled()), truth(cancelled)));
            }
            let inner = gather([job("never", 9.0), job("nor this", 9.0)]);
            let outer = gather_return_exceptions([inner.clone()]);
            sleep(1.0).await?;
            outer.cancel_with("outer");
            let error = outer.await.unwrap_err();
            print(format!("{} {}", error.repr(), inner.exception()?.unwrap().repr()));
            sleep(2.0).await
        },
    );
}
