//! The whole run in a strip, with a box around what is looked at, which can be dragged.

use super::size::{Size, use_size, zoom};
use super::window::{Move, Window};
use crate::ui::shared::Shared;
use ::chart::{Cell, Colour, DARK, Folds, LIGHT, Layout, MARGIN, Overview, Palette, View};
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, Element, HtmlCanvasElement};
use yew::prelude::*;

/// Most bands of lanes.
const BANDS: usize = 24;

/// What the minimap shows.
#[derive(PartialEq, Properties)]
pub struct MinimapProps {
    /// Whether the theme is dark.
    pub dark: bool,
    /// The run.
    pub shown: timeline::Shared,
    /// The rows.
    pub layout: Shared<Layout>,
    /// What is folded.
    pub folds: Option<Shared<Folds>>,
    /// The end of the axis, in its seconds.
    pub end: f64,
    /// What is looked at.
    pub view: View,
    /// Changes it.
    pub window: UseReducerDispatcher<Window>,
    /// What the rows are scrolled in.
    pub scroller: NodeRef,
}

/// A canvas that is painted once for each run, and a box.
#[component]
pub fn Minimap(props: &MinimapProps) -> Html {
    let (node, canvas) = (use_node_ref(), use_node_ref());
    let size = use_size(&node);
    let rows = use_rows(&props.scroller);
    {
        let canvas = canvas.clone();
        let parts = (
            props.shown.clone(),
            props.layout.clone(),
            props.folds.clone(),
            props.dark,
            size,
            props.end,
        );
        use_effect_with(parts, move |(shown, layout, folds, dark, size, end)| {
            let canvas = canvas.cast::<HtmlCanvasElement>().filter(|_| size.height > 0.0);
            if let Some(canvas) = canvas {
                let columns = ((size.width - 2.0 * MARGIN).max(1.0) / 2.0) as usize;
                let overview =
                    Overview::of(&shown.look(), layout, folds.as_deref(), *end, columns, BANDS);
                // A canvas without a context leaves the box.
                let _ = paint(&overview, &canvas, *size, if *dark { &DARK } else { &LIGHT });
            }
        });
    }
    // How far the pointer is from the middle of the box, while it drags it.
    let grip = use_mut_ref(|| None::<(f64, f64)>);
    let at = {
        let node = node.clone();
        move |event: &PointerEvent| {
            let strip = node.cast::<Element>()?;
            let (bounds, zoom) = (strip.get_bounding_client_rect(), zoom(&strip));
            let x = (f64::from(event.client_x()) - bounds.left()) / zoom - MARGIN;
            let across = x / (bounds.width() / zoom - 2.0 * MARGIN).max(1.0);
            let down = (f64::from(event.client_y()) - bounds.top()) / bounds.height().max(1.0);
            Some((across, down))
        }
    };
    let (view, end) = (props.view, props.end.max(f64::MIN_POSITIVE));
    let (left, wide) = (view.from / end, view.seconds() / end);
    let down = {
        let (at, grip, node) = (at.clone(), grip.clone(), node.clone());
        let (window, scroller) = (props.window.clone(), props.scroller.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((x, y)) = at(&event) else { return };
            if let Some(strip) = node.cast::<Element>() {
                // Without the capture the drag ends at the edge: no harm.
                let _ = strip.set_pointer_capture(event.pointer_id());
            }
            let (middle, height) = (left + wide / 2.0, rows.1);
            let slack = (wide / 2.0).max(0.01);
            let inside = (x - middle).abs() <= slack && y >= rows.0 && y <= rows.0 + height;
            let offset = if inside { (x - middle, y - rows.0 - height / 2.0) } else { (0.0, 0.0) };
            *grip.borrow_mut() = Some(offset);
            if !inside {
                window.dispatch(Move::Look(view.moved((x - middle) * end)));
                scroll_to(&scroller, y);
            } else {
                window.dispatch(Move::Begin);
            }
        })
    };
    let moved = {
        let grip = grip.clone();
        let (window, scroller) = (props.window.clone(), props.scroller.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(offset) = *grip.borrow() else { return };
            let Some((x, y)) = at(&event) else { return };
            let middle = left + wide / 2.0;
            window.dispatch(Move::Put(view.moved((x - offset.0 - middle) * end)));
            scroll_to(&scroller, y - offset.1);
        })
    };
    let up = Callback::from(move |_: PointerEvent| *grip.borrow_mut() = None);
    let frame = format!(
        "left:{:.3}%;width:{:.3}%;top:{:.2}%;height:{:.2}%",
        left * 100.0,
        wide * 100.0,
        rows.0 * 100.0,
        rows.1 * 100.0
    );
    html! {
        <div class="minimap" aria-hidden="true">
            <div class="strip" ref={node} onpointerdown={down} onpointermove={moved} onpointerup={&up}
                onpointercancel={&up}>
                <canvas ref={canvas}></canvas>
                <div class="inner"><div class="box" style={frame}></div></div>
            </div>
        </div>
    }
}

