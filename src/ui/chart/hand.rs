//! What wheels and fingers do to the chart.

use super::size::zoom;
use super::window::{Move, Window};
use ::chart::MARGIN;
use gloo_events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

/// How much a pixel of a wheel zooms, and one of a pinch, which come in smaller steps.
const WHEEL: f64 = 0.0025;
const PINCH: f64 = 0.012;
/// Up to this many pixels it is a pinch.
const SMALL: f64 = 30.0;

/// The place of a point of the window on an element, in its pixels.
pub fn place(element: &Element, x: i32, y: i32) -> (f64, f64) {
    let (bounds, zoom) = (element.get_bounding_client_rect(), zoom(element));
    ((f64::from(x) - bounds.left()) / zoom, (f64::from(y) - bounds.top()) / zoom)
}

/// A place in pixels as a part of what is looked at, where the plot is so wide.
pub fn part(x: f64, width: f64) -> f64 {
    (x - MARGIN) / (width - 2.0 * MARGIN).max(1.0)
}

/// Zooms where a wheel is turned with Ctrl, which is what a pinch on a touchpad is, and goes along a chart that is
/// zoomed where it is turned sideways. Everything else scrolls, as everywhere.
#[hook]
pub fn use_wheel(plot: &NodeRef, zoomed: bool, window: &UseReducerDispatcher<Window>) {
    let state = use_memo((), |()| Rc::new(Cell::new(false)));
    state.set(zoomed);
    let (plot, window, zoomed) = (plot.clone(), window.clone(), Rc::clone(&state));
    use_effect_with((), move |()| {
        let listener = plot.cast::<Element>().map(|plot| {
            let options = EventListenerOptions::enable_prevent_default();
            let element = plot.clone();
            EventListener::new_with_options(&plot, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                let width = f64::from(element.client_width());
                let unit =
                    if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { 16.0 } else { 1.0 };
                let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
                let step = if event.ctrl_key() || event.meta_key() {
                    let (x, _) = place(&element, event.client_x(), event.client_y());
                    let each = if dy.abs() < SMALL { PINCH } else { WHEEL };
                    let wider = (-dy.clamp(-300.0, 300.0) * each).exp();
                    Move::Zoom { at: part(x, width), wider }
                } else if zoomed.get() && (event.shift_key() || dx.abs() > dy.abs()) {
                    let by = if dx == 0.0 { dy } else { dx };
                    Move::Pan(by / (width - 2.0 * MARGIN).max(1.0))
                } else {
                    return;
                };
                event.prevent_default();
                window.dispatch(step);
            })
        });
        move || drop(listener)
    });
}
