//! Which lanes a reader wants to see, and in which order.

use std::collections::BTreeSet;
use timeline::Timeline;
use trace::TaskId;

/// How a reader has arranged the lanes of tasks. Nothing is said of lanes that are not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// Only tasks with this in their names, whatever the case of its letters.
    pub filter: String,
    /// Tasks whose children, and theirs, are not shown.
    pub folded: BTreeSet<TaskId>,
    /// Tasks that are not shown.
    pub hidden: BTreeSet<TaskId>,
    /// Tasks that stand above the others whatever else is asked for, in this order.
    pub pinned: Vec<TaskId>,
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
        let above: BTreeSet<usize> = shown.iter().copied().collect();
        // How deep the tree is that is being left out.
        let mut left_out = usize::MAX;
        for n in &timeline.order {
            let lane = &timeline.tasks[*n];
            if lane.depth > left_out {
                continue;
            }
            left_out = if self.folded.contains(&lane.id) { lane.depth } else { usize::MAX };
            let named = filter.is_empty() || lane.name.to_lowercase().contains(&filter);
            if named && !self.hidden.contains(&lane.id) && !above.contains(n) {
                shown.push(*n);
            }
        }
        shown
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
