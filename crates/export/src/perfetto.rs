//! A trace in the format that Perfetto, Chrome and speedscope open: "Trace Event Format", JSON.
//!
//! A task is a thread, its spans are slices (`X`), flows (`s`, `f`) go from the step that acts to what the other task
//! does next, and a printed line is an instant (`i`). Moments are microseconds.
//!
//! Readers bind the end of a flow to the slice that is open on its thread when it comes, in the order of time and,
//! within a moment, of the file. On a virtual clock steps take no time, so the order of the file is what tells: slices
//! of a lane are written up to the one that a flow belongs to, then the flow.

use crate::words;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use timeline::{Flow, FlowKind, Span, State, TaskLane, Timeline};
use trace::TaskId;

/// The process of all tasks.
const PROCESS: u32 = 1;

/// The thread of what is outside of tasks.
const OUTSIDE: u32 = 0;

/// The trace of a run, which is called `name`.
pub fn perfetto(timeline: &Timeline, name: &str) -> String {
    let mut writer = Writer {
        timeline,
        text: String::from("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n"),
        written: vec![0; timeline.tasks.len()],
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
    /// How many spans of each task are written.
    written: Vec<usize>,
    places: BTreeMap<u32, usize>,
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
        let lane = &timeline.tasks[task];
        let before = before.min(lane.spans.len());
        for span in &lane.spans[self.written[task].min(before)..before] {
            self.slice(thread(task), span);
        }
        self.written[task] = self.written[task].max(before);
    }

    fn slice(&mut self, thread: u32, span: &Span) {
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
        let (at, lasts) = (micros(span.from), micros(span.seconds()));
        self.write(format_args!(
            "\"ph\":\"X\",\"tid\":{thread},\"ts\":{at},\"dur\":{lasts},\"name\":{},\"cat\":\"{state}\",\
             \"args\":{{{args}}}",
            json(name)
        ));
    }

    fn flow(&mut self, number: usize, flow: &Flow) {
        let (from, to) = (self.place(flow.from), self.place(flow.to));
        let kind = match flow.kind {
            FlowKind::Created => "created",
            FlowKind::Woke => "woke",
            FlowKind::Cancelled => "cancelled",
        };
        let time = flow.time;
        let lanes = &self.timeline.tasks;
        // What acts is a step; what is done to a task is seen by what it does next.
        let acting = from.map(|n| (n, acting(&lanes[n], self.written[n], time)));
        let next = to.map(|n| (n, next(&lanes[n], self.written[n], flow)));
        let at = micros(time);
        for (phase, end) in [("s", acting), ("f", next)] {
            let tid = match end {
                Some((n, before)) => {
                    self.slices(n, before);
                    thread(n)
                }
                None => OUTSIDE,
            };
            let enclosing = if phase == "f" { ",\"bp\":\"e\"" } else { "" };
            self.write(format_args!(
                "\"ph\":\"{phase}\",\"tid\":{tid},\"ts\":{at},\"id\":{number},\"name\":\"{kind}\",\
                 \"cat\":\"flow\"{enclosing}"
            ));
        }
    }

    fn line(&mut self, line: &timeline::Line) {
        let tid = line.task.and_then(|id| self.place(id)).map_or(OUTSIDE, thread);
        let (at, text) = (micros(line.time), json(&line.text));
        let category = if line.logged { "logged" } else { "printed" };
        self.write(format_args!(
            "\"ph\":\"i\",\"s\":\"t\",\"tid\":{tid},\"ts\":{at},\"name\":{text},\"cat\":\"{category}\""
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

/// Seconds as microseconds, to the nanosecond: what readers count in.
fn micros(seconds: f64) -> f64 {
    (seconds * 1e9).round() / 1e3
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
