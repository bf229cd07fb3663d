//! Jobs, workers, shutting down.

use super::*;

#[test]
fn more_jobs_than_workers() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(max_workers=2)
    jobs = [loop.run_in_executor(pool, work, name, seconds)
            for name, seconds in zip("abcde", (1, 0.5, 0.75, 0.25, 0.5))]
    asyncio.create_task(clock(3, 0.5))
    for job in asyncio.as_completed(jobs):
        print(await job)
"#,
        &[
            "0.0 a begins",
            "0.0 b begins",
            "0.0 tick 0",
            "0.5 b ends",
            "0.5 c begins",
            "0.5 tick 1",
            "0.5 b",
            "1.0 a ends",
            "1.0 d begins",
            "1.0 tick 2",
            "1.0 a",
            "1.25 c ends",
            "1.25 e begins",
            "1.25 d ends",
            "1.25 c",
            "1.25 d",
            "1.75 e ends",
            "1.75 e",
        ],
        async {
            let pool = Pool::threads(2)?;
            let jobs = [("a", 1.0), ("b", 0.5), ("c", 0.75), ("d", 0.25), ("e", 0.5)];
            let mut futures = Vec::new();
            for (name, seconds) in jobs {
                futures.push(run_in_executor(&pool, move |thread| work(thread, name, seconds))?);
            }
            create_task(clock(3, 0.5));
            // What `as_completed` does, for as much as matters here.
            let done = Queue::new(0);
            for future in &futures {
                let done = done.clone();
                future.add_done_callback(move |future| done.put_nowait(future.clone()).unwrap());
            }
            for _ in futures {
                print(done.get().await?.await?);
            }
            Ok(())
        },
    );
}

#[test]
fn the_worker_that_is_idle_longest_gets_the_job() {
    check(
        r#"
def named(seconds):
    time.sleep(seconds)
    return threading.current_thread().name
async def main():
    loop = asyncio.get_running_loop()
    ThreadPoolExecutor(1)
    pool = ThreadPoolExecutor(3)
    await asyncio.gather(*(loop.run_in_executor(pool, named, s) for s in (3, 1, 2)))
    print(await asyncio.gather(*(loop.run_in_executor(pool, named, 1) for _ in range(4))))
    print(await asyncio.to_thread(named, 1))
"#,
        &[
            "5.0 ['ThreadPoolExecutor-1_1', 'ThreadPoolExecutor-1_2', 'ThreadPoolExecutor-1_0', 'ThreadPoolExecutor-1_1']",
            "6.0 asyncio_0",
        ],
        async {
            async fn named(thread: Thread, seconds: f64) -> Result<std::rc::Rc<str>> {
                thread.sleep(seconds).await?;
                Ok(thread.name())
            }
            let _other = Pool::threads(1)?;
            let pool = Pool::threads(3)?;
            let start = |seconds| run_in_executor(&pool, move |thread| named(thread, seconds));
            gather([start(3.0)?, start(1.0)?, start(2.0)?]).await?;
            let names = gather([start(1.0)?, start(1.0)?, start(1.0)?, start(1.0)?]).await?;
            print(format!("{names:?}").replace('"', "'"));
            print(to_thread(|thread| named(thread, 1.0)).await?);
            Ok(())
        },
    );
}

#[test]
fn exceptions_pass_through() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, bad, 1)
    try:
        await future
    except ValueError as error:
        print(repr(error), future.done(), future.cancelled())
    results = await asyncio.gather(asyncio.to_thread(work, "a", 1), asyncio.to_thread(bad, 0.5), return_exceptions=True)
    print(results)
    with ThreadPoolExecutor(1) as pool:
        print(repr(pool.submit(bad, 0.25).exception()))
"#,
        &[
            "1.0 ValueError('bad') True False",
            "1.0 a begins",
            "2.0 a ends",
            "2.0 ['a', ValueError('bad')]",
            "2.25 ValueError('bad')",
        ],
        async {
            let future = run_in_executor(None, |thread| bad(thread, 1.0))?;
            let error = (&future).await.unwrap_err();
            print(format!(
                "{} {} {}",
                error.repr(),
                truth(future.done()),
                truth(future.cancelled())
            ));
            let results = gather_return_exceptions([
                to_thread(|thread| work(thread, "a", 1.0)),
                to_thread(|thread| bad(thread, 0.5)),
            ])
            .await?;
            let text = |result: &Result<&str>| {
                result.as_ref().map_or_else(Error::repr, |name| repr_str(name))
            };
            print(format!("[{}, {}]", text(&results[0]), text(&results[1])));
            let pool = Pool::threads(1)?;
            let future = pool.submit(|thread| bad(thread, 0.25)).await?;
            print(future.result(None).await.unwrap_err().repr());
            pool.shutdown(true, false).await
        },
    );
}

