//! The chart as a table, for screen readers and for everybody who prefers one.

use super::describe::{Describe, seconds};
use crate::ui::shell::Language;
use gloo_timers::callback::Timeout;
use timeline::{Cancel, Hold, Notice, Raised, ResourceLane, Span, State, TaskLane, Timeline};
use yew::prelude::*;

/// How long the run must have stood still before a table that nobody sees follows it, in milliseconds.
const SETTLED: u32 = 100;

/// How many rows are shown at first, and how many more each time more are asked for.
const ROWS: usize = 1000;

/// What the table shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TableProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// Whether it is shown to everybody.
    pub shown: bool,
}

/// The table. As long as it is only for those who have it read to them, it is rendered when the run has
/// come to rest, and not while a slider moves.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let TableProps { language, timeline, shown } = props;
    let settled = use_state(|| None::<timeline::Shared>);
    {
        let settled = settled.clone();
        use_effect_with(timeline.clone(), move |timeline| {
            let timeline = timeline.clone();
            let timeout = Timeout::new(SETTLED, move || settled.set(Some(timeline)));
            move || drop(timeout)
        });
    }
    let busy = !shown && settled.as_ref() != Some(timeline);
    let timeline = if *shown { Some(timeline.clone()) } else { (*settled).clone() };
    // What can be scrolled must be reached by the keyboard.
    let tabindex = shown.then_some("0");
    html! {
        <div class={classes!("table", (!shown).then_some("visually-hidden"))} aria-busy={busy.to_string()}
            {tabindex} role="region" aria-label={language.text("table.heading")}>
            if let Some(timeline) = timeline { <Rows language={*language} {timeline} /> }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct RowsProps {
    language: Language,
    timeline: timeline::Shared,
}

/// What the rows are in the order of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// When they begin.
    Time,
    /// Whose they are, in the order of the chart.
    Lane,
}

/// A row of the table.
struct Row {
    who: String,
    what: String,
    cause: Option<String>,
    from: f64,
    /// Its end, if it lasts.
    to: Option<f64>,
    woken: Option<String>,
}

/// A row for everything that happens: what tasks do, when they are asked to cancel themselves and end, who holds what,
/// when events are set and conditions notified.
#[component]
fn Rows(props: &RowsProps) -> Html {
    let RowsProps { language, timeline } = props;
    let order = use_state_eq(|| Order::Time);
    let most = use_state_eq(|| ROWS);
    let timeline = timeline.look();
    let describe = Describe { language: *language, timeline: &timeline };
    let mut events = events(&timeline);
    if *order == Order::Time {
        // Those of one moment stay in the order of the chart.
        by_time(&mut events);
    }
    // A document of a million cells would be of no use to anybody.
    let left = events.len().saturating_sub(*most);
    let rows = events.iter().take(*most).map(|event| event.row(&describe));
    let more = {
        let (most, next) = (most.clone(), *most + ROWS);
        Callback::from(move |_: MouseEvent| most.set(next))
    };
    let row = |row: Row| {
        let lasts = row.to.filter(|to| *to > row.from).map(|to| seconds(to - row.from));
        html! {
            <tr>
                <th scope="row">{row.who}</th>
                <td>{row.what}</td>
                <td>{row.cause}</td>
                <td>{seconds(row.from)}</td>
                <td>{row.to.map(seconds)}</td>
                <td>{lasts}</td>
                <td>{row.woken}</td>
            </tr>
        }
    };
    let heading =
        |key: &str| html! { <th scope="col">{language.text(&format!("table.{key}"))}</th> };
    let sorted = |key: &str, by: Order| {
        let order = order.clone();
        let sort = if *order == by { "ascending" } else { "none" };
        html! {
            <th scope="col" aria-sort={sort}>
                <button type="button" class="sort" data-sort={key.to_owned()}
                    onclick={Callback::from(move |_: MouseEvent| order.set(by))}>
                    {language.text(&format!("table.{key}"))}
                    <span aria-hidden="true">{if sort == "none" { "" } else { " ↓" }}</span>
                </button>
            </th>
        }
    };
    html! {
        <>
        <table id="spans">
            <caption>{language.text("table.heading")}</caption>
            <thead><tr>
                {sorted("task", Order::Lane)}{heading("state")}{heading("cause")}{sorted("from", Order::Time)}
                {heading("to")}{heading("seconds")}{heading("woken")}
            </tr></thead>
            <tbody>{for rows.map(row)}</tbody>
        </table>
        if left > 0 {
            <button id="more-rows" class="button quiet" onclick={more}>
                {language.fill("table.more", &[("n", &left.min(ROWS).to_string()), ("left", &left.to_string())])}
            </button>
        }
        </>
    }
}

