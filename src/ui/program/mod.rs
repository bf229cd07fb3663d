//! The reader's own program, run by CPython in a worker, and traces that were recorded elsewhere.
//!
//! `workshop` is the page of a program: its text, its constants, its run. `engine` speaks to the worker
//! (`engine/page.mjs`), `answer` makes a run of what it tells, `editor` is CodeMirror (`engine/editor.mjs`), which
//! `script` fetches when it is needed. `agree` has the same worker check an example, `verdict` says what came of it,
//! and `trials` has it run other programs beside the one that is shown. `address` and `kept` are where programs are found again.

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
mod literal;
mod recording;
mod script;
mod settings;
mod toolbar;
mod trials;
mod verdict;
mod workshop;

pub use address::{Address, of_example, open_beside};
pub use agree::{Agree, wire};
pub use editor::{Draft, Editor};
pub use listing::Listing;
pub use literal::Literal;
pub use trials::{Trials, What};
pub use workshop::Workshop;
