//! Asynchronous generators: what their methods do.

use super::*;
use std::future::IntoFuture;

/// Awaits something and prints what it gives, or what it raises.
async fn show<T: ToString>(what: &str, awaited: impl StdFuture<Output = Result<Option<T>>>) {
    match awaited.await {
        Ok(Some(value)) => print(format!("{what} {}", value.to_string())),
        Ok(None) => print(format!("{what} None")),
        Err(error) => print(format!("{what} {}", error.repr())),
    }
}

/// The same for `aclose`.
async fn show_close<T>(what: &str, generator: &AsyncGenerator<T>) {
    let closing = generator.aclose();
    show(what, async { closing.await.map(|()| None::<&str>) }).await;
}

/// The Python of [`show`], where `anext` gives `None` at the end as it does here.
macro_rules! with_show {
    ($program:literal) => {
        concat!(
            r#"
async def show(what, awaited):
    try:
        print(what, await awaited)
    except StopAsyncIteration:
        print(what, "None")
    except BaseException as error:
        print(what, repr(error))"#,
            $program
        )
    };
}

/// Counts, a second apart; says what is raised in it, and takes another second then.
fn ticks(name: &'static str, count: u32) -> AsyncGenerator<u32> {
    async_generator("ticks", async move |ticks| {
        let ticked = async {
            for n in 0..count {
                ticks.yield_(n).await?;
                sleep(1.0).await?;
            }
            Result::Ok(())
        };
        if let Err(error) = ticked.await {
            print(format!("{name} gets {}", error.repr()));
            sleep(1.0).await?;
            print(format!("{name} cleaned up"));
            return Err(error);
        }
        Ok(())
    })
}

/// The Python of [`show`] and [`ticks`].
macro_rules! with_ticks {
    ($program:literal) => {
        concat!(
            r#"
async def show(what, awaited):
    try:
        print(what, await awaited)
    except StopAsyncIteration:
        print(what, "None")
    except BaseException as error:
        print(what, repr(error))
async def ticks(name, count):
    try:
        for n in range(count):
            yield n
            await asyncio.sleep(1)
    except BaseException as error:
        print(f"{name} gets {error!r}")
        await asyncio.sleep(1)
        print(f"{name} cleaned up")
        raise"#,
            $program
        )
    };
}

mod cancel;
mod closing;
mod deaf;
mod throwing;

#[test]
fn a_yield_takes_no_turn_and_an_await_inside_as_many_as_elsewhere() {
    check(
        r#"
async def letters():
    for letter in "abcd":
        print("before", letter)
        yield letter
        print("after", letter)
        if letter == "b":
            await asyncio.sleep(0)
            await asyncio.sleep(0)
async def main():
    asyncio.create_task(ticker(6))
    await asyncio.sleep(0)
    async for letter in letters():
        print(letter)
    print("end")
    await asyncio.sleep(0)
"#,
        &[
            "0.0 tick 0",
            "0.0 before a",
            "0.0 a",
            "0.0 after a",
            "0.0 before b",
            "0.0 b",
            "0.0 after b",
            "0.0 tick 1",
            "0.0 tick 2",
            "0.0 before c",
            "0.0 c",
            "0.0 after c",
            "0.0 before d",
            "0.0 d",
            "0.0 after d",
            "0.0 end",
            "0.0 tick 3",
            "0.0 tick 4",
        ],
        async {
            create_task(ticker(6));
            sleep(0.0).await?;
            let letters = async_generator("letters", async |letters| {
                for letter in ["a", "b", "c", "d"] {
                    print(format!("before {letter}"));
                    letters.yield_(letter).await?;
                    print(format!("after {letter}"));
                    if letter == "b" {
                        sleep(0.0).await?;
                        sleep(0.0).await?;
                    }
                }
                Ok(())
            });
            while let Some(letter) = letters.next().await? {
                print(letter);
            }
            print("end");
            sleep(0.0).await
        },
    );
}

#[test]
fn several_tasks_may_take_turns() {
    check(
        with_ticks!(
            r#"
async def take(name, numbers, delay):
    for _ in range(3):
        await asyncio.sleep(delay)
        await show(name, anext(numbers))
async def main():
    numbers = ticks("numbers", 4)
    await asyncio.gather(take("a", numbers, 0), take("b", numbers, 2.5))
    await show("main", anext(numbers))
    await show("main", anext(numbers))
"#
        ),
        &[
            "0.0 a 0",
            "1.0 a 1",
            "2.0 a 2",
            "3.5 b 3",
            "7.0 b None",
            "9.5 b None",
            "9.5 main None",
            "9.5 main None",
        ],
        async {
            async fn take(name: &str, numbers: AsyncGenerator<u32>, delay: f64) -> Result {
                for _ in 0..3 {
                    sleep(delay).await?;
                    show(name, numbers.next()).await;
                }
                Ok(())
            }
            let numbers = ticks("numbers", 4);
            gather([take("a", numbers.clone(), 0.0), take("b", numbers.clone(), 2.5)]).await?;
            show("main", numbers.next()).await;
            show("main", numbers.next()).await;
            Ok(())
        },
    );
}

