//! Where things are on the chart.

use timeline::{ResourceLane, Span, Timeline};

/// Space left and right of the time axis, in pixels.
const MARGIN: f64 = 14.0;
/// Height of a permit's line, in pixels.
pub const PERMIT: f64 = 11.0;
/// Most permits drawn one by one.
pub const PERMITS_SHOWN: usize = 8;
/// Height of the strip that shows how many tasks wait for a resource, in pixels.
pub const WAITING: f64 = 13.0;
/// Height of a queue's curve, in pixels.
const QUEUE: f64 = 40.0;
/// Space above and below the content of a resource's row, in pixels.
pub const PADDING: f64 = 6.0;

/// The height beyond which a chart is scrolled rather than made higher, in pixels.
const MOST: f64 = 520.0;

/// Time on the horizontal axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    seconds: f64,
    width: f64,
}

impl Scale {
    /// From 0 to `seconds` over `width` pixels.
    pub fn new(seconds: f64, width: f64) -> Self {
        Scale { seconds: if seconds > 0.0 { seconds } else { 1.0 }, width: width.max(1.0) }
    }

    /// The place of a moment, in pixels.
    pub fn x(&self, time: f64) -> f64 {
        MARGIN + time / self.seconds * self.span()
    }

    /// The moment at a place, within the axis.
    pub fn time(&self, x: f64) -> f64 {
        ((x - MARGIN) / self.span() * self.seconds).clamp(0.0, self.seconds)
    }

    /// Round moments at a good distance, and how many decimals they need.
    pub fn ticks(&self) -> (Vec<f64>, usize) {
        let rough = self.seconds / (self.span() / 80.0).max(2.0);
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
        let step = step.into_iter().find(|step| *step >= rough).unwrap_or(power);
        let decimals = (-(step * 1.001).log10().floor()).max(0.0) as usize;
        let count = (self.seconds / step + 1e-6).floor() as usize;
        ((0..=count).map(|n| n as f64 * step).collect(), decimals)
    }

    fn span(&self) -> f64 {
        (self.width - 2.0 * MARGIN).max(1.0)
    }
}

/// What a row shows: an index into the timeline's tasks or resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A task.
    Task(usize),
    /// A resource.
    Resource(usize),
}

/// A row and where it is, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// What it shows.
    pub row: Row,
    /// Its upper edge.
    pub top: f64,
    /// Its height.
    pub height: f64,
}

/// The rows from top to bottom; those of tasks share what height there is, within reason.
pub fn rows(timeline: &Timeline, available: f64) -> Vec<Placed> {
    let resources: f64 = timeline.resources.iter().map(resource_height).sum();
    let share = (available - resources) / timeline.tasks.len().max(1) as f64;
    let task_height = share.clamp(24.0, 64.0).floor();
    let tasks = timeline.order.iter().map(|n| (Row::Task(*n), task_height));
    let resources = timeline.resources.iter().enumerate();
    let resources = resources.map(|(n, lane)| (Row::Resource(n), resource_height(lane)));
    let mut top = 0.0;
    tasks
        .chain(resources)
        .map(|(row, height)| {
            let placed = Placed { row, top, height };
            top += height;
            placed
        })
        .collect()
}

/// The least height at which a run can be taken in: that of its rows, as far as a screen has room.
pub fn least(timeline: &Timeline) -> f64 {
    height(&rows(timeline, 0.0)).min(MOST)
}

/// Height of all rows together, in pixels.
pub fn height(rows: &[Placed]) -> f64 {
    rows.last().map_or(0.0, |row| row.top + row.height)
}

fn resource_height(lane: &ResourceLane) -> f64 {
    let content = match (lane.slots(), lane.depth_bound()) {
        (Some(slots), _) => slots.clamp(1, PERMITS_SHOWN) as f64 * PERMIT,
        (None, Some(_)) => QUEUE,
        // Room for its name.
        (None, None) => 12.0,
    };
    content + WAITING + 2.0 * PADDING
}

/// The row at a height.
pub fn row_at(rows: &[Placed], y: f64) -> Option<&Placed> {
    rows.iter().find(|row| y >= row.top && y < row.top + row.height)
}

/// The spans that can be pointed at: those that take time. By index.
pub fn visible(spans: &[Span]) -> impl DoubleEndedIterator<Item = usize> {
    spans.iter().enumerate().filter(|(_, span)| span.seconds() > 0.0).map(|(n, _)| n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn places_and_moments_are_each_other_s_inverse() {
        let scale = Scale::new(4.0, 800.0);
        assert!((scale.time(scale.x(1.5)) - 1.5).abs() < 1e-9);
        assert_eq!(scale.time(-100.0), 0.0);
        assert_eq!(scale.time(1e6), 4.0);
    }

    #[wasm_bindgen_test]
    fn ticks_are_round_and_within_the_axis() {
        let (ticks, decimals) = Scale::new(2.0, 500.0).ticks();
        assert_eq!(ticks, [0.0, 0.5, 1.0, 1.5, 2.0]);
        assert_eq!(decimals, 1);
        assert_eq!(Scale::new(3.0, 500.0).ticks(), (vec![0.0, 1.0, 2.0, 3.0], 0));
    }
}
