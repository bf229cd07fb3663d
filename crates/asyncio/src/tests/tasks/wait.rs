//! `wait`.

use super::*;

fn names(tasks: &[Task<&'static str>]) -> String {
    let name = |task: &Task<&'static str>| match task.result() {
        Ok(name) => name.to_owned(),
        Err(error) => error.type_name().to_owned(),
    };
    tasks.iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn for_tasks_that_are_done_takes_turns_nevertheless() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(job(name, 0)) for name in "ab"]
    await asyncio.sleep(1)
    asyncio.create_task(ticker(4))
    done, pending = await asyncio.wait(tasks)
    print(f"{len(done)} {len(pending)}")
"#,
        &["0.0 a", "0.0 b", "1.0 tick 0", "1.0 tick 1", "1.0 2 0", "1.0 tick 2"],
        async {
            let tasks = ["a", "b"].map(|name| create_task(job(name, 0.0)));
            sleep(1.0).await?;
            create_task(ticker(4));
            let (done, pending) = wait(&tasks).await?;
            print(format!("{} {}", done.len(), pending.len()));
            Ok(())
        },
    );
}

#[test]
fn a_timeout_of_zero_still_lets_others_run() {
    check(
        r#"
async def main():
    asyncio.create_task(ticker(5))
    tasks = [asyncio.create_task(job("now", 0)), asyncio.create_task(job("later", 1))]
    done, pending = await asyncio.wait(tasks, timeout=0)
    print(f"{len(done)} {len(pending)}")
    done, pending = await asyncio.wait(tasks, timeout=-1)
    print(f"{len(done)} {len(pending)}")
"#,
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 now",
            "0.0 1 1",
            "0.0 tick 2",
            "0.0 tick 3",
            "0.0 1 1",
            "0.0 tick 4",
        ],
        async {
            create_task(ticker(5));
            let tasks = [create_task(job("now", 0.0)), create_task(job("later", 1.0))];
            let (done, pending) = wait(&tasks).timeout(0.0).await?;
            print(format!("{} {}", done.len(), pending.len()));
            let (done, pending) = wait(&tasks).timeout(-1.0).await?;
            print(format!("{} {}", done.len(), pending.len()));
            Ok(())
        },
    );
}

#[test]
fn a_timeout_neither_raises_nor_cancels() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(job(name, delay)) for name, delay in [("a", 1), ("b", 3)]]
    done, pending = await asyncio.wait(tasks, timeout=2)
    print(f"{len(done)} {len(pending)}")
    await pending.pop()
"#,
        &["1.0 a", "2.0 1 1", "3.0 b"],
        async {
            let tasks = [("a", 1.0), ("b", 3.0)].map(|(name, delay)| create_task(job(name, delay)));
            let (done, pending) = wait(&tasks).timeout(2.0).await?;
            print(format!("{} {}", done.len(), pending.len()));
            (&pending[0]).await?;
            Ok(())
        },
    );
}

#[test]
fn a_timeout_at_the_moment_of_completion() {
    check(
        r#"
async def main():
    before = asyncio.create_task(job("before", 1))
    await asyncio.sleep(0)
    done, pending = await asyncio.wait([before], timeout=1)
    print(f"{len(done)} {len(pending)}")
    after = asyncio.create_task(job("after", 1))
    done, pending = await asyncio.wait([after], timeout=1)
    print(f"{len(done)} {len(pending)}")
"#,
        &["1.0 before", "1.0 1 0", "2.0 0 1", "2.0 after"],
        async {
            let before = create_task(job("before", 1.0));
            sleep(0.0).await?;
            let (done, pending) = wait(&[before]).timeout(1.0).await?;
            print(format!("{} {}", done.len(), pending.len()));
            let after = create_task(job("after", 1.0));
            let (done, pending) = wait(&[after]).timeout(1.0).await?;
            print(format!("{} {}", done.len(), pending.len()));
            Ok(())
        },
    );
}

#[test]
fn first_completed_gives_all_that_are_done_by_then() {
    check(
        r#"
async def main():
    delays = [("c", 2), ("a", 1), ("b", 1)]
    tasks = [asyncio.create_task(job(name, delay)) for name, delay in delays]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(" ".join(task.result() for task in done))
    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    print(" ".join(task.result() for task in done))
"#,
        &["1.0 a", "1.0 b", "1.0 a b", "2.0 c", "2.0 c"],
        async {
            let delays = [("c", 2.0), ("a", 1.0), ("b", 1.0)];
            let tasks = delays.map(|(name, delay)| create_task(job(name, delay)));
            let (done, pending) = wait(&tasks).return_when(FIRST_COMPLETED).await?;
            print(names(&done));
            let (done, _) = wait(&pending).return_when(FIRST_COMPLETED).await?;
            print(names(&done));
            Ok(())
        },
    );
}

