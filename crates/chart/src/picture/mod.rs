//! What is drawn, said to a pen.

mod flows;
mod ghost;
mod loops;
mod pen;
mod resources;
mod tasks;
mod thin;
mod values;
mod whole;

pub use pen::{Across, Dash, Hatch, Label, Mark, Pen};
pub use whole::Picture;

use crate::layout::{Layout, Placed, Row};
use crate::length::Length;
use crate::palette::Colour;
use crate::scale::Scale;
use timeline::{Columns, Timeline};
use trace::TaskId;

/// How high the mark below a bar is, in pixels.
const MARKED: f64 = 4.0;

/// A run as it is drawn.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The run.
    pub timeline: &'a Timeline,
    /// The run whose tasks and resources the rows are: itself, or the prediction of a live run.
    pub rows_of: &'a Timeline,
    /// The rows.
    pub layout: &'a Layout,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// Whether it is drawn paler, behind another.
    pub pale: bool,
    /// Whether the run has come to its end: what has not ended then never will.
    pub over: bool,
    /// Where it is told by its order, the columns: lengths are no times then.
    pub columns: Option<&'a Columns>,
    /// The rows that are in view: from which index to before which.
    pub rows: (usize, usize),
    /// The axis, where it is known: what is not in view is not drawn then, and what is thinner than a pixel merged.
    pub scale: Option<Scale<'a>>,
}

impl<'a> Scene<'a> {
    /// A run that is over, whole, where nobody knows the size of the picture.
    pub fn still(timeline: &'a Timeline, layout: &'a Layout, selected: Option<TaskId>) -> Self {
        Scene {
            timeline,
            rows_of: timeline,
            layout,
            selected,
            pale: false,
            over: true,
            columns: None,
            rows: (0, layout.rows().len()),
            scale: None,
        }
    }
}

impl Scene<'_> {
    /// Draws the stripes behind the rows.
    pub fn stripes(&self, pen: &mut dyn Pen) {
        pen.alpha(1.0);
        // Every other row, wherever the first that is in view is.
        let first = self.rows.0 - self.rows.0 % 2;
        for placed in self.seen_from(first).iter().step_by(2) {
            pen.block(Across::All, placed.top, placed.height, Colour::Stripe, 0.0);
        }
    }

    /// Draws the grid of time: a line at each of some moments.
    pub fn grid(&self, pen: &mut dyn Pen, moments: &[f64]) {
        pen.alpha(1.0);
        for moment in moments {
            pen.grid(*moment, self.layout.height());
        }
    }

    /// Draws flows, lanes and resources.
    pub fn draw(&self, pen: &mut dyn Pen) {
        if !self.pale {
            self.held(pen);
            self.flows(pen);
        }
        for placed in self.seen_from(self.rows.0) {
            match placed.row {
                Row::Task(n) => {
                    for n in self.layout.sharing(n).iter().chain([&n]) {
                        let lane = self.rows_of.tasks.get(*n);
                        if let Some(lane) = lane.and_then(|lane| self.timeline.task(lane.id)) {
                            self.task(pen, placed, lane);
                        }
                    }
                }
                Row::Loop => self.calls(pen, placed),
                Row::Resource(n) => {
                    if let Some(lane) = self.timeline.resources.get(n) {
                        self.resource(pen, placed, lane);
                    }
                }
            }
        }
        pen.alpha(1.0);
    }

    /// Marks stretches of tasks' lanes, each of a task from a moment to another: a line below their bars.
    pub fn marked(&self, pen: &mut dyn Pen, stretches: &[(TaskId, f64, f64)]) {
        pen.alpha(1.0);
        for placed in self.seen_from(self.rows.0) {
            let Row::Task(n) = placed.row else { continue };
            let Some(lane) = self.rows_of.tasks.get(n) else { continue };
            for (_, from, to) in stretches.iter().filter(|(task, ..)| *task == lane.id) {
                if pen.shows(*from, *to) {
                    let across = Across::Between { from: *from, to: *to, inset: 0.0 };
                    let top = placed.top + placed.height + Length::pixels(-MARKED);
                    pen.block(across, top, Length::pixels(MARKED), Colour::Accent, 0.0);
                }
            }
        }
    }

    /// Draws a band over all lanes where the loop is held: nobody runs there, and nobody is woken.
    fn held(&self, pen: &mut dyn Pen) {
        let (from, to) = self.seen();
        let mut last = f64::NEG_INFINITY;
        for held in &self.timeline.held {
            let seen = held.to >= from && held.from <= to;
            // Of those that fall into one pixel the first is enough.
            let covered = self.scale.is_some_and(|scale| scale.x(held.to) < last);
            if !seen || covered || !pen.shows(held.from, held.to) {
                continue;
            }
            last = self.scale.map_or(last, |scale| scale.x(held.from).floor() + 1.0);
            let across = Across::Between { from: held.from, to: held.to, inset: 0.0 };
            pen.alpha(0.08);
            pen.block(across, Length::default(), self.layout.height(), Colour::Ink, 0.0);
            pen.alpha(0.65);
            pen.block(across, Length::default(), Length::pixels(3.0), Colour::Ink, 0.0);
        }
    }

    /// Makes what is drawn next as bold as that, less so where another task stands out.
    fn alpha(&self, pen: &mut dyn Pen, alpha: f64, task: Option<TaskId>) {
        let other = task.is_some() && self.selected.is_some() && self.selected != task;
        let factor = match (self.pale, other) {
            (true, _) => 0.22,
            (false, true) => 0.3,
            (false, false) => 1.0,
        };
        pen.alpha(alpha * factor);
    }

    /// The rows in view from this one on.
    fn seen_from(&self, first: usize) -> &[Placed] {
        let rows = self.layout.rows();
        let after = self.rows.1.min(rows.len());
        &rows[first.min(after)..after]
    }

    /// The moments between which the chart is in view.
    fn seen(&self) -> (f64, f64) {
        self.scale.map_or((f64::NEG_INFINITY, f64::INFINITY), |scale| scale.seen())
    }
}
