//! `Semaphore` and `Event`.

use super::*;

/// Holds a permit for a while.
async fn holder(name: &'static str, permits: Semaphore, hold: f64) -> Result {
    let permit = permits.enter().await?;
    print(format!("{name} in"));
    sleep(hold).await?;
    print(format!("{name} out"));
    drop(permit);
    Ok(())
}

/// The Python of [`holder`], before a program.
macro_rules! with_holder {
    ($program:literal) => {
        concat!(
            r#"
async def holder(name, permits, hold):
    async with permits:
        print(f"{name} in")
        await asyncio.sleep(hold)
        print(f"{name} out")"#,
            $program
        )
    };
}

#[test]
fn permits_go_to_waiters_in_the_order_they_came() {
    check(
        with_holder!(
            r#"
async def main():
    permits = asyncio.Semaphore(2)
    holds = zip("abcde", [3, 1, 1, 1, 1])
    await asyncio.gather(*(holder(name, permits, hold) for name, hold in holds))
"#
        ),
        &[
            "0.0 a in",
            "0.0 b in",
            "1.0 b out",
            "1.0 c in",
            "2.0 c out",
            "2.0 d in",
            "3.0 a out",
            "3.0 d out",
            "3.0 e in",
            "4.0 e out",
        ],
        async {
            let permits = Semaphore::new(2);
            let holds = [("a", 3.0), ("b", 1.0), ("c", 1.0), ("d", 1.0), ("e", 1.0)];
            gather(holds.map(|(name, hold)| holder(name, permits.clone(), hold))).await?;
            Ok(())
        },
    );
}

