//! Threads and pools, against CPython's own `threading` and `concurrent.futures`.
//!
//! Before each Python program also stand `import time, threading` and `from concurrent.futures import
//! ThreadPoolExecutor, ProcessPoolExecutor, wait`, and the functions of the first.

mod cancel;
mod cpu;
mod end;
mod freeing;
mod processes;
mod submit;
mod threadsafe;
mod traced;

use super::*;

/// Blocks its thread, and says so.
async fn work(thread: Thread, name: &'static str, seconds: f64) -> Result<&'static str> {
    print(format!("{name} begins"));
    thread.sleep(seconds).await?;
    print(format!("{name} ends"));
    Ok(name)
}

/// CPU work.
async fn burn(thread: Thread, name: &'static str, seconds: f64) -> Result<&'static str> {
    print(format!("{name} begins"));
    thread.cpu(seconds).await?;
    print(format!("{name} ends"));
    Ok(name)
}

/// Blocks its thread and raises.
async fn bad(thread: Thread, seconds: f64) -> Result<&'static str> {
    thread.sleep(seconds).await?;
    Err(Error::new("ValueError", "bad"))
}

/// Prints a line every so many seconds.
async fn clock(ticks: usize, period: f64) -> Result {
    for n in 0..ticks {
        print(format!("tick {n}"));
        sleep(period).await?;
    }
    Ok(())
}

#[test]
fn the_prelude_behaves_alike() {
    check(
        r#"
def work(name, seconds):
    print(f"{name} begins")
    time.sleep(seconds)
    print(f"{name} ends")
    return name
def burn(name, seconds):
    print(f"{name} begins")
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    print(f"{name} ends")
    return name
def bad(seconds):
    time.sleep(seconds)
    raise ValueError("bad")
async def clock(ticks, period):
    for n in range(ticks):
        print(f"tick {n}")
        await asyncio.sleep(period)
async def main():
    asyncio.create_task(clock(4, 0.25))
    print(await asyncio.to_thread(work, "work", 0.5))
    print(await asyncio.to_thread(burn, "burn", 0.3))
    await asyncio.to_thread(bad, 0.125)
"#,
        &[
            "0.0 work begins",
            "0.0 tick 0",
            "0.25 tick 1",
            "0.5 work ends",
            "0.5 work",
            "0.5 tick 2",
            "0.5 burn begins",
            "0.8 burn ends",
            "0.8 burn",
            "0.8 tick 3",
            "0.925 raised ValueError: bad",
        ],
        async {
            create_task(clock(4, 0.25));
            print(to_thread(|thread| work(thread, "work", 0.5)).await?);
            print(to_thread(|thread| burn(thread, "burn", 0.3)).await?);
            to_thread(|thread| bad(thread, 0.125)).await?;
            Ok(())
        },
    );
}

#[test]
fn threads_go_on_while_the_loop_is_held() {
    check(
        r#"
async def main():
    task = asyncio.create_task(asyncio.to_thread(work, "a", 1))
    asyncio.create_task(clock(2, 0.5))
    await asyncio.sleep(0.25)
    b = asyncio.create_task(asyncio.to_thread(work, "b", 0.5))
    await asyncio.sleep(0)
    print("holds the loop")
    time.sleep(2)
    print("lets go")
    print(await task, await b)
"#,
        &[
            "0.0 a begins",
            "0.0 tick 0",
            "0.25 b begins",
            "0.25 holds the loop",
            "0.75 b ends",
            "1.0 a ends",
            "2.25 lets go",
            "2.25 tick 1",
            "2.25 a b",
        ],
        async {
            let a = create_task(to_thread(|thread| work(thread, "a", 1.0)));
            create_task(clock(2, 0.5));
            sleep(0.25).await?;
            let b = create_task(to_thread(|thread| work(thread, "b", 0.5)));
            sleep(0.0).await?;
            print("holds the loop");
            time_sleep(2.0);
            print("lets go");
            print(format!("{} {}", a.await?, b.await?));
            Ok(())
        },
    );
}

#[test]
fn a_new_thread_runs_at_once_and_an_idle_one_when_the_loop_next_gives_way() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    for name in "ab":
        future = loop.run_in_executor(None, work, name, 0.5)
        print(f"submitted {name}")
        await ticker(2)
        print(await future)
        await ticker(2)
"#,
        &[
            "0.0 a begins",
            "0.0 submitted a",
            "0.0 tick 0",
            "0.0 tick 1",
            "0.5 a ends",
            "0.5 a",
            "0.5 tick 0",
            "0.5 tick 1",
            "0.5 submitted b",
            "0.5 tick 0",
            "0.5 b begins",
            "0.5 tick 1",
            "1.0 b ends",
            "1.0 b",
            "1.0 tick 0",
            "1.0 tick 1",
        ],
        async {
            for name in ["a", "b"] {
                let future = run_in_executor(None, move |thread| work(thread, name, 0.5))?;
                print(format!("submitted {name}"));
                ticker(2).await?;
                print(future.await?);
                ticker(2).await?;
            }
            Ok(())
        },
    );
}

