//! What is on the chart all together, in the order in which it is painted.

use super::{Pen, Scene};
use crate::layout::Layout;
use crate::scale::Scale;
use timeline::{Columns, Timeline};
use trace::TaskId;

/// A run, and what is shown with it, where the size is known.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// The run as predicted.
    pub predicted: &'a Timeline,
    /// A live run so far.
    pub live: Option<&'a Timeline>,
    /// A run that it is compared with, and which of its lanes are which of the prediction's.
    pub ghost: Option<(&'a Timeline, &'a [Option<usize>])>,
    /// Whether what is shown has come to its end: the live run, where there is one, or the prediction.
    pub over: bool,
    /// The rows.
    pub layout: &'a Layout,
    /// The axis, as far as it is looked at.
    pub scale: Scale<'a>,
    /// Where columns stand for times, these.
    pub columns: Option<&'a Columns>,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// Stretches of tasks' lanes that are marked.
    pub marked: &'a [(TaskId, f64, f64)],
}

impl Picture<'_> {
    /// Draws what is between two heights, in pixels, where a task's row is `row` pixels high.
    pub fn draw(&self, pen: &mut dyn Pen, (top, bottom): (f64, f64), row: f64) {
        let scale = self.scale;
        let predicted = Scene {
            timeline: self.predicted,
            rows_of: self.predicted,
            layout: self.layout,
            selected: self.selected,
            pale: self.live.is_some(),
            over: self.over || self.live.is_some(),
            columns: self.columns,
            rows: self.layout.within(top, bottom, row),
            scale: Some(scale),
        };
        predicted.stripes(pen);
        let moments = match self.columns {
            Some(columns) => columns.iterations().iter().map(|(column, ..)| *column).collect(),
            None => scale.ticks().moments,
        };
        predicted.grid(pen, &moments);
        if let Some((ghost, lanes)) = self.ghost {
            predicted.ghost(pen, ghost, lanes);
        }
        predicted.draw(pen);
        if let Some(live) = self.live {
            Scene { timeline: live, pale: false, over: self.over, ..predicted }.draw(pen);
        }
        predicted.marked(pen, self.marked);
        for (from, to) in scale.folds() {
            pen.fold(from, to);
        }
    }
}
