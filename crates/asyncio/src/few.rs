//! A list that is short nearly always.

/// Values in the order in which they came; the first needs no room of its own.
pub(crate) struct Few<T> {
    first: Option<T>,
    /// Nothing without a first; behind a pointer, so that a list of one takes little room.
    more: Option<Box<More<T>>>,
}

struct More<T>(Vec<T>);

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few { first: None, more: None }
    }
}

impl<T> Few<T> {
    pub(crate) fn push(&mut self, value: T) {
        if self.first.is_none() {
            self.first = Some(value);
        } else {
            self.more.get_or_insert_with(|| Box::new(More(Vec::new()))).0.push(value);
        }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(self.more.iter().flat_map(|more| &more.0))
    }

    /// Takes out the first of which this holds.
    pub(crate) fn remove(&mut self, is_it: impl Fn(&T) -> bool) -> Option<T> {
        let more = self.more.as_mut().map(|more| &mut more.0).filter(|more| !more.is_empty());
        if self.first.as_ref().is_some_and(&is_it) {
            let next = more.map(|more| more.remove(0));
            return std::mem::replace(&mut self.first, next);
        }
        let more = more?;
        let place = more.iter().position(is_it)?;
        Some(more.remove(place))
    }

    /// Gives them away, in their order.
    #[inline]
    pub(crate) fn drain(self, mut take: impl FnMut(T)) {
        if let Some(first) = self.first {
            take(first);
        }
        if let Some(more) = self.more {
            more.0.into_iter().for_each(take);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_when_some_are_taken_out() {
        let mut few = Few::default();
        (0..5).for_each(|n| few.push(n));
        assert_eq!(few.remove(|n| *n == 0), Some(0));
        assert_eq!(few.remove(|n| *n == 3), Some(3));
        assert_eq!(few.remove(|n| *n == 3), None);
        few.push(5);
        assert_eq!(few.iter().copied().collect::<Vec<_>>(), [1, 2, 4, 5]);
        while let Some(n) = few.remove(|n| *n != 5) {
            assert!([1, 2, 4].contains(&n));
        }
        few.push(6);
        let mut seen = Vec::new();
        few.drain(|n| seen.push(n));
        assert_eq!(seen, [5, 6]);
    }
}
