//! What a run is compared with, and where the two part.

use super::pinned::Pinned;
use crate::ui::panels::seconds;
use crate::ui::player::Story;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use timeline::{Comparison, Order};
use yew::prelude::*;

/// What is compared.
#[derive(PartialEq, Properties)]
pub struct CompareLineProps {
    /// The language.
    pub language: Language,
    /// The run that is shown.
    pub timeline: timeline::Shared,
    /// What happened in it, one thing after another.
    pub order: Shared<Order>,
    /// What it is compared with.
    pub pinned: Shared<Pinned>,
    /// How it compares.
    pub comparison: Shared<Comparison>,
    /// To the place of the order where they part.
    pub on_go: Callback<usize>,
    /// No more of it.
    pub on_unpin: Callback<()>,
}

/// What the run is compared with, the first place where they part, with a way there, and the tasks that only the other
/// run has.
#[component]
pub fn CompareLine(props: &CompareLineProps) -> Html {
    let CompareLineProps { language, timeline, order, pinned, comparison, .. } = props;
    let language = *language;
    let other = pinned.timeline.look();
    let run = timeline.look();
    let said = |order: &Order, timeline: &timeline::Timeline, n: Option<usize>| match n {
        Some(n) => Story { language, order, timeline }.event(n),
        None => language.text("whatif.over"),
    };
    let parting = comparison.parting.map(|parting| {
        let here = said(order, &run, parting.here);
        let there = said(&pinned.order, &other, parting.there);
        let place = parting.here.map_or(order.last(), |n| n + 1);
        let time = seconds(order.time(place));
        let text =
            language.fill("whatif.part", &[("time", &time), ("here", &here), ("there", &there)]);
        (text, place)
    });
    let (text, place) = match parting {
        Some((text, place)) => (text, Some(place)),
        None => (language.text("whatif.same"), None),
    };
    let missing = comparison.missing.iter().map(|n| other.tasks[*n].name.to_string());
    let missing = missing.collect::<Vec<_>>().join(", ");
    let missing =
        (!missing.is_empty()).then(|| language.fill("whatif.missing", &[("tasks", &missing)]));
    let what = if pinned.kept { "whatif.pinned" } else { "whatif.tried" };
    let name = language.fill(what, &[("name", &pinned.name(language))]);
    let all = [text.clone()].into_iter().chain(missing.clone()).collect::<Vec<_>>().join(" ");
    html! {
        <div class="compare" id="compare" role="group" aria-label={language.text("whatif.compare")}>
            <span class="swatch" aria-hidden="true"></span>
            <span class="with" title={name.clone()}>{name}</span>
            <span class="parting" title={all}>
                {text}
                if let Some(missing) = missing { {" "}{missing} }
            </span>
            if let Some(place) = place {
                <button id="parting" class="button quiet" onclick={props.on_go.reform(move |_: MouseEvent| place)}>
                    {language.text("whatif.go")}
                </button>
            }
            <button id="unpin" class="button quiet" aria-label={language.text("whatif.unpin")}
                title={language.text("whatif.unpin")} onclick={props.on_unpin.reform(|_: MouseEvent| ())}>
                {"✕"}
            </button>
        </div>
    }
}
