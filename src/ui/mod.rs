//! The page.

mod app;
mod catalogue;
mod chart;
mod code;
mod console;
mod controls;
mod course;
mod describe;
mod exercise;
mod figures;
mod first;
mod header;
mod language;
mod legend;
mod notice;
mod palette;
mod panic;
mod player;
mod progress;
mod route;
mod store;
mod table;
mod texts;
mod theme;

pub use app::App;
pub use first::start_first;

/// Shows the page in the document's `#app`, or in its body.
pub fn start() {
    panic::install();
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = &document {
        first::leave_first(document);
    }
    match document.and_then(|document| document.get_element_by_id("app")) {
        Some(root) => yew::Renderer::<App>::with_root(root).render(),
        None => yew::Renderer::<App>::new().render(),
    };
}

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
