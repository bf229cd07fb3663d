//! Messages about the run or the address.

use super::describe::{Describe, seconds};
use crate::ui::nothing;
use crate::ui::shell::Language;
use asyncio::RunError;
use timeline::TaskLane;
use yew::prelude::*;

/// How a run came to a bad end.
#[derive(Clone, PartialEq, Properties)]
pub struct FailureProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// Its end.
    #[prop_or_default]
    pub error: Option<Failure>,
}

/// An error that can be compared by identity of its text.
#[derive(Clone)]
pub struct Failure(pub RunError);

impl PartialEq for Failure {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

/// Says why a run did not end well, naming every blocked task.
#[component]
pub fn FailureNotice(props: &FailureProps) -> Html {
    let FailureProps { language, timeline, error } = props;
    let Some(Failure(error)) = error else { return nothing() };
    let timeline = timeline.look();
    let end = seconds(timeline.end);
    let what = error.to_string();
    match error {
        RunError::Raised(_) => {
            let text = language.fill("error.raised", &[("what", &what), ("time", &end)]);
            html! { <p class="notice" role="status">{text}</p> }
        }
        RunError::TooLong { limit } => {
            let text = language.fill("error.too_long", &[("limit", &limit.to_string())]);
            html! { <p class="notice" role="status">{text}</p> }
        }
        RunError::Stuck(stuck) => {
            let describe = Describe { language: *language, timeline: &timeline };
            let cause =
                |lane: &TaskLane| lane.spans.iter().rev().find_map(|span| describe.cause(span));
            let tasks = stuck.blocked.iter().filter_map(|blocked| timeline.task(blocked.task));
            html! {
                <div class="notice" role="status">
                    <p>{language.fill("error.stuck", &[("time", &end)])}</p>
                    <ul>
                        {for tasks.map(|lane| html! {
                            <li><b>{lane.name.to_string()}</b>{" "}{cause(lane).unwrap_or_default()}</li>
                        })}
                    </ul>
                </div>
            }
        }
    }
}

/// Parts of an address that are named.
const NAMED: usize = 6;

/// What of an address could not be used.
#[derive(Clone, PartialEq, Properties)]
pub struct LinkProps {
    /// The language.
    pub language: Language,
    /// What could not be used; nothing is shown when empty.
    pub refused: Vec<String>,
    /// Whether a piece of the page could not be loaded, which is said instead.
    pub lacks: bool,
    /// The reader has seen it.
    pub on_dismiss: Callback<()>,
}

/// Says which parts of a shared link could not be used, or that a piece of the page is lacking.
#[component]
pub fn LinkNotice(props: &LinkProps) -> Html {
    let LinkProps { language, refused: parts, lacks, .. } = props;
    if parts.is_empty() && !lacks {
        return nothing();
    }
    let what = match parts.get(NAMED..) {
        None | Some([]) => parts.join(", "),
        Some(_) => format!("{}, …", parts[..NAMED].join(", ")),
    };
    let said = match lacks {
        true => language.text("page.no_part"),
        false => language.fill("page.broken_link", &[("what", &what)]),
    };
    html! {
        <div class="notice" role="status">
            <p>{said}</p>
            <button class="button" onclick={props.on_dismiss.reform(|_| ())}>
                {language.text("page.dismiss")}
            </button>
        </div>
    }
}
