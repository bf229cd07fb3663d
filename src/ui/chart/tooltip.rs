//! What there is to say about what the pointer or the focus is on.

use super::functions::call;
use super::size::zoom;
use crate::ui::nothing;
use crate::ui::panels::{Describe, Lines, seconds};
use crate::ui::player::Ordered;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use ::chart::Target;
use timeline::{Access, ResourceLane, Span, Timeline};
use trace::{ResourceKind, Site, TaskId};
use web_sys::Element;
use yew::prelude::*;

/// How a resource stands at a moment, in a few words.
pub fn level(language: Language, lane: &ResourceLane, time: f64) -> String {
    let waiting = lane.waiting_at(time).to_string();
    let waiting = language.fill("chart.waiting", &[("n", &waiting)]);
    let level = match (lane.slots_at(time), lane.depth_bound()) {
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
            format!("{depth}{}{bound}", language.text("chart.comma"))
        }
        (None, None) if lane.kind == ResourceKind::Flag => match lane.raised_at(time) {
            Some(raised) => language.fill("chart.set", &[("time", &seconds(raised.from))]),
            None => language.text("chart.clear"),
        },
        (None, None) if lane.kind == ResourceKind::Value => return value(language, lane, time),
        (None, None) => return waiting,
    };
    // An event that is set keeps nobody waiting.
    if lane.kind == ResourceKind::Flag && lane.waiting_at(time) == 0 {
        return level;
    }
    format!("{level} · {waiting}")
}

/// What a value is, and how many of those who wrote it did so in vain.
fn value(language: Language, lane: &ResourceLane, time: f64) -> String {
    let value = lane.accesses.value_at(time).map(|value| value.to_string());
    let value = language.fill("chart.value_is", &[("value", &value.unwrap_or_default())]);
    let (lost, all) = lane.accesses.lost_at(time);
    let lost = lost.into_iter().filter(|lost| *lost).count();
    if lost == 0 {
        return value;
    }
    let lost = [("n", &*lost.to_string()), ("all", &all.to_string())];
    format!("{value} · {}", language.fill("chart.value_lost", &lost))
}

/// What the tooltip shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TooltipProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// The run as it is drawn, which the target is of.
    pub shown: timeline::Shared,
    /// Its order, where columns stand for times.
    pub ordered: Option<Shared<Ordered>>,
    /// What it is about.
    pub target: Target,
    /// The plot.
    pub plot: NodeRef,
    /// Which lines of the program that is shown are which of the trace, if these are another's.
    pub lines: Option<AttrValue>,
    /// Whether the run has come to its end: what has not ended then never will.
    pub over: bool,
    /// The Python of an example, which names the parameters of what its tasks run.
    pub python: Option<AttrValue>,
}

/// A frame around the target, and a few words beside it in a layer of their own: the chart, which may be scrolled,
/// neither cuts them nor makes room for them.
#[component]
pub fn Tooltip(props: &TooltipProps) -> Html {
    let TooltipProps { timeline, shown, target, plot, .. } = props;
    let (left, top, across, down) = target.place;
    let frame = format!(
        "left:{left:.1}px;top:{:.1}px;width:{across:.1}px;height:{:.1}px",
        top + 1.0,
        down - 2.0
    );
    let beside = plot.cast::<Element>().and_then(|plot| {
        let bounds = plot.get_bounding_client_rect();
        let body = web_sys::window()?.document()?.body()?;
        let zoom = zoom(&plot);
        let place = place(bounds.left() + left * zoom, bounds.top() + top * zoom, down * zoom);
        let words = html! {
            <div class="tooltip" role="status" style={place}>
                {words(props, &timeline.look(), &shown.look())}
            </div>
        };
        Some(create_portal(words, body.into()))
    });
    html! {
        <>
            if across > 0.0 || target.span.is_some() { <div class="focus" style={frame}></div> } else { {nothing()} }
            {for beside}
        </>
    }
}

