//! `athrow` and `aclose`.

use super::*;

#[test]
fn an_exception_thrown_in_may_be_caught() {
    check(
        with_show!(
            r#"
async def stubborn():
    n = 0
    while True:
        n += 1
        try:
            yield n
        except ValueError as error:
            print("caught", error)
            await asyncio.sleep(1)
        if n == 5:
            return
async def main():
    generator = stubborn()
    await show("next", anext(generator))
    await show("athrow", generator.athrow(ValueError("one")))
    await show("athrow", generator.athrow(ValueError("two")))
    await show("next", anext(generator))
    await show("next", anext(generator))
    await show("athrow", generator.athrow(ValueError("three")))
    await show("next", anext(generator))
    for error in [KeyError("k"), GeneratorExit(), StopAsyncIteration("s"), asyncio.CancelledError()]:
        for begun in [False, True]:
            generator = stubborn()
            if begun:
                await show("next", anext(generator))
            await show("athrow", generator.athrow(error))
            await show("next", anext(generator))
"#
        ),
        &[
            "0.0 next 1",
            "0.0 caught one",
            "1.0 athrow 2",
            "1.0 caught two",
            "2.0 athrow 3",
            "2.0 next 4",
            "2.0 next 5",
            "2.0 caught three",
            "3.0 athrow None",
            "3.0 next None",
            "3.0 athrow KeyError('k')",
            "3.0 next None",
            "3.0 next 1",
            "3.0 athrow KeyError('k')",
            "3.0 next None",
            "3.0 athrow GeneratorExit()",
            "3.0 next None",
            "3.0 next 1",
            "3.0 athrow GeneratorExit()",
            "3.0 next None",
            "3.0 athrow None",
            "3.0 next None",
            "3.0 next 1",
            "3.0 athrow RuntimeError('async generator raised StopAsyncIteration')",
            "3.0 next None",
            "3.0 athrow CancelledError()",
            "3.0 next None",
            "3.0 next 1",
            "3.0 athrow CancelledError()",
            "3.0 next None",
        ],
        async {
            fn stubborn() -> AsyncGenerator<u32> {
                async_generator("stubborn", async |numbers| {
                    for n in 1..=5 {
                        match numbers.yield_(n).await {
                            Err(error) if error.is_a("ValueError") => {
                                print(format!("caught {}", error.exception().unwrap()));
                                sleep(1.0).await?;
                            }
                            other => other?,
                        }
                    }
                    Ok(())
                })
            }
            let value_error = |text: &str| Error::new("ValueError", text);
            let generator = stubborn();
            show("next", generator.next()).await;
            show("athrow", generator.athrow(value_error("one"))).await;
            show("athrow", generator.athrow(value_error("two"))).await;
            show("next", generator.next()).await;
            show("next", generator.next()).await;
            show("athrow", generator.athrow(value_error("three"))).await;
            show("next", generator.next()).await;
            for error in [
                Error::new("KeyError", "k"),
                Error::generator_exit(),
                Error::new("StopAsyncIteration", "s"),
                Error::cancelled(None),
            ] {
                for begun in [false, true] {
                    let generator = stubborn();
                    if begun {
                        show("next", generator.next()).await;
                    }
                    let thrown = generator.athrow(error.clone()).await;
                    let thrown = match thrown {
                        Err(error) if error.is("StopAsyncIteration") => Ok(None),
                        thrown => thrown,
                    };
                    show("athrow", async { thrown }).await;
                    show("next", generator.next()).await;
                }
            }
            Ok(())
        },
    );
}

#[test]
fn closing_lets_the_body_clean_up() {
    check(
        with_ticks!(
            r#"
async def main():
    for asked in range(4):
        generator = ticks(f"after {asked}", 2)
        for _ in range(asked):
            await show("next", anext(generator))
        await show("aclose", generator.aclose())
        await show("next", anext(generator))
        await show("aclose", generator.aclose())
        await show("athrow", generator.athrow(ValueError("late")))
"#
        ),
        &[
            "0.0 aclose None",
            "0.0 next None",
            "0.0 aclose None",
            "0.0 athrow None",
            "0.0 next 0",
            "0.0 after 1 gets GeneratorExit()",
            "1.0 after 1 cleaned up",
            "1.0 aclose None",
            "1.0 next None",
            "1.0 aclose None",
            "1.0 athrow None",
            "1.0 next 0",
            "2.0 next 1",
            "2.0 after 2 gets GeneratorExit()",
            "3.0 after 2 cleaned up",
            "3.0 aclose None",
            "3.0 next None",
            "3.0 aclose None",
            "3.0 athrow None",
            "3.0 next 0",
            "4.0 next 1",
            "5.0 next None",
            "5.0 aclose None",
            "5.0 next None",
            "5.0 aclose None",
            "5.0 athrow None",
        ],
        async {
            for (asked, name) in ["after 0", "after 1", "after 2", "after 3"].iter().enumerate() {
                let generator = ticks(name, 2);
                for _ in 0..asked {
                    show("next", generator.next()).await;
                }
                show_close("aclose", &generator).await;
                show("next", generator.next()).await;
                show_close("aclose", &generator).await;
                show("athrow", generator.athrow(Error::new("ValueError", "late"))).await;
            }
            Ok(())
        },
    );
}

