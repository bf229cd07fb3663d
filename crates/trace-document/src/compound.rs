//! What takes several fields of a line, or words of which this version may not know one; both ways.

use crate::events::numbers;
use crate::fields::whole;
use crate::line::{Line, Reason, missing};
use crate::number;
use crate::record::{Record, Text};
use std::rc::Rc;
use trace::{Actor, Coroutine, GroupOp, HandleKind, Log, Op, Outcome, ResourceKind, Site, Wait};

/// The place of an await; its number is the writer's business.
pub struct At;

impl At {
    pub fn put(_: &Option<Site>, _: &mut Record) {}

    pub fn take(line: &mut Line) -> Result<Option<Site>, Reason> {
        let at = line.record.at.take();
        let known = |number| {
            let site = line.ids.sites.get(&number).cloned();
            site.ok_or_else(|| format!("no site has the number {number}"))
        };
        at.map(known).transpose()
    }
}

/// What a task runs; the number of its site is the writer's business.
pub struct Running;

impl Running {
    pub fn put<'a>(coroutine: &'a Rc<Coroutine>, record: &mut Record<'a>) {
        record.function = Some((&*coroutine.function).into());
        record.arguments = coroutine.arguments.as_deref().map(Text::from);
    }

    pub fn take(line: &mut Line) -> Result<Rc<Coroutine>, Reason> {
        let function = line.record.function.take().ok_or_else(|| missing("function"))?;
        let function = line.ids.function(&function.0);
        let arguments = line.record.arguments.take().map(Text::rc);
        Ok(Rc::new(Coroutine { function, arguments, at: At::take(line)? }))
    }
}

/// What a handle is.
pub struct What;

impl What {
    pub fn put(kind: &HandleKind, record: &mut Record) {
        record.what = Some(kind.name().into());
    }

    pub fn take(line: &mut Line) -> Result<HandleKind, Reason> {
        let Some(what) = line.record.what.take() else { return Ok(HandleKind::Internal) };
        Ok(HandleKind::named(&what.0).unwrap_or_else(|| {
            line.keep("what", &what.0);
            HandleKind::Internal
        }))
    }
}

/// On whose account something happens.
pub struct By;

impl By {
    pub fn put(by: &Actor, record: &mut Record) {
        match by {
            Actor::Task(task) => record.by = Some(task.0.into()),
            Actor::Timer(handle) => record.by_timer = Some(handle.0.into()),
            Actor::Timeout(timeout) => record.by_timeout = Some(timeout.0.into()),
            Actor::Network => record.by_network = Some(true),
            Actor::Outside => {}
        }
    }

    pub fn take(line: &mut Line) -> Result<Actor, Reason> {
        let network = line.record.by_network.take().unwrap_or(false);
        Ok(if let Some(task) = line.record.by.take() {
            Actor::Task(line.task(task))
        } else if let Some(handle) = line.record.by_timer.take() {
            Actor::Timer(line.ids.handle(handle))
        } else if let Some(timeout) = line.record.by_timeout.take() {
            Actor::Timeout(line.ids.timeout(timeout))
        } else if network {
            Actor::Network
        } else {
            Actor::Outside
        })
    }
}

/// How a task or a job ended.
pub struct Ending;

impl Ending {
    pub fn put<'a>(outcome: &'a Outcome, record: &mut Record<'a>) {
        let name = match outcome {
            Outcome::Done => "done",
            Outcome::Failed(error) => {
                record.error = Some((&***error).into());
                "failed"
            }
            Outcome::Cancelled => "cancelled",
        };
        record.outcome = Some(name.into());
    }

    pub fn take(line: &mut Line) -> Result<Outcome, Reason> {
        let outcome = line.record.outcome.take().ok_or_else(|| missing("outcome"))?;
        Ok(match &*outcome.0 {
            "done" => Outcome::Done,
            "cancelled" => Outcome::Cancelled,
            "failed" => {
                Outcome::failed(line.record.error.take().map_or_else(|| "".into(), |error| error.0))
            }
            other => return Err(format!("nothing ends `{other}`")),
        })
    }
}

/// What was logged.
pub struct Logging;

impl Logging {
    pub fn put<'a>(log: &'a Rc<Log>, record: &mut Record<'a>) {
        record.message = Some((&*log.message).into());
        record.about = log.about.map(|task| task.0.into());
        record.error = log.error.as_deref().map(Text::from);
        record.late = log.late.then_some(true);
    }

    pub fn take(line: &mut Line) -> Result<Rc<Log>, Reason> {
        let message = line.record.message.take().ok_or_else(|| missing("message"))?.rc();
        let error = line.record.error.take().map(Text::rc);
        let about = line.record.about.take().map(|number| line.task(number));
        let late = line.record.late.take().unwrap_or(false);
        Ok(Rc::new(Log { message, about, error, late }))
    }
}

