//! What the address says: `#example?NAME=VALUE&…`.

use crate::ui::shell::{Language, window};
use examples::{Args, CATALOGUE, Example, find};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// What an address asks for, and what of it could not be used.
pub struct Route {
    /// The example.
    pub example: &'static Example,
    /// Its parameters; the defaults where the address says nothing usable.
    pub args: Args,
    /// What could not be used.
    pub refused: Vec<String>,
}

impl Route {
    /// Reads the address of the page.
    pub fn read(language: Language) -> Self {
        Route::parse(&present(), language)
    }

    /// Reads the part of an address from `#` on.
    pub fn parse(hash: &str, language: Language) -> Self {
        let hash = hash.trim_start_matches('#');
        let (id, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut refused = Vec::new();
        let example = find(id).unwrap_or_else(|| {
            if !id.is_empty() {
                refused.push(language.fill("page.unknown_example", &[("id", id)]));
            }
            CATALOGUE[0]
        });
        let mut args = example.defaults();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = decode(value);
            if args.set(name, &decoded).is_err() {
                refused.push(format!("{name}={decoded}"));
            }
        }
        Route { example, args, refused }
    }
}

/// The part of an address that asks for an example with these parameters, leaving out defaults.
pub fn address(example: &Example, args: &Args) -> String {
    let changed = args.iter().filter(|(param, value)| param.default() != **value);
    let query: Vec<String> =
        changed.map(|(param, value)| format!("{}={}", param.name, value.plain())).collect();
    if query.is_empty() {
        format!("#{}", example.id)
    } else {
        format!("#{}?{}", example.id, query.join("&"))
    }
}

/// What the browser's bar says at present, from `#` on.
pub fn present() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Puts an address into the browser's bar without leaving the page.
pub fn replace(address: &str) {
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // A browser that refuses (too many changes at once) shows an older address: no harm.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// A value with `%2C` and the like read.
fn decode(value: &str) -> String {
    let params = UrlSearchParams::new_with_str(&format!("v={value}"));
    params.ok().and_then(|params| params.get("v")).unwrap_or_else(|| value.into())
}
