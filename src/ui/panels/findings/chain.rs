//! Why the selected task ran last, back to the start.

use super::Goal;
use crate::ui::panels::describe::{Describe, seconds};
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use causes::{Cause, Causes, Piece, Reason};
use timeline::Order;
use trace::{Actor, TaskId};
use yew::prelude::*;

/// Links beyond these are only counted.
const LINKS: usize = 14;

/// What the chain is of.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ChainProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// Its order.
    pub order: Shared<Order>,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// Where the playhead stands in the order.
    pub place: usize,
    /// The reader wants to look at something.
    pub on_go: Callback<Goal>,
}

/// A step of a task, and why it ran.
struct Row {
    goal: Goal,
    time: f64,
    task: TaskId,
    why: String,
    pieces: Vec<Piece>,
}

/// Why the selected task ran last before the playhead, back to the start.
#[component]
pub(super) fn Chain(props: &ChainProps) -> Html {
    let ChainProps { language, timeline, order, selected, place, on_go } = props;
    let language = *language;
    let run = timeline.look();
    let describe = Describe { language, timeline: &run };
    let causes = Causes::of(order);
    let step = selected.and_then(|task| Some((task, causes.step_of(task, *place)?)));
    let Some((task, step)) = step else {
        return html! {
            <section class="chain">
                <h3>{language.text("chain.heading")}</h3>
                <p class="nothing">{language.text(if selected.is_none() { "chain.select" } else { "chain.not_yet" })}</p>
            </section>
        };
    };
    let rows = rows(language, &describe, causes.chain(step));
    let left = rows.len().saturating_sub(LINKS);
    let row = |row: &Row| {
        let goal = row.goal;
        let pieces = row.pieces.iter().map(|piece| {
            format!("{} {} s", language.text(piece.kind.key()), seconds(piece.seconds()))
        });
        let pieces: Vec<String> = pieces.collect();
        html! {
            <li>
                <button type="button" class="go" onclick={on_go.reform(move |_: MouseEvent| goal)}>
                    <b>{format!("{} s", seconds(row.time))}</b>{" "}{describe.task(row.task)}
                </button>
                <span class="why">{&row.why}</span>
                <span class="stake">{pieces.join(" + ")}</span>
            </li>
        }
    };
    let time = seconds(order.events().get(step).map_or(0.0, |event| event.time));
    html! {
        <section class="chain">
            <h3>{language.fill("chain.why", &[("task", &describe.task(task)), ("time", &time)])}</h3>
            <ol>{for rows.iter().take(LINKS).map(row)}</ol>
            if left > 0 {
                <p class="more">{language.fill("chain.more", &[("n", &left.to_string())])}</p>
            }
        </section>
    }
}

/// The steps of tasks in a chain; what lies between two, callbacks and jobs, is told with the later.
fn rows(language: Language, describe: &Describe, chain: Vec<Cause>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for cause in chain {
        let why = reason(language, describe, cause.reason);
        match (cause.task, rows.last_mut()) {
            (Some(task), _) => {
                let goal = Goal::event(cause.event, Some(task));
                rows.push(Row { goal, time: cause.time, task, why, pieces: cause.pieces });
            }
            // A callback that takes no time says nothing more.
            (None, Some(row)) => row.pieces.splice(0..0, cause.pieces).for_each(drop),
            (None, None) => {}
        }
    }
    rows
}

/// Why something ran.
fn reason(language: Language, describe: &Describe, reason: Reason) -> String {
    let on = |key: &str, by: Actor| match by {
        Actor::Task(task) => {
            language.fill(&format!("{key}_task"), &[("task", &describe.task(task))])
        }
        Actor::Timer(_) => language.text("chain.timer"),
        Actor::Timeout(_) => language.text(&format!("{key}_timeout")),
        Actor::Network => language.text("chain.network"),
        Actor::Outside => language.text("chain.outside"),
    };
    match reason {
        Reason::Start => language.text("chain.start"),
        Reason::Created(Some(parent)) => {
            language.fill("chain.created", &[("task", &describe.task(parent))])
        }
        Reason::Created(None) => language.text("chain.created_outside"),
        Reason::Woken(by) | Reason::Called(by) => on("chain.woken", by),
        Reason::Cancelled(by) => on("chain.cancelled", by),
        Reason::Timer => language.text("chain.timer"),
        Reason::Job => language.text("chain.job"),
        Reason::Network => language.text("chain.network"),
        Reason::Script => language.text("chain.script"),
        Reason::Loop => language.text("chain.loop"),
        Reason::Unknown => language.text("chain.outside"),
    }
}
