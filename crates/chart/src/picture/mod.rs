//! What is drawn, said to a pen.

mod flows;
mod ghost;
mod loops;
mod pen;
mod resources;
mod tasks;

pub use pen::{Across, Dash, Label, Mark, Pen};

use crate::layout::{Layout, Row};
use crate::length::Length;
use crate::palette::Colour;
use std::collections::BTreeMap;
use timeline::{Columns, Timeline};
use trace::TaskId;

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
}

impl Scene<'_> {
    /// Draws the stripes behind the rows.
    pub fn stripes(&self, pen: &mut impl Pen) {
        pen.alpha(1.0);
        for placed in self.layout.rows().iter().step_by(2) {
            pen.block(Across::All, placed.top, placed.height, Colour::Stripe, 0.0);
        }
    }

    /// Draws the grid of time: a line at each of some moments.
    pub fn grid(&self, pen: &mut impl Pen, moments: &[f64]) {
        pen.alpha(1.0);
        for moment in moments {
            pen.grid(*moment, self.layout.height());
        }
    }

    /// Draws flows, lanes and resources.
    pub fn draw(&self, pen: &mut impl Pen) {
        if !self.pale {
            self.held(pen);
            self.flows(pen);
        }
        for placed in self.layout.rows() {
            match placed.row {
                Row::Task(n) => {
                    let lane =
                        self.rows_of.tasks.get(n).and_then(|lane| self.timeline.task(lane.id));
                    if let Some(lane) = lane {
                        self.task(pen, placed, lane);
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

    /// Draws a band over all lanes where the loop is held: nobody runs there, and nobody is woken.
    fn held(&self, pen: &mut impl Pen) {
        for held in &self.timeline.held {
            if !pen.shows(held.from, held.to) {
                continue;
            }
            let across = Across::Between { from: held.from, to: held.to, inset: 0.0 };
            pen.alpha(0.08);
            pen.block(across, Length::default(), self.layout.height(), Colour::Ink, 0.0);
            pen.alpha(0.65);
            pen.block(across, Length::default(), Length::pixels(3.0), Colour::Ink, 0.0);
        }
    }

    /// Makes what is drawn next as bold as that, less so where another task stands out.
    fn alpha(&self, pen: &mut impl Pen, alpha: f64, task: Option<TaskId>) {
        let other = task.is_some() && self.selected.is_some() && self.selected != task;
        let factor = match (self.pale, other) {
            (true, _) => 0.22,
            (false, true) => 0.3,
            (false, false) => 1.0,
        };
        pen.alpha(alpha * factor);
    }

    /// The middle of each task's row.
    fn middles(&self) -> BTreeMap<TaskId, Length> {
        let mut middles = BTreeMap::new();
        for placed in self.layout.rows() {
            let Row::Task(n) = placed.row else { break };
            let Some(lane) = self.rows_of.tasks.get(n) else { continue };
            middles.insert(lane.id, placed.top + Length::rows(0.5));
        }
        middles
    }
}
