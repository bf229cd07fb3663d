//! Files that the reader opens, and the clipboard.

use crate::ui::shell::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, HtmlInputElement};

/// The longest file that is read, in bytes.
const LONGEST: f64 = 400e6;

/// A file's name and text.
pub type Opened = (String, String);

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

/// Reads a file.
///
/// # Errors
/// Its name, if it cannot be read as text.
pub async fn read(file: File) -> Result<Opened, String> {
    let name = file.name();
    if file.size() > LONGEST {
        return Err(name);
    }
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    text.map(|text| (name.clone(), text)).ok_or(name)
}

/// Puts a text on the clipboard; where that is refused it fails.
///
/// # Errors
/// What the browser says.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.map(|_| ())
}

/// The page's address without what is from `#` on.
pub fn page() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}
