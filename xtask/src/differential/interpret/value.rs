//! The values that variables hold.

use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use asyncio::{
    AnyTask, AsyncExitStack, Barrier, BoundedSemaphore, Condition, Context, ContextVar, Error,
    Event, ExitStack, Future, LifoQueue, Lock, Pool, PriorityQueue, Queue, Result, Semaphore,
    Server, Task, TaskGroup, ThreadFuture, Timeout, Token,
};
use executor::Handle;

use super::build::call;
use super::coroutine::Coroutine;
use super::generator::Generator;
use super::machine::Machine;
use super::streams::Stream;
use crate::differential::language::Name;

/// A Python object, as far as programs can have one. Clones are the same object.
#[derive(Clone)]
pub enum Value {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Rc<str>),
    Bytes(Rc<[u8]>),
    List(Rc<List>),
    Error(Error),
    Task(Task<Value>),
    /// A task of asyncio's own: programs see it in the list of all tasks, and come by it in no way.
    OtherTask(AnyTask),
    Future(Future<Value>),
    Coroutine(Rc<Coroutine>),
    Generator(Rc<Generator>),
    /// With what it is besides, for one that has a time.
    Handle(Handle, Option<Timer>),
    Timeout(Timeout),
    TaskGroup(TaskGroup),
    Lock(Lock),
    Event(Event),
    Condition(Condition),
    Barrier(Barrier),
    Semaphore(Semaphore),
    BoundedSemaphore(BoundedSemaphore),
    Queue(Queue<Value>),
    LifoQueue(LifoQueue<Value>),
    PriorityQueue(PriorityQueue<Value>),
    Pool(Pool, Processes),
    /// What `submit` gives.
    Submitted(ThreadFuture<Value>),
    Stream(Rc<Stream>),
    Server(Server),
    ContextVar(ContextVar<Value>),
    Token(Rc<Token<Value>>),
    Context(Context),
    /// What is awaited by a coroutine that is called each time.
    Awaitable(Rc<Calling>),
    /// An asynchronous iterator whose steps are such.
    Iterator(Rc<Calling>),
    /// What `async with` enters and leaves by such.
    Manager(Rc<Manager>),
    /// The same for `with`.
    PlainManager(Rc<PlainManager>),
    Stack(AsyncExitStack),
    PlainStack(ExitStack),
}

/// The coroutine of the program that an object of its own calls.
pub struct Calling {
    pub machine: Rc<Machine>,
    pub coro: Name,
}

impl Calling {
    /// The coroutine, called.
    pub fn call(&self) -> Rc<Coroutine> {
        call(&self.machine, &self.coro)
    }
}

/// What `async with` enters and leaves.
pub struct Manager {
    pub leave: Calling,
    /// Without it, it is entered at once.
    pub enter: Option<Calling>,
}

/// What `with` enters and leaves by callbacks.
pub struct PlainManager {
    pub machine: Rc<Machine>,
    pub leave: Name,
    pub enter: Option<Name>,
}

/// Whether a pool is one of processes.
#[derive(Clone, Copy, PartialEq)]
pub struct Processes(pub bool);

/// What is known of a handle that has a time.
#[derive(Clone)]
pub struct Timer {
    pub when: f64,
    /// The name of its callback.
    pub callback: Name,
}

