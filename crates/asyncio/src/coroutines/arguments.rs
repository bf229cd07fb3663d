//! What a coroutine was called with, as one text: as `arguments` of the recorder for CPython tells it.

use super::short::Short;
use crate::program::Program;
use std::rc::Rc;

/// Letters of the longest text.
const LONGEST: usize = 60;

/// What a coroutine was called with, where it is told.
#[derive(Clone, Debug)]
pub struct Arguments(pub(super) Option<Rc<str>>);

/// What a coroutine is called with; nothing where no trace is kept. `#[called_with]` asks for it.
pub fn arguments(values: &[&dyn Short]) -> Arguments {
    if !Program::current().is_some_and(|program| program.core.trace().is_on()) {
        return Arguments(None);
    }
    let texts: Vec<String> = values.iter().map(|value| value.short(false)).collect();
    let text = texts.join(", ");
    Arguments(Some(match text.char_indices().nth(LONGEST) {
        None => text.into(),
        Some(_) => (text.chars().take(LONGEST - 1).collect::<String>() + "…").into(),
    }))
}
