//! The tables of methods in a program's data.
//!
//! What holds the methods of a type behind `dyn` begins with what drops it, its size and its alignment; the methods
//! follow. So functions that only data name are seen together with those of the same type.

use crate::program::Program;
use std::collections::HashMap;

/// The most methods that are looked at: what follows a short table may be anything.
const MOST: usize = 4;

/// The most bytes of something that is dropped behind `dyn`.
const LARGE: u32 = 1 << 20;

/// The functions of each type that has methods in the data.
pub fn of_types(program: &Program) -> Vec<Vec<u32>> {
    let places: HashMap<u32, u32> = program.slots.iter().copied().collect();
    let mut types = Vec::new();
    for &(start, bytes) in &program.data {
        let skipped = (4 - start as usize % 4) % 4;
        let words: Vec<u32> = bytes
            .get(skipped..)
            .unwrap_or_default()
            .as_chunks()
            .0
            .iter()
            .map(|word| u32::from_le_bytes(*word))
            .collect();
        let begins = |at: usize| {
            let [drop, size, alignment, ..] = words[at..] else { return false };
            (drop == 0 || places.contains_key(&drop))
                && alignment.is_power_of_two()
                && alignment <= 16
                && size < LARGE
                && size.is_multiple_of(alignment)
        };
        for at in (0..words.len()).filter(|&at| begins(at)) {
            let methods = (at + 3..words.len()).take(MOST).take_while(|&next| !begins(next));
            let methods = methods.map_while(|next| places.get(&words[next]));
            types.push(places.get(&words[at]).into_iter().chain(methods).copied().collect());
        }
    }
    types
}
