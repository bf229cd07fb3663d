//! What the marks of the chart mean; only those that the run has.

use crate::ui::shell::Language;
use crate::ui::term::Term;
use ::chart::Hatch;
use timeline::{Category, Deadline, FlowKind, Span, State, TaskLane, Timeline};
use trace::Outcome;
use yew::prelude::*;

/// What the legend explains.
#[derive(Clone, PartialEq, Properties)]
pub struct LegendProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// Whether it has come to its end: what has not ended then never will.
    #[prop_or(true)]
    pub over: bool,
}

/// A list of marks.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let entry = |key: &str| {
        let text = props.language.text(&format!("legend.{key}"));
        let note = props.language.text(&format!("legend_note.{key}"));
        html! { <li class={format!("legend-{key}")}><Term {note}><i></i>{text}</Term></li> }
    };
    html! {
        <ul class="legend" aria-label={props.language.text("legend.heading")}>
            {for keys(&props.timeline.look(), props.over).into_iter().map(entry)}
        </ul>
    }
}

/// The marks of a run, in the order of the legend.
fn keys(timeline: &Timeline, over: bool) -> Vec<&'static str> {
    let spans = || timeline.tasks.iter().flat_map(|lane| &lane.spans);
    let span = |is: fn(&Span) -> bool| spans().any(|span| span.seconds() > 0.0 && is(span));
    let hatched = |hatch: Hatch| {
        let mut long = spans().filter(|span| span.seconds() > 0.0);
        long.any(|span| Category::of(span).and_then(Hatch::of) == Some(hatch))
    };
    let ended = |is: fn(&Outcome) -> bool| {
        timeline.tasks.iter().filter_map(|lane| lane.outcome.as_ref()).any(is)
    };
    let link = |kind| timeline.flows.iter().any(|flow| flow.kind == kind);
    let deadlines = || {
        let within =
            |deadline: &&Deadline| deadline.reached().is_some_and(|due| due <= timeline.end);
        timeline.deadlines.iter().filter(within)
    };
    let accesses = || timeline.resources.iter().flat_map(|lane| lane.accesses.all());
    let marks = [
        ("sleep", span(|span| Category::of(span) == Some(Category::Sleep))),
        ("tasks", span(|span| Category::of(span) == Some(Category::Tasks))),
        ("permit", hatched(Hatch::Rising)),
        ("queue", hatched(Hatch::Falling)),
        ("outer", hatched(Hatch::Upright)),
        ("other", hatched(Hatch::Crossed)),
        ("scheduled", span(|span| matches!(span.state, State::Ready))),
        ("due", span(|span| matches!(span.state, State::Due))),
        ("blocking", span(|span| matches!(span.state, State::Blocking))),
        ("held", timeline.held.iter().any(|held| held.to > held.from)),
        ("step", true),
        ("done", ended(|outcome| *outcome == Outcome::Done)),
        ("failed", ended(|outcome| matches!(outcome, Outcome::Failed(_)))),
        ("cancelled", ended(|outcome| *outcome == Outcome::Cancelled)),
        ("never", over && timeline.tasks.iter().any(|lane| lane.ended.is_none())),
        ("deadline", deadlines().any(|deadline| deadline.expired.is_none())),
        ("expired", deadlines().any(|deadline| deadline.expired.is_some())),
        ("cleanup", timeline.tasks.iter().any(|lane| cleans_up(timeline, lane))),
        ("set", timeline.resources.iter().any(|lane| !lane.raised.is_empty())),
        ("notifies", timeline.resources.iter().any(|lane| !lane.notices.is_empty())),
        ("written", accesses().any(|access| access.writes)),
        ("read", accesses().any(|access| !access.writes)),
        ("lost", accesses().any(|access| access.over.is_some())),
        ("wakes", link(FlowKind::Woke)),
        ("cancels", link(FlowKind::Cancelled)),
        ("raises", link(FlowKind::Raised)),
    ];
    marks.into_iter().filter(|(_, has)| *has).map(|(key, _)| key).collect()
}

fn cleans_up(timeline: &Timeline, lane: &TaskLane) -> bool {
    timeline.cleanups(lane).any(|cleanup| cleanup.to > cleanup.from)
}
