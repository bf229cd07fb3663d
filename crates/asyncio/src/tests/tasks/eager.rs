//! Tasks that start eagerly.

use super::*;

/// Prints its name and that of the task it runs in, waits, and says that it is done.
async fn work(name: &'static str, delay: f64) -> Result<&'static str> {
    print(format!("{name} {}", current_task().map_or("-".into(), |task| task.name())));
    sleep(delay).await?;
    print(format!("{name} done"));
    Ok(name)
}

#[test]
fn they_run_inside_the_step_that_makes_them() {
    check(
        r#"
async def work(name, delay):
    print(name, asyncio.current_task().get_name())
    await asyncio.sleep(delay)
    print(name, "done")
    return name
def eager(coroutine, name):
    loop = asyncio.get_running_loop()
    return asyncio.Task(coroutine, loop=loop, name=name, eager_start=True)
async def main():
    a = eager(work("a", 1), "A")
    print("made", sorted(task.get_name() for task in asyncio.all_tasks()))
    async def quick():
        return 7
    b = eager(quick(), "B")
    print(b.done(), b.result())
    async def inner():
        c = eager(work("c", 0), "C")
        print("inner", asyncio.current_task().get_name())
        await c
    await eager(inner(), "I")
    a.cancel()
    try:
        await a
    except asyncio.CancelledError:
        print("cancelled")
    async def raises():
        raise ValueError("at once")
    print(repr(eager(raises(), "D").exception()))
    async def cancels():
        asyncio.current_task().cancel("me")
        await asyncio.sleep(1)
    e = eager(cancels(), "E")
    print(e.done())
    try:
        await e
    except asyncio.CancelledError as error:
        print(repr(error))
"#,
        &[
            "0.0 a A",
            "0.0 made ['A', 'Task-1']",
            "0.0 True 7",
            "0.0 c C",
            "0.0 inner I",
            "0.0 c done",
            "0.0 cancelled",
            "0.0 ValueError('at once')",
            "0.0 False",
            "0.0 CancelledError('me')",
        ],
        async {
            let a = create_eager_task(work("a", 1.0), Some("A"));
            let mut names: Vec<_> = all_tasks().iter().map(|task| repr_str(&task.name())).collect();
            names.sort();
            print(format!("made [{}]", names.join(", ")));
            let b = create_eager_task(async { Ok(7) }, Some("B"));
            print(format!("{} {}", truth(b.done()), b.result()?));
            let inner = async {
                let c = create_eager_task(work("c", 0.0), Some("C"));
                print(format!("inner {}", current_task().map_or("-".into(), |task| task.name())));
                c.await
            };
            create_eager_task(inner, Some("I")).await?;
            a.cancel();
            if a.await.is_err_and(|error| error.is_cancelled()) {
                print("cancelled");
            }
            let d = create_eager_task::<(), _>(
                async { Err(Error::new("ValueError", "at once")) },
                Some("D"),
            );
            print(d.exception()?.map_or("None".into(), |error| error.repr()));
            let cancels = async {
                current_task().map(|task| task.cancel_with("me"));
                sleep(1.0).await
            };
            let e = create_eager_task(cancels, Some("E"));
            print(truth(e.done()));
            if let Err(error) = e.await {
                print(error.repr());
            }
            Ok(())
        },
    );
}

#[test]
fn a_loop_may_start_all_tasks_eagerly() {
    check(
        r#"
async def work(name, delay):
    print(name, asyncio.current_task().get_name())
    await asyncio.sleep(delay)
    print(name, "done")
    return name
async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro: asyncio.Task(coro, loop=loop, eager_start=True))
    async with asyncio.TaskGroup() as group:
        asyncio.gather(work("a", 0.2), work("b", 0))
        print("gathering")
    await asyncio.sleep(1)
"#,
        &["0.0 a Task-2", "0.0 b Task-3", "0.0 gathering", "0.0 b done", "0.2 a done"],
        async {
            get_running_loop()?.set_eager_tasks(true);
            let all = gather([work("a", 0.2), work("b", 0.0)]);
            print("gathering");
            sleep(1.0).await?;
            drop(all);
            Ok(())
        },
    );
}

