//! Finds a name among those that are known, without comparing it with each.

/// More than twice as many as there are names, so that few share a place; a power of two.
const SIZE: usize = 256;
/// Nothing is at this place.
const NONE: u8 = u8::MAX;

/// Names by what is seen of them at a glance: their length, and three of their letters.
pub struct Names {
    all: &'static [&'static str],
    places: [u8; SIZE],
}

impl Names {
    /// Made while the program is compiled.
    pub const fn new(all: &'static [&'static str]) -> Self {
        assert!(all.len() <= SIZE / 2);
        let mut places = [NONE; SIZE];
        let mut n = 0;
        while n < all.len() {
            let mut at = glance(all[n].as_bytes());
            while places[at] != NONE {
                at = (at + 1) % SIZE;
            }
            places[at] = n as u8;
            n += 1;
        }
        Names { all, places }
    }

    /// Which of the names this is, from 0.
    pub fn find(&self, name: &str) -> Option<usize> {
        let mut at = glance(name.as_bytes());
        while self.places[at] != NONE {
            let place = usize::from(self.places[at]);
            if self.all[place] == name {
                return Some(place);
            }
            at = (at + 1) % SIZE;
        }
        None
    }
}

const fn glance(name: &[u8]) -> usize {
    let [first, .., last] = name else { return name.len() };
    let middle = name[name.len() / 2];
    (*first as usize * 31 + *last as usize * 7 + middle as usize * 3 + name.len()) % SIZE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found_and_no_other() {
        static NAMES: Names = Names::new(&["e", "t", "at", "ta", "task", "tusk", ""]);
        for (place, name) in NAMES.all.iter().enumerate() {
            assert_eq!(NAMES.find(name), Some(place), "{name}");
        }
        assert_eq!(["x", "aa", "tak", "tesk", "é"].map(|name| NAMES.find(name)), [None; 5]);
    }
}
