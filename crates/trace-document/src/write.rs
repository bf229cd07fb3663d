//! From events to lines.

use crate::document::{Document, End, Failure};
use crate::header::Header;
use crate::number::Number;
use crate::record::{Record, Text};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::io::{self, Write};
use trace::{Actor, Event, EventKind, Outcome, ResourceKind, Site, TaskId, Wait};

/// Writes a trace line by line, as it comes about: what was written can be read whenever it stops.
///
/// ```
/// use trace::{Event, EventKind, TaskId};
/// use trace_document::{Header, Writer, read};
/// let mut file = Vec::new();
/// let mut writer = Writer::new(&mut file, &Header::default()).unwrap();
/// let kind = EventKind::Printed { task: None, text: "hello".into() };
/// writer.event(&Event { time: 0.5, kind }).unwrap();
/// assert_eq!(read(&file).unwrap().events.len(), 1);
/// ```
pub struct Writer<W> {
    out: W,
    sites: HashMap<Site, u64>,
    time: Option<f64>,
}

impl<W: Write> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W, header: &Header) -> io::Result<Self> {
        let mut writer = Writer { out, sites: HashMap::new(), time: None };
        serde_json::to_writer(&mut writer.out, header)?;
        writer.out.write_all(b"\n")?;
        Ok(writer)
    }

    /// Writes an event.
    ///
    /// # Errors
    /// What the file says.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        self.event_with(event, None)
    }

    /// Writes an event, and fields that it does not have.
    pub(crate) fn event_with(
        &mut self,
        event: &Event,
        rest: Option<&Map<String, Json>>,
    ) -> io::Result<()> {
        if let EventKind::Unknown(line) = &event.kind {
            self.time = Some(event.time);
            self.out.write_all(line.as_bytes())?;
            return self.out.write_all(b"\n");
        }
        let at = match &event.kind {
            EventKind::Suspended { at: Some(site), .. } => Some(self.site(site)?),
            _ => None,
        };
        let mut record = Record { at, ..record(&event.kind) };
        record.t = self.moment(event.time);
        if let Some(rest) = rest {
            return self.merged(&record, rest);
        }
        self.line(&record)
    }

    /// Writes the end, after which nothing follows.
    ///
    /// # Errors
    /// What the file says.
    pub fn end(mut self, end: &End) -> io::Result<()> {
        let t = self.moment(end.time);
        let empty = Record { e: Some("end".into()), t, ..Record::default() };
        self.line(&match &end.failure {
            None => Record { end: Some("done".into()), ..empty },
            Some(Failure::Raised { type_name, text }) => Record {
                end: Some("raised".into()),
                type_name: Some((&**type_name).into()),
                text: Some((&**text).into()),
                ..empty
            },
            Some(Failure::Stuck { blocked }) => {
                Record { end: Some("stuck".into()), blocked: Some(ids(blocked)), ..empty }
            }
            Some(Failure::Cut) => Record { end: Some("cut".into()), ..empty },
        })?;
        self.out.flush()
    }

    /// The time, unless it is that of the line before.
    fn moment(&mut self, time: f64) -> Option<Number> {
        let same = self.time.is_some_and(|last| last.to_bits() == time.to_bits());
        self.time = Some(time);
        (!same).then_some(Number(time))
    }

    /// The number of a site, which is told when it comes for the first time.
    fn site(&mut self, site: &Site) -> io::Result<u64> {
        if let Some(number) = self.sites.get(site) {
            return Ok(*number);
        }
        let number = self.sites.len() as u64;
        self.sites.insert(site.clone(), number);
        let place = site.place();
        self.line(&Record {
            e: Some("site".into()),
            site: Some(number),
            file: Some((&*place.file).into()),
            line: Some(place.line),
            column: place.column,
            function: place.function.as_deref().map(Text::from),
            ..Record::default()
        })?;
        Ok(number)
    }

    /// What this version does not know takes the place of what it made of it.
    fn merged(&mut self, record: &Record, rest: &Map<String, Json>) -> io::Result<()> {
        let mut line = serde_json::to_value(record)?;
        if let Json::Object(fields) = &mut line {
            fields.extend(rest.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        serde_json::to_writer(&mut self.out, &line)?;
        self.out.write_all(b"\n")
    }

    fn line(&mut self, record: &Record) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, record)?;
        self.out.write_all(b"\n")
    }
}

/// Writes a whole trace.
///
/// # Errors
/// What `out` says.
pub fn write(document: &Document, out: impl Write) -> io::Result<()> {
    let mut writer = Writer::new(out, &document.header)?;
    for (place, event) in document.events.iter().enumerate() {
        writer.event_with(event, document.rest.get(&place))?;
    }
    match &document.end {
        Some(end) => writer.end(end),
        None => writer.out.flush(),
    }
}