#[test]
fn nobody_overtakes_a_waiter_not_even_who_releases() {
    check(
        with_holder!(
            r#"
async def greedy(permits):
    for n in range(3):
        async with permits:
            print(f"greedy {n}")
            await asyncio.sleep(0)
async def main():
    permits = asyncio.Semaphore(1)
    tasks = [greedy(permits), holder("a", permits, 1), holder("b", permits, 0)]
    await asyncio.gather(*tasks)
"#
        ),
        &[
            "0.0 greedy 0",
            "0.0 a in",
            "1.0 a out",
            "1.0 b in",
            "1.0 b out",
            "1.0 greedy 1",
            "1.0 greedy 2",
        ],
        async {
            async fn greedy(permits: Semaphore) -> Result {
                for n in 0..3 {
                    let permit = permits.enter().await?;
                    print(format!("greedy {n}"));
                    sleep(0.0).await?;
                    drop(permit);
                }
                Ok(())
            }
            let permits = Semaphore::new(1);
            let tasks = [
                create_task(greedy(permits.clone())),
                create_task(holder("a", permits.clone(), 1.0)),
                create_task(holder("b", permits.clone(), 0.0)),
            ];
            gather(tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn a_permit_handed_over_is_taken_even_before_the_waiter_runs() {
    check(
        with_holder!(
            r#"
async def main():
    permits = asyncio.Semaphore(1)
    await permits.acquire()
    waiting = asyncio.create_task(holder("waiter", permits, 1))
    await asyncio.sleep(0)
    print(permits.locked())
    permits.release()
    print(permits.locked())
    await permits.acquire()
    print("main in")
"#
        ),
        &["0.0 True", "0.0 True", "0.0 waiter in", "1.0 waiter out", "1.0 main in"],
        async {
            let permits = Semaphore::new(1);
            permits.acquire().await?;
            create_task(holder("waiter", permits.clone(), 1.0));
            sleep(0.0).await?;
            print(truth(permits.locked()));
            permits.release();
            print(truth(permits.locked()));
            permits.acquire().await?;
            print("main in");
            Ok(())
        },
    );
}

#[test]
fn a_permit_to_spare_is_not_taken_past_a_waiter_yet_to_run() {
    check(
        with_holder!(
            r#"
async def main():
    permits = asyncio.Semaphore(0)
    waiting = asyncio.create_task(holder("waiter", permits, 1))
    await asyncio.sleep(0)
    permits.release()
    permits.release()
    print(permits.locked())
    await permits.acquire()
    print("main in")
    await waiting
"#
        ),
        &["0.0 True", "0.0 waiter in", "0.0 main in", "1.0 waiter out"],
        async {
            let permits = Semaphore::new(0);
            let waiting = create_task(holder("waiter", permits.clone(), 1.0));
            sleep(0.0).await?;
            permits.release();
            permits.release();
            print(truth(permits.locked()));
            permits.acquire().await?;
            print("main in");
            waiting.await
        },
    );
}

#[test]
fn a_waiter_cancelled_with_a_permit_in_hand_passes_it_on() {
    check(
        with_holder!(
            r#"
async def main():
    permits = asyncio.Semaphore(1)
    await permits.acquire()
    tasks = [asyncio.create_task(holder(name, permits, 1)) for name in "abc"]
    await asyncio.sleep(1)
    permits.release()
    tasks[0].cancel()
    await asyncio.wait(tasks)
    print(permits.locked())
"#
        ),
        &["1.0 b in", "2.0 b out", "2.0 c in", "3.0 c out", "3.0 False"],
        async {
            let permits = Semaphore::new(1);
            permits.acquire().await?;
            let tasks = ["a", "b", "c"].map(|name| create_task(holder(name, permits.clone(), 1.0)));
            sleep(1.0).await?;
            permits.release();
            tasks[0].cancel();
            wait(&tasks).await?;
            print(truth(permits.locked()));
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_empty_handed_leaves_the_line() {
    check(
        with_holder!(
            r#"
async def main():
    permits = asyncio.Semaphore(1)
    tasks = [asyncio.create_task(holder(name, permits, 2)) for name in "abc"]
    await asyncio.sleep(1)
    tasks[1].cancel()
    await asyncio.sleep(0)
    await asyncio.wait(tasks)
    print(permits.locked())
"#
        ),
        &["0.0 a in", "2.0 a out", "2.0 c in", "4.0 c out", "4.0 False"],
        async {
            let permits = Semaphore::new(1);
            let tasks = ["a", "b", "c"].map(|name| create_task(holder(name, permits.clone(), 2.0)));
            sleep(1.0).await?;
            tasks[1].cancel();
            sleep(0.0).await?;
            wait(&tasks).await?;
            print(truth(permits.locked()));
            Ok(())
        },
    );
}

#[test]
fn several_permits_given_back_in_one_step_wake_as_many() {
    check(
        with_holder!(
            r#"
async def main():
    permits = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(holder(name, permits, 1)) for name in "abc"]
    await asyncio.sleep(1)
    permits.release()
    permits.release()
    print("released")
    await asyncio.wait(tasks)
    print(permits.locked())
"#
        ),
        &[
            "1.0 released",
            "1.0 a in",
            "1.0 b in",
            "2.0 a out",
            "2.0 b out",
            "2.0 c in",
            "3.0 c out",
            "3.0 False",
        ],
        async {
            let permits = Semaphore::new(0);
            let tasks = ["a", "b", "c"].map(|name| create_task(holder(name, permits.clone(), 1.0)));
            sleep(1.0).await?;
            permits.release();
            permits.release();
            print("released");
            wait(&tasks).await?;
            print(truth(permits.locked()));
            Ok(())
        },
    );
}

#[test]
fn an_event_wakes_all_in_order_and_none_that_came_after_a_clear() {
    check(
        r#"
async def waiter(name, event):
    await event.wait()
    print(name)
async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(name, event)) for name in "abc"]
    await asyncio.sleep(1)
    tasks[1].cancel()
    event.set()
    event.clear()
    late = asyncio.create_task(waiter("late", event))
    await asyncio.wait(tasks)
    print(event.is_set())
    event.set()
    await event.wait()
    print("at once")
    await late
"#,
        &["1.0 a", "1.0 c", "1.0 False", "1.0 at once", "1.0 late"],
        async {
            async fn waiter(name: &'static str, event: Event) -> Result {
                event.wait().await?;
                print(name);
                Ok(())
            }
            let event = Event::new();
            let tasks = ["a", "b", "c"].map(|name| create_task(waiter(name, event.clone())));
            sleep(1.0).await?;
            tasks[1].cancel();
            event.set();
            event.clear();
            let late = create_task(waiter("late", event.clone()));
            wait(&tasks).await?;
            print(truth(event.is_set()));
            event.set();
            event.wait().await?;
            print("at once");
            late.await
        },
    );
}
