//! The page in a frame of another one: what that may ask for, and what it is told. `docs/embed.md` describes both.

use super::document::window;
use gloo_events::EventListener;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, UrlSearchParams};

/// The name of all messages.
const NAME: &str = "coroscope";

/// What the page around asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// To look at this moment, in seconds.
    Seek(f64),
    /// Values of parameters, as in a link: `NAME=value&…`; the others stay.
    Set(String),
    /// What a link shows, from behind its `#` on.
    Open(String),
}

/// A part of the address behind its `?`.
fn query(name: &str) -> Option<String> {
    let query = window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&query).ok()?.get(name)
}

/// Whether the page is made for a frame.
pub fn is_embedded() -> bool {
    query("embed").is_some()
}

/// Whether it stands in one, made for that or not.
pub fn is_framed() -> bool {
    let around = window().and_then(|window| Some((window.parent().ok()??, window)));
    is_embedded() || around.is_some_and(|(around, window)| around != window)
}

/// The language that the page around asks for, by its tag.
pub fn language() -> Option<String> {
    query("embed").and_then(|_| query("lang"))
}

/// Hears what the page around asks for. Nobody else is heard: not other frames, and where the address names an origin, no
/// page of another one.
pub fn listen(ask: impl Fn(Asked) + 'static) -> Option<EventListener> {
    let window = window().filter(|_| is_embedded())?;
    let around = window.parent().ok().flatten()?;
    let origin = query("origin");
    Some(EventListener::new(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let source = Reflect::get(event, &"source".into()).unwrap_or_default();
        let is_its = origin.as_ref().is_none_or(|origin| *origin == event.origin());
        if Object::is(&source, &around) && is_its {
            read(&event.data()).into_iter().for_each(&ask);
        }
    }))
}

/// What a message asks for; nothing of what is not understood.
fn read(message: &JsValue) -> Vec<Asked> {
    let field = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let asked = field(message, NAME);
    let seek = field(&asked, "seek").as_f64().filter(|at| at.is_finite() && *at >= 0.0);
    let text = |name: &str| field(&asked, name).as_string();
    let all = [text("open").map(Asked::Open), text("set").map(Asked::Set), seek.map(Asked::Seek)];
    all.into_iter().flatten().collect()
}

/// Opens the whole page, at what the frame shows now, in a tab of its own.
pub fn open_whole(event: &web_sys::MouseEvent) {
    let Some(window) = window() else { return };
    let (Ok(path), Ok(hash)) = (window.location().pathname(), window.location().hash()) else {
        return;
    };
    event.prevent_default();
    // Where no tab may be opened the link stays, to be opened by hand.
    let _ = window.open_with_url_and_target_and_features(
        &format!("{path}{hash}"),
        "_blank",
        "noopener",
    );
}

/// Tells the page around what is shown: nothing that is not in the link it was made of, or that the reader did not
/// choose from there.
pub fn tell(address: &str, end: f64, at: Option<f64>) {
    let Some(window) = window().filter(|_| is_embedded()) else { return };
    let at = at.map_or_else(|| "null".to_owned(), |at| at.to_string());
    let address = serde_json::Value::from(address);
    let text = format!("{{\"{NAME}\":{{\"address\":{address},\"end\":{end},\"at\":{at}}}}}");
    let (Ok(Some(around)), Ok(message)) = (window.parent(), JSON::parse(&text)) else { return };
    let origin = query("origin").unwrap_or_else(|| "*".to_owned());
    // An origin that is none is nobody's.
    let _ = around.post_message(&message, &origin);
}
