//! What the pointer or the focus is on, and what there is to say about it.

use super::layout::{self, Placed, Row, Scale};
use crate::ui::describe::{Describe, seconds};
use crate::ui::language::Language;
use std::rc::Rc;
use timeline::{ResourceLane, Timeline};
use trace::{ResourceKind, TaskId};
use yew::prelude::*;

/// How far from a span the pointer may be, in pixels.
const NEAR: f64 = 8.0;

/// Something on the chart, by its row and its span.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The row, by index.
    row: usize,
    /// The span of a task's lane, by index.
    span: Option<usize>,
    /// The task of the row.
    pub task: Option<TaskId>,
    /// The resource of the row, by index, and the moment pointed at.
    resource: Option<(usize, f64)>,
    /// Left, top, width and height, in pixels.
    place: (f64, f64, f64, f64),
}

/// What is at a place.
pub fn at(
    rows: &[Placed],
    scale: Scale,
    timeline: &Timeline,
    rows_of: &Timeline,
    x: f64,
    y: f64,
) -> Option<Target> {
    let placed = layout::row_at(rows, y)?;
    let row = rows.iter().position(|other| other == placed)?;
    match placed.row {
        Row::Task(n) => {
            let lane = timeline.task(rows_of.tasks.get(n)?.id)?;
            let distance = |n: usize| {
                let span = &lane.spans[n];
                (scale.x(span.from) - x).max(x - scale.x(span.to)).max(0.0)
            };
            let nearest = layout::visible(&lane.spans)
                .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
                .filter(|n| distance(*n) <= NEAR)?;
            on_span(rows, scale, timeline, rows_of, row, nearest)
        }
        Row::Resource(n) => {
            let lane = timeline.resources.get(n)?;
            let time = scale.time(x);
            (time >= lane.created).then(|| Target {
                row,
                span: None,
                task: None,
                resource: Some((n, time)),
                place: (scale.x(time), placed.top, 0.0, placed.height),
            })
        }
    }
}

fn on_span(
    rows: &[Placed],
    scale: Scale,
    timeline: &Timeline,
    rows_of: &Timeline,
    row: usize,
    span: usize,
) -> Option<Target> {
    let placed = rows.get(row)?;
    let Row::Task(n) = placed.row else { return None };
    let lane = timeline.task(rows_of.tasks.get(n)?.id)?;
    let found = lane.spans.get(span)?;
    let (from, to) = (scale.x(found.from), scale.x(found.to));
    Some(Target {
        row,
        span: Some(span),
        task: Some(lane.id),
        resource: None,
        place: (from, placed.top, to - from, placed.height),
    })
}

/// Where the focus goes from a target: `down` rows down, `on` spans on. From nothing it goes to the
/// first span.
pub fn step(
    rows: &[Placed],
    scale: Scale,
    timeline: &Timeline,
    rows_of: &Timeline,
    from: Option<&Target>,
    down: isize,
    on: isize,
) -> Option<Target> {
    let lane = |row: usize| match rows.get(row)?.row {
        Row::Task(n) => timeline.task(rows_of.tasks.get(n)?.id),
        Row::Resource(_) => None,
    };
    let Some(from) = from else {
        let (row, first) = (0..rows.len())
            .find_map(|row| Some((row, layout::visible(&lane(row)?.spans).next()?)))?;
        return on_span(rows, scale, timeline, rows_of, row, first);
    };
    if down == 0 {
        let spans: Vec<usize> = layout::visible(&lane(from.row)?.spans).collect();
        let place = spans.iter().position(|span| Some(*span) == from.span)?;
        let next = place.saturating_add_signed(on).min(spans.len() - 1);
        return on_span(rows, scale, timeline, rows_of, from.row, spans[next]);
    }
    // To the nearest row that has spans; there, to the span at the same moment or the one next to it.
    let mut row = from.row;
    loop {
        row = row.checked_add_signed(down)?;
        if row >= rows.len() {
            return Some(from.clone());
        }
        let Some(lane) = lane(row) else { continue };
        let moment = scale.time(from.place.0 + from.place.2 / 2.0);
        let distance = |n: usize| {
            let span = &lane.spans[n];
            (span.from - moment).max(moment - span.to).max(0.0)
        };
        let nearest =
            layout::visible(&lane.spans).min_by(|a, b| distance(*a).total_cmp(&distance(*b)));
        if let Some(nearest) = nearest {
            return on_span(rows, scale, timeline, rows_of, row, nearest);
        }
    }
}