/// Scrolls so that a part of the rows, from 0 to 1, is in the middle.
fn scroll_to(scroller: &NodeRef, part: f64) {
    if let Some(element) = scroller.cast::<Element>() {
        let (all, seen) = (f64::from(element.scroll_height()), f64::from(element.client_height()));
        element.set_scroll_top((part * all - seen / 2.0) as i32);
    }
}

/// Which part of the rows is in view, from which on and how much, each from 0 to 1.
#[hook]
fn use_rows(scroller: &NodeRef) -> (f64, f64) {
    let rows = use_state_eq(|| (0.0, 1.0));
    let (scroller, setter) = (scroller.clone(), rows.setter());
    use_effect_with((), move |()| {
        let element = scroller.cast::<Element>();
        let watched = element.clone();
        let measure = move || {
            if let Some(element) = &element {
                let all = f64::from(element.scroll_height()).max(1.0);
                let (top, seen) =
                    (f64::from(element.scroll_top()), f64::from(element.client_height()));
                setter.set((top / all, (seen / all).min(1.0)));
            }
        };
        measure();
        let listener =
            watched.map(|element| EventListener::new(&element, "scroll", move |_| measure()));
        move || drop(listener)
    });
    *rows
}

fn paint(
    overview: &Overview,
    canvas: &HtmlCanvasElement,
    size: Size,
    palette: &'static Palette,
) -> Option<()> {
    let ratio = web_sys::window()?.device_pixel_ratio().max(1.0) * zoom(canvas);
    canvas.set_width((size.width * ratio).round() as u32);
    canvas.set_height((size.height * ratio).round() as u32);
    let context: Context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
    let bands = overview.bands.len().max(1) as f64;
    let (wide, high) =
        ((size.width - 2.0 * MARGIN) / overview.columns.max(1) as f64, size.height / bands);
    for (band, (cells, task)) in overview.bands.iter().zip(&overview.tasks).enumerate() {
        let own = task.map_or(Colour::Accent, Colour::Task);
        let top = band as f64 * high;
        let mut column = 0;
        while column < cells.len() {
            let cell = rounded(cells[column]);
            // Neighbours that look alike are one.
            let alike = cells[column..].iter().take_while(|other| rounded(**other) == cell).count();
            let (x, across) = (MARGIN + column as f64 * wide, alike as f64 * wide);
            let bar = |part: u8, colour: Colour, top: f64, height: f64| {
                if part > 0 {
                    context.set_global_alpha(f64::from(part) / 8.0);
                    context.set_fill_style_str(palette.of(colour));
                    context.fill_rect(x, top, across, height);
                }
            };
            let gap = if high > 3.0 { 1.0 } else { 0.0 };
            bar(cell.0, own, top + gap / 2.0, high - gap);
            bar(cell.1, Colour::Muted, top + gap / 2.0, high - gap);
            bar(cell.2, Colour::Danger, top + high * 0.6, high * 0.4);
            column += alike;
        }
    }
    Some(())
}

/// The parts of a cell in eighths; what there is little of is still there.
fn rounded(cell: Cell) -> (u8, u8, u8) {
    let eighths = |part: f32| if part > 0.004 { (part * 8.0).ceil().min(8.0) as u8 } else { 0 };
    (eighths(cell.works * 0.8), eighths(cell.waits * 0.45), eighths(cell.held_up))
}
