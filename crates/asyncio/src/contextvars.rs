//! `contextvars`: values that belong to a task, and that the tasks which it starts inherit.

use crate::exceptions::{Error, Exception, Result, repr_str};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{self, Poll};

/// The values of all variables, for a task, a callback, or a thread: `contextvars.Context`. Clones are
/// the same context.
///
/// ```
/// use asyncio::{self, ContextVar, copy_context};
/// let seen = asyncio::run(async {
///     let user = ContextVar::new("user");
///     user.set("ann");
///     let context = copy_context();
///     let inside = user.clone();
///     context.run(|| drop(inside.set("bob")))?;
///     Ok((user.get()?, context.run(|| user.get())??))
/// });
/// assert_eq!(seen.unwrap(), ("ann", "bob"));
/// ```
#[derive(Clone, Default)]
pub struct Context(Rc<Inner>);

#[derive(Default)]
struct Inner {
    values: RefCell<Values>,
    /// Whether something runs in it.
    entered: Cell<bool>,
}

/// A copy of the context of what runs: `contextvars.copy_context()`.
pub fn copy_context() -> Context {
    Context::copied()
}

/// Shared until one of those who share it sets a variable, so that a copy costs next to nothing.
type Values = Rc<BTreeMap<u64, Rc<dyn Any>>>;

thread_local! {
    /// The context of what is running; nothing outside of a run.
    static CURRENT: Cell<Option<Lazy>> = const { Cell::new(None) };
}

/// A context that is made when somebody wants to have it: until then it is empty.
pub(super) type Lazy = Option<Context>;

/// A context whose owner may be alone with it: most never come to hold a value.
pub(super) struct OwnContext {
    /// Out of its place while something runs in it.
    context: Cell<Lazy>,
    entered: Cell<bool>,
}

impl OwnContext {
    /// A copy of the context of what is running: `copy_context()`.
    pub(super) fn copied() -> Self {
        let copy = with_current(|current| {
            let context = current.as_ref()?.as_ref()?;
            (!context.0.values.borrow().is_empty()).then(|| context.copy())
        });
        OwnContext { context: Cell::new(copy), entered: Cell::new(false) }
    }

    /// One that others have too.
    pub(super) fn of(context: Context) -> Self {
        OwnContext { context: Cell::new(Some(context)), entered: Cell::new(false) }
    }

    /// Runs `body` in it: `run()`.
    ///
    /// # Errors
    /// As [`Context::run`].
    pub(super) fn run<R>(&self, body: impl FnOnce() -> R) -> Result<R> {
        let context = self.context.take();
        let entered = context.as_ref().is_some_and(|context| context.0.entered.get());
        self.context.set(context);
        if entered || self.entered.get() { Err(is_entered()) } else { Ok(self.enter(body)) }
    }

    /// Runs `body` in it, whatever else does; outside of a run it is just called.
    #[inline]
    pub(super) fn enter<R>(&self, body: impl FnOnce() -> R) -> R {
        CURRENT.with(|current| {
            let Some(outer) = current.take() else { return body() };
            let context = self.context.take();
            let entered = context.as_ref().is_some_and(|context| context.0.entered.replace(true));
            current.set(Some(context));
            let inside = self.entered.replace(true);
            let result = body();
            self.entered.set(inside);
            let context = current.replace(Some(outer)).flatten();
            if let Some(context) = &context {
                context.0.entered.set(entered);
            }
            self.context.set(context);
            result
        })
    }
}

/// Lends the context of what is running to `read`.
fn with_current<R>(read: impl FnOnce(&mut Option<Lazy>) -> R) -> R {
    CURRENT.with(|place| {
        let mut current = place.take();
        let result = read(&mut current);
        place.set(current);
        result
    })
}

/// Makes another the context of what is running, and returns what that was; outside of a run it does
/// nothing.
fn exchange(context: impl FnOnce() -> Lazy) -> Option<Lazy> {
    with_current(|current| current.as_mut().map(|current| std::mem::replace(current, context())))
}

