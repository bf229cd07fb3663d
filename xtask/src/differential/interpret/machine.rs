//! What all code of a running program shares: its variables, its limits, what it has reached.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use asyncio::{
    self, CallbackId, Error, Exception, ExceptionHandler, Random, Result, current_task,
    get_running_loop,
};
use trace::Trace;

use super::coroutine::Coroutine;
use super::repr::{Repr, repr_error};
use super::value::{List, Value};
use crate::differential::coverage::Coverage;
use crate::differential::language::{Constant, ErrorSpec, Name, Program, Statement};

/// Statements that a program may do before it is cut off.
const STATEMENTS: u32 = 500_000;

/// How many bodies and calls may be inside one another before a program is cut off.
pub const DEPTH: usize = 2000;

/// How often an exception handler may be called while it runs, before a program is cut off.
const TOLD: usize = 50;

/// A program that runs.
pub struct Machine {
    pub program: Program,
    pub random: Random,
    variables: RefCell<HashMap<Name, Value>>,
    /// Under which ids the callbacks of the program were added to futures.
    callbacks: RefCell<HashMap<Name, Vec<CallbackId>>>,
    coverage: RefCell<Coverage>,
    /// Whether the default pool is there.
    pub pooled: Cell<bool>,
    /// All coroutines.
    coroutines: RefCell<Vec<Weak<Coroutine>>>,
    statements: Cell<u32>,
    /// Steps of coroutines that run inside one another.
    nesting: Cell<usize>,
    cut_off: Cell<bool>,
    forgetting: Cell<bool>,
    /// Exception handlers that run inside one another.
    telling: Cell<usize>,
    /// The exception handler that was set last, and the callback that it calls.
    pub handler: RefCell<Option<(Weak<ExceptionHandler>, Name)>>,
    trace: Trace,
    /// How long the trace was then.
    closed: Cell<Option<usize>>,
    over: Cell<Option<usize>>,
    /// Whether the last main has begun.
    last: Cell<bool>,
}

impl Machine {
    /// A program about to run.
    pub fn new(program: Program, trace: &Trace) -> Rc<Self> {
        Rc::new(Self {
            random: Random::new(program.seed),
            program,
            variables: RefCell::default(),
            callbacks: RefCell::default(),
            coverage: RefCell::default(),
            pooled: Cell::new(false),
            coroutines: RefCell::default(),
            statements: Cell::new(0),
            nesting: Cell::new(0),
            cut_off: Cell::new(false),
            forgetting: Cell::new(false),
            telling: Cell::new(0),
            handler: RefCell::default(),
            trace: trace.clone(),
            closed: Cell::new(None),
            over: Cell::new(None),
            last: Cell::new(false),
        })
    }

    // Variables.

    /// The value of a variable; `self` is the task that runs.
    pub fn get(&self, name: &str) -> Result<Value> {
        if name == "self" {
            let task = get_running_loop().ok().and_then(|_| current_task());
            return task.map(Value::of_task).ok_or_else(|| does_not_fit(name));
        }
        let value = self.variables.borrow().get(name).cloned();
        value.ok_or_else(|| no_such_name(name))
    }

    /// Keeps a value under a name; what was there is dropped.
    pub fn store(&self, name: &Name, value: Value) {
        let earlier = self.variables.borrow_mut().insert(name.clone(), value);
        drop(earlier); // after the borrow has ended: what it frees may be of the program
    }

    /// Drops a variable.
    pub fn delete(&self, name: &str) -> Result {
        let value = self.variables.borrow_mut().remove(name);
        value.map(drop).ok_or_else(|| no_such_name(name))
    }

    /// Drops all variables, and coroutines that only hold one another.
    pub fn delete_all(&self) {
        let variables = self.variables.take();
        drop(variables);
        let coroutines = self.coroutines.take();
        coroutines.iter().filter_map(Weak::upgrade).for_each(|coroutine| coroutine.drop_untaken());
    }

    /// A coroutine that was made.
    pub fn made(&self, coroutine: Coroutine) -> Rc<Coroutine> {
        let coroutine = Rc::new(coroutine);
        let mut coroutines = self.coroutines.borrow_mut();
        if coroutines.len() == coroutines.capacity() {
            coroutines.retain(|coroutine| coroutine.strong_count() > 0);
        }
        coroutines.push(Rc::downgrade(&coroutine));
        coroutine
    }

    /// The value of a variable that has to be a number.
    pub fn number(&self, name: &str) -> Result<f64> {
        self.get(name)?.as_number().ok_or_else(|| does_not_fit(name))
    }

    /// What is written as a value.
    pub fn value(&self, constant: &Constant) -> Result<Value> {
        Ok(match constant {
            Constant::None => Value::None,
            Constant::Bool(yes) => Value::Bool(*yes),
            Constant::Int(number) => Value::Int(*number),
            Constant::Float(number) => Value::Float(*number),
            Constant::Text(text) => Value::Text(text.clone()),
            Constant::List(list) => Value::List(Rc::new(self.values(list)?)),
            Constant::Variable(name) => self.get(name)?,
        })
    }

    /// What is written as values.
    pub fn values(&self, constants: &[Constant]) -> Result<List> {
        let mut values = List::default();
        for constant in constants {
            values.push(self.value(constant)?);
        }
        Ok(values)
    }

    // Lines.