/// What a task waits for.
pub struct Waiting;

impl Waiting {
    pub fn put(wait: &Wait, record: &mut Record) {
        let name = match wait {
            Wait::NextIteration => "next_turn",
            Wait::Sleep { until } => {
                record.until = Some(number::Number(*until));
                "sleep"
            }
            Wait::Future => "future",
            Wait::Task(task) => {
                record.tasks = Some(numbers(&[*task]));
                "task"
            }
            Wait::Tasks { op, tasks } => {
                record.tasks = Some(numbers(tasks));
                op.name()
            }
            Wait::Resource { id, op } => {
                record.resource = Some(id.0.into());
                op.name()
            }
            Wait::Op(op) => op.name(),
            Wait::Unknown => "unknown",
        };
        record.wait = Some(name.into());
    }

    pub fn take(line: &mut Line) -> Result<Wait, Reason> {
        let Some(wait) = line.record.wait.take() else { return Ok(Wait::Unknown) };
        match &*wait.0 {
            "next_turn" => return Ok(Wait::NextIteration),
            "sleep" => {
                let until = line.record.until.take().ok_or_else(|| missing("until"))?;
                return Ok(Wait::Sleep { until: until.0 });
            }
            "future" => return Ok(Wait::Future),
            "unknown" => return Ok(Wait::Unknown),
            "task" => {
                let tasks = line.record.tasks.take().ok_or_else(|| missing("tasks"))?;
                let [task] = tasks[..] else {
                    return Err("one task is waited for, not several".into());
                };
                return Ok(Wait::Task(line.task(task)));
            }
            _ => {}
        }
        let (resource, tasks) = (line.record.resource.take(), line.record.tasks.take());
        if let (None, Some(tasks)) = (resource, tasks) {
            let op = GroupOp::named(&wait.0).unwrap_or(GroupOp::Other);
            if op == GroupOp::Other {
                line.keep("wait", &wait.0);
            }
            let tasks = tasks.into_iter().map(|task| line.task(task)).collect();
            return Ok(Wait::Tasks { op, tasks: Rc::new(tasks) });
        }
        let op = Op::named(&wait.0).unwrap_or(Op::Other);
        if op == Op::Other {
            line.keep("wait", &wait.0);
        }
        Ok(match resource {
            Some(resource) => Wait::Resource { id: line.resource(resource), op },
            None => Wait::Op(op),
        })
    }
}

/// The sort of a resource, and its bounds.
pub struct Kind;

impl Kind {
    pub fn put(kind: &ResourceKind, record: &mut Record) {
        let name = match *kind {
            ResourceKind::Permits { limit } => {
                record.limit = Some(limit as u64);
                "semaphore"
            }
            ResourceKind::Queue { bound } => {
                record.bound = bound.map(|bound| bound as u64);
                "queue"
            }
            ResourceKind::Flag => "event",
            ResourceKind::Lock => "lock",
            ResourceKind::Condition => "condition",
            ResourceKind::Barrier { parties } => {
                record.parties = Some(parties as u64);
                "barrier"
            }
            ResourceKind::Pool { workers, processes } => {
                record.workers = Some(workers as u64);
                record.processes = processes.then_some(true);
                "pool"
            }
            ResourceKind::Link { outward } => {
                record.outward = Some(outward);
                "link"
            }
            ResourceKind::Server { port } => {
                record.port = Some(port);
                "server"
            }
            ResourceKind::Value => "value",
            ResourceKind::Other => "other",
        };
        record.kind = Some(name.into());
    }

    pub fn take(line: &mut Line) -> Result<ResourceKind, Reason> {
        let kind = line.record.kind.take().ok_or_else(|| missing("kind"))?;
        let record = &mut *line.record;
        let count = |field: Option<u64>, name| field.map(whole).ok_or_else(|| missing(name));
        Ok(match &*kind.0 {
            "semaphore" => ResourceKind::Permits { limit: count(record.limit.take(), "limit")? },
            "queue" => ResourceKind::Queue { bound: record.bound.take().map(whole) },
            "event" => ResourceKind::Flag,
            "lock" => ResourceKind::Lock,
            "condition" => ResourceKind::Condition,
            "barrier" => {
                ResourceKind::Barrier { parties: count(record.parties.take(), "parties")? }
            }
            "pool" => ResourceKind::Pool {
                workers: count(record.workers.take(), "workers")?,
                processes: record.processes.take().unwrap_or(false),
            },
            "link" => ResourceKind::Link { outward: record.outward.take().unwrap_or(true) },
            "server" => ResourceKind::Server { port: record.port.take().unwrap_or(0) },
            "value" => ResourceKind::Value,
            other => {
                line.keep("kind", other);
                ResourceKind::Other
            }
        })
    }
}
