//! The ruler: moments in words, the playhead to be dragged along it, and the buttons for the view beside it.

use super::size::zoom;
use crate::ui::notes::Note;
use crate::ui::panels::seconds;
use crate::ui::player::Ordered;
use crate::ui::shared::Shared;
use ::chart::{Folds, MARGIN, Scale, View};
use web_sys::Element;
use yew::prelude::*;
use yew::virtual_dom::VNode;

/// What the axis shows.
#[derive(PartialEq, Properties)]
pub struct AxisProps {
    /// The end of the run, in seconds.
    pub end: f64,
    /// What is looked at.
    pub view: View,
    /// Whether that is less than the whole.
    pub zoomed: bool,
    /// What is folded.
    pub folds: Option<Shared<Folds>>,
    /// The width of the plot, in pixels.
    pub width: f64,
    /// The order of the run, where columns stand for times.
    pub ordered: Option<Shared<Ordered>>,
    /// What is noted on the run.
    pub notes: Option<Shared<Vec<Note>>>,
    /// The reader looks at another moment.
    pub on_seek: Callback<f64>,
    /// The buttons beside it.
    pub children: Html,
}

/// Round moments; all that suit some width where the page is rendered to text.
#[component]
pub fn Axis(props: &AxisProps) -> Html {
    let node = use_node_ref();
    let drags = use_mut_ref(|| false);
    let scale = Scale::of(props.view, props.end, props.width, props.folds.as_deref());
    let ticks = scale.ticks();
    let tick = |(time, text): (&f64, &String)| {
        let left = format!("left:{:.3}%", scale.fraction(*time) * 100.0);
        html! { <span style={left}>{text}</span> }
    };
    let fold = |(from, to): (f64, f64)| {
        let middle = (scale.fraction(from) + scale.fraction(to)) / 2.0;
        let left = format!("left:{:.3}%", middle * 100.0);
        html! { <span class="fold" style={left}>{format!("↯ {} s", seconds(to - from))}</span> }
    };
    let marks = if let Some(ordered) = &props.ordered {
        iterations(ordered, &scale, props.width)
    } else if cfg!(target_arch = "wasm32") || props.zoomed {
        html! { <>{for ticks.moments.iter().zip(&ticks.texts).map(tick)}{for scale.folds().map(fold)}</> }
    } else {
        VNode::from_html_unchecked(::chart::axis(props.end).into())
    };
    let flag = |(n, note): (usize, &Note)| {
        let part = scale.fraction(note.from);
        let left = format!("left:{:.3}%", part * 100.0);
        let flag =
            html! { <span class="flag" style={left} title={note.text.clone()}>{n + 1}</span> };
        (-0.01..=1.01).contains(&part).then_some(flag)
    };
    let notes = props.notes.as_deref().map(Vec::as_slice).unwrap_or_default();
    let unit = if props.ordered.is_some() { "#" } else { ticks.unit };
    let unit = ticks.base.map_or(unit.to_owned(), |base| format!("{base} + {unit}"));
    // Where the pointer is, as a moment.
    let seek = {
        let (node, on_seek) = (node.clone(), props.on_seek.clone());
        let (view, end, folds) = (props.view, props.end, props.folds.clone());
        move |event: &PointerEvent| {
            let Some(ruler) = node.cast::<Element>() else { return };
            let (bounds, zoom) = (ruler.get_bounding_client_rect(), zoom(&ruler));
            let x = (f64::from(event.client_x()) - bounds.left()) / zoom;
            let scale = Scale::of(view, end, bounds.width() / zoom, folds.as_deref());
            // Beyond the ends of what is looked at the playhead stays in view.
            on_seek.emit(scale.time(x.clamp(MARGIN, (scale.width() - MARGIN).max(MARGIN))));
        }
    };
    let down = {
        let (seek, node, drags) = (seek.clone(), node.clone(), drags.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            *drags.borrow_mut() = true;
            if let Some(ruler) = node.cast::<Element>() {
                // Without the capture the drag ends at the edge: no harm.
                let _ = ruler.set_pointer_capture(event.pointer_id());
            }
            seek(&event);
        })
    };
    let moved = {
        let drags = drags.clone();
        Callback::from(move |event: PointerEvent| {
            if *drags.borrow() {
                seek(&event);
            }
        })
    };
    let up = Callback::from(move |_: PointerEvent| *drags.borrow_mut() = false);
    html! {
        <div class="axis">
            <div class="corner">{props.children.clone()}<span class="unit" aria-hidden="true">{unit}</span></div>
            <div class="ticks" ref={node} aria-hidden="true" onpointerdown={down} onpointermove={moved}
                onpointerup={&up} onpointercancel={&up}>
                <div class="inner">{marks}{for notes.iter().enumerate().filter_map(flag)}</div>
            </div>
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
        if part * width < free || !(-0.05..=1.05).contains(&part) {
            return None;
        }
        free = part * width + APART;
        let left = format!("left:{:.3}%", part * 100.0);
        let text = format!("{number} · {}", seconds(*time));
        Some(html! { <span class="iteration" style={left}>{text}</span> })
    };
    ordered.columns.iterations().iter().filter_map(label).collect()
}
