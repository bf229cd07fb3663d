//! Files for the reader to keep.

use js_sys::encode_uri_component;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};

/// Has the browser save a text as a file of this media type.
pub fn save(name: &str, kind: &str, text: &str) {
    let document = window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
    let address = format!("data:{kind};charset=utf-8,{}", encode_uri_component(text));
    for (attribute, value) in [("href", address.as_str()), ("download", name)] {
        // Attributes of plain text are not refused.
        let _ = link.set_attribute(attribute, value);
    }
    link.click();
}
