//! Events as words: nearly all of a long run take one or two, where an [`EventKind`] takes four.
//!
//! The first word of an event has its tag in bits 0 to 7, something small in 8 to 15, something not so small
//! in 16 to 31, and the number of what it is about above. What does not fit is kept as it is, and a word says
//! where. Words go into chunks, so that a record that grows is never copied.

use crate::site::Sites;
use crate::wait::{Op, Wait};
use crate::{
    Actor, Coroutine, Event, EventKind, HandleId, HandleKind, Name, Outcome, ResourceId, TaskId,
    TimeoutId,
};

use std::rc::Rc;

/// Words of a chunk.
const CHUNK: usize = 8192;
/// Words of the longest event, with the time before it.
const LONGEST: usize = 5;

/// The events of a record.
#[derive(Default)]
pub(crate) struct Packed {
    /// The chunks that are full.
    full: Vec<Chunk>,
    open: Chunk,
    len: usize,
    /// Of the last event.
    time: f64,
    /// What does not fit into words.
    others: Vec<EventKind>,
    /// The functions that tasks run, each once.
    functions: Vec<(&'static str, Rc<Coroutine>)>,
}

#[derive(Default)]
struct Chunk {
    words: Vec<u64>,
    /// The number of its first event, and the time before it.
    first: usize,
    time: f64,
}

macro_rules! tags {
    ($($name:ident)+) => { tags!(@ 0u8, $($name)+); };
    (@ $n:expr, $name:ident $($more:ident)*) => { const $name: u8 = $n; tags!(@ $n + 1, $($more)*); };
    (@ $n:expr,) => {};
}

tags! {
    OTHER TIME ITERATION SCHEDULED TIMER_SET TIMER_FIRED HANDLE_CANCELLED HANDLE_BEGAN HANDLE_ENDED CREATED STEP
    LATE_STEP SUSPENDED WOKEN CANCEL DONE CANCELLED TAKEN RETURNED PUT GOT TASK_DONE RUNS
}

tags! { NEXT_ITERATION FUTURE UNKNOWN SLEEP TASK RESOURCE OP }

/// Marks something that is there, beside what it is.
const THERE: u8 = 1;
/// Marks the number of an actor that takes a word of its own.
const LONG: u8 = 1 << 7;

fn head(tag: u8, small: u8, middle: u16, number: u32) -> u64 {
    u64::from(tag) | u64::from(small) << 8 | u64::from(middle) << 16 | u64::from(number) << 32
}

fn pair(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}

fn low(word: u64) -> u32 {
    word as u32
}

fn high(word: u64) -> u32 {
    (word >> 32) as u32
}

fn packed_actor(actor: Actor) -> (u8, u32) {
    match actor {
        Actor::Outside => (0, 0),
        Actor::Network => (1, 0),
        Actor::Task(id) => (2, id.0),
        Actor::Timer(id) => (3, id.0),
        Actor::Timeout(id) => (4, id.0),
    }
}

fn actor((kind, number): (u8, u32)) -> Actor {
    match kind {
        0 => Actor::Outside,
        1 => Actor::Network,
        2 => Actor::Task(TaskId(number)),
        3 => Actor::Timer(HandleId(number)),
        _ => Actor::Timeout(TimeoutId(number)),
    }
}

impl Packed {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Adds one. Where it is known which it is, little is left of this.
    #[inline(always)]
    pub(crate) fn push(&mut self, now: f64, kind: EventKind) {
        use EventKind::*;
        match kind {
            StepBegan { task, drift } => match drift.to_bits() {
                0 => self.add(now, [head(STEP, 0, 0, task.0)]),
                drift => self.add(now, [head(LATE_STEP, 0, 0, task.0), drift]),
            },
            Woken { task, by } => self.by(now, WOKEN, task, by),
            CancelRequested { task, by } => self.by(now, CANCEL, task, by),
            Finished { task, outcome: Outcome::Done } => {
                self.add(now, [head(DONE, 0, 0, task.0)]);
            }
            Finished { task, outcome: Outcome::Cancelled } => {
                self.add(now, [head(CANCELLED, 0, 0, task.0)]);
            }
            IterationBegan { number } if u32::try_from(number).is_ok() => {
                self.add(now, [head(ITERATION, 0, 0, number as u32)]);
            }
            HandleScheduled { handle, kind, by } => {
                let (by, number) = packed_actor(by);
                let head = head(SCHEDULED, kind as u8, by.into(), handle.0);
                self.add(now, [head, number.into()]);
            }
            TimerSet { handle, kind, by, due } => {
                let (by, number) = packed_actor(by);
                let head = head(TIMER_SET, kind as u8, by.into(), handle.0);
                self.add(now, [head, number.into(), due.to_bits()]);
            }
            TimerFired { handle } => self.add(now, [head(TIMER_FIRED, 0, 0, handle.0)]),
            HandleCancelled { handle } => self.add(now, [head(HANDLE_CANCELLED, 0, 0, handle.0)]),
            HandleBegan { handle } => self.add(now, [head(HANDLE_BEGAN, 0, 0, handle.0)]),
            HandleEnded { handle } => self.add(now, [head(HANDLE_ENDED, 0, 0, handle.0)]),
            PermitTaken { id, holder, free } => self.count(now, TAKEN, id, holder, free, kind),
            PermitReturned { id, holder, free } => {
                self.count(now, RETURNED, id, holder, free, kind)
            }
            QueuePut { id, task, depth } => self.count(now, PUT, id, task, depth, kind),
            QueueGot { id, task, depth } => self.count(now, GOT, id, task, depth, kind),
            QueueTaskDone { id, task, unfinished } => {
                self.count(now, TASK_DONE, id, task, unfinished, kind);
            }
            kind => self.other(now, kind),
        }
    }

