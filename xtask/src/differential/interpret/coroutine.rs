//! Coroutine objects.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use asyncio::{self, Coro, Error, Result, step_throws};

use super::exit::{close, free, ignored};
use super::generator::Generator;
use super::machine::Machine;
use super::scope::Scope;
use super::value::Value;

/// A coroutine object, or what a method of an asynchronous generator gives. It is awaited once.
pub struct Coroutine {
    scope: Rc<Scope>,
    body: Rc<Body>,
    /// What runs the body, until somebody takes it.
    coro: RefCell<Option<Coro<Value>>>,
    /// Of a method the generator, which it holds even when it has ended.
    _generator: Option<Rc<Generator>>,
}

/// One that was closed, awaits again, and that nobody awaits any more waits until nobody holds it.
impl Drop for Coroutine {
    fn drop(&mut self) {
        self.body.is_kept.set(false);
        if self.body.is_left.get() {
            self.body.end();
        }
    }
}

/// The code of a coroutine, and how far it has come.
struct Body {
    machine: Rc<Machine>,
    name: &'static str,
    sort: Sort,
    /// Of a method of a generator.
    method: Option<Method>,
    stage: Cell<Stage>,
    /// Whether it is what a task runs.
    root: Cell<bool>,
    /// Whether there is an object of it besides what awaits it.
    is_kept: Cell<bool>,
    /// Whether whoever awaited it has gone, while it is kept.
    is_left: Cell<bool>,
    /// Out of its place while it runs, and for ever once it has ended.
    code: RefCell<Option<Code>>,
}

/// A method of an asynchronous generator that was called.
struct Method {
    name: &'static str,
    generator: Weak<Generator>,
    /// Whether awaiting it inside the body that it runs has closed it.
    closed: Cell<bool>,
}

type Code = Pin<Box<dyn Future<Output = Result<Value>>>>;

/// What sort of object it is.
#[derive(Clone, Copy, PartialEq)]
pub enum Sort {
    /// A coroutine of a function.
    Function,
    /// What a method of a generator gives.
    Method,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    New,
    Suspended,
    Running,
    /// At its end, but not closed: awaited once more, an `athrow` goes on with the generator.
    Open,
    Over,
}

impl Coroutine {
    /// One of the function `name`, whose code runs in `scope`.
    pub fn new(
        machine: &Rc<Machine>,
        name: &'static str,
        scope: Rc<Scope>,
        code: impl Future<Output = Result<Value>> + 'static,
    ) -> Rc<Self> {
        let body = Body::new(machine, Sort::Function, name, None, Box::pin(code));
        let steps = Steps { body: body.clone(), owns: true };
        let coro = RefCell::new(Some(Coro::new(name, steps).shared(body.begun())));
        machine.made(Self { scope, body, coro, _generator: None })
    }

