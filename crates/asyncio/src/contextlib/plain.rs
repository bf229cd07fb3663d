//! Scopes that are entered and left at once: `with`, and the stack of such, `contextlib.ExitStack`.

use super::exits::{Exits, Leaving, Unwinding};
use crate::exceptions::{Error, Result, while_handling};

/// What [`with`] enters and leaves, which takes no await.
pub trait ContextManager {
    /// What stands after `as`.
    type Value;

    /// `__enter__`.
    ///
    /// # Errors
    /// What it raises; the scope is not left then.
    fn enter(&self) -> Result<Self::Value>;

    /// `__exit__`, with what the body raised. Returns whether that goes no further.
    ///
    /// # Errors
    /// What it raises, in the place of what the body did.
    fn exit(&self, error: Option<&Error>) -> Result<bool>;
}

/// `with manager as value: body`. However the body ends, cancelled too, it is [left](ContextManager::exit); only
/// when entering fails it is not. Gives what the body returns, `None` when it raised and the exit let that go no
/// further.
///
/// ```
/// use asyncio::{self, ContextManager, Error, Result, print, sleep, with};
///
/// struct Suppress;
///
/// impl ContextManager for Suppress {
///     type Value = ();
///
///     fn enter(&self) -> Result {
///         Ok(())
///     }
///
///     fn exit(&self, error: Option<&Error>) -> Result<bool> {
///         Ok(error.is_some_and(|error| error.is_a("OSError")))
///     }
/// }
///
/// let ended = asyncio::run(async {
///     let body = async |()| {
///         sleep(1.0).await?;
///         Err::<(), _>(Error::new("ConnectionError", ""))
///     };
///     with(Suppress, body).await
/// });
/// assert!(ended.unwrap().is_none());
/// ```
///
/// # Errors
/// What entering, the body or leaving raises.
pub async fn with<M, R>(
    manager: M,
    body: impl AsyncFnOnce(M::Value) -> Result<R>,
) -> Result<Option<R>>
where
    M: ContextManager,
{
    let value = manager.enter()?;
    match body(value).await {
        Ok(result) => manager.exit(None).map(|_| Some(result)),
        Err(error) if while_handling(&error, || manager.exit(Some(&error)))? => Ok(None),
        Err(error) => Err(error),
    }
}

/// Exits that are done in the end, the last first; none of them awaits. Clones are the same stack. Follows
/// `ExitStack` of CPython 3.13 (`Lib/contextlib.py`).
///
/// ```
/// use asyncio::{self, Error, ExitStack, print, with};
/// let ended = asyncio::run(async {
///     with(ExitStack::new(), async |stack| {
///         stack.push(|error| Ok(error.is_some_and(|error| error.is("KeyError")))); // the last
///         stack.callback(|| Err(Error::new("KeyError", "'a'"))); // the first
///         Ok(())
///     })
///     .await
/// });
/// assert!(ended.is_ok());
/// ```
#[derive(Clone, Default)]
pub struct ExitStack(Exits<Leaving<Result<bool>>>);

impl ExitStack {
    /// One without exits.
    pub fn new() -> Self {
        ExitStack::default()
    }

    /// Enters a scope, and adds its exit.
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

    /// Adds an exit: it gets what was raised, and returns whether that goes no further.
    pub fn push(&self, exit: impl FnOnce(Option<&Error>) -> Result<bool> + 'static) {
        self.0.push(Box::new(exit));
    }

    /// Adds what is called whatever was raised.
    pub fn callback(&self, callback: impl FnOnce() -> Result + 'static) {
        self.push(move |_| callback().map(|()| false));
    }

    /// A new stack with all exits; none is left here.
    #[must_use]
    pub fn pop_all(&self) -> Self {
        ExitStack(self.0.pop_all())
    }

    /// Does all exits, as if nothing had been raised.
    ///
    /// # Errors
    /// What they raise.
    pub fn close(&self) -> Result {
        self.exit(None).map(drop)
    }
}

impl ContextManager for ExitStack {
    type Value = ExitStack;

    fn enter(&self) -> Result<ExitStack> {
        Ok(self.clone())
    }

    fn exit(&self, error: Option<&Error>) -> Result<bool> {
        let mut unwinding = Unwinding::new(error);
        while let Some(exit) = self.0.pop() {
            let ended = exit(unwinding.error());
            if !unwinding.goes_on(ended) {
                break;
            }
        }
        unwinding.end()
    }
}

/// Whether the two are the same stack.
impl PartialEq for ExitStack {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
