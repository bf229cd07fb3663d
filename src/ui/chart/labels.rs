//! The names of the rows.

use super::functions;
use super::lanes::{Arrangement, LaneTools, Sorting};
use super::tooltip::level;
use crate::ui::panels::Describe;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use ::chart::{Colour, Lanes, Layout, Placed, Row, is_brief};
use std::rc::Rc;
use trace::TaskId;
use yew::prelude::*;

/// What the labels are of.
#[derive(PartialEq, Properties)]
pub struct LabelsProps {
    /// The language.
    pub language: Language,
    /// The run as predicted: rows are its own.
    pub predicted: timeline::Shared,
    /// The run that is shown.
    pub shown: timeline::Shared,
    /// The rows.
    pub layout: Shared<Layout>,
    /// Those that have labels: from which index to before which.
    pub rows: (usize, usize),
    /// How they are arranged.
    pub lanes: UseReducerHandle<Arrangement>,
    /// The Python of an example, which names the parameters of what its tasks run.
    pub python: Option<AttrValue>,
    /// The moment shown, in seconds.
    pub playhead: f64,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
}

/// A label for each row; only those of resources say something of the moment.
#[component]
pub fn Labels(props: &LabelsProps) -> Html {
    let LabelsProps { language, predicted, shown, layout, playhead, selected, on_select, .. } =
        props;
    let (predicted, shown) = (predicted.look(), shown.look());
    let place = |placed: &Placed| {
        AttrValue::from(format!("top:{};height:{}", placed.top.css(), placed.height.css()))
    };
    let label = |placed: &Placed| match placed.row {
        Row::Task(n) if !layout.sharing(n).is_empty() => {
            let all = || std::iter::once(n).chain(layout.sharing(n).iter().copied());
            let names: Vec<&str> = all().map(|n| &*predicted.tasks[n].name).collect();
            let own = all().any(|n| *selected == Some(predicted.tasks[n].id));
            let count = [("n", &*names.len().to_string())];
            let title = format!("{} {}", language.text("chart.brief_unfold"), names.join(", "));
            let sort = props.lanes.dispatcher();
            html! {
                <button key={n} class={classes!("label", "brief", own.then_some("selected"))} aria-expanded="false"
                    style={format!("{};--task:var(--muted);--depth:{}", place(placed), predicted.tasks[n].depth)}
                    title={title.clone()} aria-label={title}
                    onclick={Callback::from(move |_: MouseEvent| sort.dispatch(Sorting::Brief))}>
                    <i></i>
                    <div>
                        <span>{language.fill("chart.brief", &count)}</span>{" "}
                        <small class="short">{format!("{} … {}", names[0], names[names.len() - 1])}</small>
                    </div>
                </button>
            }
        }
        Row::Task(n) => {
            let lane = &predicted.tasks[n];
            let (own, arranged) = (*selected == Some(lane.id), props.lanes.lanes());
            let folded = arranged.folded.contains(&lane.id);
            // What is below it is counted where it is asked for.
            let below = || {
                let place = predicted.order.iter().position(|other| *other == n);
                place.map_or(0, |place| Lanes::below(&predicted, place))
            };
            let python = props.python.as_deref();
            let coroutine = lane.coroutine.as_deref();
            let call = coroutine.map(|coroutine| functions::call(coroutine, python));
            html! {
                <key={n}>
                    <TaskLabel language={*language} task={lane.id} name={lane.name.clone()} call={call.map(AttrValue::from)}
                        depth={lane.depth} place={place(placed)} {own} {on_select} />
                    if own || folded {
                        <LaneTools language={*language} task={lane.id} name={lane.name.clone()} below={below()}
                            {folded} {own} alone={arranged.below == Some(lane.id)} run={props.predicted.clone()} pinned={arranged.pinned.contains(&lane.id)} brief={arranged.brief && is_brief(lane)}
                            line={coroutine.and_then(|coroutine| functions::line(coroutine, python))}
                            place={place(placed)} sort={props.lanes.dispatcher()} />
                    }
                </>
            }
        }
        Row::Loop => html! {
            <div key="loop" class="label resource" style={place(placed)}>
                <span>{language.text("chart.loop")}</span>
            </div>
        },
        Row::Resource(n) => {
            let describe = Describe { language: *language, timeline: &predicted };
            let resource = &predicted.resources[n];
            let name = describe.resource(resource.id);
            let sort = describe.sort_beside(resource).map(|sort| html! { <small>{sort}</small> });
            let now = shown.resources.get(n).map(|lane| level(*language, lane, *playhead));
            html! {
                <div key={format!("r{n}")} class="label resource" style={place(placed)}>
                    <span>{name}{" "}{sort}</span><small>{now}</small>
                </div>
            }
        }
    };
    let rows = layout.rows();
    let after = props.rows.1.min(rows.len());
    html! { <div class="labels">{for rows[props.rows.0.min(after)..after].iter().map(label)}</div> }
}

#[derive(PartialEq, Properties)]
struct TaskLabelProps {
    language: Language,
    task: TaskId,
    name: Rc<str>,
    /// What it runs.
    call: Option<AttrValue>,
    depth: usize,
    place: AttrValue,
    own: bool,
    on_select: Callback<Option<TaskId>>,
}

/// So many letters of what a task runs take one line, less two for each task above it.
const SHORT: usize = 19;

/// The name of a task, which selects it.
#[component]
fn TaskLabel(props: &TaskLabelProps) -> Html {
    let TaskLabelProps { language, task, name, call, depth, place, own, on_select } = props;
    let next = (!own).then_some(*task);
    let name = AttrValue::from(name.clone());
    let whole = match call {
        Some(call) => AttrValue::from(format!("{name} · {call}")),
        None => name.clone(),
    };
    let room = SHORT.saturating_sub(2 * depth);
    let small = |call: &AttrValue| {
        let class = (call.chars().count() <= room).then_some("short");
        html! { <small {class} lang="en">{call}</small> }
    };
    html! {
        <button class={classes!("label", own.then_some("selected"))} data-task={name.clone()}
            style={format!("{place};--task:{};--depth:{depth}", Colour::Task(*task).css())}
            aria-pressed={own.to_string()} title={whole.clone()}
            aria-label={language.fill("chart.select", &[("name", &whole.replace(" · ", " "))])}
            onclick={on_select.reform(move |_: MouseEvent| next)}>
            <i></i>
            <div><span>{name}</span>{" "}{for call.iter().map(small)}</div>
        </button>
    }
}
