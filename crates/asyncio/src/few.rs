//! A list that is short nearly always.

/// Values in the order in which they came; the first needs no room of its own.
#[derive(Default)]
pub(crate) enum Few<T> {
    #[default]
    Nothing,
    One(T),
    #[expect(clippy::box_collection, reason = "so that a list of one takes little room")]
    Many(Box<Vec<T>>),
}

impl<T> Few<T> {
    #[inline]
    pub(crate) fn push(&mut self, value: T) {
        match self {
            // There is nothing to be freed.
            Few::Nothing => std::mem::forget(std::mem::replace(self, Few::One(value))),
            Few::One(_) => {
                if let Few::One(first) = std::mem::take(self) {
                    *self = Few::Many(Box::new(vec![first, value]));
                }
            }
            Few::Many(values) => values.push(value),
        }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Few::Nothing => true,
            Few::One(_) => false,
            Few::Many(values) => values.is_empty(),
        }
    }

    #[inline]
    fn as_slice(&self) -> &[T] {
        match self {
            Few::Nothing => &[],
            Few::One(value) => std::slice::from_ref(value),
            Few::Many(values) => values,
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.as_slice().iter()
    }

    /// Takes out the first of which this holds.
    pub(crate) fn remove(&mut self, is_it: impl Fn(&T) -> bool) -> Option<T> {
        let place = self.iter().position(is_it)?;
        match self {
            Few::Many(values) => Some(values.remove(place)),
            _ => match std::mem::take(self) {
                Few::One(value) => Some(value),
                _ => None,
            },
        }
    }

    /// Gives them away, in their order.
    #[inline]
    pub(crate) fn drain(self, mut take: impl FnMut(T)) {
        match self {
            Few::Nothing => {}
            Few::One(value) => take(value),
            Few::Many(values) => values.into_iter().for_each(take),
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
