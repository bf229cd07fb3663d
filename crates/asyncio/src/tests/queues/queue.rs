//! `Queue`.

use super::*;

async fn getter(name: &'static str, queue: Queue<i32>) -> Result {
    print(format!("{name} got {}", queue.get().await?));
    Ok(())
}

async fn putter(item: i32, queue: Queue<i32>) -> Result {
    queue.put(item).await?;
    print(format!("put {item}"));
    Ok(())
}

/// The Python of [`getter`] and [`putter`], before a program.
macro_rules! with_users {
    ($program:literal) => {
        concat!(
            r#"
async def getter(name, queue):
    print(f"{name} got {await queue.get()}")
async def putter(item, queue):
    await queue.put(item)
    print(f"put {item}")"#,
            $program
        )
    };
}

#[test]
fn getters_and_putters_are_served_in_the_order_they_came() {
    check(
        with_users!(
            r#"
async def main():
    queue = asyncio.Queue(2)
    getters = [asyncio.create_task(getter(name, queue)) for name in "abc"]
    await asyncio.sleep(1)
    putters = [asyncio.create_task(putter(item, queue)) for item in range(6)]
    await asyncio.sleep(1)
    print(queue.qsize(), queue.full())
    for name in "def":
        await getter(name, queue)
    await asyncio.wait(getters + putters)
"#
        ),
        &[
            "1.0 put 0",
            "1.0 put 1",
            "1.0 a got 0",
            "1.0 b got 1",
            "1.0 put 2",
            "1.0 put 3",
            "1.0 c got 2",
            "1.0 put 4",
            "2.0 2 True",
            "2.0 d got 3",
            "2.0 e got 4",
            "2.0 put 5",
            "2.0 f got 5",
        ],
        async {
            let queue = Queue::new(2);
            let getters = ["a", "b", "c"].map(|name| create_task(getter(name, queue.clone())));
            sleep(1.0).await?;
            let putters = (0..6).map(|item| create_task(putter(item, queue.clone())));
            let all: Vec<_> = getters.into_iter().chain(putters).collect();
            sleep(1.0).await?;
            print(format!("{} {}", queue.qsize(), truth(queue.full())));
            for name in ["d", "e", "f"] {
                getter(name, queue.clone()).await?;
            }
            wait(&all).await?;
            Ok(())
        },
    );
}

#[test]
fn a_getter_cancelled_when_woken_wakes_the_next() {
    check(
        with_users!(
            r#"
async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(getter(name, queue)) for name in "abc"]
    await asyncio.sleep(1)
    tasks[1].cancel()
    queue.put_nowait(7)
    tasks[0].cancel()
    await asyncio.wait(tasks[:2])
    print("two ended")
    await asyncio.sleep(0)
    queue.put_nowait(8)
    await asyncio.sleep(1)
    print(queue.qsize())
"#
        ),
        &["1.0 c got 7", "1.0 two ended", "2.0 1"],
        async {
            let queue = Queue::new(0);
            let tasks = ["a", "b", "c"].map(|name| create_task(getter(name, queue.clone())));
            sleep(1.0).await?;
            tasks[1].cancel();
            queue.put_nowait(7)?;
            tasks[0].cancel();
            wait(&tasks[..2]).await?;
            print("two ended");
            sleep(0.0).await?;
            queue.put_nowait(8)?;
            sleep(1.0).await?;
            print(queue.qsize());
            Ok(())
        },
    );
}

#[test]
fn a_putter_cancelled_when_woken_wakes_the_next() {
    check(
        with_users!(
            r#"
async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait(0)
    tasks = [asyncio.create_task(putter(item, queue)) for item in (1, 2, 3)]
    await asyncio.sleep(1)
    print(queue.get_nowait())
    tasks[0].cancel()
    await asyncio.sleep(1)
    print(queue.get_nowait())
    await asyncio.sleep(1)
    print(queue.get_nowait(), queue.empty())
"#
        ),
        &["1.0 0", "1.0 put 2", "2.0 2", "2.0 put 3", "3.0 3 True"],
        async {
            let queue = Queue::new(1);
            queue.put_nowait(0)?;
            let tasks = [1, 2, 3].map(|item| create_task(putter(item, queue.clone())));
            sleep(1.0).await?;
            print(queue.get_nowait()?);
            tasks[0].cancel();
            sleep(1.0).await?;
            print(queue.get_nowait()?);
            sleep(1.0).await?;
            print(format!("{} {}", queue.get_nowait()?, truth(queue.empty())));
            Ok(())
        },
    );
}