    /// Adds [`EventKind::TaskCreated`], whose name need not be written out.
    pub(crate) fn push_created(
        &mut self,
        now: f64,
        (task, parent): (TaskId, Option<TaskId>),
        name: Name,
        eager: bool,
    ) {
        match name {
            Name::Number(number) => {
                let head = head(CREATED, parent.map_or(0, |_| THERE), eager.into(), task.0);
                self.add(now, [head, pair(parent.unwrap_or_default().0, number)]);
            }
            Name::Given(name) => {
                self.other(now, EventKind::TaskCreated { task, parent, name, eager });
            }
        }
    }

    /// Adds [`EventKind::Runs`] of a function by its name.
    pub(crate) fn push_runs(
        &mut self,
        now: f64,
        task: TaskId,
        function: &'static str,
        arguments: Option<Rc<str>>,
    ) {
        if arguments.is_some() {
            let coroutine = Rc::new(Coroutine { arguments, ..Coroutine::of(function) });
            return self.other(now, EventKind::Runs { task, coroutine });
        }
        let known = self.functions.iter().rposition(|(name, _)| std::ptr::eq(*name, function));
        let number = known.unwrap_or_else(|| {
            self.functions.push((function, Rc::new(Coroutine::of(function))));
            self.functions.len() - 1
        });
        match u16::try_from(number) {
            Ok(number) => self.add(now, [head(RUNS, 0, number, task.0)]),
            Err(_) => {
                let coroutine = self.functions[number].1.clone();
                self.other(now, EventKind::Runs { task, coroutine });
            }
        }
    }

