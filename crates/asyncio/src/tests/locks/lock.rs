//! `Lock`.

use super::*;

/// Holds the lock for a while; says when it is cancelled.
async fn user(name: &'static str, lock: Lock, hold: f64) -> Result {
    let used = async {
        let _guard = lock.enter().await?;
        print(format!("{name} in"));
        sleep(hold).await?;
        print(format!("{name} out"));
        Ok(())
    };
    let used = used.await;
    if used.is_err() {
        print(format!("{name} cancelled"));
    }
    used
}

fn users<const N: usize>(names: [&'static str; N], lock: &Lock, hold: f64) -> [Task<()>; N] {
    names.map(|name| create_task(user(name, lock.clone(), hold)))
}

/// The Python of [`user`] and [`users`], before a program.
macro_rules! with_users {
    ($program:literal) => {
        concat!(
            r#"
async def user(name, lock, hold):
    try:
        async with lock:
            print(f"{name} in")
            await asyncio.sleep(hold)
            print(f"{name} out")
    except asyncio.CancelledError:
        print(f"{name} cancelled")
        raise
def users(names, lock, hold):
    return [asyncio.create_task(user(name, lock, hold)) for name in names]"#,
            $program
        )
    };
}

#[test]
fn it_goes_to_waiters_in_the_order_they_came() {
    check(
        with_users!(
            r#"
async def main():
    lock = asyncio.Lock()
    asyncio.create_task(ticker(4))
    await asyncio.wait(users("abc", lock, 0))
    await asyncio.wait(users("de", lock, 1))
    print(await lock.acquire(), lock.locked())
"#
        ),
        &[
            "0.0 tick 0",
            "0.0 a in",
            "0.0 tick 1",
            "0.0 a out",
            "0.0 tick 2",
            "0.0 b in",
            "0.0 tick 3",
            "0.0 b out",
            "0.0 c in",
            "0.0 c out",
            "0.0 d in",
            "1.0 d out",
            "1.0 e in",
            "2.0 e out",
            "2.0 True True",
        ],
        async {
            let lock = Lock::new();
            create_task(ticker(4));
            wait(&users(["a", "b", "c"], &lock, 0.0)).await?;
            wait(&users(["d", "e"], &lock, 1.0)).await?;
            print(format!("{} {}", truth(lock.acquire().await?), truth(lock.locked())));
            Ok(())
        },
    );
}

#[test]
fn who_releases_cannot_overtake_a_waiter_that_has_not_run_yet() {
    check(
        with_users!(
            r#"
async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    users("ab", lock, 1)
    await asyncio.sleep(0)
    lock.release()
    print(lock.locked())
    await lock.acquire()
    print("main in", lock.locked())
    lock.release()
    print(lock.locked())
"#
        ),
        &[
            "0.0 False",
            "0.0 a in",
            "1.0 a out",
            "1.0 b in",
            "2.0 b out",
            "2.0 main in True",
            "2.0 False",
        ],
        async {
            let lock = Lock::new();
            lock.acquire().await?;
            users(["a", "b"], &lock, 1.0);
            sleep(0.0).await?;
            lock.release()?;
            print(truth(lock.locked()));
            lock.acquire().await?;
            print(format!("main in {}", truth(lock.locked())));
            lock.release()?;
            print(truth(lock.locked()));
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_before_the_release_leaves_the_line() {
    check(
        with_users!(
            r#"
async def main():
    lock = asyncio.Lock()
    tasks = users("abc", lock, 2)
    await asyncio.sleep(1)
    tasks[1].cancel()
    await asyncio.wait(tasks)
    print(lock.locked())
"#
        ),
        &["0.0 a in", "1.0 b cancelled", "2.0 a out", "2.0 c in", "4.0 c out", "4.0 False"],
        async {
            let lock = Lock::new();
            let tasks = users(["a", "b", "c"], &lock, 2.0);
            sleep(1.0).await?;
            tasks[1].cancel();
            wait(&tasks).await?;
            print(truth(lock.locked()));
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_in_the_turn_of_the_release_passes_it_on() {
    check(
        with_users!(
            r#"
async def main():
    lock = asyncio.Lock()
    for order in ("release first", "cancel first"):
        print(order)
        await lock.acquire()
        tasks = users("ab", lock, 1)
        await asyncio.sleep(1)
        asyncio.create_task(ticker(4))
        if order == "release first":
            lock.release()
            tasks[0].cancel()
        else:
            tasks[0].cancel()
            lock.release()
        print(lock.locked())
        await asyncio.wait(tasks)
"#
        ),
        &[
            "0.0 release first",
            "1.0 False",
            "1.0 tick 0",
            "1.0 a cancelled",
            "1.0 tick 1",
            "1.0 b in",
            "1.0 tick 2",
            "1.0 tick 3",
            "2.0 b out",
            "2.0 cancel first",
            "3.0 False",
            "3.0 tick 0",
            "3.0 a cancelled",
            "3.0 tick 1",
            "3.0 b in",
            "3.0 tick 2",
            "3.0 tick 3",
            "4.0 b out",
        ],
        async {
            let lock = Lock::new();
            for order in ["release first", "cancel first"] {
                print(order);
                lock.acquire().await?;
                let tasks = users(["a", "b"], &lock, 1.0);
                sleep(1.0).await?;
                create_task(ticker(4));
                if order == "release first" {
                    lock.release()?;
                    tasks[0].cancel();
                } else {
                    tasks[0].cancel();
                    lock.release()?;
                }
                print(truth(lock.locked()));
                wait(&tasks).await?;
            }
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_in_the_turn_after_the_release_holds_it_already() {
    check(
        with_users!(
            r#"
async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = users("ab", lock, 1)
    await asyncio.sleep(1)
    asyncio.create_task(ticker(4))
    lock.release()
    await asyncio.sleep(0)
    tasks[0].cancel()
    print(lock.locked())
    await asyncio.wait(tasks)
"#
        ),
        &[
            "1.0 tick 0",
            "1.0 a in",
            "1.0 True",
            "1.0 tick 1",
            "1.0 a cancelled",
            "1.0 tick 2",
            "1.0 b in",
            "1.0 tick 3",
            "2.0 b out",
        ],
        async {
            let lock = Lock::new();
            lock.acquire().await?;
            let tasks = users(["a", "b"], &lock, 1.0);
            sleep(1.0).await?;
            create_task(ticker(4));
            lock.release()?;
            sleep(0.0).await?;
            tasks[0].cancel();
            print(truth(lock.locked()));
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn past_waiters_that_are_all_cancelled_it_is_taken_at_once() {
    check(
        with_users!(
            r#"
async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = users("ab", lock, 1)
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    lock.release()
    await lock.acquire()
    print("main in")
    late = users("c", lock, 1)
    await asyncio.sleep(0)
    print(lock.locked())
    lock.release()
    await asyncio.wait(late)
"#
        ),
        &["1.0 main in", "1.0 a cancelled", "1.0 b cancelled", "1.0 True", "1.0 c in", "2.0 c out"],
        async {
            let lock = Lock::new();
            lock.acquire().await?;
            let tasks = users(["a", "b"], &lock, 1.0);
            sleep(1.0).await?;
            for task in &tasks {
                task.cancel();
            }
            lock.release()?;
            lock.acquire().await?;
            print("main in");
            let late = users(["c"], &lock, 1.0);
            sleep(0.0).await?;
            print(truth(lock.locked()));
            lock.release()?;
            wait(&late).await?;
            Ok(())
        },
    );
}

#[test]
fn a_release_and_a_timeout_at_the_same_instant() {
    check(
        r#"
async def patient(name, lock, timeout):
    try:
        await asyncio.wait_for(lock.acquire(), timeout)
        print(f"{name} in")
        lock.release()
    except TimeoutError as error:
        print(f"{name} {error!r}")
async def main():
    for first in ("release", "timeout"):
        lock = asyncio.Lock()
        await lock.acquire()
        tasks = []
        if first == "timeout":
            tasks = [asyncio.create_task(patient(name, lock, 1)) for name in "ab"]
            await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(1, lock.release)
        if first == "release":
            tasks = [asyncio.create_task(patient(name, lock, 1)) for name in "ab"]
        tasks.append(asyncio.create_task(patient("c", lock, 2)))
        await asyncio.wait(tasks)
        print(first, "came first", lock.locked())
"#,
        &[
            "1.0 a TimeoutError()",
            "1.0 b TimeoutError()",
            "1.0 c in",
            "1.0 release came first False",
            "2.0 a TimeoutError()",
            "2.0 b TimeoutError()",
            "2.0 c in",
            "2.0 timeout came first False",
        ],
        async {
            async fn patient(name: &'static str, lock: Lock, timeout: f64) -> Result {
                match wait_for(lock.acquire(), Some(timeout)).await {
                    Ok(_) => {
                        print(format!("{name} in"));
                        lock.release()
                    }
                    Err(error) if error.is("TimeoutError") => {
                        print(format!("{name} {}", error.repr()));
                        Ok(())
                    }
                    Err(error) => Err(error),
                }
            }
            for first in ["release", "timeout"] {
                let lock = Lock::new();
                lock.acquire().await?;
                let start = || ["a", "b"].map(|name| create_task(patient(name, lock.clone(), 1.0)));
                let mut tasks = Vec::new();
                if first == "timeout" {
                    tasks.extend(start());
                    sleep(0.0).await?;
                }
                let held = lock.clone();
                call_later(1.0, move || held.release().unwrap());
                if first == "release" {
                    tasks.extend(start());
                }
                tasks.push(create_task(patient("c", lock.clone(), 2.0)));
                wait(&tasks).await?;
                print(format!("{first} came first {}", truth(lock.locked())));
            }
            Ok(())
        },
    );
}

#[test]
fn any_task_may_release_it_but_only_while_it_is_held() {
    check(
        r#"
async def main():
    lock = asyncio.Lock()
    try:
        lock.release()
    except RuntimeError as error:
        print(repr(error))
    async def other():
        lock.release()
        print("released")
    try:
        async with lock:
            await asyncio.create_task(other())
            print(lock.locked())
    except RuntimeError as error:
        print(repr(error))
"#,
        &[
            "0.0 RuntimeError('Lock is not acquired.')",
            "0.0 released",
            "0.0 False",
            "0.0 RuntimeError('Lock is not acquired.')",
        ],
        async {
            let lock = Lock::new();
            if let Err(error) = lock.release() {
                print(error.repr());
            }
            let guard = lock.enter().await?;
            let other = lock.clone();
            create_task(async move {
                other.release()?;
                print("released");
                Ok(())
            })
            .await?;
            print(truth(lock.locked()));
            if let Err(error) = guard.exit() {
                print(error.repr());
            }
            Ok(())
        },
    );
}
