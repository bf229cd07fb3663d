//! The chart as a table, for screen readers and for everybody who prefers one.

use super::describe::{Describe, seconds};
use crate::ui::shell::Language;
use gloo_timers::callback::Timeout;
use timeline::{Cancel, ResourceLane, Span, State, TaskLane, Timeline};
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
    let mut rows = rows(&describe, &timeline);
    if *order == Order::Time {
        // Rows of one moment stay in the order of the chart.
        by_time(&mut rows);
    }
    // A document of a million cells would be of no use to anybody.
    let all = rows.len();
    rows.truncate(*most);
    let left = all - rows.len();
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
            <tbody>{for rows.into_iter().map(row)}</tbody>
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
    let mut rows = rows(&Describe { language, timeline }, timeline);
    sorting::by(&mut rows, |a, b| a.from.total_cmp(&b.from));
    let left = rows.len().saturating_sub(MOST);
    let texts = rows.into_iter().take(MOST).map(|row| {
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

/// The rows in the order of the chart.
fn rows(describe: &Describe, timeline: &Timeline) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for lane in timeline.rows() {
        let first = rows.len();
        // To be ready for no time is to be next: the step that follows says so.
        let says = |span: &&Span| span.seconds() > 0.0 || !matches!(span.state, State::Ready);
        rows.extend(lane.spans.iter().filter(says).map(|span| of_span(describe, lane, span)));
        rows.extend(lane.cancels.iter().map(|cancel| of_cancel(describe, lane, cancel)));
        by_time(&mut rows[first..]);
        rows.push(Row {
            who: lane.name.to_string(),
            what: describe.outcome(lane),
            cause: None,
            from: lane.ended.unwrap_or(timeline.end),
            to: None,
            woken: None,
        });
    }
    rows.extend(timeline.resources.iter().flat_map(|lane| of_resource(describe, lane)));
    rows
}

/// Those of one moment stay in their order.
fn by_time(rows: &mut [Row]) {
    sorting::by(rows, |a, b| a.from.total_cmp(&b.from));
}

fn of_span(describe: &Describe, lane: &TaskLane, span: &Span) -> Row {
    Row {
        who: lane.name.to_string(),
        what: describe.state(span),
        cause: describe.cause(span),
        from: span.from,
        to: Some(span.to),
        woken: describe.woken(lane, span),
    }
}

fn of_cancel(describe: &Describe, lane: &TaskLane, cancel: &Cancel) -> Row {
    Row {
        who: lane.name.to_string(),
        what: describe.cancelled(cancel),
        cause: None,
        from: cancel.time,
        to: None,
        woken: None,
    }
}

/// Who held it, when it was set, and who was notified.
fn of_resource(describe: &Describe, lane: &ResourceLane) -> Vec<Row> {
    let name = describe.resource(lane.id);
    let task = |task: Option<trace::TaskId>| task.map(|task| describe.task(task));
    let words = |key: &str, tasks: Option<String>| {
        describe.language.fill(key, &[("tasks", tasks.as_deref().unwrap_or("–"))])
    };
    let row = |what: String, from: f64, to: Option<f64>| Row {
        who: name.clone(),
        what,
        cause: None,
        from,
        to,
        woken: None,
    };
    let holds = lane.holds.iter().map(|hold| {
        row(words("chart.held_by", task(hold.holder)), hold.from, hold.returned.then_some(hold.to))
    });
    let raised = lane
        .raised
        .iter()
        .map(|raised| row(words("table.set_by", task(raised.by)), raised.from, raised.to));
    let notices = lane.notices.iter().map(|notice| {
        let what = words("table.notified_by", task(notice.by));
        row(what.replace("%{n}", &notice.count.to_string()), notice.time, None)
    });
    let mut rows: Vec<Row> = holds.chain(raised).chain(notices).collect();
    by_time(&mut rows);
    rows
}
