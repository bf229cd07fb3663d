//! Sorting that is compiled once, whatever is sorted.
//!
//! The standard library's sort is compiled anew for each type and each order, some 4 KB a time, and the page is weighed.
//! For what is sorted now and then this does: places are sorted, then the items are put there.

use std::cmp::Ordering;

/// Sorts; equal items keep their order, as with [`slice::sort_by`].
///
/// ```
/// let mut words = ["queue", "lock", "event", "task"];
/// sorting::by(&mut words, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(words, ["lock", "task", "queue", "event"]);
/// ```
pub fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut from: Vec<usize> = (0..items.len()).collect();
    places(&mut from, &|a, b| compare(&items[a], &items[b]));
    // Each circle of places is gone round once.
    for first in 0..items.len() {
        let mut to = first;
        while from[to] != first {
            let next = from[to];
            items.swap(to, next);
            from[to] = to;
            to = next;
        }
        from[to] = to;
    }
}

/// Sorts by what is made of each item, as [`slice::sort_by_key`] does.
pub fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

fn places(from: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    from.sort_by(|&a, &b| compare(a, b));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_into_the_order_that_the_standard_librarys_sort_gives() {
        // Many equal keys, in an order that a generator of numbers gives.
        let mut state = 7_u32;
        for length in 0..200 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 28
            };
            let items: Vec<(u32, usize)> = (0..length).map(|n| (next(), n)).collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            by_key(&mut ours, |&(key, _)| key);
            theirs.sort_by_key(|&(key, _)| key);
            assert_eq!(ours, theirs);
        }
    }
}
