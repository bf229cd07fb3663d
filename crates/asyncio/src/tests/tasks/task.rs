//! Tasks taking turns.

use super::*;

#[test]
fn tasks_that_yield_take_turns() {
    check(
        r#"
async def worker(name):
    for n in range(3):
        print(f"{name}{n}")
        await asyncio.sleep(0)
async def main():
    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await tasks[0]
    print("a is done")
    await tasks[2]
    print("c is done")
"#,
        &[
            "0.0 a0",
            "0.0 b0",
            "0.0 c0",
            "0.0 a1",
            "0.0 b1",
            "0.0 c1",
            "0.0 a2",
            "0.0 b2",
            "0.0 c2",
            "0.0 a is done",
            "0.0 c is done",
        ],
        async {
            async fn worker(name: &'static str) -> Result {
                for n in 0..3 {
                    print(format!("{name}{n}"));
                    sleep(0.0).await?;
                }
                Ok(())
            }
            let tasks = ["a", "b", "c"].map(|name| create_task(worker(name)));
            (&tasks[0]).await?;
            print("a is done");
            (&tasks[2]).await?;
            print("c is done");
            Ok(())
        },
    );
}

#[test]
fn awaiting_a_coroutine_takes_no_turn_and_a_task_one_more() {
    check(
        r#"
async def nothing():
    print("nothing")
async def main():
    asyncio.create_task(ticker(5))
    await nothing()
    print("coroutine awaited")
    await asyncio.create_task(nothing())
    print("task awaited")
"#,
        &[
            "0.0 nothing",
            "0.0 coroutine awaited",
            "0.0 tick 0",
            "0.0 nothing",
            "0.0 tick 1",
            "0.0 task awaited",
            "0.0 tick 2",
        ],
        async {
            async fn nothing() -> Result {
                print("nothing");
                Ok(())
            }
            create_task(ticker(5));
            nothing().await?;
            print("coroutine awaited");
            create_task(nothing()).await?;
            print("task awaited");
            Ok(())
        },
    );
}

#[test]
fn awaiting_a_task_that_is_done_takes_no_turn() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("job", 0))
    await asyncio.sleep(1)
    asyncio.create_task(ticker(1))
    print(await task)
    print(await task)
"#,
        &["0.0 job", "1.0 job", "1.0 job", "1.0 tick 0"],
        async {
            let task = create_task(job("job", 0.0));
            sleep(1.0).await?;
            create_task(ticker(1));
            print((&task).await?);
            print((&task).await?);
            Ok(())
        },
    );
}

#[test]
fn a_sleep_ends_two_turns_after_its_timer() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    def callback(n):
        print(f"turn {n}")
        if n < 3:
            loop.call_soon(callback, n + 1)
    loop.call_later(1, callback, 0)
    await asyncio.sleep(1)
    print("slept")
    await asyncio.sleep(1)
"#,
        &["1.0 turn 0", "1.0 turn 1", "1.0 slept", "1.0 turn 2", "1.0 turn 3"],
        async {
            fn callback(n: usize) {
                print(format!("turn {n}"));
                if n < 3 {
                    call_soon(move || callback(n + 1));
                }
            }
            call_later(1.0, || callback(0));
            sleep(1.0).await?;
            print("slept");
            sleep(1.0).await
        },
    );
}

#[test]
fn timers_of_equal_deadline_resume_tasks_in_the_order_they_were_set() {
    check(
        r#"
async def main():
    first = asyncio.create_task(job("first", 2))
    await asyncio.sleep(1)
    second = asyncio.create_task(job("second", 1))
    await asyncio.wait([first, second])
"#,
        &["2.0 first", "2.0 second"],
        async {
            let first = create_task(job("first", 2.0));
            sleep(1.0).await?;
            let second = create_task(job("second", 1.0));
            wait(&[first, second]).await?;
            Ok(())
        },
    );
}

#[test]
fn blocking_work_makes_others_late() {
    check(
        r#"
import time
async def main():
    tasks = [asyncio.create_task(job(name, delay)) for name, delay in [("b", 2), ("a", 1)]]
    await asyncio.sleep(0)
    time.sleep(3)
    print("blocked")
    asyncio.create_task(ticker(2))
    await asyncio.wait(tasks)
"#,
        &["3.0 blocked", "3.0 tick 0", "3.0 tick 1", "3.0 a", "3.0 b"],
        async {
            let tasks = [("b", 2.0), ("a", 1.0)].map(|(name, delay)| create_task(job(name, delay)));
            sleep(0.0).await?;
            time_sleep(3.0);
            print("blocked");
            create_task(ticker(2));
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn names_count_only_tasks_that_got_none() {
    check(
        r#"
async def show():
    print(asyncio.current_task().get_name())
async def main():
    await show()
    await asyncio.gather(show(), asyncio.create_task(show(), name="own"), show())
"#,
        &["0.0 Task-1", "0.0 own", "0.0 Task-2", "0.0 Task-3"],
        async {
            async fn show() -> Result {
                print(current_task_name().unwrap_or_default());
                Ok(())
            }
            show().await?;
            let (first, own) = (show(), create_task_named(show(), "own"));
            // Arguments are made into tasks in their order.
            let [a, c] = [first, show()].map(create_task);
            gather([a, own, c]).await?;
            Ok(())
        },
    );
}