    /// Says how a statement ended, having kept its value.
    pub fn ended(&self, statement: &Statement, result: Result<Value>) -> Result {
        match result {
            Ok(value) => {
                if let Some(name) = &statement.to {
                    self.store(name, value.clone());
                }
                if !statement.quiet {
                    asyncio::print(format_args!("{} -> {}", statement.label, Repr(&value)));
                }
                Ok(())
            }
            Err(error) => {
                self.failed(statement, &error);
                Err(error)
            }
        }
    }

    /// Says that an error ended a statement.
    pub fn failed(&self, statement: &Statement, error: &Error) {
        if !statement.quiet {
            asyncio::print(format_args!("{} !! {}", statement.label, repr_error(error)));
        }
    }

    // Callbacks that were added to futures.

    /// Remembers a callback, to remove it by its name.
    pub fn remember(&self, callback: &Name, id: CallbackId) {
        self.callbacks.borrow_mut().entry(callback.clone()).or_default().push(id);
    }

    /// The ids of a callback.
    pub fn remembered(&self, callback: &Name) -> Vec<CallbackId> {
        self.callbacks.borrow().get(callback).cloned().unwrap_or_default()
    }

    // What was reached.

    /// Counts an operation.
    pub fn count(&self, operation: &str) {
        self.coverage.borrow_mut().operation(operation);
    }

    /// Counts an operation on a sort of object.
    pub fn count_on(&self, operation: &str, kind: &str) {
        self.count(&format!("{operation} {kind}"));
    }

    /// Counts a pair of a frame and what a task was suspended in within it.
    pub fn count_pair(&self, frame: &str, leaf: &str) {
        self.coverage.borrow_mut().pair(frame, leaf);
    }

    /// What was counted.
    pub fn coverage(&self) -> Coverage {
        self.coverage.take()
    }

    // Limits.

    /// Counts a statement. Says whether the program may go on.
    pub fn goes_on(&self) -> bool {
        self.spend(1);
        !self.cut_off.get()
    }

    /// Counts what takes as long as so many statements.
    pub fn spend(&self, statements: usize) {
        let statements = u32::try_from(statements).unwrap_or(u32::MAX);
        self.statements.set(self.statements.get().saturating_add(statements));
        if self.statements.get() > STATEMENTS {
            self.cut_off.set(true);
        }
    }

    /// Runs a coroutine's step, inside those that run already.
    pub fn nested<R>(&self, step: impl FnOnce() -> R) -> R {
        self.nesting.set(self.nesting.get() + 1);
        if self.nesting.get() > DEPTH {
            self.cut_off();
        }
        let result = step();
        self.nesting.set(self.nesting.get() - 1);
        result
    }

    /// Runs an exception handler, inside those that run already.
    pub fn told<R>(&self, handler: impl FnOnce() -> R) -> R {
        self.telling.set(self.telling.get() + 1);
        if self.telling.get() > TOLD {
            self.cut_off();
        }
        let result = handler();
        self.telling.set(self.telling.get() - 1);
        result
    }

    /// Drops code without a word to what it was doing.
    pub fn forget<T>(&self, code: T) {
        let outer = self.forgetting.replace(true);
        drop(code);
        self.forgetting.set(outer);
    }

    /// Whether [`Machine::forget`] drops something.
    pub fn is_forgetting(&self) -> bool {
        self.forgetting.get()
    }

    /// Ends the program where it is.
    pub fn cut_off(&self) {
        self.cut_off.set(true);
    }

    /// Says that the last loop is closed, and what it still held dropped.
    pub fn closed(&self) {
        self.closed.set(Some(self.trace.len()));
    }

    /// Says that the program is over.
    pub fn end(&self) {
        self.over.set(Some(self.trace.len()));
    }

    /// Whether the event at this place of the trace, which is a warning, comes of what was dropped when
    /// the program was over.
    pub fn is_late(&self, place: usize, loop_closed: Option<usize>) -> bool {
        let dropped = loop_closed.zip(self.closed.get());
        dropped.is_some_and(|(from, to)| (from..to).contains(&place))
            || self.over.get().is_some_and(|over| place >= over)
    }

    /// Says that the last main runs.
    pub fn begins_last(&self) {
        self.last.set(true);
    }

    /// Whether the last main has begun.
    pub fn is_last(&self) -> bool {
        self.last.get()
    }

    /// Whether the program is over.
    pub fn is_over(&self) -> bool {
        self.over.get().is_some()
    }

    /// Whether it was cut off.
    pub fn is_cut_off(&self) -> bool {
        self.cut_off.get()
    }
}

/// An exception as it is written, which nobody has raised yet.
pub fn error(spec: &ErrorSpec) -> Error {
    match (spec.class, &spec.text) {
        ("CancelledError", text) => Error::cancelled(text.clone()),
        (class @ "GeneratorExit", text) => {
            Error::GeneratorExit(Exception::new(class, text.as_deref().unwrap_or("")))
        }
        (class @ "OwnExit", text) => Exception::base(class, text.as_deref().unwrap_or("")).into(),
        (class, text) => Exception::new(class, text.as_deref().unwrap_or("")).into(),
    }
}

/// What a name raises whose value is of the wrong sort.
pub fn does_not_fit(name: &str) -> Error {
    Error::new("TypeError", format!("'{name}' does not fit"))
}

fn no_such_name(name: &str) -> Error {
    Error::new("NameError", format!("name '{name}' is not defined"))
}
