//! `Event`.

use super::*;

/// Waits for the event, at most for a while; says what comes of it.
async fn waiter(name: &'static str, event: Event, timeout: f64) -> Result {
    match wait_for(event.wait(), Some(timeout)).await {
        Err(error) => print(format!("{name} {}", error.repr())),
        Ok(set) => print(format!("{name} {}", truth(set))),
    }
    Ok(())
}

fn waiters<const N: usize>(names: [&'static str; N], event: &Event, timeout: f64) -> [Task<()>; N] {
    names.map(|name| create_task(waiter(name, event.clone(), timeout)))
}

/// The Python of [`waiter`] and [`waiters`], before a program.
macro_rules! with_waiters {
    ($program:literal) => {
        concat!(
            r#"
async def waiter(name, event, timeout):
    try:
        print(name, await asyncio.wait_for(event.wait(), timeout))
    except (TimeoutError, asyncio.CancelledError) as error:
        print(name, repr(error))
def waiters(names, event, timeout):
    return [asyncio.create_task(waiter(name, event, timeout)) for name in names]"#,
            $program
        )
    };
}

#[test]
fn set_and_a_timeout_at_the_same_instant() {
    check(
        with_waiters!(
            r#"
async def main():
    for first in ("set", "timeout"):
        print(first, "first")
        event = asyncio.Event()
        if first == "set":
            asyncio.get_running_loop().call_later(1, event.set)
        tasks = waiters("ab", event, 1) + waiters("c", event, 2)
        await asyncio.sleep(0)
        if first == "timeout":
            asyncio.get_running_loop().call_later(1, event.set)
        await asyncio.wait(tasks)
"#
        ),
        &[
            "0.0 set first",
            "1.0 a TimeoutError()",
            "1.0 b TimeoutError()",
            "1.0 c True",
            "1.0 timeout first",
            "2.0 a TimeoutError()",
            "2.0 b TimeoutError()",
            "2.0 c True",
        ],
        async {
            for first in ["set", "timeout"] {
                print(format!("{first} first"));
                let event = Event::new();
                let setter = event.clone();
                let set = move || setter.set();
                if first == "set" {
                    call_later(1.0, set.clone());
                }
                let early = waiters(["a", "b"], &event, 1.0);
                let late = waiters(["c"], &event, 2.0);
                sleep(0.0).await?;
                if first == "timeout" {
                    call_later(1.0, set);
                }
                wait(&[&early[..], &late[..]].concat()).await?;
            }
            Ok(())
        },
    );
}

#[test]
fn a_waiter_cancelled_in_the_turn_of_the_set_is_cancelled_and_later_it_is_not() {
    check(
        with_waiters!(
            r#"
async def main():
    for turns in range(3):
        print(f"after {turns} turns")
        event = asyncio.Event()
        tasks = waiters("abc", event, 5)
        await asyncio.sleep(1)
        asyncio.create_task(ticker(3))
        tasks[0].cancel("before")
        event.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        tasks[1].cancel("after")
        event.clear()
        await asyncio.wait(tasks)
        print(event.is_set())
"#
        ),
        &[
            "0.0 after 0 turns",
            "1.0 tick 0",
            "1.0 a CancelledError('before')",
            "1.0 b CancelledError('after')",
            "1.0 c True",
            "1.0 tick 1",
            "1.0 tick 2",
            "1.0 False",
            "1.0 after 1 turns",
            "2.0 tick 0",
            "2.0 a CancelledError('before')",
            "2.0 b True",
            "2.0 c True",
            "2.0 tick 1",
            "2.0 tick 2",
            "2.0 False",
            "2.0 after 2 turns",
            "3.0 tick 0",
            "3.0 a CancelledError('before')",
            "3.0 b True",
            "3.0 c True",
            "3.0 tick 1",
            "3.0 tick 2",
            "3.0 False",
        ],
        async {
            for turns in 0..3 {
                print(format!("after {turns} turns"));
                let event = Event::new();
                let tasks = waiters(["a", "b", "c"], &event, 5.0);
                sleep(1.0).await?;
                create_task(ticker(3));
                tasks[0].cancel_with("before");
                event.set();
                for _ in 0..turns {
                    sleep(0.0).await?;
                }
                tasks[1].cancel_with("after");
                event.clear();
                wait(&tasks).await?;
                print(truth(event.is_set()));
            }
            Ok(())
        },
    );
}
