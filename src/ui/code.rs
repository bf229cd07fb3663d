//! The program: Python with the present values, and the Rust that runs.

use super::describe::{Describe, seconds};
use super::language::Language;
use super::palette::Palette;
use super::texts::Texts;
use examples::{Args, LineMap, python_lines, python_source};
use std::cmp::Reverse;
use std::rc::Rc;
use timeline::{Category, Timeline};
use trace::TaskId;
use web_sys::{DomRect, Element};
use yew::prelude::*;
use yew::virtual_dom::VNode;

/// What is shown of a program.
#[derive(Clone, PartialEq, Properties)]
pub struct CodeProps {
    /// The language of the page.
    pub language: Language,
    /// The programs.
    pub texts: Texts,
    /// The values in its Python.
    pub args: Args,
    /// The run.
    pub timeline: Rc<Timeline>,
    /// The moment at which the tasks' places are marked.
    pub playhead: f64,
    /// The task whose place stands out.
    pub selected: Option<TaskId>,
    /// The colours.
    pub palette: Palette,
}

#[derive(Clone, Copy, PartialEq)]
enum Tab {
    Python,
    Rust,
}

/// The two programs, a tab each, with the lines marked where tasks stand.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let CodeProps { language, texts, args, timeline, playhead, .. } = props;
    let tab = use_state(|| Tab::Python);
    let copied = use_state(|| false);
    let standing = timeline.standing(*playhead);
    let program = use_memo(texts.clone(), Sources::of);
    let map = &program.map;
    let lines: Vec<String> = match *tab {
        Tab::Python => with_values(&program, args),
        Tab::Rust => program.rust_html.lines().map(String::from).collect(),
    };
    let tasks_at = |line: usize| -> Vec<TaskId> {
        let place = |rust: u32| match *tab {
            Tab::Python => map.python(rust),
            Tab::Rust => Some(rust),
        };
        let here = standing.iter().filter(|(_, rust)| place(*rust) == u32::try_from(line).ok());
        here.map(|(task, _)| *task).collect()
    };
    let on_copy = {
        let text = match *tab {
            Tab::Python => python_source(&program.python, args),
            Tab::Rust => program.rust.clone(),
        };
        let copied = copied.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(window) = web_sys::window() {
                // Where copying is refused the text can still be selected.
                let _ = window.navigator().clipboard().write_text(&text);
                copied.set(true);
            }
        })
    };
    let tab_button = |which: Tab, key: &str| {
        let (tab, copied) = (tab.clone(), copied.clone());
        let chosen = *tab == which;
        let id = format!("tab-{key}");
        html! {
            <button role="tab" {id} aria-selected={chosen.to_string()} aria-controls="code"
                onclick={Callback::from(move |_: MouseEvent| { tab.set(which); copied.set(false); })}>
                {language.text(&format!("code.{key}"))}
            </button>
        }
    };
    let list = use_node_ref();
    {
        let list = list.clone();
        let lines = followed(timeline, *playhead, props.selected).into_iter();
        let places: Vec<u32> = match *tab {
            Tab::Python => lines.filter_map(|rust| map.python(rust)).collect(),
            Tab::Rust => lines.collect(),
        };
        use_effect_with(places, move |places| {
            if let Some(list) = list.cast::<Element>() {
                bring_into_view(&list, places);
            }
        });
    }
    let copy = if *copied { "page.copied" } else { "page.copy" };
    html! {
        <section class="panel program" aria-label={language.text("code.heading")}>
            <div class="panel-head">
                <div role="tablist" aria-label={language.text("code.heading")}>
                    {tab_button(Tab::Python, "python")}{tab_button(Tab::Rust, "rust")}
                </div>
                <button id="copy" class="button quiet" onclick={on_copy}>{language.text(copy)}</button>
            </div>
            <ol id="code" ref={list} class="panel-body" role="tabpanel" tabindex="0" lang="en"
                data-tab={if *tab == Tab::Python { "python" } else { "rust" }}>
                {for lines.into_iter().enumerate().map(|(n, line)| {
                    source_line(props, line, &tasks_at(n + 1))
                })}
            </ol>
        </section>
    }
}

