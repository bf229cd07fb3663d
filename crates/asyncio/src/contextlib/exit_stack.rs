//! A scope that is put together while it runs: `contextlib.AsyncExitStack`.

use super::exits::{Exits, Leaving, Unwinding};
use super::{AsyncContextManager, ContextManager};
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};

/// Exits that are done in the end, the last first, as those of scopes inside one another: what one raises is
/// what the next is told. Clones are the same stack. Follows `AsyncExitStack` of CPython 3.13
/// (`Lib/contextlib.py`).
///
/// ```
/// use asyncio::{self, AsyncExitStack, Coro, Lock, async_with, print, sleep};
/// let time = asyncio::run(async {
///     async_with(AsyncExitStack::new(), async |stack| {
///         stack.push_async_callback(|| Coro::new("close", async { sleep(1.0).await }));
///         stack.callback(|| Ok(print("first"))); // the last that came
///         Ok(())
///     })
///     .await?;
///     Ok(asyncio::time())
/// });
/// assert_eq!(time.unwrap(), 1.0);
/// ```
#[derive(Clone, Default)]
pub struct AsyncExitStack(Exits<Exit>);

/// An exit: it is told what was raised, and says whether that goes no further.
enum Exit {
    Plain(Leaving<Result<bool>>),
    Awaited(Leaving<Coro<bool>>),
}

impl AsyncExitStack {
    /// One without exits.
    pub fn new() -> Self {
        AsyncExitStack::default()
    }

    /// Enters a scope, and adds its exit: `await stack.enter_async_context(manager)`.
    ///
    /// # Errors
    /// When awaited, what entering raises; nothing is added then.
    pub fn enter_async_context<M>(&self, manager: M) -> Coro<M::Value>
    where
        M: AsyncContextManager + 'static,
        M::Value: 'static,
    {
        let stack = self.clone();
        Coro::new("AsyncExitStack.enter_async_context", async move {
            let value = manager.enter().await?;
            stack.push_async_exit(move |error| manager.exit(error));
            Ok(value)
        })
    }

    /// Enters a scope of `with`, and adds its exit: `stack.enter_context(manager)`.
    ///
    /// # Errors
    /// What entering raises; nothing is added then.
    pub fn enter_context<M>(&self, manager: M) -> Result<M::Value>
    where
        M: ContextManager + 'static,
    {
        let value = manager.enter()?;
        self.push(move |error| manager.exit(error));
        Ok(value)
    }

    /// Adds an exit that is awaited: it gets what was raised, and returns whether that goes no further.
    pub fn push_async_exit(&self, exit: impl FnOnce(Option<&Error>) -> Coro<bool> + 'static) {
        self.0.push(Exit::Awaited(Box::new(exit)));
    }

    /// The same for one that is not awaited: `stack.push(exit)`.
    pub fn push(&self, exit: impl FnOnce(Option<&Error>) -> Result<bool> + 'static) {
        self.0.push(Exit::Plain(Box::new(exit)));
    }

    /// Adds what is awaited whatever was raised.
    pub fn push_async_callback(&self, callback: impl FnOnce() -> Coro<()> + 'static) {
        let name = "_BaseExitStack._create_async_cb_wrapper.<locals>._exit_wrapper";
        self.push_async_exit(move |_| {
            Coro::new(name, async move { callback().await.map(|()| false) })
        });
    }

    /// Adds what is called whatever was raised.
    pub fn callback(&self, callback: impl FnOnce() -> Result + 'static) {
        self.push(move |_| callback().map(|()| false));
    }

    /// A new stack with all exits; none is left here.
    #[must_use]
    pub fn pop_all(&self) -> Self {
        AsyncExitStack(self.0.pop_all())
    }

    /// Does all exits, as if nothing had been raised.
    ///
    /// # Errors
    /// When awaited, what the exits raise.
    pub fn aclose(&self) -> Coro<()> {
        let stack = self.clone();
        Coro::new("AsyncExitStack.aclose", async move { stack.exit(None).await.map(drop) })
    }

    async fn leave(self, received: Option<Error>) -> Result<bool> {
        let mut unwinding = Unwinding::new(received.as_ref());
        while let Some(exit) = self.0.pop() {
            let ended = match exit {
                Exit::Plain(exit) => exit(unwinding.error()),
                Exit::Awaited(exit) => exit(unwinding.error()).await,
            };
            if !unwinding.goes_on(ended) {
                std::future::pending().await
            }
        }
        // PEP 479: no coroutine is left by it.
        unwinding.end().map_err(|error| match error.is("StopIteration") {
            true => Error::replacing(error, "coroutine raised StopIteration"),
            false => error,
        })
    }
}

impl AsyncContextManager for AsyncExitStack {
    type Value = AsyncExitStack;

    fn enter(&self) -> Coro<AsyncExitStack> {
        let stack = self.clone();
        Coro::new("AbstractAsyncContextManager.__aenter__", async move { Ok(stack) })
    }

    fn exit(&self, error: Option<&Error>) -> Coro<bool> {
        let (stack, error) = (self.clone(), error.cloned());
        Coro::new("AsyncExitStack.__aexit__", async move { stack.leave(error).await })
    }
}

/// Whether the two are the same stack.
impl PartialEq for AsyncExitStack {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
