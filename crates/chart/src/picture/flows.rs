//! Who created, woke and cancelled whom, and whose exception is raised in whom.

use super::{Dash, Pen, Scene};
use crate::length::Length;
use crate::palette::Colour;
use timeline::{Flow, FlowKind};
use trace::TaskId;

impl Scene<'_> {
    pub(super) fn flows(&self, pen: &mut dyn Pen) {
        let (from, to) = self.seen();
        let flows = &self.timeline.flows;
        let first = flows.partition_point(|flow| flow.time < from);
        let after = flows.partition_point(|flow| flow.time <= to).max(first);
        // What was drawn last of each kind: lines in the same pixels are one.
        let mut last = [None; 4];
        for flow in &flows[first..after] {
            let ends = self.row(flow.from).zip(self.row(flow.to));
            let Some((from, to)) = ends.filter(|ends| self.crosses(*ends)) else { continue };
            let mine = self.selected == Some(flow.from) || self.selected == Some(flow.to);
            let place = self
                .scale
                .map(|scale| (scale.x(flow.time).round(), self.near(from), self.near(to)));
            let drawn = &mut last[flow.kind as usize];
            if !mine && place.is_some() && *drawn == place {
                continue;
            }
            *drawn = place;
            self.flow(pen, flow, (from, to), mine);
        }
    }

    fn flow(&self, pen: &mut dyn Pen, flow: &Flow, (from, to): (usize, usize), mine: bool) {
        let (colour, alpha, dash) = match flow.kind {
            FlowKind::Created => (Colour::Muted, 0.25, Dash::Broken(1, 3)),
            FlowKind::Woke => (Colour::Muted, 0.6, Dash::Whole),
            FlowKind::Cancelled => (Colour::Danger, 0.8, Dash::Broken(4, 2)),
            FlowKind::Raised => (Colour::Danger, 0.8, Dash::Whole),
        };
        let factor = if self.selected.is_some() && !mine { 0.3 } else { 1.0 };
        let middle = |row: usize| self.layout.rows()[row].top + Length::rows(0.5);
        pen.alpha(alpha * factor);
        let ends = (middle(self.near(from)), middle(self.near(to)));
        pen.drop(flow.time, ends.0, ends.1, if mine { 1.75 } else { 1.0 }, dash, colour);
        if flow.kind != FlowKind::Created && (self.rows.0..self.rows.1).contains(&to) {
            pen.tip(flow.time, middle(to), to > from, colour);
        }
    }

    /// The row of a task.
    fn row(&self, task: TaskId) -> Option<usize> {
        self.layout.row_of(self.rows_of.task_index(task)?)
    }

    /// Whether something between two rows is in view.
    fn crosses(&self, (a, b): (usize, usize)) -> bool {
        a.max(b) >= self.rows.0 && a.min(b) < self.rows.1
    }

    /// The row itself, or the next that is not in view on its side: lines from further away come from there.
    fn near(&self, row: usize) -> usize {
        let last = self.layout.rows().len().saturating_sub(1).min(self.rows.1);
        row.clamp(self.rows.0.saturating_sub(1).min(last), last)
    }
}
