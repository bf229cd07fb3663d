//! From lines to events.

use crate::ids::Ids;
use crate::number::Number;
use crate::record::{Record, Text};
use serde_json::Value as Json;
use std::rc::Rc;
use trace::{
    Actor, Event, EventKind, GroupOp, HandleKind, Log, Op, Outcome, ResourceId, ResourceKind,
    TaskId, Wait,
};

/// What a line cannot be read for.
pub type Reason = String;

/// Fields that a line gives away one by one.
pub struct Line<'r, 'a> {
    pub record: &'r mut Record<'a>,
    pub ids: &'r mut Ids,
    pub events: &'r mut Vec<Event>,
    pub time: f64,
}

/// Takes a field that must be there.
macro_rules! need {
    ($line:ident.$field:ident) => {
        need!($line.$field, stringify!($field))
    };
    ($line:ident.$field:ident, $name:expr) => {
        $line.record.$field.take().ok_or_else(|| missing($name))?
    };
}

fn missing(field: &str) -> Reason {
    format!("the field `{field}` is missing")
}

/// The longest line of jobs that a pool may work at side by side; more is a broken number.
const WORKERS: u64 = 1 << 20;

impl Line<'_, '_> {
    /// The event of this name; `None` for a name that this version does not know.
    pub fn event(&mut self, name: &str) -> Result<Option<EventKind>, Reason> {
        let line = self;
        Ok(Some(match name {
            "loop_runs" => {
                let number = need!(line.event_loop, "loop");
                EventKind::LoopRuns { id: line.ids.event_loop(number) }
            }
            "iteration_began" => EventKind::IterationBegan { number: need!(line.number) },
            "loop_closed" => EventKind::LoopClosed,
            "blocked" => {
                let Number(seconds) = need!(line.seconds);
                if !seconds.is_finite() || seconds < 0.0 {
                    return Err(format!("nothing can hold the loop for {seconds} s"));
                }
                EventKind::Blocked { task: line.task()?, seconds }
            }
            "handle_scheduled" => EventKind::HandleScheduled {
                handle: line.handle()?,
                kind: line.handle_kind(),
                by: line.actor(),
            },
            "timer_set" => EventKind::TimerSet {
                handle: line.handle()?,
                kind: line.handle_kind(),
                by: line.actor(),
                due: need!(line.due).0,
            },
            "timer_fired" => EventKind::TimerFired { handle: line.handle()? },
            "handle_cancelled" => EventKind::HandleCancelled { handle: line.handle()? },
            "handle_began" => EventKind::HandleBegan { handle: line.handle()? },
            "handle_ended" => EventKind::HandleEnded { handle: line.handle()? },
            "task_created" => line.task_created()?,
            "renamed" => {
                EventKind::Renamed { task: line.needed_task()?, name: need!(line.name).rc() }
            }
            "step_began" => EventKind::StepBegan {
                task: line.needed_task()?,
                drift: line.record.drift.take().map_or(0.0, |drift| drift.0),
            },
            "suspended" => {
                let at = line.record.at.take();
                let known = |number| {
                    line.ids
                        .sites
                        .get(&number)
                        .cloned()
                        .ok_or_else(|| format!("no site has the number {number}"))
                };
                let at = at.map(known).transpose()?;
                EventKind::Suspended { task: line.needed_task()?, wait: line.wait()?, at }
            }
            "woken" => EventKind::Woken { task: line.needed_task()?, by: line.actor() },
            "cancel_requested" => {
                EventKind::CancelRequested { task: line.needed_task()?, by: line.actor() }
            }
            "finished" => {
                EventKind::Finished { task: line.needed_task()?, outcome: line.outcome()? }
            }
            "timeout_entered" => EventKind::TimeoutEntered {
                timeout: line.timeout()?,
                task: line.needed_task()?,
                due: line.due(),
            },
            "timeout_rescheduled" => {
                EventKind::TimeoutRescheduled { timeout: line.timeout()?, due: line.due() }
            }
            "timeout_expired" => EventKind::TimeoutExpired { timeout: line.timeout()? },
            "timeout_left" => EventKind::TimeoutLeft { timeout: line.timeout()? },
            "printed" => EventKind::Printed { task: line.task()?, text: need!(line.text).rc() },
            "logged" => {
                let message = need!(line.message).rc();
                let error = line.record.error.take().map(Text::rc);
                let about = line.record.about.take().map(|number| line.task_of(number));
                let late = line.record.late.take().unwrap_or(false);
                EventKind::Logged {
                    task: line.task()?,
                    log: Rc::new(Log { message, about, error, late }),
                }
            }
            name => return line.of_resource(name),
        }))
    }

