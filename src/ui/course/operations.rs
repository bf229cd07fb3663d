//! What examples use of asyncio.

use crate::ui::shell::Language;
use examples::CATALOGUE;
use std::collections::BTreeSet;
use yew::prelude::*;

/// A row of operations.
#[derive(Clone, PartialEq, Properties)]
pub struct OperationsProps {
    /// The language.
    pub language: Language,
    /// The operations.
    pub operations: Vec<&'static str>,
    /// The one whose examples are listed.
    pub current: Option<&'static str>,
    /// The reader wants to see which examples use one.
    pub on_operation: Callback<Option<&'static str>>,
}

/// Operations, each of which shows the examples that use it.
#[component]
pub fn Operations(props: &OperationsProps) -> Html {
    let chip = |operation: &&'static str| {
        let operation = *operation;
        let uses = CATALOGUE.iter().filter(|example| example.operations.contains(&operation));
        let count = uses.count().to_string();
        let title =
            props.language.fill("operations.count", &[("operation", operation), ("n", &count)]);
        html! {
            <li><button class="chip" data-operation={operation} {title}
                aria-pressed={(props.current == Some(operation)).to_string()}
                onclick={props.on_operation.reform(move |_| Some(operation))}>
                <code>{operation}</code><small>{count}</small>
            </button></li>
        }
    };
    html! { <ul class="chips">{for props.operations.iter().map(chip)}</ul> }
}

/// All operations that examples use, in the order of the alphabet.
pub(super) fn all() -> Vec<&'static str> {
    let all = CATALOGUE.iter().flat_map(|example| example.operations.iter().copied());
    let mut all: Vec<_> = all.collect::<BTreeSet<_>>().into_iter().collect();
    sorting::by_key(&mut all, |operation| operation.to_lowercase());
    all
}
