//! Notes: labels on a moment, a span or a range, with which a lesson is prepared, and the way from one to the next.

mod bar;
mod note;

pub use bar::NotesBar;
pub use note::{MOST, Note};
