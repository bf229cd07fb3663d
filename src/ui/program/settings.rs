//! What of a program's run is told besides, as the reader wants it.

use crate::ui::shell::Language;
use yew::prelude::*;

/// The switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether local variables are told.
    pub locals: bool,
    /// Whether a step that really computes for long holds the loop for as long as was measured.
    pub measured: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { locals: true, measured: true }
    }
}

/// The switches below a program.
pub fn switches(language: Language, now: Settings, on_switch: &Callback<Settings>) -> Html {
    let one = |key: &str, checked: bool, other: Settings| {
        let on_change = on_switch.reform(move |_: Event| other);
        html! {
            <label class="param check">
                <input type="checkbox" id={format!("program-{key}")} {checked} onchange={on_change} />
                <span class="name">{language.text(&format!("program.settings.{key}"))}</span>
            </label>
        }
    };
    html! {
        <div class="switches" role="group" aria-label={language.text("program.settings.heading")}>
            {one("locals", now.locals, Settings { locals: !now.locals, ..now })}
            {one("measured", now.measured, Settings { measured: !now.measured, ..now })}
        </div>
    }
}
