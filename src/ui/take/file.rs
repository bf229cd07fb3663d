//! Files for the reader to keep.

use js_sys::{Array, encode_uri_component};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url, window};

/// The longest text that is put into an address, in bytes: browsers refuse longer addresses.
const LONGEST: usize = 1_000_000;

/// Has the browser save a text as a file of this media type.
pub fn save(name: &str, kind: &str, text: &str) {
    if text.len() < LONGEST {
        return offer(name, &format!("data:{kind};charset=utf-8,{}", encode_uri_component(text)));
    }
    let media = BlobPropertyBag::new();
    media.set_type(kind);
    let parts = Array::of1(&JsValue::from(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &media);
    // A browser that has no room for it says so itself. What it has is given back when the page is left.
    if let Ok(address) = blob.and_then(|blob| Url::create_object_url_with_blob(&blob)) {
        offer(name, &address);
    }
}

/// Has the browser save what is at an address.
pub fn offer(name: &str, address: &str) {
    let document = window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
    for (attribute, value) in [("href", address), ("download", name)] {
        // Attributes of plain text are not refused.
        let _ = link.set_attribute(attribute, value);
    }
    link.click();
}
