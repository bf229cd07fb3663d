//! Files that lie beside the page.

#[cfg(target_arch = "wasm32")]
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response, window};

/// How long a file may take to come, in milliseconds: a server that never answers must not be waited for for ever.
pub const PATIENCE: u32 = 10_000;

/// Such a file, if its server begins to answer within `patience` milliseconds.
async fn response_within(address: &str, patience: u32) -> Result<Response, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let init = RequestInit::new();
    init.set_signal(Some(&AbortSignal::timeout_with_u32(patience)));
    let answer = window.fetch_with_str_and_init(address, &init);
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    if response.ok() { Ok(response) } else { Err(response.status_text().into()) }
}

/// The text of such a file, if it comes within `patience` milliseconds.
///
/// # Errors
/// What the browser says of why there is none.
pub async fn fetch_within(address: &str, patience: u32) -> Result<String, JsValue> {
    let response = response_within(address, patience).await?;
    JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
}

/// The text of a small file.
///
/// # Errors
/// As [`fetch_within`].
pub async fn fetch(address: &str) -> Result<String, JsValue> {
    fetch_within(address, PATIENCE).await
}

/// The bytes of a small file.
///
/// # Errors
/// As [`fetch_within`].
#[cfg(target_arch = "wasm32")]
pub async fn fetch_bytes(address: &str) -> Result<Uint8Array, JsValue> {
    let response = response_within(address, PATIENCE).await?;
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?))
}
