//! The axis of time.

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
    let ticks = if cfg!(target_arch = "wasm32") {
        html! { {for ticks.iter().map(tick)} }
    } else {
        VNode::from_html_unchecked(::chart::axis(props.end).into())
    };
    html! {
        <div class="axis" aria-hidden="true">
            <div class="corner">{"s"}</div>
            <div class="ticks"><div class="inner">{ticks}</div></div>
        </div>
    }
}
