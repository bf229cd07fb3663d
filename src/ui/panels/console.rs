//! What the program printed, and what was logged of it.

use super::describe::seconds;
use crate::ui::shell::Language;
use chart::Colour;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use timeline::Timeline;
use trace::TaskId;
use web_sys::Element;
use yew::prelude::*;

/// So many lines are a page: that of the playhead is there, and the ones around it.
const PAGE: usize = 500;

/// By how much moments may differ that are one moment, in seconds.
const ROUNDING: f64 = 1e-9;

/// What the console shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ConsoleProps {
    /// The language.
    pub language: Language,
    /// The run, or the live run so far.
    pub timeline: timeline::Shared,
    /// Lines after this moment are still to come.
    pub playhead: f64,
    /// How many lines have been printed, where the moment alone does not tell.
    pub printed: Option<usize>,
    /// The task whose lines stand out.
    pub selected: Option<TaskId>,
    /// The part of the run whose lines are shown, in seconds.
    #[prop_or_default]
    pub range: Option<(f64, f64)>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
    /// The reader wants to see the moment of a line.
    pub on_seek: Callback<f64>,
}

/// The printed lines with their times and tasks. It follows the playhead: the last line before it is in view, and
/// those after it are pale. A line leads to its moment, its task's name selects the task.
#[component]
pub fn Console(props: &ConsoleProps) -> Html {
    let ConsoleProps { language, timeline, playhead, selected, on_select, on_seek, .. } = props;
    let shared = timeline;
    let timeline = timeline.look();
    let printed = props.printed.unwrap_or_else(|| printed(&timeline, *playhead));
    let range = props.range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
    let first = timeline.lines.partition_point(|line| line.time < range.0);
    let after = timeline.lines.partition_point(|line| line.time <= range.1).max(first);
    // A document of a hundred thousand lines would be slow, and of no use to anybody.
    let asked = use_state_eq(|| (0, 0));
    let page = printed.clamp(first, after) / PAGE;
    let from = (page.saturating_sub(1 + asked.0) * PAGE).max(first);
    let to = ((page + 2 + asked.1) * PAGE).min(after);
    let whole = (to - from < after - first).then_some(after - first);
    let list = use_node_ref();
    {
        let list = list.clone();
        let before = from - usize::from(from > first);
        use_effect_with((printed, shared.clone()), move |(printed, _)| {
            let last = printed.saturating_sub(1).saturating_sub(before);
            // After the frame, when the page has been laid out anyway.
            let later = Timeout::new(0, move || {
                if let Some(list) = list.cast::<Element>() {
                    bring_into_view(&list, last);
                }
            });
            move || drop(later)
        });
    }
    let on_key = {
        let (shared, on_seek) = (shared.clone(), on_seek.clone());
        Callback::from(move |event: KeyboardEvent| {
            let led = |run: &Timeline| {
                led_to(run.lines.iter().map(|line| line.time), printed, &event.key())
            };
            let Some(next) = led(&shared.look()) else { return };
            event.prevent_default();
            event.stop_propagation();
            if let Some(next) = next {
                on_seek.emit(next);
            }
        })
    };
    let line = |n: usize| {
        let line = &timeline.lines[n];
        let name = line.task.and_then(|task| timeline.task(task)).map(|lane| lane.name.clone());
        let own = selected.is_some() && line.task == *selected;
        html! {
            <PrintedLine key={n} time={line.time} task={line.task} {name} text={line.text.clone()}
                logged={line.logged} {own} other={selected.is_some() && !own}
                place={whole.map(|all| (n - first + 1, all))} later={n >= printed} last={n + 1 == printed} {on_select} {on_seek} />
        }
    };
    let more = |left: usize, which: &'static str, then: (usize, usize)| {
        let asked = asked.clone();
        let n = [("n", &*left.min(PAGE).to_string()), ("left", &*left.to_string())];
        (left > 0).then(|| {
            html! {
                <li key={which} class="more">
                    <button class="button quiet" onclick={Callback::from(move |_: MouseEvent| asked.set(then))}>
                        {language.fill("table.more", &n)}
                    </button>
                </li>
            }
        })
    };
    html! {
        <>
            <ol id="console" class="panel-body" ref={list} tabindex="0" onkeydown={on_key}
                aria-label={language.text("console.label")}>
                {for more(from - first, "before", (asked.0 + 1, asked.1))}
                {for (from..to).map(line)}
                {for more(after - to, "after", (asked.0, asked.1 + 1))}
            </ol>
            if first == after {
                <p class="empty">{language.text("console.empty")}</p>
            }
        </>
    }
}

