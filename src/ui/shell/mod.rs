//! The page as a whole: its bar, language and theme, what it remembers, how it starts and fails.

mod again;
mod app;
mod dialog;
mod divider;
mod document;
mod embed;
mod header;
mod help;
mod language;
#[cfg(target_arch = "wasm32")]
mod panic;
mod prediction;
mod share;
#[cfg(target_arch = "wasm32")]
mod start;
pub(super) mod store;
mod theme;

pub(super) use again::Again;
pub use app::{App, AppProps};
pub(super) use dialog::{Dialog, Open};
pub(super) use document::{entitle, on_key, window};
pub(super) use embed::is_embedded;
pub use language::{Language, rich};
pub(super) use language::{beginning, proposals};
#[cfg(target_arch = "wasm32")]
pub use start::start;
