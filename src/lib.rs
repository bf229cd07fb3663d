//! Coroscope: see coroutines run.
//!
//! The map of the house. Each layer knows only those named before it:
//!
//! - [`executor`]: ready queue, timers, clocks, tasks as Rust futures; [`trace`]: what happened.
//! - [`asyncio`]: asyncio's objects, with CPython 3.13's order of wake-ups.
//! - [`examples`]: one folder each; [`timeline`]: from a trace to lanes, spans, links, figures.
//! - [`run`]: an example with parameters on a clock, at once or live.
//! - `ui`: the page, on wasm32 only.
#![forbid(unsafe_code)]

rust_i18n::i18n!("src/ui", fallback = "en");

pub mod asyncio;
pub mod examples;
pub mod executor;
pub mod run;
pub mod timeline;
pub mod trace;
#[cfg(target_arch = "wasm32")]
pub mod ui;
