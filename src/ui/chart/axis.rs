//! The axis of time.

use crate::ui::panels::seconds;
use crate::ui::player::Ordered;
use crate::ui::shared::Shared;
use ::chart::{Scale, tick_text};
use yew::prelude::*;
use yew::virtual_dom::VNode;

/// What the axis shows.
#[derive(PartialEq, Properties)]
pub struct AxisProps {
    /// Its end, in seconds.
    pub end: f64,
    /// The width of the plot, in pixels.
    pub width: f64,
    /// The order of the run, where columns stand for times.
    pub ordered: Option<Shared<Ordered>>,
}

/// Round moments; all that suit some width where the page is rendered to text.
#[component]
pub fn Axis(props: &AxisProps) -> Html {
    let scale = Scale::new(props.end, props.width);
    let (ticks, decimals) = scale.ticks();
    let tick = |time: &f64| {
        let left = format!("left:{:.3}%", scale.fraction(*time) * 100.0);
        html! { <span style={left}>{tick_text(*time, decimals)}</span> }
    };
    let ticks = if let Some(ordered) = &props.ordered {
        iterations(ordered, &scale, props.width)
    } else if cfg!(target_arch = "wasm32") {
        html! { {for ticks.iter().map(tick)} }
    } else {
        VNode::from_html_unchecked(::chart::axis(props.end).into())
    };
    html! {
        <div class="axis" aria-hidden="true">
            <div class="corner">{if props.ordered.is_some() { "#" } else { "s" }}</div>
            <div class="ticks"><div class="inner">{ticks}</div></div>
        </div>
    }
}

/// How far apart the names of iterations are at least, in pixels.
const APART: f64 = 58.0;

/// The iterations of the loop, with their numbers and times, where there is room.
fn iterations(ordered: &Ordered, scale: &Scale, width: f64) -> Html {
    let mut free = f64::NEG_INFINITY;
    let label = |(column, number, time): &(f64, u64, f64)| {
        let part = scale.fraction(*column);
        if part * width < free {
            return None;
        }
        free = part * width + APART;
        let left = format!("left:{:.3}%", part * 100.0);
        let text = format!("{number} · {}", seconds(*time));
        Some(html! { <span class="iteration" style={left}>{text}</span> })
    };
    ordered.columns.iterations().iter().filter_map(label).collect()
}
