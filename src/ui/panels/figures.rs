//! The figures of a run.

use super::describe::seconds;
use crate::ui::shell::Language;
use crate::ui::term::Term;
use timeline::{Category, Figures as Numbers, Timeline};
use trace::TaskId;
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
    /// The run that it is compared with.
    #[prop_or_default]
    pub pinned: Option<timeline::Shared>,
    /// The part of the run that they are of, in seconds.
    #[prop_or_default]
    pub range: Option<(f64, f64)>,
    /// The reader wants another part, or the whole.
    #[prop_or_default]
    pub on_range: Callback<Option<(f64, f64)>>,
    /// The task that stands out: they are of it alone.
    #[prop_or_default]
    pub selected: Option<TaskId>,
    /// The reader wants another task to stand out, or none.
    #[prop_or_default]
    pub on_select: Callback<Option<TaskId>>,
}

/// Makespan, work, speed-up, peak, each with what it was before the last change, or what it is in the run that this
/// one is compared with and by how much it differs, and what was waited for.
#[component]
pub fn Figures(props: &FiguresProps) -> Html {
    let language = props.language;
    let name = props.selected.and_then(|task| Some(props.timeline.look().task(task)?.name.clone()));
    let of = |run: &timeline::Shared| {
        let run = run.look();
        let (from, to) = props.range.unwrap_or((0.0, run.end));
        match &name {
            // In another run it is the one that is called so.
            Some(name) => {
                let own = run.task(props.selected?).filter(|lane| lane.name == *name);
                let lane = own.or_else(|| run.tasks.iter().find(|lane| lane.name == *name))?;
                run.figures_of(lane.id, from, to)
            }
            None => Some(run.figures_within(from, to)),
        }
    };
    let figures = of(&props.timeline).unwrap_or_default();
    let before = props.before.as_ref().and_then(of);
    let pinned = props.pinned.as_ref().and_then(of);
    let unit = language.text("params.seconds");
    // A figure that says nothing of a run is no number.
    let figure = |key: &str, value: &dyn Fn(&Numbers) -> f64, write: &dyn Fn(f64) -> String| {
        let written = |number: f64| if number.is_nan() { "–".to_owned() } else { write(number) };
        let now = written(value(&figures));
        let beside = match (&pinned, &before) {
            (Some(pinned), _) => {
                let by = value(&figures) - value(pinned);
                let (there, size) = (written(value(pinned)), written(by.abs()).replace('×', ""));
                let by = match by {
                    _ if there == now || by.is_nan() => "=".to_owned(),
                    _ if by < 0.0 => format!("−{size}"),
                    _ => format!("+{size}"),
                };
                Some(language.fill("figures.pinned", &[("value", &there), ("by", &by)]))
            }
            (None, Some(before)) => {
                let was = written(value(before));
                (was != now).then(|| language.fill("figures.was", &[("value", &was)]))
            }
            (None, None) => None,
        };
        html! {
            <div class="figure">
                <dt>
                    <Term note={language.text(&format!("figures.{key}_hint"))}>
                        {language.text(&format!("figures.{key}"))}
                    </Term>
                </dt>
                <dd>{now}</dd>
                <dd class="was">{beside}</dd>
            </div>
        }
    };
    let in_seconds = |number: f64| format!("{} {unit}", seconds(number));
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
    let scope = |key: &str, text: String, on_clear: Callback<MouseEvent>| {
        let clear = language.text(&format!("figures.{key}_clear"));
        html! {
            <div class="figure scope">
                <dt>{language.text(&format!("figures.{key}"))}</dt>
                <dd>
                    {text}
                    <button id={format!("{key}-clear")} class="tool" title={clear.clone()} aria-label={clear}
                        onclick={on_clear}>{"×"}</button>
                </dd>
            </div>
        }
    };
    html! {
        <dl class={classes!("figures", (props.range.is_some() || name.is_some()).then_some("of-range"))}>
            {for props.range.map(|(from, to)| {
                let text = format!("{} – {} {unit}", seconds(from), seconds(to));
                scope("range", text, props.on_range.reform(|_: MouseEvent| None))
            })}
            {for name.as_ref().map(|name| {
                scope("task", name.to_string(), props.on_select.reform(|_: MouseEvent| None))
            })}
            {figure("makespan", &|run| run.makespan, &in_seconds)}
            // Waiting for the network alone is no work of the program's, and has no speed-up.
            if figures.work > 0.0 {
                {figure("work", &|run| run.work, &in_seconds)}
            }
            if figures.has_speed_up() && name.is_none() {
                {figure("speed_up", &|run| if run.has_speed_up() { run.speed_up } else { f64::NAN },
                    &|number| format!("×{number:.2}"))}
            }
            if figures.peak > 0 && name.is_none() {
                {figure("peak", &|run| run.peak as f64, &|number| format!("{number:.0}"))}
            }
            <div class="figure waited">
                <dt>{language.text(if name.is_some() { "figures.waited_by" } else { "figures.waited" })}</dt>
                <dd>
                    <div class="shares" aria-hidden="true">{for figures.waited.iter().map(part)}</div>
                    <ul>{for figures.waited.iter().map(entry)}</ul>
                </dd>
            </div>
        </dl>
    }
}

/// Names with what they are.
type Facts = Vec<(String, String)>;

/// The figures as texts, each with its name, and what was waited for.
pub fn facts(language: Language, timeline: &Timeline) -> (Facts, Facts) {
    let figures = timeline.figures();
    let unit = language.text("params.seconds");
    let in_seconds = |number: f64| format!("{} {unit}", seconds(number));
    let own = [
        ("makespan", true, in_seconds(figures.makespan)),
        ("work", figures.work > 0.0, in_seconds(figures.work)),
        ("speed_up", figures.has_speed_up(), format!("×{:.2}", figures.speed_up)),
        ("peak", figures.peak > 0, figures.peak.to_string()),
    ];
    let own = own.into_iter().filter(|(_, says, _)| *says);
    let own = own.map(|(key, _, text)| (language.text(&format!("figures.{key}")), text));
    let waited = figures.waited.iter();
    let waited =
        waited.map(|(category, number)| (language.text(category.key()), in_seconds(*number)));
    (own.collect(), waited.collect())
}
