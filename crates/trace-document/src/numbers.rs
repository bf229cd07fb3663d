//! The numbers of a file, and ours for them.

use std::collections::HashMap;

/// Ours by those of a file, counted as they first appear. Most files count themselves, so that a list finds
/// nearly all; a map holds what is far from the others.
#[derive(Default)]
pub struct Numbers {
    near: Vec<u32>,
    far: HashMap<u64, u32>,
    count: u32,
}

/// No number of ours is this one: memory is full before.
const NONE: u32 = u32::MAX;
/// So far beyond what was counted a number may be to be kept in the list.
const GAP: usize = 1024;

impl Numbers {
    /// Ours for a number, if it has appeared.
    pub fn get(&self, number: u64) -> Option<u32> {
        let near = usize::try_from(number).ok().and_then(|number| self.near.get(number));
        match near {
            Some(&ours) if ours != NONE => Some(ours),
            // It was far when it came, and the list has grown past it.
            _ if self.far.is_empty() => None,
            _ => self.far.get(&number).copied(),
        }
    }

    /// A new one of ours for a number, also where it had one.
    pub fn add(&mut self, number: u64) -> u32 {
        let ours = self.count;
        self.count += 1;
        match usize::try_from(number) {
            Ok(near) if near < 2 * ours as usize + GAP => {
                if self.near.len() <= near {
                    self.near.resize(near + 1, NONE);
                }
                self.near[near] = ours;
            }
            _ => {
                self.far.insert(number, ours);
            }
        }
        ours
    }

    /// Ours for a number, whether it has appeared or appears now.
    pub fn of(&mut self, number: u64) -> u32 {
        match self.get(number) {
            Some(ours) => ours,
            None => self.add(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_as_they_appear() {
        let mut numbers = Numbers::default();
        let foreign = [7, 0, u64::MAX, 1 << 40, 2000, 7, 2000, 1];
        assert_eq!(foreign.map(|number| numbers.of(number)), [0, 1, 2, 3, 4, 0, 4, 5]);
        assert_eq!((numbers.add(7), numbers.of(7), numbers.get(8)), (6, 6, None));
        assert!(numbers.near.len() <= 8, "a gap takes no memory");
        // Those that were far are found when the list has grown past them, and may come anew.
        for number in (10_000..12_000).chain(0..3000) {
            numbers.of(number);
        }
        assert_eq!(numbers.of(2000), 4);
        let anew = numbers.add(2000);
        assert_eq!((numbers.of(2000), numbers.count), (anew, anew + 1));
    }
}
