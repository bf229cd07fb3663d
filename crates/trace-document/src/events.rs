//! The table of events: how each is called in a file, and which fields of a line hold what it says.

use crate::compound::*;
use crate::fields::*;
use crate::line::{Line, Reason};
use crate::names::Names;
use crate::record::Record;
use trace::{EventKind, TaskId};

macro_rules! events {
    ($($name:literal $variant:ident { $($field:ident: $as:ident),* })+) => {
        /// An event as a line, without its time, and without the number of its site.
        pub fn record(kind: &EventKind) -> Record<'_> {
            let mut record = Record::default();
            match kind {
                $(EventKind::$variant { $($field),* } => {
                    record.e = Some($name.into());
                    $($as::put($field, &mut record);)*
                })+
                // It stands for a line that is there already.
                EventKind::Unknown(_) => {}
            }
            record
        }

        #[derive(Clone, Copy)]
        enum Known { $($variant,)+ }

        const KNOWN: &[Known] = &[$(Known::$variant),+];

        static NAMES: Names = Names::new(&[$($name),+]);

        /// The event of this name; `None` for a name that this version does not know.
        pub fn event(name: &str, line: &mut Line) -> Result<Option<EventKind>, Reason> {
            let Some(place) = NAMES.find(name) else { return Ok(None) };
            if matches!(KNOWN[place], Known::TaskCreated) {
                return task_created(line).map(Some);
            }
            Ok(Some(match KNOWN[place] {
                $(Known::$variant => EventKind::$variant { $($field: $as::take(line)?),* },)+
            }))
        }
    };
}

events! {
    "loop_runs" LoopRuns { id: Loop }
    "iteration_began" IterationBegan { number: Number }
    "loop_closed" LoopClosed {}
    "blocked" Blocked { task: Who, seconds: Seconds }
    "handle_scheduled" HandleScheduled { handle: Handle, kind: What, by: By }
    "timer_set" TimerSet { handle: Handle, kind: What, by: By, due: Due }
    "timer_fired" TimerFired { handle: Handle }
    "handle_cancelled" HandleCancelled { handle: Handle }
    "handle_began" HandleBegan { handle: Handle }
    "handle_ended" HandleEnded { handle: Handle }
    "task_created" TaskCreated { task: Task, parent: Parent, name: Name, eager: Eager }
    "runs" Runs { task: Task, coroutine: Running }
    "renamed" Renamed { task: Task, name: Name }
    "step_began" StepBegan { task: Task, drift: Drift }
    "suspended" Suspended { task: Task, wait: Waiting, at: At }
    "woken" Woken { task: Task, by: By }
    "cancel_requested" CancelRequested { task: Task, by: By }
    "finished" Finished { task: Task, outcome: Ending }
    "timeout_entered" TimeoutEntered { timeout: Timeout, task: Task, due: Deadline }
    "timeout_rescheduled" TimeoutRescheduled { timeout: Timeout, due: Deadline }
    "timeout_expired" TimeoutExpired { timeout: Timeout }
    "timeout_left" TimeoutLeft { timeout: Timeout }
    "resource_created" ResourceCreated { id: NewResource, kind: Kind }
    "resource_named" ResourceNamed { id: Resource, name: Name }
    "permit_taken" PermitTaken { id: Resource, holder: Who, free: Free }
    "permit_returned" PermitReturned { id: Resource, holder: Who, free: Free }
    "queue_put" QueuePut { id: Resource, task: Who, depth: Depth }
    "queue_got" QueueGot { id: Resource, task: Who, depth: Depth }
    "queue_task_done" QueueTaskDone { id: Resource, task: Who, unfinished: Unfinished }
    "queue_shut_down" QueueShutDown { id: Resource, task: Who, immediate: Immediate }
    "flag_set" FlagSet { id: Resource, task: Who }
    "flag_cleared" FlagCleared { id: Resource, task: Who }
    "notified" Notified { id: Resource, task: Who, count: Count }
    "barrier_changed" BarrierChanged { id: Resource, task: Who, waiting: AtBarrier, broken: Broken }
    "job_queued" JobQueued { id: Resource, job: Job, task: Who }
    "job_began" JobBegan { id: Resource, job: Job, worker: Worker }
    "job_ended" JobEnded { id: Resource, job: Job, outcome: Ending }
    "bytes_sent" BytesSent { id: Resource, task: Who, bytes: Bytes, arrival: Arrival }
    "bytes_arrived" BytesArrived { id: Resource, bytes: Bytes }
    "link_closed" LinkClosed { id: Resource }
    "value_read" ValueRead { id: Resource, task: Who, value: Valued }
    "value_written" ValueWritten { id: Resource, task: Who, value: Valued }
    "printed" Printed { task: Who, text: Printing }
    "logged" Logged { task: Who, log: Logging }
}

/// A task of which something was said before is there already, and gets the name that it really has.
fn task_created(line: &mut Line) -> Result<EventKind, Reason> {
    let number = line.number()?;
    let parent = Parent::take(line)?;
    let name = line.record.name.take().map(crate::record::Text::rc);
    let name = name.unwrap_or_else(|| format!("task {number}").into());
    let eager = Eager::take(line)?;
    Ok(match line.ids.created(number) {
        Ok(task) => EventKind::TaskCreated { task, parent, name, eager },
        Err(task) => EventKind::Renamed { task, name },
    })
}

/// The numbers of tasks as a line has them.
pub fn numbers(tasks: &[TaskId]) -> Vec<u64> {
    tasks.iter().map(|task| task.0.into()).collect()
}
