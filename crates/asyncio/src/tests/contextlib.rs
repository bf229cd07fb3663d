//! Scopes with awaits on the way in and out.

use super::*;
use std::future::IntoFuture;

/// Awaits something and prints what it raises.
async fn show(awaited: impl StdFuture<Output = Result>) {
    match awaited.await {
        Ok(()) => print("went on"),
        Err(error) => print(error.repr()),
    }
}

/// A scope that takes a second each way.
struct Scope {
    name: &'static str,
    /// What entering raises.
    entering: Option<Error>,
    /// What leaving raises, or whether it lets no exception past.
    leaving: std::result::Result<bool, Error>,
}

fn scope(name: &'static str) -> Scope {
    Scope { name, entering: None, leaving: Ok(false) }
}

impl AsyncContextManager for Scope {
    type Value = String;

    fn enter(&self) -> Coro<String> {
        let (name, raised) = (self.name, self.entering.clone());
        Coro::new("Scope.__aenter__", async move {
            print(format!("{name} enters"));
            sleep(1.0).await?;
            match raised {
                Some(error) => Err(error),
                None => Ok(format!("<{name}>")),
            }
        })
    }

    fn exit(&self, error: Option<&Error>) -> Coro<bool> {
        let name = self.name;
        let raised = error.map_or("None".to_owned(), Error::repr);
        let leaving = self.leaving.clone();
        Coro::new("Scope.__aexit__", async move {
            print(format!("{name} leaves {raised}"));
            sleep(1.0).await?;
            print(format!("{name} left"));
            leaving
        })
    }
}

/// The Python of [`show`] and [`Scope`].
macro_rules! with_scope {
    ($program:literal) => {
        concat!(
            r#"
from contextlib import aclosing, asynccontextmanager
async def show(awaited):
    try:
        await awaited
        print("went on")
    except BaseException as error:
        print(repr(error))
class Scope:
    def __init__(self, name, entering=None, leaving=None):
        self.name, self.entering, self.leaving = name, entering, leaving
    async def __aenter__(self):
        print(self.name, "enters")
        await asyncio.sleep(1)
        if self.entering:
            raise self.entering
        return f"<{self.name}>"
    async def __aexit__(self, _, error, __):
        print(self.name, "leaves", repr(error))
        await asyncio.sleep(1)
        print(self.name, "left")
        if isinstance(self.leaving, BaseException):
            raise self.leaving
        return self.leaving"#,
            $program
        )
    };
}

mod generator;

#[test]
fn scopes_within_scopes() {
    check(
        with_scope!(
            r#"
async def main():
    asyncio.create_task(ticker(4))
    async with Scope("outer") as outer:
        print(outer)
        async with Scope("inner", leaving=True) as inner:
            print(outer, inner)
    print("end")
"#
        ),
        &[
            "0.0 outer enters",
            "0.0 tick 0",
            "0.0 tick 1",
            "0.0 tick 2",
            "0.0 tick 3",
            "1.0 <outer>",
            "1.0 inner enters",
            "2.0 <outer> <inner>",
            "2.0 inner leaves None",
            "3.0 inner left",
            "3.0 outer leaves None",
            "4.0 outer left",
            "4.0 end",
        ],
        async {
            create_task(ticker(4));
            let inner = || Scope { leaving: Ok(true), ..scope("inner") };
            let ended = async_with(scope("outer"), async |outer| {
                print(&outer);
                async_with(inner(), async |inner| {
                    print(format!("{outer} {inner}"));
                    Ok("end")
                })
                .await
            });
            print(ended.await?.flatten().unwrap());
            Ok(())
        },
    );
}