#[test]
fn an_end_at_the_time_of_a_timer_comes_first() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(job("timer", 1)),
             asyncio.create_task(asyncio.to_thread(work, "thread", 1)),
             asyncio.create_task(ticker(3))]
    await asyncio.sleep(0.5)
    asyncio.create_task(job("timer too", 0.5))
    await asyncio.sleep(0.5)
    print("main")
    for task in tasks:
        print(await task)
"#,
        &[
            "0.0 thread begins",
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "1.0 thread ends",
            "1.0 timer",
            "1.0 main",
            "1.0 timer",
            "1.0 thread",
            "1.0 None",
            "1.0 timer too",
        ],
        async {
            let timer = create_task(job("timer", 1.0));
            let thread = create_task(to_thread(|thread| work(thread, "thread", 1.0)));
            let ticks = create_task(ticker(3));
            sleep(0.5).await?;
            create_task(job("timer too", 0.5));
            sleep(0.5).await?;
            print("main");
            print(timer.await?);
            print(thread.await?);
            ticks.await?;
            print("None");
            Ok(())
        },
    );
}

#[test]
fn a_thread_of_no_pool() {
    check(
        r#"
def first():
    print(threading.current_thread().name)
    time.sleep(1)
    other = threading.Thread(target=second)
    other.start()
    print("started")
    other.join(0.25)
    print(other.is_alive())
    other.join()
    print("joined")
def second():
    print(threading.current_thread().name)
    time.sleep(0.5)
async def main():
    thread = threading.Thread(target=first)
    thread.start()
    print("started")
    await asyncio.sleep(0.5)
    thread.join(0.75)
    print(thread.is_alive())
    await asyncio.sleep(0.125)
    thread.join()
    print(thread.is_alive())
    thread.join()
"#,
        &[
            "0.0 Thread-1 (first)",
            "0.0 started",
            "1.0 Thread-2 (second)",
            "1.0 started",
            "1.25 True",
            "1.25 True",
            "1.5 joined",
            "1.5 False",
        ],
        async {
            async fn second(thread: Thread) -> Result {
                print(thread.name());
                thread.sleep(0.5).await
            }
            async fn first(thread: Thread) -> Result {
                print(thread.name());
                thread.sleep(1.0).await?;
                let other = start_thread("second", second);
                print("started");
                other.join(Some(0.25)).await?;
                print(truth(other.is_alive()));
                other.join(None).await?;
                print("joined");
                Ok(())
            }
            let thread = start_thread("first", first);
            print("started");
            sleep(0.5).await?;
            thread.join(Some(0.75)).await?;
            print(truth(thread.is_alive()));
            sleep(0.125).await?;
            thread.join(None).await?;
            print(truth(thread.is_alive()));
            thread.join(None).await
        },
    );
}

#[test]
fn bad_lengths_of_sleep_and_joining_oneself() {
    check(
        r#"
def errors():
    for seconds in (-1, float("nan"), float("inf")):
        try:
            time.sleep(seconds)
        except (ValueError, OverflowError) as error:
            print(error)
    try:
        threading.current_thread().join()
    except RuntimeError as error:
        print(error)
    time.sleep(0)
    print("slept")
async def main():
    await asyncio.to_thread(errors)
"#,
        &[
            "0.0 sleep length must be non-negative",
            "0.0 Invalid value NaN (not a number)",
            "0.0 timestamp out of range for platform time_t",
            "0.0 cannot join current thread",
            "0.0 slept",
        ],
        async {
            to_thread(|thread| async move {
                for seconds in [-1.0, f64::NAN, f64::INFINITY] {
                    print(thread.sleep(seconds).await.unwrap_err());
                }
                print(thread.join(None).await.unwrap_err());
                thread.sleep(0.0).await?;
                print("slept");
                Ok(())
            })
            .await
        },
    );
}
