//! The figures of a run.

use super::describe::seconds;
use crate::ui::shell::Language;
use crate::ui::term::Term;
use timeline::{Category, Figures as Numbers};
use yew::prelude::*;

/// What the figures are of.
#[derive(Clone, PartialEq, Properties)]
pub struct FiguresProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// The run before the reader changed something.
    #[prop_or_default]
    pub before: Option<timeline::Shared>,
}

/// Makespan, work, speed-up, peak, each with what it was before the last change, and what was waited for.
#[component]
pub fn Figures(props: &FiguresProps) -> Html {
    let language = props.language;
    let figures = props.timeline.look().figures();
    let before = props.before.as_ref().map(|run| run.look().figures());
    let unit = language.text("params.seconds");
    let figure = |key: &str, value: &dyn Fn(&Numbers) -> String| {
        let (now, was) = (value(&figures), before.as_ref().map(value));
        let was = was.filter(|was| *was != now);
        html! {
            <div class="figure">
                <dt>
                    <Term note={language.text(&format!("figures.{key}_hint"))}>
                        {language.text(&format!("figures.{key}"))}
                    </Term>
                </dt>
                <dd>{now}</dd>
                <dd class="was">{was.map(|was| language.fill("figures.was", &[("value", &was)]))}</dd>
            </div>
        }
    };
    let total: f64 = figures.waited.iter().map(|(_, seconds)| seconds).sum();
    let class = |category: &Category| category.key().replace('.', "-");
    let part = |(category, waited): &(Category, f64)| {
        let width = format!("width:{:.3}%", waited / total * 100.0);
        html! { <i class={class(category)} style={width}></i> }
    };
    let entry = |(category, waited): &(Category, f64)| {
        let name = language.text(category.key());
        html! {
            <li class={class(category)}>
                <i></i>{name}{" "}<b>{format!("{} {unit}", seconds(*waited))}</b>
            </li>
        }
    };
    html! {
        <dl class="figures">
            {figure("makespan", &|run| format!("{} {unit}", seconds(run.makespan)))}
            // Waiting for the network alone is no work of the program's, and has no speed-up.
            if figures.work > 0.0 {
                {figure("work", &|run| format!("{} {unit}", seconds(run.work)))}
            }
            if figures.has_speed_up() {
                {figure("speed_up", &|run| if run.has_speed_up() { format!("×{:.2}", run.speed_up) } else { "–".into() })}
            }
            if figures.peak > 0 {
                {figure("peak", &|run| run.peak.to_string())}
            }
            <div class="figure waited">
                <dt>{language.text("figures.waited")}</dt>
                <dd>
                    <div class="shares" aria-hidden="true">{for figures.waited.iter().map(part)}</div>
                    <ul>{for figures.waited.iter().map(entry)}</ul>
                </dd>
            </div>
        </dl>
    }
}
