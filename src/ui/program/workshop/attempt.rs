//! An exercise that is solved by editing its program: its checks judge each run of what the reader has made of it.

use super::{Message, Workshop};
use crate::ui::course::{ExercisePanel, Judged, Texts, judged};
use crate::ui::shell::Language;
use examples::{Attempt, Example};
use yew::prelude::*;

/// The exercise that the program was made of.
pub struct Exercised {
    example: &'static Example,
    texts: Texts,
    /// What the checks say of the last run.
    checks: Vec<Judged>,
    /// Whether the reader has looked at the answer.
    answered: bool,
}

impl Exercised {
    /// The exercise of an example, if it is one.
    pub fn of(example: &'static Example, texts: Texts) -> Option<Exercised> {
        example.exercise?;
        Some(Exercised { example, texts, checks: Vec::new(), answered: false })
    }
}

impl Workshop {
    /// Has the checks judge the run. All of them green solve the exercise, as by turning its parameters.
    pub(super) fn judge(&mut self, ctx: &Context<Self>) {
        let (Some(exercised), Some(run)) = (&mut self.exercised, &self.run) else { return };
        let attempt = Attempt { timeline: &run.timeline.look(), ended_well: run.failure.is_none() };
        exercised.checks = judged(exercised.example, &attempt);
        if !exercised.answered && exercised.checks.iter().all(|check| check.holds) {
            ctx.props().on_solved.emit(exercised.example);
        }
    }

    /// The words of the exercise in another language.
    pub(super) fn reword(&self, ctx: &Context<Self>, language: Language) {
        let Some(Exercised { example, .. }) = &self.exercised else { return };
        let example = example.id;
        ctx.link()
            .send_future(async move { Message::Words(Texts::fetch(example, language).await.ok()) });
    }

    /// Takes them.
    pub(super) fn worded(&mut self, texts: Option<Texts>) {
        if let (Some(exercised), Some(texts)) = (&mut self.exercised, texts) {
            exercised.texts = texts;
        }
    }

    /// The reader wants to read the answer.
    pub(super) fn answer(&mut self) {
        if let Some(exercised) = &mut self.exercised {
            exercised.answered = true;
        }
    }

    /// The task and the checks.
    pub(super) fn exercise(&self, ctx: &Context<Self>) -> Html {
        let Some(Exercised { example, texts, checks, answered }) = &self.exercised else {
            return Html::default();
        };
        let solved = ctx.props().solved.contains(example.id);
        html! {
            <ExercisePanel key={example.id} language={ctx.props().language} texts={texts.clone()}
                checks={checks.clone()} {solved} answered={*answered} task=true
                on_answer={ctx.link().callback(|()| Message::Answer)} />
        }
    }
}
