//! Scopes that are entered and left with awaits: `async with`.

mod exit_stack;
mod exits;
mod plain;

pub use exit_stack::AsyncExitStack;
pub use plain::{ContextManager, ExitStack, with};

use crate::asyncgen::{AsyncGenerator, Yielder, async_generator};
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result, while_handling};
use crate::futures::handling;
use std::rc::Rc;

/// What [`async_with`] enters and leaves.
///
/// ```
/// use asyncio::{self, AsyncContextManager, Coro, Error, async_with, sleep};
///
/// struct Session;
///
/// impl AsyncContextManager for Session {
///     type Value = &'static str;
///
///     fn enter(&self) -> Coro<&'static str> {
///         Coro::new("Session.__aenter__", async { sleep(1.0).await.map(|()| "session") })
///     }
///
///     fn exit(&self, _: Option<&Error>) -> Coro<bool> {
///         Coro::new("Session.__aexit__", async { sleep(2.0).await.map(|()| false) })
///     }
/// }
///
/// let ended = asyncio::run(async {
///     let used = async_with(Session, async |session| Ok((session, asyncio::time()))).await?;
///     Ok((used, asyncio::time()))
/// });
/// assert_eq!(ended.unwrap(), (Some(("session", 1.0)), 3.0));
/// ```
pub trait AsyncContextManager {
    /// What stands after `as`.
    type Value;

    /// `__aenter__`.
    fn enter(&self) -> Coro<Self::Value>;

    /// `__aexit__`, with what the body raised. Returns whether that goes no further.
    fn exit(&self, error: Option<&Error>) -> Coro<bool>;
}

/// `async with manager as value: body`. However the body ends, cancelled too, [the
/// exit](AsyncContextManager::exit) is awaited; only when entering fails it is not. Gives what the body
/// returns, `None` when it raised and the exit let that go no further.
///
/// # Errors
/// What entering, the body or leaving raises.
pub async fn async_with<M, R>(
    manager: M,
    body: impl AsyncFnOnce(M::Value) -> Result<R>,
) -> Result<Option<R>>
where
    M: AsyncContextManager,
{
    let value = manager.enter().await?;
    match body(value).await {
        Ok(result) => manager.exit(None).await.map(|_| Some(result)),
        Err(error) if handling(&error, manager.exit(Some(&error))).await? => Ok(None),
        Err(error) => Err(error),
    }
}

/// A scope written as a generator that yields once: `contextlib.asynccontextmanager`. Up to the `yield`
/// it is entered, after it left; what the scope's body raises is what the `yield` returns. To let that
/// go no further, return without it. Follows `_AsyncGeneratorContextManager` of CPython 3.13
/// (`Lib/contextlib.py`).
///
/// ```
/// use asyncio::{self, AsyncContextManager, async_with, asynccontextmanager, sleep};
///
/// fn connection() -> impl AsyncContextManager<Value = &'static str> {
///     asynccontextmanager("connection", async |scope| {
///         sleep(1.0).await?; // open it
///         let used = scope.yield_("connected").await;
///         sleep(2.0).await?; // close it, whatever happened
///         used
///     })
/// }
///
/// let times = asyncio::run(async {
///     let inside = async_with(connection(), async |_| Ok(asyncio::time())).await?;
///     Ok((inside, asyncio::time()))
/// });
/// assert_eq!(times.unwrap(), (Some(1.0), 3.0));
/// ```
pub fn asynccontextmanager<T, B>(name: impl Into<Rc<str>>, body: B) -> GeneratorContext<T>
where
    T: 'static,
    B: AsyncFnOnce(Yielder<T>) -> Result + 'static,
{
    GeneratorContext(async_generator(name, body))
}

/// A scope made by [`asynccontextmanager`]. It can be entered once.
pub struct GeneratorContext<T: 'static>(AsyncGenerator<T>);

impl<T: 'static> AsyncContextManager for GeneratorContext<T> {
    type Value = T;

    fn enter(&self) -> Coro<T> {
        let generator = self.0.clone();
        Coro::new("_AsyncGeneratorContextManager.__aenter__", async move {
            generator.next().await?.ok_or_else(|| {
                let stop = Error::new("StopAsyncIteration", "");
                let raise = || runtime_error("generator didn't yield");
                while_handling(&stop, raise).from_cause(None)
            })
        })
    }

    fn exit(&self, error: Option<&Error>) -> Coro<bool> {
        let (generator, error) = (self.0.clone(), error.cloned());
        Coro::new("_AsyncGeneratorContextManager.__aexit__", async move {
            let Some(error) = error else {
                return match generator.next().await? {
                    None => Ok(false),
                    Some(_) => Err(not_stopped(&generator, "generator didn't stop").await),
                };
            };
            // Into one that has ended, such as by the loop's closing it, nothing is thrown: no exception
            // says that it has stopped.
            let ended = generator.ended();
            match generator.athrow(error.clone()).await {
                Ok(None) if !ended => Ok(true),
                Ok(_) => Err(not_stopped(&generator, "generator didn't stop after athrow()").await),
                Err(raised) if is_same(&raised, &error) => Ok(false),
                Err(raised) => Err(raised),
            }
        })
    }
}

/// What a generator that yields again makes of leaving: it is closed first.
async fn not_stopped<T>(generator: &AsyncGenerator<T>, text: &str) -> Error {
    let error = runtime_error(text);
    handling(&error, generator.aclose()).await.err().unwrap_or(error)
}

/// Whether the generator let `error` pass. The end of an iteration leaves it as the cause of another.
fn is_same(raised: &Error, error: &Error) -> bool {
    let stops = error.is("StopIteration") || error.is("StopAsyncIteration");
    let of_it =
        || raised.is_a("RuntimeError") && raised.cause().is_some_and(|it| it.is_same(error));
    raised.is_same(error) || (stops && of_it())
}

fn runtime_error(text: &str) -> Error {
    Error::new("RuntimeError", text)
}

/// A scope at whose end a generator is closed: `contextlib.aclosing`.
///
/// ```
/// use asyncio::{self, aclosing, async_generator, async_with, sleep};
/// let time = asyncio::run(async {
///     let numbers = async_generator("numbers", async |numbers| {
///         let given = numbers.yield_(1).await;
///         sleep(1.0).await?;
///         given
///     });
///     async_with(aclosing(numbers), async |numbers| numbers.next().await).await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 1.0);
/// ```
pub fn aclosing<T>(generator: AsyncGenerator<T>) -> Aclosing<T> {
    Aclosing(generator)
}

/// A scope made by [`aclosing`].
pub struct Aclosing<T: 'static>(AsyncGenerator<T>);

impl<T: 'static> AsyncContextManager for Aclosing<T> {
    type Value = AsyncGenerator<T>;

    fn enter(&self) -> Coro<AsyncGenerator<T>> {
        let generator = self.0.clone();
        Coro::new("aclosing.__aenter__", async move { Ok(generator) })
    }

    fn exit(&self, _: Option<&Error>) -> Coro<bool> {
        let closing = self.0.clone();
        Coro::new("aclosing.__aexit__", async move { closing.aclose().await.map(|()| false) })
    }
}
