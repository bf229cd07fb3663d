//! How lanes are arranged, by the names of their tasks: so it can be told in a link, and is found again in another run.

use crate::lanes::Lanes;
use timeline::Timeline;
use trace::TaskId;

/// Between a name and the number of the task that has it, where others before it have it, too.
const NUMBER: char = '~';

/// The order of more lanes than these is not told: a link must not be as long as a book.
const MOST: usize = 200;

/// Names of the lists of [`Named`].
pub const LISTS: [&str; 4] = ["top", "hide", "fold", "order"];

/// The tasks that are pinned, hidden and folded, and the order of the others as far as it was changed.
pub type Named = [Vec<String>; 4];

/// The task of a name: the first that has it, or the one whose number is told.
pub fn named(timeline: &Timeline, name: &str) -> Option<TaskId> {
    let find = |name: &str, n: usize| {
        timeline.tasks.iter().filter(|lane| &*lane.name == name).nth(n).map(|lane| lane.id)
    };
    let numbered = || {
        let (name, number) = name.rsplit_once(NUMBER)?;
        find(name, number.parse::<usize>().ok()?.checked_sub(1)?)
    };
    find(name, 0).or_else(numbered)
}

/// What a task is called among those of a run, so that [`named`] finds it.
pub fn name_of(timeline: &Timeline, task: TaskId) -> Option<String> {
    let place = timeline.task_index(task)?;
    let name = &timeline.tasks[place].name;
    let before = timeline.tasks[..place].iter().filter(|lane| lane.name == *name).count();
    Some(if before > 0 { format!("{name}{NUMBER}{}", before + 1) } else { name.to_string() })
}

impl Lanes {
    /// How the lanes of a run are arranged, by names.
    pub fn names(&self, timeline: &Timeline) -> Named {
        if self.is_plain() {
            return Named::default();
        }
        let names = |tasks: &mut dyn Iterator<Item = &TaskId>| -> Vec<String> {
            tasks.filter_map(|task| name_of(timeline, *task)).collect()
        };
        let pinned =
            self.pinned.iter().filter(|task| timeline.task_index(**task).is_some()).count();
        let rest = |lanes: &Lanes| lanes.shown(timeline).split_off(pinned);
        let (now, unmoved) = (rest(self), rest(&Lanes { moved: Vec::new(), ..self.clone() }));
        // What follows the last that stands elsewhere comes by itself.
        let changed = now.iter().zip(&unmoved).rposition(|(now, was)| now != was);
        let until = changed.map_or(0, |n| n + 1);
        let order = if until > MOST { &[] } else { &now[..until] };
        let order: Vec<TaskId> = order.iter().map(|n| timeline.tasks[*n].id).collect();
        [
            names(&mut self.pinned.iter()),
            names(&mut self.hidden.iter()),
            names(&mut self.folded.iter()),
            names(&mut order.iter()),
        ]
    }

    /// The lanes of a run arranged so, as far as it has tasks of these names.
    pub fn of_names(timeline: &Timeline, names: &Named) -> Lanes {
        let [pinned, hidden, folded, moved] = names.each_ref().map(|names| {
            names.iter().filter_map(|name| named(timeline, name)).collect::<Vec<TaskId>>()
        });
        Lanes {
            pinned,
            hidden: hidden.into_iter().collect(),
            folded: folded.into_iter().collect(),
            moved,
            ..Lanes::default()
        }
    }
}