    /// Adds [`EventKind::Suspended`] at a site that is known by its number. Gives back what it cannot keep
    /// in words.
    pub(crate) fn push_suspended(
        &mut self,
        now: f64,
        task: TaskId,
        wait: Wait,
        site: u16,
    ) -> Option<Wait> {
        let (kind, more) = match &wait {
            Wait::NextIteration => (NEXT_ITERATION, None),
            Wait::Future => (FUTURE, None),
            Wait::Unknown => (UNKNOWN, None),
            Wait::Sleep { until } => (SLEEP, Some(until.to_bits())),
            Wait::Task(task) => (TASK, Some(task.0.into())),
            Wait::Resource { id, op } => (RESOURCE, Some(pair(id.0, *op as u32))),
            Wait::Op(op) => (OP, Some(*op as u64)),
            Wait::Tasks { .. } => return Some(wait),
        };
        let head = head(SUSPENDED, kind, site, task.0);
        match more {
            None => self.add(now, [head]),
            Some(more) => self.add(now, [head, more]),
        }
        None
    }

    #[inline]
    fn by(&mut self, now: f64, tag: u8, task: TaskId, by: Actor) {
        let (kind, number) = packed_actor(by);
        match u16::try_from(number) {
            Ok(number) => self.add(now, [head(tag, kind, number, task.0)]),
            Err(_) => self.add(now, [head(tag, kind | LONG, 0, task.0), number.into()]),
        }
    }

    #[inline]
    fn count(
        &mut self,
        now: f64,
        tag: u8,
        id: ResourceId,
        task: Option<TaskId>,
        count: usize,
        kind: EventKind,
    ) {
        match u32::try_from(count) {
            Ok(count) => {
                let head = head(tag, task.map_or(0, |_| THERE), 0, id.0);
                self.add(now, [head, pair(task.unwrap_or_default().0, count)]);
            }
            Err(_) => self.other(now, kind),
        }
    }

    #[cold]
    #[inline(never)]
    fn other(&mut self, now: f64, kind: EventKind) {
        self.add(now, [head(OTHER, 0, 0, self.others.len() as u32)]);
        self.others.push(kind);
    }

    #[inline]
    fn add<const N: usize>(&mut self, now: f64, words: [u64; N]) {
        if self.open.words.len() + LONGEST > CHUNK {
            self.next_chunk();
        }
        if now.to_bits() != self.time.to_bits() {
            self.time = now;
            self.open.words.extend_from_slice(&[head(TIME, 0, 0, 0), now.to_bits()]);
        }
        self.open.words.extend_from_slice(&words);
        self.len += 1;
    }

    #[cold]
    fn next_chunk(&mut self) {
        let words = Vec::with_capacity(CHUNK);
        let next = Chunk { words, first: self.len, time: self.time };
        self.full.push(std::mem::replace(&mut self.open, next));
    }

    /// Events from this number on.
    pub(crate) fn since(&self, number: usize, sites: &Sites) -> Vec<Event> {
        let begun = self.full.partition_point(|chunk| chunk.first <= number);
        let chunks = self.full[begun.saturating_sub(1)..].iter().chain([&self.open]);
        let mut events = Vec::with_capacity(self.len.saturating_sub(number));
        for chunk in chunks {
            let (mut words, mut time) = (chunk.words.iter().copied(), chunk.time);
            let mut next = chunk.first;
            while let Some(kind) = self.read(&mut words, &mut time, sites) {
                if next >= number {
                    events.push(Event { time, kind });
                }
                next += 1;
            }
        }
        events
    }

