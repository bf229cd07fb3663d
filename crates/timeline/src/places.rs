//! Where the lane of an id is.

use std::collections::HashMap;

/// Places of ids in a list. Our own traces number what they make from 0, so that an id is its place; a
/// map holds the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Places(HashMap<u32, usize>);

impl Places {
    /// Remembers that `id` is at `place`.
    pub fn insert(&mut self, id: u32, place: usize) {
        if id as usize != place {
            self.0.insert(id, place);
        }
    }

    /// The place of `id`, where `id_at` tells which id is at a place.
    pub fn find(&self, id: u32, id_at: impl Fn(usize) -> Option<u32>) -> Option<usize> {
        if id_at(id as usize) == Some(id) {
            return Some(id as usize);
        }
        self.0.get(&id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_whether_they_are_places_or_not() {
        let ids = [0, 7, 1, 3, u32::MAX];
        let mut places = Places::default();
        for (place, id) in ids.into_iter().enumerate() {
            places.insert(id, place);
        }
        let find = |id| places.find(id, |place| ids.get(place).copied());
        assert_eq!(ids.map(find), [0, 1, 2, 3, 4].map(Some));
        assert_eq!([2, 4, 100].map(find), [None; 3]);
        assert_eq!(places.0.len(), 3, "an id that is its place needs no entry");
    }
}