    /// An event of a resource.
    fn of_resource(&mut self, name: &str) -> Result<Option<EventKind>, Reason> {
        let line = self;
        Ok(Some(match name {
            "resource_created" => {
                let number = need!(line.resource);
                EventKind::ResourceCreated {
                    id: line.ids.new_resource(number),
                    kind: line.resource_kind()?,
                }
            }
            "permit_taken" => EventKind::PermitTaken {
                id: line.resource()?,
                holder: line.task()?,
                free: count(need!(line.free)),
            },
            "permit_returned" => EventKind::PermitReturned {
                id: line.resource()?,
                holder: line.task()?,
                free: count(need!(line.free)),
            },
            "queue_put" => EventKind::QueuePut {
                id: line.resource()?,
                task: line.task()?,
                depth: count(need!(line.depth)),
            },
            "queue_got" => EventKind::QueueGot {
                id: line.resource()?,
                task: line.task()?,
                depth: count(need!(line.depth)),
            },
            "queue_task_done" => EventKind::QueueTaskDone {
                id: line.resource()?,
                task: line.task()?,
                unfinished: count(need!(line.unfinished)),
            },
            "queue_shut_down" => EventKind::QueueShutDown {
                id: line.resource()?,
                task: line.task()?,
                immediate: line.record.immediate.take().unwrap_or(false),
            },
            "flag_set" => EventKind::FlagSet { id: line.resource()?, task: line.task()? },
            "flag_cleared" => EventKind::FlagCleared { id: line.resource()?, task: line.task()? },
            "notified" => EventKind::Notified {
                id: line.resource()?,
                task: line.task()?,
                count: count(need!(line.count)),
            },
            "barrier_changed" => EventKind::BarrierChanged {
                id: line.resource()?,
                task: line.task()?,
                waiting: count(need!(line.waiting)),
                broken: line.record.broken.take().unwrap_or(false),
            },
            "job_queued" => EventKind::JobQueued {
                id: line.resource()?,
                job: need!(line.job),
                task: line.task()?,
            },
            "job_began" => {
                let (id, job, worker) = (line.resource()?, need!(line.job), need!(line.worker));
                if worker >= WORKERS {
                    return Err(format!("no pool has a worker of the number {worker}"));
                }
                EventKind::JobBegan { id, job, worker: count(worker) }
            }
            "job_ended" => EventKind::JobEnded {
                id: line.resource()?,
                job: need!(line.job),
                outcome: line.outcome()?,
            },
            "bytes_sent" => EventKind::BytesSent {
                id: line.resource()?,
                task: line.task()?,
                bytes: count(need!(line.bytes)),
                arrival: line.record.arrival.take().map_or(f64::NAN, |arrival| arrival.0),
            },
            "bytes_arrived" => {
                EventKind::BytesArrived { id: line.resource()?, bytes: count(need!(line.bytes)) }
            }
            "link_closed" => EventKind::LinkClosed { id: line.resource()? },
            _ => return Ok(None),
        }))
    }

    fn task_created(&mut self) -> Result<EventKind, Reason> {
        let line = self;
        let number = need!(line.task);
        let parent = line.record.parent.take().map(|parent| line.task_of(parent));
        let name = line.record.name.take().map(Text::rc);
        let name = name.unwrap_or_else(|| format!("task {number}").into());
        let eager = line.record.eager.take().unwrap_or(false);
        Ok(match line.ids.created(number) {
            Ok(task) => EventKind::TaskCreated { task, parent, name, eager },
            Err(task) => EventKind::Renamed { task, name },
        })
    }

    fn task_of(&mut self, number: u64) -> TaskId {
        self.ids.task(number, self.time, self.events)
    }

    fn task(&mut self) -> Result<Option<TaskId>, Reason> {
        let number = self.record.task.take();
        Ok(number.map(|number| self.task_of(number)))
    }

    fn needed_task(&mut self) -> Result<TaskId, Reason> {
        self.task()?.ok_or_else(|| missing("task"))
    }

    fn resource_of(&mut self, number: u64) -> ResourceId {
        self.ids.resource(number, self.time, self.events)
    }

    fn resource(&mut self) -> Result<ResourceId, Reason> {
        let line = self;
        let number = need!(line.resource);
        Ok(line.resource_of(number))
    }

