//! The page.
//!
//! Its rooms: `shell` is the page as a whole; `course` what is chosen and read; `player` a run as it is
//! played, with everything that moves with it; `chart` the picture of a run; `panels` what stands around it; `program`
//! the reader's own; `whatif` a run beside other runs; `notes` what is
//! noted on a run; `take` what is taken along of it.
//!
//! What moves renders itself. The page gives down what it shows as values that are compared without looking
//! into them ([`Shared`]) and callbacks that are made once, so that a component whose part has not changed
//! is not rendered. On other targets than the browser it renders to text: the page as it stands before its
//! program has come.

mod chart;
mod clipboard;
mod course;
pub(crate) mod fetch;
mod notes;
mod nothing;
mod panels;
mod player;
mod program;
mod shared;
mod shell;
mod take;
mod term;
mod whatif;

pub use course::Texts;
use nothing::nothing;
pub use shared::Shared;
#[cfg(target_arch = "wasm32")]
pub use shell::start;
pub use shell::{App, AppProps, Language};

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
