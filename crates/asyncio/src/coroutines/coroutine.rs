//! A coroutine object.

use super::arguments::Arguments;
use super::raising::poll_awaited;
use super::unheard::poll_unheard;
use crate::exceptions::{Error, Result, frame};
use crate::program::Program;
use std::any::Any;
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// The body of a coroutine.
pub type Body<T> = Pin<Box<dyn std::future::Future<Output = Result<T>>>>;

/// A coroutine object: what calling an `async def` function gives. Nothing of it runs until it is
/// awaited or made a task. One with a name that is dropped before that is reported as CPython does:
/// `coroutine 'NAME' was never awaited`.
///
/// ```
/// use asyncio::{self, Coro, sleep};
/// fn fetch(delay: f64) -> Coro<f64> {
///     Coro::new("fetch", async move {
///         sleep(delay).await?;
///         Ok(delay)
///     })
/// }
/// assert_eq!(asyncio::run(async { fetch(1.0).await }).unwrap(), 1.0);
/// ```
pub struct Coro<T> {
    name: Option<&'static str>,
    /// What Rust calls the type of what was made a coroutine.
    type_name: &'static str,
    /// What its function was called with, where that is known.
    arguments: Option<Rc<str>>,
    /// Taken when it has ended.
    future: Option<Body<T>>,
    started: bool,
    rare: Option<Box<Rare>>,
}

/// What few coroutines have.
#[derive(Default)]
struct Rare {
    /// Of a method of an asynchronous generator.
    method: Option<Method>,
    /// Of one that others may run too.
    begun: Option<Begun>,
}

/// Says whether anybody has begun a coroutine.
type Begun = Box<dyn Fn() -> bool>;

/// What an asynchronous generator's `asend`, `athrow` and `aclose` give is not quite a coroutine: it
/// goes by another name, and it takes an exception that is thrown in before it has begun.
struct Method {
    name: Rc<str>,
    /// The generator, which it keeps alive even when it has ended.
    generator: Rc<dyn Any>,
    thrown: Thrown,
}

/// Where the exception lies that was thrown in before the first step, if one was.
pub(crate) type Thrown = Rc<Cell<Option<Error>>>;

impl<T: 'static> Coro<T> {
    /// A coroutine of the function `name` (its `__qualname__`) with this body, which may be a coroutine of that
    /// function already.
    pub fn new(
        name: &'static str,
        mut body: impl std::future::Future<Output = Result<T>> + 'static,
    ) -> Self {
        let any: &mut dyn Any = &mut body;
        let arguments = any.downcast_mut::<Coro<T>>().and_then(Coro::take_arguments);
        let coroutine = Coro::boxed(Some(name), Some(Box::pin(body)));
        coroutine.called_with(Arguments(arguments))
    }

    /// A coroutine without a name: what CPython would say when it is dropped is left unsaid.
    pub fn anonymous(body: impl std::future::Future<Output = Result<T>> + 'static) -> Self {
        Coro::boxed(None, Some(Box::pin(body)))
    }

    /// A coroutine of the function in which the block `body` stands, without a name.
    pub fn of_function<F>(body: F) -> Self
    where
        F: std::future::Future<Output = Result<T>> + 'static,
    {
        let mut coroutine = Coro::anonymous(body);
        coroutine.type_name = std::any::type_name::<F>();
        coroutine
    }

    /// The same coroutine, whose function was called with these arguments; `#[called_with]` says so.
    pub fn called_with(mut self, arguments: Arguments) -> Self {
        self.arguments = arguments.0;
        self
    }

    fn boxed(name: Option<&'static str>, future: Option<Body<T>>) -> Self {
        Coro { name, type_name: "", arguments: None, future, started: false, rare: None }
    }

    /// The same coroutine, where others may take steps of its body too, for front ends: `begun` says
    /// whether anybody has. A task of it that is cancelled before its own first step is polled all the
    /// same then, since the body may handle that.
    pub fn shared(mut self, begun: impl Fn() -> bool + 'static) -> Self {
        self.rare.get_or_insert_default().begun = Some(Box::new(begun));
        self
    }

    /// Takes out the body, if there is nothing else to it.
    pub(super) fn take_plain(&mut self) -> Option<Body<T>> {
        if self.name.is_none() && self.rare.is_none() { self.future.take() } else { None }
    }

    /// Whether somebody else has begun it.
    pub(crate) fn is_begun(&self) -> bool {
        let begun = self.rare.as_ref().and_then(|rare| rare.begun.as_ref());
        begun.is_some_and(|begun| begun())
    }

    /// What the method `name` of an asynchronous generator gives.
    pub(crate) fn method<F>(
        name: &'static str,
        (generator_name, generator): (Rc<str>, Rc<dyn Any>),
        body: impl FnOnce(Thrown) -> F,
    ) -> Self
    where
        F: std::future::Future<Output = Result<T>> + 'static,
    {
        let thrown = Thrown::default();
        let body = body(thrown.clone());
        let mut coroutine = Coro::new(name, body);
        let method = Method { name: generator_name, generator, thrown };
        coroutine.rare.get_or_insert_default().method = Some(method);
        coroutine
    }

    /// A coroutine itself, or one without a name around another future.
    pub(crate) fn of<F>(future: F) -> Self
    where
        F: std::future::Future<Output = Result<T>> + 'static,
    {
        let mut future = Some(future);
        let any: &mut dyn Any = &mut future;
        match any.downcast_mut::<Option<Coro<T>>>().and_then(Option::take) {
            Some(coroutine) => coroutine,
            None => {
                let boxed = future.map(|future| Box::pin(future) as Body<T>);
                let mut coroutine = Coro::boxed(None, boxed);
                coroutine.type_name = std::any::type_name::<F>();
                coroutine
            }
        }
    }

    /// The same coroutine with something around its body, for front ends that look on: `around` gets
    /// the body and makes another of it.
    ///
    /// ```
    /// use asyncio::{self, Lock};
    /// let text = asyncio::run(async {
    ///     let acquire = Lock::new().acquire();
    ///     let acquire = acquire.wrap(|body| async { Ok(format!("acquired: {}", body.await?)) });
    ///     assert_eq!(acquire.name(), Some("Lock.acquire"));
    ///     acquire.await
    /// });
    /// assert_eq!(text.unwrap(), "acquired: true");
    /// ```
    pub fn wrap<U, F>(mut self, around: impl FnOnce(Body<T>) -> F) -> Coro<U>
    where
        F: std::future::Future<Output = Result<U>> + 'static,
    {
        let body = self.future.take().unwrap_or_else(|| Box::pin(std::future::pending()));
        let (name, started) = (self.name, std::mem::replace(&mut self.started, true));
        let rare = self.rare.take();
        let (type_name, arguments) = (self.type_name, self.arguments.take());
        let future = Some(Box::pin(around(body)) as Body<U>);
        Coro { name, type_name, arguments, future, started, rare }
    }

    /// The name of its function.
    pub fn name(&self) -> Option<&'static str> {
        self.name
    }

    /// The function that was called for it, without its class: `co_name`. Of a block without a name it is not known.
    pub(crate) fn function(&self) -> Option<&'static str> {
        match self.name {
            Some(name) => name.rsplit('.').next(),
            None => function_of(self.type_name),
        }
    }

    /// What that was called with, as far as it is known.
    pub(crate) fn take_arguments(&mut self) -> Option<Rc<str>> {
        self.arguments.take()
    }

    /// Throws an exception into one that has not begun. Gives it back when it cannot be caught.
    pub(crate) fn throw(&mut self, error: Error) -> Option<Error> {
        match self.as_method() {
            Some(method) if !self.started => {
                method.thrown.set(Some(error));
                None
            }
            _ => Some(error),
        }
    }

    /// What an ended one still keeps alive, as long as its task is there.
    pub(crate) fn keeps(&mut self) -> Option<Rc<dyn Any>> {
        self.rare.as_mut()?.method.take().map(|method| method.generator)
    }

    /// Ends one that has not begun, unreported: `coroutine.close()`. What a method of an asynchronous
    /// generator gives raises `GeneratorExit` in the generator.
    ///
    /// # Errors
    /// What the generator raises instead; `RuntimeError` when it is running, or awaits something.
    pub fn close(mut self) -> Result {
        let begun = std::mem::replace(&mut self.started, true);
        let method = self.rare.as_ref().and_then(|rare| rare.method.as_ref());
        let (false, Some(method), Some(future)) = (begun, method, &mut self.future) else {
            return Ok(());
        };
        method.thrown.set(Some(Error::generator_exit().raised()));
        match poll_unheard(future.as_mut()) {
            Poll::Ready(Err(error @ Error::Exception(_))) if !ends_iteration(&error) => Err(error),
            Poll::Ready(_) => Ok(()),
            Poll::Pending => Err(Error::new("RuntimeError", "coroutine ignored GeneratorExit")),
        }
    }
}

