//! Who holds which permit of a resource.

use crate::ResourceLane;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, VecDeque};
use trace::TaskId;

/// The holds of a resource that last, by index into its lane, and the permits that nobody holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Holds {
    open: BTreeSet<usize>,
    /// Everybody who has held one, and what they took last; some of it may have been given back by others.
    by_holder: HashMap<Option<TaskId>, VecDeque<usize>>,
    /// Permits that were held and are free again; those from `ResourceLane::numbered` on never were.
    free: BinaryHeap<Reverse<usize>>,
}

impl Holds {
    /// Somebody takes a permit: the first that is free.
    pub fn take(&mut self, lane: &mut ResourceLane, holder: Option<TaskId>, time: f64) {
        let permit = self.free.pop().map_or(lane.numbered, |Reverse(permit)| permit);
        let hold = lane.holds.len();
        lane.hold(permit, holder, time);
        self.open.insert(hold);
        self.by_holder.entry(holder).or_default().push_back(hold);
    }

    /// Somebody gives a permit back: their own, if they hold one. Any task may give back what another has
    /// taken; then it is the one taken first. Who has taken and given back and gives back once more, though,
    /// makes a permit: nobody loses theirs.
    pub fn give_back(&mut self, lane: &mut ResourceLane, holder: Option<TaskId>, time: f64) {
        let own = self.by_holder.get_mut(&holder);
        let held_before = own.is_some() && holder.is_some();
        let own = own.and_then(|own| {
            let open = &self.open;
            std::iter::from_fn(|| own.pop_front()).find(|hold| open.contains(hold))
        });
        let hold = own.or_else(|| if held_before { None } else { self.open.first().copied() });
        if let Some(hold) = hold {
            self.end(lane, hold, time);
        }
    }

    /// Nobody holds any more, whoever it was that gave back: a lock has no more than one permit.
    pub fn give_all_back(&mut self, lane: &mut ResourceLane, time: f64) {
        while let Some(hold) = self.open.first().copied() {
            self.end(lane, hold, time);
        }
    }

    fn end(&mut self, lane: &mut ResourceLane, hold: usize, time: f64) {
        self.open.remove(&hold);
        lane.holds[hold].end(time);
        self.free.push(Reverse(lane.holds[hold].permit));
    }

    /// Lets the holds that last reach to `end`.
    pub fn show(&self, lane: &mut ResourceLane, end: f64) {
        for hold in &self.open {
            lane.holds[*hold].to = end;
        }
    }
}
