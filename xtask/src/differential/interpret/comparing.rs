//! How Python compares values, for the heap of a queue, and what it calls their types.

use std::cmp::Ordering;
use std::rc::Rc;

use asyncio::{Error, Result};

use super::coroutine::Sort;
use super::value::{Form, List, Timer, Value};

impl Value {
    /// `self < other`.
    ///
    /// # Errors
    /// `TypeError` where Python has no order.
    pub fn less(&self, other: &Self) -> Result<bool> {
        if let Some(order) = self.as_numbers(other) {
            return Ok(order == Some(Ordering::Less));
        }
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Ok(one < other),
            (Self::Bytes(one), Self::Bytes(other)) => Ok(one < other),
            (Self::Handle(_, Some(one)), Self::Handle(_, Some(other))) => Ok(one.when < other.when),
            (Self::List(one), Self::List(other)) if one.form == other.form => {
                if one.form == Form::Set {
                    return Ok(one.len() < other.len() && one.is_within(other));
                }
                let mut pairs = one.iter().zip(other.iter());
                match pairs.find(|(one, other)| !one.is(other) && !one.equals(other)) {
                    Some((one, other)) => one.less(other),
                    None => Ok(one.len() < other.len()),
                }
            }
            _ => {
                let (one, other) = (self.type_name(), other.type_name());
                let text = format!("'<' not supported between instances of '{one}' and '{other}'");
                Err(Error::new("TypeError", text))
            }
        }
    }

    /// `self == other`.
    fn equals(&self, other: &Self) -> bool {
        if let Some(order) = self.as_numbers(other) {
            return order == Some(Ordering::Equal);
        }
        match (self, other) {
            (Self::List(one), Self::List(other)) => {
                one.form == other.form && one.len() == other.len() && one.has_same(other)
            }
            (Self::Handle(one, Some(timer)), Self::Handle(other, Some(other_timer))) => {
                let same = |a: &Timer, b: &Timer| a.callback == b.callback;
                let cancelled = one.cancelled();
                // A cancelled one has no callback any more.
                timer.when == other_timer.when
                    && cancelled == other.cancelled()
                    && (cancelled || same(timer, other_timer))
            }
            _ => self.is(other),
        }
    }

    /// `self is other`; of values that cannot be told apart, whether they are equal.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::Int(one), Self::Int(other)) => one == other,
            (Self::Float(one), Self::Float(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::List(one), Self::List(other)) => Rc::ptr_eq(one, other),
            (Self::Error(one), Self::Error(other)) => one.is_same(other),
            (Self::Task(one), Self::Task(other)) => one == other,
            (Self::OtherTask(one), Self::OtherTask(other)) => one == other,
            (Self::Future(one), Self::Future(other)) => one == other,
            (Self::Coroutine(one), Self::Coroutine(other)) => Rc::ptr_eq(one, other),
            (Self::Generator(one), Self::Generator(other)) => Rc::ptr_eq(one, other),
            (Self::Handle(one, _), Self::Handle(other, _)) => one.same(other),
            (Self::Timeout(one), Self::Timeout(other)) => one == other,
            (Self::TaskGroup(one), Self::TaskGroup(other)) => one == other,
            (Self::Lock(one), Self::Lock(other)) => one == other,
            (Self::Event(one), Self::Event(other)) => one == other,
            (Self::Condition(one), Self::Condition(other)) => one == other,
            (Self::Barrier(one), Self::Barrier(other)) => one == other,
            (Self::Semaphore(one), Self::Semaphore(other)) => one == other,
            (Self::BoundedSemaphore(one), Self::BoundedSemaphore(other)) => one == other,
            (Self::Pool(one, _), Self::Pool(other, _)) => one == other,
            (Self::Submitted(one), Self::Submitted(other)) => one == other,
            (Self::Stream(one), Self::Stream(other)) => Rc::ptr_eq(one, other),
            (Self::Server(one), Self::Server(other)) => one == other,
            (Self::ContextVar(one), Self::ContextVar(other)) => one == other,
            (Self::Token(one), Self::Token(other)) => Rc::ptr_eq(one, other),
            (Self::Context(one), Self::Context(other)) => one == other,
            (Self::Awaitable(one), Self::Awaitable(other)) => Rc::ptr_eq(one, other),
            (Self::Iterator(one), Self::Iterator(other)) => Rc::ptr_eq(one, other),
            (Self::Manager(one), Self::Manager(other)) => Rc::ptr_eq(one, other),
            (Self::PlainManager(one), Self::PlainManager(other)) => Rc::ptr_eq(one, other),
            (Self::Stack(one), Self::Stack(other)) => one == other,
            (Self::PlainStack(one), Self::PlainStack(other)) => one == other,
            _ => match (self.as_queue(), other.as_queue()) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            },
        }
    }

    /// How two numbers stand to each other; none if one is no number, and within that none for what
    /// is neither less nor more nor equal. Truth values are 0 and 1.
    fn as_numbers(&self, other: &Self) -> Option<Option<Ordering>> {
        let whole = |value: &Self| match value {
            Self::Bool(yes) => Some(i64::from(*yes)),
            Self::Int(number) => Some(*number),
            _ => None,
        };
        match (whole(self), whole(other), self, other) {
            (Some(one), Some(other), ..) => Some(Some(one.cmp(&other))),
            (Some(one), None, _, Self::Float(other)) => Some(order(one, *other)),
            (None, Some(other), Self::Float(one), _) => {
                Some(order(other, *one).map(Ordering::reverse))
            }
            (None, None, Self::Float(one), Self::Float(other)) => Some(one.partial_cmp(other)),
            _ => None,
        }
    }

    /// The name of its Python type, as the messages of C code have it.
    pub fn type_name(&self) -> &str {
        match self {
            Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::List(list) => match list.form {
                Form::List => "list",
                Form::Tuple => "tuple",
                Form::Set => "set",
            },
            Self::Error(error) => error.type_name(),
            Self::Task(_) | Self::OtherTask(_) => "_asyncio.Task",
            Self::Future(future) if future.class() == "Future" => "_asyncio.Future",
            Self::Future(future) => future.class(),
            Self::Coroutine(coroutine) if coroutine.sort() == Sort::Method => coroutine.name(),
            Self::Coroutine(_) => "coroutine",
            Self::Generator(_) => "async_generator",
            Self::Handle(_, None) => "Handle",
            Self::Handle(_, Some(_)) => "TimerHandle",
            Self::Pool(_, processes) if processes.0 => "ProcessPoolExecutor",
            Self::Pool(..) => "ThreadPoolExecutor",
            Self::Submitted(_) => "Future",
            Self::ContextVar(_) => "_contextvars.ContextVar",
            Self::Token(_) => "_contextvars.Token",
            Self::Context(_) => "_contextvars.Context",
            other => other.kind(),
        }
    }

    /// `type(self).__name__`.
    pub fn class_name(&self) -> &str {
        let name = self.type_name();
        name.rsplit_once('.').map_or(name, |(_, class)| class)
    }
}

impl List {
    /// Whether each item is, or equals, the one of the other in its place, or anywhere in a set.
    fn has_same(&self, other: &Self) -> bool {
        if self.form == Form::Set {
            return self.is_within(other);
        }
        self.iter().zip(other.iter()).all(|(one, other)| one.is(other) || one.equals(other))
    }

    /// Whether each item of a set is in the other.
    fn is_within(&self, other: &Self) -> bool {
        self.iter().all(|item| other.iter().any(|other| item.is(other)))
    }
}

/// How a whole number stands to another, exactly; none for a float that is no number.
fn order(whole: i64, float: f64) -> Option<Ordering> {
    let near = (whole as f64).partial_cmp(&float)?;
    if near != Ordering::Equal {
        return Some(near);
    }
    // Equal as floats: `float` is whole, and within 128 bits.
    Some(i128::from(whole).cmp(&(float as i128)))
}
