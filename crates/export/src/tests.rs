mod reader;

use crate::{csv, perfetto};
use examples::Example;
use serde_json::Value;
use timeline::{State, Timeline};
use trace::{Actor, Event, EventKind, TaskId, Wait};

/// Events that every example stays below.
const BUDGET: u64 = 1_000_000;

/// The timelines of all examples.
fn timelines() -> impl Iterator<Item = (&'static str, timeline::Timeline)> {
    examples::CATALOGUE
        .iter()
        .map(|example| (example.id, run::instant(example, &example.defaults(), BUDGET).timeline()))
}

/// Those with their defaults, and with each parameter at its least and at its most.
fn at_both_ends() -> impl Iterator<Item = (String, Timeline)> {
    let ends = |example: &'static Example| {
        let ends = example
            .params
            .iter()
            .flat_map(|param| param.ends().into_iter().map(|value| (param.name, value.plain())));
        ends.map(|(name, text)| {
            let mut args = example.defaults();
            args.set(name, &text).unwrap_or_else(|refusal| panic!("{name} = {text}: {refusal}"));
            let timeline = run::instant(example, &args, BUDGET).timeline();
            (format!("{} {name}={text}", example.id), timeline)
        })
    };
    let own = timelines().map(|(id, timeline)| (id.to_owned(), timeline));
    own.chain(examples::CATALOGUE.iter().copied().flat_map(ends))
}

fn events(text: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(text).expect("it is JSON");
    json["traceEvents"].as_array().expect("a list of events").clone()
}

#[test]
fn a_trace_has_a_slice_for_each_span_and_the_ends_of_each_flow() {
    for (id, timeline) in timelines() {
        let events = events(&perfetto(&timeline, id));
        let count = |phase: &str| events.iter().filter(|event| event["ph"] == phase).count();
        let spans: usize = timeline.tasks.iter().map(|lane| lane.spans.len()).sum();
        assert_eq!(count("X"), spans, "{id}");
        assert_eq!((count("s"), count("f")), (timeline.flows.len(), timeline.flows.len()), "{id}");
        assert_eq!(count("i"), timeline.lines.len(), "{id}");
    }
}

/// With their defaults and at both ends of their parameters.
#[test]
fn perfetto_takes_every_slice_and_binds_every_flow() {
    let (mut begun, mut in_steps) = (0, 0);
    for (id, timeline) in at_both_ends() {
        let read = reader::read(&perfetto(&timeline, &id));
        assert_eq!(read.refused, Vec::<String>::new(), "{id}");
        for (n, lane) in timeline.tasks.iter().enumerate() {
            let own = read.slices.iter().filter(|slice| slice.thread == n as u64 + 1).count();
            assert_eq!(own, lane.spans.len(), "{id}: {}", lane.name);
        }
        let lines = read.slices.iter().filter(|slice| slice.state.is_empty()).count();
        assert_eq!(lines, timeline.lines.len(), "{id}");
        assert_eq!(read.flows.len(), timeline.flows.len(), "{id}");
        for (number, from, to) in &read.flows {
            let flow = &timeline.flows[*number];
            let (from, to) = (&read.slices[*from], &read.slices[*to]);
            let task = |slice: &reader::Slice| timeline.tasks[slice.thread as usize - 1].id;
            assert_eq!((task(from), task(to)), (flow.from, flow.to), "{id}: {flow:?}");
            // What a step has scheduled acts on its account, later.
            let steps = timeline.task(flow.from).expect("a task").spans.iter();
            let acts = |span: &timeline::Span| {
                matches!(span.state, State::Running | State::Blocking)
                    && (span.from..=span.to).contains(&flow.time)
            };
            if steps.clone().any(acts) {
                begun += 1;
                in_steps += usize::from(["running", "blocking"].contains(&&*from.state));
            }
        }
    }
    assert!(begun > 5000, "{begun}");
    assert_eq!(in_steps, begun, "flows that begin in steps");
}

/// More slices of no length than Perfetto stacks, and lengths that are no whole nanoseconds.
#[test]
fn perfetto_takes_what_is_crowded_or_crooked() {
    let (task, other) = (TaskId(0), TaskId(1));
    let mut events = Vec::new();
    for (task, parent) in [(task, None), (other, Some(task))] {
        let name = format!("Task-{}", task.0).into();
        events.push(Event {
            time: 0.0,
            kind: EventKind::TaskCreated { task, parent, name, eager: false },
        });
    }
    let mut time = 0.0;
    for n in 0..3000 {
        let step = EventKind::StepBegan { task, drift: 0.0 };
        let wait = EventKind::Suspended { task, wait: Wait::NextIteration, at: None };
        let woken = EventKind::Woken { task, by: Actor::Task(other) };
        for kind in [step, wait, woken] {
            events.push(Event { time, kind });
            if n >= 1500 {
                time += 1.0 / 3e6 + f64::from(n) * 7e-10;
            }
        }
    }
    let timeline = timeline::Timeline::new(&events, time);
    let read = reader::read(&perfetto(&timeline, "crowded"));
    assert_eq!(read.refused, Vec::<String>::new());
    let spans: usize = timeline.tasks.iter().map(|lane| lane.spans.len()).sum();
    assert!(spans > 8000);
    assert_eq!((read.slices.len(), read.flows.len()), (spans, timeline.flows.len()));
}

#[test]
fn a_table_has_a_row_for_each_span_and_each_end() {
    for (id, timeline) in timelines() {
        let spans: usize = timeline.tasks.iter().map(|lane| lane.spans.len() + 1).sum();
        let rows = csv(&timeline).matches("\r\n").count();
        assert_eq!(rows, spans + 1, "{id}");
    }
}

#[test]
fn nothing_in_a_page_is_taken_for_markup() {
    let hostile = "</pre><script>alert(1)</script>\" onload=\"x";
    let mut page = crate::Page::new(hostile, hostile);
    page.link(hostile, hostile);
    page.facts(hostile, &[(hostile.to_owned(), hostile.to_owned())]);
    page.table(hostile, &[hostile.to_owned()], &[vec![hostile.to_owned()]]);
    page.code(hostile, hostile);
    let html = page.finish();
    assert!(!html.contains("<script") && !html.contains("\" onload"), "{html}");
    assert_eq!(html.matches("&lt;script>").count(), 13, "each is there as text: {html}");
}
