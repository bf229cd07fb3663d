//! How the reader has arranged the lanes: the field that looks for names, and what can be done with a lane.

use super::ChartProps;
use super::functions::show;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use ::chart::{Lanes, Layout, Which};
use std::rc::Rc;
use trace::TaskId;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// From how many tasks on there is a field to look for them.
pub const MANY: usize = 16;

/// What the reader does with the lanes.
#[derive(Clone, PartialEq)]
pub enum Sorting {
    /// Only those with this in their names.
    Filter(String),
    /// What is below a task is folded away, or shown again.
    Fold(TaskId),
    /// Brief tasks have rows of their own, or share one.
    Brief,
    /// A lane is not shown.
    Hide(TaskId),
    /// A lane stands above the others, or where it stood.
    Pin(TaskId),
    /// A lane goes down, or up.
    Shift(timeline::Shared, TaskId, bool),
    /// Only a task and those below it, or all.
    Below(TaskId),
    /// Only tasks that have come to this.
    Which(Which),
    /// Those that waited longest come first, or no longer.
    Longest(bool),
    /// As a link tells it.
    Put(Lanes),
    /// All are shown where they are.
    Reset,
}

/// How the lanes are arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement(Lanes);

impl Arrangement {
    /// What it is.
    pub fn lanes(&self) -> &Lanes {
        &self.0
    }
}

impl Reducible for Arrangement {
    type Action = Sorting;

    fn reduce(self: Rc<Self>, step: Sorting) -> Rc<Self> {
        let Arrangement(mut lanes) = (*self).clone();
        match step {
            Sorting::Filter(filter) => lanes.filter = filter,
            Sorting::Fold(task) => lanes.fold(task),
            Sorting::Brief => lanes.brief = !lanes.brief,
            Sorting::Hide(task) => drop(lanes.hidden.insert(task)),
            Sorting::Pin(task) => lanes.pin(task),
            Sorting::Shift(run, task, down) => lanes.shift(&run.look(), task, down),
            Sorting::Below(task) => {
                lanes.below = Some(task).filter(|_| lanes.below != Some(task));
            }
            Sorting::Which(which) => lanes.which = which,
            Sorting::Longest(longest) => {
                lanes.longest = longest;
                // What was moved before stands in no other order.
                lanes.moved.clear();
            }
            Sorting::Put(put) => lanes = put,
            Sorting::Reset => lanes = Lanes::default(),
        }
        Rc::new(Arrangement(lanes))
    }
}

/// How the lanes of what `about` names are arranged, and the rows that come of it; another starts as it is, or as is
/// asked for.
#[hook]
pub fn use_lanes(
    props: &ChartProps,
    about: AttrValue,
) -> (UseReducerHandle<Arrangement>, Shared<Layout>) {
    let ChartProps { predicted, layout, arranged, on_lanes, .. } = props;
    // Of thousands of tasks their names are looked for when something is asked for, not whenever the chart is drawn.
    let asked = {
        let (run, arranged) = (predicted.clone(), arranged.clone());
        move || Lanes::of_names(&run.look(), &arranged)
    };
    let lanes = {
        let asked = asked.clone();
        use_reducer_eq(move || Arrangement(asked()))
    };
    {
        let (sort, asked) = (lanes.dispatcher(), asked.clone());
        use_effect_with(about, move |_| sort.dispatch(Sorting::Put(asked())));
    }
    {
        let sort = lanes.dispatcher();
        use_effect_with(arranged.clone(), move |_| {
            let asked = asked();
            // That nothing more is asked for says nothing of what there is.
            if !asked.is_plain() {
                sort.dispatch(Sorting::Put(asked));
            }
        });
    }
    {
        let (run, lanes, on_lanes) = (predicted.clone(), lanes.clone(), on_lanes.clone());
        use_effect_with((*lanes).clone(), move |Arrangement(lanes)| {
            on_lanes.emit(lanes.names(&run.look()));
        });
    }
    let parts = (predicted.clone(), layout.clone(), (*lanes).clone(), props.ordered.is_some());
    let arranged = use_memo(parts, |(rows_of, layout, Arrangement(lanes), ordered)| {
        if lanes.is_plain() {
            return layout.clone();
        }
        let arranged = Layout::arranged(&rows_of.look(), lanes);
        Shared::new(if *ordered { arranged.with_loop() } else { arranged })
    });
    (lanes, (*arranged).clone())
}

/// What the field is of.
#[derive(PartialEq, Properties)]
pub struct LanesBarProps {
    /// The language.
    pub language: Language,
    /// How many tasks there are, and how many of them are shown.
    pub count: (usize, usize),
    /// How they are arranged.
    pub lanes: UseReducerHandle<Arrangement>,
}