#[test]
fn leaving_may_pass_on_swallow_or_replace_what_the_body_raises() {
    check(
        with_scope!(
            r#"
async def use(scope, error):
    async with scope as value:
        print(value)
        if error:
            raise error
async def main():
    for error in [None, ValueError("bad"), asyncio.CancelledError("own"), GeneratorExit()]:
        for leaving in [None, True, OSError("left")]:
            await show(use(Scope("scope", leaving=leaving), error))
    await show(use(Scope("scope", entering=OSError("shut")), None))
"#
        ),
        &[
            "0.0 scope enters",
            "1.0 <scope>",
            "1.0 scope leaves None",
            "2.0 scope left",
            "2.0 went on",
            "2.0 scope enters",
            "3.0 <scope>",
            "3.0 scope leaves None",
            "4.0 scope left",
            "4.0 went on",
            "4.0 scope enters",
            "5.0 <scope>",
            "5.0 scope leaves None",
            "6.0 scope left",
            "6.0 OSError('left')",
            "6.0 scope enters",
            "7.0 <scope>",
            "7.0 scope leaves ValueError('bad')",
            "8.0 scope left",
            "8.0 ValueError('bad')",
            "8.0 scope enters",
            "9.0 <scope>",
            "9.0 scope leaves ValueError('bad')",
            "10.0 scope left",
            "10.0 went on",
            "10.0 scope enters",
            "11.0 <scope>",
            "11.0 scope leaves ValueError('bad')",
            "12.0 scope left",
            "12.0 OSError('left')",
            "12.0 scope enters",
            "13.0 <scope>",
            "13.0 scope leaves CancelledError('own')",
            "14.0 scope left",
            "14.0 CancelledError('own')",
            "14.0 scope enters",
            "15.0 <scope>",
            "15.0 scope leaves CancelledError('own')",
            "16.0 scope left",
            "16.0 went on",
            "16.0 scope enters",
            "17.0 <scope>",
            "17.0 scope leaves CancelledError('own')",
            "18.0 scope left",
            "18.0 OSError('left')",
            "18.0 scope enters",
            "19.0 <scope>",
            "19.0 scope leaves GeneratorExit()",
            "20.0 scope left",
            "20.0 GeneratorExit()",
            "20.0 scope enters",
            "21.0 <scope>",
            "21.0 scope leaves GeneratorExit()",
            "22.0 scope left",
            "22.0 went on",
            "22.0 scope enters",
            "23.0 <scope>",
            "23.0 scope leaves GeneratorExit()",
            "24.0 scope left",
            "24.0 OSError('left')",
            "24.0 scope enters",
            "25.0 OSError('shut')",
        ],
        async {
            async fn using(scope: Scope, error: Option<Error>) -> Result {
                let body = async |value| {
                    print(value);
                    error.map_or(Ok(()), Err)
                };
                async_with(scope, body).await.map(drop)
            }
            let errors = [
                None,
                Some(Error::new("ValueError", "bad")),
                Some(Error::cancelled(Some("own".into()))),
                Some(Error::generator_exit()),
            ];
            for error in errors {
                for leaving in [Ok(false), Ok(true), Err(Error::new("OSError", "left"))] {
                    show(using(Scope { leaving, ..scope("scope") }, error.clone())).await;
                }
            }
            let entering = Some(Error::new("OSError", "shut"));
            show(using(Scope { entering, ..scope("scope") }, None)).await;
            Ok(())
        },
    );
}

