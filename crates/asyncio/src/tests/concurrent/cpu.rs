//! CPU work and the interpreter lock.

use super::*;

#[test]
fn cpu_work_in_threads_holds_the_loop() {
    check(
        r#"
async def main():
    asyncio.create_task(clock(8, 0.25))
    await asyncio.sleep(0.5)
    print(await asyncio.gather(*(asyncio.to_thread(burn, name, 0.3) for name in "abc")))
"#,
        &[
            "0.0 tick 0",
            "0.25 tick 1",
            "0.5 tick 2",
            "0.5 a begins",
            "0.5 b begins",
            "0.5 c begins",
            "0.8 a ends",
            "1.1 b ends",
            "1.4000000000000001 c ends",
            "1.4000000000000001 tick 3",
            "1.4000000000000001 ['a', 'b', 'c']",
        ],
        async {
            create_task(clock(8, 0.25));
            sleep(0.5).await?;
            let all = ["a", "b", "c"].map(|name| to_thread(move |thread| burn(thread, name, 0.3)));
            print(format!("{:?}", gather(all).await?).replace('"', "'"));
            Ok(())
        },
    );
}

#[test]
fn sleeping_threads_go_on_and_the_loop_gets_a_turn_between_two_pieces_of_work() {
    check(
        r#"
def pieces():
    for n in range(3):
        burn(f"piece {n}", 0.4)
async def main():
    asyncio.create_task(clock(20, 0.1))
    await asyncio.gather(asyncio.to_thread(pieces), asyncio.to_thread(work, "sleeper", 0.5),
                         asyncio.to_thread(lambda: (time.sleep(0.5), burn("late", 0.2))))
"#,
        &[
            "0.0 tick 0",
            "0.0 piece 0 begins",
            "0.0 sleeper begins",
            "0.4 piece 0 ends",
            "0.4 piece 1 begins",
            "0.5 sleeper ends",
            "0.5 late begins",
            "0.8 piece 1 ends",
            "0.8 piece 2 begins",
            "0.8 tick 1",
            "1.0 late ends",
            "1.4 piece 2 ends",
            "1.4 tick 2",
        ],
        async {
            create_task(clock(20, 0.1));
            let pieces = to_thread(|thread| async move {
                for name in ["piece 0", "piece 1", "piece 2"] {
                    burn(thread.clone(), name, 0.4).await?;
                }
                Ok("")
            });
            let sleeper = to_thread(|thread| work(thread, "sleeper", 0.5));
            let late = to_thread(|thread| async move {
                thread.sleep(0.5).await?;
                burn(thread, "late", 0.2).await
            });
            gather([pieces, sleeper, late]).await?;
            Ok(())
        },
    );
}

#[test]
fn cpu_work_on_the_loop_itself() {
    check(
        r#"
def both():
    time.sleep(0.25)
    burn("thread", 0.5)
async def main():
    thread = asyncio.create_task(asyncio.to_thread(both))
    asyncio.create_task(clock(5, 0.2))
    await asyncio.sleep(0)
    burn("loop", 0.3)
    time.sleep(0.3)
    print("slept")
    burn("loop", 0)
    burn("loop", 0.1)
    await thread
"#,
        &[
            "0.0 tick 0",
            "0.0 loop begins",
            "0.25 thread begins",
            "0.3 loop ends",
            "0.8 thread ends",
            "0.8 slept",
            "0.8 loop begins",
            "0.8 loop ends",
            "0.8 loop begins",
            "0.9 loop ends",
            "0.9 tick 1",
        ],
        async {
            fn burn_here(seconds: f64) {
                print("loop begins");
                cpu(seconds);
                print("loop ends");
            }
            let thread = create_task(to_thread(|thread| async move {
                thread.sleep(0.25).await?;
                burn(thread, "thread", 0.5).await
            }));
            create_task(clock(5, 0.2));
            sleep(0.0).await?;
            burn_here(0.3);
            time_sleep(0.3);
            print("slept");
            burn_here(0.0);
            burn_here(0.1);
            thread.await?;
            Ok(())
        },
    );
}

#[test]
fn processes_hold_nobody_up() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    asyncio.create_task(clock(8, 0.25))
    pool = ProcessPoolExecutor(2)
    print(await asyncio.gather(*(loop.run_in_executor(pool, burn, name, 0.3) for name in "abc")))
"#,
        &[
            "0.0 tick 0",
            "0.051000000000000004 a begins",
            "0.051000000000000004 b begins",
            "0.25 tick 1",
            "0.351 a ends",
            "0.351 b ends",
            "0.352 c begins",
            "0.5 tick 2",
            "0.6519999999999999 c ends",
            "0.6519999999999999 ['a', 'b', 'c']",
        ],
        async {
            create_task(clock(8, 0.25));
            let pool = Pool::processes(2)?;
            let start = |name| run_in_executor(&pool, move |thread| burn(thread, name, 0.3));
            let all = gather([start("a")?, start("b")?, start("c")?]);
            print(format!("{:?}", all.await?).replace('"', "'"));
            Ok(())
        },
    );
}

#[test]
fn a_busy_wait_for_the_clock_on_the_wall() {
    check(
        r#"
def wait(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
    print("waited")
async def main():
    asyncio.create_task(clock(4, 0.1))
    await asyncio.sleep(0.1)
    wait(0.2)
    await asyncio.to_thread(wait, 0.3)
    start = time.process_time()
    while time.process_time() - start < 0.7:
        pass
    print("worked")
    start = time.monotonic()
    while time.monotonic() <= start:
        pass
"#,
        &[
            "0.0 tick 0",
            "0.30000000000000004 waited",
            "0.30000000000000004 tick 1",
            "0.6000000000000001 waited",
            "1.3 worked",
            "1.301 tick 2",
        ],
        async {
            create_task(clock(4, 0.1));
            sleep(0.1).await?;
            cpu(0.2);
            print("waited");
            to_thread(|thread| async move {
                thread.cpu(0.3).await?;
                print("waited");
                Ok(())
            })
            .await?;
            cpu(0.7);
            print("worked");
            cpu(0.001);
            Ok(())
        },
    );
}
