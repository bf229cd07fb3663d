//! A trace in the format that Perfetto, Chrome and speedscope open: "Trace Event Format", JSON.
//!
//! A task is a thread, its spans are slices (`X`), flows (`s`, `f`) go from the step that acts to what the other task
//! does next, and a printed line is an instant (`i`) on a thread for lines: an instant on a task's own would take its
//! flows. Moments are microseconds.
//!
//! Perfetto binds each end of a flow to the slice that was the last to begin on its thread when it comes: in the order
//! of time and, within a moment, slices that last before all others, which are in the order of the file. On a virtual
//! clock steps take no time, so the order of the file is what tells: slices of a lane are written up to the one that a
//! flow belongs to, then the flow.

use crate::words;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use timeline::{Flow, FlowKind, Span, State, TaskLane, Timeline};
use trace::TaskId;

/// The process of all tasks.
const PROCESS: u32 = 1;

/// So many slices of no length Perfetto takes at one moment of a thread; more are moved on by a nanosecond.
const STACKED: u32 = 200;

/// The trace of a run, which is called `name`.
pub fn perfetto(timeline: &Timeline, name: &str) -> String {
    let mut writer = Writer {
        timeline,
        text: String::from("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n"),
        lanes: vec![Lane::default(); timeline.tasks.len()],
        places: timeline.tasks.iter().enumerate().map(|(n, lane)| (lane.id.0, n)).collect(),
    };
    writer.threads(name);
    writer.events();
    writer.text.truncate(writer.text.trim_end_matches([',', '\n']).len());
    writer.text += "\n]}\n";
    writer.text
}

struct Writer<'a> {
    timeline: &'a Timeline,
    text: String,
    /// What is written of each task.
    lanes: Vec<Lane>,
    places: BTreeMap<u32, usize>,
}

/// What is written of a task.
#[derive(Clone, Copy, Default)]
struct Lane {
    /// How many of its spans.
    written: usize,
    /// The moment of the last, in nanoseconds, and how many of no length there are in it.
    at: i64,
    stacked: u32,
}

impl Lane {
    /// Where something at a moment is written, in nanoseconds: never before what is written of that moment.
    fn place(&self, time: i64) -> i64 {
        if time == self.at { time + i64::from(self.stacked / STACKED) } else { time }
    }
}

