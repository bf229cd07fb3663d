//! What is found in a run, as `cargo xtask run` and `trace` tell it: the findings of the page.

use causes::{Causes, Finding, findings};
use serde::Serialize;
use timeline::{Order, Timeline};
use trace::{Event, Site};

use crate::report::say;
use crate::run::{name, resource};

/// Something that was found, as `--json` prints it.
#[derive(Serialize)]
pub struct Found {
    kind: &'static str,
    seconds: f64,
    count: usize,
    time: f64,
    task: Option<String>,
    other: Option<String>,
    resource: Option<String>,
    line: Option<u32>,
    circle: Vec<String>,
}

/// All that is found in a run, what is wrong first; `line` says which line a site is.
pub fn found(
    events: &[Event],
    timeline: &Timeline,
    line: impl Fn(&Site) -> Option<u32>,
) -> Vec<Found> {
    let order = Order::new(events.to_vec());
    let tell = |finding: Finding| Found {
        kind: finding.flaw.name(),
        seconds: finding.seconds,
        count: finding.count,
        time: order.events().get(finding.event).map_or(0.0, |event| event.time),
        task: finding.task.map(|task| name(timeline, task)),
        other: finding.other.map(|task| name(timeline, task)),
        resource: finding.resource.map(|id| resource(timeline, id)),
        line: finding.site.as_ref().and_then(&line),
        circle: finding.circle.iter().map(|(task, _)| name(timeline, *task)).collect(),
    };
    findings(&Causes::of(&order), timeline).into_iter().map(tell).collect()
}

impl Found {
    /// Prints it for people.
    pub fn print(&self) {
        let part = |before: &str, what: Option<&str>| {
            what.map_or_else(String::new, |what| format!("{before}{what}"))
        };
        let line = self.line.map(|line| line.to_string());
        say(format_args!(
            "found {} at {:.3} s{}{}{}{}: {:.3} s at stake, {} of them",
            self.kind,
            self.time,
            part(", line ", line.as_deref()),
            part(", ", self.task.as_deref()),
            part(" and ", self.other.as_deref()),
            part(", ", self.resource.as_deref()),
            self.seconds,
            self.count
        ));
    }
}