#[test]
fn first_exception_passes_over_cancelled_tasks() {
    check(
        r#"
async def main():
    tasks = [asyncio.create_task(coro)
             for coro in (job("a", 9), job("b", 9), failing(2), failing(2), failing(3))]
    await asyncio.sleep(1)
    tasks[0].cancel()
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(f"{len(done)} {len(pending)}")
    for task in pending:
        task.cancel()
    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_EXCEPTION)
    print(f"{len(done)} {len(pending)}")
"#,
        &["2.0 3 2", "2.0 2 0"],
        async {
            let tasks = [
                create_task(job("a", 9.0)),
                create_task(job("b", 9.0)),
                create_task(failing(2.0)),
                create_task(failing(2.0)),
                create_task(failing(3.0)),
            ];
            sleep(1.0).await?;
            tasks[0].cancel();
            let (done, pending) = wait(&tasks).return_when(FIRST_EXCEPTION).await?;
            print(format!("{} {}", done.len(), pending.len()));
            for task in &pending {
                task.cancel();
            }
            let (done, pending) = wait(&pending).return_when(FIRST_EXCEPTION).await?;
            print(format!("{} {}", done.len(), pending.len()));
            Ok(())
        },
    );
}

#[test]
fn cancelled_it_leaves_what_it_waits_for_alone() {
    check(
        r#"
async def waiter(tasks):
    try:
        await asyncio.wait(tasks, timeout=9)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise
async def main():
    tasks = [asyncio.create_task(job(name, 2)) for name in "ab"]
    waiting = asyncio.create_task(waiter(tasks))
    await asyncio.sleep(1)
    waiting.cancel("enough")
    await asyncio.wait([waiting, *tasks])
    await asyncio.get_running_loop().create_future()
"#,
        &["1.0 CancelledError('enough')", "2.0 a", "2.0 b", "2.0 stuck Task-1"],
        async {
            let tasks = ["a", "b"].map(|name| create_task(job(name, 2.0)));
            let waited = tasks.clone();
            let waiting = create_task(async move {
                match wait(&waited).timeout(9.0).await {
                    Err(error) => {
                        print(error.repr());
                        Err(error)
                    }
                    Ok(_) => Ok("waited"),
                }
            });
            sleep(1.0).await?;
            waiting.cancel_with("enough");
            let [a, b] = tasks;
            wait(&[waiting, a, b]).await?;
            create_future().await // its timer is gone
        },
    );
}

#[test]
fn the_same_task_twice_counts_once() {
    check(
        r#"
async def main():
    task = asyncio.create_task(job("a", 1))
    done, pending = await asyncio.wait([task, task])
    print(f"{len(done)} {len(pending)}")
"#,
        &["1.0 a", "1.0 1 0"],
        async {
            let task = create_task(job("a", 1.0));
            let (done, pending) = wait(&[task.clone(), task]).await?;
            print(format!("{} {}", done.len(), pending.len()));
            Ok(())
        },
    );
}

#[test]
fn for_nothing_is_an_error_when_it_is_awaited() {
    check(
        r#"
async def main():
    for fs in ([], set()):
        coroutine = asyncio.wait(fs, timeout=1)
        try:
            await coroutine
        except ValueError as error:
            print(repr(error))
"#,
        &[
            "0.0 ValueError('Set of Tasks/Futures is empty.')",
            "0.0 ValueError('Set of Tasks/Futures is empty.')",
        ],
        async {
            for fs in [&[], &[]] {
                let coroutine = wait::<Task<()>>(fs).timeout(1.0);
                if let Err(error) = coroutine.await {
                    print(error.repr());
                }
            }
            Ok(())
        },
    );
}

#[test]
fn first_exception_of_plain_futures() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in range(4)]
    loop.call_later(1, futures[0].set_result, None)
    loop.call_later(2, futures[1].cancel)
    # An exception that is a cancellation counts as raised.
    loop.call_later(3, futures[2].set_exception, asyncio.CancelledError())
    done, pending = await asyncio.wait(futures, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending))
    # One that was there before.
    done, pending = await asyncio.wait(futures, return_when=asyncio.FIRST_EXCEPTION, timeout=5)
    print(len(done), len(pending))
    # At one moment with the timeout.
    loop.call_later(1, futures[3].set_result, None)
    done, pending = await asyncio.wait(futures, timeout=1)
    print(len(done), len(pending))
"#,
        &["3.0 3 1", "3.0 3 1", "4.0 4 0"],
        async {
            let futures = [(); 4].map(|()| create_future::<()>());
            let [a, b, c, d] = futures.clone();
            call_later(1.0, move || a.set_result(()).unwrap());
            call_later(2.0, move || assert!(b.cancel()));
            call_later(3.0, move || c.set_exception(Error::cancelled(None)).unwrap());
            let (done, pending) = wait(&futures).return_when(FIRST_EXCEPTION).await?;
            print(format!("{} {}", done.len(), pending.len()));
            let again = wait(&futures).return_when(FIRST_EXCEPTION).timeout(5.0);
            let (done, pending) = again.await?;
            print(format!("{} {}", done.len(), pending.len()));
            call_later(1.0, move || d.set_result(()).unwrap());
            let (done, pending) = wait(&futures).timeout(1.0).await?;
            print(format!("{} {}", done.len(), pending.len()));
            Ok(())
        },
    );
}
