//! Futures, callbacks, timers.

use super::*;

#[test]
fn callbacks_and_waiters_run_in_the_order_they_came() {
    check(
        r#"
async def waiter(future):
    print(f"waiter {await future}")
async def main():
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda future: print(f"first {future.result()}"))
    asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    removed = lambda _: print("removed")
    future.add_done_callback(removed)
    future.add_done_callback(lambda _: print("last"))
    print(future.remove_done_callback(removed), future.remove_done_callback(removed))
    future.set_result(1)
    print("set")
    await future
    print("main awaited a done future")
    future.add_done_callback(lambda _: print("late"))
    print("added")
    await asyncio.sleep(0)
"#,
        &[
            "0.0 1 0",
            "0.0 set",
            "0.0 main awaited a done future",
            "0.0 added",
            "0.0 first 1",
            "0.0 waiter 1",
            "0.0 last",
            "0.0 late",
        ],
        async {
            let future = create_future();
            future.add_done_callback(|future| {
                print(format!("first {}", future.result().unwrap_or_default()));
            });
            let awaited = future.clone();
            create_task(async move {
                print(format!("waiter {}", awaited.await?));
                Ok(())
            });
            sleep(0.0).await?;
            let removed = future.add_done_callback(|_| print("removed"));
            future.add_done_callback(|_| print("last"));
            let counts = [removed, removed].map(|id| future.remove_done_callback(id));
            print(format!("{} {}", counts[0], counts[1]));
            future.set_result(1)?;
            print("set");
            (&future).await?;
            print("main awaited a done future");
            future.add_done_callback(|_| print("late"));
            print("added");
            sleep(0.0).await
        },
    );
}

#[test]
fn callbacks_of_a_task_and_its_waiter() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("job", 1))
    task.add_done_callback(lambda _: print("before"))
    asyncio.get_running_loop().call_soon(
        lambda: task.add_done_callback(lambda task: print(f"after {task.result()}")))
    print(await task)
    await asyncio.sleep(0)
"#,
        &["1.0 job", "1.0 before", "1.0 job", "1.0 after job"],
        async {
            let task = create_task(job("job", 1.0));
            task.add_done_callback(|_| print("before"));
            let later = task.clone();
            call_soon(move || {
                later.add_done_callback(|task| {
                    print(format!("after {}", task.result().unwrap_or_default()));
                });
            });
            print(task.await?);
            sleep(0.0).await
        },
    );
}

#[test]
fn it_can_be_completed_once() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    for read in (future.result, future.exception):
        try:
            read()
        except asyncio.InvalidStateError as error:
            print(repr(error))
    future.set_result("first")
    for again in (lambda: future.set_result("second"), lambda: future.set_exception(ValueError())):
        try:
            again()
        except asyncio.InvalidStateError as error:
            print(type(error).__name__)
    print(future.cancel(), future.result(), future.exception())
    failed = loop.create_future()
    failed.set_exception(ValueError("bad"))
    print(repr(failed.exception()), failed.cancelled())
    cancelled = loop.create_future()
    print(cancelled.cancel("gone"), cancelled.cancel(), cancelled.cancelled())
    for read in (cancelled.result, cancelled.exception):
        try:
            read()
        except asyncio.CancelledError as error:
            print(repr(error))
"#,
        &[
            "0.0 InvalidStateError('Result is not set.')",
            "0.0 InvalidStateError('Exception is not set.')",
            "0.0 InvalidStateError",
            "0.0 InvalidStateError",
            "0.0 False first None",
            "0.0 ValueError('bad') False",
            "0.0 True False True",
            "0.0 CancelledError('gone')",
            "0.0 CancelledError('gone')",
        ],
        async {
            fn say<T>(result: Result<T>) {
                if let Err(error) = result {
                    print(error.repr());
                }
            }
            let future = create_future();
            say(future.result());
            say(future.exception());
            future.set_result("first")?;
            let again =
                [future.set_result("second"), future.set_exception(Error::new("ValueError", ""))];
            for result in again.into_iter().filter_map(std::result::Result::err) {
                print(result.type_name());
            }
            let exception = future.exception()?.map_or("None".into(), |error| error.repr());
            print(format!("{} {} {exception}", truth(future.cancel()), future.result()?));
            let failed = create_future::<()>();
            failed.set_exception(Error::new("ValueError", "bad"))?;
            let exception = failed.exception()?.map_or("None".into(), |error| error.repr());
            print(format!("{exception} {}", truth(failed.cancelled())));
            let cancelled = create_future::<()>();
            let states = [cancelled.cancel_with("gone"), cancelled.cancel(), cancelled.cancelled()];
            print(states.map(truth).join(" "));
            say(cancelled.result());
            say(cancelled.exception());
            Ok(())
        },
    );
}

#[test]
fn a_future_completed_twice_in_one_turn_wakes_its_waiter_once() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, "value")
    loop.call_soon(future.cancel)
    asyncio.create_task(ticker(2))
    print(await future)
    await asyncio.sleep(0)
    print("next")
"#,
        &["0.0 tick 0", "0.0 value", "0.0 tick 1", "0.0 next"],
        async {
            let future = create_future();
            let (setter, canceller) = (future.clone(), future.clone());
            call_soon(move || {
                let _ = setter.set_result("value");
            });
            call_soon(move || {
                canceller.cancel();
            });
            create_task(ticker(2));
            print(future.await?);
            sleep(0.0).await?;
            print("next");
            Ok(())
        },
    );
}

#[test]
fn timers_callbacks_and_tasks_share_one_queue() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0, print, "timer at once")
    loop.call_at(-1, print, "timer in the past")
    loop.call_soon(print, "soon")
    asyncio.create_task(ticker(2))
    loop.call_soon(print, "cancelled").cancel()
    loop.call_later(1, print, "second")
    loop.call_later(1, print, "third").cancel()
    loop.call_at(1, print, "fourth")
    await asyncio.sleep(2)
"#,
        &[
            "0.0 soon",
            "0.0 tick 0",
            "0.0 timer in the past",
            "0.0 timer at once",
            "0.0 tick 1",
            "1.0 second",
            "1.0 fourth",
        ],
        async {
            call_later(0.0, || print("timer at once"));
            call_at(-1.0, || print("timer in the past"));
            call_soon(|| print("soon"));
            create_task(ticker(2));
            call_soon(|| print("cancelled")).cancel();
            call_later(1.0, || print("second"));
            call_later(1.0, || print("third")).cancel();
            call_at(1.0, || print("fourth"));
            sleep(2.0).await
        },
    );
}
