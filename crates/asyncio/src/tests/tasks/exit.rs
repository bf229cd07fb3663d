//! A future that fails with `GeneratorExit`: what a task awaits is closed, and the task raises it.

use super::*;

#[test]
fn what_awaits_is_closed_and_the_outermost_frame_raises_what_the_future_failed_with() {
    check(
        r#"
import asyncio
async def inner(future, other):
    try:
        await future
    except GeneratorExit as error:
        print("inner", repr(error))
        if other:
            await other
async def outer(*futures):
    try:
        await inner(*futures)
    except BaseException as error:
        print("outer", repr(error))
        raise
async def main():
    loop = asyncio.get_running_loop()
    for other in [None, loop.create_future()]:
        future = loop.create_future()
        loop.call_later(1, future.set_exception, GeneratorExit("given"))
        try:
            await outer(future, other)
        except BaseException as error:
            print("main", repr(error))
            await asyncio.sleep(1)
"#,
        &[
            "1.0 inner GeneratorExit()",
            "1.0 outer GeneratorExit()",
            "1.0 main GeneratorExit('given')",
            "3.0 inner GeneratorExit()",
            "3.0 outer RuntimeError('coroutine ignored GeneratorExit')",
            "3.0 main RuntimeError('coroutine ignored GeneratorExit')",
        ],
        async {
            fn inner(future: Future<()>, other: Option<Future<()>>) -> Coro<()> {
                Coro::new("inner", async move {
                    let Err(error) = future.await else { return Ok(()) };
                    print(format!("inner {}", error.repr()));
                    match other {
                        Some(other) => other.await,
                        None => Ok(()),
                    }
                })
            }
            fn outer(future: Future<()>, other: Option<Future<()>>) -> Coro<()> {
                Coro::new("outer", async move {
                    inner(future, other)
                        .await
                        .inspect_err(|error| print(format!("outer {}", error.repr())))
                })
            }
            for other in [None, Some(create_future())] {
                let future = create_future();
                let fails = future.clone();
                let exit = Error::GeneratorExit(Exception::new("GeneratorExit", "given"));
                call_later(1.0, move || fails.set_exception(exit));
                if let Err(error) = outer(future, other).await {
                    print(format!("main {}", error.repr()));
                    sleep(1.0).await?;
                }
            }
            Ok(())
        },
    );
}
