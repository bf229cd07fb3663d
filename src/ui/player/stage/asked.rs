//! While it is asked who comes next: only what has been shown of the run is there.

use super::super::quiz::{Quiz, SoFar};
use super::super::story::Story;
use super::{Stage, StageProps};
use crate::ui::shared::Shared;
use timeline::Ask;
use trace::TaskId;
use yew::prelude::*;

impl Stage {
    /// Whether a question is open: then nothing tells of the rest of the run.
    pub(super) fn asking(&self) -> bool {
        self.quiz.as_ref().is_some_and(|(_, so_far)| so_far.is_some())
    }

    /// The run as far as it may be seen.
    pub(super) fn run(&self, props: &StageProps) -> SoFar {
        match &self.quiz {
            Some((_, Some(so_far))) => so_far.clone(),
            _ => SoFar {
                timeline: props.predicted.clone(),
                layout: props.layout.clone(),
                order: props.order.clone(),
            },
        }
    }

    /// Asks who comes next, from the beginning of the run.
    pub(super) fn begin_asking(&mut self, ctx: &Context<Self>, ask: Ask) {
        (self.live, self.follows) = (None, false);
        self.ask(ctx, Quiz::of(&ctx.props().order, ask));
    }

    /// Shows the run up to the open question; all of it if there is none.
    fn ask(&mut self, ctx: &Context<Self>, quiz: Quiz) {
        let order = &ctx.props().order;
        let so_far = quiz.question().map(|question| SoFar::of(order, question.asked));
        let place = quiz.question().map_or(order.last(), |question| question.asked);
        self.quiz = Some((Shared::new(quiz), so_far));
        self.range = None;
        self.order_anew(ctx);
        self.go(order, place, order.time(place));
        let there = |task: &TaskId| self.now.look().task(*task).is_some();
        self.selected = self.selected.filter(there);
    }

    /// The reader has answered, or wants to be shown.
    pub(super) fn answer(&mut self, ctx: &Context<Self>, given: Option<Option<TaskId>>) {
        let Some((quiz, _)) = &self.quiz else { return };
        let Some(question) = quiz.question() else { return };
        let (language, order) = (ctx.props().language, &ctx.props().order);
        let then = order.timeline(question.answered, order.time(question.answered));
        let why = Story { language, order, timeline: &then }.sentence(question.answered);
        let next = quiz.answered(given, why);
        self.ask(ctx, next);
    }
}
