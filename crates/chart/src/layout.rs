//! The rows of the chart.

use crate::length::{self, Length};
use timeline::{ResourceLane, TaskLane, Timeline};

/// Height of a permit's line, in pixels.
pub(crate) const PERMIT: f64 = 11.0;
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
    /// The height of the rows of resources, in pixels.
    fixed: f64,
}

impl Layout {
    /// The rows of a run told by its order: as those of [`Layout::of`], and one for the callbacks of the loop.
    pub fn ordered(timeline: &Timeline) -> Self {
        let mut layout = Layout::of(timeline);
        let placed = Placed { row: Row::Loop, top: layout.height(), height: Length::pixels(LOOP) };
        layout.rows.push(placed);
        layout.fixed += LOOP;
        layout
    }

    /// The rows of a run.
    pub fn of(timeline: &Timeline) -> Self {
        let tasks = timeline.tasks.len();
        let task = |n: &usize| (Row::Task(*n), Length::rows(1.0));
        let resources = timeline.resources.iter().enumerate();
        let resources = resources.map(|(n, lane)| (Row::Resource(n), resource_height(lane)));
        let mut top = Length::default();
        let rows = timeline.order.iter().map(task).chain(resources).map(|(row, height)| {
            let placed = Placed { row, top, height };
            top = top + height;
            placed
        });
        let rows = rows.collect();
        Layout { rows, tasks, fixed: top.pixels }
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
        self.rows.iter().position(|placed| {
            let top = placed.top.at(row);
            y >= top && y < top + placed.height.at(row)
        })
    }
}

fn resource_height(lane: &ResourceLane) -> Length {
    let content = match (lane.slots(), lane.depth_bound()) {
        (Some(slots), _) => slots.clamp(1, PERMITS_SHOWN) as f64 * PERMIT,
        (None, Some(_)) => QUEUE,
        // Room for its name.
        (None, None) => 12.0,
    };
    Length::pixels(content + WAITING + 2.0 * PADDING)
}

/// The spans that can be pointed at: those that take time, and the last of a task that never ends. By index.
pub(crate) fn visible(lane: &TaskLane) -> impl DoubleEndedIterator<Item = usize> {
    let last = lane.spans.len().checked_sub(1).filter(|_| lane.ended.is_none());
    let spans = lane.spans.iter().enumerate();
    spans.filter(move |(n, span)| span.seconds() > 0.0 || Some(*n) == last).map(|(n, _)| n)
}
