//! Coroscope: see coroutines run.
//!
//! This crate is the page. The house, each layer a crate that knows only those named before it:
//!
//! - [`trace`]: what happened; [`executor`]: ready queue, timers, clocks, tasks as Rust futures.
//! - [`asyncio`]: asyncio's objects, with CPython 3.13's order of wake-ups.
//! - [`timeline`]: from a trace to lanes, spans, links, figures.
//! - [`examples`]: one folder each.
//! - [`run`]: an example with parameters on a clock, at once.
//! - [`chart`]: where everything is on the chart, and how it is drawn.
//! - [`parts`] of the page's program that are fetched when they are wanted.
//! - [`live`] (a run on the page's timers) and [`ui`] (the page): here. They run in a browser only; compiled
//!   for other targets, `ui` renders to text, of which `crates/site` makes what stands before the program.
#![forbid(unsafe_code)]

/// Handles that a run on the page may take before it is given up, so that an endless program does not
/// hang it.
pub const BUDGET: u64 = 250_000;

rust_i18n::i18n!("src/ui", fallback = "en");

pub mod live;
pub mod parts;
pub mod ui;
