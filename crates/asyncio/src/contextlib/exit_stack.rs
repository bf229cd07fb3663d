//! A scope that is put together while it runs: `contextlib.AsyncExitStack`.

use super::AsyncContextManager;
use crate::coroutines::Coro;
use crate::events::running_loop;
use crate::exceptions::{Error, Result, being_handled};
use crate::program::Overrun;
use std::cell::RefCell;
use std::rc::Rc;

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
pub struct AsyncExitStack(Rc<RefCell<Vec<Exit>>>);

/// A function that is told what was raised.
type Leaving<T> = Box<dyn FnOnce(Option<&Error>) -> T>;

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

    /// Adds an exit that is awaited: it gets what was raised, and returns whether that goes no further.
    pub fn push_async_exit(&self, exit: impl FnOnce(Option<&Error>) -> Coro<bool> + 'static) {
        self.0.borrow_mut().push(Exit::Awaited(Box::new(exit)));
    }

    /// The same for one that is not awaited: `stack.push(exit)`.
    pub fn push(&self, exit: impl FnOnce(Option<&Error>) -> Result<bool> + 'static) {
        self.0.borrow_mut().push(Exit::Plain(Box::new(exit)));
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
        AsyncExitStack(Rc::new(RefCell::new(self.0.take())))
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
        let outside = being_handled();
        let (mut error, mut suppressed, mut raises) = (received.clone(), false, false);
        loop {
            let exit = self.0.borrow_mut().pop();
            let ended = match exit {
                None => break,
                Some(Exit::Plain(exit)) => exit(error.as_ref()),
                Some(Exit::Awaited(exit)) => exit(error.as_ref()).await,
            };
            match ended {
                Ok(false) => {}
                Ok(true) => (error, suppressed, raises) = (None, true, false),
                Err(raised) => {
                    if !come_after(&raised, error.as_ref(), outside.as_ref()) {
                        never().await;
                    }
                    (error, raises) = (Some(raised), true);
                }
            }
        }
        match error {
            // PEP 479: no coroutine is left by it.
            Some(error) if raises && error.is("StopIteration") => {
                Err(Error::replacing(error, "coroutine raised StopIteration"))
            }
            Some(error) if raises => Err(error),
            _ => Ok(received.is_some() && suppressed),
        }
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
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Ends the run where CPython would go round for ever.
async fn never() {
    if let Some(event_loop) = running_loop() {
        event_loop.program.overrun.set(Some(Overrun::Circle));
    }
    std::future::pending().await
}

/// `_fix_exception_context`: `raised` came of `earlier`, as if its exit stood around the one before; `outside`
/// is what is being handled around all of them. Says whether it got to an end: CPython goes round for ever
/// where what an exception came of is a circle.
fn come_after(raised: &Error, earlier: Option<&Error>, outside: Option<&Error>) -> bool {
    let mut at = raised.clone();
    // The second walker goes half as fast: they meet if there is a circle.
    let (mut slow, mut slow_moves) = (raised.clone(), false);
    loop {
        let Some(context) = at.context() else { return true };
        let is = |other: Option<&Error>| other.is_some_and(|other| context.is_same(other));
        if is(earlier) {
            return true;
        }
        if is(outside) {
            break;
        }
        at = context;
        if at.is_same(&slow) {
            return false;
        }
        if slow_moves && let Some(next) = slow.context() {
            slow = next;
        }
        slow_moves = !slow_moves;
    }
    at.set_context(earlier.cloned());
    true
}