#[test]
fn what_a_body_raises_ends_it_for_ever() {
    check(
        with_show!(
            r#"
async def raising(error):
    yield 1
    raise error
async def main():
    for error in [ValueError("bad"), StopAsyncIteration("x"), StopIteration(), GeneratorExit(),
                  asyncio.CancelledError("own")]:
        generator = raising(error)
        for method in ["first", "second", "third"]:
            await show(method, anext(generator))
        await show("athrow", generator.athrow(KeyError("late")))
        await show("aclose", generator.aclose())
        await show("last", anext(generator))
"#
        ),
        &[
            "0.0 first 1",
            "0.0 second ValueError('bad')",
            "0.0 third None",
            "0.0 athrow None",
            "0.0 aclose None",
            "0.0 last None",
            "0.0 first 1",
            "0.0 second RuntimeError('async generator raised StopAsyncIteration')",
            "0.0 third None",
            "0.0 athrow None",
            "0.0 aclose None",
            "0.0 last None",
            "0.0 first 1",
            "0.0 second RuntimeError('async generator raised StopIteration')",
            "0.0 third None",
            "0.0 athrow None",
            "0.0 aclose None",
            "0.0 last None",
            "0.0 first 1",
            "0.0 second GeneratorExit()",
            "0.0 third None",
            "0.0 athrow None",
            "0.0 aclose None",
            "0.0 last None",
            "0.0 first 1",
            "0.0 second CancelledError('own')",
            "0.0 third None",
            "0.0 athrow None",
            "0.0 aclose None",
            "0.0 last None",
        ],
        async {
            for error in [
                Error::new("ValueError", "bad"),
                Error::new("StopAsyncIteration", "x"),
                Error::new("StopIteration", ""),
                Error::generator_exit(),
                Error::cancelled(Some("own".into())),
            ] {
                let generator = async_generator("raising", async move |values| {
                    values.yield_(1).await?;
                    Err(error)
                });
                for method in ["first", "second", "third"] {
                    show(method, generator.next()).await;
                }
                show("athrow", generator.athrow(Error::new("KeyError", "late"))).await;
                show_close("aclose", &generator).await;
                show("last", generator.next()).await;
            }
            Ok(())
        },
    );
}

#[test]
fn one_method_at_a_time() {
    check(
        with_ticks!(
            r#"
async def main():
    generator = ticks("ticks", 2)
    await show("next", anext(generator))
    waiting = asyncio.create_task(show("waiting", anext(generator)))
    await asyncio.sleep(0.5)
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
    await show("athrow", generator.athrow(ValueError("bad")))
    await waiting
    closing = asyncio.create_task(show("closing", generator.aclose()))
    await asyncio.sleep(0.5)
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
    await show("athrow", generator.athrow(ValueError("bad")))
    await closing
    await show("next", anext(generator))
"#
        ),
        &[
            "0.0 next 0",
            "0.5 next RuntimeError('anext(): asynchronous generator is already running')",
            "0.5 aclose RuntimeError('aclose(): asynchronous generator is already running')",
            "0.5 athrow RuntimeError('athrow(): asynchronous generator is already running')",
            "1.0 waiting 1",
            "1.0 ticks gets GeneratorExit()",
            "1.5 next RuntimeError('anext(): asynchronous generator is already running')",
            "1.5 aclose RuntimeError('aclose(): asynchronous generator is already running')",
            "1.5 athrow RuntimeError('athrow(): asynchronous generator is already running')",
            "2.0 ticks cleaned up",
            "2.0 closing None",
            "2.0 next None",
        ],
        async {
            let generator = ticks("ticks", 2);
            show("next", generator.next()).await;
            for name in ["waiting", "closing"] {
                let method = generator.clone();
                let task = create_task(async move {
                    match name {
                        "waiting" => show(name, method.next()).await,
                        _ => show_close(name, &method).await,
                    }
                    Ok(())
                });
                sleep(0.5).await?;
                show("next", generator.next()).await;
                show_close("aclose", &generator).await;
                show("athrow", generator.athrow(Error::new("ValueError", "bad"))).await;
                task.await?;
            }
            show("next", generator.next()).await;
            Ok(())
        },
    );
}

#[test]
fn a_body_cannot_ask_itself() {
    check(
        r#"
async def asking():
    try:
        await anext(own)
    except RuntimeError as error:
        yield repr(error)
    try:
        await own.aclose()
    except RuntimeError as error:
        yield repr(error)
async def main():
    global own
    own = asking()
    async for text in own:
        print(text)
"#,
        &[
            "0.0 RuntimeError('anext(): asynchronous generator is already running')",
            "0.0 RuntimeError('aclose(): asynchronous generator is already running')",
        ],
        async {
            use std::{cell::RefCell, rc::Rc};
            let own: Rc<RefCell<Option<AsyncGenerator<String>>>> = Rc::default();
            let known = own.clone();
            let asking = async_generator("asking", async move |texts| {
                let Some(own) = known.take() else { return Ok(()) };
                if let Err(error) = own.next().await {
                    texts.yield_(error.repr()).await?;
                }
                if let Err(error) = own.aclose().await {
                    texts.yield_(error.repr()).await?;
                }
                Ok(())
            });
            own.replace(Some(asking.clone()));
            while let Some(text) = asking.next().await? {
                print(text);
            }
            Ok(())
        },
    );
}