/// Where the words are, in the window, that belong to what is at `x` and `y` and so high: below it, or above it where
/// there is less room below. As wide as they may become they are within the window.
fn place(x: f64, y: f64, height: f64) -> String {
    let window = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    let window = window.unwrap_or(800.0);
    let across = format!("left:clamp(8px,{x:.1}px,100vw - 8px - var(--widest))");
    if y + height / 2.0 > window / 2.0 {
        format!("{across};bottom:{:.1}px", (window - y + 6.0).max(8.0))
    } else {
        format!("{across};top:{:.1}px", (y + height + 6.0).max(8.0))
    }
}

fn words(props: &TooltipProps, timeline: &Timeline, shown: &Timeline) -> Html {
    let TooltipProps { language, ordered, target, lines, over, python, .. } = props;
    let (language, ordered, lines) = (*language, ordered.as_deref(), lines.as_ref());
    let describe = Describe { language, timeline };
    if let Some((n, time)) = target.resource {
        let Some(lane) = shown.resources.get(n) else { return Html::default() };
        let describe = Describe { language, timeline: shown };
        let moment = ordered.map_or(time, |ordered| ordered.time(time));
        return html! {
            <>
                <b>{describe.resource(lane.id)}</b>
                <p>{describe.level(lane, time)}</p>
                if let Some(holders) = describe.held_until(lane, time) {
                    <p>{language.fill("chart.held_by", &[("tasks", &holders)])}</p>
                }
                {for describe.lines(lane, time).iter().map(|(key, tasks)| {
                    let tasks = describe.tasks(tasks);
                    html! { <p>{language.fill(&format!("chart.{key}"), &[("tasks", &tasks)])}</p> }
                })}
                if let Some(access) = lane.accesses.written_at(time) {
                    <p>{written(describe, lane, access)}</p>
                }
                <p class="when">{format!("{} s", seconds(moment))}</p>
            </>
        };
    }
    let lane = target.task.and_then(|task| timeline.task(task));
    let span = lane.and_then(|lane| lane.spans.get(target.span?));
    let (Some(lane), Some(span)) = (lane, span) else { return Html::default() };
    let last = match lane.ended {
        Some(ended) => ended <= span.to + 1e-9,
        None => *over && lane.spans.last() == Some(span),
    };
    html! {
        <>
            <b>{lane.name.to_string()}</b>{" "}<span>{describe.state(span)}</span>
            if let Some(coroutine) = &lane.coroutine { <p lang="en"><code>{call(coroutine, python.as_deref())}</code></p> }
            if let Some(cause) = describe.cause(span) { <p>{cause}</p> }
            if let Some(stack) = stack(span) { <p lang="en"><code>{stack}</code></p> }
            if let Some(held) = describe.held_up(span, &Lines::of(lines)) { <p>{held}</p> }
            <p class="when">
                {format!("{} – {} s · {} s", seconds(span.from), seconds(span.to), seconds(span.seconds()))}
            </p>
            if let Some(woken) = describe.woken(lane, span) { <p>{woken}</p> }
            if let Some(asked) = describe.asked(lane, span) { <p>{asked}</p> }
            if last { <p>{describe.outcome(lane)}</p> }
        </>
    }
}

/// The calls that await one another where a task stands still, with their lines.
fn stack(span: &Span) -> Option<String> {
    let frames = span.frames();
    let frame = |site: &&Site| match &site.place().function {
        Some(function) => format!("{function}:{}", site.line()),
        None => site.line().to_string(),
    };
    (frames.len() > 1).then(|| frames.iter().map(frame).collect::<Vec<_>>().join(" › "))
}

/// Who wrote a value, when, and over what.
fn written(describe: Describe, lane: &ResourceLane, access: &Access) -> String {
    let who = |by: Option<TaskId>| {
        by.map_or_else(|| describe.language.text("story.somebody"), |by| describe.task(by))
    };
    let over = access.over.and_then(|n| lane.accesses.all().get(n as usize));
    let (key, other) = match over {
        Some(over) => ("chart.written_over", who(over.by)),
        None => ("chart.written", String::new()),
    };
    let values = [("task", &*who(access.by)), ("time", &seconds(access.time)), ("other", &other)];
    describe.language.fill(key, &values)
}
