//! The chart as a table, for screen readers and for everybody who prefers one.

use super::describe::{Describe, seconds};
use super::language::Language;
use std::rc::Rc;
use timeline::{Span, State, TaskLane, Timeline};
use yew::prelude::*;

/// What the table shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TableProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: Rc<Timeline>,
    /// Whether it is shown to everybody.
    pub shown: bool,
}

/// A row for every span that says something: waits, blocking, and every stretch that took time.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let TableProps { language, timeline, shown } = props;
    let describe = Describe { language: *language, timeline };
    let row = |lane: &TaskLane, span: &Span| {
        html! {
            <tr>
                <th scope="row">{lane.name.to_string()}</th>
                <td>{describe.state(span)}</td>
                <td>{describe.cause(span)}</td>
                <td>{seconds(span.from)}</td>
                <td>{seconds(span.to)}</td>
                <td>{seconds(span.seconds())}</td>
                <td>{describe.woken(span)}</td>
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
            span.seconds() > 0.0 || !matches!(span.state, State::Scheduled | State::Running)
        };
        let spans = lane.spans.iter().filter(says).map(|span| row(lane, span));
        spans.chain(std::iter::once(end(lane))).collect()
    };
    let heading =
        |key: &str| html! { <th scope="col">{language.text(&format!("table.{key}"))}</th> };
    html! {
        <div class={classes!("table", (!shown).then_some("visually-hidden"))}>
            <table id="spans">
                <caption>{language.text("table.heading")}</caption>
                <thead><tr>
                    {heading("task")}{heading("state")}{heading("cause")}{heading("from")}
                    {heading("to")}{heading("seconds")}{heading("woken")}
                </tr></thead>
                <tbody>{for timeline.rows().map(rows)}</tbody>
            </table>
        </div>
    }
}
