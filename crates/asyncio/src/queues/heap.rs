//! A heap in a list: `heapq` of CPython 3.13.
//!
//! Which of several items that compare equal comes first depends on every single exchange, so this
//! compares and exchanges the same items in the same order as CPython does (`Modules/_heapqmodule.c`).

use crate::exceptions::Result;

/// Whether the first item comes before the second: Python's `<`, which may raise.
pub(super) type Less<T> = dyn Fn(&T, &T) -> Result<bool>;

/// `heappush`. When a comparison raises the item stays in the heap, where it then is.
pub(super) fn push<T>(heap: &mut Vec<T>, item: T, less: &Less<T>) -> Result {
    let place = heap.len();
    heap.push(item);
    sift_down(heap, place, less)
}

/// `heappop`; `None` when nothing is in the heap. When a comparison raises the item is lost.
pub(super) fn pop<T>(heap: &mut Vec<T>, less: &Less<T>) -> Option<Result<T>> {
    let last = heap.pop()?;
    let Some(first) = heap.first_mut() else { return Some(Ok(last)) };
    let item = std::mem::replace(first, last);
    Some(sift_up(heap, less).map(|()| item))
}

/// Moves the item at `place` towards the root as far as it belongs.
fn sift_down<T>(heap: &mut [T], mut place: usize, less: &Less<T>) -> Result {
    while place > 0 {
        let parent = (place - 1) / 2;
        if !less(&heap[place], &heap[parent])? {
            break;
        }
        heap.swap(place, parent);
        place = parent;
    }
    Ok(())
}

/// Moves the item at the root to a leaf, the lesser child taking its place each time, and from there
/// back up as far as it belongs.
fn sift_up<T>(heap: &mut [T], less: &Less<T>) -> Result {
    let mut place = 0;
    while place < heap.len() / 2 {
        let (left, right) = (2 * place + 1, 2 * place + 2);
        let left_first = right >= heap.len() || less(&heap[left], &heap[right])?;
        let child = if left_first { left } else { right };
        heap.swap(place, child);
        place = child;
    }
    sift_down(heap, place, less)
}
