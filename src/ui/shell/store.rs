//! What the page remembers on this machine. Where nothing can be kept, nothing is remembered.

fn storage() -> Option<web_sys::Storage> {
    super::document::window()?.local_storage().ok()?
}

/// The value kept under a key.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a value under a key.
pub fn set(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage only means that the choice is not remembered.
        let _ = storage.set_item(key, value);
    }
}

/// Forgets the value of a key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // What is not there, or cannot be reached, is forgotten already.
        let _ = storage.remove_item(key);
    }
}

/// All keys under which something is kept.
pub fn keys() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or_default();
    (0..count).filter_map(|n| storage.key(n).ok().flatten()).collect()
}
