//! What is chosen and read: the catalogue, the address, the words of an example, the way through the
//! course, the exercises.

mod catalogue;
mod exercise;
mod finding;
mod intro;
mod neighbours;
mod operations;
mod progress;
pub(super) mod route;
mod sight;
mod texts;

pub use catalogue::Catalogue;
pub use exercise::ExercisePanel;
pub use intro::{About, Intro};
pub use neighbours::Neighbours;
pub use progress::{Judged, Progress, judged};
pub use sight::{Looked, Sight};
pub use texts::{Reading, Texts};
