//! What is checked of a program that could be read: names, and what may stand where.

use super::fields::{At, Read};
use super::{
    Action, Awaitable, Body, Constant, Control, Job, Named, Over, Part, Program, Statement,
};

/// Refuses programs that Python would refuse to compile, and names of nothing.
pub fn check(program: &Program) -> Read<()> {
    let check = Check { program };
    let main = At::Field(&At::Top, "mains");
    if program.mains.is_empty() {
        return Err(main.refuse("there is none"));
    }
    for (n, name) in program.mains.iter().enumerate() {
        check.coroutine(name, &At::Element(&main, n))?;
    }
    let of = [
        ("coroutines", &program.coroutines, Within::Coroutine),
        ("callbacks", &program.callbacks, Within::Callback),
        ("generators", &program.generators, Within::Generator),
    ];
    for (field, bodies, within) in of {
        for (name, body) in bodies {
            let at = At::Field(&At::Top, field);
            let place = Place { within, in_loop: false, in_except: false, blocks: 0 };
            check.body(body, place, &At::Field(&at, name))?;
        }
    }
    for (name, job) in &program.jobs {
        check.job(job, &At::Field(&At::Field(&At::Top, "jobs"), name))?;
    }
    Ok(())
}

struct Check<'a> {
    program: &'a Program,
}

/// Which sort of function a statement is in.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Coroutine,
    Callback,
    Generator,
    /// `enter` or `exit` of a context: a function of its own.
    Context,
}

/// What is around a statement.
#[derive(Clone, Copy)]
struct Place {
    within: Within,
    in_loop: bool,
    in_except: bool,
    /// Blocks of Python.
    blocks: usize,
}

/// Why a program is refused whose statements stand in one another too deep.
pub const TOO_DEEP: &str = "too deep for CPython";

/// Blocks that CPython takes in one another, but for those of an operation's own line.
const BLOCKS: usize = 18;

impl Place {
    /// Inside so many more blocks of the Python that a statement becomes.
    fn deeper(self, blocks: usize, at: &At) -> Read<Self> {
        let blocks = self.blocks + blocks;
        if blocks > BLOCKS {
            return Err(at.refuse(TOO_DEEP));
        }
        Ok(Self { blocks, ..self })
    }
}

