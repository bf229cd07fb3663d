//! Two parameters as a map: a cell for each pair of values.

use super::plot::{Spot, short};
use yew::prelude::*;

/// The size of the drawing, in units of its own.
const SIZE: (f64, f64) = (260.0, 150.0);
/// What is left free at its edges: left, right, top, bottom.
const FREE: (f64, f64, f64, f64) = (34.0, 8.0, 6.0, 16.0);

/// What is mapped.
#[derive(Clone, PartialEq, Properties)]
pub struct MapProps {
    /// The numbers so far, row by row, the least value of the second parameter first.
    pub spots: Vec<Spot>,
    /// How many there are in a row, and how many rows.
    pub cells: (usize, usize),
    /// The least and the greatest value of the first parameter, and those of the second.
    pub ends: [(f64, f64); 2],
    /// What the map is of.
    pub label: String,
    /// The reader chooses a cell, by its number.
    pub on_choose: Callback<usize>,
}

/// Cells, the darker the greater their numbers; each can be pressed. What went wrong is crossed out.
#[component]
pub fn Map(props: &MapProps) -> Html {
    let MapProps { spots, cells: (across, down), ends, label, on_choose } = props;
    let values = || spots.iter().map(|spot| spot.value);
    let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max));
    let wide = (SIZE.0 - FREE.0 - FREE.1) / (*across).max(1) as f64;
    let high = (SIZE.1 - FREE.2 - FREE.3) / (*down).max(1) as f64;
    let cell = |(n, spot): (usize, &Spot)| {
        let (column, row) = (n % (*across).max(1), n / (*across).max(1));
        // The least value is at the bottom, as on the other axis it is at the left.
        let (x, y) = (FREE.0 + column as f64 * wide, SIZE.1 - FREE.3 - (row + 1) as f64 * high);
        // Of what could not be run there is no number.
        let part =
            if most > least { ((spot.value - least) / (most - least)).max(0.0) } else { 0.5 };
        let class = classes!("cell", spot.marked.then_some("now"), spot.failed.then_some("failed"));
        html! {
            <rect {class} data-cell={n.to_string()} x={format!("{x:.1}")} y={format!("{y:.1}")}
                width={format!("{:.1}", wide - 0.6)} height={format!("{:.1}", high - 0.6)}
                fill-opacity={format!("{:.2}", 0.08 + 0.92 * part)}
                onclick={on_choose.reform(move |_: MouseEvent| n)}><title>{&spot.says}</title></rect>
        }
    };
    let text = |x: f64, y: f64, anchor: &'static str, number: f64| {
        html! { <text x={x.to_string()} y={y.to_string()} text-anchor={anchor}>{short(number)}</text> }
    };
    let bottom = SIZE.1 - FREE.3;
    html! {
        <svg class="small-plot map" viewBox={format!("0 0 {} {}", SIZE.0, SIZE.1)} role="img" aria-label={label.clone()}>
            {text(FREE.0 - 4.0, FREE.2 + 8.0, "end", ends[1].1)}
            {text(FREE.0 - 4.0, bottom, "end", ends[1].0)}
            {text(FREE.0, SIZE.1 - 3.0, "middle", ends[0].0)}
            {text(SIZE.0 - FREE.1, SIZE.1 - 3.0, "end", ends[0].1)}
            {for spots.iter().enumerate().map(cell)}
        </svg>
    }
}
