//! Light or dark.

use super::{document, store};
use web_sys::Document;

const KEY: &str = "coroscope.theme";

/// Tells the document's styles which theme is on.
pub fn show_theme(document: &Document, dark: bool) {
    if let Some(root) = document.document_element() {
        // An attribute of plain text is not refused.
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
}

/// Keeps the reader's choice for later visits.
pub fn remember(dark: bool) {
    store::set(KEY, if dark { "dark" } else { "light" });
}

/// Whether the theme is dark: chosen before, or the system's.
pub fn prefers_dark() -> bool {
    match store::get(KEY).as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => {
            let query = document::window().and_then(|window| {
                window.match_media("(prefers-color-scheme: dark)").ok().flatten()
            });
            query.is_some_and(|query| query.matches())
        }
    }
}
