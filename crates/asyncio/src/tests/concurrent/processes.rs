//! Pools of processes.

use super::*;

#[test]
fn a_worker_takes_time_to_start_and_a_call_to_travel() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(max_workers=2) as pool:
        jobs = [loop.run_in_executor(pool, work, name, seconds)
                for name, seconds in zip("abcd", (1, 0.5, 0.5, 0.5))]
        print("submitted")
        print(await asyncio.gather(*jobs))
        try:
            await loop.run_in_executor(pool, bad, 0.5)
        except ValueError as error:
            print(repr(error))
    pool = ProcessPoolExecutor(1)
    print(await loop.run_in_executor(pool, work, "e", 0.5))
    pool.shutdown()
    try:
        pool.submit(work, "f", 1)
    except RuntimeError as error:
        print(error)
    try:
        ProcessPoolExecutor(0)
    except ValueError as error:
        print(error)
"#,
        &[
            "0.0 submitted",
            "0.051000000000000004 a begins",
            "0.051000000000000004 b begins",
            "0.551 b ends",
            "0.552 c begins",
            "1.051 a ends",
            "1.0519999999999998 d begins",
            "1.052 c ends",
            "1.5519999999999998 d ends",
            "1.5519999999999998 ['a', 'b', 'c', 'd']",
            "2.053 ValueError('bad')",
            "2.104 e begins",
            "2.604 e ends",
            "2.604 e",
            "2.604 cannot schedule new futures after shutdown",
            "2.604 max_workers must be greater than 0",
        ],
        async {
            let pool = Pool::processes(2)?;
            let start =
                |name, seconds| run_in_executor(&pool, move |thread| work(thread, name, seconds));
            let jobs = [start("a", 1.0)?, start("b", 0.5)?, start("c", 0.5)?, start("d", 0.5)?];
            print("submitted");
            print(format!("{:?}", gather(jobs).await?).replace('"', "'"));
            let failed = run_in_executor(&pool, |thread| bad(thread, 0.5))?.await;
            print(failed.unwrap_err().repr());
            pool.shutdown(true, false).await?;
            let pool = Pool::processes(1)?;
            let done = run_in_executor(&pool, |thread| work(thread, "e", 0.5))?.await?;
            print(done);
            pool.shutdown(true, false).await?;
            print(pool.submit(|thread| work(thread, "f", 1.0)).await.err().unwrap());
            print(Pool::processes(0).err().unwrap());
            Ok(())
        },
    );
}

#[test]
fn a_job_on_its_way_can_no_longer_be_cancelled() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    pool = ProcessPoolExecutor(1)
    jobs = [pool.submit(work, name, 1) for name in "abcdef"]
    print([job.running() for job in jobs])
    print([job.cancel() for job in jobs])
    await asyncio.sleep(1.5)
    pool.submit(work, "g", 1)
    pool.submit(work, "h", 1)
    late = pool.submit(work, "i", 1)
    pool.shutdown(wait=False, cancel_futures=True)
    print(late.cancelled())
    await asyncio.sleep(5)
"#,
        &[
            "0.0 [True, False, False, False, False, False]",
            "0.0 [False, True, True, True, True, True]",
            "0.051000000000000004 a begins",
            "1.051 a ends",
            "1.5 True",
        ],
        async {
            fn list(answers: Vec<bool>) -> String {
                format!("[{}]", answers.into_iter().map(truth).collect::<Vec<_>>().join(", "))
            }
            let pool = Pool::processes(1)?;
            let mut jobs = Vec::new();
            for name in ["a", "b", "c", "d", "e", "f"] {
                jobs.push(pool.submit(move |thread| work(thread, name, 1.0)).await?);
            }
            print(list(jobs.iter().map(ThreadFuture::running).collect()));
            print(list(jobs.iter().map(ThreadFuture::cancel).collect()));
            sleep(1.5).await?;
            pool.submit(|thread| work(thread, "g", 1.0)).await?;
            pool.submit(|thread| work(thread, "h", 1.0)).await?;
            let late = pool.submit(|thread| work(thread, "i", 1.0)).await?;
            pool.shutdown(false, true).await?;
            print(truth(late.cancelled()));
            sleep(5.0).await
        },
    );
}

#[test]
fn costs_are_a_parameter() {
    let time = run(async {
        let pool = Pool::processes(1)?.with_costs(1.0, 0.25);
        for _ in 0..2 {
            run_in_executor(&pool, |thread| async move { thread.cpu(2.0).await })?.await?;
        }
        let pool = Pool::processes(1)?.with_costs(0.0, 0.0);
        run_in_executor(&pool, |thread| async move { thread.cpu(2.0).await })?.await?;
        Ok(time())
    });
    assert_eq!(time.unwrap(), 1.0 + 0.25 + 2.0 + 0.25 + 2.0 + 2.0);
}
