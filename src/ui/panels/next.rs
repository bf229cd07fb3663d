//! What comes next? Asked before it is shown.

use crate::ui::player::Quiz;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use chart::Colour;
use timeline::Ask;
use trace::TaskId;
use yew::prelude::*;

/// What is asked.
#[derive(Clone, PartialEq, Properties)]
pub struct NextProps {
    /// The language.
    pub language: Language,
    /// How far the asking has come.
    pub quiz: Shared<Quiz>,
    /// The whole run, which has the names.
    pub timeline: timeline::Shared,
    /// The reader gives an answer: a task, or the program outside of tasks; nothing for none.
    pub on_answer: Callback<Option<Option<TaskId>>>,
    /// The reader wants to be asked from the beginning, for that.
    pub on_begin: Callback<Ask>,
}

/// The question with the tasks that it may be, what came of the last answer, and the score.
#[component]
pub fn Next(props: &NextProps) -> Html {
    let NextProps { language, quiz, timeline, on_answer, on_begin } = props;
    let timeline = timeline.look();
    let name = |who: Option<TaskId>| match who.and_then(|task| timeline.task(task)) {
        Some(lane) => lane.name.to_string(),
        None => language.text("story.somebody"),
    };
    let choice = |who: &Option<TaskId>| {
        let who = *who;
        let colour = who.map(|task| format!("--task:{}", Colour::Task(task).css()));
        html! {
            <button class="who" style={colour} onclick={on_answer.reform(move |_: MouseEvent| Some(who))}>
                {name(who)}
            </button>
        }
    };
    let ask = |ask: Ask, key: &str| {
        html! {
            <button class="button quiet" aria-pressed={(quiz.ask() == ask).to_string()}
                onclick={on_begin.reform(move |_: MouseEvent| ask)}>{language.text(key)}</button>
        }
    };
    let score = language.fill(
        "next.score",
        &[("right", &quiz.right().to_string()), ("asked", &quiz.given().to_string())],
    );
    let left = language.fill("next.left", &[("n", &quiz.left().to_string())]);
    let last = quiz.last().map(|last| {
        let key = match last.given {
            Some(given) if given == last.answer => "next.right",
            Some(_) => "next.wrong",
            None => "next.shown",
        };
        let said = language.fill(key, &[("task", &name(last.answer))]);
        let class = if key == "next.right" { "right" } else { "wrong" };
        html! { <><b {class}>{said}</b>{" "}{&last.why}</> }
    });
    html! {
        <div class="quiz" role="group" aria-label={language.text("next.heading")}>
            <p class="last" role="status">{for last}</p>
            if let Some(question) = quiz.question() {
                <p class="asks">
                    <b>{language.text(match quiz.ask() { Ask::Lines => "next.line", Ask::Steps => "next.step" })}</b>
                </p>
                <div class="choices">
                    {for question.choices.iter().map(choice)}
                    <button class="button quiet" onclick={on_answer.reform(|_: MouseEvent| None)}>
                        {language.text("next.show")}
                    </button>
                </div>
            } else {
                <p class="asks">
                    <b>{language.text(if quiz.given() > 0 { "next.over" } else { "next.nothing" })}</b>
                </p>
            }
            <p class="score">
                <span>{score}{" · "}{left}</span>
                {ask(Ask::Lines, "next.lines")}{ask(Ask::Steps, "next.steps")}
            </p>
        </div>
    }
}