    fn handle(&mut self) -> Result<trace::HandleId, Reason> {
        let line = self;
        let number = need!(line.handle);
        Ok(line.ids.handle(number))
    }

    fn timeout(&mut self) -> Result<trace::TimeoutId, Reason> {
        let line = self;
        let number = need!(line.timeout);
        Ok(line.ids.timeout(number))
    }

    fn due(&mut self) -> Option<f64> {
        self.record.due.take().map(|due| due.0)
    }

    fn handle_kind(&mut self) -> HandleKind {
        let Some(what) = self.record.what.take() else { return HandleKind::Internal };
        HandleKind::named(&what.0).unwrap_or_else(|| {
            self.keep("what", &what.0);
            HandleKind::Internal
        })
    }

    fn actor(&mut self) -> Actor {
        let record = &mut *self.record;
        let network = record.by_network.take().unwrap_or(false);
        if let Some(task) = record.by.take() {
            Actor::Task(self.task_of(task))
        } else if let Some(handle) = record.by_timer.take() {
            Actor::Timer(self.ids.handle(handle))
        } else if let Some(timeout) = record.by_timeout.take() {
            Actor::Timeout(self.ids.timeout(timeout))
        } else if network {
            Actor::Network
        } else {
            Actor::Outside
        }
    }

    fn outcome(&mut self) -> Result<Outcome, Reason> {
        let line = self;
        Ok(match &*need!(line.outcome).0 {
            "done" => Outcome::Done,
            "cancelled" => Outcome::Cancelled,
            "failed" => {
                Outcome::failed(line.record.error.take().map_or_else(|| "".into(), |error| error.0))
            }
            other => return Err(format!("nothing ends `{other}`")),
        })
    }

    fn wait(&mut self) -> Result<Wait, Reason> {
        let line = self;
        let Some(wait) = line.record.wait.take() else { return Ok(Wait::Unknown) };
        match &*wait.0 {
            "next_turn" => return Ok(Wait::NextTurn),
            "sleep" => return Ok(Wait::Sleep { until: need!(line.until).0 }),
            "future" => return Ok(Wait::Future),
            "unknown" => return Ok(Wait::Unknown),
            "task" => {
                let tasks = need!(line.tasks);
                let [task] = tasks[..] else {
                    return Err("one task is waited for, not several".into());
                };
                return Ok(Wait::Task(line.task_of(task)));
            }
            _ => {}
        }
        let (resource, tasks) = (line.record.resource.take(), line.record.tasks.take());
        if let (None, Some(tasks)) = (resource, tasks) {
            let op = GroupOp::named(&wait.0).unwrap_or(GroupOp::Other);
            if op == GroupOp::Other {
                line.keep("wait", &wait.0);
            }
            let tasks = tasks.into_iter().map(|task| line.task_of(task)).collect();
            return Ok(Wait::Tasks { op, tasks: Rc::new(tasks) });
        }
        let op = Op::named(&wait.0).unwrap_or(Op::Other);
        if op == Op::Other {
            line.keep("wait", &wait.0);
        }
        Ok(match resource {
            Some(resource) => Wait::Resource { id: line.resource_of(resource), op },
            None => Wait::Op(op),
        })
    }

    fn resource_kind(&mut self) -> Result<ResourceKind, Reason> {
        let line = self;
        let kind = need!(line.kind);
        Ok(match &*kind.0 {
            "semaphore" => ResourceKind::Permits { limit: count(need!(line.limit)) },
            "queue" => ResourceKind::Queue { bound: line.record.bound.take().map(count) },
            "event" => ResourceKind::Flag,
            "lock" => ResourceKind::Lock,
            "condition" => ResourceKind::Condition,
            "barrier" => ResourceKind::Barrier { parties: count(need!(line.parties)) },
            "pool" => ResourceKind::Pool {
                workers: count(need!(line.workers)),
                processes: line.record.processes.take().unwrap_or(false),
            },
            "link" => ResourceKind::Link { outward: line.record.outward.take().unwrap_or(true) },
            "server" => ResourceKind::Server { port: line.record.port.take().unwrap_or(0) },
            other => {
                line.keep("kind", other);
                ResourceKind::Other
            }
        })
    }

    /// Keeps a word that this version does not know.
    fn keep(&mut self, field: &str, word: &str) {
        if word != "other" {
            self.record.rest.insert(field.to_owned(), Json::from(word));
        }
    }
}

/// A number of things, as far as this machine can count.
fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Text<'_> {
    pub fn rc(self) -> Rc<str> {
        self.0.into()
    }
}
