//! A list that is short nearly always.

/// Values in the order in which they came; the first needs no room of its own.
pub(crate) struct Few<T> {
    first: Option<T>,
    /// Nothing without a first.
    more: Vec<T>,
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few { first: None, more: Vec::new() }
    }
}

impl<T> Few<T> {
    pub(crate) fn push(&mut self, value: T) {
        if self.first.is_none() {
            self.first = Some(value);
        } else {
            self.more.push(value);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(&self.more)
    }

    /// Takes out the first of which this holds.
    pub(crate) fn remove(&mut self, is_it: impl Fn(&T) -> bool) -> Option<T> {
        if self.first.as_ref().is_some_and(&is_it) {
            let next = if self.more.is_empty() { None } else { Some(self.more.remove(0)) };
            return std::mem::replace(&mut self.first, next);
        }
        let place = self.more.iter().position(is_it)?;
        Some(self.more.remove(place))
    }
}

impl<T> IntoIterator for Few<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter().chain(self.more)
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
        while let Some(n) = few.remove(|_| true) {
            assert!([1, 2, 4, 5].contains(&n));
        }
        assert!(few.is_empty());
    }
}