/// The programs of an example, plain and coloured: a line of HTML for each line of source.
struct Sources {
    python: String,
    python_html: String,
    rust: String,
    rust_html: String,
    map: LineMap,
}

impl Sources {
    fn of(texts: &Texts) -> Self {
        let text = |key| texts.get(key).unwrap_or_default();
        Sources {
            python: text("python"),
            python_html: text("python_html"),
            rust: text("rust"),
            rust_html: text("rust_html"),
            map: LineMap::parse(&text("lines")),
        }
    }
}

/// The lines worth looking at: where the selected task stands, or those that do not merely wait for
/// other tasks, or any; the one with most tasks first.
fn followed(timeline: &Timeline, time: f64, selected: Option<TaskId>) -> Vec<u32> {
    let mut ranked: Vec<(u8, u32)> = Vec::new();
    for lane in &timeline.tasks {
        let Some(span) = lane.at(time) else { continue };
        let Some(line) = span.line() else { continue };
        let rank = match Category::of(span) {
            _ if Some(lane.id) == selected => 0,
            Some(Category::Tasks) => 2,
            _ => 1,
        };
        ranked.push((rank, line));
    }
    let best = ranked.iter().map(|(rank, _)| *rank).min();
    let mut lines: Vec<u32> =
        ranked.iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, line)| *line).collect();
    let all = lines.clone();
    let tasks_on = |line: u32| all.iter().filter(|other| **other == line).count();
    lines.sort_by_key(|line| (Reverse(tasks_on(*line)), *line));
    lines
}

/// Scrolls the program so that one of the lines shows, if none does; the page stays where it is.
fn bring_into_view(list: &Element, lines: &[u32]) {
    let rows = list.children();
    let frame = list.get_bounding_client_rect();
    let bounds = |line: &u32| Some(rows.item(line.checked_sub(1)?)?.get_bounding_client_rect());
    let places: Vec<_> = lines.iter().filter_map(bounds).collect();
    let shows = |place: &&DomRect| place.top() >= frame.top() && place.bottom() <= frame.bottom();
    if let (None, Some(place)) = (places.iter().find(shows), places.first()) {
        let off = place.top() - frame.top() - frame.height() / 3.0;
        list.set_scroll_top(list.scroll_top() + off as i32);
    }
}

/// The lines of the twin; those that set a parameter carry its present value.
fn with_values(program: &Sources, args: &Args) -> Vec<String> {
    let values = python_lines(&program.python, args);
    let coloured = program.python_html.lines().map(String::from);
    let lines = coloured.zip(values).zip(program.python.lines());
    lines
        .map(|((coloured, now), before)| match now.split_once(" = ") {
            Some((name, value)) if now != before => {
                let class = if value.starts_with('"') { "s" } else { "n" };
                format!("{name} = <span class=\"{class}\">{value}</span>")
            }
            _ => coloured,
        })
        .collect()
}

fn source_line(props: &CodeProps, line: String, tasks: &[TaskId]) -> Html {
    let CodeProps { language, timeline, playhead, selected, palette, .. } = props;
    let describe = Describe { language: *language, timeline };
    let foremost = tasks.iter().find(|task| Some(**task) == *selected).or(tasks.first());
    let style = foremost.map(|task| format!("--task:{}", palette.task(*task)));
    let mark = |task: &TaskId| {
        let name = describe.task(*task);
        let title =
            language.fill("code.standing", &[("task", &name), ("time", &seconds(*playhead))]);
        html! { <i style={format!("--task:{}", palette.task(*task))} {title}></i> }
    };
    let names: Vec<String> = tasks.iter().map(|task| describe.task(*task)).collect();
    let class = classes!(
        (!tasks.is_empty()).then_some("standing"),
        tasks.iter().any(|task| Some(*task) == *selected).then_some("selected"),
    );
    html! {
        <li {class} {style} data-tasks={(!names.is_empty()).then(|| names.join(" "))}>
            <span class="marks">{for tasks.iter().take(6).map(mark)}</span>
            <code>{VNode::from_html_unchecked(AttrValue::from(line))}</code>
            if !names.is_empty() {
                <span class="who" aria-hidden="true">{names.join(", ")}</span>
            }
        </li>
    }
}
