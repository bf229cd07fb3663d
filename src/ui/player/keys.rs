//! Keys of the player, wherever the focus is, as long as they do nothing there.

use super::bar::Request;
use crate::ui::shell::window;
use gloo_events::{EventListener, EventListenerOptions};
use timeline::Stride;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What takes arrows, Home and End itself.
const MOVING: &str = "input, select, textarea, [contenteditable], [role=tablist], [role=application], \
                      [role=separator], dialog, #code, #console, .catalogue";
/// What takes letters itself.
const WRITING: &str = "input, select, textarea, [contenteditable], dialog";
/// What takes a space itself.
const PRESSED: &str =
    "button, a, summary, input, select, textarea, [contenteditable], [tabindex], dialog";

/// What a key asks for, and what takes it before.
pub fn asked(key: &str, shift: bool) -> Option<(Request, &'static str)> {
    let stride = if shift { Stride::Iteration } else { Stride::Step };
    Some(match key {
        " " => (Request::Toggle, PRESSED),
        "ArrowRight" => (Request::Step(stride, true), MOVING),
        "ArrowLeft" => (Request::Step(stride, false), MOVING),
        "." => (Request::Step(Stride::Event, true), WRITING),
        "," => (Request::Step(Stride::Event, false), WRITING),
        "Home" => (Request::Place(0), MOVING),
        "End" => (Request::Place(usize::MAX), MOVING),
        "/" => (Request::Find, WRITING),
        "n" => (Request::Note(true), WRITING),
        "N" => (Request::Note(false), WRITING),
        _ => return None,
    })
}

/// Calls `ask` with what is asked for by a key.
pub fn listen(ask: impl Fn(Request) + 'static) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window()?.into(), "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        let within = |what: &str| {
            let target = key.target().and_then(|target| target.dyn_into::<Element>().ok());
            target.is_some_and(|target| target.closest(what).ok().flatten().is_some())
        };
        if key.alt_key() || key.default_prevented() {
            return;
        }
        if key.ctrl_key() || key.meta_key() {
            // Pressed once more, in the field, it is the browser's.
            if key.key() == "f" && !within(WRITING) {
                key.prevent_default();
                ask(Request::Find);
            }
            return;
        }
        let Some((request, taken)) = asked(&key.key(), key.shift_key()) else { return };
        if within(taken) {
            return;
        }
        key.prevent_default();
        ask(request);
    }))
}
