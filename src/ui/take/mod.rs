//! What is taken along of a run: pictures, a page, a table, a trace.

mod file;
mod page;
mod picture;
mod save;
mod told;

pub use file::save as save_file;
pub use save::Save;
pub use told::{Told, tell};
