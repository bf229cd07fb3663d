//! The rows of the chart.

use crate::lanes::Lanes;
use crate::length::{self, Length};
use std::collections::BTreeMap;
use std::ops::Range;
use timeline::{ResourceLane, Span, TaskLane, Timeline};
use trace::ResourceKind;

/// Height of a permit's line, in pixels, where there are few, so that names have room on them, and where many.
const PERMIT: f64 = 14.0;
const LOW_PERMIT: f64 = 11.0;
/// How many permits are few.
const FEW: usize = 4;
/// Most permits drawn one by one.
pub(crate) const PERMITS_SHOWN: usize = 8;
/// Height of the strip that shows how many tasks wait for a resource, in pixels.
pub(crate) const WAITING: f64 = 13.0;
/// Height of the band of a flag that is set, in pixels.
pub(crate) const FLAG: f64 = 10.0;
/// Height of the row of the loop's callbacks, in pixels.
const LOOP: f64 = 34.0;
/// Height of a queue's curve, in pixels.
const QUEUE: f64 = 40.0;
/// Height of the band that shows a value, in pixels.
pub(crate) const VALUE: f64 = 22.0;
/// Space above and below the content of a resource's row, in pixels.
pub(crate) const PADDING: f64 = 6.0;

/// The height beyond which a chart is scrolled rather than made higher, in pixels.
const MOST: f64 = 520.0;

/// So many brief tasks one below the other share a row.
const BRIEF: usize = 3;

/// What a row shows: an index into the timeline's tasks or resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A task, and those that [share the row](Layout::sharing) with it.
    Task(usize),
    /// A resource.
    Resource(usize),
    /// The callbacks that the loop runs by itself.
    Loop,
}

/// A row and where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// What it shows.
    pub row: Row,
    /// Its upper edge.
    pub top: Length,
    /// Its height.
    pub height: Length,
}

/// The rows from top to bottom: those of tasks, which share what height there is, within reason, and
/// below them those of resources.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    rows: Vec<Placed>,
    tasks: usize,
    /// The row of each task, by its index in the timeline.
    places: Vec<Option<u32>>,
    /// The brief tasks that share the row of another one, by that one.
    sharing: BTreeMap<usize, Vec<usize>>,
    /// The height of the rows of resources, in pixels.
    fixed: f64,
}

impl Layout {
    /// The rows of a run told by its order: as those of [`Layout::of`], and one for the callbacks of the loop.
    pub fn ordered(timeline: &Timeline) -> Self {
        Layout::of(timeline).with_loop()
    }

    /// The rows of a run.
    pub fn of(timeline: &Timeline) -> Self {
        Layout::arranged(timeline, &Lanes::default())
    }

    /// The rows of a run as a reader has arranged them.
    pub fn arranged(timeline: &Timeline, lanes: &Lanes) -> Self {
        let (shown, sharing) = share(timeline, lanes.shown(timeline), lanes.brief);
        let mut places = vec![None; timeline.tasks.len()];
        for (row, task) in shown.iter().enumerate() {
            for task in sharing.get(task).into_iter().flatten().chain([task]) {
                places[*task] = u32::try_from(row).ok();
            }
        }
        let tasks = shown.len();
        let task = |n: usize| (Row::Task(n), Length::rows(1.0));
        let resources = timeline.resources.iter().enumerate();
        let resources = resources.map(|(n, lane)| (Row::Resource(n), resource_height(lane)));
        let mut top = Length::default();
        let rows = shown.into_iter().map(task).chain(resources).map(|(row, height)| {
            let placed = Placed { row, top, height };
            top = top + height;
            placed
        });
        let rows = rows.collect();
        Layout { rows, tasks, places, sharing, fixed: top.pixels }
    }

    /// The same with a row for the callbacks of the loop below the others.
    pub fn with_loop(mut self) -> Self {
        let placed = Placed { row: Row::Loop, top: self.height(), height: Length::pixels(LOOP) };
        self.rows.push(placed);
        self.fixed += LOOP;
        self
    }

    /// The index of a task's row, by the task's index in the timeline.
    pub fn row_of(&self, task: usize) -> Option<usize> {
        self.places.get(task).copied().flatten().map(|row| row as usize)
    }

    /// The brief tasks that share the row of a task, by their indices in the timeline.
    pub fn sharing(&self, task: usize) -> &[usize] {
        self.sharing.get(&task).map_or(&[], Vec::as_slice)
    }

