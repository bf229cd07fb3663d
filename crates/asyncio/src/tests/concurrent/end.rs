//! What threads do at the end of a program, and programs that never end.

use super::*;

#[test]
fn a_job_left_in_the_default_pool_is_waited_for() {
    check(
        r#"
async def main():
    asyncio.create_task(asyncio.to_thread(work, "left", 3))
    asyncio.create_task(clock(9, 1))
    await asyncio.sleep(1)
    print("main ends")
"#,
        &["0.0 left begins", "0.0 tick 0", "1.0 main ends", "1.0 tick 1", "3.0 left ends"],
        async {
            create_task(to_thread(|thread| work(thread, "left", 3.0)));
            create_task(clock(9, 1.0));
            sleep(1.0).await?;
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn turns_at_the_end() {
    check(
        r#"
def call(loop):
    time.sleep(2)
    loop.call_soon_threadsafe(print, "called while closing")
    time.sleep(1)
    loop.call_soon_threadsafe(print, "called with the last breath")
async def child(loop):
    try:
        await asyncio.to_thread(call, loop)
    finally:
        asyncio.create_task(ticker(20))
async def main():
    asyncio.create_task(child(asyncio.get_running_loop()))
    await asyncio.sleep(1)
    print("main ends")
"#,
        &[
            "1.0 main ends",
            "1.0 tick 0",
            "1.0 tick 1",
            "1.0 tick 2",
            "1.0 tick 3",
            "1.0 tick 4",
            "1.0 tick 5",
            "1.0 tick 6",
            "1.0 tick 7",
            "1.0 tick 8",
            "1.0 tick 9",
            "1.0 tick 10",
            "1.0 tick 11",
            "1.0 tick 12",
            "1.0 tick 13",
            "1.0 tick 14",
            "1.0 tick 15",
            "1.0 tick 16",
            "1.0 tick 17",
            "1.0 tick 18",
            "1.0 tick 19",
            "2.0 called while closing",
            "3.0 called with the last breath",
        ],
        async {
            create_task(async {
                let result = to_thread(|thread| async move {
                    thread.sleep(2.0).await?;
                    call_soon_threadsafe(|| print("called while closing"))?;
                    thread.sleep(1.0).await?;
                    call_soon_threadsafe(|| print("called with the last breath"))?;
                    Ok(())
                })
                .await;
                create_task(ticker(20));
                result
            });
            sleep(1.0).await?;
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn with_an_idle_default_pool_too() {
    check(
        r#"
async def child():
    try:
        await asyncio.sleep(9)
    finally:
        asyncio.create_task(ticker(20))
async def main():
    asyncio.create_task(child())
    await asyncio.to_thread(work, "a", 1)
    print("main ends")
"#,
        &[
            "0.0 a begins",
            "1.0 a ends",
            "1.0 main ends",
            "1.0 tick 0",
            "1.0 tick 1",
            "1.0 tick 2",
            "1.0 tick 3",
            "1.0 tick 4",
            "1.0 tick 5",
            "1.0 tick 6",
            "1.0 tick 7",
        ],
        async {
            create_task(async {
                let slept = sleep(9.0).await;
                create_task(ticker(20));
                slept
            });
            to_thread(|thread| work(thread, "a", 1.0)).await?;
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn threads_outlive_the_loop() {
    check(
        r#"
def late(loop):
    time.sleep(2)
    try:
        loop.call_soon_threadsafe(print, "never")
    except RuntimeError as error:
        print(error)
    time.sleep(1)
    print("late ends")
async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    loop.run_in_executor(pool, late, loop)
    loop.run_in_executor(pool, work, "queued", 1)
    threading.Thread(target=work, args=("thread", 1)).start()
    await asyncio.sleep(0.5)
    raise ValueError("bad")
"#,
        &[
            "0.0 thread begins",
            "1.0 thread ends",
            "2.0 Event loop is closed",
            "3.0 late ends",
            "3.0 queued begins",
            "4.0 queued ends",
            "4.0 raised ValueError: bad",
        ],
        async {
            let pool = Pool::threads(1)?;
            run_in_executor(&pool, |thread| async move {
                thread.sleep(2.0).await?;
                if let Err(error) = call_soon_threadsafe(|| print("never")) {
                    print(error);
                }
                thread.sleep(1.0).await?;
                print("late ends");
                Ok(())
            })?;
            run_in_executor(&pool, |thread| work(thread, "queued", 1.0))?;
            start_thread("work", |thread| async move {
                work(thread, "thread", 1.0).await?;
                Ok(())
            });
            sleep(0.5).await?;
            Err(Error::new("ValueError", "bad"))
        },
    );
}

#[test]
fn a_thread_that_waits_for_the_loop_that_waits_for_it() {
    check(
        r#"
def ask(loop):
    print("asks")
    asyncio.run_coroutine_threadsafe(asyncio.sleep(1), loop).result()
async def main():
    loop = asyncio.get_running_loop()
    asyncio.create_task(clock(3, 1), name="clock")
    await asyncio.sleep(0)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(ask, loop)
    print("never")
"#,
        &["0.0 tick 0", "0.0 asks", "0.0 stuck Task-1, clock"],
        async {
            create_task_named(clock(3, 1.0), "clock");
            sleep(0.0).await?;
            let pool = Pool::threads(1)?;
            pool.submit(|_| async {
                print("asks");
                run_coroutine_threadsafe(sleep(1.0))?.result(None).await
            })
            .await?;
            pool.shutdown(true, false).await?;
            print("never");
            Ok(())
        },
    );
}

#[test]
fn a_job_that_waits_for_a_job_behind_it() {
    check(
        r#"
def outer(pool):
    return pool.submit(work, "inner", 1).result()
async def main():
    pool = ThreadPoolExecutor(1)
    await asyncio.get_running_loop().run_in_executor(pool, outer, pool)
"#,
        &["0.0 stuck Task-1"],
        async {
            let pool = Pool::threads(1)?;
            let own = pool.clone();
            run_in_executor(&pool, |_| async move {
                own.submit(|thread| work(thread, "inner", 1.0)).await?.result(None).await
            })?
            .await?;
            Ok(())
        },
    );
}

#[test]
fn a_thread_blocked_for_ever_keeps_the_program_from_ending() {
    check(
        r#"
def outer(pool):
    behind = pool.submit(work, "inner", 1)
    time.sleep(1)
    print("waits")
    behind.result()
async def main():
    pool = ThreadPoolExecutor(1)
    pool.submit(outer, pool)
    await asyncio.sleep(0.5)
    print("main ends")
"#,
        &["0.5 main ends", "1.0 waits", "1.0 stuck "],
        async {
            let pool = Pool::threads(1)?;
            let own = pool.clone();
            pool.submit(|thread| async move {
                let behind = own.submit(|thread| work(thread, "inner", 1.0)).await?;
                thread.sleep(1.0).await?;
                print("waits");
                behind.result(None).await
            })
            .await?;
            sleep(0.5).await?;
            print("main ends");
            Ok(())
        },
    );
}

#[test]
fn an_endless_thread_is_given_up() {
    for held in [false, true] {
        let endless = Run::new(VirtualClock, Trace::off(), move || async move {
            start_thread("work", |thread| async move {
                loop {
                    thread.sleep(0.0).await?;
                }
            });
            if held {
                time_sleep(1.0);
            }
            sleep(1.0).await
        });
        let error = ended(endless.with_budget(1_000)).result();
        assert!(matches!(error, Some(Err(RunError::TooLong { .. }))), "{error:?}");
    }
}

#[test]
fn the_default_pool_is_waited_for_no_longer_than_300_seconds() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        create_task(to_thread(|thread| work(thread, "slow", 1000.0)));
        sleep(1.0).await
    });
    let logged = |run: &Run<()>| {
        run.trace().with(|events| {
            let logged = events.iter().filter_map(|event| match &event.kind {
                EventKind::Logged { log, .. } => Some((event.time, log.message.to_string())),
                _ => None,
            });
            logged.collect::<Vec<_>>()
        })
    };
    while run.step() != Status::Ended {}
    let text = "The executor did not finishing joining its threads within 300 seconds.";
    assert_eq!(logged(&run), [(301.0, text.to_string())]);
    assert_eq!(run.time(), 1000.0, "the thread ends after the loop");
}
