use crate::{csv, perfetto};
use serde_json::Value;
use std::collections::BTreeMap;
use timeline::State;

/// Events that every example stays below.
const BUDGET: u64 = 1_000_000;

/// The timelines of all examples.
fn timelines() -> impl Iterator<Item = (&'static str, timeline::Timeline)> {
    examples::CATALOGUE
        .iter()
        .map(|example| (example.id, run::instant(example, &example.defaults(), BUDGET).timeline()))
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

/// As readers bind them: to the slice that came last on the thread and has begun by then.
#[test]
fn flows_begin_in_steps_and_end_in_slices_of_their_moment() {
    let mut begun = 0;
    for (id, timeline) in timelines() {
        // A stable sort by time is what readers do first.
        let mut events = events(&perfetto(&timeline, id));
        events.sort_by(|a, b| {
            a["ts"].as_f64().unwrap_or(-1.0).total_cmp(&b["ts"].as_f64().unwrap_or(-1.0))
        });
        let mut open: BTreeMap<u64, &Value> = BTreeMap::new();
        for event in &events {
            let thread = event["tid"].as_u64().unwrap_or_default();
            match event["ph"].as_str() {
                Some("X") => drop(open.insert(thread, event)),
                Some("s") => {
                    let slice = open.get(&thread).unwrap_or_else(|| panic!("{id}: {event}"));
                    let state = slice["args"]["state"].as_str().unwrap_or_default();
                    let flow = &timeline.flows[event["id"].as_u64().expect("a number") as usize];
                    let steps = timeline.task(flow.from).expect("a task").spans.iter();
                    // What a step has scheduled acts on its account, later.
                    let mut steps = steps.filter(|span| {
                        matches!(span.state, State::Running | State::Blocking)
                            && (span.from..=span.to).contains(&flow.time)
                    });
                    if steps.next().is_some() {
                        let runs = ["running", "blocking"].contains(&state);
                        assert!(runs, "{id}: {event} in {slice}");
                        begun += 1;
                    }
                }
                Some("f") => assert!(open.contains_key(&thread), "{id}: {event}"),
                _ => {}
            }
        }
    }
    assert!(begun > 500, "{begun}");
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
