//! Makes a program that shows a difference as small as can be, so that a person can read it.

mod names;
mod simpler;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

/// Programs that are tried at most: each costs a run of CPython, about 10 ms.
const ATTEMPTS: u32 = 1500;

/// The smallest program found, by removing and simplifying, that still `differs`.
///
/// It is asked about candidates that are shaped like programs but need not be valid: what is refused
/// does not differ. No candidate is asked about twice, and at most 1500 are.
pub fn shrink(program: &Value, differs: &mut dyn FnMut(&Value) -> bool) -> Value {
    let mut search =
        Search { best: program.clone(), left: ATTEMPTS, tried: HashSet::new(), differs };
    search.remember(program);
    loop {
        let before = search.best.clone();
        names::drop_names(&mut search);
        shorten_lists(&mut search);
        simpler::unwrap(&mut search);
        simpler::inline(&mut search);
        simpler::drop_fields(&mut search);
        simpler::simplify_values(&mut search);
        if search.best == before || search.left == 0 {
            return search.best;
        }
    }
}

/// The search for a smaller program.
struct Search<'a> {
    /// The smallest that differs so far.
    best: Value,
    /// How many candidates may still be tried.
    left: u32,
    /// Hashes of those that were.
    tried: HashSet<u64>,
    differs: &'a mut dyn FnMut(&Value) -> bool,
}

impl Search<'_> {
    /// Keeps the candidate if it differs; says whether it does.
    fn keep(&mut self, candidate: Value) -> bool {
        if self.left == 0 || !self.remember(&candidate) {
            return false;
        }
        self.left -= 1;
        let differs = (self.differs)(&candidate);
        if differs {
            self.best = candidate;
        }
        differs
    }

    /// Keeps the best with one place in it edited, if that differs.
    fn edit(&mut self, pointer: &str, edit: impl FnOnce(&mut Value)) -> bool {
        let mut candidate = self.best.clone();
        match candidate.pointer_mut(pointer) {
            Some(place) => edit(place),
            None => return false,
        }
        self.keep(candidate)
    }

    /// Whether the candidate is new.
    fn remember(&mut self, candidate: &Value) -> bool {
        let mut hasher = DefaultHasher::new();
        candidate.to_string().hash(&mut hasher);
        self.tried.insert(hasher.finish())
    }
}

/// Removes as long runs of elements as possible from every list, outer lists first.
fn shorten_lists(search: &mut Search<'_>) {
    let mut next = 0;
    // The lists before `next` stay where they are, whatever is removed from those behind.
    while let Some(pointer) = tree::pointers(&search.best, Value::is_array).get(next) {
        shorten(search, &pointer.clone());
        next += 1;
    }
}

fn shorten(search: &mut Search<'_>, pointer: &str) {
    let length = |search: &Search<'_>| tree::list(&search.best, pointer).len();
    let mut run = length(search);
    while run > 0 {
        // From the end: what comes later uses what came before.
        let mut end = length(search);
        while end > 0 {
            let start = end.saturating_sub(run);
            search.edit(pointer, |list| {
                list.as_array_mut().expect("only lists are shortened").drain(start..end);
            });
            end = start;
        }
        run /= 2;
    }
}
