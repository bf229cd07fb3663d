//! How the reader has arranged the lanes: the field that looks for names, and what can be done with a lane.

use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use ::chart::{Lanes, Layout};
use std::rc::Rc;
use trace::TaskId;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// From how many tasks on there is a field to look for them.
pub const MANY: usize = 16;

/// What the reader does with the lanes.
#[derive(Clone, Debug, PartialEq)]
pub enum Sorting {
    /// Only those with this in their names.
    Filter(String),
    /// What is below a task is folded away, or shown again.
    Fold(TaskId),
    /// A lane is not shown.
    Hide(TaskId),
    /// A lane stands above the others, or where it stood.
    Pin(TaskId),
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
            Sorting::Hide(task) => drop(lanes.hidden.insert(task)),
            Sorting::Pin(task) => lanes.pin(task),
            Sorting::Reset => lanes = Lanes::default(),
        }
        Rc::new(Arrangement(lanes))
    }
}

/// How the lanes of what `about` names are arranged, and the rows that come of it; another starts as it is.
#[hook]
pub fn use_lanes(
    rows_of: &timeline::Shared,
    layout: &Shared<Layout>,
    ordered: bool,
    about: AttrValue,
) -> (UseReducerHandle<Arrangement>, Shared<Layout>) {
    let lanes = use_reducer_eq(Arrangement::default);
    {
        let sort = lanes.dispatcher();
        use_effect_with(about, move |_| sort.dispatch(Sorting::Reset));
    }
    let parts = (rows_of.clone(), layout.clone(), (*lanes).clone(), ordered);
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
    let count =
        language.fill("chart.lanes_shown", &[("n", &shown.to_string()), ("all", &all.to_string())]);
    html! {
        <div class="lanes-bar">
            <input id="lanes" type="search" value={lanes.lanes().filter.clone()} oninput={on_input}
                placeholder={language.text("chart.lanes_filter")} aria-label={language.text("chart.lanes_filter")} />
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
    /// Whether it stands above the others.
    pub pinned: bool,
    /// Where its row is, in CSS.
    pub place: AttrValue,
    /// Arranges the lanes.
    pub sort: UseReducerDispatcher<Arrangement>,
}

/// What can be done with a lane: of the task that stands out everything, of one that is folded to unfold it.
#[component]
pub fn LaneTools(props: &LaneToolsProps) -> Html {
    let LaneToolsProps { language, task, name, below, folded, own, pinned, .. } = props;
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
            if *own {
                {tool(if *pinned { "chart.lane_unpin" } else { "chart.lane_pin" }, "⤒".to_owned(), Sorting::Pin(*task))}
                {tool("chart.lane_hide", "×".to_owned(), Sorting::Hide(*task))}
            }
        </span>
    }
}
