//! The reader's own program, run by CPython in a worker, and traces that were recorded elsewhere.
//!
//! `workshop` is the page of a program: its text, its constants, its run. `engine` speaks to the worker
//! (`engine/page.mjs`), `answer` makes a run of what it tells, `editor` is CodeMirror (`engine/editor.mjs`), which
//! `script` fetches when it is needed. `agree` has the same worker check an example. `address` and `kept` are where programs are found again.

mod added;
mod address;
mod agree;
mod answer;
mod constants;
mod editor;
mod engine;
mod files;
mod kept;
mod listing;
mod recording;
mod script;
mod settings;
mod toolbar;
mod workshop;

pub use address::{Address, of_example};
pub use agree::Agree;
pub use editor::{Draft, Editor};
pub use listing::Listing;
pub use workshop::Workshop;
