//! `Queue.shutdown`.

use super::*;

/// Puts an item; says what comes of it.
async fn putter(item: i32, queue: Queue<i32>) -> Result {
    match queue.put(item).await {
        Ok(()) => print(format!("put {item}")),
        Err(error) => print(format!("put {item}: {}", error.repr())),
    }
    Ok(())
}

/// Gets an item; says what comes of it.
async fn getter(name: &'static str, queue: Queue<i32>) -> Result {
    match queue.get().await {
        Ok(item) => print(format!("{name} got {item}")),
        Err(error) => print(format!("{name}: {}", error.repr())),
    }
    Ok(())
}

async fn joiner(queue: Queue<i32>) -> Result {
    queue.join().await?;
    print("joined");
    Ok(())
}

fn putters<const N: usize>(items: [i32; N], queue: &Queue<i32>) -> [Task<()>; N] {
    items.map(|item| create_task(putter(item, queue.clone())))
}

fn getters<const N: usize>(names: [&'static str; N], queue: &Queue<i32>) -> [Task<()>; N] {
    names.map(|name| create_task(getter(name, queue.clone())))
}

/// The Python of [`putter`], [`getter`], [`joiner`], [`putters`] and [`getters`], before a program.
macro_rules! with_users {
    ($program:literal) => {
        concat!(
            r#"
async def putter(item, queue):
    try:
        await queue.put(item)
        print(f"put {item}")
    except (asyncio.QueueShutDown, asyncio.CancelledError) as error:
        print(f"put {item}: {error!r}")
async def getter(name, queue):
    try:
        print(f"{name} got {await queue.get()}")
    except (asyncio.QueueShutDown, asyncio.CancelledError) as error:
        print(f"{name}: {error!r}")
async def joiner(queue):
    await queue.join()
    print("joined")
def putters(items, queue):
    return [asyncio.create_task(putter(item, queue)) for item in items]
def getters(names, queue):
    return [asyncio.create_task(getter(name, queue)) for name in names]"#,
            $program
        )
    };
}

#[test]
fn nothing_can_be_put_any_more_and_what_is_left_can_be_got() {
    check(
        with_users!(
            r#"
async def main():
    queue = asyncio.Queue(2)
    queue.put_nowait(1)
    queue.put_nowait(2)
    queue.shutdown()
    for operation in (lambda: queue.put_nowait(3), queue.get_nowait, queue.get_nowait, queue.get_nowait):
        try:
            print(operation())
        except asyncio.QueueShutDown as error:
            print(repr(error))
    await putter(4, queue)
    await getter("main", queue)
    queue.shutdown()
    queue.task_done()
    queue.task_done()
    await joiner(queue)
    empty = asyncio.Queue()
    empty.shutdown(immediate=True)
    await joiner(empty)
    await getter("main", empty)
"#
        ),
        &[
            "0.0 QueueShutDown()",
            "0.0 1",
            "0.0 2",
            "0.0 QueueShutDown()",
            "0.0 put 4: QueueShutDown()",
            "0.0 main: QueueShutDown()",
            "0.0 joined",
            "0.0 joined",
            "0.0 main: QueueShutDown()",
        ],
        async {
            let queue = Queue::new(2);
            queue.put_nowait(1)?;
            queue.put_nowait(2)?;
            queue.shutdown(false)?;
            if let Err(error) = queue.put_nowait(3) {
                print(error.repr());
            }
            for _ in 0..3 {
                match queue.get_nowait() {
                    Ok(item) => print(item),
                    Err(error) => print(error.repr()),
                }
            }
            putter(4, queue.clone()).await?;
            getter("main", queue.clone()).await?;
            queue.shutdown(false)?;
            queue.task_done()?;
            queue.task_done()?;
            joiner(queue).await?;
            let empty = Queue::new(0);
            empty.shutdown(true)?;
            joiner(empty.clone()).await?;
            getter("main", empty).await
        },
    );
}

#[test]
fn blocked_getters_are_woken_in_order() {
    check(
        with_users!(
            r#"
async def main():
    queue = asyncio.Queue()
    tasks = getters("abcde", queue)
    await asyncio.sleep(1)
    asyncio.create_task(ticker(3))
    tasks[1].cancel()
    queue.put_nowait(1)
    queue.shutdown()
    tasks[0].cancel()
    await asyncio.wait(tasks)
"#
        ),
        &[
            "1.0 tick 0",
            "1.0 b: CancelledError()",
            "1.0 a: CancelledError()",
            "1.0 c got 1",
            "1.0 d: QueueShutDown()",
            "1.0 e: QueueShutDown()",
            "1.0 tick 1",
            "1.0 tick 2",
        ],
        async {
            let queue = Queue::new(0);
            let tasks = getters(["a", "b", "c", "d", "e"], &queue);
            sleep(1.0).await?;
            create_task(ticker(3));
            tasks[1].cancel();
            queue.put_nowait(1)?;
            queue.shutdown(false)?;
            tasks[0].cancel();
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn blocked_putters_are_woken_in_order() {
    check(
        with_users!(
            r#"
async def main():
    for immediate in (False, True):
        print(f"immediate: {immediate}")
        queue = asyncio.Queue(1)
        tasks = putters(range(4), queue)
        await asyncio.sleep(1)
        asyncio.create_task(ticker(3))
        if not immediate:
            print(queue.get_nowait())
        queue.shutdown(immediate)
        tasks[2].cancel()
        tasks += getters("abc", queue)
        await asyncio.wait(tasks)
        print(queue.qsize(), queue.empty(), queue.full())
"#
        ),
        &[
            "0.0 immediate: False",
            "0.0 put 0",
            "1.0 0",
            "1.0 tick 0",
            "1.0 put 1: QueueShutDown()",
            "1.0 put 2: CancelledError()",
            "1.0 put 3: QueueShutDown()",
            "1.0 a: QueueShutDown()",
            "1.0 b: QueueShutDown()",
            "1.0 c: QueueShutDown()",
            "1.0 tick 1",
            "1.0 tick 2",
            "1.0 0 True False",
            "1.0 immediate: True",
            "1.0 put 0",
            "2.0 tick 0",
            "2.0 put 1: QueueShutDown()",
            "2.0 put 2: CancelledError()",
            "2.0 put 3: QueueShutDown()",
            "2.0 a: QueueShutDown()",
            "2.0 b: QueueShutDown()",
            "2.0 c: QueueShutDown()",
            "2.0 tick 1",
            "2.0 tick 2",
            "2.0 0 True False",
        ],
        async {
            for immediate in [false, true] {
                print(format!("immediate: {}", truth(immediate)));
                let queue = Queue::new(1);
                let tasks = putters([0, 1, 2, 3], &queue);
                sleep(1.0).await?;
                create_task(ticker(3));
                if !immediate {
                    print(queue.get_nowait()?);
                }
                queue.shutdown(immediate)?;
                tasks[2].cancel();
                let more = getters(["a", "b", "c"], &queue);
                wait(&[&tasks[..], &more[..]].concat()).await?;
                let (empty, full) = (truth(queue.empty()), truth(queue.full()));
                print(format!("{} {empty} {full}", queue.qsize()));
            }
            Ok(())
        },
    );
}

#[test]
fn immediate_counts_what_is_left_as_done() {
    check(
        with_users!(
            r#"
async def main():
    for immediate in (False, True):
        for taken in (0, 1):
            print(f"immediate: {immediate}, taken: {taken}")
            queue = asyncio.Queue()
            tasks = putters(range(3), queue)
            await asyncio.sleep(1)
            tasks.append(asyncio.create_task(joiner(queue)))
            for _ in range(taken):
                await getter("main", queue)
            await asyncio.sleep(1)
            asyncio.create_task(ticker(2))
            queue.shutdown(immediate=immediate)
            await asyncio.sleep(1)
            print(queue.qsize())
            try:
                for n in range(5):
                    queue.task_done()
                    print(f"done {n}")
                    await asyncio.sleep(1)
            except ValueError as error:
                print(repr(error))
"#
        ),
        &[
            "0.0 immediate: False, taken: 0",
            "0.0 put 0",
            "0.0 put 1",
            "0.0 put 2",
            "2.0 tick 0",
            "2.0 tick 1",
            "3.0 3",
            "3.0 done 0",
            "4.0 done 1",
            "5.0 done 2",
            "5.0 joined",
            "6.0 ValueError('task_done() called too many times')",
            "6.0 immediate: False, taken: 1",
            "6.0 put 0",
            "6.0 put 1",
            "6.0 put 2",
            "7.0 main got 0",
            "8.0 tick 0",
            "8.0 tick 1",
            "9.0 2",
            "9.0 done 0",
            "10.0 done 1",
            "11.0 done 2",
            "11.0 joined",
            "12.0 ValueError('task_done() called too many times')",
            "12.0 immediate: True, taken: 0",
            "12.0 put 0",
            "12.0 put 1",
            "12.0 put 2",
            "14.0 tick 0",
            "14.0 joined",
            "14.0 tick 1",
            "15.0 0",
            "15.0 ValueError('task_done() called too many times')",
            "15.0 immediate: True, taken: 1",
            "15.0 put 0",
            "15.0 put 1",
            "15.0 put 2",
            "16.0 main got 0",
            "17.0 tick 0",
            "17.0 tick 1",
            "18.0 0",
            "18.0 done 0",
            "18.0 joined",
            "19.0 ValueError('task_done() called too many times')",
        ],
        async {
            for immediate in [false, true] {
                for taken in 0..2 {
                    print(format!("immediate: {}, taken: {taken}", truth(immediate)));
                    let queue = Queue::new(0);
                    putters([0, 1, 2], &queue);
                    sleep(1.0).await?;
                    create_task(joiner(queue.clone()));
                    for _ in 0..taken {
                        getter("main", queue.clone()).await?;
                    }
                    sleep(1.0).await?;
                    create_task(ticker(2));
                    queue.shutdown(immediate)?;
                    sleep(1.0).await?;
                    print(queue.qsize());
                    for n in 0..5 {
                        if let Err(error) = queue.task_done() {
                            print(error.repr());
                            break;
                        }
                        print(format!("done {n}"));
                        sleep(1.0).await?;
                    }
                }
            }
            Ok(())
        },
    );
}

#[test]
fn a_put_and_a_timeout_at_the_same_instant() {
    check(
        r#"
async def patient(name, queue, timeout):
    try:
        print(name, "got", await asyncio.wait_for(queue.get(), timeout))
    except TimeoutError as error:
        print(name, repr(error))
async def main():
    loop = asyncio.get_running_loop()
    for first in ("put", "timeout"):
        print(first, "first")
        queue = asyncio.Queue()
        if first == "put":
            loop.call_later(1, queue.put_nowait, 7)
        tasks = [asyncio.create_task(patient(name, queue, 1)) for name in "ab"]
        tasks.append(asyncio.create_task(patient("c", queue, 2)))
        await asyncio.sleep(0)
        if first == "timeout":
            loop.call_later(1, queue.put_nowait, 7)
        await asyncio.wait(tasks)
        print(queue.qsize())
"#,
        &[
            "0.0 put first",
            "1.0 a TimeoutError()",
            "1.0 b TimeoutError()",
            "1.0 c got 7",
            "1.0 0",
            "1.0 timeout first",
            "2.0 a TimeoutError()",
            "2.0 b TimeoutError()",
            "2.0 c got 7",
            "2.0 0",
        ],
        async {
            async fn patient(name: &'static str, queue: Queue<i32>, timeout: f64) -> Result {
                match wait_for(queue.get(), Some(timeout)).await {
                    Ok(item) => print(format!("{name} got {item}")),
                    Err(error) => print(format!("{name} {}", error.repr())),
                }
                Ok(())
            }
            for first in ["put", "timeout"] {
                print(format!("{first} first"));
                let queue = Queue::new(0);
                let putter = queue.clone();
                let put = move || putter.put_nowait(7).unwrap();
                if first == "put" {
                    call_later(1.0, put.clone());
                }
                let tasks = [("a", 1.0), ("b", 1.0), ("c", 2.0)];
                let tasks =
                    tasks.map(|(name, timeout)| create_task(patient(name, queue.clone(), timeout)));
                sleep(0.0).await?;
                if first == "timeout" {
                    call_later(1.0, put);
                }
                wait(&tasks).await?;
                print(queue.qsize());
            }
            Ok(())
        },
    );
}
