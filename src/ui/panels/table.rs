//! The chart as a table, for screen readers and for everybody who prefers one.

use super::describe::{Describe, seconds};
use crate::ui::shell::Language;
use gloo_timers::callback::Timeout;
use timeline::{Span, State, TaskLane};
use yew::prelude::*;

/// How long the run must have stood still before a table that nobody sees follows it, in milliseconds.
const SETTLED: u32 = 100;

/// What the table shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TableProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// Whether it is shown to everybody.
    pub shown: bool,
}

/// The table. As long as it is only for those who have it read to them, it is rendered when the run has
/// come to rest, and not while a slider moves.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let TableProps { language, timeline, shown } = props;
    let settled = use_state(|| None::<timeline::Shared>);
    {
        let settled = settled.clone();
        use_effect_with(timeline.clone(), move |timeline| {
            let timeline = timeline.clone();
            let timeout = Timeout::new(SETTLED, move || settled.set(Some(timeline)));
            move || drop(timeout)
        });
    }
    let busy = !shown && settled.as_ref() != Some(timeline);
    let timeline = if *shown { Some(timeline.clone()) } else { (*settled).clone() };
    html! {
        <div class={classes!("table", (!shown).then_some("visually-hidden"))} aria-busy={busy.to_string()}>
            if let Some(timeline) = timeline { <Rows language={*language} {timeline} /> }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RowsProps {
    language: Language,
    timeline: timeline::Shared,
}

/// A row for every span that says something: waits, blocking, and every stretch that took time.
#[component]
fn Rows(props: &RowsProps) -> Html {
    let RowsProps { language, timeline } = props;
    let timeline = timeline.look();
    let describe = Describe { language: *language, timeline: &timeline };
    let row = |lane: &TaskLane, span: &Span| {
        html! {
            <tr>
                <th scope="row">{lane.name.to_string()}</th>
                <td>{describe.state(span)}</td>
                <td>{describe.cause(span)}</td>
                <td>{seconds(span.from)}</td>
                <td>{seconds(span.to)}</td>
                <td>{seconds(span.seconds())}</td>
                <td>{describe.woken(lane, span)}</td>
            </tr>
        }
    };
    let end = |lane: &TaskLane| {
        let time = lane.ended.map(seconds);
        html! {
            <tr>
                <th scope="row">{lane.name.to_string()}</th>
                <td>{describe.outcome(lane)}</td>
                <td></td><td>{time.clone()}</td><td>{time}</td><td></td><td></td>
            </tr>
        }
    };
    let rows = |lane: &TaskLane| -> Html {
        let says = |span: &&Span| {
            span.seconds() > 0.0 || !matches!(span.state, State::Ready | State::Running)
        };
        let spans = lane.spans.iter().filter(says).map(|span| row(lane, span));
        spans.chain(std::iter::once(end(lane))).collect()
    };
    let heading =
        |key: &str| html! { <th scope="col">{language.text(&format!("table.{key}"))}</th> };
    html! {
        <table id="spans">
            <caption>{language.text("table.heading")}</caption>
            <thead><tr>
                {heading("task")}{heading("state")}{heading("cause")}{heading("from")}
                {heading("to")}{heading("seconds")}{heading("woken")}
            </tr></thead>
            <tbody>{for timeline.rows().map(rows)}</tbody>
        </table>
    }
}
