//! Where tasks stand in a program that is not ours, and the program of a recording.

use super::editor::EditorProps;
use crate::ui::panels::{Ranged, SourceLine, Standing, sum, waited};
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use chart::Colour;
use serde_json::json;
use std::collections::BTreeMap;
use timeline::{Span, State, Timeline};
use trace::TaskId;
use yew::prelude::*;

/// The line at which a span waits, if it is in a file, or in any.
fn line_of(span: &Span, file: Option<&str>) -> Option<u32> {
    let State::Waiting { at: Some(site), .. } = &span.state else { return None };
    file.is_none_or(|file| file == site.file()).then(|| site.line())
}

/// The tasks at each line, the selected one first.
fn at_lines(
    timeline: &Timeline,
    time: f64,
    selected: Option<TaskId>,
    file: Option<&str>,
) -> BTreeMap<u32, Vec<Standing>> {
    let mut lines: BTreeMap<u32, Vec<Standing>> = BTreeMap::new();
    for lane in timeline.rows() {
        if let Some(line) = lane.at(time).and_then(|span| line_of(span, file)) {
            lines.entry(line).or_default().push((lane.id, lane.name.clone()));
        }
    }
    for tasks in lines.values_mut() {
        sorting::by_key(tasks, |(task, _)| Some(*task) != selected);
    }
    lines
}

/// Where tasks stand at a moment, as `engine/editor.mjs` takes it.
pub fn standing(
    timeline: &Timeline,
    time: f64,
    selected: Option<TaskId>,
    range: Option<&Ranged>,
) -> String {
    let mut tasks = at_lines(timeline, time, selected, None);
    let waits = waited(range, selected, |at| Some(at.line()));
    for line in waits.keys() {
        tasks.entry(*line).or_default();
    }
    let lines = tasks.into_iter().map(|(line, tasks)| {
        let mut colours: Vec<_> = tasks.iter().map(|(task, _)| Colour::Task(*task).css()).collect();
        let mut names: Vec<String> = tasks.iter().map(|(_, name)| name.to_string()).collect();
        if let Some(seconds) = waits.get(&line) {
            names.push(sum(*seconds));
            if colours.is_empty() {
                colours.push("var(--accent)".to_owned());
            }
        }
        json!({ "line": line, "colours": colours, "names": names })
    });
    json!(lines.collect::<Vec<_>>()).to_string()
}

/// Selects the task of a line: the next of those that stand there, or the first that ever does.
pub fn select(props: &EditorProps, line: u32) {
    let timeline = props.timeline.look();
    let waits_here = |span: &Span| line_of(span, None) == Some(line);
    let mut here: Vec<TaskId> = timeline
        .rows()
        .filter(|lane| lane.at(props.playhead).is_some_and(waits_here))
        .map(|lane| lane.id)
        .collect();
    if here.is_empty() {
        here.extend(
            timeline.rows().find(|lane| lane.spans.iter().any(waits_here)).map(|lane| lane.id),
        );
    }
    let present = props.selected.and_then(|task| here.iter().position(|other| *other == task));
    let next = match present {
        None => here.first(),
        Some(n) => here.get(n + 1),
    };
    props.on_select.emit(next.copied());
}

/// What a listing shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ListingProps {
    /// The language.
    pub language: Language,
    /// The files of a recording.
    pub sources: Shared<Vec<(String, String)>>,
    /// Its run.
    pub timeline: timeline::Shared,
    /// The moment at which the tasks' places are marked.
    pub playhead: f64,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// The range that is selected, in seconds.
    pub range: Option<Ranged>,
}

/// The program of a recording, a tab for each of its files.
#[component]
pub fn Listing(props: &ListingProps) -> Html {
    let ListingProps { language, sources, timeline, playhead, selected, range } = props;
    let file = use_state_eq(|| 0_usize);
    let Some((name, text)) = sources.get(*file).or(sources.first()) else {
        return html! {
            <section class="panel program" aria-label={language.text("code.heading")}>
                <div class="panel-head"><h2>{language.text("code.heading")}</h2></div>
                <p class="empty">{language.text("program.no_source")}</p>
            </section>
        };
    };
    let lines = at_lines(&timeline.look(), *playhead, *selected, Some(name));
    let waits = waited(range.as_ref(), *selected, |at| (at.file() == name).then(|| at.line()));
    let now = AttrValue::from(crate::ui::panels::seconds(*playhead));
    let line = |(n, text): (usize, &str)| {
        let number = u32::try_from(n + 1).unwrap_or(u32::MAX);
        let tasks = lines.get(&number).cloned().unwrap_or_default();
        let selected = selected.filter(|task| tasks.iter().any(|(here, _)| here == task));
        let time = (!tasks.is_empty()).then(|| now.clone());
        let html = AttrValue::from(escaped(text));
        html! { <SourceLine key={n} language={*language} {html} {tasks} {selected} {time} waited={waits.get(&number).copied()} /> }
    };
    let tab = |(n, (name, _)): (usize, &(String, String))| {
        let file = file.clone();
        html! {
            <button role="tab" aria-selected={(*file == n).to_string()} aria-controls="code-panel"
                onclick={Callback::from(move |_: MouseEvent| file.set(n))}>{name}</button>
        }
    };
    html! {
        <section class="panel program" aria-label={language.text("code.heading")}>
            <div class="panel-head">
                <div role="tablist" aria-label={language.text("code.heading")}>
                    {for sources.iter().enumerate().map(tab)}
                </div>
            </div>
            <div id="code-panel" role="tabpanel" aria-label={language.text("code.heading")}>
                <ol id="code" class="panel-body" tabindex="0" lang="en">
                    {for text.lines().enumerate().map(line)}
                </ol>
            </div>
        </section>
    }
}

/// A text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