#[test]
fn who_comes_between_may_take_the_item_and_the_waiter_waits_on() {
    check(
        with_users!(
            r#"
async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(getter(name, queue)) for name in "ab"]
    await asyncio.sleep(1)
    queue.put_nowait(1)
    print(f"main got {queue.get_nowait()}")
    await asyncio.sleep(1)
    queue.put_nowait(2)
    queue.put_nowait(3)
    await asyncio.wait(tasks)
"#
        ),
        &["1.0 main got 1", "2.0 b got 2", "2.0 a got 3"],
        async {
            let queue = Queue::new(0);
            let tasks = ["a", "b"].map(|name| create_task(getter(name, queue.clone())));
            sleep(1.0).await?;
            queue.put_nowait(1)?;
            print(format!("main got {}", queue.get_nowait()?));
            sleep(1.0).await?;
            queue.put_nowait(2)?;
            queue.put_nowait(3)?;
            wait(&tasks).await?;
            Ok(())
        },
    );
}

#[test]
fn full_and_empty_raise_where_nobody_waits() {
    check(
        r#"
async def main():
    queue = asyncio.Queue(1)
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as error:
        print(repr(error))
    queue.put_nowait(1)
    try:
        queue.put_nowait(2)
    except asyncio.QueueFull as error:
        print(repr(error))
    print(queue.qsize(), queue.maxsize)
"#,
        &["0.0 QueueEmpty()", "0.0 QueueFull()", "0.0 1 1"],
        async {
            let queue = Queue::new(1);
            if let Err(error) = queue.get_nowait() {
                print(error.repr());
            }
            queue.put_nowait(1)?;
            if let Err(error) = queue.put_nowait(2) {
                print(error.repr());
            }
            print(format!("{} {}", queue.qsize(), queue.maxsize()));
            Ok(())
        },
    );
}

#[test]
fn join_waits_for_task_done_and_that_only_so_often() {
    check(
        r#"
async def worker(queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(1)
        print(f"done {item}")
        queue.task_done()
async def joiner(name, queue):
    await queue.join()
    print(f"{name} joined")
async def main():
    queue = asyncio.Queue()
    await joiner("empty", queue)
    for item in range(3):
        queue.put_nowait(item)
    asyncio.create_task(worker(queue))
    first = asyncio.create_task(joiner("first", queue))
    await joiner("second", queue)
    await first
    try:
        queue.task_done()
    except ValueError as error:
        print(repr(error))
    queue.put_nowait(3)
    await joiner("third", queue)
"#,
        &[
            "0.0 empty joined",
            "1.0 done 0",
            "2.0 done 1",
            "3.0 done 2",
            "3.0 second joined",
            "3.0 first joined",
            "3.0 ValueError('task_done() called too many times')",
            "4.0 done 3",
            "4.0 third joined",
        ],
        async {
            async fn worker(queue: Queue<i32>) -> Result {
                loop {
                    let item = queue.get().await?;
                    sleep(1.0).await?;
                    print(format!("done {item}"));
                    queue.task_done()?;
                }
            }
            async fn joiner(name: &'static str, queue: Queue<i32>) -> Result {
                queue.join().await?;
                print(format!("{name} joined"));
                Ok(())
            }
            let queue = Queue::new(0);
            joiner("empty", queue.clone()).await?;
            for item in 0..3 {
                queue.put_nowait(item)?;
            }
            create_task(worker(queue.clone()));
            let first = create_task(joiner("first", queue.clone()));
            joiner("second", queue.clone()).await?;
            first.await?;
            if let Err(error) = queue.task_done() {
                print(error.repr());
            }
            queue.put_nowait(3)?;
            joiner("third", queue).await
        },
    );
}
