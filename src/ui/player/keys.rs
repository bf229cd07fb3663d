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
        let stride = if key.shift_key() { Stride::Iteration } else { Stride::Step };
        let request = match key.key().as_str() {
            " " if !within(PRESSED) => Request::Toggle,
            "ArrowRight" if !within(MOVING) => Request::Step(stride, true),
            "ArrowLeft" if !within(MOVING) => Request::Step(stride, false),
            "." if !within("input, textarea") => Request::Step(Stride::Event, true),
            "," if !within("input, textarea") => Request::Step(Stride::Event, false),
            "Home" if !within(MOVING) => Request::Place(0),
            "End" if !within(MOVING) => Request::Place(usize::MAX),
            "/" if !within(WRITING) => Request::Find,
            "n" if !within(WRITING) => Request::Note(true),
            "N" if !within(WRITING) => Request::Note(false),
            _ => return,
        };
        key.prevent_default();
        ask(request);
    }))
}