    /// One of asyncio's own, with something around its code; for a method with its generator.
    pub fn around<T: 'static, F>(
        machine: &Rc<Machine>,
        coro: Coro<T>,
        generator: Option<Rc<Generator>>,
        scope: Rc<Scope>,
        around: impl FnOnce(asyncio::Body<T>) -> F,
    ) -> Rc<Self>
    where
        F: Future<Output = Result<Value>> + 'static,
    {
        let (sort, name) = match coro.name() {
            Some("asend") => (Sort::Method, "async_generator_asend"),
            Some("athrow" | "aclose") => (Sort::Method, "async_generator_athrow"),
            name => (Sort::Function, name.unwrap_or_default()),
        };
        let method = coro.name().zip(generator.as_ref()).map(|(name, generator)| Method {
            name,
            generator: Rc::downgrade(generator),
            closed: Cell::new(false),
        });
        // `wrap` calls its argument.
        let mut made = Body::new(machine, sort, name, None, Box::pin(std::future::pending()));
        let coro = coro.wrap(|code| {
            made = Body::new(machine, sort, name, method, Box::pin(around(code)));
            Steps { body: made.clone(), owns: true }
        });
        let body = made;
        let coro = RefCell::new(Some(coro.shared(body.begun())));
        machine.made(Self { scope, body, coro, _generator: generator })
    }

    /// `close()`, of one that somebody has taken.
    ///
    /// # Errors
    /// What it raises.
    pub fn close(&self) -> Result {
        let stage = self.body.stage.get();
        if stage == Stage::Running {
            return Err(self.body.executing());
        }
        if stage == Stage::New && self.body.sort == Sort::Function {
            // CPython frees what it would have run with only when it frees the coroutine.
            self.body.stage.set(Stage::Over);
            return Ok(());
        }
        let code = match stage {
            Stage::Over => None,
            Stage::Open => self.body.reopened(),
            _ => self.body.code.take(),
        };
        let Some(mut code) = code else { return Ok(()) };
        let mut closed = Poll::Ready(Ok(()));
        if stage != Stage::New {
            self.body.stage.set(Stage::Running);
            closed = close(&self.body.machine, code.as_mut());
        }
        match closed {
            Poll::Ready(closed) => {
                self.body.stage.set(Stage::Over);
                drop(code);
                closed
            }
            Poll::Pending => {
                // Whoever runs it goes on with it.
                self.body.stage.set(Stage::Suspended);
                self.body.code.replace(Some(code));
                Err(ignored())
            }
        }
    }

    /// Drops what nobody has taken.
    pub fn drop_untaken(&self) {
        let coro = self.coro.take();
        drop(coro); // after the borrow has ended: what it frees may come back here
    }

    /// Its `__qualname__`, or the name of its type.
    pub fn name(&self) -> &'static str {
        self.body.name
    }

    /// What sort of object it is.
    pub fn sort(&self) -> Sort {
        self.body.sort
    }

    /// What awaits it in a task, with `outer` around its code.
    ///
    /// # Errors
    /// What Python raises if it is being awaited already, or was.
    pub fn to_await(&self, outer: &Rc<Scope>) -> Result<Coro<Value>> {
        match self.body.stage.get() {
            Stage::New => {}
            // Of a method only its next step says what there is to say.
            _ if self.body.sort == Sort::Method => {}
            Stage::Suspended => {
                return Err(Error::new("RuntimeError", "coroutine is being awaited already"));
            }
            Stage::Running => return Err(self.body.executing()),
            Stage::Open | Stage::Over => return Err(self.body.spent()),
        }
        let coro = match self.to_run(outer) {
            ToRun::First(coro) => coro,
            // Some task has it too, but has not begun; or it is a method, which anyone may go on with.
            ToRun::Again(_) => Coro::new(self.body.name, self.further()),
        };
        self.body.root.set(false);
        Ok(coro)
    }

    /// What a task of it runs, with `outer` around its code.
    pub fn to_run(&self, outer: &Rc<Scope>) -> ToRun {
        match self.coro.take() {
            Some(coro) => {
                self.scope.within(outer);
                self.body.root.set(true);
                ToRun::First(coro)
            }
            None => ToRun::Again(Coro::anonymous(self.further()).shared(self.body.begun())),
        }
    }

    fn further(&self) -> Steps {
        Steps { body: self.body.clone(), owns: false }
    }
}

/// What a task runs of a coroutine.
pub enum ToRun {
    /// The coroutine.
    First(Coro<Value>),
    /// Its further steps, where another task has it already: both take what steps there are.
    Again(Coro<Value>),
}

/// Steps of a coroutine, whoever takes them.
struct Steps {
    body: Rc<Body>,
    /// Whether the coroutine ends when this does.
    owns: bool,
}

impl Future for Steps {
    type Output = Result<Value>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<Value>> {
        let body = &self.body;
        let stage = body.stage.get();
        let code = match stage {
            Stage::Over => None,
            Stage::Open => body.reopened(),
            _ => body.code.take(),
        };
        let Some(mut code) = code else {
            return Poll::Ready(Err(match stage {
                Stage::Running => body.fails_inside(),
                _ => body.spent(),
            }));
        };
        let step_throws = step_throws();
        let first = body.stage.replace(Stage::Running) == Stage::New;
        let polled = body.machine.nested(|| code.as_mut().poll(cx));
        if polled.is_ready() {
            drop(code);
            let ends = first || step_throws;
            let with_value = matches!(polled, Poll::Ready(Ok(_)));
            body.stage.set(if ends { Stage::Over } else { body.ended(with_value) });
        } else {
            body.code.replace(Some(code));
            let closed = body.method.as_ref().is_some_and(|method| method.closed.get());
            body.stage.set(if closed { Stage::Over } else { Stage::Suspended });
        }
        polled
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        if !self.owns {
            return;
        }
        match self.body.stage.get() {
            Stage::Suspended if self.body.is_kept.get() => self.body.is_left.set(true),
            _ => self.body.end(),
        }
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        let Some(method) = self.method.as_ref().filter(|method| method.closed.get()) else {
            return;
        };
        // What a closed method was doing goes on without it: nothing is raised there.
        let generator = method.generator.upgrade();
        let code = self.code.take();
        self.machine.forget(code);
        drop(generator);
    }
}