fn ids(tasks: &[TaskId]) -> Vec<u64> {
    tasks.iter().map(|task| u64::from(task.0)).collect()
}

/// An event as a line, without its time and site.
fn record(kind: &EventKind) -> Record<'_> {
    let named = |name: &'static str| Record { e: Some(name.into()), ..Record::default() };
    let on = |name, task: &Option<TaskId>| Record { task: id(task), ..named(name) };
    match kind {
        EventKind::LoopRuns { id } => {
            Record { event_loop: Some(id.0.into()), ..named("loop_runs") }
        }
        EventKind::IterationBegan { number } => {
            Record { number: Some(*number), ..named("iteration_began") }
        }
        EventKind::LoopClosed => named("loop_closed"),
        EventKind::Blocked { task, seconds } => {
            Record { seconds: Some(Number(*seconds)), ..on("blocked", task) }
        }
        EventKind::HandleScheduled { handle, kind, by } => {
            let (handle, what) = (Some(handle.0.into()), Some(kind.name().into()));
            Record { handle, what, ..actor(*by, named("handle_scheduled")) }
        }
        EventKind::TimerSet { handle, kind, by, due } => {
            let (handle, what) = (Some(handle.0.into()), Some(kind.name().into()));
            let due = Some(Number(*due));
            Record { handle, what, due, ..actor(*by, named("timer_set")) }
        }
        EventKind::TimerFired { handle } => {
            Record { handle: Some(handle.0.into()), ..named("timer_fired") }
        }
        EventKind::HandleCancelled { handle } => {
            Record { handle: Some(handle.0.into()), ..named("handle_cancelled") }
        }
        EventKind::HandleBegan { handle } => {
            Record { handle: Some(handle.0.into()), ..named("handle_began") }
        }
        EventKind::HandleEnded { handle } => {
            Record { handle: Some(handle.0.into()), ..named("handle_ended") }
        }
        EventKind::TaskCreated { task, parent, name, eager } => Record {
            parent: id(parent),
            name: Some((&**name).into()),
            eager: eager.then_some(true),
            ..on("task_created", &Some(*task))
        },
        EventKind::Renamed { task, name } => {
            Record { name: Some((&**name).into()), ..on("renamed", &Some(*task)) }
        }
        EventKind::StepBegan { task, drift } => Record {
            drift: (*drift != 0.0).then_some(Number(*drift)),
            ..on("step_began", &Some(*task))
        },
        EventKind::Suspended { task, wait: what, .. } => wait(what, on("suspended", &Some(*task))),
        EventKind::Woken { task, by } => actor(*by, on("woken", &Some(*task))),
        EventKind::CancelRequested { task, by } => actor(*by, on("cancel_requested", &Some(*task))),
        EventKind::Finished { task, outcome: how } => outcome(how, on("finished", &Some(*task))),
        EventKind::TimeoutEntered { timeout, task, due } => Record {
            timeout: Some(timeout.0.into()),
            due: due.map(Number),
            ..on("timeout_entered", &Some(*task))
        },
        EventKind::TimeoutRescheduled { timeout, due } => Record {
            timeout: Some(timeout.0.into()),
            due: due.map(Number),
            ..named("timeout_rescheduled")
        },
        EventKind::TimeoutExpired { timeout } => {
            Record { timeout: Some(timeout.0.into()), ..named("timeout_expired") }
        }
        EventKind::TimeoutLeft { timeout } => {
            Record { timeout: Some(timeout.0.into()), ..named("timeout_left") }
        }
        EventKind::Printed { task, text } => {
            Record { text: Some((&**text).into()), ..on("printed", task) }
        }
        EventKind::Logged { task, log } => Record {
            message: Some((&*log.message).into()),
            about: id(&log.about),
            error: log.error.as_deref().map(Text::from),
            late: log.late.then_some(true),
            ..on("logged", task)
        },
        kind => of_resource(kind),
    }
}

