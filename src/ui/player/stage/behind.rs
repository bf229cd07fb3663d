//! Which parameter is behind the end of the span that stands out.

use super::{Message, Stage, StageProps};
use crate::ui::whatif::Grip;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long a run must have stood still before it is found out what is behind a span, in milliseconds.
const SETTLED: u32 = 200;

impl Stage {
    /// The span of work that stands out, by the indices of task and span: of the task that is selected, where the
    /// playhead stands; or that whose end is being dragged, though it may have left the playhead behind.
    fn standing_out(&self, props: &StageProps) -> Option<(usize, usize)> {
        props
            .example
            .filter(|_| self.live.is_none() && self.ordered.is_none() && self.quiz.is_none())?;
        let selected = self.selected?;
        if let Some((grip, playhead)) = &self.grip
            && grip.task == selected
            && *playhead == self.playhead
        {
            return Some(grip.place);
        }
        let run = props.predicted.look();
        let task = run.tasks.iter().position(|lane| lane.id == selected)?;
        let spans = &run.tasks[task].spans;
        let over = |span: &timeline::Span| span.from <= self.playhead && self.playhead < span.to;
        let span = spans.iter().position(|span| over(span) && span.is_work())?;
        Some((task, span))
    }

    /// In time finds out what is behind the end of the span that stands out, and until then keeps to what is known.
    pub(super) fn seek_behind(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let place = self.standing_out(props);
        self.grip.take_if(|(grip, _)| Some(grip.place) != place);
        if let (Some((grip, _)), Some(args)) = (&mut self.grip, &props.args)
            && let Some(value) = run::value_of(args, grip.behind.name, grip.behind.index)
        {
            grip.behind.value = value;
        }
        let sought = place.map(|place| (place, props.predicted.clone()));
        if sought != self.sought {
            self.sought = sought;
            let link = ctx.link().clone();
            let find = move || link.send_message(Message::Behind);
            self.seeking = self.sought.is_some().then(|| Timeout::new(SETTLED, find));
        }
    }

    /// Finds out what is behind the end of the span that stands out.
    pub(super) fn find_behind(&mut self, ctx: &Context<Self>) {
        let StageProps { example: Some(example), args: Some(args), on_edit, .. } = ctx.props()
        else {
            return;
        };
        let (Some((place, _)), Some(task)) = (&self.sought, self.selected) else { return };
        let behind = run::behind(example, args, *place, crate::BUDGET);
        let (place, on_edit) = (*place, on_edit.clone());
        // Dragged to nothing, a span has no end to be moved, and keeps the handle by which it can be brought back.
        if let Some(behind) = behind {
            self.grip = Some((Grip { task, place, behind, on_edit }, self.playhead));
        }
    }
}
