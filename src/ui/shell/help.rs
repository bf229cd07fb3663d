//! Keys and terms.

use super::Language;
use super::dialog::Dialog;
use super::language::rich;
use yew::prelude::*;

/// The terms, in the order in which they build on one another; some have their sentences elsewhere on the page.
const TERMS: [(&str, &str); 11] = [
    ("help.task", "help.task_note"),
    ("help.future", "help.future_note"),
    ("help.step", "legend_note.step"),
    ("help.ready", "legend_note.scheduled"),
    ("help.holds", "legend_note.blocking"),
    ("help.due", "legend_note.due"),
    ("help.iteration", "help.iteration_note"),
    ("figures.makespan", "figures.makespan_hint"),
    ("player.predicted", "player.predicted_note"),
    ("player.live", "player.live_note"),
    ("player.finished", "player.finished_note"),
];

/// What the keys do, by their names.
const KEYS: [(&str, &str); 14] = [
    ("Tab", "help.key_tab"),
    ("← → ↑ ↓", "help.key_arrows"),
    ("Enter", "help.key_enter"),
    ("W S A D · + −", "help.key_zoom"),
    ("0 · F · Z", "help.key_fit"),
    ("[ ]", "help.key_follow"),
    (", .", "help.key_along"),
    ("R", "help.key_range"),
    ("N", "help.key_notes"),
    ("/ · Ctrl+F", "help.key_find"),
    ("E · P · H", "help.key_lanes"),
    ("Home · End", "help.key_ends"),
    ("PageUp · PageDown", "help.key_pages"),
    ("Esc", "help.key_escape"),
];

/// What the help has.
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// The language.
    pub language: Language,
    /// It is closed.
    pub on_close: Callback<()>,
}

/// The terms of the page, a sentence each, and its keys.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let HelpProps { language, on_close } = props;
    let term = |(name, note): &(&str, &str)| {
        html! { <div><dt>{language.text(name)}</dt><dd>{rich(&language.text(note))}</dd></div> }
    };
    let key = |(name, does): &(&str, &str)| {
        html! { <div><dt><kbd>{*name}</kbd></dt><dd>{language.text(does)}</dd></div> }
    };
    html! {
        <Dialog language={*language} id="help-dialog" heading={language.text("help.heading")} {on_close}>
            <h3>{language.text("help.terms")}</h3>
            <dl class="terms">{for TERMS.iter().map(term)}</dl>
            <h3>{language.text("help.keys")}</h3>
            <dl class="terms keys">{for KEYS.iter().map(key)}</dl>
        </Dialog>
    }
}
