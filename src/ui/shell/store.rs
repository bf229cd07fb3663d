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
