//! What the program printed, and what was logged of it.

use super::describe::seconds;
use super::language::Language;
use super::palette::Palette;
use std::rc::Rc;
use timeline::{Line, Timeline};
use trace::TaskId;
use yew::prelude::*;

/// What the console shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ConsoleProps {
    /// The language.
    pub language: Language,
    /// The run, or the live run so far.
    pub timeline: Rc<Timeline>,
    /// Lines after this moment are still to come.
    pub playhead: f64,
    /// The task whose lines stand out.
    pub selected: Option<TaskId>,
    /// The colours.
    pub palette: Palette,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
}

/// The printed lines with their times and tasks.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let ConsoleProps { language, timeline, playhead, selected, palette, on_select } = props;
    let line = |line: &Line| {
        let own = selected.is_some() && line.task == *selected;
        let class = classes!(
            own.then_some("selected"),
            (selected.is_some() && !own).then_some("other"),
            line.logged.then_some("logged"),
            (line.time > *playhead + 1e-9).then_some("later"),
        );
        let name = line.task.and_then(|task| timeline.task(task)).map(|lane| lane.name.to_string());
        let colour = line.task.map(|task| format!("--task:{}", palette.task(task)));
        let task = line.task;
        let toggle = on_select.reform(move |_: MouseEvent| if own { None } else { task });
        html! {
            <li {class} style={colour} onclick={toggle}>
                <time>{seconds(line.time)}</time>
                <span class="task">{name}</span>
                <span class="text">{line.text.to_string()}</span>
            </li>
        }
    };
    html! {
        <section class="panel output" aria-label={language.text("console.heading")}>
            <div class="panel-head"><h2>{language.text("console.heading")}</h2></div>
            <ol id="console" class="panel-body" tabindex="0" aria-label={language.text("console.heading")}>
                {for timeline.lines.iter().map(line)}
            </ol>
            if timeline.lines.is_empty() {
                <p class="empty">{language.text("console.empty")}</p>
            }
        </section>
    }
}
