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

/// Keys, by their names, with what they do.
type Keys = &'static [(&'static str, &'static str)];

/// What the keys do: wherever the focus is, on the chart, elsewhere. A test compares them with those that are listened to.
const KEYS: [(&str, Keys); 3] = [
    (
        "help.on_page",
        &[
            ("Space", "help.key_play"),
            ("← →", "help.key_step"),
            ("Shift ← →", "help.key_iteration"),
            (", .", "help.key_event"),
            ("Home · End", "help.key_begin"),
            ("N · Shift N", "help.key_notes"),
            ("PageUp · PageDown", "help.key_pages"),
            ("/ · Ctrl F", "help.key_find"),
            ("Ctrl K", "help.key_search"),
            ("Tab", "help.key_tab"),
            ("Esc", "help.key_escape"),
        ],
    ),
    (
        "help.on_chart",
        &[
            ("← → ↑ ↓ · , .", "help.key_arrows"),
            ("Home · End", "help.key_edges"),
            ("Enter · Space", "help.key_enter"),
            ("Esc", "help.key_leave"),
            ("W S A D · + −", "help.key_zoom"),
            ("0 · F · Z", "help.key_fit"),
            ("[ ]", "help.key_follow"),
            ("R", "help.key_range"),
            ("E · P · H", "help.key_lanes"),
            ("?", "help.key_help"),
        ],
    ),
    ("help.elsewhere", &[("↑ ↓ · Home · End", "help.key_lines"), ("← → ↑ ↓", "help.key_divider")]),
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
    let group = |(place, keys): &(&str, Keys)| {
        html! { <><h4>{language.text(place)}</h4><dl class="terms keys">{for keys.iter().map(key)}</dl></> }
    };
    html! {
        <Dialog language={*language} id="help-dialog" heading={language.text("help.heading")} {on_close}>
            <h3>{language.text("help.terms")}</h3>
            <dl class="terms">{for TERMS.iter().map(term)}</dl>
            <h3>{language.text("help.keys")}</h3>
            {for KEYS.iter().map(group)}
        </Dialog>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::chart::Wish;
    use crate::ui::player::asked;
    use std::collections::BTreeSet;

    /// What a key is called by the browser.
    fn key(name: &str) -> &str {
        match name {
            "←" => "ArrowLeft",
            "→" => "ArrowRight",
            "↑" => "ArrowUp",
            "↓" => "ArrowDown",
            "Space" => " ",
            "Esc" => "Escape",
            "−" => "-",
            name => name,
        }
    }

    fn named(keys: Keys) -> BTreeSet<String> {
        let names = keys.iter().flat_map(|(names, _)| names.split([' ', '·']));
        names.filter(|name| !name.is_empty()).map(|name| key(name).to_owned()).collect()
    }

    /// The keys that there are, with one of each two that do the same on some keyboards.
    fn pressed(is: impl Fn(&str) -> bool) -> BTreeSet<String> {
        let signs = (' '..='~').filter(|sign| !sign.is_lowercase() && !"=_".contains(*sign));
        let arrows = ["Left", "Right", "Up", "Down"].map(|way| format!("Arrow{way}"));
        let others =
            ["Home", "End", "Enter", "Escape", "PageUp", "PageDown", "Tab", "F1", "Delete"];
        let all = signs.map(String::from).chain(arrows).chain(others.map(String::from));
        all.filter(|key| is(key)).collect()
    }

    #[test]
    fn the_help_names_the_keys_that_are_listened_to() {
        let [(_, page), (_, chart), _] = KEYS;
        assert_eq!(named(chart), pressed(|key| Wish::of(key, 0.5).is_some()));
        let of_player = pressed(|key| asked(key, false).is_some());
        // Those of the page are listened to each in its place.
        let others = ["Shift", "PageUp", "PageDown", "Ctrl", "K", "F", "Tab", "Escape"];
        let others: BTreeSet<String> = others.map(String::from).into();
        assert_eq!(named(page), of_player.union(&others).cloned().collect());
    }
}
