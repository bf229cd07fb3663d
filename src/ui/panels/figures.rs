//! The figures of a run.

use super::describe::seconds;
use crate::ui::shell::Language;
use timeline::Category;
use yew::prelude::*;

/// What the figures are of.
#[derive(Clone, PartialEq, Properties)]
pub struct FiguresProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
}

/// Makespan, work, speed-up, peak, and what was waited for.
#[component]
pub fn Figures(props: &FiguresProps) -> Html {
    let language = props.language;
    let figures = props.timeline.look().figures();
    let unit = language.text("params.seconds");
    let figure = |key: &str, value: String| {
        html! {
            <div class="figure" title={language.text(&format!("figures.{key}_hint"))}>
                <dt>{language.text(&format!("figures.{key}"))}</dt>
                <dd>{value}</dd>
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
            {figure("makespan", format!("{} {unit}", seconds(figures.makespan)))}
            // Waiting for the network alone is no work of the program's, and has no speed-up.
            if figures.work > 0.0 {
                {figure("work", format!("{} {unit}", seconds(figures.work)))}
            }
            if figures.has_speed_up() {
                {figure("speed_up", format!("×{:.2}", figures.speed_up))}
            }
            if figures.peak > 0 {
                {figure("peak", figures.peak.to_string())}
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