/// An event of a resource.
fn of_resource(kind: &EventKind) -> Record<'_> {
    let of = |name: &'static str, resource: trace::ResourceId, task: &Option<TaskId>| Record {
        e: Some(name.into()),
        resource: Some(resource.0.into()),
        task: id(task),
        ..Record::default()
    };
    match kind {
        EventKind::ResourceCreated { id, kind } => {
            resource(*kind, of("resource_created", *id, &None))
        }
        EventKind::PermitTaken { id, holder, free } => {
            Record { free: Some(*free as u64), ..of("permit_taken", *id, holder) }
        }
        EventKind::PermitReturned { id, holder, free } => {
            Record { free: Some(*free as u64), ..of("permit_returned", *id, holder) }
        }
        EventKind::QueuePut { id, task, depth } => {
            Record { depth: Some(*depth as u64), ..of("queue_put", *id, task) }
        }
        EventKind::QueueGot { id, task, depth } => {
            Record { depth: Some(*depth as u64), ..of("queue_got", *id, task) }
        }
        EventKind::QueueTaskDone { id, task, unfinished } => {
            Record { unfinished: Some(*unfinished as u64), ..of("queue_task_done", *id, task) }
        }
        EventKind::QueueShutDown { id, task, immediate } => {
            Record { immediate: Some(*immediate), ..of("queue_shut_down", *id, task) }
        }
        EventKind::FlagSet { id, task } => of("flag_set", *id, task),
        EventKind::FlagCleared { id, task } => of("flag_cleared", *id, task),
        EventKind::Notified { id, task, count } => {
            Record { count: Some(*count as u64), ..of("notified", *id, task) }
        }
        EventKind::BarrierChanged { id, task, waiting, broken } => Record {
            waiting: Some(*waiting as u64),
            broken: Some(*broken),
            ..of("barrier_changed", *id, task)
        },
        EventKind::JobQueued { id, job, task } => {
            Record { job: Some(*job), ..of("job_queued", *id, task) }
        }
        EventKind::JobBegan { id, job, worker } => {
            let worker = Some(*worker as u64);
            Record { job: Some(*job), worker, ..of("job_began", *id, &None) }
        }
        EventKind::JobEnded { id, job, outcome: how } => {
            outcome(how, Record { job: Some(*job), ..of("job_ended", *id, &None) })
        }
        EventKind::BytesSent { id, task, bytes, arrival } => Record {
            bytes: Some(*bytes as u64),
            arrival: Some(Number(*arrival)),
            ..of("bytes_sent", *id, task)
        },
        EventKind::BytesArrived { id, bytes } => {
            Record { bytes: Some(*bytes as u64), ..of("bytes_arrived", *id, &None) }
        }
        EventKind::LinkClosed { id } => of("link_closed", *id, &None),
        // The others are no events of resources.
        _ => Record::default(),
    }
}

fn id(task: &Option<TaskId>) -> Option<u64> {
    task.map(|task| task.0.into())
}

fn actor(by: Actor, record: Record) -> Record {
    match by {
        Actor::Task(task) => Record { by: Some(task.0.into()), ..record },
        Actor::Timer(handle) => Record { by_timer: Some(handle.0.into()), ..record },
        Actor::Timeout(timeout) => Record { by_timeout: Some(timeout.0.into()), ..record },
        Actor::Network => Record { by_network: Some(true), ..record },
        Actor::Outside => record,
    }
}

fn outcome<'a>(outcome: &'a Outcome, record: Record<'a>) -> Record<'a> {
    match outcome {
        Outcome::Done => Record { outcome: Some("done".into()), ..record },
        Outcome::Failed(error) => {
            Record { outcome: Some("failed".into()), error: Some((&***error).into()), ..record }
        }
        Outcome::Cancelled => Record { outcome: Some("cancelled".into()), ..record },
    }
}

fn wait<'a>(wait: &Wait, record: Record<'a>) -> Record<'a> {
    let named = |name: &'static str| Record { wait: Some(name.into()), ..record };
    match wait {
        Wait::NextTurn => named("next_turn"),
        Wait::Sleep { until } => Record { until: Some(Number(*until)), ..named("sleep") },
        Wait::Future => named("future"),
        Wait::Task(task) => Record { tasks: Some(ids(&[*task])), ..named("task") },
        Wait::Tasks { op, tasks } => Record { tasks: Some(ids(tasks)), ..named(op.name()) },
        Wait::Resource { id, op } => Record { resource: Some(id.0.into()), ..named(op.name()) },
        Wait::Op(op) => named(op.name()),
        Wait::Unknown => named("unknown"),
    }
}

fn resource(kind: ResourceKind, record: Record) -> Record {
    let named = |name: &'static str| Record { kind: Some(name.into()), ..record };
    match kind {
        ResourceKind::Permits { limit } => {
            Record { limit: Some(limit as u64), ..named("semaphore") }
        }
        ResourceKind::Queue { bound } => {
            Record { bound: bound.map(|bound| bound as u64), ..named("queue") }
        }
        ResourceKind::Flag => named("event"),
        ResourceKind::Lock => named("lock"),
        ResourceKind::Condition => named("condition"),
        ResourceKind::Barrier { parties } => {
            Record { parties: Some(parties as u64), ..named("barrier") }
        }
        ResourceKind::Pool { workers, processes } => Record {
            workers: Some(workers as u64),
            processes: processes.then_some(true),
            ..named("pool")
        },
        ResourceKind::Link { outward } => Record { outward: Some(outward), ..named("link") },
        ResourceKind::Server { port } => Record { port: Some(port), ..named("server") },
        ResourceKind::Other => named("other"),
    }
}