    /// The next event of these words.
    fn read(
        &self,
        words: &mut impl Iterator<Item = u64>,
        time: &mut f64,
        sites: &Sites,
    ) -> Option<EventKind> {
        use EventKind::*;
        let mut first = words.next()?;
        if first as u8 == TIME {
            *time = f64::from_bits(words.next()?);
            first = words.next()?;
        }
        let (tag, small, middle) = (first as u8, (first >> 8) as u8, (first >> 16) as u16);
        let number = high(first);
        let (task, handle, id) = (TaskId(number), HandleId(number), ResourceId(number));
        Some(match tag {
            ITERATION => IterationBegan { number: number.into() },
            SCHEDULED => {
                let by = actor((middle as u8, low(words.next()?)));
                HandleScheduled { handle, kind: HandleKind::ALL[usize::from(small)], by }
            }
            TIMER_SET => {
                let by = actor((middle as u8, low(words.next()?)));
                let due = f64::from_bits(words.next()?);
                TimerSet { handle, kind: HandleKind::ALL[usize::from(small)], by, due }
            }
            TIMER_FIRED => TimerFired { handle },
            HANDLE_CANCELLED => HandleCancelled { handle },
            HANDLE_BEGAN => HandleBegan { handle },
            HANDLE_ENDED => HandleEnded { handle },
            CREATED => {
                let more = words.next()?;
                let parent = (small == THERE).then_some(TaskId(low(more)));
                let name = Name::Number(high(more)).text();
                TaskCreated { task, parent, name, eager: middle != 0 }
            }
            RUNS => Runs { task, coroutine: self.functions[usize::from(middle)].1.clone() },
            STEP => StepBegan { task, drift: 0.0 },
            LATE_STEP => StepBegan { task, drift: f64::from_bits(words.next()?) },
            SUSPENDED => {
                let wait = match small {
                    NEXT_ITERATION => Wait::NextIteration,
                    FUTURE => Wait::Future,
                    UNKNOWN => Wait::Unknown,
                    SLEEP => Wait::Sleep { until: f64::from_bits(words.next()?) },
                    TASK => Wait::Task(TaskId(low(words.next()?))),
                    RESOURCE => {
                        let more = words.next()?;
                        Wait::Resource {
                            id: ResourceId(low(more)),
                            op: Op::ALL[high(more) as usize],
                        }
                    }
                    _ => Wait::Op(Op::ALL[words.next()? as usize]),
                };
                Suspended { task, wait, at: sites.numbered(middle) }
            }
            WOKEN | CANCEL => {
                let number = if small & LONG == 0 { middle.into() } else { low(words.next()?) };
                let by = actor((small & !LONG, number));
                if tag == WOKEN { Woken { task, by } } else { CancelRequested { task, by } }
            }
            DONE => Finished { task, outcome: Outcome::Done },
            CANCELLED => Finished { task, outcome: Outcome::Cancelled },
            TAKEN | RETURNED | PUT | GOT | TASK_DONE => {
                let more = words.next()?;
                let task = (small == THERE).then_some(TaskId(low(more)));
                let count = high(more) as usize;
                match tag {
                    TAKEN => PermitTaken { id, holder: task, free: count },
                    RETURNED => PermitReturned { id, holder: task, free: count },
                    PUT => QueuePut { id, task, depth: count },
                    GOT => QueueGot { id, task, depth: count },
                    _ => QueueTaskDone { id, task, unfinished: count },
                }
            }
            _ => self.others[number as usize].clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Caller, GroupOp, LoopId, Trace};

    fn actors() -> [Actor; 6] {
        let task = |n| Actor::Task(TaskId(n));
        let (timer, timeout) = (Actor::Timer(HandleId(9)), Actor::Timeout(TimeoutId(u32::MAX)));
        [Actor::Outside, Actor::Network, task(3), task(70_000), timer, timeout]
    }

    /// Events of all kinds that are packed, with the least and the greatest that they may say.
    fn kinds() -> Vec<EventKind> {
        use EventKind::*;
        let mut kinds = vec![LoopRuns { id: LoopId(1) }];
        for number in [0, 1, u32::MAX] {
            let (task, handle, id) = (TaskId(number), HandleId(number), ResourceId(number));
            kinds.extend([0.0, -0.0, 0.25].map(|drift| StepBegan { task, drift }));
            for by in actors() {
                kinds.extend([Woken { task, by }, CancelRequested { task, by }]);
                for &kind in HandleKind::ALL {
                    kinds.push(HandleScheduled { handle, kind, by });
                    kinds.push(TimerSet { handle, kind, by, due: 0.1 });
                }
            }
            let outcomes = [Outcome::Done, Outcome::Cancelled, Outcome::failed("KeyError: 'a'")];
            kinds.extend(outcomes.map(|outcome| Finished { task, outcome }));
            kinds.extend([TimerFired { handle }, HandleCancelled { handle }]);
            kinds.extend([HandleBegan { handle }, HandleEnded { handle }]);
            for (task, count) in [(None, 0), (Some(task), 7), (Some(TaskId(2)), usize::MAX)] {
                kinds.push(PermitTaken { id, holder: task, free: count });
                kinds.push(PermitReturned { id, holder: task, free: count });
                kinds.push(QueuePut { id, task, depth: count });
                kinds.push(QueueGot { id, task, depth: count });
                kinds.push(QueueTaskDone { id, task, unfinished: count });
            }
        }
        kinds.extend([0, 5, u64::MAX].map(|number| IterationBegan { number }));
        kinds
    }

    fn waits() -> Vec<Wait> {
        let tasks = Rc::new(vec![TaskId(1), TaskId(2)]);
        let mut waits = vec![Wait::NextIteration, Wait::Future, Wait::Unknown];
        waits.extend([Wait::Sleep { until: 0.1 + 0.2 }, Wait::Task(TaskId(u32::MAX))]);
        waits.push(Wait::Tasks { op: GroupOp::Gather, tasks });
        for &op in Op::ALL {
            waits.extend([Wait::Op(op), Wait::Resource { id: ResourceId(u32::MAX), op }]);
        }
        waits
    }

    #[test]
    fn what_is_read_is_what_was_emitted() {
        let trace = Trace::on();
        let mut emitted = Vec::new();
        let here: Caller = std::panic::Location::caller();
        // Many times over, so that it takes many chunks.
        for round in 0..100 {
            for (n, kind) in kinds().into_iter().enumerate() {
                let time = f64::from(round) + (n / 7) as f64 / 10.0;
                trace.set_time(time);
                trace.emit(|| kind.clone());
                emitted.push(Event { time, kind });
            }
            let time = f64::from(round) + 0.95;
            trace.set_time(time);
            for wait in waits() {
                for at in [None, Some(here)] {
                    trace.suspended(TaskId(round as u32), wait.clone(), at);
                    let (task, wait) = (TaskId(round as u32), wait.clone());
                    let kind = EventKind::Suspended { task, wait, at: at.map(Into::into) };
                    emitted.push(Event { time, kind });
                }
            }
            for function in ["fetch", "main"] {
                for arguments in [None, Some("0, 1.5".into())] {
                    trace.runs(TaskId(u32::MAX), function, arguments.clone());
                    let coroutine = Rc::new(Coroutine { arguments, ..Coroutine::of(function) });
                    let kind = EventKind::Runs { task: TaskId(u32::MAX), coroutine };
                    emitted.push(Event { time, kind });
                }
            }
            for name in [Name::Number(u32::MAX), Name::Given("a name".into())] {
                for (parent, eager) in [(None, false), (Some(TaskId(0)), true)] {
                    trace.created(TaskId(4), parent, || name.clone(), eager);
                    let (task, name) = (TaskId(4), name.clone().text());
                    let kind = EventKind::TaskCreated { task, parent, name, eager };
                    emitted.push(Event { time, kind });
                }
            }
        }
        assert_eq!(trace.len(), emitted.len());
        let read = trace.snapshot();
        for (n, (read, emitted)) in read.iter().zip(&emitted).enumerate() {
            assert_eq!(read, emitted, "{n}");
            // What is equal may yet differ in its sign.
            if let (EventKind::StepBegan { drift: a, .. }, EventKind::StepBegan { drift: b, .. }) =
                (&read.kind, &emitted.kind)
            {
                assert_eq!(a.to_bits(), b.to_bits());
            }
        }
        assert_eq!(read.len(), emitted.len());
        for number in (0..emitted.len() + 2).step_by(997) {
            assert_eq!(trace.since(number), emitted[number.min(emitted.len())..], "from {number}");
        }
    }
}
