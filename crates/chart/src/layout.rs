//! The rows of the chart.

use crate::lanes::Lanes;
use crate::length::{self, Length};
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

/// What a row shows: an index into the timeline's tasks or resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A task.
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
        let shown = lanes.shown(timeline);
        let mut places = vec![None; timeline.tasks.len()];
        for (row, task) in shown.iter().enumerate() {
            places[*task] = u32::try_from(row).ok();
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
        Layout { rows, tasks, places, fixed: top.pixels }
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

    /// The height of a task's row in pixels, where all rows together are so high.
    pub fn row_in(&self, height: f64) -> f64 {
        if self.tasks == 0 { self.row(height) } else { (height - self.fixed) / self.tasks as f64 }
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