/// How a resource stands at a moment, in a few words.
pub fn level(language: Language, lane: &ResourceLane, time: f64) -> String {
    let waiting = lane.waiting_at(time).to_string();
    let waiting = language.fill("chart.waiting", &[("n", &waiting)]);
    let level = match (lane.slots(), lane.depth_bound()) {
        (Some(limit), _) => {
            let free = lane.free_at(time).to_string();
            language.fill("chart.permits", &[("free", &free), ("limit", &limit.to_string())])
        }
        (None, Some(_)) if matches!(lane.kind, ResourceKind::Link { .. }) => {
            language.fill("chart.bytes", &[("n", &lane.depth_at(time).to_string())])
        }
        (None, Some(bound)) => {
            let depth = lane.depth_at(time).to_string();
            let depth = language.fill("chart.depth", &[("depth", &depth)]);
            let bound = match bound {
                Some(bound) => language.fill("chart.bound", &[("bound", &bound.to_string())]),
                None => language.text("chart.unbounded"),
            };
            format!("{depth}, {bound}")
        }
        (None, None) => return waiting,
    };
    format!("{level} · {waiting}")
}

/// What the tooltip shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TooltipProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: Rc<Timeline>,
    /// What it is about.
    pub target: Target,
    /// Width of the plot, in pixels.
    pub width: f64,
    /// Height of the plot, in pixels.
    pub height: f64,
}

/// A frame around the target and a few words beside it.
#[component]
pub fn Tooltip(props: &TooltipProps) -> Html {
    let TooltipProps { language, timeline, target, width, height } = props;
    let (left, top, across, down) = target.place;
    let frame = format!(
        "left:{left:.1}px;top:{:.1}px;width:{across:.1}px;height:{:.1}px",
        top + 1.0,
        down - 2.0
    );
    let horizontal = if left + across / 2.0 > width / 2.0 {
        format!("right:{:.1}px", (width - left - across).max(4.0))
    } else {
        format!("left:{:.1}px", left.max(4.0))
    };
    let vertical = if top > height / 2.0 && top > 80.0 {
        format!("bottom:{:.1}px", height - top + 4.0)
    } else {
        format!("top:{:.1}px", top + down + 4.0)
    };
    html! {
        <>
            if target.span.is_some() { <div class="focus" style={frame}></div> }
            <div class="tooltip" role="status" style={format!("{horizontal};{vertical}")}>
                {words(*language, timeline, target)}
            </div>
        </>
    }
}

fn words(language: Language, timeline: &Timeline, target: &Target) -> Html {
    let describe = Describe { language, timeline };
    if let Some((n, time)) = target.resource {
        let Some(lane) = timeline.resources.get(n) else { return Html::default() };
        return html! {
            <>
                <b>{describe.resource(lane.id)}</b>
                <p>{level(language, lane, time)}</p>
                <p class="when">{format!("{} s", seconds(time))}</p>
            </>
        };
    }
    let lane = target.task.and_then(|task| timeline.task(task));
    let span = lane.and_then(|lane| lane.spans.get(target.span?));
    let (Some(lane), Some(span)) = (lane, span) else { return Html::default() };
    let last = lane.ended.is_some_and(|ended| ended <= span.to + 1e-9);
    html! {
        <>
            <b>{lane.name.to_string()}</b>{" "}<span>{describe.state(span)}</span>
            if let Some(cause) = describe.cause(span) { <p>{cause}</p> }
            <p class="when">
                {format!("{} – {} s · {} s", seconds(span.from), seconds(span.to), seconds(span.seconds()))}
            </p>
            if let Some(woken) = describe.woken(span) { <p>{woken}</p> }
            if last { <p>{describe.outcome(lane)}</p> }
        </>
    }
}
