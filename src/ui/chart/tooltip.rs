//! What there is to say about what the pointer or the focus is on.

use super::size::Size;
use crate::ui::panels::{Describe, seconds};
use crate::ui::shell::Language;
use ::chart::Target;
use timeline::{ResourceLane, Timeline};
use trace::ResourceKind;
use yew::prelude::*;

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
    pub timeline: timeline::Shared,
    /// What it is about.
    pub target: Target,
    /// Size of the plot.
    pub size: Size,
}

/// A frame around the target and a few words beside it.
#[component]
pub fn Tooltip(props: &TooltipProps) -> Html {
    let TooltipProps { language, timeline, target, size: Size { width, height } } = props;
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
                {words(*language, &timeline.look(), target)}
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
