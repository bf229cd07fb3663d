//! The chart: bars on a canvas; labels, axis, focus and tooltip in HTML.

mod axis;
mod canvas;
mod labels;
mod legend;
mod plot;
mod size;
mod tooltip;

pub use legend::Legend;

use self::axis::Axis;
use self::labels::Labels;
use self::plot::Plot;
use self::size::use_size;
use super::player::Ordered;
use super::shared::Shared;
use super::shell::Language;
use ::chart::Layout;
use timeline::Comparison;
use trace::TaskId;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A run that the one on the chart is compared with.
#[derive(Clone, PartialEq)]
pub struct Ghost {
    /// The run.
    pub run: timeline::Shared,
    /// Which of its lanes are which of the chart's.
    pub comparison: Shared<Comparison>,
}

/// What the chart shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ChartProps {
    /// The language.
    pub language: Language,
    /// Whether the theme is dark.
    pub dark: bool,
    /// The run as predicted: rows and axis are its own.
    pub predicted: timeline::Shared,
    /// Its rows.
    pub layout: Shared<Layout>,
    /// A live run so far, painted over the prediction.
    #[prop_or_default]
    pub live: Option<timeline::Shared>,
    /// A run that it is compared with.
    #[prop_or_default]
    pub ghost: Option<Ghost>,
    /// Whether it has come to its end.
    pub over: bool,
    /// The moment shown, in seconds.
    pub playhead: f64,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// The run as it is told: by time, with what there is to say of its spans.
    pub told: timeline::Shared,
    /// Its order, where columns stand for times.
    #[prop_or_default]
    pub ordered: Option<Shared<Ordered>>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
    /// The reader looks at another moment.
    pub on_seek: Callback<f64>,
}

/// Moves the focus to the chart.
pub fn focus() {
    let document = web_sys::window().and_then(|window| window.document());
    let chart = document.and_then(|document| document.get_element_by_id("plot"));
    if let Some(chart) = chart.and_then(|chart| chart.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = chart.focus();
    }
}

/// The chart.
#[component]
pub fn Chart(props: &ChartProps) -> Html {
    let ChartProps { language, predicted, layout, live, playhead, selected, .. } = props;
    let plot = use_node_ref();
    let size = use_size(&plot);
    let ends = [Some(predicted), live.as_ref()].map(|run| run.map_or(0.0, |run| run.look().end));
    let ghost = props.ghost.as_ref().map_or(0.0, |ghost| ghost.run.look().end);
    let end = ends[0].max(ends[1]).max(ghost);
    let shown = live.as_ref().unwrap_or(predicted);
    html! {
        <div id="chart" class="chart">
            <Axis {end} width={size.width} ordered={props.ordered.clone()} />
            <div class="rows" style={layout.css()}>
                <Labels language={*language} predicted={predicted.clone()} shown={shown.clone()}
                    layout={layout.clone()} playhead={*playhead} selected={*selected}
                    on_select={&props.on_select} />
                <Plot node={plot} language={*language} dark={props.dark} {size} {end}
                    predicted={predicted.clone()} layout={layout.clone()} live={live.clone()}
                    ghost={props.ghost.clone()} over={props.over} told={props.told.clone()} ordered={props.ordered.clone()} playhead={*playhead} selected={*selected} on_select={&props.on_select}
                    on_seek={&props.on_seek} />
            </div>
        </div>
    }
}
