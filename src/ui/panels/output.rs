//! The panel below the program: what was printed, what everything is at, who comes next.

use crate::ui::shell::Language;
use yew::prelude::*;

/// What the panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What was printed.
    #[default]
    Output,
    /// What everything is at, at the playhead.
    Moment,
    /// Who comes next: it is asked before it is shown.
    Next,
}

/// The tabs, with the keys of their words.
const TABS: [(Tab, &str, &str); 3] = [
    (Tab::Output, "tab-output", "console.heading"),
    (Tab::Moment, "tab-moment", "moment.heading"),
    (Tab::Next, "tab-next", "next.heading"),
];

/// What the panel has.
#[derive(PartialEq, Properties)]
pub struct OutputProps {
    /// The language.
    pub language: Language,
    /// What it shows.
    pub tab: Tab,
    /// The reader wants to see something else.
    pub on_tab: Callback<Tab>,
    /// That, shown.
    pub children: Html,
}

/// The panel with its tabs.
#[component]
pub fn Output(props: &OutputProps) -> Html {
    let OutputProps { language, tab, on_tab, children } = props;
    let button = |(which, id, words): &(Tab, &'static str, &str)| {
        let which = *which;
        html! {
            <button role="tab" id={*id} aria-selected={(which == *tab).to_string()} aria-controls="output-panel"
                onclick={on_tab.reform(move |_: MouseEvent| which)}>{language.text(words)}</button>
        }
    };
    html! {
        <section class="panel output" aria-label={language.text("console.heading")}>
            <div class="panel-head">
                <div role="tablist" aria-label={language.text("console.heading")}>{for TABS.iter().map(button)}</div>
            </div>
            <div id="output-panel" role="tabpanel" aria-label={language.text("console.heading")}>{children.clone()}</div>
        </section>
    }
}