#[test]
fn a_task_that_awaits_itself_is_told_so() {
    check(
        r#"
async def narcissus():
    await asyncio.sleep(0)
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        print(str(error)[:26])
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        print(error)
async def main():
    asyncio.create_task(ticker(3))
    await asyncio.create_task(narcissus())
    task = asyncio.create_task(narcissus())
    asyncio.get_running_loop().call_later(0, asyncio.get_running_loop().call_soon, task.cancel, "no")
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
"#,
        &[
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "0.0 Task cannot await on itsel",
            "0.0 await wasn't used with future",
            "0.0 CancelledError('no')",
        ],
        async {
            create_task(ticker(3));
            narcissus().await?;
            let task = narcissus();
            let cancelled = task.clone();
            call_later(0.0, move || {
                call_soon(move || {
                    cancelled.cancel_with("no");
                });
            });
            if let Err(error) = task.await {
                print(error.repr());
            }
            Ok(())
        },
    );
}

#[test]
fn one_of_a_group() {
    check(
        r#"
async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        loop.set_task_factory(asyncio.eager_task_factory)
        group.create_task(ticker(2), name="eager")
        print(group.create_task(job("quick", 0), name="quick").get_name())
        loop.set_task_factory(None)
        group.create_task(ticker(1))
        print("created")
    print("left")
"#,
        &[
            "0.0 tick 0",
            "0.0 quick",
            "0.0 created",
            "0.0 tick 1",
            "0.0 quick",
            "0.0 tick 0",
            "0.0 left",
        ],
        async {
            let group = TaskGroup::new();
            group.enter()?;
            group.create_eager_task(ticker(2), Some("eager"))?;
            print(group.create_eager_task(job("quick", 0.0), Some("quick"))?.name());
            group.create_task(ticker(1))?;
            print("created");
            group.exit(Ok(())).await?;
            print("left");
            Ok(())
        },
    );
}

/// A task that awaits itself twice. In Rust it cannot name itself before it is made.
fn narcissus() -> Task<()> {
    let own = Rc::new(RefCell::new(None));
    let itself = own.clone();
    let task = create_task(async move {
        sleep(0.0).await?;
        let task: Task<()> = itself.take().expect("it was set");
        match (&task).await {
            Err(error) if error.is("RuntimeError") => print(&error.to_string()[..26]),
            other => return other,
        }
        if let Err(error) = task.await {
            print(error);
        }
        Ok(())
    });
    *own.borrow_mut() = Some(task.clone());
    task
}

#[test]
fn one_that_has_ended_lets_go_of_its_generator() {
    check(
        r#"
async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("closed")
async def main():
    for eager in False, True:
        generator = numbers()
        task = asyncio.Task(anext(generator), loop=asyncio.get_running_loop(), eager_start=eager)
        print(await task)
        del generator
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print("eager" if eager else "not")
        del task
        await asyncio.sleep(0)
        await asyncio.sleep(0)
"#,
        &["0.0 1", "0.0 not", "0.0 closed", "0.0 1", "0.0 closed", "0.0 eager"],
        async {
            for eager in [false, true] {
                let generator = async_generator("numbers", async |numbers| {
                    let given = async {
                        numbers.yield_(1).await?;
                        numbers.yield_(2).await
                    };
                    let given = given.await;
                    print("closed");
                    given
                });
                let next = generator.next();
                let task = if eager { create_eager_task(next, None) } else { create_task(next) };
                print(task.clone().await?.unwrap_or_default());
                drop(generator);
                sleep(0.0).await?;
                sleep(0.0).await?;
                print(if eager { "eager" } else { "not" });
                drop(task);
                sleep(0.0).await?;
                sleep(0.0).await?;
            }
            Ok(())
        },
    );
}
