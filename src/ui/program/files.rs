//! Files that the reader opens, and the clipboard.

use super::script::call;
use crate::ui::shell::window;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, HtmlInputElement};

/// The longest file that is read, in bytes.
const LONGEST: f64 = 400e6;

/// A file's name and text.
pub type Opened = (String, String);

/// What a file begins with that gzip has packed.
const PACKED: [u8; 2] = [0x1f, 0x8b];

/// The file that was chosen in a field, which takes another one then.
pub fn chosen(field: &HtmlInputElement) -> Option<File> {
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

/// The file that was dropped.
pub fn dropped(event: &DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// Reads a file, and unpacks it if gzip has packed it.
///
/// # Errors
/// Its name, if it cannot be read as text.
pub async fn read(file: File) -> Result<Opened, String> {
    let name = file.name();
    if file.size() > LONGEST {
        return Err(name);
    }
    let text = match unpacked(&file).await {
        Ok(Some(text)) => Some(text),
        Ok(None) => JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()),
        Err(_) => None,
    };
    text.map(|text| (name.clone(), text)).ok_or(name)
}

/// The text of a file that gzip has packed, if it is one. Of one that stops early, as that of a program that was killed
/// while it was recorded, what came before.
async fn unpacked(file: &File) -> Result<Option<String>, JsValue> {
    let begin = JsFuture::from(file.slice_with_f64_and_f64(0.0, 2.0)?.array_buffer()).await?;
    if Uint8Array::new(&begin).to_vec() != PACKED {
        return Ok(None);
    }
    // What web-sys has of it is no part of its stable interface.
    let class: Function =
        Reflect::get(&js_sys::global(), &"DecompressionStream".into())?.dyn_into()?;
    let unpacking = Reflect::construct(&class, &Array::of1(&"gzip".into()))?;
    let packed = call(file, "stream", &Array::new())?;
    let unpacked = call(&packed, "pipeThrough", &Array::of1(&unpacking))?;
    let reader = call(&unpacked, "getReader", &Array::new())?;
    let mut bytes = Vec::new();
    let read = || call(&reader, "read", &Array::new())?.dyn_into::<Promise>();
    while let Ok(piece) = JsFuture::from(read()?).await
        && let Some(piece) = Reflect::get(&piece, &"value".into())?.dyn_ref::<Uint8Array>()
    {
        bytes.extend(piece.to_vec());
        if bytes.len() as f64 > LONGEST {
            return Err(JsValue::NULL);
        }
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The page's address without what is from `#` on.
pub fn page() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}
