//! `BoundedSemaphore`, and what `Semaphore` refuses.

use super::*;

#[test]
fn fewer_than_no_permits_are_refused() {
    check(
        r#"
async def main():
    for kind in (asyncio.Semaphore, asyncio.BoundedSemaphore):
        for value in (-1, 0, 1):
            try:
                print(kind(value).locked())
            except ValueError as error:
                print(repr(error))
"#,
        &[
            "0.0 ValueError('Semaphore initial value must be >= 0')",
            "0.0 True",
            "0.0 False",
            "0.0 ValueError('Semaphore initial value must be >= 0')",
            "0.0 True",
            "0.0 False",
        ],
        async {
            let semaphore = |value| Ok(Semaphore::try_new(value)?.locked());
            let bounded = |value| Ok(BoundedSemaphore::try_new(value)?.locked());
            for kind in [&semaphore as &dyn Fn(i64) -> Result<bool>, &bounded] {
                for value in [-1, 0, 1] {
                    match kind(value) {
                        Ok(locked) => print(truth(locked)),
                        Err(error) => print(error.repr()),
                    }
                }
            }
            Ok(())
        },
    );
}

#[test]
fn a_release_too_many_is_refused_where_it_happens() {
    check(
        r#"
async def main():
    permits = asyncio.BoundedSemaphore(2)
    def release():
        try:
            permits.release()
            print("released", permits.locked())
        except ValueError as error:
            print(repr(error))
    release()
    await permits.acquire()
    release()
    release()
    try:
        async with permits:
            release()
            release()
    except ValueError as error:
        print("at the end:", repr(error))
"#,
        &[
            "0.0 ValueError('BoundedSemaphore released too many times')",
            "0.0 released False",
            "0.0 ValueError('BoundedSemaphore released too many times')",
            "0.0 released False",
            "0.0 ValueError('BoundedSemaphore released too many times')",
            "0.0 at the end: ValueError('BoundedSemaphore released too many times')",
        ],
        async {
            let permits = BoundedSemaphore::new(2);
            let release = || match permits.release() {
                Ok(()) => print(format!("released {}", truth(permits.locked()))),
                Err(error) => print(error.repr()),
            };
            release();
            permits.acquire().await?;
            release();
            release();
            let permit = permits.enter().await?;
            release();
            release();
            if let Err(error) = permit.exit() {
                print(format!("at the end: {}", error.repr()));
            }
            Ok(())
        },
    );
}

#[test]
fn a_permit_handed_over_is_out_before_the_waiter_runs() {
    check(
        r#"
async def waiter(name, permits):
    async with permits:
        print(f"{name} in")
        await asyncio.sleep(1)
async def main():
    permits = asyncio.BoundedSemaphore(1)
    await permits.acquire()
    tasks = [asyncio.create_task(waiter(name, permits)) for name in "abc"]
    await asyncio.sleep(1)
    permits.release()
    permits.release()
    tasks[0].cancel()
    await asyncio.wait(tasks)
    try:
        permits.release()
    except ValueError as error:
        print(repr(error), permits.locked())
"#,
        &[
            "1.0 b in",
            "1.0 c in",
            "2.0 ValueError('BoundedSemaphore released too many times') False",
        ],
        async {
            async fn waiter(name: &'static str, permits: BoundedSemaphore) -> Result {
                let _permit = permits.enter().await?;
                print(format!("{name} in"));
                sleep(1.0).await
            }
            let permits = BoundedSemaphore::new(1);
            permits.acquire().await?;
            let tasks = ["a", "b", "c"].map(|name| create_task(waiter(name, permits.clone())));
            sleep(1.0).await?;
            permits.release()?;
            permits.release()?;
            tasks[0].cancel();
            wait(&tasks).await?;
            if let Err(error) = permits.release() {
                print(format!("{} {}", error.repr(), truth(permits.locked())));
            }
            Ok(())
        },
    );
}

#[test]
fn a_release_and_a_timeout_at_the_same_instant() {
    check(
        r#"
async def patient(name, permits, timeout):
    try:
        await asyncio.wait_for(permits.acquire(), timeout)
        print(f"{name} in")
        await asyncio.sleep(0)
        permits.release()
    except TimeoutError as error:
        print(f"{name} {error!r}")
async def main():
    for first in ("release", "timeout"):
        permits = asyncio.BoundedSemaphore(1)
        await permits.acquire()
        loop = asyncio.get_running_loop()
        if first == "release":
            loop.call_later(1, permits.release)
        tasks = [asyncio.create_task(patient(name, permits, 1)) for name in "ab"]
        await asyncio.sleep(0)
        if first == "timeout":
            loop.call_later(1, permits.release)
        tasks.append(asyncio.create_task(patient("c", permits, 2)))
        await asyncio.wait(tasks)
        print(first, "came first", permits.locked())
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
            async fn patient(
                name: &'static str,
                permits: BoundedSemaphore,
                timeout: f64,
            ) -> Result {
                match wait_for(permits.acquire(), Some(timeout)).await {
                    Err(error) if error.is("TimeoutError") => {
                        print(format!("{name} {}", error.repr()));
                        return Ok(());
                    }
                    acquired => acquired?,
                }
                print(format!("{name} in"));
                sleep(0.0).await?;
                permits.release()
            }
            for first in ["release", "timeout"] {
                let permits = BoundedSemaphore::new(1);
                permits.acquire().await?;
                let held = permits.clone();
                let release = move || held.release().unwrap();
                if first == "release" {
                    call_later(1.0, release.clone());
                }
                let start = |name, timeout| create_task(patient(name, permits.clone(), timeout));
                let mut tasks = vec![start("a", 1.0), start("b", 1.0)];
                sleep(0.0).await?;
                if first == "timeout" {
                    call_later(1.0, release);
                }
                tasks.push(start("c", 2.0));
                wait(&tasks).await?;
                print(format!("{first} came first {}", truth(permits.locked())));
            }
            Ok(())
        },
    );
}
