//! The document around the page, where there is one.

use super::Language;
use super::theme;
use examples::Example;

/// The browser's window; none where the page is rendered to text.
pub fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// What the document was last told. Told again, it would be laid out again.
#[derive(Default)]
pub struct Told {
    title: Option<(&'static str, Language)>,
    dark: Option<bool>,
}

impl Told {
    /// Tells the document what the page shows, as far as it does not know.
    pub fn tell(&mut self, example: &Example, language: Language, dark: bool) {
        let document = window().and_then(|window| window.document());
        let Some(document) = document else { return };
        if self.title != Some((example.id, language)) {
            let title = example.title(language.locale()).replace('`', "");
            document.set_title(&language.fill("page.title", &[("example", &title)]));
            if let Some(root) = document.document_element() {
                // Attributes of plain text are not refused.
                let _ = root.set_attribute("lang", language.tag());
            }
            self.title = Some((example.id, language));
        }
        if self.dark != Some(dark) {
            theme::show_theme(&document, dark);
            self.dark = Some(dark);
        }
    }
}
