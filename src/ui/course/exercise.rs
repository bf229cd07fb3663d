//! An exercise: its task, its checks, its hints and its answer.

use super::progress::Judged;
use super::texts::Texts;
use crate::ui::panels::seconds;
use crate::ui::shell::Language;
use examples::Found;
use yew::prelude::*;

/// What is shown of an exercise.
#[derive(Clone, PartialEq, Properties)]
pub struct ExerciseProps {
    /// The language.
    pub language: Language,
    /// Its words.
    pub texts: Texts,
    /// The checks of the run on the page.
    pub checks: Vec<Judged>,
    /// Whether the reader has had all of them green by themselves.
    pub solved: bool,
    /// Whether the reader has looked at the answer.
    pub answered: bool,
    /// Whether the task is told here, for it stands nowhere else.
    #[prop_or_default]
    pub task: bool,
    /// The reader wants the answer set.
    pub on_answer: Callback<()>,
}

/// The checks, green or red, with hints to be opened one by one.
#[component]
pub fn ExercisePanel(props: &ExerciseProps) -> Html {
    let ExerciseProps { language, texts, checks, .. } = props;
    let opened = use_state(|| 0);
    let hints = (0..).map_while(|n| texts.get(&format!("hints.{n}"))).count();
    let all_green = !checks.is_empty() && checks.iter().all(|check| check.holds);
    let check = |Judged { key, holds, found }: &Judged| {
        let found = found.filter(|_| !holds).map(|found| {
            let value = match found {
                Found::Seconds(time) => {
                    format!("{} {}", seconds(time), language.text("params.seconds"))
                }
                Found::Count(count) => count.to_string(),
            };
            language.fill("exercise.found", &[("value", &value)])
        });
        let state = if *holds { "exercise.green" } else { "exercise.red" };
        html! {
            <li data-check={*key} data-holds={holds.to_string()}>
                <span class="mark" role="img" aria-label={language.text(state)}>
                    {if *holds { "✓" } else { "✗" }}
                </span>
                <span>
                    {texts.rich(&format!("checks.{key}"))}
                    if let Some(found) = found { {" "}<b class="found">{found}</b> }
                </span>
            </li>
        }
    };
    let next_hint = {
        let opened = opened.clone();
        Callback::from(move |_: MouseEvent| opened.set(*opened + 1))
    };
    let show_answer = props.on_answer.reform(|_: MouseEvent| ());
    let count = |n: usize| language.fill("exercise.hint", &[("n", &n.to_string())]);
    html! {
        <section class="panel exercise" aria-label={language.text("exercise.heading")}>
            <div class="exercise-checks">
                if props.task { <p class="task">{texts.rich("task")}</p> }
                <h2>{language.text("exercise.checks")}</h2>
                <ul id="checks" aria-live="polite">{for checks.iter().map(check)}</ul>
                if all_green {
                    <p class="solved" role="status">
                        {language.text(if props.solved { "exercise.solved" } else { "exercise.all_green" })}
                    </p>
                }
            </div>
            <div class="exercise-task">
                {for (0..hints.min(*opened)).map(|n| html! {
                    <p class="hint"><b>{count(n + 1)}</b>{" "}{texts.rich(&format!("hints.{n}"))}</p>
                })}
                if props.answered {
                    <p class="hint answer">
                        <b>{language.text("exercise.answer")}</b>{" "}{texts.rich("answer")}
                    </p>
                }
                <p class="exercise-more">
                    if *opened < hints {
                        <button id="hint" class="button" onclick={next_hint}>
                            {language.text("exercise.next_hint")}
                        </button>
                    }
                    if !props.answered {
                        <button id="answer" class="button quiet" onclick={show_answer}>
                            {language.text("exercise.show_answer")}
                        </button>
                    }
                </p>
            </div>
        </section>
    }
}
