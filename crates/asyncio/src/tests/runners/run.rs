//! How programs end.

use super::*;
use std::cell::Cell;
use std::rc::Rc;

#[test]
fn a_main_that_fails_cancels_the_rest_and_lets_it_clean_up() {
    check(
        r#"
async def child(name, cleanup):
    try:
        await asyncio.sleep(9)
    finally:
        await asyncio.sleep(cleanup)
        print(f"{name} cleaned up")
async def main():
    for name, cleanup in [("slow", 2), ("quick", 1)]:
        asyncio.create_task(child(name, cleanup))
    await asyncio.sleep(1)
    raise ValueError("bad")
"#,
        &["2.0 quick cleaned up", "3.0 slow cleaned up", "3.0 raised ValueError: bad"],
        async {
            for (name, cleanup) in [("slow", 2.0), ("quick", 1.0)] {
                create_task(async move {
                    let slept = sleep(9.0).await;
                    sleep(cleanup).await?;
                    print(format!("{name} cleaned up"));
                    slept
                });
            }
            sleep(1.0).await?;
            Err(Error::new("ValueError", "bad"))
        },
    );
}

#[test]
fn what_cleanup_starts_gets_only_the_last_turns() {
    check(
        r#"
async def child():
    try:
        await asyncio.sleep(9)
    finally:
        asyncio.create_task(ticker(20))
        print("cleaned up")
async def main():
    asyncio.create_task(child())
    await asyncio.sleep(1)
    print("main ends")
"#,
        &[
            "1.0 main ends",
            "1.0 cleaned up",
            "1.0 tick 0",
            "1.0 tick 1",
            "1.0 tick 2",
            "1.0 tick 3",
            "1.0 tick 4",
            "1.0 tick 5",
        ],
        async {
            create_task(async {
                let slept = sleep(9.0).await;
                create_task(ticker(20));
                print("cleaned up");
                slept
            });
            sleep(1.0).await?;
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn tasks_left_get_the_turn_in_which_main_ends_and_one_more() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(20))
    await asyncio.sleep(0)
    print("main ends")
"#,
        &["0.0 tick 0", "0.0 main ends", "0.0 tick 1"],
        async {
            create_task(ticker(20));
            sleep(0.0).await?;
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn the_last_turn_may_end_with_a_cancelled_timer() {
    check(
        r#"
async def child(done):
    await asyncio.wait([done], timeout=0)
    print("never")
async def main():
    done = asyncio.get_running_loop().create_future()
    done.set_result(None)
    asyncio.create_task(child(done))
    await asyncio.sleep(0)
    print("main ends")
"#,
        &["0.0 main ends"],
        async {
            let done = create_future();
            done.set_result(())?;
            create_task(async move {
                wait(&[done]).timeout(0.0).await?;
                print("never");
                Ok(())
            });
            sleep(0.0).await?;
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn a_main_that_is_cancelled_raises_cancelled() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(1, future.cancel, "by timer")
    try:
        await future
    finally:
        print("cleaned up")
"#,
        &["1.0 cleaned up", "1.0 raised CancelledError: by timer"],
        async {
            let future = create_future::<()>();
            let awaited = future.clone();
            call_later(1.0, move || {
                future.cancel_with("by timer");
            });
            let result = awaited.await;
            print("cleaned up");
            result
        },
    );
}

#[test]
fn a_deadlock_names_the_tasks() {
    check(
        r#"
async def main():
    permits = asyncio.Semaphore(0)
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(permits.acquire(), name="for a permit"),
             asyncio.create_task(queue.get(), name="for an item"),
             asyncio.create_task(job("job", 1), name="ends")]
    await queue.join()
    await asyncio.gather(*tasks)
"#,
        &["1.0 job", "1.0 stuck Task-1, for a permit, for an item"],
        async {
            let permits = Semaphore::new(0);
            let queue = Queue::<&str>::new(0);
            let acquire = permits.acquire();
            let tasks = [
                create_task_named(async { acquire.await.map(|()| "permit") }, "for a permit"),
                create_task_named(queue.get(), "for an item"),
                create_task_named(job("job", 1.0), "ends"),
            ];
            queue.join().await?;
            gather(tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn the_error_of_a_deadlock_says_what_each_task_waits_for_and_where() {
    let (line, main) = (line!(), async { Semaphore::new(0).acquire().await });
    let text = run(main).unwrap_err().to_string();
    let expected = format!("Task-1 waits for acquire on resource #0 (line {line})");
    assert!(text.contains(&expected), "{text}");
}

#[test]
fn an_endless_program_is_given_up() {
    fn again() {
        call_soon(again);
    }
    let endless = Run::new(VirtualClock, Trace::off(), || async {
        again();
        create_future::<()>().await
    });
    let error = ended(endless.with_budget(1_000)).result();
    assert!(matches!(error, Some(Err(RunError::TooLong { limit: 1_000 }))), "{error:?}");
}

#[test]
fn without_a_trace_it_runs_the_same() {
    async fn program() -> Result<Vec<(usize, f64)>> {
        let permits = Semaphore::new(2);
        let jobs = (0..5).map(|n| {
            let permits = permits.clone();
            async move {
                let _permit = permits.enter().await?;
                sleep(1.0 + n as f64 / 4.0).await?;
                print("heard by nobody");
                Ok((n, time()))
            }
        });
        gather(jobs).await
    }
    let mut traced = Run::new(VirtualClock, Trace::on(), program);
    while traced.step() != Status::Ended {}
    assert!(!traced.trace().is_empty());
    assert_eq!(run(program()).unwrap(), traced.result().unwrap().unwrap());
}

#[test]
fn there_is_no_result_before_the_end() {
    let cleaned = Rc::new(Cell::new(false));
    let seen = cleaned.clone();
    let mut run = Run::new(VirtualClock, Trace::off(), || async move {
        create_task(async move {
            let slept = sleep(9.0).await;
            sleep(1.0).await?;
            seen.set(true);
            slept
        });
        sleep(0.0).await?;
        Ok("result")
    });
    while run.step() != Status::Ended {
        assert!(run.result().is_none());
    }
    assert!(cleaned.get(), "the result comes after the cleanup of what was left");
    assert_eq!(run.result().unwrap().unwrap(), "result");
    assert_eq!(run.step(), Status::Ended);
}
