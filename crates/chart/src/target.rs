//! What the pointer or the focus is on.

use crate::layout::{self, Layout, Row};
use crate::scale::Scale;
use timeline::{TaskLane, Timeline};
use trace::TaskId;

/// How far from a span the pointer may be, in pixels.
const NEAR: f64 = 8.0;
/// How wide the frame around a moment of a resource is, in pixels.
const MOMENT: f64 = 8.0;

/// Something on the chart, by its row and its span.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The row, by index.
    pub row: usize,
    /// The span of a task's lane, by index.
    pub span: Option<usize>,
    /// The task of the row.
    pub task: Option<TaskId>,
    /// The resource of the row, by index, and the moment pointed at.
    pub resource: Option<(usize, f64)>,
    /// Left, top, width and height, in pixels.
    pub place: (f64, f64, f64, f64),
}

/// A chart that can be pointed at.
#[derive(Clone, Copy)]
pub struct Chart<'a> {
    /// The run that is shown.
    pub timeline: &'a Timeline,
    /// The run whose tasks and resources the rows are.
    pub rows_of: &'a Timeline,
    /// The rows.
    pub layout: &'a Layout,
    /// The height of a task's row, in pixels.
    pub row: f64,
    /// The axis.
    pub scale: Scale<'a>,
}