#[test]
fn a_timeout_around_to_thread_leaves_the_thread_to_itself() {
    check(
        r#"
async def main():
    try:
        await asyncio.wait_for(asyncio.to_thread(work, "slow", 3), 1)
    except TimeoutError as error:
        print(repr(error))
    print(await asyncio.to_thread(work, "quick", 1))
"#,
        &[
            "0.0 slow begins",
            "1.0 TimeoutError()",
            "1.0 quick begins",
            "2.0 quick ends",
            "2.0 quick",
            "3.0 slow ends",
        ],
        async {
            let slow = to_thread(|thread| work(thread, "slow", 3.0));
            print(wait_for(slow, Some(1.0)).await.unwrap_err().repr());
            print(to_thread(|thread| work(thread, "quick", 1.0)).await?);
            Ok(())
        },
    );
}

#[test]
fn shutting_down_holds_the_loop_for_the_jobs_left() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    asyncio.create_task(clock(3, 0.5))
    await asyncio.sleep(0)
    with ThreadPoolExecutor(2) as pool:
        jobs = [loop.run_in_executor(pool, work, name, 1) for name in "abc"]
    print("shut down")
    print(await asyncio.gather(*jobs))
    for refuse in (lambda: pool.submit(work, "d", 1), lambda: loop.run_in_executor(pool, work, "d", 1)):
        try:
            refuse()
        except RuntimeError as error:
            print(error)
    pool.shutdown()
"#,
        &[
            "0.0 tick 0",
            "0.0 a begins",
            "0.0 b begins",
            "1.0 a ends",
            "1.0 c begins",
            "1.0 b ends",
            "2.0 c ends",
            "2.0 shut down",
            "2.0 tick 1",
            "2.0 ['a', 'b', 'c']",
            "2.0 cannot schedule new futures after shutdown",
            "2.0 cannot schedule new futures after shutdown",
        ],
        async {
            create_task(clock(3, 0.5));
            sleep(0.0).await?;
            let pool = Pool::threads(2)?;
            let mut jobs = Vec::new();
            for name in ["a", "b", "c"] {
                jobs.push(run_in_executor(&pool, move |thread| work(thread, name, 1.0))?);
            }
            pool.shutdown(true, false).await?;
            print("shut down");
            print(format!("{:?}", gather(jobs).await?).replace('"', "'"));
            let refused = pool.submit(|thread| work(thread, "d", 1.0)).await;
            print(refused.err().unwrap());
            let refused = run_in_executor(&pool, |thread| work(thread, "d", 1.0));
            print(refused.err().unwrap());
            pool.shutdown(true, false).await
        },
    );
}

#[test]
fn shutting_down_without_waiting_and_with_cancelling() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(1)
    jobs = [loop.run_in_executor(pool, work, name, 1) for name in "abc"]
    await asyncio.sleep(0.5)
    pool.shutdown(wait=False, cancel_futures=True)
    print("shut down")
    print(await asyncio.gather(*jobs, return_exceptions=True))
    pool = ThreadPoolExecutor(1)
    jobs = [loop.run_in_executor(pool, work, name, 1) for name in "abc"]
    pool.shutdown(wait=False)
    print(await asyncio.gather(*jobs, return_exceptions=True))
"#,
        &[
            "0.0 a begins",
            "0.5 shut down",
            "1.0 a ends",
            "1.0 ['a', CancelledError(''), CancelledError('')]",
            "1.0 a begins",
            "2.0 a ends",
            "2.0 b begins",
            "3.0 b ends",
            "3.0 c begins",
            "4.0 c ends",
            "4.0 ['a', 'b', 'c']",
        ],
        async {
            async fn jobs(pool: &Pool) -> Result<Vec<Future<&'static str>>> {
                let start = |name| run_in_executor(pool, move |thread| work(thread, name, 1.0));
                Ok(vec![start("a")?, start("b")?, start("c")?])
            }
            async fn results(jobs: Vec<Future<&'static str>>) -> Result {
                let results = gather_return_exceptions(jobs).await?;
                let texts: Vec<_> = results
                    .iter()
                    .map(|result| result.as_ref().map_or_else(Error::repr, |name| repr_str(name)))
                    .collect();
                print(format!("[{}]", texts.join(", ")));
                Ok(())
            }
            let pool = Pool::threads(1)?;
            let futures = jobs(&pool).await?;
            sleep(0.5).await?;
            pool.shutdown(false, true).await?;
            print("shut down");
            results(futures).await?;
            let pool = Pool::threads(1)?;
            let futures = jobs(&pool).await?;
            pool.shutdown(false, false).await?;
            results(futures).await
        },
    );
}

