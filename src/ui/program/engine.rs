//! The worker in which CPython runs. There is one for the page, and it stays warm.

use crate::ui::shell::Language;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Event, MessageEvent, Url, Worker, WorkerOptions, WorkerType, window,
};
use yew::Callback;

/// How long an engine that is being fetched may say nothing before that is told, in milliseconds. Its greatest part comes
/// in pieces, each of which is told.
const SILENCE: u32 = 30_000;

/// The same once all of it has come: what then takes its time is a slow machine, not a network.
const START: u32 = 300_000;

/// From here on all of it has come, and it starts.
const ALL: f64 = 0.999;

/// What is said while it comes, of which this part is here.
#[inline(never)]
pub fn coming(language: Language, part: f64) -> String {
    if part >= ALL {
        return language.text("program.starting");
    }
    language.fill("program.loading", &[("part", &format!("{:.0}", part * 100.0))])
}

/// What the engine says.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// It is being fetched: this part of it is here.
    Progress(f64),
    /// It takes a program. The version of Python.
    Ready(String),
    /// A run tells something: see `engine/page.py`.
    Text(String),
    /// The run is over.
    Over,
    /// It cannot be started.
    Failed(String),
}

/// The worker, and who listens.
struct Engine {
    worker: Worker,
    listener: Callback<Told>,
    /// The version of its Python, when it has started.
    ready: Option<String>,
    /// Whether a program runs.
    busy: bool,
    /// Until when it must have said something, while it starts.
    patience: Option<Timeout>,
    /// Kept for as long as the worker may call them.
    _heard: [Closure<dyn FnMut(Event)>; 2],
}

thread_local! {
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// Listens from now on, and starts the engine if it is not there; who listened before hears nothing more.
pub fn attach(listener: Callback<Told>) {
    let ready = ENGINE.with_borrow_mut(|engine| {
        let engine = engine.as_mut().filter(|engine| !engine.busy)?;
        engine.listener = listener.clone();
        Some(engine.ready.clone())
    });
    match ready {
        Some(Some(version)) => listener.emit(Told::Ready(version)),
        Some(None) => {}
        // There is none, or it is at somebody else's program.
        None => start(listener),
    }
}

/// A worker that is under the page's policy, as one that begins as a blob is: whatever runs in it can ask no other
/// origin for anything, and makes no code of text.
fn worker() -> Result<Worker, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let script = Url::new_with_base("engine/page.mjs", &document.base_uri()?.unwrap_or_default())?;
    let begin = format!(
        "import({}).catch((error) => postMessage({{ kind: 'failed', text: String(error?.message ?? error) }}));",
        js_sys::JSON::stringify(&script.href().into())?
    );
    let media = BlobPropertyBag::new();
    media.set_type("text/javascript");
    let parts = js_sys::Array::of1(&begin.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &media)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(&address, &options)
}

/// Starts a new worker in place of the one that there is.
fn start(listener: Callback<Told>) {
    let worker = match worker() {
        Ok(worker) => worker,
        Err(error) => return listener.emit(Told::Failed(format!("{error:?}"))),
    };
    let message = Closure::new(|event: Event| {
        if let Ok(event) = event.dyn_into::<MessageEvent>() {
            hear(&event.data());
        }
    });
    let error = Closure::new(|event: Event| {
        let text = js_sys::Reflect::get(&event, &"message".into()).ok();
        let text = text.and_then(|text| text.as_string());
        let text = text.filter(|text| !text.is_empty());
        ENGINE.with_borrow_mut(|engine| engine.as_mut().map(|engine| engine.patience = None));
        tell(Told::Failed(text.unwrap_or_else(|| "engine/page.mjs".to_owned())));
    });
    worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(error.as_ref().unchecked_ref()));
    let heard = [message, error];
    let patience = Some(patience(SILENCE));
    let engine = Engine { worker, listener, ready: None, busy: false, patience, _heard: heard };
    if let Some(before) = ENGINE.replace(Some(engine)) {
        before.worker.terminate();
    }
}

/// Tells when nothing has come for too long; what comes later is heard all the same.
fn patience(silence: u32) -> Timeout {
    Timeout::new(silence, move || {
        tell(Told::Failed(format!("nothing has come for {} s", silence / 1000)));
    })
}

/// Whether it runs a program.
pub fn is_busy() -> bool {
    ENGINE.with_borrow(|engine| engine.as_ref().is_some_and(|engine| engine.busy))
}

/// Runs a program: JSON, as `engine/page.py` has it. Says whether the engine takes it.
pub fn run(request: &str) -> bool {
    ENGINE.with_borrow_mut(|engine| {
        let Some(engine) = engine.as_mut().filter(|engine| engine.ready.is_some() && !engine.busy)
        else {
            return false;
        };
        engine.busy = engine.worker.post_message(&request.into()).is_ok();
        engine.busy
    })
}

/// Ends what runs, by ending the worker; another starts for whoever listens.
pub fn stop() {
    let listener = ENGINE.with_borrow(|engine| Some(engine.as_ref()?.listener.clone()));
    if let Some(listener) = listener {
        start(listener);
    }
}

/// Says something to who listens, who may come back here.
fn tell(told: Told) {
    let listener = ENGINE.with_borrow(|engine| Some(engine.as_ref()?.listener.clone()));
    if let Some(listener) = listener {
        listener.emit(told);
    }
}

/// Takes a message of the worker's.
fn hear(message: &JsValue) {
    let field = |name: &str| js_sys::Reflect::get(message, &name.into()).unwrap_or_default();
    let text = || field("text").as_string().unwrap_or_default();
    let kind = field("kind").as_string().unwrap_or_default();
    let with = |change: &dyn Fn(&mut Engine)| {
        ENGINE.with_borrow_mut(|engine| engine.as_mut().map(change));
    };
    match kind.as_str() {
        "progress" => {
            let part = field("part").as_f64().unwrap_or_default();
            let silence = if part < ALL { SILENCE } else { START };
            with(&|engine| engine.patience = Some(patience(silence)));
            tell(Told::Progress(part));
        }
        "ready" => {
            with(&|engine| (engine.ready, engine.patience) = (Some(text()), None));
            tell(Told::Ready(text()));
        }
        "told" => tell(Told::Text(text())),
        "over" => {
            with(&|engine| engine.busy = false);
            tell(Told::Over);
            if field("spent").is_truthy() {
                stop();
            }
        }
        _ => {
            with(&|engine| engine.patience = None);
            tell(Told::Failed(text()));
        }
    }
}
