//! A run that was pinned, below the bars of the one that is shown.

use super::{Across, Dash, Pen, Scene};
use crate::layout::{Row, spans_within};
use crate::length::Length;
use crate::palette::Colour;
use timeline::{Category, Span, State, Timeline};
use trace::TaskId;

impl Scene<'_> {
    /// Draws what the tasks of another run did as pale bands below the bars of the same tasks; `lanes` says for each
    /// task of this run, by index, which it is there.
    pub fn ghost(&self, pen: &mut dyn Pen, ghost: &Timeline, lanes: &[Option<usize>]) {
        let (from, to) = self.seen();
        for placed in self.seen_from(self.rows.0) {
            let Row::Task(n) = placed.row else { break };
            for n in [n].iter().chain(self.layout.sharing(n)) {
                let there = lanes.get(*n).copied().flatten();
                let lane = there.and_then(|there| ghost.tasks.get(there));
                let (Some(lane), Some(own)) = (lane, self.rows_of.tasks.get(*n)) else { continue };
                // In the space that bars leave below them, whatever the height of the row.
                let space = Length { rows: 0.5, bars: -0.5, pixels: 0.0 };
                let top = placed.top + Length::rows(0.5) + Length::bars(0.5) + space.times(0.3);
                for span in &lane.spans[spans_within(&lane.spans, from, to)] {
                    if pen.shows(span.from, span.to) {
                        self.ghost_span(pen, span, own.id, top, space.times(0.6));
                    }
                }
                if let Some(ended) = lane.ended {
                    self.alpha(pen, 0.8, Some(own.id));
                    let (top, bottom) = (top - space.times(0.3), placed.top + Length::rows(1.0));
                    pen.drop(ended, top, bottom, 1.5, Dash::Whole, Colour::Muted);
                }
            }
        }
        pen.alpha(0.8);
        let bottom = self.layout.height();
        pen.drop(ghost.end, Length::default(), bottom, 1.5, Dash::Broken(5, 4), Colour::Muted);
        pen.alpha(1.0);
    }

    fn ghost_span(
        &self,
        pen: &mut dyn Pen,
        span: &Span,
        task: TaskId,
        top: Length,
        height: Length,
    ) {
        let across = Across::Between { from: span.from, to: span.to, inset: 0.0 };
        let middle = top + height.times(0.5);
        match (&span.state, Category::of(span)) {
            (State::Blocking, _) => {
                self.alpha(pen, 0.7, Some(task));
                pen.block(across, top, height, Colour::Ink, 1.0);
            }
            (_, Some(Category::Sleep)) => {
                self.alpha(pen, 0.32, Some(task));
                pen.block(across, top, height, Colour::Task(task), 1.0);
            }
            // Of a run told by its order the steps are what there is.
            (State::Running, _) if self.columns.is_some() => {
                self.alpha(pen, 0.6, Some(task));
                pen.block(across, top, height, Colour::Task(task), 1.0);
            }
            (State::Running, _) => {}
            (State::Ready | State::Due, _) => {
                self.alpha(pen, 0.5, Some(task));
                pen.rule(across, middle, 1.0, Dash::Broken(2, 3), Colour::Muted);
            }
            (_, Some(Category::Tasks)) => {
                self.alpha(pen, 0.4, Some(task));
                pen.rule(across, middle, 1.0, Dash::Whole, Colour::Task(task));
            }
            // Waiting for something that somebody else has.
            _ => {
                self.alpha(pen, 0.55, Some(task));
                pen.rule(across, middle, 2.0, Dash::Broken(3, 2), Colour::Muted);
            }
        }
    }
}