impl Context {
    /// The context of what is running, if anything is.
    fn running() -> Option<Context> {
        with_current(|current| {
            let made = || {
                let entered = Cell::new(true);
                Context(Rc::new(Inner { values: RefCell::default(), entered }))
            };
            current.as_mut().map(|current| current.get_or_insert_with(made).clone())
        })
    }

    /// The same, an empty one outside of a run.
    fn current() -> Context {
        Context::running().unwrap_or_default()
    }

    /// Makes another the context of what is running, and returns what that was.
    pub(super) fn swap(context: Option<Lazy>) -> Option<Lazy> {
        CURRENT.replace(context)
    }

    /// A copy of the context of what is running: `copy_context()`.
    pub(super) fn copied() -> Context {
        Context::current().copy()
    }

    pub(super) fn copy(&self) -> Context {
        let values = RefCell::new(self.0.values.borrow().clone());
        Context(Rc::new(Inner { values, entered: Cell::new(false) }))
    }

    /// Runs `body` in it, which may set variables there: `run()`.
    ///
    /// # Errors
    /// `RuntimeError` when something runs in it already. The text is without the address that Python's has.
    pub fn run<R>(&self, body: impl FnOnce() -> R) -> Result<R> {
        if self.0.entered.get() {
            return Err(is_entered());
        }
        Ok(self.enter(body))
    }

    /// Runs `body` in it, whatever else does; outside of a run it is just called.
    pub(super) fn enter<R>(&self, body: impl FnOnce() -> R) -> R {
        let outer = exchange(|| Some(self.clone()));
        let entered = self.0.entered.replace(true);
        let result = body();
        self.0.entered.set(entered);
        if let Some(outer) = outer {
            let inner = exchange(|| outer);
            drop(inner); // after the borrow has ended: what it frees may come back here
        }
        result
    }

    /// A future of which each step runs in it.
    pub(super) fn wrap<F>(self, future: F) -> InContext<F> {
        InContext { context: self, future: Box::pin(future) }
    }
}

fn is_entered() -> Error {
    let text = "cannot enter context: <_contextvars.Context object> is already entered";
    Error::new("RuntimeError", text)
}

/// See [`Context::wrap`].
pub(super) struct InContext<F> {
    context: Context,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for InContext<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        let InContext { context, future } = &mut *self;
        context.enter(|| future.as_mut().poll(cx))
    }
}

/// A variable with a value of its own in every task: `contextvars.ContextVar`. Clones are the same
/// variable. Follows CPython 3.13 (`Python/context.c`): a task begins with a copy of what its creator
/// had, so it inherits values but cannot change its creator's; so do callbacks, which get the copy when
/// they are registered, and functions run by [`to_thread`](crate::to_thread). Other threads begin with
/// nothing. A coroutine that is awaited, and an asynchronous generator, have no context of their own.
///
/// ```
/// use asyncio::{self, ContextVar, create_task};
/// let seen = asyncio::run(async {
///     let user = ContextVar::new("user");
///     user.set("ann");
///     let inside = user.clone();
///     let child = create_task(async move {
///         let inherited = inside.get()?;
///         inside.set("bob");
///         Ok(inherited)
///     });
///     user.set("cid");
///     Ok((child.await?, user.get()?))
/// });
/// assert_eq!(seen.unwrap(), ("ann", "cid"));
/// ```
pub struct ContextVar<T>(Rc<Variable<T>>);

struct Variable<T> {
    id: u64,
    name: Rc<str>,
    default: Option<T>,
    /// `repr()` of the default, where that is known.
    shown: Option<Rc<str>>,
}