    /// How many tasks have a row, of their own or shared.
    pub fn shown(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// The rows of which something is between two heights, where a task's row is `row` pixels high: from which
    /// index to before which.
    pub fn within(&self, from: f64, to: f64, row: f64) -> (usize, usize) {
        let above = |placed: &Placed| (placed.top + placed.height).at(row) <= from;
        let begun = |placed: &Placed| placed.top.at(row) < to;
        let first = self.rows.partition_point(above);
        (first, self.rows.partition_point(begun).max(first))
    }

    /// The rows.
    pub fn rows(&self) -> &[Placed] {
        &self.rows
    }

    /// The rows of tasks, then those of resources.
    pub fn parts(&self) -> (&[Placed], &[Placed]) {
        self.rows.split_at(self.tasks)
    }

    /// Height of all rows together.
    pub fn height(&self) -> Length {
        Length::rows(self.tasks as f64) + Length::pixels(self.fixed)
    }

    /// The height of a task's row in pixels, where there is room for so many pixels of rows.
    pub fn row(&self, room: f64) -> f64 {
        length::row(room - self.fixed, self.tasks)
    }

    /// The height of a task's row in pixels, where all rows together are so high. No row is lower than it can be: where
    /// the height is still that of a run with fewer rows, all would be in view otherwise.
    pub fn row_in(&self, height: f64) -> f64 {
        let room = height - self.fixed;
        if self.tasks == 0 {
            self.row(height)
        } else {
            (room / self.tasks as f64).max(length::LEAST)
        }
    }

    /// The heights of rows in CSS: `--row` and `--bar` for [`Length::css`], where `--room` is the room
    /// for all rows, and that of all rows together.
    pub fn css(&self) -> String {
        let heights = length::heights(self.tasks, self.fixed);
        format!("{heights};height:{}", self.height().css())
    }

    /// The least height at which a run can be taken in, in pixels: that of its rows, as far as a screen
    /// has room.
    pub fn least(&self) -> f64 {
        self.height().at(self.row(0.0)).min(MOST)
    }

    /// The index of the row at a height, where a task's row is `row` pixels high.
    pub fn index_at(&self, y: f64, row: f64) -> Option<usize> {
        let (first, after) = self.within(y, y.next_up(), row);
        (first < after && y >= 0.0).then_some(first)
    }
}

/// Whether a task begins and ends in one moment: it has no bar.
pub fn is_brief(lane: &TaskLane) -> bool {
    lane.ended.is_some() && visible(lane).next().is_none()
}

/// The tasks that have rows, from the top, and the brief ones that share a row of these: unless each is to have its
/// own, those that stand one below the other, of one depth, and have nobody below them in the tree.
fn share(
    timeline: &Timeline,
    shown: Vec<usize>,
    own: bool,
) -> (Vec<usize>, BTreeMap<usize, Vec<usize>>) {
    let mut sharing = BTreeMap::new();
    if own {
        return (shown, sharing);
    }
    let mut rows = Vec::with_capacity(shown.len());
    let mut rest = &shown[..];
    while let Some(first) = rest.first() {
        let depth = timeline.tasks[*first].depth;
        let is_alike = |(n, task): &(usize, &usize)| {
            let below = rest.get(n + 1).is_some_and(|next| timeline.tasks[*next].depth > depth);
            let lane = &timeline.tasks[**task];
            lane.depth == depth && !below && is_brief(lane)
        };
        let alike = rest.iter().enumerate().take_while(is_alike).count();
        let taken = if alike >= BRIEF { alike } else { 1 };
        if taken > 1 {
            sharing.insert(*first, rest[1..taken].to_vec());
        }
        rows.push(*first);
        rest = &rest[taken..];
    }
    (rows, sharing)
}

/// The height of the line of each of so many permits, in pixels.
pub(crate) fn permit(slots: usize) -> f64 {
    if slots <= FEW { PERMIT } else { LOW_PERMIT }
}

fn resource_height(lane: &ResourceLane) -> Length {
    let content = match (lane.slots(), lane.depth_bound()) {
        (Some(slots), _) => slots.clamp(1, PERMITS_SHOWN) as f64 * permit(slots),
        (None, Some(_)) => QUEUE,
        (None, None) if lane.kind == ResourceKind::Value => VALUE,
        // Room for its name.
        (None, None) => 12.0,
    };
    Length::pixels(content + WAITING + 2.0 * PADDING)
}

/// Whether a span of a lane can be pointed at, by index: it takes time, or is the last of a task that never ends.
pub(crate) fn is_visible(lane: &TaskLane, n: usize) -> bool {
    let last = lane.spans.len().checked_sub(1).filter(|_| lane.ended.is_none());
    lane.spans.get(n).is_some_and(|span| span.seconds() > 0.0 || Some(n) == last)
}

/// The spans that can be pointed at, by index.
pub(crate) fn visible(lane: &TaskLane) -> impl DoubleEndedIterator<Item = usize> {
    (0..lane.spans.len()).filter(|n| is_visible(lane, *n))
}

/// The spans of a lane of which something is between two moments, by index.
pub(crate) fn spans_within(spans: &[Span], from: f64, to: f64) -> Range<usize> {
    let first = spans.partition_point(|span| span.to < from);
    first..spans.partition_point(|span| span.from <= to).max(first)
}