#[test]
fn cancelled_at_any_time() {
    check(
        with_scope!(
            r#"
async def use(leaving, error):
    async with Scope("scope", leaving=leaving):
        await asyncio.sleep(1)
        if error:
            raise error
    print("after the scope")
async def main():
    for leaving in [None, True]:
        for error in [None, ValueError("bad")]:
            for moment in [0, 0.5, 1.5, 2.5]:
                task = asyncio.create_task(use(leaving, error))
                await asyncio.sleep(moment)
                print(task.cancel(f"at {moment}"))
                await show(task)
                print(task.cancelled())
    task = asyncio.create_task(use(True, None))
    await asyncio.sleep(1.5)
    task.cancel("first")
    await asyncio.sleep(0.5)
    task.cancel("second")
    await show(task)
"#
        ),
        &[
            "0.0 scope enters",
            "0.0 True",
            "0.0 CancelledError('at 0')",
            "0.0 True",
            "0.0 scope enters",
            "0.5 True",
            "0.5 CancelledError('at 0.5')",
            "0.5 True",
            "0.5 scope enters",
            "2.0 True",
            "2.0 scope leaves CancelledError('at 1.5')",
            "3.0 scope left",
            "3.0 CancelledError('at 1.5')",
            "3.0 True",
            "3.0 scope enters",
            "5.0 scope leaves None",
            "5.5 True",
            "5.5 CancelledError('at 2.5')",
            "5.5 True",
            "5.5 scope enters",
            "5.5 True",
            "5.5 CancelledError('at 0')",
            "5.5 True",
            "5.5 scope enters",
            "6.0 True",
            "6.0 CancelledError('at 0.5')",
            "6.0 True",
            "6.0 scope enters",
            "7.5 True",
            "7.5 scope leaves CancelledError('at 1.5')",
            "8.5 scope left",
            "8.5 CancelledError('at 1.5')",
            "8.5 True",
            "8.5 scope enters",
            "10.5 scope leaves ValueError('bad')",
            "11.0 True",
            "11.0 CancelledError('at 2.5')",
            "11.0 True",
            "11.0 scope enters",
            "11.0 True",
            "11.0 CancelledError('at 0')",
            "11.0 True",
            "11.0 scope enters",
            "11.5 True",
            "11.5 CancelledError('at 0.5')",
            "11.5 True",
            "11.5 scope enters",
            "13.0 True",
            "13.0 scope leaves CancelledError('at 1.5')",
            "14.0 scope left",
            "14.0 after the scope",
            "14.0 went on",
            "14.0 False",
            "14.0 scope enters",
            "16.0 scope leaves None",
            "16.5 True",
            "16.5 CancelledError('at 2.5')",
            "16.5 True",
            "16.5 scope enters",
            "16.5 True",
            "16.5 CancelledError('at 0')",
            "16.5 True",
            "16.5 scope enters",
            "17.0 True",
            "17.0 CancelledError('at 0.5')",
            "17.0 True",
            "17.0 scope enters",
            "18.5 True",
            "18.5 scope leaves CancelledError('at 1.5')",
            "19.5 scope left",
            "19.5 after the scope",
            "19.5 went on",
            "19.5 False",
            "19.5 scope enters",
            "21.5 scope leaves ValueError('bad')",
            "22.0 True",
            "22.0 CancelledError('at 2.5')",
            "22.0 True",
            "22.0 scope enters",
            "23.5 scope leaves CancelledError('first')",
            "24.0 CancelledError('second')",
        ],
        async {
            async fn using(leaving: bool, error: Option<Error>) -> Result {
                let scope = Scope { leaving: Ok(leaving), ..scope("scope") };
                let body = async |_| {
                    sleep(1.0).await?;
                    error.map_or(Ok(()), Err)
                };
                async_with(scope, body).await?;
                print("after the scope");
                Ok(())
            }
            for leaving in [false, true] {
                for error in [None, Some(Error::new("ValueError", "bad"))] {
                    for moment in [0.0, 0.5, 1.5, 2.5] {
                        let task = create_task(using(leaving, error.clone()));
                        sleep(moment).await?;
                        print(truth(task.cancel_with(&format!("at {moment}"))));
                        show((&task).into_future()).await;
                        print(truth(task.cancelled()));
                    }
                }
            }
            let task = create_task(using(true, None));
            sleep(1.5).await?;
            task.cancel_with("first");
            sleep(0.5).await?;
            task.cancel_with("second");
            show((&task).into_future()).await;
            Ok(())
        },
    );
}

#[test]
fn what_an_exception_came_of_may_be_a_circle() {
    let end = std::rc::Rc::new(std::cell::Cell::new(false));
    let left = end.clone();
    let run = Run::new(VirtualClock, Trace::off(), move || async move {
        let (first, second) = (Error::new("KeyError", "'a'"), Error::new("ValueError", "b"));
        first.set_context(Some(second.clone()));
        second.set_context(Some(first.clone()));
        let stack = AsyncExitStack::new();
        stack.callback(move || Err::<(), _>(first));
        let ended = async_with(stack, async |_| Ok(())).await;
        left.set(true);
        ended.map(drop)
    });
    // CPython goes round in `_fix_exception_context` for ever.
    let error = ended(run.with_budget(1_000)).result();
    assert!(matches!(error, Some(Err(RunError::TooLong { .. }))) && !end.get(), "{error:?}");
}