/// The function whose future has this type, which is written `path::function::{{closure}}`.
pub(super) fn function_of(type_name: &str) -> Option<&str> {
    let path = type_name.strip_suffix("::{{closure}}")?;
    // Types in brackets have paths of their own.
    let mut depth = 0;
    let begin = path.bytes().rposition(|byte| {
        depth += i32::from(byte == b'>') - i32::from(byte == b'<');
        depth == 0 && byte == b':'
    });
    let function = &path[begin.map_or(0, |colon| colon + 1)..];
    let function = function.split('<').next().unwrap_or(function);
    (!function.is_empty() && !function.starts_with('{')).then_some(function)
}

fn ends_iteration(error: &Error) -> bool {
    error.is("StopIteration") || error.is("StopAsyncIteration")
}

impl<T> Coro<T> {
    fn as_method(&self) -> Option<&Method> {
        self.rare.as_ref()?.method.as_ref()
    }

    /// A step of it: as a task's outermost frame, or as something that is awaited.
    fn step(&mut self, cx: &mut Context<'_>, outermost: bool) -> Poll<Result<T>> {
        self.started = true;
        let ways = (self.as_method().is_some(), self.rare.is_none());
        let Some(future) = &mut self.future else { return Poll::Pending };
        let polled = frame(|| match outermost {
            true => future.as_mut().poll(cx),
            false => poll_awaited(ways, cx, |cx| future.as_mut().poll(cx)),
        });
        if polled.is_ready() {
            // As a Python frame: what it holds is freed before the result is looked at.
            self.future = None;
        }
        polled
    }

    /// A step of what a task runs.
    pub(crate) fn poll_outermost(&mut self, cx: &mut Context<'_>) -> Poll<Result<T>> {
        self.step(cx, true)
    }
}

impl<T> Unpin for Coro<T> {}

impl<T> std::future::Future for Coro<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<T>> {
        self.step(cx, false)
    }
}

impl<T> Drop for Coro<T> {
    fn drop(&mut self) {
        if let (false, Some(name)) = (self.started, self.name) {
            let text = match self.as_method() {
                None => format!("coroutine '{name}' was never awaited"),
                Some(Method { name: generator, .. }) => {
                    format!("coroutine method '{name}' of '{generator}' was never awaited")
                }
            };
            Program::report(&text);
        }
    }
}
