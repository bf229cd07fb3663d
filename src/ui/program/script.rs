//! `engine/editor.mjs`, fetched when it is first needed, and what it brings.

use crate::ui::shell::window;
use js_sys::{Array, Function, Promise, Reflect};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, HtmlScriptElement};

/// What it is called in the window, when it is here.
const GLOBAL: &str = "coroscope";

thread_local! {
    /// How often it was asked for.
    static TRIED: Cell<u32> = const { Cell::new(0) };
}

fn document() -> Option<Document> {
    window()?.document()
}

/// Whether the page was built with the engine: `crates/site` says so in the document.
pub fn is_there() -> bool {
    let mark = document().and_then(|document| {
        document.query_selector("meta[name='coroscope-engine']").ok().flatten()
    });
    mark.is_some()
}

/// Has the styles of a program's page, once.
pub fn style() {
    let Some(document) = document() else { return };
    if document.get_element_by_id("program-style").is_some() {
        return;
    }
    let link = document.create_element("link").ok();
    let (Some(link), Some(head)) = (link, document.head()) else { return };
    for (name, value) in
        [("id", "program-style"), ("rel", "stylesheet"), ("href", "engine/program.css")]
    {
        // Attributes of plain text are not refused.
        let _ = link.set_attribute(name, value);
    }
    // Without its styles the page of a program is only plainer.
    let _ = head.append_child(&link);
}

fn global() -> Option<JsValue> {
    let window = window()?;
    Reflect::get(&window, &GLOBAL.into()).ok().filter(JsValue::is_object)
}

/// Fetches it, unless it is here.
///
/// # Errors
/// That it cannot be had.
pub async fn load() -> Result<(), JsValue> {
    if global().is_some() {
        return Ok(());
    }
    let document = document().ok_or(JsValue::NULL)?;
    let script: HtmlScriptElement = document.create_element("script")?.dyn_into()?;
    script.set_type("module");
    // A module that could not be had once is not asked for again under the same address.
    let times = TRIED.replace(TRIED.get() + 1);
    let query = if times == 0 { String::new() } else { format!("?{times}") };
    script.set_src(&format!("engine/editor.mjs{query}"));
    let head = document.head().ok_or(JsValue::NULL)?;
    let come = Promise::new(&mut |resolve, reject| {
        script.set_onload(Some(&resolve));
        script.set_onerror(Some(&reject));
        if let Err(error) = head.append_child(&script) {
            // A function of the browser's own that is called as it must be.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(come).await.map(|_| ())
}

/// A new object of a class of it.
///
/// # Errors
/// What was thrown, or that it is not here.
pub fn construct(class: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let global = global().ok_or(JsValue::NULL)?;
    let class: Function = Reflect::get(&global, &class.into())?.dyn_into()?;
    Reflect::construct(&class, arguments)
}

/// Calls a method of an object.
///
/// # Errors
/// What was thrown.
pub fn call(object: &JsValue, method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    method.apply(object, arguments)
}

async fn text_of(function: &str, text: &str) -> Result<String, JsValue> {
    load().await?;
    let global = global().ok_or(JsValue::NULL)?;
    let promise: Promise = call(&global, function, &Array::of1(&text.into()))?.dyn_into()?;
    let text = JsFuture::from(promise).await?;
    text.as_string().ok_or(text)
}

/// A program as a part of a link.
///
/// # Errors
/// What was thrown.
pub async fn pack(text: &str) -> Result<String, JsValue> {
    text_of("pack", text).await
}

/// The program of such a part.
///
/// # Errors
/// What is wrong with it.
pub async fn unpack(part: &str) -> Result<String, JsValue> {
    text_of("unpack", part).await
}
