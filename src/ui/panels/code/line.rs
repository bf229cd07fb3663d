//! One line of a program.

use crate::ui::shell::Language;
use chart::Colour;
use std::collections::BTreeMap;
use std::rc::Rc;
use trace::{Site, TaskId};
use yew::prelude::*;
use yew::virtual_dom::VNode;

/// A task that stands at a line, by number and name.
pub type Standing = (TaskId, Rc<str>);

/// A range that is selected, in seconds, and the run that it is of: what comes after the playhead is in it, too.
#[derive(Clone, PartialEq)]
pub struct Ranged {
    /// The whole run.
    pub run: timeline::Shared,
    /// From when until when.
    pub range: (f64, f64),
}

/// How long tasks wait in a range, by the lines at which they do; the task that stands out, if one does.
pub fn waited(
    ranged: Option<&Ranged>,
    selected: Option<TaskId>,
    line: impl Fn(&Site) -> Option<u32>,
) -> BTreeMap<u32, f64> {
    let mut lines = BTreeMap::new();
    let Some(Ranged { run, range }) = ranged else { return lines };
    for (at, seconds) in run.look().waits_within(*range, selected) {
        if let Some(line) = line(at) {
            *lines.entry(line).or_default() += seconds;
        }
    }
    lines
}

/// A sum of waits, as it stands beside a line.
pub fn sum(seconds: f64) -> String {
    format!("Σ {} s", super::super::seconds(seconds))
}

/// What a line shows.
#[derive(PartialEq, Properties)]
pub struct SourceLineProps {
    /// The language of the page.
    pub language: Language,
    /// The line, in HTML.
    pub html: AttrValue,
    /// The tasks that stand here.
    pub tasks: Vec<Standing>,
    /// The one that stands out, if it is among them.
    pub selected: Option<TaskId>,
    /// The one that has gone on from here and holds the loop, if it is among them.
    #[prop_or_default]
    pub holds: Option<TaskId>,
    /// How long tasks wait here in the range that is selected, in seconds.
    #[prop_or_default]
    pub waited: Option<f64>,
    /// The moment of which this is said, where there is something to say.
    pub time: Option<AttrValue>,
}

/// The line, with a mark for each task that stands there.
#[component]
pub fn SourceLine(props: &SourceLineProps) -> Html {
    let SourceLineProps { language, html, tasks, selected, holds, waited, time } = props;
    let is_selected = |(task, _): &&Standing| Some(*task) == *selected;
    let foremost = tasks.iter().find(is_selected).or(tasks.first());
    let colour = |task: TaskId| format!("--task:{}", Colour::Task(task).css());
    let time = time.as_deref().unwrap_or_default();
    let mark = |(task, name): &Standing| {
        let key = if *holds == Some(*task) { "code.holding" } else { "code.standing" };
        let title = language.fill(key, &[("task", name), ("time", time)]);
        html! { <i style={colour(*task)} {title}></i> }
    };
    let names: Vec<&str> = tasks.iter().map(|(_, name)| &**name).collect();
    let class = classes!(
        (!tasks.is_empty()).then_some("standing"),
        selected.is_some().then_some("selected"),
        holds.is_some().then_some("holds"),
    );
    html! {
        <li {class} style={foremost.map(|(task, _)| colour(*task))}
            data-tasks={(!names.is_empty()).then(|| names.join(" "))}>
            <span class="marks">{for tasks.iter().take(6).map(mark)}</span>
            <code>{VNode::from_html_unchecked(html.clone())}</code>
            if !names.is_empty() {
                <span class="who" aria-hidden="true">{names.join(", ")}</span>
            }
            if let Some(seconds) = waited {
                <span class="who waited" style="--task:var(--accent)" title={language.text("code.waited")}>{sum(*seconds)}</span>
            }
        </li>
    }
}
