//! Which parameter is behind the end of the span that stands out.

use super::{Message, Programme, Stage, StageProps};
use crate::ui::panels::Edit;
use crate::ui::program::{Draft, Literal};
use crate::ui::whatif::Grip;
use gloo_timers::callback::Timeout;
use run::Behind;
use timeline::State;
use trace::Wait;
use yew::prelude::*;

/// How long a run must have stood still before it is found out what is behind a span, in milliseconds.
const SETTLED: u32 = 200;

impl Stage {
    /// The span of work that stands out, by the indices of task and span: of the task that is selected, where the
    /// playhead stands; or that whose end is being dragged, though it may have left the playhead behind.
    fn standing_out(&self, props: &StageProps) -> Option<(usize, usize)> {
        let stands = self.live.is_none() && self.ordered.is_none() && self.quiz.is_none();
        if !stands || (props.example.is_none() && draft(props).is_none()) {
            return None;
        }
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
        if let (Some((grip, _)), Some((literal, draft))) =
            (&mut self.grip, self.literal.as_ref().zip(draft(props)))
        {
            match literal.again(&draft.text) {
                Some(literal) => {
                    grip.behind.value = literal.value;
                    grip.on_value = setting(literal, draft);
                }
                None => self.grip = None,
            }
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
        let (Some((place, _)), Some(task)) = (&self.sought, self.selected) else { return };
        let place = *place;
        let props = ctx.props();
        // Dragged to nothing, a span has no end to be moved, and keeps the handle by which it can be brought back.
        if let Some(draft) = draft(props) {
            let Some(literal) = literal_behind(props, draft, place) else { return };
            let (value, range) = (literal.value, literal.range());
            let behind = Behind { name: "", index: None, value, range, slope: 1.0 };
            let name = literal.name.clone().into();
            let line = Some(literal.line());
            self.literal = Some(literal.clone());
            let on_value = setting(literal, draft);
            self.grip = Some((Grip { task, place, behind, name, line, on_value }, self.playhead));
            return;
        }
        let StageProps { example: Some(example), args: Some(args), on_edit, .. } = props else {
            return;
        };
        let Some(behind) = run::behind(example, args, place, crate::BUDGET) else { return };
        let (name, index) = (behind.name, behind.index);
        let on_value =
            on_edit.reform(move |value: f64| Edit { name, index, text: value.to_string() });
        let name = index.map_or_else(|| name.to_owned(), |index| format!("{name}[{index}]")).into();
        let grip = Grip { task, place, behind, name, line: None, on_value };
        self.grip = Some((grip, self.playhead));
    }
}

/// The program that the reader writes, if that is what is shown.
fn draft(props: &StageProps) -> Option<&Draft> {
    match &props.programme {
        Some(Programme::Draft(draft)) => Some(draft),
        _ => None,
    }
}

/// The number of the reader's program that is behind the end of a span, if it is a sleep and the chart is of the text.
fn literal_behind(
    props: &StageProps,
    draft: &Draft,
    (task, span): (usize, usize),
) -> Option<Literal> {
    let run = props.predicted.look();
    let span = run.tasks.get(task)?.spans.get(span)?;
    let State::Waiting { cause: Wait::Sleep { until }, at: Some(at), .. } = &span.state else {
        return None;
    };
    // What ends before its time is ended by another.
    let is_whole = (until - span.to).abs() < 1e-6 && !draft.stale;
    Literal::behind(&draft.text, at.line(), span.seconds()).filter(|_| is_whole)
}

/// Sets a number of the reader's program.
fn setting(literal: Literal, draft: &Draft) -> Callback<f64> {
    let draft = draft.clone();
    Callback::from(move |value: f64| {
        if let Some(text) = literal.set(&draft.text, value) {
            draft.on_replace.emit(text);
        }
    })
}