impl Chart<'_> {
    /// What is at a place, in pixels.
    pub fn at(&self, x: f64, y: f64) -> Option<Target> {
        let row = self.layout.index_at(y, self.row)?;
        let placed = self.layout.rows()[row];
        match placed.row {
            Row::Task(_) => {
                let lane = self.lane(row)?;
                let distance = |n: usize| {
                    let span = &lane.spans[n];
                    (self.scale.x(span.from) - x).max(x - self.scale.x(span.to)).max(0.0)
                };
                let (from, to) = (self.scale.time(x - NEAR), self.scale.time(x + NEAR));
                let nearest = layout::spans_within(&lane.spans, from, to)
                    .filter(|n| layout::is_visible(lane, *n))
                    .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
                    .filter(|n| distance(*n) <= NEAR)?;
                self.on_span(row, nearest)
            }
            Row::Loop => None,
            Row::Resource(n) => {
                let lane = self.timeline.resources.get(n)?;
                let time = self.scale.time(x);
                let (top, height) = (placed.top.at(self.row), placed.height.at(self.row));
                (time >= lane.created).then(|| Target {
                    row,
                    span: None,
                    task: None,
                    resource: Some((n, time)),
                    place: (self.scale.x(time), top, 0.0, height),
                })
            }
        }
    }

    /// Where the focus goes from a target: `down` rows down, `on` spans on, in the row of a resource `on` moments at
    /// which it changes. From nothing it goes to the first span.
    pub fn step(&self, from: Option<&Target>, down: isize, on: isize) -> Option<Target> {
        let rows = self.layout.rows().len();
        let Some(from) = from else {
            let first = |row| Some((row, layout::visible(self.lane(row)?).next()?));
            let (row, first) = (0..rows).find_map(first)?;
            return self.on_span(row, first);
        };
        if let (0, Some((n, time))) = (down, from.resource) {
            let moments = self.timeline.resources.get(n)?.moments();
            let place = moments.partition_point(|moment| *moment < time);
            // Between two moments the next one is one step on.
            let here = moments.get(place) == Some(&time);
            let next = place.saturating_add_signed(if on > 0 && !here { on - 1 } else { on });
            return self.on_resource(from.row, *moments.get(next.min(moments.len() - 1))?);
        }
        if down == 0 {
            let spans: Vec<usize> = layout::visible(self.lane(from.row)?).collect();
            let place = spans.iter().position(|span| Some(*span) == from.span)?;
            let next = place.saturating_add_signed(on).min(spans.len() - 1);
            return self.on_span(from.row, spans[next]);
        }
        // To the nearest row of a resource, or of a task that has spans; there, to the span at the same moment or the one
        // next to it.
        let span = self.lane(from.row).zip(from.span);
        let moment = match span.and_then(|(lane, n)| lane.spans.get(n)) {
            Some(span) => (span.from + span.to) / 2.0,
            None => from.resource.map_or_else(|| self.scale.time(from.place.0), |(_, time)| time),
        };
        let mut row = from.row;
        loop {
            row = row.checked_add_signed(down)?;
            if row >= rows {
                return Some(from.clone());
            }
            if let Some(target) = self.on_resource(row, moment) {
                return Some(target);
            }
            let Some(lane) = self.lane(row) else { continue };
            let distance = |n: usize| {
                let span = &lane.spans[n];
                (span.from - moment).max(moment - span.to).max(0.0)
            };
            let nearest =
                layout::visible(lane).min_by(|a, b| distance(*a).total_cmp(&distance(*b)));
            if let Some(nearest) = nearest {
                return self.on_span(row, nearest);
            }
        }
    }

    /// The same target where it is now, after the chart has been moved under it.
    pub fn again(&self, target: &Target) -> Option<Target> {
        match (target.span, target.resource) {
            (Some(span), _) => {
                let task = self.rows_of.task_index(target.task?)?;
                self.on_span(self.layout.row_of(task)?, span)
            }
            (None, Some((n, time))) => {
                let row = self.layout.rows().iter().position(|p| p.row == Row::Resource(n))?;
                let mut moved = Target { row, ..target.clone() };
                moved.place.0 = self.scale.x(time) - target.place.2 / 2.0;
                moved.place.1 = self.layout.rows()[row].top.at(self.row);
                Some(moved)
            }
            (None, None) => None,
        }
    }

    /// The moments between which a target's span is; of a resource the one that is pointed at.
    pub fn moments(&self, target: &Target) -> Option<(f64, f64)> {
        if let Some((_, time)) = target.resource {
            return Some((time, time));
        }
        let span = self.lane(target.row)?.spans.get(target.span?)?;
        Some((span.from, span.to))
    }

    /// The span of a task at a moment, or the last before it that can be pointed at.
    pub fn of_task(&self, task: TaskId, time: f64) -> Option<Target> {
        let row = self.layout.row_of(self.rows_of.task_index(task)?)?;
        let lane = self.lane(row)?;
        let begun = lane.spans.partition_point(|span| span.from <= time);
        let before = (0..begun).rev().find(|n| layout::is_visible(lane, *n));
        let span = before.or_else(|| layout::visible(lane).next())?;
        self.on_span(row, span)
    }

    /// Along the arrows: back from a span to who woke the task, created it or asked it to cancel itself; on to whom the
    /// task wakes, creates or cancels next.
    pub fn follow(&self, from: &Target, on: bool) -> Option<Target> {
        let (task, (begin, end)) = (from.task?, self.moments(from)?);
        let flows = &self.timeline.flows;
        if on {
            let first = flows.partition_point(|flow| flow.time < begin);
            let flow = flows[first..].iter().find(|flow| flow.from == task)?;
            return self.of_task_from(flow.to, flow.time);
        }
        let after = flows.partition_point(|flow| flow.time <= end);
        let flow = flows[..after].iter().rev().find(|flow| flow.to == task)?;
        self.of_task(flow.from, flow.time)
    }

    /// The first span of a task that can be pointed at and ends after a moment.
    fn of_task_from(&self, task: TaskId, time: f64) -> Option<Target> {
        let row = self.layout.row_of(self.rows_of.task_index(task)?)?;
        let lane = self.lane(row)?;
        let over = lane.spans.partition_point(|span| span.to <= time);
        let next = (over..lane.spans.len()).find(|n| layout::is_visible(lane, *n));
        self.on_span(row, next.or_else(|| layout::visible(lane).next_back())?)
    }

    /// The lane of a task's row, as far as it has come.
    fn lane(&self, row: usize) -> Option<&TaskLane> {
        match self.layout.rows().get(row)?.row {
            Row::Task(n) => self.timeline.task(self.rows_of.tasks.get(n)?.id),
            Row::Resource(_) | Row::Loop => None,
        }
    }

    /// A moment in the row of a resource, or its first one.
    fn on_resource(&self, row: usize, time: f64) -> Option<Target> {
        let placed = self.layout.rows().get(row)?;
        let Row::Resource(n) = placed.row else { return None };
        let time = time.max(self.timeline.resources.get(n)?.created);
        let (top, height) = (placed.top.at(self.row), placed.height.at(self.row));
        let place = (self.scale.x(time) - MOMENT / 2.0, top, MOMENT, height);
        Some(Target { row, span: None, task: None, resource: Some((n, time)), place })
    }

    fn on_span(&self, row: usize, span: usize) -> Option<Target> {
        let placed = self.layout.rows().get(row)?;
        let lane = self.lane(row)?;
        let found = lane.spans.get(span)?;
        // What is beyond the edges is not framed.
        let edge = |x: f64| x.clamp(-4.0, self.scale.width() + 4.0);
        let (from, to) = (edge(self.scale.x(found.from)), edge(self.scale.x(found.to)));
        Some(Target {
            row,
            span: Some(span),
            task: Some(lane.id),
            resource: None,
            place: (from, placed.top.at(self.row), to - from, placed.height.at(self.row)),
        })
    }
}
