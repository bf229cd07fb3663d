//! Files that the reader opens, and the clipboard.

use super::script::call;
use crate::ui::shell::window;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use std::ops::ControlFlow;
use trace_document::{Document, Reading};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, HtmlInputElement};

/// The longest file that is read, in bytes.
const LONGEST: f64 = 400e6;

/// So much of a trace is read at once, in bytes; then the page has its turn.
const PART: usize = 2 << 20;

/// How much room a trace and what is made of it take, as a multiple of its length.
const ROOM: usize = 4;

/// What a file turned out to be.
pub enum Opened {
    /// A program.
    Program(String),
    /// A trace, and what is wrong with it, if something is.
    Trace(Box<Document>, Option<String>),
}

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

/// Reads a file, and unpacks it if gzip has packed it: a trace is told by how it begins. Of a long one `tell` hears how
/// far it has come, in percent.
///
/// # Errors
/// If it cannot be read as text.
pub async fn read(file: File, tell: impl Fn(usize)) -> Result<Opened, JsValue> {
    if file.size() > LONGEST {
        return Err(JsValue::NULL);
    }
    let bytes = match unpacked(&file).await? {
        Some(bytes) => bytes,
        None => Uint8Array::new(&JsFuture::from(file.array_buffer()).await?).to_vec(),
    };
    let mut text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if !text.trim_start().starts_with('{') || file.name().ends_with(".py") {
        return Ok(Opened::Program(text));
    }
    // The browser takes long each time the memory grows: better once than thousands of times.
    let mut room = Vec::<u8>::new();
    if room.try_reserve_exact(text.len().saturating_mul(ROOM)).is_ok() {
        std::hint::black_box(room.as_ptr());
    }
    drop(room);
    let mut reading = Reading::default();
    loop {
        match reading.part(text.as_bytes(), PART) {
            ControlFlow::Continue(next) => reading = next,
            ControlFlow::Break(Ok(document)) => return Ok(Opened::Trace(Box::new(document), None)),
            ControlFlow::Break(Err(broken)) => {
                let what = broken.to_string();
                return Ok(Opened::Trace(broken.until, Some(what)));
            }
        }
        tell(reading.at() * 100 / text.len());
        TimeoutFuture::new(0).await;
    }
}

/// The bytes of a file that gzip has packed, if it is one. Of one that stops early, as that of a program that was killed
/// while it was recorded, what came before.
async fn unpacked(file: &File) -> Result<Option<Vec<u8>>, JsValue> {
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
    Ok(Some(bytes))
}

/// The page's address without what is from `#` on.
pub fn page() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}
