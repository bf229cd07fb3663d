//! The page as a whole: its bar, language and theme, what it remembers, how it starts and fails.

mod app;
mod document;
mod header;
mod language;
#[cfg(target_arch = "wasm32")]
mod panic;
#[cfg(target_arch = "wasm32")]
mod start;
pub(super) mod store;
mod theme;

pub use app::{App, AppProps};
pub(super) use document::window;
pub use language::{Language, rich};
#[cfg(target_arch = "wasm32")]
pub use start::start;
