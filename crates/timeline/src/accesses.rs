//! Who read and wrote a value that tasks share, and what of it was lost.

use std::collections::HashMap;
use trace::TaskId;

/// Readings and writings of a value, in the order in which they happened.
///
/// A writing is taken to be computed from what its writer saw last, its own last writing included. So the writings
/// that the present value is made of are known: that which stands there, that which it was computed from, and so on
/// to the first. All others are lost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accesses {
    all: Vec<Access>,
    /// The last writing.
    stands: Option<u32>,
    /// What each task saw last: a writing, or what there was before the first.
    seen: HashMap<Option<TaskId>, Option<u32>>,
}

/// A reading or a writing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Access {
    /// When.
    pub time: f64,
    /// Which task, if one.
    pub by: Option<TaskId>,
    /// What was read, or written.
    pub value: f64,
    /// Whether it was written.
    pub writes: bool,
    /// By index the writing that was read, or that this one was computed from; `None` for what there was before
    /// the first.
    pub of: Option<u32>,
    /// Writings: by index that which stood there and which the writer had not seen.
    pub over: Option<u32>,
}

impl Accesses {
    pub(crate) fn read(&mut self, time: f64, by: Option<TaskId>, value: f64) {
        let of = self.stands;
        self.seen.insert(by, of);
        self.all.push(Access { time, by, value, writes: false, of, over: None });
    }

    pub(crate) fn write(&mut self, time: f64, by: Option<TaskId>, value: f64) {
        let Ok(here) = u32::try_from(self.all.len()) else { return };
        // Who never looked at it builds on nothing, and so on what stands there.
        let of = self.seen.insert(by, Some(here)).unwrap_or(self.stands);
        let over = self.stands.filter(|_| of != self.stands);
        self.all.push(Access { time, by, value, writes: true, of, over });
        self.stands = Some(here);
    }

    /// All of them.
    pub fn all(&self) -> &[Access] {
        &self.all
    }

    /// The last one up to a moment that was a writing.
    pub fn written_at(&self, time: f64) -> Option<&Access> {
        self.until(time).iter().rev().find(|access| access.writes)
    }

    /// What it is at a moment, as far as somebody has read or written it by then.
    pub fn value_at(&self, time: f64) -> Option<f64> {
        self.until(time).last().map(|access| access.value)
    }

    /// Which are writings that the value at a moment is not made of, and how many writings there were: whether it is,
    /// for each access up to then.
    pub fn lost_at(&self, time: f64) -> (Vec<bool>, usize) {
        let until = self.until(time);
        let mut lost: Vec<bool> = until.iter().map(|access| access.writes).collect();
        let writings = lost.iter().filter(|writes| **writes).count();
        let mut kept = until.iter().rposition(|access| access.writes);
        while let Some(n) = kept {
            lost[n] = false;
            // A writing is computed from an earlier one.
            kept = until[n].of.map(|of| of as usize);
        }
        (lost, writings)
    }

    fn until(&self, time: f64) -> &[Access] {
        &self.all[..self.all.partition_point(|access| access.time <= time)]
    }
}