impl<T: Clone + 'static> ContextVar<T> {
    /// A variable without a default.
    pub fn new(name: &str) -> Self {
        ContextVar::made(name, None, None)
    }

    /// A variable that has this value where it is not set.
    pub fn with_default(name: &str, default: T) -> Self {
        ContextVar::made(name, Some(default), None)
    }

    /// The same, with the `repr()` of the default, which messages show.
    pub fn with_default_shown(name: &str, default: T, repr: &str) -> Self {
        ContextVar::made(name, Some(default), Some(repr.into()))
    }

    fn made(name: &str, default: Option<T>, shown: Option<Rc<str>>) -> Self {
        static VARIABLES: AtomicU64 = AtomicU64::new(0);
        let id = VARIABLES.fetch_add(1, Ordering::Relaxed);
        ContextVar(Rc::new(Variable { id, name: name.into(), default, shown }))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Its value here, or its default.
    ///
    /// # Errors
    /// `LookupError` when it has neither. The text is without the address that Python's has.
    pub fn get(&self) -> Result<T> {
        let value = self.value().or_else(|| self.0.default.clone());
        value.ok_or_else(|| {
            Error::from(Exception::with_object("LookupError", &self.repr())).raised()
        })
    }

    /// Its value here, or `default`, whatever its own default: `get(default)`.
    pub fn get_or(&self, default: T) -> T {
        self.value().unwrap_or(default)
    }

    /// Sets it here, and returns what [`ContextVar::reset`] takes that back with.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn set(&self, value: T) -> Token<T> {
        let context = Context::running().expect("no program is running");
        let old = self.replace(&context, Some(Rc::new(value)));
        Token { variable: self.clone(), context, old, used: Cell::new(false) }
    }

    /// Gives it the value from before the [`ContextVar::set`] that returned `token`, or none.
    ///
    /// # Errors
    /// `RuntimeError` when `token` was used before, `ValueError` when it is of another variable, or of
    /// another task or callback.
    pub fn reset(&self, token: &Token<T>) -> Result {
        if token.used.get() {
            let text = format!("{} has already been used once", token.repr());
            return Err(Error::new("RuntimeError", text));
        }
        if *self != token.variable {
            let text = format!("{} was created by a different ContextVar", token.repr());
            return Err(Error::new("ValueError", text));
        }
        let context = Context::current();
        if !Rc::ptr_eq(&context.0, &token.context.0) {
            let text = format!("{} was created in a different Context", token.repr());
            return Err(Error::new("ValueError", text));
        }
        token.used.set(true);
        self.replace(&context, token.old.clone());
        Ok(())
    }

    fn value(&self) -> Option<T> {
        let context = Context::current();
        let value = context.0.values.borrow().get(&self.0.id)?.clone();
        value.downcast_ref::<T>().cloned()
    }

    fn replace(&self, context: &Context, value: Option<Rc<dyn Any>>) -> Option<Rc<dyn Any>> {
        let mut values = context.0.values.borrow_mut();
        let values = Rc::make_mut(&mut values);
        match value {
            Some(value) => values.insert(self.0.id, value),
            None => values.remove(&self.0.id),
        }
    }

    fn repr(&self) -> String {
        let default = self.0.shown.as_ref().map(|repr| format!(" default={repr}"));
        format!("<ContextVar name={}{}>", repr_str(&self.0.name), default.unwrap_or_default())
    }
}

/// Whether the two are the same context.
impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Clone for ContextVar<T> {
    fn clone(&self) -> Self {
        ContextVar(self.0.clone())
    }
}

/// Whether the two are the same variable.
impl<T> PartialEq for ContextVar<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone + 'static> fmt::Debug for ContextVar<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr())
    }
}

/// Takes one [`ContextVar::set`] back: `contextvars.Token`.
pub struct Token<T> {
    variable: ContextVar<T>,
    context: Context,
    old: Option<Rc<dyn Any>>,
    used: Cell<bool>,
}

impl<T: Clone + 'static> Token<T> {
    fn repr(&self) -> String {
        let used = if self.used.get() { " used" } else { "" };
        format!("<Token{used} var={}>", self.variable.repr())
    }
}

impl<T: Clone + 'static> fmt::Debug for Token<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.repr())
    }
}