impl Writer<'_> {
    fn write(&mut self, event: std::fmt::Arguments) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{{\"pid\":{PROCESS},{event}}},");
    }

    /// The names of the threads, and their order, which is the chart's.
    fn threads(&mut self, name: &str) {
        let timeline = self.timeline;
        self.write(format_args!(
            "\"ph\":\"M\",\"name\":\"process_name\",\"args\":{{\"name\":{}}}",
            json(name)
        ));
        for (row, n) in timeline.order.iter().enumerate() {
            let (thread, name) = (thread(*n), json(&timeline.tasks[*n].name));
            self.write(format_args!(
                "\"ph\":\"M\",\"tid\":{thread},\"name\":\"thread_name\",\"args\":{{\"name\":{name}}}"
            ));
            self.write(format_args!(
                "\"ph\":\"M\",\"tid\":{thread},\"name\":\"thread_sort_index\",\
                 \"args\":{{\"sort_index\":{row}}}"
            ));
        }
        if !timeline.lines.is_empty() {
            let (thread, row) = (self.output(), timeline.tasks.len());
            self.write(format_args!(
                "\"ph\":\"M\",\"tid\":{thread},\"name\":\"thread_name\",\"args\":{{\"name\":\"output\"}}"
            ));
            self.write(format_args!(
                "\"ph\":\"M\",\"tid\":{thread},\"name\":\"thread_sort_index\",\
                 \"args\":{{\"sort_index\":{row}}}"
            ));
        }
    }

    /// The thread of what is printed and logged.
    fn output(&self) -> u32 {
        thread(self.timeline.tasks.len())
    }

    /// Slices, flows and lines, in the order of time.
    fn events(&mut self) {
        let timeline = self.timeline;
        let mut lines = timeline.lines.iter().peekable();
        for (n, flow) in timeline.flows.iter().enumerate() {
            while let Some(line) = lines.next_if(|line| line.time <= flow.time) {
                self.line(line);
            }
            self.flow(n, flow);
        }
        lines.for_each(|line| self.line(line));
        for n in 0..timeline.tasks.len() {
            self.slices(n, usize::MAX);
        }
    }

    /// Writes the spans of a task before the one with this number.
    fn slices(&mut self, task: usize, before: usize) {
        let timeline = self.timeline;
        let spans = &timeline.tasks[task].spans;
        let before = before.min(spans.len());
        while self.lanes[task].written < before {
            self.slice(task, &spans[self.lanes[task].written]);
            self.lanes[task].written += 1;
        }
    }

    fn slice(&mut self, task: usize, span: &Span) {
        let timeline = self.timeline;
        let (cause, woken) = (words::cause(timeline, span), words::woken_by(timeline, span));
        let state = words::state(span);
        let name = if cause.is_empty() { state } else { &cause };
        let mut args = format!("\"state\":\"{state}\"");
        if let Some(line) = span.line() {
            let _ = write!(args, ",\"line\":{line}");
        }
        if !woken.is_empty() {
            let _ = write!(args, ",\"woken_by\":{}", json(&woken));
        }
        let (from, to) = (nanos(span.from), nanos(span.to));
        let lane = &mut self.lanes[task];
        if lane.at != from {
            (lane.at, lane.stacked) = (from, 0);
        }
        let mut at = from;
        if to <= from {
            at = lane.place(from);
            lane.stacked += 1;
        }
        // It ends where the next begins, to the nanosecond: what reaches into another is refused.
        let (at, lasts) = (micros(at), micros((to - from).max(0)));
        let thread = thread(task);
        self.write(format_args!(
            "\"ph\":\"X\",\"tid\":{thread},\"ts\":{at},\"dur\":{lasts},\"name\":{},\"cat\":\"{state}\",\
             \"args\":{{{args}}}",
            json(name)
        ));
    }

    fn flow(&mut self, number: usize, flow: &Flow) {
        // Who was never created has no slices to begin or end in.
        let (Some(from), Some(to)) = (self.place(flow.from), self.place(flow.to)) else { return };
        let kind = match flow.kind {
            FlowKind::Created => "created",
            FlowKind::Woke => "woke",
            FlowKind::Cancelled => "cancelled",
            FlowKind::Raised => "raised",
        };
        let lanes = &self.timeline.tasks;
        // What acts is a step; what is done to a task is seen by what it does next.
        let time = nanos(flow.time);
        let acts = acting(&lanes[from], self.lanes[from].written, flow.time);
        self.slices(from, acts);
        let mut at = self.lanes[from].place(time);
        let step = acts.checked_sub(1).map(|last| &lanes[from].spans[last]);
        if step.is_some_and(|step| nanos(step.from) < time && nanos(step.to) == time) {
            // Within the step, for what comes after it in this moment is read first.
            at = time - 1;
        }
        self.end_of_flow(number, kind, ("s", ""), from, at);
        let next = next(&lanes[to], self.lanes[to].written, flow);
        self.slices(to, next);
        let at = self.lanes[to].place(time).max(at);
        self.end_of_flow(number, kind, ("f", ",\"bp\":\"e\""), to, at);
    }

    /// Writes where a flow begins or ends: its phase and how it is bound, the task, the nanosecond.
    fn end_of_flow(&mut self, number: usize, kind: &str, end: (&str, &str), task: usize, at: i64) {
        let ((phase, bound), tid, at) = (end, thread(task), micros(at));
        self.write(format_args!(
            "\"ph\":\"{phase}\",\"tid\":{tid},\"ts\":{at},\"id\":{number},\"name\":\"{kind}\",\
             \"cat\":\"flow\"{bound}"
        ));
    }

    fn line(&mut self, line: &timeline::Line) {
        let (at, text) = (micros(nanos(line.time)), json(&line.text));
        let category = if line.logged { "logged" } else { "printed" };
        let task = line.task.and_then(|id| self.timeline.task(id));
        let args = task.map(|lane| format!(",\"args\":{{\"task\":{}}}", json(&lane.name)));
        let (tid, args) = (self.output(), args.unwrap_or_default());
        self.write(format_args!(
            "\"ph\":\"i\",\"s\":\"t\",\"tid\":{tid},\"ts\":{at},\"name\":{text},\"cat\":\"{category}\"{args}"
        ));
    }

    fn place(&self, id: TaskId) -> Option<usize> {
        self.places.get(&id.0).copied()
    }
}

/// Up to where a lane is written when a step of it acts at `time`: the step that is open, or the next one.
fn acting(lane: &TaskLane, written: usize, time: f64) -> usize {
    let acts = |span: &Span| {
        matches!(span.state, State::Running | State::Blocking)
            && span.from <= time
            && time <= span.to
    };
    if written > 0 && lane.spans.get(written - 1).is_some_and(acts) {
        return written;
    }
    let rest = lane.spans.get(written..).unwrap_or_default();
    let found = rest.iter().take_while(|span| span.from <= time).position(acts);
    found.map_or(written, |n| written + n + 1)
}

/// Up to where a lane is written when something is done to its task: what it does then, that is its first span, or
/// the one after its waiting. One that it is still in is the one that is meant where nothing follows at that moment.
fn next(lane: &TaskLane, written: usize, flow: &Flow) -> usize {
    if flow.kind == FlowKind::Created {
        return written.max(1);
    }
    if flow.kind == FlowKind::Raised {
        return acting(lane, written, flow.time);
    }
    let rest = lane.spans.get(written.saturating_sub(1)..).unwrap_or_default();
    let ends = |span: &Span| matches!(span.state, State::Waiting { .. }) && span.to == flow.time;
    match rest.iter().take_while(|span| span.from <= flow.time).position(ends) {
        Some(n) => written.saturating_sub(1) + n + 2,
        None => lane.spans.partition_point(|span| span.from < flow.time).max(written),
    }
}

fn thread(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}

/// Seconds as nanoseconds, which is what readers count in.
fn nanos(seconds: f64) -> i64 {
    (seconds * 1e9).round() as i64
}

/// Nanoseconds as microseconds, such that who multiplies them and cuts what is less than one has the same again: four
/// tenths of a nanosecond more, where there is a fraction.
fn micros(nanos: i64) -> String {
    let (whole, rest) = (nanos / 1000, nanos % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}4") }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
