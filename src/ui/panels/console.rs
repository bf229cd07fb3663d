//! What the program printed, and what was logged of it.

use super::describe::seconds;
use crate::ui::shell::Language;
use chart::Colour;
use std::rc::Rc;
use timeline::Line;
use trace::TaskId;
use yew::prelude::*;

/// What the console shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ConsoleProps {
    /// The language.
    pub language: Language,
    /// The run, or the live run so far.
    pub timeline: timeline::Shared,
    /// Lines after this moment are still to come.
    pub playhead: f64,
    /// The task whose lines stand out.
    pub selected: Option<TaskId>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
}

/// The printed lines with their times and tasks.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let ConsoleProps { language, timeline, playhead, selected, on_select } = props;
    let timeline = timeline.look();
    let line = |(n, line): (usize, &Line)| {
        let name = line.task.and_then(|task| timeline.task(task)).map(|lane| lane.name.clone());
        let own = selected.is_some() && line.task == *selected;
        html! {
            <PrintedLine key={n} time={line.time} task={line.task} {name} text={line.text.clone()}
                logged={line.logged} {own} other={selected.is_some() && !own}
                later={line.time > *playhead + 1e-9} {on_select} />
        }
    };
    html! {
        <section class="panel output" aria-label={language.text("console.heading")}>
            <div class="panel-head"><h2>{language.text("console.heading")}</h2></div>
            <ol id="console" class="panel-body" tabindex="0" aria-label={language.text("console.heading")}>
                {for timeline.lines.iter().enumerate().map(line)}
            </ol>
            if timeline.lines.is_empty() {
                <p class="empty">{language.text("console.empty")}</p>
            }
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct PrintedLineProps {
    time: f64,
    task: Option<TaskId>,
    name: Option<Rc<str>>,
    text: Rc<str>,
    logged: bool,
    /// Whether it is of the selected task.
    own: bool,
    /// Whether another task is selected.
    other: bool,
    /// Whether it is still to come.
    later: bool,
    on_select: Callback<Option<TaskId>>,
}

#[component]
fn PrintedLine(props: &PrintedLineProps) -> Html {
    let class = classes!(
        props.own.then_some("selected"),
        props.other.then_some("other"),
        props.logged.then_some("logged"),
        props.later.then_some("later"),
    );
    let colour = props.task.map(|task| format!("--task:{}", Colour::Task(task).css()));
    let next = props.task.filter(|_| !props.own);
    html! {
        <li {class} style={colour} onclick={props.on_select.reform(move |_: MouseEvent| next)}>
            <time>{seconds(props.time)}</time>
            <span class="task">{props.name.clone().map(AttrValue::from)}</span>
            <span class="text">{AttrValue::from(props.text.clone())}</span>
        </li>
    }
}
