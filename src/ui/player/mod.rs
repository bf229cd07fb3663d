//! A run as it is played, and everything that moves with it.

mod bar;
mod find;
mod keys;
mod ordered;
mod quiz;
mod stage;
mod story;

pub use bar::Phase;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub use keys::asked;
pub use ordered::Ordered;
pub use quiz::Quiz;
pub use stage::{Programme, Stage, StageProps, Walk};
pub use story::Story;