impl Value {
    /// What sort of object it is, in the names of operations that are counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Task(_) | Self::OtherTask(_) => "Task",
            Self::Future(_) => "Future",
            Self::Coroutine(_) => "Coroutine",
            Self::Generator(_) => "Generator",
            Self::Handle(..) => "Handle",
            Self::Timeout(_) => "Timeout",
            Self::TaskGroup(_) => "TaskGroup",
            Self::Lock(_) => "Lock",
            Self::Event(_) => "Event",
            Self::Condition(_) => "Condition",
            Self::Barrier(_) => "Barrier",
            Self::Semaphore(_) => "Semaphore",
            Self::BoundedSemaphore(_) => "BoundedSemaphore",
            Self::Queue(_) => "Queue",
            Self::LifoQueue(_) => "LifoQueue",
            Self::PriorityQueue(_) => "PriorityQueue",
            Self::Pool(_, Processes(false)) => "ThreadPool",
            Self::Pool(_, Processes(true)) => "ProcessPool",
            Self::Submitted(_) => "Submitted",
            Self::Stream(_) => "Stream",
            Self::Server(_) => "Server",
            Self::ContextVar(_) => "ContextVar",
            Self::Token(_) => "Token",
            Self::Context(_) => "Context",
            Self::Awaitable(_) => "Awaitable",
            Self::Iterator(_) => "Iterator",
            Self::Manager(_) => "Manager",
            Self::PlainManager(_) => "PlainManager",
            Self::Stack(_) => "AsyncExitStack",
            Self::PlainStack(_) => "ExitStack",
            Self::Error(_) => "Error",
            _ => "value",
        }
    }

    /// A future, as what it is: a task or another.
    pub fn of_future(future: &Future<Self>) -> Self {
        match Task::of(future) {
            Some(task) => Self::Task(task),
            None => Self::Future(future.clone()),
        }
    }

    /// A task, as its type of result lets have it.
    pub fn of_task(task: AnyTask) -> Self {
        task.downcast().map_or(Self::OtherTask(task), Self::Task)
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::listed(Form::List, items)
    }

    /// A list, tuple or set.
    pub fn listed(form: Form, items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(Rc::new(List { items: items.into_iter().collect(), form }))
    }

    /// An exception, or that there is none.
    pub fn of_exception(error: Option<Error>) -> Self {
        error.map_or(Self::None, Self::Error)
    }

    /// A task as the future that it is; a future itself.
    pub fn as_future(&self) -> Option<&Future<Self>> {
        match self {
            Self::Task(task) => Some(task),
            Self::Future(future) => Some(future),
            _ => None,
        }
    }

    /// Whether `async with` enters it.
    pub fn is_manager(&self) -> bool {
        matches!(
            self.kind(),
            "Lock" | "Condition" | "Semaphore" | "BoundedSemaphore" | "Barrier" | "Server"
        ) || matches!(
            self,
            Self::Timeout(_) | Self::TaskGroup(_) | Self::Stack(_) | Self::Manager(_)
        )
    }

    /// A queue of any sort.
    pub fn as_queue(&self) -> Option<&Queue<Self>> {
        match self {
            Self::Queue(queue) => Some(queue),
            Self::LifoQueue(queue) => Some(queue),
            Self::PriorityQueue(queue) => Some(queue),
            _ => None,
        }
    }

    /// A number; truth values are none.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// What `if` makes of it.
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(yes) => *yes,
            Self::Int(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::Bytes(bytes) => !bytes.is_empty(),
            Self::List(list) => !list.is_empty(),
            _ => true,
        }
    }

    /// The sum of two numbers; none of anything else.
    ///
    /// # Errors
    /// `OverflowError` for a whole number of more than 64 bits.
    pub fn plus(&self, by: &Self) -> Result<Option<Self>> {
        if let (Self::Int(one), Self::Int(other)) = (self, by) {
            let sum = one.checked_add(*other).map(Self::Int);
            return sum.map(Some).ok_or_else(|| Error::new("OverflowError", "too large"));
        }
        let (one, other) = (self.as_number(), by.as_number());
        Ok(one.zip(other).map(|(one, other)| Self::Float(one + other)))
    }
}

/// The items of a list, or of a tuple or set that `wait` gives.
#[derive(Default)]
pub struct List {
    items: Vec<Value>,
    pub form: Form,
}

/// What sort of list it is; lines show all alike.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Form {
    #[default]
    List,
    Tuple,
    Set,
}

impl List {
    /// The set that takes the place of a list: it frees the first first.
    pub fn into_set(mut self) -> Self {
        self.form = Form::Set;
        self
    }
}

impl Deref for List {
    type Target = Vec<Value>;

    fn deref(&self) -> &Vec<Value> {
        &self.items
    }
}

impl DerefMut for List {
    fn deref_mut(&mut self) -> &mut Vec<Value> {
        &mut self.items
    }
}

impl Drop for List {
    fn drop(&mut self) {
        // Python frees the last item of a list first, but sets in their order.
        if self.form == Form::Set {
            self.items.reverse();
        }
        while self.items.pop().is_some() {}
    }
}
