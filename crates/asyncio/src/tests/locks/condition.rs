//! `Condition`.

use super::*;
use std::cell::Cell;
use std::rc::Rc;

/// Waits to be notified; says what comes of it, and that it holds the lock then.
async fn waiter(name: &'static str, condition: Condition) -> Result {
    let _guard = condition.enter().await?;
    match condition.wait().await {
        Ok(notified) => print(format!("{name} {}", truth(notified))),
        Err(error) => {
            print(format!("{name} {} {}", error.repr(), truth(condition.locked())));
            return Err(error);
        }
    }
    sleep(1.0).await
}

fn waiters<const N: usize>(names: [&'static str; N], condition: &Condition) -> [Task<()>; N] {
    names.map(|name| create_task(waiter(name, condition.clone())))
}

/// The Python of [`waiter`] and [`waiters`], before a program.
macro_rules! with_waiters {
    ($program:literal) => {
        concat!(
            r#"
async def waiter(name, condition):
    async with condition:
        try:
            print(name, await condition.wait())
        except asyncio.CancelledError as error:
            print(name, repr(error), condition.locked())
            raise
        await asyncio.sleep(1)
def waiters(names, condition):
    return [asyncio.create_task(waiter(name, condition)) for name in names]"#,
            $program
        )
    };
}

#[test]
fn the_notified_go_on_one_by_one_in_the_order_they_came() {
    check(
        with_waiters!(
            r#"
async def main():
    condition = asyncio.Condition()
    tasks = waiters("abcde", condition)
    await asyncio.sleep(1)
    async with condition:
        condition.notify()
        condition.notify(2)
        condition.notify(0)
        asyncio.create_task(ticker(3))
        await asyncio.sleep(2)
        print("main out")
    await asyncio.sleep(2)
    async with condition:
        print("main in")
        condition.notify_all()
    await asyncio.wait(tasks)
"#
        ),
        &[
            "1.0 tick 0",
            "1.0 tick 1",
            "1.0 tick 2",
            "3.0 main out",
            "3.0 a True",
            "4.0 b True",
            "5.0 c True",
            "6.0 main in",
            "6.0 d True",
            "7.0 e True",
        ],
        async {
            let condition = Condition::new();
            let tasks = waiters(["a", "b", "c", "d", "e"], &condition);
            sleep(1.0).await?;
            let guard = condition.enter().await?;
            condition.notify(1)?;
            condition.notify(2)?;
            condition.notify(0)?;
            create_task(ticker(3));
            sleep(2.0).await?;
            print("main out");
            drop(guard);
            sleep(2.0).await?;
            let guard = condition.enter().await?;
            print("main in");
            condition.notify_all()?;
            drop(guard);
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn only_who_holds_the_lock_may_wait_and_notify() {
    check(
        r#"
async def main():
    condition = asyncio.Condition()
    def attempt(operation):
        try:
            operation()
        except RuntimeError as error:
            print(repr(error))
    attempt(condition.release)
    attempt(condition.notify)
    attempt(condition.notify_all)
    try:
        await condition.wait()
    except RuntimeError as error:
        print(repr(error))
    print(await condition.wait_for(lambda: True))
    print(await condition.acquire(), condition.locked())
    condition.release()
    print(condition.locked())
"#,
        &[
            "0.0 RuntimeError('Lock is not acquired.')",
            "0.0 RuntimeError('cannot notify on un-acquired lock')",
            "0.0 RuntimeError('cannot notify on un-acquired lock')",
            "0.0 RuntimeError('cannot wait on un-acquired lock')",
            "0.0 True",
            "0.0 True True",
            "0.0 False",
        ],
        async {
            let condition = Condition::new();
            let results = [condition.release(), condition.notify(1), condition.notify_all()];
            for error in results.into_iter().filter_map(Result::err) {
                print(error.repr());
            }
            if let Err(error) = condition.wait().await {
                print(error.repr());
            }
            print(truth(condition.wait_for(|| true).await?));
            let acquired = condition.acquire().await?;
            print(format!("{} {}", truth(acquired), truth(condition.locked())));
            condition.release()?;
            print(truth(condition.locked()));
            Ok(())
        },
    );
}

#[test]
fn a_predicate_is_asked_at_once_and_after_each_notification() {
    check(
        r#"
async def main():
    condition = asyncio.Condition()
    level = 0
    async def above(bound):
        def predicate():
            print(f"{level} > {bound}?")
            return level > bound
        async with condition:
            print(bound, await condition.wait_for(predicate))
    tasks = [asyncio.create_task(above(bound)) for bound in (1, 0, 2)]
    await asyncio.sleep(1)
    for level in (1, 2, 3):
        async with condition:
            condition.notify_all()
        await asyncio.sleep(1)
    await asyncio.wait(tasks)
"#,
        &[
            "0.0 0 > 1?",
            "0.0 0 > 0?",
            "0.0 0 > 2?",
            "1.0 1 > 1?",
            "1.0 1 > 0?",
            "1.0 0 True",
            "1.0 1 > 2?",
            "2.0 2 > 1?",
            "2.0 1 True",
            "2.0 2 > 2?",
            "3.0 3 > 2?",
            "3.0 2 True",
        ],
        async {
            let condition = Condition::new();
            let level = Rc::new(Cell::new(0));
            let tasks = [1, 0, 2].map(|bound| {
                let (condition, level) = (condition.clone(), level.clone());
                create_task(async move {
                    let predicate = move || {
                        print(format!("{} > {bound}?", level.get()));
                        level.get() > bound
                    };
                    let _guard = condition.enter().await?;
                    let result = condition.wait_for(predicate).await?;
                    print(format!("{bound} {}", truth(result)));
                    Ok(())
                })
            });
            sleep(1.0).await?;
            for value in 1..=3 {
                level.set(value);
                let guard = condition.enter().await?;
                condition.notify_all()?;
                drop(guard);
                sleep(1.0).await?;
            }
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_before_it_is_notified_is_passed_over() {
    check(
        with_waiters!(
            r#"
async def main():
    condition = asyncio.Condition()
    tasks = waiters("abcd", condition)
    await asyncio.sleep(1)
    async with condition:
        tasks[0].cancel("too late")
        tasks[2].cancel()
        condition.notify(2)
    print(condition.locked())
    await asyncio.wait(tasks)
"#
        ),
        &[
            "1.0 False",
            "1.0 a CancelledError('too late') True",
            "1.0 c CancelledError() True",
            "1.0 b True",
            "2.0 d True",
        ],
        async {
            let condition = Condition::new();
            let tasks = waiters(["a", "b", "c", "d"], &condition);
            sleep(1.0).await?;
            let guard = condition.enter().await?;
            tasks[0].cancel_with("too late");
            tasks[2].cancel();
            condition.notify(2)?;
            drop(guard);
            print(truth(condition.locked()));
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_when_notified_passes_the_notification_on() {
    check(
        with_waiters!(
            r#"
async def main():
    condition = asyncio.Condition()
    for turns in range(4):
        print(f"after {turns} turns")
        tasks = waiters("abc", condition)
        await asyncio.sleep(1)
        async with condition:
            condition.notify()
        for _ in range(turns):
            await asyncio.sleep(0)
        tasks[0].cancel()
        print(condition.locked())
        await asyncio.sleep(1)
        async with condition:
            condition.notify_all()
        await asyncio.wait(tasks)
"#
        ),
        &[
            "0.0 after 0 turns",
            "1.0 False",
            "1.0 a CancelledError() True",
            "1.0 b True",
            "2.0 c True",
            "3.0 after 1 turns",
            "4.0 a True",
            "4.0 True",
            "5.0 b True",
            "6.0 c True",
            "7.0 after 2 turns",
            "8.0 a True",
            "8.0 True",
            "9.0 b True",
            "10.0 c True",
            "11.0 after 3 turns",
            "12.0 a True",
            "12.0 True",
            "13.0 b True",
            "14.0 c True",
        ],
        async {
            let condition = Condition::new();
            for turns in 0..4 {
                print(format!("after {turns} turns"));
                let tasks = waiters(["a", "b", "c"], &condition);
                sleep(1.0).await?;
                let guard = condition.enter().await?;
                condition.notify(1)?;
                drop(guard);
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                tasks[0].cancel();
                print(truth(condition.locked()));
                sleep(1.0).await?;
                let guard = condition.enter().await?;
                condition.notify_all()?;
                drop(guard);
                wait(&tasks).await?;
            }
            Ok(())
        },
    );
}

#[test]
fn cancelled_while_it_takes_the_lock_again_it_takes_it_all_the_same() {
    check(
        with_waiters!(
            r#"
async def main():
    condition = asyncio.Condition()
    tasks = waiters("abc", condition)
    await asyncio.sleep(1)
    async with condition:
        condition.notify(2)
        await asyncio.sleep(1)
        for n in range(3):
            tasks[0].cancel(f"cancelled {n}")
            await asyncio.sleep(n)
        tasks[2].cancel("first")
        await asyncio.sleep(1)
        tasks[2].cancel("second")
        print("main out")
    asyncio.create_task(ticker(6))
    await asyncio.wait(tasks)
"#
        ),
        &[
            "6.0 main out",
            "6.0 b True",
            "6.0 tick 0",
            "6.0 tick 1",
            "6.0 tick 2",
            "6.0 tick 3",
            "6.0 tick 4",
            "6.0 tick 5",
            "7.0 a CancelledError('cancelled 2') True",
            "7.0 c CancelledError('second') True",
        ],
        async {
            let condition = Condition::new();
            let tasks = waiters(["a", "b", "c"], &condition);
            sleep(1.0).await?;
            let guard = condition.enter().await?;
            condition.notify(2)?;
            sleep(1.0).await?;
            for n in 0..3 {
                tasks[0].cancel_with(&format!("cancelled {n}"));
                sleep(f64::from(n)).await?;
            }
            tasks[2].cancel_with("first");
            sleep(1.0).await?;
            tasks[2].cancel_with("second");
            print("main out");
            drop(guard);
            create_task(ticker(6));
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn two_conditions_over_one_lock_are_notified_apart() {
    check(
        with_waiters!(
            r#"
async def main():
    lock = asyncio.Lock()
    full, empty = asyncio.Condition(lock), asyncio.Condition(lock)
    tasks = waiters("ab", full) + waiters("cd", empty)
    await asyncio.sleep(1)
    async with lock:
        print(full.locked(), empty.locked())
        empty.notify_all()
    await asyncio.sleep(5)
    async with full:
        empty.notify_all()
        full.notify()
    await asyncio.sleep(5)
    print(lock.locked())
"#
        ),
        &[
            "1.0 True True",
            "1.0 c True",
            "2.0 d True",
            "6.0 a True",
            "11.0 False",
            "11.0 b CancelledError() True",
        ],
        async {
            let lock = Lock::new();
            let (full, empty) = (Condition::with_lock(&lock), Condition::with_lock(&lock));
            waiters(["a", "b"], &full);
            waiters(["c", "d"], &empty);
            sleep(1.0).await?;
            let guard = lock.enter().await?;
            print(format!("{} {}", truth(full.locked()), truth(empty.locked())));
            empty.notify_all()?;
            drop(guard);
            sleep(5.0).await?;
            let guard = full.enter().await?;
            empty.notify_all()?;
            full.notify(1)?;
            drop(guard);
            sleep(5.0).await?;
            print(truth(lock.locked()));
            Ok(())
        },
    );
}

#[test]
fn a_notification_and_a_timeout_at_the_same_instant() {
    check(
        r#"
async def main():
    condition = asyncio.Condition()
    async def patient(name, timeout):
        async with condition:
            try:
                await asyncio.wait_for(condition.wait(), timeout)
                print(name, "notified")
            except TimeoutError as error:
                print(name, repr(error), condition.locked())
    for first in ("notify", "timeout"):
        print(first, "first")
        if first == "notify":
            asyncio.get_running_loop().call_later(1, condition.notify)
        tasks = [asyncio.create_task(patient(name, 1)) for name in "ab"]
        tasks.append(asyncio.create_task(patient("c", 2)))
        await asyncio.sleep(0)
        if first == "timeout":
            asyncio.get_running_loop().call_later(1, condition.notify)
        async with condition:
            await asyncio.sleep(1)
            print("main out")
        await asyncio.wait(tasks)
"#,
        &[
            "0.0 notify first",
            "1.0 main out",
            "1.0 a TimeoutError() True",
            "1.0 b TimeoutError() True",
            "1.0 c notified",
            "1.0 timeout first",
            "2.0 main out",
            "2.0 a TimeoutError() True",
            "2.0 b TimeoutError() True",
            "2.0 c notified",
        ],
        async {
            async fn patient(name: &'static str, timeout: f64, condition: Condition) -> Result {
                let _guard = condition.enter().await?;
                match wait_for(condition.wait(), Some(timeout)).await {
                    Err(error) if error.is("TimeoutError") => {
                        let locked = truth(condition.locked());
                        print(format!("{name} {} {locked}", error.repr()));
                    }
                    notified => {
                        notified?;
                        print(format!("{name} notified"));
                    }
                }
                Ok(())
            }
            let condition = Condition::new();
            for first in ["notify", "timeout"] {
                print(format!("{first} first"));
                let notifier = condition.clone();
                let notify = move || notifier.notify(1).unwrap();
                if first == "notify" {
                    call_later(1.0, notify.clone());
                }
                let tasks = [("a", 1.0), ("b", 1.0), ("c", 2.0)];
                let tasks = tasks
                    .map(|(name, timeout)| create_task(patient(name, timeout, condition.clone())));
                sleep(0.0).await?;
                if first == "timeout" {
                    call_later(1.0, notify);
                }
                let guard = condition.enter().await?;
                sleep(1.0).await?;
                print("main out");
                drop(guard);
                wait(&tasks).await?;
            }
            Ok(())
        },
    );
}
