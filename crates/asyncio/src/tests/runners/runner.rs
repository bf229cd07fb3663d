//! Runners, and loops run by hand.

use super::*;

/// Checks a program with a synchronous part.
#[track_caller]
fn check_script(python: &str, lines: &[&str], script: impl StdFuture<Output = Result> + 'static) {
    let run = ended(Run::script(VirtualClock, Trace::on(), || script));
    assert_eq!(said(&run, true), lines, "CPython gives the lines on the right for:\n{python}");
}

fn name() -> String {
    current_task().map_or("-".into(), |task| task.name()).to_string()
}

#[test]
fn a_runner_runs_one_after_another_and_keeps_what_is_left() {
    check_script(
        r#"
async def late():
    await asyncio.sleep(2)
    print("late")
async def one():
    print("one", asyncio.current_task().get_name())
    asyncio.create_task(late())
    await asyncio.sleep(1)
    return 1
async def two():
    print("two", asyncio.current_task().get_name())
    await asyncio.sleep(0.5)
    raise ValueError("two")
async def three():
    print("three", asyncio.current_task().get_name())
    await asyncio.sleep(2)
with asyncio.Runner() as runner:
    print(runner.run(one()))
    try:
        runner.run(two())
    except ValueError as error:
        print("raised", error)
    runner.run(three())
try:
    runner.run(two())
except RuntimeError as error:
    print(error)
"#,
        &[
            "0.0 one Task-1",
            "1.0 1",
            "1.0 two Task-3",
            "1.5 raised two",
            "1.5 three Task-4",
            "2.0 late",
            "log coroutine 'two' was never awaited",
            "3.5 Runner is closed",
        ],
        async {
            let two = || {
                Coro::<()>::new("two", async {
                    print(format!("two {}", name()));
                    sleep(0.5).await?;
                    Err(Error::new("ValueError", "two"))
                })
            };
            let runner = Runner::new();
            let one = runner.run(async {
                print(format!("one {}", name()));
                create_task(async {
                    sleep(2.0).await?;
                    print("late");
                    Ok(())
                });
                sleep(1.0).await?;
                Ok(1)
            });
            print(one.await?);
            if let Err(error) = runner.run(two()).await {
                print(format!("raised {error}"));
            }
            let three = async {
                print(format!("three {}", name()));
                sleep(2.0).await
            };
            runner.run(three).await?;
            runner.close().await?;
            if let Err(error) = runner.run(two()).await {
                print(error);
            }
            Ok(())
        },
    );
}

#[test]
fn a_loop_run_by_hand_cancels_nothing() {
    check_script(
        r#"
async def late():
    await asyncio.sleep(2)
async def main():
    asyncio.create_task(late(), name="a")
    await asyncio.sleep(1)
    return "main"
loop = asyncio.new_event_loop()
print(loop.run_until_complete(main()))
future = loop.create_future()
loop.call_later(0.5, future.set_result, "future")
print(loop.run_until_complete(future), loop.is_running())
loop.call_later(0.25, loop.stop)
try:
    loop.run_until_complete(loop.create_future())
except RuntimeError as error:
    print(error)
loop.close()
try:
    loop.run_until_complete(loop.create_future())
except RuntimeError as error:
    print(error, loop.is_closed())
"#,
        &[
            "1.0 main",
            "1.5 future False",
            "1.75 Event loop stopped before Future completed.",
            "1.75 Event loop is closed True",
            "log Task was destroyed but it is pending! [a]",
        ],
        async {
            let event_loop = new_event_loop()?;
            let main = async {
                create_task_named(async { sleep(2.0).await }, "a");
                sleep(1.0).await?;
                Ok("main")
            };
            print(event_loop.run_until_complete(main).await?);
            let future = event_loop.create_future();
            let setter = future.clone();
            event_loop.call_later(0.5, move || setter.set_result("future"));
            let result = event_loop.run_until_complete(future).await?;
            print(format!("{result} {}", truth(event_loop.is_running())));
            let stopped = event_loop.clone();
            event_loop.call_later(0.25, move || stopped.stop());
            let never = event_loop.create_future::<()>();
            if let Err(error) = event_loop.run_until_complete(never).await {
                print(error);
            }
            event_loop.close()?;
            let never = event_loop.create_future::<()>();
            if let Err(error) = event_loop.run_until_complete(never).await {
                print(format!("{error} {}", truth(event_loop.is_closed())));
            }
            Ok(())
        },
    );
}

#[test]
fn a_loop_run_by_hand_closes_generators_when_it_is_told_to() {
    check_script(
        r#"
async def numbers():
    try:
        yield 1
    finally:
        await asyncio.sleep(0.5)
        print("closed in", asyncio.current_task().get_name())
async def main(numbers):
    print(await anext(numbers))
numbers = numbers()
loop = asyncio.new_event_loop()
loop.run_until_complete(main(numbers))
print("main is over")
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
print(loop.is_closed())
"#,
        &["0.0 1", "0.0 main is over", "0.5 closed in Task-3", "0.5 True"],
        async {
            let numbers = async_generator("numbers", async |numbers| {
                let given = numbers.yield_(1).await;
                sleep(0.5).await?;
                print(format!("closed in {}", name()));
                given
            });
            let event_loop = new_event_loop()?;
            let first = numbers.clone();
            let main = async move {
                print(first.next().await?.unwrap_or_default());
                Ok(())
            };
            event_loop.run_until_complete(main).await?;
            print("main is over");
            event_loop.shutdown_asyncgens().await?;
            event_loop.close()?;
            print(truth(event_loop.is_closed()));
            Ok(())
        },
    );
}

#[test]
fn threads_that_are_started_while_no_loop_runs() {
    check_script(
        r#"
def work(name, seconds):
    time.sleep(seconds)
    print(f"{name} in {threading.current_thread().name}")
async def main(name):
    thread = threading.Thread(target=work, args=(name, 1))
    thread.start()
    await asyncio.sleep(0.5)
    print("slept")
    thread.join()
left = threading.Thread(target=work, args=("left", 5))
left.start()
thread = threading.Thread(target=work, args=("first", 1))
thread.start()
print("started")
thread.join()
print(thread.is_alive(), left.is_alive())
time.sleep(0.25)
asyncio.run(main("second"))
asyncio.run(main("third"))
left.join(0.5)
print("gives up waiting", left.is_alive())
"#,
        &[
            "0.0 started",
            "1.0 first in Thread-2 (work)",
            "1.0 False True",
            "1.75 slept",
            "2.25 second in Thread-3 (work)",
            "2.75 slept",
            "3.25 third in Thread-4 (work)",
            "3.75 gives up waiting True",
            "5.0 left in Thread-1 (work)",
        ],
        async {
            fn work(name: &'static str, seconds: f64) -> Thread {
                start_thread("work", move |thread| async move {
                    thread.sleep(seconds).await?;
                    print(format!("{name} in {}", thread.name()));
                    Ok(())
                })
            }
            let left = work("left", 5.0);
            let thread = work("first", 1.0);
            print("started");
            thread.join(None).await?;
            print(format!("{} {}", truth(thread.is_alive()), truth(left.is_alive())));
            time_sleep(0.25);
            for name in ["second", "third"] {
                let runner = Runner::new();
                let main = async move {
                    let thread = work(name, 1.0);
                    sleep(0.5).await?;
                    print("slept");
                    thread.join(None).await
                };
                runner.run(main).await?;
                runner.close().await?;
            }
            left.join(Some(0.5)).await?;
            print(format!("gives up waiting {}", truth(left.is_alive())));
            Ok(())
        },
    );
}