/// The line to which a key leads from the last of so many that have been printed, by the lines' times; none where it is
/// none of the keys that do, within it none where there is no such line. A run that is played again has fewer lines than
/// were printed.
fn led_to(
    mut times: impl DoubleEndedIterator<Item = f64> + Clone,
    printed: usize,
    key: &str,
) -> Option<Option<f64>> {
    let now = printed.checked_sub(1).and_then(|n| times.clone().nth(n));
    Some(match key {
        "ArrowDown" => times.find(|time| now.is_none_or(|now| *time > now + ROUNDING)),
        "ArrowUp" => times.rfind(|time| now.is_some_and(|now| *time < now - ROUNDING)),
        "Home" => times.next(),
        "End" => times.next_back(),
        _ => return None,
    })
}

/// How many lines have been printed at a moment. Lines are in the order of their times.
fn printed(timeline: &Timeline, time: f64) -> usize {
    timeline.lines.partition_point(|line| line.time <= time + ROUNDING)
}

/// Scrolls the list so that a line shows with the one after it; the page stays where it is.
fn bring_into_view(list: &Element, line: usize) {
    let rows = list.children();
    let bounds = |n: usize| Some(rows.item(u32::try_from(n).ok()?)?.get_bounding_client_rect());
    // A line that is not shown has no height.
    let Some(place) = bounds(line).filter(|place| place.height() > 0.0) else { return };
    let frame = list.get_bounding_client_rect();
    let bottom = bounds(line + 1).map_or(place.bottom(), |next| next.bottom());
    let off = if place.top() < frame.top() {
        place.top() - frame.top()
    } else if bottom > frame.bottom() {
        bottom - frame.bottom()
    } else {
        return;
    };
    list.set_scroll_top(list.scroll_top() + off as i32);
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
    /// Which one it is, from 1, and of how many, where not all are there.
    place: Option<(usize, usize)>,
    /// Whether it is still to come.
    later: bool,
    /// Whether it is the last that has been printed.
    last: bool,
    on_select: Callback<Option<TaskId>>,
    on_seek: Callback<f64>,
}

#[component]
fn PrintedLine(props: &PrintedLineProps) -> Html {
    let class = classes!(
        props.own.then_some("selected"),
        props.other.then_some("other"),
        props.logged.then_some("logged"),
        props.later.then_some("later"),
        props.last.then_some("last"),
    );
    let colour = props.task.map(|task| format!("--task:{}", Colour::Task(task).css()));
    let next = props.task.filter(|_| !props.own);
    let time = props.time;
    let on_name = props.on_select.reform(move |event: MouseEvent| {
        event.stop_propagation();
        next
    });
    let name = props.name.clone().map(AttrValue::from);
    let (place, all) = props.place.unzip();
    html! {
        <li {class} style={colour} aria-posinset={place.map(|n| n.to_string())} aria-setsize={all.map(|n| n.to_string())}
            onclick={props.on_seek.reform(move |_: MouseEvent| time)}>
            <time>{seconds(time)}</time>
            <span class="task" title={name.clone()} onclick={on_name}>{name}</span>
            <span class="text" lang="en">{AttrValue::from(props.text.clone())}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::led_to;

    #[test]
    fn keys_lead_along_the_lines_also_of_a_run_that_begins_again() {
        let to = |lines: &[f64], printed, key| led_to(lines.iter().copied(), printed, key);
        let lines = [0.5, 1.0, 1.0, 2.0];
        assert_eq!(to(&lines, 3, "ArrowDown"), Some(Some(2.0)));
        assert_eq!(to(&lines, 3, "ArrowUp"), Some(Some(0.5)));
        assert_eq!(to(&lines, 0, "ArrowDown"), Some(Some(0.5)));
        assert_eq!(to(&lines, 4, "ArrowDown"), Some(None));
        assert_eq!(to(&lines, 1, "End"), Some(Some(2.0)));
        for key in ["ArrowDown", "ArrowUp", "Home", "End"] {
            assert_eq!(to(&[], 2, key), Some(None));
        }
        assert_eq!(to(&[], 2, "."), None);
    }
}
