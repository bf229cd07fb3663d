//! Two runs beside each other: whose lanes are the same, and where the runs part.

mod parting;

pub use parting::Parting;

use crate::{Order, TaskLane, Timeline};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// What there is to say of a run beside another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// For each task of the run, by index, the same task of the other: that of the same name, and where several have
    /// it the first of one is the first of the other, and so on.
    pub lanes: Vec<Option<usize>>,
    /// The tasks that only the other run has, by index, in its order of creation.
    pub missing: Vec<usize>,
    /// Where the two part; nowhere if the same happens in both.
    pub parting: Option<Parting>,
}

impl Comparison {
    /// Compares a run with another. Where a clock was real, moments are never the same twice, and only the order of
    /// what happens is compared (`timed` is false).
    pub fn of(run: (&Timeline, &Order), other: (&Timeline, &Order), timed: bool) -> Self {
        let (lanes, missing) = lanes(&run.0.tasks, &other.0.tasks);
        let parting = Parting::of(run.1.events(), other.1.events(), timed);
        Comparison { lanes, missing, parting }
    }
}

/// Matches lanes by name and order.
fn lanes(run: &[TaskLane], other: &[TaskLane]) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut named: BTreeMap<Rc<str>, VecDeque<usize>> = BTreeMap::new();
    for (n, lane) in other.iter().enumerate() {
        named.entry(lane.name.clone()).or_default().push_back(n);
    }
    let lanes = run.iter().map(|lane| named.get_mut(&lane.name)?.pop_front()).collect();
    let mut missing: Vec<usize> = named.into_values().flatten().collect();
    missing.sort_unstable();
    (lanes, missing)
}