#[test]
fn without_asyncio_but_for_the_frame() {
    check(
        r#"
async def main():
    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(work, name, seconds) for name, seconds in zip("abc", (1, 0.5, 0.25))]
        print("submitted")
        for future in futures:
            print(future.result())
    pool = ThreadPoolExecutor(1)
    future = pool.submit(work, "d", 1)
    try:
        future.result(0.5)
    except TimeoutError as error:
        print(repr(error))
    print(future.running(), future.done())
    print(future.result(0.5))
    print(future.running(), future.done())
"#,
        &[
            "0.0 a begins",
            "0.0 b begins",
            "0.0 submitted",
            "0.5 b ends",
            "0.5 c begins",
            "0.75 c ends",
            "1.0 a ends",
            "1.0 a",
            "1.0 b",
            "1.0 c",
            "1.0 d begins",
            "1.5 TimeoutError()",
            "1.5 True False",
            "2.0 d ends",
            "2.0 d",
            "2.0 False True",
        ],
        async {
            let pool = Pool::threads(2)?;
            let mut futures = Vec::new();
            for (name, seconds) in [("a", 1.0), ("b", 0.5), ("c", 0.25)] {
                futures.push(pool.submit(move |thread| work(thread, name, seconds)).await?);
            }
            print("submitted");
            for future in futures {
                print(future.result(None).await?);
            }
            pool.shutdown(true, false).await?;
            let pool = Pool::threads(1)?;
            let future = pool.submit(|thread| work(thread, "d", 1.0)).await?;
            print(future.result(Some(0.5)).await.unwrap_err().repr());
            print(format!("{} {}", truth(future.running()), truth(future.done())));
            print(future.result(Some(0.5)).await?);
            print(format!("{} {}", truth(future.running()), truth(future.done())));
            Ok(())
        },
    );
}

#[test]
fn a_job_that_submits_jobs() {
    check(
        r#"
def outer(pool):
    print("outer begins")
    inner = pool.submit(work, "inner", 1)
    print("outer has submitted")
    return inner.result()
async def main():
    pool = ThreadPoolExecutor(2)
    future = pool.submit(outer, pool)
    print("main has submitted")
    print(await asyncio.wrap_future(future))
    print(pool.submit(outer, pool).result())
"#,
        &[
            "0.0 outer begins",
            "0.0 main has submitted",
            "0.0 inner begins",
            "0.0 outer has submitted",
            "1.0 inner ends",
            "1.0 inner",
            "1.0 outer begins",
            "1.0 outer has submitted",
            "1.0 inner begins",
            "2.0 inner ends",
            "2.0 inner",
        ],
        async {
            async fn outer(pool: Pool) -> Result<&'static str> {
                print("outer begins");
                let inner = pool.submit(|thread| work(thread, "inner", 1.0)).await?;
                print("outer has submitted");
                inner.result(None).await
            }
            let pool = Pool::threads(2)?;
            let own = pool.clone();
            let future = pool.submit(|_| outer(own)).await?;
            print("main has submitted");
            print(wrap_future(&future).await?);
            let own = pool.clone();
            print(pool.submit(|_| outer(own)).await?.result(None).await?);
            Ok(())
        },
    );
}

#[test]
fn another_default_pool() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))
    print(await asyncio.gather(asyncio.to_thread(work, "a", 1), asyncio.to_thread(work, "b", 1)))
    for bad in (lambda: loop.set_default_executor(ProcessPoolExecutor(1)), lambda: ThreadPoolExecutor(0)):
        try:
            bad()
        except (TypeError, ValueError) as error:
            print(repr(error))
    asyncio.create_task(clock(3, 0.75))
    asyncio.create_task(asyncio.to_thread(work, "c", 1))
    await asyncio.sleep(0)
    await loop.shutdown_default_executor()
    print("shut down")
    await asyncio.to_thread(work, "d", 1)
"#,
        &[
            "0.0 a begins",
            "1.0 a ends",
            "1.0 b begins",
            "2.0 b ends",
            "2.0 ['a', 'b']",
            "2.0 TypeError('executor must be ThreadPoolExecutor instance')",
            "2.0 ValueError('max_workers must be greater than 0')",
            "2.0 tick 0",
            "2.0 c begins",
            "2.75 tick 1",
            "3.0 c ends",
            "3.0 shut down",
            "3.0 raised RuntimeError: Executor shutdown has been called",
        ],
        async {
            set_default_executor(&Pool::threads(1)?)?;
            let both = [
                to_thread(|thread| work(thread, "a", 1.0)),
                to_thread(|thread| work(thread, "b", 1.0)),
            ];
            print(format!("{:?}", gather(both).await?).replace('"', "'"));
            print(set_default_executor(&Pool::processes(1)?).unwrap_err().repr());
            print(Pool::threads(0).err().unwrap().repr());
            create_task(clock(3, 0.75));
            create_task(to_thread(|thread| work(thread, "c", 1.0)));
            sleep(0.0).await?;
            shutdown_default_executor(None).await?;
            print("shut down");
            to_thread(|thread| work(thread, "d", 1.0)).await?;
            Ok(())
        },
    );
}
