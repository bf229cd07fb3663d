//! What the page remembers on this machine. Where nothing can be kept, it is remembered for as long as the page is open;
//! so it is in a frame, where clicks are not always what they seem.

use super::embed::is_framed;
use gloo_events::EventListener;
use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    /// What could not be kept.
    static UNKEPT: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

fn storage() -> Option<web_sys::Storage> {
    super::document::window()?.local_storage().ok()?
}

/// The value kept under a key.
pub fn get(key: &str) -> Option<String> {
    let unkept = UNKEPT.with_borrow(|unkept| unkept.get(key).cloned());
    unkept.or_else(|| storage()?.get_item(key).ok()?)
}

/// Keeps a value under a key; says whether it will be there the next time, too.
pub fn set(key: &str, value: &str) -> bool {
    let framed = is_framed();
    let is_kept = !framed && storage().is_some_and(|it| it.set_item(key, value).is_ok());
    UNKEPT.with_borrow_mut(|unkept| match is_kept {
        true => unkept.remove(key),
        // A full or forbidden storage, or a frame.
        false => unkept.insert(key.to_owned(), value.to_owned()),
    });
    is_kept || framed
}

/// Forgets the value of a key.
pub fn remove(key: &str) {
    UNKEPT.with_borrow_mut(|unkept| unkept.remove(key));
    if let Some(storage) = storage().filter(|_| !is_framed()) {
        // What is not there, or cannot be reached, is forgotten already.
        let _ = storage.remove_item(key);
    }
}

/// All keys under which something is kept.
pub fn keys() -> Vec<String> {
    let mut keys = UNKEPT.with_borrow(|unkept| unkept.keys().cloned().collect::<Vec<_>>());
    let Some(storage) = storage() else { return keys };
    let count = storage.length().unwrap_or_default();
    let kept = (0..count).filter_map(|n| storage.key(n).ok().flatten());
    let kept: Vec<_> = kept.filter(|key| !keys.contains(key)).collect();
    keys.extend(kept);
    keys
}

/// Calls `written` when another tab has kept or forgotten something.
pub fn on_elsewhere(written: impl Fn() + 'static) -> Option<EventListener> {
    let window = super::document::window()?;
    Some(EventListener::new(&window, "storage", move |_| written()))
}

/// Has the browser ask before the page is left, for as long as what is given back is there.
pub fn hold() -> Option<EventListener> {
    let window = super::document::window()?;
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    let ask = |event: &web_sys::Event| event.prevent_default();
    Some(EventListener::new_with_options(&window, "beforeunload", options, ask))
}
