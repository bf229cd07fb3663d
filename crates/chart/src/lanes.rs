//! Which lanes a reader wants to see, and in which order.

use std::collections::{BTreeMap, BTreeSet};
use timeline::{State, TaskLane, Timeline};
use trace::{Outcome, TaskId};

/// What a task must have come to, to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Anything.
    #[default]
    All,
    /// It has not ended.
    Pending,
    /// It raised.
    Failed,
    /// It was cancelled.
    Cancelled,
    /// It held the loop.
    Held,
}

impl Which {
    /// All of them, each with its name among the words.
    pub const ALL: [(Which, &'static str); 5] = [
        (Which::All, "all"),
        (Which::Pending, "pending"),
        (Which::Failed, "failed"),
        (Which::Cancelled, "cancelled"),
        (Which::Held, "held"),
    ];

    fn takes(self, lane: &TaskLane) -> bool {
        match self {
            Which::All => true,
            Which::Pending => lane.outcome.is_none(),
            Which::Failed => matches!(lane.outcome, Some(Outcome::Failed(_))),
            Which::Cancelled => matches!(lane.outcome, Some(Outcome::Cancelled)),
            Which::Held => lane.spans.iter().any(|span| matches!(span.state, State::Blocking)),
        }
    }
}

/// How a reader has arranged the lanes of tasks. Nothing is said of lanes that are not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// Only tasks with this in their names or in what they run, whatever the case of its letters.
    pub filter: String,
    /// Only tasks that have come to this.
    pub which: Which,
    /// Only this task and those below it.
    pub below: Option<TaskId>,
    /// Whether those that waited longest come first.
    pub longest: bool,
    /// Whether brief tasks have rows of their own, too, though they have no bars.
    pub brief: bool,
    /// Tasks whose children, and theirs, are not shown.
    pub folded: BTreeSet<TaskId>,
    /// Tasks that are not shown.
    pub hidden: BTreeSet<TaskId>,
    /// Tasks that stand above the others whatever else is asked for, in this order.
    pub pinned: Vec<TaskId>,
    /// The order that the reader gave to lanes by moving them; empty as long as none was moved.
    pub moved: Vec<TaskId>,
}

impl Lanes {
    /// Whether all lanes are shown where they are.
    pub fn is_plain(&self) -> bool {
        *self == Lanes::default()
    }

    /// The tasks that are shown, as indices into those of the timeline, from the top.
    pub fn shown(&self, timeline: &Timeline) -> Vec<usize> {
        if self.is_plain() {
            return timeline.order.clone();
        }
        let filter = self.filter.to_lowercase();
        let pinned = self.pinned.iter().filter_map(|task| timeline.task_index(*task));
        let mut shown: Vec<usize> = pinned.collect();
        let pinned = shown.len();
        let above: BTreeSet<usize> = shown.iter().copied().collect();
        // How deep the tree is that is being left out, and the one that alone is shown.
        let (mut left_out, mut within) = (usize::MAX, None);
        for n in &timeline.order {
            let lane = &timeline.tasks[*n];
            within = within.filter(|depth| lane.depth > *depth);
            if self.below == Some(lane.id) {
                within = Some(lane.depth);
            }
            if lane.depth > left_out {
                continue;
            }
            left_out = if self.folded.contains(&lane.id) { lane.depth } else { usize::MAX };
            let runs = || lane.coroutine.as_ref().map(|coroutine| coroutine.to_string());
            let has = |text: &str| text.to_lowercase().contains(&filter);
            let named =
                filter.is_empty() || has(&lane.name) || runs().is_some_and(|call| has(&call));
            let wanted =
                named && (self.below.is_none() || within.is_some()) && self.which.takes(lane);
            if wanted && !self.hidden.contains(&lane.id) && !above.contains(n) {
                shown.push(*n);
            }
        }
        let rest = &mut shown[pinned..];
        if self.longest {
            sorting::by(rest, |a, b| {
                waited(&timeline.tasks[*b]).total_cmp(&waited(&timeline.tasks[*a]))
            });
        }
        if !self.moved.is_empty() {
            let places: BTreeMap<TaskId, usize> =
                self.moved.iter().enumerate().map(|(place, task)| (*task, place)).collect();
            // Who was not there when lanes were moved comes after them.
            let place =
                |n: &usize| places.get(&timeline.tasks[*n].id).copied().unwrap_or(usize::MAX);
            sorting::by_key(rest, place);
        }
        shown
    }

    /// Puts a lane above the one before it, or below the one after it, of those that are shown.
    pub fn shift(&mut self, timeline: &Timeline, task: TaskId, down: bool) {
        let shown = self.shown(timeline);
        let mut order: Vec<TaskId> = shown.iter().map(|n| timeline.tasks[*n].id).collect();
        let Some(place) = order.iter().position(|other| *other == task) else { return };
        let other = if down { place + 1 } else { place.wrapping_sub(1) };
        if other >= order.len() {
            return;
        }
        order.swap(place, other);
        let pinned = |task: &TaskId| self.pinned.contains(task);
        if pinned(&order[place]) != pinned(&order[other]) {
            return; // what is pinned stays above
        }
        if pinned(&task) {
            self.pinned.swap(place, other);
        } else {
            self.moved = order;
        }
    }

    /// How many tasks are below a task in the tree, by its index in the timeline's order.
    pub fn below(timeline: &Timeline, place: usize) -> usize {
        let depth = |n: &usize| timeline.tasks[*n].depth;
        let Some(own) = timeline.order.get(place).map(depth) else { return 0 };
        timeline.order[place + 1..].iter().take_while(|n| depth(n) > own).count()
    }

    /// Shows the children of a task, or folds them away.
    pub fn fold(&mut self, task: TaskId) {
        if !self.folded.remove(&task) {
            self.folded.insert(task);
        }
    }

    /// Puts a task above the others, or back.
    pub fn pin(&mut self, task: TaskId) {
        match self.pinned.iter().position(|other| *other == task) {
            Some(place) => {
                self.pinned.remove(place);
            }
            None => self.pinned.push(task),
        }
    }
}

/// How long a task waited for anything, its turn among it, in seconds.
fn waited(lane: &TaskLane) -> f64 {
    let waits = |state: &State| matches!(state, State::Waiting { .. } | State::Ready | State::Due);
    lane.spans.iter().filter(|span| waits(&span.state)).map(|span| span.seconds()).sum()
}