/// A field that looks for tasks by name, how many there are, and a way back to all of them.
#[component]
pub fn LanesBar(props: &LanesBarProps) -> Html {
    let LanesBarProps { language, count: (all, shown), lanes } = props;
    let sort = lanes.dispatcher();
    let on_input = {
        let sort = sort.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            sort.dispatch(Sorting::Filter(input.value()));
        })
    };
    let on_which = {
        let sort = sort.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let which = Which::ALL.iter().find(|(_, key)| *key == value);
            sort.dispatch(Sorting::Which(which.map_or(Which::All, |(which, _)| *which)));
        })
    };
    let longest = lanes.lanes().longest;
    let on_longest = {
        let sort = sort.clone();
        Callback::from(move |_: MouseEvent| sort.dispatch(Sorting::Longest(!longest)))
    };
    let count =
        language.fill("chart.lanes_shown", &[("n", &shown.to_string()), ("all", &all.to_string())]);
    html! {
        <div class="lanes-bar">
            <input id="lanes" type="search" value={lanes.lanes().filter.clone()} oninput={on_input}
                placeholder={language.text("chart.lanes_filter")} aria-label={language.text("chart.lanes_filter")} />
            <select id="lanes-which" aria-label={language.text("lanes.which")} onchange={on_which}>
                {for Which::ALL.iter().map(|(which, key)| html! {
                    <option value={*key} selected={*which == lanes.lanes().which}>{language.text(&format!("lanes.{key}"))}</option>
                })}
            </select>
            <button id="lanes-longest" class="tool wide" aria-pressed={longest.to_string()} onclick={on_longest}>
                {language.text("lanes.longest")}
            </button>
            <span role="status">{count}</span>
            if !lanes.lanes().is_plain() {
                <button id="lanes-all" class="tool wide"
                    onclick={Callback::from(move |_: MouseEvent| sort.dispatch(Sorting::Reset))}>
                    {language.text("chart.lanes_all")}
                </button>
            }
        </div>
    }
}

/// What the tools of a lane are of.
#[derive(PartialEq, Properties)]
pub struct LaneToolsProps {
    /// The language.
    pub language: Language,
    /// The task, and its name.
    pub task: TaskId,
    /// Its name.
    pub name: Rc<str>,
    /// How many tasks are below it.
    pub below: usize,
    /// Whether they are folded away.
    pub folded: bool,
    /// Whether it is the task that stands out.
    pub own: bool,
    /// Whether it is brief and has a row of its own nevertheless.
    pub brief: bool,
    /// Whether it stands above the others.
    pub pinned: bool,
    /// Whether it and those below it alone are shown.
    pub alone: bool,
    /// The run whose tasks the lanes are.
    pub run: timeline::Shared,
    /// The line of the function that it runs.
    pub line: Option<u32>,
    /// Where its row is, in CSS.
    pub place: AttrValue,
    /// Arranges the lanes.
    pub sort: UseReducerDispatcher<Arrangement>,
}

/// Goes to the line of the function that a task runs.
fn source(language: Language, line: u32) -> Html {
    let title = language.fill("lanes.source", &[("n", &line.to_string())]);
    html! {
        <button class="tool" data-line={line.to_string()} title={title.clone()} aria-label={title}
            onclick={Callback::from(move |_: MouseEvent| show(line))}>{"ƒ"}</button>
    }
}

/// What can be done with a lane: of the task that stands out everything, of one that is folded to unfold it.
#[component]
pub fn LaneTools(props: &LaneToolsProps) -> Html {
    let LaneToolsProps { language, task, name, below, folded, own, pinned, alone, run, .. } = props;
    let tool = |key: &'static str, sign: String, step: Sorting| {
        let (sort, title) = (props.sort.clone(), language.fill(key, &[("name", name)]));
        html! {
            <button class="tool" title={title.clone()} aria-label={title}
                onclick={Callback::from(move |_: MouseEvent| sort.dispatch(step.clone()))}>{sign}</button>
        }
    };
    let (fold, sign) = match folded {
        true => ("chart.lane_unfold", format!("▸{below}")),
        false => ("chart.lane_fold", "▾".to_owned()),
    };
    html! {
        <span class="lane-tools" style={props.place.clone()}>
            if *below > 0 { {tool(fold, sign, Sorting::Fold(*task))} }
            if props.brief { {tool("chart.brief_fold", "▴".to_owned(), Sorting::Brief)} }
            if *own && (*below > 0 || *alone) {
                {tool(if *alone { "lanes.not_alone" } else { "lanes.alone" }, "⊂".to_owned(), Sorting::Below(*task))}
            }
            if let Some(line) = props.line.filter(|_| *own) {
                {source(*language, line)}
            }
            if *own {
                {tool("lanes.up", "↑".to_owned(), Sorting::Shift(run.clone(), *task, false))}
                {tool("lanes.down", "↓".to_owned(), Sorting::Shift(run.clone(), *task, true))}
                {tool(if *pinned { "chart.lane_unpin" } else { "chart.lane_pin" }, "⤒".to_owned(), Sorting::Pin(*task))}
                {tool("chart.lane_hide", "×".to_owned(), Sorting::Hide(*task))}
            }
        </span>
    }
}
