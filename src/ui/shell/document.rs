//! The document around the page, where there is one.

use super::Language;
use super::theme;
use examples::Example;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, KeyboardEvent};

/// The browser's window; none where the page is rendered to text.
pub fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

fn element(id: &str) -> Option<HtmlElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Moves the focus to an element, and nothing else.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus_with_options(&options);
    }
}

/// Shows the page from its top, with the focus on its heading: what comes after a link.
pub fn to_the_top() {
    focus("title");
    if let Some(main) = element("title").and_then(|title| title.closest("main").ok().flatten()) {
        main.set_scroll_top(0);
    }
}

/// Calls `pressed` when a key is pressed, whatever has the focus.
pub fn on_key(key: &'static str, pressed: impl Fn() + 'static) -> Option<EventListener> {
    let listener = EventListener::new(&window()?.into(), "keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == key) {
            pressed();
        }
    });
    Some(listener)
}

/// Gives the document the name of what is shown.
pub fn entitle(language: Language, name: &str) {
    let title = language.fill("page.title", &[("example", name)]);
    let document = window().and_then(|window| window.document());
    // Told again, the browser would write it into its history again.
    if let Some(document) = document.filter(|document| document.title() != title) {
        document.set_title(&title);
    }
}

/// What the document was last told. Told again, it would be laid out again.
#[derive(Default)]
pub struct Told {
    title: Option<(Option<&'static str>, Language)>,
    dark: Option<bool>,
}

impl Told {
    /// Tells the document what the page shows, as far as it does not know; of a program of the reader's, which is no
    /// example, its page tells the name.
    pub fn tell(&mut self, example: Option<&Example>, language: Language, dark: bool) {
        let document = window().and_then(|window| window.document());
        let Some(document) = document else { return };
        let about = (example.map(|example| example.id), language);
        if self.title != Some(about) {
            if let Some(example) = example {
                entitle(language, &example.title(language.locale()).replace('`', ""));
            }
            if let Some(root) = document.document_element() {
                // Attributes of plain text are not refused.
                let _ = root.set_attribute("lang", language.tag());
            }
            self.title = Some(about);
        }
        if self.dark != Some(dark) {
            theme::show_theme(&document, dark);
            self.dark = Some(dark);
        }
    }
}
