//! A small plot of numbers, as SVG.

use yew::prelude::*;

/// The size of the drawing, in units of its own.
const SIZE: (f64, f64) = (260.0, 84.0);
/// What is left free at its edges: left, right, top, bottom.
const FREE: (f64, f64, f64, f64) = (34.0, 8.0, 8.0, 16.0);

/// A number at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The place.
    pub at: f64,
    /// The number.
    pub value: f64,
    /// Whether it stands out.
    pub marked: bool,
    /// Whether it is of something that went wrong.
    pub failed: bool,
    /// What it says to who points at it.
    pub says: String,
}

/// What is plotted.
#[derive(Clone, PartialEq, Properties)]
pub struct PlotProps {
    /// The numbers, by their places.
    pub spots: Vec<Spot>,
    /// The least place that there will be, and the greatest.
    pub ends: (f64, f64),
    /// What the plot is of.
    pub label: String,
    /// The reader chooses a place.
    pub on_choose: Callback<f64>,
}

/// A line through all numbers, a dot for each, and over each a stretch that can be pressed.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let PlotProps { spots, ends, label, on_choose } = props;
    let most = spots.iter().map(|spot| spot.value).fold(0.0, f64::max);
    let (width, height) = (SIZE.0 - FREE.0 - FREE.1, SIZE.1 - FREE.2 - FREE.3);
    let part =
        |value: f64, from: f64, to: f64| if to > from { (value - from) / (to - from) } else { 0.5 };
    let x = |at: f64| FREE.0 + part(at, ends.0, ends.1) * width;
    let y = |value: f64| FREE.2 + (1.0 - if most > 0.0 { value / most } else { 0.0 }) * height;
    let line = spots.iter().map(|spot| format!("{:.1},{:.1}", x(spot.at), y(spot.value)));
    let line = line.collect::<Vec<_>>().join(" ");
    let dot = |spot: &Spot| {
        let class = classes!("dot", spot.marked.then_some("now"), spot.failed.then_some("failed"));
        let radius = if spot.marked { "4" } else { "2" };
        html! {
            <circle {class} cx={format!("{:.1}", x(spot.at))} cy={format!("{:.1}", y(spot.value))} r={radius} />
        }
    };
    let half = width / (spots.len().max(2) - 1) as f64 / 2.0;
    let stretch = |spot: &Spot| {
        let at = spot.at;
        html! {
            <rect class="stretch" data-at={at.to_string()} x={format!("{:.1}", x(at) - half)} y="0"
                width={format!("{:.1}", half * 2.0)} height={SIZE.1.to_string()}
                onclick={on_choose.reform(move |_: MouseEvent| at)}><title>{&spot.says}</title></rect>
        }
    };
    let text = |x: f64, y: f64, anchor: &'static str, number: f64| {
        html! { <text x={x.to_string()} y={y.to_string()} text-anchor={anchor}>{short(number)}</text> }
    };
    html! {
        <svg class="small-plot" viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={label.clone()}>
            <path class="axes" d={format!("M{} {}V{}H{}", FREE.0, FREE.2, FREE.2 + height, SIZE.0 - FREE.1)} />
            {text(FREE.0 - 4.0, FREE.2 + 6.0, "end", most)}
            {text(FREE.0 - 4.0, FREE.2 + height, "end", 0.0)}
            {text(FREE.0, SIZE.1 - 3.0, "middle", ends.0)}
            {text(SIZE.0 - FREE.1, SIZE.1 - 3.0, "end", ends.1)}
            <polyline class="line" points={line} />
            {for spots.iter().map(dot)}
            {for spots.iter().map(stretch)}
        </svg>
    }
}

/// A number with as many digits as matter.
pub fn short(number: f64) -> String {
    let digits = if number.abs() < 10.0 { 2 } else { 0 };
    let text = format!("{number:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
