//! Cancelling what threads do, or wait for.

use super::*;

#[test]
fn a_job_in_the_queue_is_cancelled_and_a_running_one_goes_on() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    a, b, c = [loop.run_in_executor(pool, work, name, 1) for name in "abc"]
    await asyncio.sleep(0.5)
    print(a.cancel(), b.cancel(), a.cancelled(), b.cancelled(), b.cancel())
    for future in (a, b):
        try:
            await future
        except asyncio.CancelledError as error:
            print(repr(error))
    print(await c)
"#,
        &[
            "0.0 a begins",
            "0.5 True True True True False",
            "0.5 CancelledError()",
            "0.5 CancelledError()",
            "1.0 a ends",
            "1.0 c begins",
            "2.0 c ends",
            "2.0 c",
        ],
        async {
            let pool = Pool::threads(1)?;
            let start = |name| run_in_executor(&pool, move |thread| work(thread, name, 1.0));
            let (a, b, c) = (start("a")?, start("b")?, start("c")?);
            sleep(0.5).await?;
            let answers =
                [a.cancel(), b.cancel(), a.cancelled(), b.cancelled(), b.cancel()].map(truth);
            print(answers.join(" "));
            for future in [a, b] {
                print(future.await.unwrap_err().repr());
            }
            print(c.await?);
            Ok(())
        },
    );
}

#[test]
fn cancelled_in_the_turn_in_which_it_was_submitted() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    loop.run_in_executor(pool, work, "to a new thread", 1).cancel()
    loop.run_in_executor(pool, work, "behind it", 1).cancel()
    await asyncio.sleep(2)
    loop.run_in_executor(pool, work, "to an idle thread", 1).cancel()
    await asyncio.sleep(2)
    future = pool.submit(work, "straight to an idle thread", 1)
    print(future.cancel(), future.cancelled())
    await asyncio.sleep(0.5)
    future = pool.submit(work, "again", 1)
    await asyncio.sleep(0)
    print(future.cancel(), future.cancelled())
"#,
        &[
            "0.0 to a new thread begins",
            "1.0 to a new thread ends",
            "2.0 to an idle thread begins",
            "3.0 to an idle thread ends",
            "4.0 True True",
            "4.5 again begins",
            "4.5 False False",
            "5.5 again ends",
        ],
        async {
            let pool = Pool::threads(1)?;
            let start = |name| run_in_executor(&pool, move |thread| work(thread, name, 1.0));
            start("to a new thread")?.cancel();
            start("behind it")?.cancel();
            sleep(2.0).await?;
            start("to an idle thread")?.cancel();
            sleep(2.0).await?;
            let future =
                pool.submit(|thread| work(thread, "straight to an idle thread", 1.0)).await?;
            print(format!("{} {}", truth(future.cancel()), truth(future.cancelled())));
            sleep(0.5).await?;
            let future = pool.submit(|thread| work(thread, "again", 1.0)).await?;
            sleep(0.0).await?;
            print(format!("{} {}", truth(future.cancel()), truth(future.cancelled())));
            Ok(())
        },
    );
}

#[test]
fn a_task_that_waits_for_a_thread() {
    check(
        r#"
async def wait():
    try:
        await asyncio.to_thread(work, "a", 1)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise
async def main():
    task = asyncio.create_task(wait())
    await asyncio.sleep(0.5)
    task.cancel("enough")
    await ticker(3)
    print(task.cancelled())
    await asyncio.sleep(1)
"#,
        &[
            "0.0 a begins",
            "0.5 tick 0",
            "0.5 CancelledError('enough')",
            "0.5 tick 1",
            "0.5 tick 2",
            "0.5 True",
            "1.0 a ends",
        ],
        async {
            let task = create_task(async {
                let result = to_thread(|thread| work(thread, "a", 1.0)).await;
                if let Err(error) = &result {
                    print(error.repr());
                }
                result
            });
            sleep(0.5).await?;
            task.cancel_with("enough");
            ticker(3).await?;
            print(truth(task.cancelled()));
            sleep(1.0).await
        },
    );
}

#[test]
fn a_future_of_threads_cancelled_by_whom_it_is_wrapped_for() {
    check(
        r#"
def got(future):
    try:
        print(future.result())
    except Exception as error:
        print(type(error).__name__, future.cancelled())
async def main():
    pool = ThreadPoolExecutor(2)
    release = pool.submit(work, "a", 1)
    pool.submit(work, "b", 2)
    queued = pool.submit(work, "c", 1)
    wrapped = asyncio.wrap_future(queued)
    waiter = threading.Thread(target=got, args=(queued,))
    waiter.start()
    await asyncio.sleep(0.5)
    wrapped.cancel()
    print(queued.cancelled())
    await asyncio.sleep(0)
    print(queued.cancelled())
    await asyncio.sleep(0)
    wrapped = asyncio.wrap_future(release)
    try:
        await asyncio.wait_for(wrapped, 0.25)
    except TimeoutError:
        print(release.running())
    await asyncio.to_thread(got, release)
"#,
        &[
            "0.0 a begins",
            "0.0 b begins",
            "0.5 False",
            "0.5 True",
            "0.5 CancelledError True",
            "0.75 True",
            "1.0 a ends",
            "1.0 a",
            "2.0 b ends",
        ],
        async {
            async fn got(future: ThreadFuture<&'static str>) -> Result {
                match future.result(None).await {
                    Ok(name) => print(name),
                    Err(error) => {
                        assert!(error.exception().is_some(), "except Exception catches it");
                        print(format!("{} {}", error.type_name(), truth(future.cancelled())));
                    }
                }
                Ok(())
            }
            let pool = Pool::threads(2)?;
            let release = pool.submit(|thread| work(thread, "a", 1.0)).await?;
            pool.submit(|thread| work(thread, "b", 2.0)).await?;
            let queued = pool.submit(|thread| work(thread, "c", 1.0)).await?;
            let wrapped = wrap_future(&queued);
            let waited = queued.clone();
            start_thread("got", |_| got(waited));
            sleep(0.5).await?;
            wrapped.cancel();
            print(truth(queued.cancelled()));
            sleep(0.0).await?;
            print(truth(queued.cancelled()));
            sleep(0.0).await?;
            let wrapped = wrap_future(&release);
            if wait_for(wrapped, Some(0.25)).await.is_err_and(|error| error.is("TimeoutError")) {
                print(truth(release.running()));
            }
            to_thread(move |_| got(release)).await
        },
    );
}

#[test]
fn the_other_cancelled_error_becomes_asyncios() {
    check(
        r#"
def wait_for_cancelled(pool):
    future = pool.submit(work, "never", 1)
    future.cancel()
    return future.result()
async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    pool.submit(work, "a", 1)
    future = loop.run_in_executor(None, wait_for_cancelled, pool)
    try:
        await future
    except asyncio.CancelledError as error:
        print(repr(error), future.cancelled())
"#,
        &["0.0 a begins", "0.0 CancelledError() False", "1.0 a ends"],
        async {
            let pool = Pool::threads(1)?;
            pool.submit(|thread| work(thread, "a", 1.0)).await?;
            let future = run_in_executor(None, move |_| async move {
                let future = pool.submit(|thread| work(thread, "never", 1.0)).await?;
                future.cancel();
                future.result(None).await
            })?;
            let error = (&future).await.unwrap_err();
            assert!(error.is_cancelled());
            print(format!("{} {}", error.repr(), truth(future.cancelled())));
            Ok(())
        },
    );
}
