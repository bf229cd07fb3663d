//! What single fields of lines hold, both ways: each puts what an event says into a line, and takes it out.

use crate::line::{Line, Reason, missing};
use crate::number;
use crate::record::Record;
use std::rc::Rc;
use trace::{HandleId, LoopId, ResourceId, TaskId, TimeoutId};

/// Fields of one name each, that must be there.
macro_rules! needed {
    ($($name:ident: $key:ident $(as $text:literal)?, $type:ty,
        |$value:ident| $put:expr, |$line:ident, $taken:ident| $take:expr;)+) => {$(
        pub struct $name;
        impl $name {
            pub fn put<'a>($value: &'a $type, record: &mut Record<'a>) {
                record.$key = Some($put);
            }
            pub fn take($line: &mut Line) -> Result<$type, Reason> {
                let name = [$($text,)? stringify!($key)][0];
                let $taken = $line.record.$key.take().ok_or_else(|| missing(name))?;
                Ok($take)
            }
        }
    )+};
}

needed! {
    Loop: event_loop as "loop", LoopId, |id| id.0.into(), |line, id| line.ids.event_loop(id);
    Handle: handle, HandleId, |id| id.0.into(), |line, id| line.ids.handle(id);
    Timeout: timeout, TimeoutId, |id| id.0.into(), |line, id| line.ids.timeout(id);
    Task: task, TaskId, |id| id.0.into(), |line, id| line.task(id);
    Resource: resource, ResourceId, |id| id.0.into(), |line, id| line.resource(id);
    NewResource: resource, ResourceId, |id| id.0.into(), |line, id| line.ids.new_resource(id);
    Number: number, u64, |number| *number, |_line, number| number;
    Job: job, u32, |job| *job, |_line, job| job;
    Due: due, f64, |due| number::Number(*due), |_line, due| due.0;
    Seconds: seconds, f64, |seconds| number::Number(*seconds), |_line, seconds| held(seconds.0)?;
    Valued: value, f64, |value| number::Number(*value), |_line, value| value.0;
    Worker: worker, usize, |worker| *worker as u64, |_line, worker| worker_of(worker)?;
    Free: free, usize, |count| *count as u64, |_line, count| whole(count);
    Depth: depth, usize, |count| *count as u64, |_line, count| whole(count);
    Unfinished: unfinished, usize, |count| *count as u64, |_line, count| whole(count);
    Count: count, usize, |count| *count as u64, |_line, count| whole(count);
    AtBarrier: waiting, usize, |count| *count as u64, |_line, count| whole(count);
    Bytes: bytes, usize, |count| *count as u64, |_line, count| whole(count);
    Name: name, Rc<str>, |name| (&**name).into(), |_line, name| name.rc();
    Printing: text, Rc<str>, |text| (&**text).into(), |_line, text| text.rc();
}

/// Fields of one name each, that may be missing.
macro_rules! optional {
    ($($name:ident: $key:ident, $type:ty,
        |$value:ident| $put:expr, |$line:ident, $taken:ident| $take:expr;)+) => {$(
        pub struct $name;
        impl $name {
            pub fn put<'a>($value: &'a $type, record: &mut Record<'a>) {
                record.$key = $put;
            }
            pub fn take($line: &mut Line) -> Result<$type, Reason> {
                let $taken = $line.record.$key.take();
                Ok($take)
            }
        }
    )+};
}

optional! {
    Who: task, Option<TaskId>, |id| id.map(|id| id.0.into()), |line, id| id.map(|id| line.task(id));
    Parent: parent, Option<TaskId>, |id| id.map(|id| id.0.into()), |line, id| id.map(|id| line.task(id));
    Eager: eager, bool, |eager| eager.then_some(true), |_line, eager| eager.unwrap_or(false);
    Immediate: immediate, bool, |yes| Some(*yes), |_line, yes| yes.unwrap_or(false);
    Broken: broken, bool, |yes| Some(*yes), |_line, yes| yes.unwrap_or(false);
    Drift: drift, f64, |drift| (*drift != 0.0).then_some(number::Number(*drift)),
        |_line, drift| drift.map_or(0.0, |drift| drift.0);
    Deadline: due, Option<f64>, |due| due.map(number::Number), |_line, due| due.map(|due| due.0);
    Arrival: arrival, f64, |time| Some(number::Number(*time)),
        |_line, time| time.map_or(f64::NAN, |time| time.0);
}

/// A number of things, as far as this machine can count.
pub fn whole(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Seconds for which the loop was held.
fn held(seconds: f64) -> Result<f64, Reason> {
    if seconds.is_finite() && seconds >= 0.0 {
        return Ok(seconds);
    }
    Err(format!("nothing can hold the loop for {seconds} s"))
}

/// The longest line of jobs that a pool may work at side by side; more is a broken number.
const WORKERS: u64 = 1 << 20;

fn worker_of(worker: u64) -> Result<usize, Reason> {
    if worker < WORKERS {
        return Ok(whole(worker));
    }
    Err(format!("no pool has a worker of the number {worker}"))
}
