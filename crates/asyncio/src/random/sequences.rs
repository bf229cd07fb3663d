//! Choosing from sequences.

use super::{Random, value_error};
use crate::exceptions::{Error, Result};
use std::collections::HashSet;

impl Random {
    /// One of the items.
    ///
    /// # Errors
    /// `IndexError` when there are none.
    pub fn choice<T: Clone>(&self, items: &[T]) -> Result<T> {
        if items.is_empty() {
            return Err(Error::new("IndexError", "Cannot choose from an empty sequence"));
        }
        Ok(items[self.index(items.len())].clone())
    }

    /// `count` of the items, each drawn from all: `choices(items, k=count)`.
    ///
    /// # Errors
    /// `IndexError` when there are none to draw from.
    pub fn choices<T: Clone>(&self, items: &[T], count: usize) -> Result<Vec<T>> {
        let drawn = (0..count).map(|_| {
            let index = (self.random() * items.len() as f64).floor() as usize;
            items.get(index).cloned().ok_or_else(out_of_range)
        });
        drawn.collect()
    }

    /// `count` of the items, each drawn from all in proportion to the weights:
    /// `choices(items, weights, k=count)`.
    ///
    /// # Errors
    /// `ValueError` when there is not a weight for each item, or when the sum of the weights is not
    /// positive and finite; `IndexError` when there is nothing to draw from.
    pub fn choices_weighted<T: Clone>(
        &self,
        items: &[T],
        weights: &[f64],
        count: usize,
    ) -> Result<Vec<T>> {
        if items.len() != weights.len() {
            return Err(value_error("The number of weights does not match the population"));
        }
        let mut total = None;
        let mut sums = Vec::with_capacity(weights.len());
        for weight in weights {
            // Not from 0.0, which would turn -0.0 into 0.0.
            let sum = total.map_or(*weight, |total| total + weight);
            sums.push(sum);
            total = Some(sum);
        }
        let total = total.ok_or_else(out_of_range)?;
        if total <= 0.0 {
            return Err(value_error("Total of weights must be greater than zero"));
        }
        if !total.is_finite() {
            return Err(value_error("Total of weights must be finite"));
        }
        let last = items.len() - 1;
        let drawn = (0..count).map(|_| {
            let point = self.random() * total;
            items[sums[..last].partition_point(|sum| *sum <= point)].clone()
        });
        Ok(drawn.collect())
    }

    /// `count` of the items, in the order drawn, none drawn twice: `sample(items, count)`.
    ///
    /// # Errors
    /// `ValueError` when there are fewer.
    pub fn sample<T: Clone>(&self, items: &[T], count: usize) -> Result<Vec<T>> {
        let all = items.len();
        if count > all {
            return Err(value_error("Sample larger than population or is negative"));
        }
        if all <= size_of_set(count) {
            let mut pool = items.to_vec();
            let drawn = (0..count).map(|n| pool.swap_remove(self.index(all - n)));
            return Ok(drawn.collect());
        }
        let mut drawn = HashSet::new();
        let chosen = (0..count).map(|_| {
            loop {
                let index = self.index(all);
                if drawn.insert(index) {
                    return items[index].clone();
                }
            }
        });
        Ok(chosen.collect())
    }

    /// Brings the items into a random order.
    pub fn shuffle<T>(&self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }

    fn index(&self, end: usize) -> usize {
        self.below(end as u128) as usize
    }
}

/// The size, in items of a list, that Python reckons a set of so many to have: `sample` draws from a
/// copy of the items where that is not the larger of the two.
fn size_of_set(count: usize) -> usize {
    let mut table = 1_usize;
    if count <= 5 {
        return 21;
    }
    while table < count.saturating_mul(3) {
        table = table.saturating_mul(4);
    }
    table.saturating_add(21)
}

/// What indexing past the end of a list raises.
fn out_of_range() -> Error {
    Error::new("IndexError", "list index out of range")
}