impl Check<'_> {
    fn body(&self, body: &Body, place: Place, at: &At) -> Read<()> {
        let mut statements = body.iter().enumerate();
        statements
            .try_for_each(|(n, statement)| self.statement(statement, place, &At::Element(at, n)))
    }

    fn statement(&self, statement: &Statement, place: Place, at: &At) -> Read<()> {
        match &statement.action {
            Action::Await(awaitable) => {
                no_awaiting(place, at)?;
                self.awaitable(awaitable, at)
            }
            Action::AwaitOn(awaitable) => {
                no_awaiting(place, at)?;
                self.awaitable(awaitable, &At::Field(at, "on"))
            }
            Action::Do(operation) => operation.parts(&mut |field, part| self.part(field, part, at)),
            Action::Control(control) => self.control(control, place, at),
        }
    }

    fn control(&self, control: &Control, place: Place, at: &At) -> Read<()> {
        let inside =
            |body, blocks, field| self.body(body, place.deeper(blocks, at)?, &At::Field(at, field));
        let looped = |body, blocks| {
            let place = Place { in_loop: true, ..place.deeper(blocks, at)? };
            self.body(body, place, &At::Field(at, "body"))
        };
        match control {
            Control::Try { body, except, otherwise, finally } => {
                let (handled, ends) =
                    (usize::from(!except.is_empty()), usize::from(finally.is_some()));
                inside(body, handled + ends, "body")?;
                let clauses = At::Field(at, "except");
                for (n, clause) in except.iter().enumerate() {
                    let clause_at = At::Element(&clauses, n);
                    let place = Place { in_except: true, ..place.deeper(2 + ends, at)? };
                    self.body(&clause.body, place, &At::Field(&clause_at, "body"))?;
                }
                inside(otherwise, ends, "else")?;
                finally.as_ref().map_or(Ok(()), |finally| inside(finally, 1, "finally"))
            }
            Control::Raise { error: None, .. } if !place.in_except => {
                Err(at.refuse("without \"error\" it must be inside an except clause"))
            }
            Control::Raise { .. } => Ok(()),
            Control::Return { value } => match place.within {
                Within::Context => Err(at.refuse("not inside enter or exit")),
                Within::Generator if *value != Constant::None => {
                    Err(at.refuse("a generator returns no value"))
                }
                _ => Ok(()),
            },
            Control::Break | Control::Continue if !place.in_loop => {
                Err(at.refuse("not inside a loop"))
            }
            Control::Break | Control::Continue => Ok(()),
            Control::Repeat { body, .. } => looped(body, 1),
            Control::If { then, otherwise, .. } => {
                inside(then, 0, "then")?;
                inside(otherwise, 0, "else")
            }
            Control::Yield { .. } if place.within != Within::Generator => {
                Err(at.refuse("only generators yield"))
            }
            Control::Yield { .. } => Ok(()),
            Control::With { body, .. } => inside(body, 2, "body"),
            // All others await.
            _ if place.within == Within::Callback => no_awaiting(place, at),
            Control::Timeout { body, .. }
            | Control::TaskGroup { body }
            | Control::AsyncWith { body, .. } => inside(body, 2, "body"),
            Control::Context { enter, exit, body, .. } => {
                let (in_loop, in_except) = (false, false);
                let own = Place { within: Within::Context, in_loop, in_except, blocks: 0 };
                self.body(enter, own, &At::Field(at, "enter"))?;
                self.body(exit, own.deeper(1, at)?, &At::Field(at, "exit"))?;
                inside(body, 2, "body")
            }
            Control::ForCompleted { of, body, asynchronous, .. } => {
                self.awaitables(of, &At::Field(at, "of"))?;
                looped(body, if *asynchronous { 2 } else { 1 })
            }
            Control::AsyncFor { over, body } => {
                if let Over::New(name) = over {
                    named(&self.program.generators, name, "generator", &At::Field(at, "gen"))?;
                }
                looped(body, 1)
            }
        }
    }

    fn part(&self, field: &str, part: Part, at: &At) -> Read<()> {
        let at = At::Field(at, field);
        match part {
            Part::Coroutine(name) => self.coroutine(name, &at),
            Part::Generator(name) => named(&self.program.generators, name, "generator", &at),
            Part::Callback(name) => named(&self.program.callbacks, name, "callback", &at),
            Part::Job(name) => named(&self.program.jobs, name, "job", &at),
            Part::Awaitable(awaitable) => self.awaitable(awaitable, &at),
            Part::Awaitables(of) => self.awaitables(of, &at),
        }
    }

    fn awaitable(&self, awaitable: &Awaitable, at: &At) -> Read<()> {
        awaitable.parts(&mut |field, part| self.part(field, part, at))
    }

    fn awaitables(&self, of: &[Awaitable], at: &At) -> Read<()> {
        let mut all = of.iter().enumerate();
        all.try_for_each(|(n, awaitable)| self.awaitable(awaitable, &At::Element(at, n)))
    }

    fn job(&self, job: &Job, at: &At) -> Read<()> {
        for (n, statement) in job.iter().enumerate() {
            let at = At::Element(at, n);
            statement.action.parts(&mut |field, part| self.part(field, part, &at))?;
        }
        Ok(())
    }

    fn coroutine(&self, name: &str, at: &At) -> Read<()> {
        named(&self.program.coroutines, name, "coroutine", at)
    }
}

fn named<T>(all: &Named<T>, name: &str, what: &str, at: &At) -> Read<()> {
    if all.contains_key(name) {
        return Ok(());
    }
    Err(at.refuse(format_args!("there is no {what} \"{name}\"")))
}

fn no_awaiting(place: Place, at: &At) -> Read<()> {
    match place.within {
        Within::Callback => Err(at.refuse("callbacks do not await")),
        _ => Ok(()),
    }
}
