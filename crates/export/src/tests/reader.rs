//! Reads what Perfetto would read of a trace, by the rules of its trace processor: how it rounds, in which order it
//! takes what is of one moment, which slices it nests or refuses, and to which slice it binds the end of a flow.
//! (`src/trace_processor` in its sources: the importer of JSON, the sorter, the trackers of slices and flows.)

use serde_json::Value;
use std::collections::HashMap;

/// So deep slices may be nested; newer versions take more.
const DEPTH: usize = 255;

/// A slice that was taken.
#[derive(Debug)]
pub struct Slice {
    pub thread: u64,
    /// Nanoseconds.
    pub from: i64,
    pub lasts: i64,
    /// The state that its arguments name; an instant has none.
    pub state: String,
}

/// What was read.
#[derive(Default)]
pub struct Read {
    pub slices: Vec<Slice>,
    /// The number of each flow, and the slices that it is bound to.
    pub flows: Vec<(usize, usize, usize)>,
    /// What was not taken, and why.
    pub refused: Vec<String>,
    /// The slices that are open on each thread, the innermost last.
    open: HashMap<u64, Vec<usize>>,
    /// Where flows begin.
    begun: HashMap<(u64, String, String), usize>,
    threads: HashMap<u64, String>,
}

/// Reads a trace.
pub fn read(text: &str) -> Read {
    let json: Value = serde_json::from_str(text).expect("it is JSON");
    let mut events: Vec<&Value> =
        json["traceEvents"].as_array().expect("a list of events").iter().collect();
    // A stable sort: what is of one moment and not told apart stays as it is in the file.
    events.sort_by_key(|event| {
        let phase = event["ph"].as_str().expect("a phase");
        let key = match phase {
            "E" => i64::MIN,
            "X" => i64::MAX - nanos(&event["dur"]),
            _ => i64::MAX,
        };
        (if phase == "M" { i64::MIN } else { nanos(&event["ts"]) }, key)
    });
    let mut read = Read::default();
    events.into_iter().for_each(|event| read.event(event));
    read
}

/// Microseconds as nanoseconds, with what is less than one cut off.
fn nanos(number: &Value) -> i64 {
    match number.as_i64() {
        Some(whole) => whole * 1000,
        None => (number.as_f64().expect("a number") * 1000.0) as i64,
    }
}

impl Read {
    fn event(&mut self, event: &Value) {
        assert_eq!(event["pid"], 1);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let phase = text(&event["ph"]);
        if phase == "M" {
            if event["name"] == "thread_name" {
                let thread = event["tid"].as_u64().expect("a thread");
                self.threads.insert(thread, text(&event["args"]["name"]));
            }
            return;
        }
        let thread = event["tid"].as_u64().expect("a thread");
        assert!(self.threads.contains_key(&thread), "thread {thread} has no name");
        assert!(!text(&event["name"]).is_empty() || phase == "i", "{event}");
        let flow =
            || (event["id"].as_u64().expect("a number"), text(&event["cat"]), text(&event["name"]));
        let top = self.open.get(&thread).and_then(|open| open.last().copied());
        match &*phase {
            "X" | "i" => {
                let lasts = if phase == "X" { nanos(&event["dur"]) } else { 0 };
                assert!(lasts >= 0, "{event}");
                let state = text(&event["args"]["state"]);
                self.slice(Slice { thread, from: nanos(&event["ts"]), lasts, state });
            }
            "s" => match top {
                Some(slice) => {
                    if self.begun.insert(flow(), slice).is_some() {
                        self.refused.push(format!("{event} has begun before"));
                    }
                }
                None => self.refused.push(format!("{event} begins in no slice")),
            },
            "f" => {
                assert_eq!(event["bp"], "e", "{event} is bound to what comes next");
                match (self.begun.get(&flow()), top) {
                    (Some(from), Some(to)) => self.flows.push((flow().0 as usize, *from, to)),
                    _ => self.refused.push(format!("{event} ends nothing, or in no slice")),
                }
            }
            other => panic!("nobody writes {other}"),
        }
    }

    /// Takes a slice, if it lies within those that are open or after them.
    fn slice(&mut self, new: Slice) {
        let open = self.open.entry(new.thread).or_default();
        while let Some(last) = open.last().map(|last| &self.slices[*last]) {
            let end = last.from + last.lasts;
            // Slices of no length at one moment are nested in one another.
            let over = end < new.from || end == new.from && (last.lasts > 0 || new.lasts > 0);
            if !over {
                break;
            }
            open.pop();
        }
        let reaches_out = open.iter().map(|slice| &self.slices[*slice]).find(|slice| {
            let end = slice.from + slice.lasts;
            new.from < end && end < new.from + new.lasts
        });
        if let Some(around) = reaches_out {
            self.refused.push(format!("{new:?} reaches out of {around:?}"));
        } else if open.len() >= DEPTH {
            self.refused.push(format!("{new:?} is nested too deeply"));
        } else {
            open.push(self.slices.len());
            self.slices.push(new);
        }
    }
}
