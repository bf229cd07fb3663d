//! The values that variables hold.

use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use asyncio::{
    AnyTask, Barrier, BoundedSemaphore, Condition, Error, Event, Future, LifoQueue, Lock, Pool,
    PriorityQueue, Queue, Result, Semaphore, Server, Task, TaskGroup, ThreadFuture, Timeout,
};
use executor::Handle;

use super::coroutine::{Coroutine, Sort};
use super::generator::Generator;
use super::streams::Stream;

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
    /// With its time, for one that has it.
    Handle(Handle, Option<f64>),
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
}

/// Whether a pool is one of processes.
#[derive(Clone, Copy, PartialEq)]
pub struct Processes(pub bool);

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
        Self::List(Rc::new(List { items: items.into_iter().collect(), is_set: false }))
    }

    /// A set of those that `wait` gives; lines show it as a list.
    pub fn set(items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(Rc::new(List { items: items.into_iter().collect(), is_set: true }))
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

    /// `self < other`, for the heap of a queue.
    pub fn less(&self, other: &Self) -> Result<bool> {
        if let (Some(one), Some(other)) = (self.as_real(), other.as_real()) {
            return Ok(one < other);
        }
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Ok(one < other),
            (Self::Bytes(one), Self::Bytes(other)) => Ok(one < other),
            (Self::List(one), Self::List(other)) => {
                let mut pairs = one.iter().zip(other.iter());
                match pairs.find(|(one, other)| !one.equals(other)) {
                    Some((one, other)) => one.less(other),
                    None => Ok(one.len() < other.len()),
                }
            }
            _ => Err(Error::new(
                "TypeError",
                format!(
                    "'<' not supported between instances of '{}' and '{}'",
                    self.type_name(),
                    other.type_name()
                ),
            )),
        }
    }

    /// `self == other`, among values that are written in programs.
    fn equals(&self, other: &Self) -> bool {
        if let (Some(one), Some(other)) = (self.as_real(), other.as_real()) {
            return one == other;
        }
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len() && one.iter().zip(other.iter()).all(|(a, b)| a.equals(b))
            }
            _ => false,
        }
    }

    /// A number; truth values are 0 and 1.
    fn as_real(&self) -> Option<f64> {
        match self {
            Self::Bool(yes) => Some(u8::from(*yes).into()),
            _ => self.as_number(),
        }
    }

    /// The name of its Python type.
    pub fn type_name(&self) -> &str {
        match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "list",
            Self::Error(error) => error.type_name(),
            Self::Task(_) | Self::OtherTask(_) => "_asyncio.Task",
            Self::Future(future) if future.class() == "Future" => "_asyncio.Future",
            Self::Future(future) => future.class(),
            Self::Coroutine(coroutine) if coroutine.sort() == Sort::Method => coroutine.name(),
            Self::Coroutine(_) => "coroutine",
            Self::Generator(_) => "async_generator",
            Self::Handle(_, None) => "Handle",
            Self::Handle(_, Some(_)) => "TimerHandle",
            other => other.kind(),
        }
    }
}

/// The items of a list, or of a set that `wait` gives.
#[derive(Default)]
pub struct List {
    items: Vec<Value>,
    is_set: bool,
}

impl List {
    /// The set that takes the place of a list: it frees the first first.
    pub fn into_set(mut self) -> Self {
        self.is_set = true;
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
        if self.is_set {
            self.items.reverse();
        }
        while self.items.pop().is_some() {}
    }
}
