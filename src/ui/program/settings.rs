//! What of a program's run is told besides, as the reader wants it.

use super::trials::SPREAD;
use crate::ui::shell::Language;
use crate::ui::whatif::say_world;
use yew::prelude::*;

/// The switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether local variables are told.
    pub locals: bool,
    /// Whether a step that really computes for long holds the loop for as long as was measured.
    pub measured: bool,
    /// The world in which it runs, where times vary; 0 for the one that is as written.
    pub world: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { locals: true, measured: true, world: 0 }
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
            if now.world > 0 {
                <p class="world" role="status">
                    {say_world(language, run::world(now.world.into(), (SPREAD * 10_000.0) as u32))}
                    <button id="no-world" class="button quiet" onclick={on_switch.reform(move |_: MouseEvent| Settings { world: 0, ..now })}>
                        {language.text("whatif.as_written")}
                    </button>
                </p>
            }
        </div>
    }
}