#[test]
fn a_body_that_yields_to_its_closing_goes_on_but_cannot_be_closed_again() {
    check(
        with_show!(
            r#"
async def deaf():
    for n in range(3):
        try:
            yield n
        except GeneratorExit:
            print("not heard")
            await asyncio.sleep(1)
async def closing(generator):
    try:
        await generator.aclose()
    except StopAsyncIteration as error:
        print("aclose", repr(error))
async def main():
    generator = deaf()
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
    await closing(generator)
    await show("athrow", generator.athrow(ValueError("late")))
    await show("next", anext(generator))
    await show("next", anext(generator))
    await show("aclose", generator.aclose())
"#
        ),
        &[
            "0.0 next 0",
            "0.0 not heard",
            "1.0 aclose RuntimeError('async generator ignored GeneratorExit')",
            "1.0 aclose StopAsyncIteration()",
            "1.0 athrow None",
            "1.0 next 2",
            "1.0 next None",
            "1.0 aclose None",
        ],
        async {
            let generator = async_generator("deaf", async |numbers| {
                for n in 0..3 {
                    match numbers.yield_(n).await {
                        Err(Error::GeneratorExit(_)) => {
                            print("not heard");
                            sleep(1.0).await?;
                        }
                        other => other?,
                    }
                }
                Ok(())
            });
            show("next", generator.next()).await;
            show_close("aclose", &generator).await;
            show_close("aclose", &generator).await;
            show("athrow", generator.athrow(Error::new("ValueError", "late"))).await;
            show("next", generator.next()).await;
            show("next", generator.next()).await;
            show_close("aclose", &generator).await;
            Ok(())
        },
    );
}

#[test]
fn a_cleanup_may_raise() {
    check(
        with_show!(
            r#"
async def raising(error):
    try:
        yield 1
    finally:
        await asyncio.sleep(1)
        raise error
async def main():
    for error in [OSError("disk"), StopAsyncIteration(), asyncio.CancelledError("own")]:
        generator = raising(error)
        await show("next", anext(generator))
        await show("aclose", generator.aclose())
        await show("next", anext(generator))
        generator = raising(error)
        await show("next", anext(generator))
        await show("athrow", generator.athrow(ValueError("bad")))
"#
        ),
        &[
            "0.0 next 1",
            "1.0 aclose OSError('disk')",
            "1.0 next None",
            "1.0 next 1",
            "2.0 athrow OSError('disk')",
            "2.0 next 1",
            "3.0 aclose RuntimeError('async generator raised StopAsyncIteration')",
            "3.0 next None",
            "3.0 next 1",
            "4.0 athrow RuntimeError('async generator raised StopAsyncIteration')",
            "4.0 next 1",
            "5.0 aclose CancelledError('own')",
            "5.0 next None",
            "5.0 next 1",
            "6.0 athrow CancelledError('own')",
        ],
        async {
            fn raising(error: Error) -> AsyncGenerator<u32> {
                async_generator("raising", async move |values| {
                    let _ = values.yield_(1).await;
                    sleep(1.0).await?;
                    Err(error)
                })
            }
            for error in [
                Error::new("OSError", "disk"),
                Error::new("StopAsyncIteration", ""),
                Error::cancelled(Some("own".into())),
            ] {
                let generator = raising(error.clone());
                show("next", generator.next()).await;
                show_close("aclose", &generator).await;
                show("next", generator.next()).await;
                let generator = raising(error);
                show("next", generator.next()).await;
                show("athrow", generator.athrow(Error::new("ValueError", "bad"))).await;
            }
            Ok(())
        },
    );
}