/// Most rows of a table in a file.
const MOST: usize = 5000;

/// The table as texts: what its columns are called, and its rows in the order of time, of long runs the first.
pub fn cells(language: Language, timeline: &Timeline) -> (Vec<String>, Vec<Vec<String>>) {
    let describe = Describe { language, timeline };
    let mut events = events(timeline);
    by_time(&mut events);
    let left = events.len().saturating_sub(MOST);
    let texts = events.iter().take(MOST).map(|event| event.row(&describe)).map(|row| {
        let lasts = row.to.filter(|to| *to > row.from).map(|to| seconds(to - row.from));
        let moments = [Some(seconds(row.from)), row.to.map(seconds), lasts, row.woken];
        let texts = [Some(row.who), Some(row.what), row.cause].into_iter().chain(moments);
        texts.map(Option::unwrap_or_default).collect()
    });
    let mut texts: Vec<Vec<String>> = texts.collect();
    if left > 0 {
        texts.push(vec![language.fill("moment.more", &[("n", &left.to_string())])]);
    }
    let keys = ["task", "state", "cause", "from", "to", "seconds", "woken"];
    (keys.map(|key| language.text(&format!("table.{key}"))).to_vec(), texts)
}

/// What a row is of. Of long runs only those that are shown are put into words.
enum Event<'a> {
    Span(&'a TaskLane, &'a Span),
    Cancel(&'a TaskLane, &'a Cancel),
    End(&'a TaskLane, f64),
    Hold(&'a ResourceLane, &'a Hold),
    Raised(&'a ResourceLane, &'a Raised),
    Notice(&'a ResourceLane, &'a Notice),
}

/// What there are rows of, in the order of the chart.
fn events(timeline: &Timeline) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    for lane in timeline.rows() {
        let first = events.len();
        // To be ready for no time is to be next: the step that follows says so.
        let says = |span: &&Span| span.seconds() > 0.0 || !matches!(span.state, State::Ready);
        events.extend(lane.spans.iter().filter(says).map(|span| Event::Span(lane, span)));
        if !lane.cancels.is_empty() {
            events.extend(lane.cancels.iter().map(|cancel| Event::Cancel(lane, cancel)));
            by_time(&mut events[first..]);
        }
        events.push(Event::End(lane, lane.ended.unwrap_or(timeline.end)));
    }
    for lane in &timeline.resources {
        let first = events.len();
        events.extend(lane.holds.iter().map(|hold| Event::Hold(lane, hold)));
        events.extend(lane.raised.iter().map(|raised| Event::Raised(lane, raised)));
        events.extend(lane.notices.iter().map(|notice| Event::Notice(lane, notice)));
        by_time(&mut events[first..]);
    }
    events
}

/// Those of one moment stay in their order.
fn by_time(events: &mut [Event]) {
    sorting::by(events, |a, b| a.from().total_cmp(&b.from()));
}

impl Event<'_> {
    /// When it begins.
    fn from(&self) -> f64 {
        match self {
            Event::Span(_, span) => span.from,
            Event::Cancel(_, cancel) => cancel.time,
            Event::End(_, time) => *time,
            Event::Hold(_, hold) => hold.from,
            Event::Raised(_, raised) => raised.from,
            Event::Notice(_, notice) => notice.time,
        }
    }

    /// The same in words.
    fn row(&self, describe: &Describe) -> Row {
        let by = |key: &str, task: Option<trace::TaskId>| {
            let task = task.map(|task| describe.task(task));
            describe.language.fill(key, &[("tasks", task.as_deref().unwrap_or("–"))])
        };
        let (mut cause, mut to, mut woken) = (None, None, None);
        let what = match self {
            Event::Span(lane, span) => {
                (cause, to) = (describe.cause(span), Some(span.to));
                woken = describe.woken(lane, span);
                describe.state(span)
            }
            Event::Cancel(_, cancel) => describe.cancelled(cancel),
            Event::End(lane, _) => describe.outcome(lane),
            Event::Hold(_, hold) => {
                to = hold.returned.then_some(hold.to);
                by("chart.held_by", hold.holder)
            }
            Event::Raised(_, raised) => {
                to = raised.to;
                by("table.set_by", raised.by)
            }
            Event::Notice(_, notice) => {
                by("table.notified_by", notice.by).replace("%{n}", &notice.count.to_string())
            }
        };
        let who = match self {
            Event::Span(lane, _) | Event::Cancel(lane, _) | Event::End(lane, _) => {
                lane.name.to_string()
            }
            Event::Hold(lane, _) | Event::Raised(lane, _) | Event::Notice(lane, _) => {
                describe.resource(lane.id)
            }
        };
        Row { who, what, cause, from: self.from(), to, woken }
    }
}
