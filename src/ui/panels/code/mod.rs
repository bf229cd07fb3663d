//! The program: Python with the present values, and the Rust that runs.

mod line;
mod sources;

pub use self::line::{Ranged, SourceLine, Standing, sum, waited};
use self::sources::{Source, Tab};
use super::describe::seconds;
use crate::ui::clipboard::copy;
use crate::ui::course::Texts;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use examples::Args;
use gloo_timers::callback::Timeout;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use timeline::{Category, Timeline};
use trace::TaskId;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DomRect, Element};
use yew::prelude::*;

/// What is shown of a program.
#[derive(Clone, PartialEq, Properties)]
pub struct CodeProps {
    /// The language of the page.
    pub language: Language,
    /// The programs.
    pub texts: Texts,
    /// The values in its Python.
    pub args: Shared<Args>,
    /// The run.
    pub timeline: timeline::Shared,
    /// The moment at which the tasks' places are marked.
    pub playhead: f64,
    /// The task whose place stands out.
    pub selected: Option<TaskId>,
    /// The range that is selected, in seconds: how long tasks wait in it is told at their lines.
    pub range: Option<Ranged>,
    /// All of the run that may be told, for what happens at a line.
    pub run: timeline::Shared,
    /// The reader presses a line: the waits that begin there.
    pub on_line: Callback<Vec<(TaskId, f64, f64)>>,
    /// Where the program can be edited.
    pub edit: AttrValue,
    /// What stands below it.
    pub children: Html,
}

/// The two programs, a tab each, with the lines marked where tasks stand.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let CodeProps { language, texts, args, timeline, playhead, selected, edit, .. } = props;
    let timeline = timeline.look();
    let tab = use_state_eq(|| Tab::Python);
    let copied = use_state_eq(|| false);
    let source = use_memo((texts.clone(), args.clone(), *tab), |(texts, args, tab)| {
        Source::of(texts, args, *tab)
    });
    let mut standing: BTreeMap<usize, Vec<Standing>> = BTreeMap::new();
    let holding = timeline.holding(*playhead);
    for (task, rust) in timeline.standing(*playhead).into_iter().chain(holding) {
        if let (Some(line), Some(lane)) = (source.line(rust), timeline.task(task)) {
            standing.entry(line as usize).or_default().push((task, lane.name.clone()));
        }
    }
    let waits = waited(props.range.as_ref(), *selected, |at| source.line(at.line()));
    let now = AttrValue::from(seconds(*playhead));
    let line = |(n, html): (usize, &AttrValue)| {
        let tasks = standing.get(&(n + 1)).cloned().unwrap_or_default();
        let selected = selected.filter(|task| tasks.iter().any(|(here, _)| here == task));
        let time = (!tasks.is_empty()).then(|| now.clone());
        let holds =
            holding.map(|(task, _)| task).filter(|task| tasks.iter().any(|(here, _)| here == task));
        let waited = u32::try_from(n + 1).ok().and_then(|n| waits.get(&n).copied());
        html! { <SourceLine key={n} language={*language} html={html.clone()} {tasks} {selected} {time} {holds} {waited} /> }
    };
    let on_copy = {
        let (source, copied) = (source.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let (source, copied) = (source.clone(), copied.clone());
            // Where copying is refused the text can still be selected, and it is not said to be copied.
            spawn_local(async move { copied.set(copy(&source.plain).await.is_ok()) });
        })
    };
    let tab_button = |which: Tab, key: &str| {
        let (tab, copied) = (tab.clone(), copied.clone());
        let chosen = *tab == which;
        let id = format!("tab-{key}");
        html! {
            <button role="tab" {id} aria-selected={chosen.to_string()} aria-controls="code-panel"
                onclick={Callback::from(move |_: MouseEvent| { tab.set(which); copied.set(false); })}>
                {language.text(&format!("code.{key}"))}
            </button>
        }
    };
    let list = use_node_ref();
    {
        let list = list.clone();
        let held = holding.filter(|(task, _)| selected.is_none_or(|selected| selected == *task));
        let lines = match held {
            Some((_, rust)) => vec![rust],
            None => followed(&timeline, *playhead, *selected),
        };
        let places: Vec<u32> = lines.into_iter().filter_map(|rust| source.line(rust)).collect();
        use_effect_with(places, move |places| {
            let places = places.clone();
            // After the frame, when the page has been laid out anyway: to ask where things are before that
            // lays it out once more.
            let later = Timeout::new(0, move || {
                if let Some(list) = list.cast::<Element>() {
                    bring_into_view(&list, &places);
                }
            });
            move || drop(later)
        });
    }
    let press = {
        let (run, source, on_line) = (props.run.clone(), source.clone(), props.on_line.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(line) = pressed(&event) {
                on_line.emit(waits_at(&run.look(), |rust| source.line(rust) == Some(line)));
            }
        })
    };
    let copy_words = if *copied { "page.copied" } else { "page.copy" };
    html! {
        <section class="panel program" aria-label={language.text("code.heading")}>
            <div class="panel-head">
                <div role="tablist" aria-label={language.text("code.heading")}>
                    {tab_button(Tab::Python, "python")}{tab_button(Tab::Rust, "rust")}
                </div>
                <a id="edit" class="button quiet" href={edit}>{language.text("program.edit")}</a>
                <button id="copy" class="button quiet" onclick={on_copy}>{language.text(copy_words)}</button>
            </div>
            <div id="code-panel" role="tabpanel" aria-label={language.text("code.heading")}>
                <ol id="code" ref={list} class="panel-body" tabindex="0" lang="en" onclick={press}
                    data-tab={if *tab == Tab::Python { "python" } else { "rust" }}>
                    {for source.lines.iter().enumerate().map(line)}
                </ol>
            </div>
            {props.children.clone()}
        </section>
    }
}

/// The line of a program that is pressed, from 1.
fn pressed(event: &MouseEvent) -> Option<u32> {
    let line = event.target_dyn_into::<Element>()?.closest("li").ok()??;
    let above = std::iter::successors(Some(line), Element::previous_element_sibling);
    u32::try_from(above.count()).ok()
}

/// The waits at lines of the trace, lane by lane.
fn waits_at(run: &Timeline, is_there: impl Fn(u32) -> bool) -> Vec<(TaskId, f64, f64)> {
    let mut waits: Vec<(TaskId, f64, f64)> = Vec::new();
    for lane in run.rows() {
        let here = lane.spans.iter().filter(|span| span.line().is_some_and(&is_there));
        waits.extend(here.map(|span| (lane.id, span.from, span.to)));
    }
    waits
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
    sorting::by_key(&mut lines, |line| (Reverse(tasks_on(*line)), *line));
    lines.dedup();
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