impl Body {
    fn new(
        machine: &Rc<Machine>,
        sort: Sort,
        name: &'static str,
        method: Option<Method>,
        code: Code,
    ) -> Rc<Self> {
        let (stage, root) = (Cell::new(Stage::New), Cell::new(false));
        let (is_kept, is_left) = (Cell::new(true), Cell::new(false));
        let code = RefCell::new(Some(code));
        let machine = machine.clone();
        Rc::new(Self { machine, name, sort, method, stage, root, is_kept, is_left, code })
    }

    /// Nobody goes on with it.
    fn end(&self) {
        let stage = self.stage.get();
        if matches!(stage, Stage::Open | Stage::Over) {
            return;
        }
        self.stage.set(Stage::Over);
        let mut code = self.code.take();
        if self.sort == Sort::Method {
            // Freed, it leaves the generator where it is.
            self.machine.forget(code);
            return;
        }
        if stage == Stage::Suspended
            && let Some(code) = &mut code
        {
            free(&self.machine, code.as_mut());
        }
        drop(code); // after the borrow has ended: what it frees may come back here
    }

    /// What is raised when a method is awaited inside the body that it runs. CPython takes that for the
    /// end of what it does with the generator: others may go on with that, and all but `athrow` are
    /// closed.
    fn fails_inside(&self) -> Error {
        if let Some(method) = &self.method {
            if method.closed.replace(method.name != "athrow") {
                return self.spent();
            }
            if let Some(generator) = method.generator.upgrade() {
                generator.interrupt();
            }
        }
        self.executing()
    }

    /// Where it stands when it has ended by a step that was not its first and raised nothing in it; with
    /// a value, or else an error.
    fn ended(&self, with_value: bool) -> Stage {
        let Some(method) = self.method.as_ref().filter(|method| method.name == "athrow") else {
            return Stage::Over;
        };
        // The value of a generator that has ended says that there was nothing to go on with.
        let gone = || method.generator.upgrade().is_none_or(|generator| generator.ended());
        if with_value && gone() { Stage::Over } else { Stage::Open }
    }

    /// What an `athrow` runs that is awaited once more; none if the generator is gone.
    fn reopened(&self) -> Option<Code> {
        Some(Box::pin(self.method.as_ref()?.generator.upgrade()?.resumed()))
    }

    /// What is raised when it is to go on while it runs.
    fn executing(&self) -> Error {
        let what = if self.sort == Sort::Method { "async generator" } else { "coroutine" };
        Error::new("ValueError", format!("{what} already executing"))
    }

    /// Asks whether anybody has begun it.
    fn begun(self: &Rc<Self>) -> impl Fn() -> bool + use<> {
        let body = Rc::downgrade(self);
        move || body.upgrade().is_some_and(|body| body.stage.get() != Stage::New)
    }

    /// What is raised when it is awaited once more.
    fn spent(&self) -> Error {
        let text = match (self.sort, self.name) {
            (Sort::Function, _) => "cannot reuse already awaited coroutine",
            (Sort::Method, "async_generator_asend") => {
                "cannot reuse already awaited __anext__()/asend()"
            }
            (Sort::Method, _) => "cannot reuse already awaited aclose()/athrow()",
        };
        Error::new("RuntimeError", text)
    }
}

/// A name that lasts: coroutines want one, and programs have few.
pub fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    if let Some(known) = names.get(name) {
        return known;
    }
    let lasting: &'static str = String::leak(name.to_owned());
    names.insert(lasting);
    lasting
}
