//! The chart: bars on a canvas; labels, axis, focus and tooltip in HTML.

pub mod layout;
mod paint;
mod tooltip;

use self::layout::{Placed, Row, Scale};
use self::paint::Painter;
use self::tooltip::{Target, Tooltip};
use super::describe::Describe;
use super::language::Language;
use super::palette::Palette;
use std::rc::Rc;
use timeline::Timeline;
use trace::TaskId;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

/// What the chart shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ChartProps {
    /// The language.
    pub language: Language,
    /// The run as predicted: rows and axis are its own.
    pub predicted: Rc<Timeline>,
    /// A live run so far, painted over the prediction.
    #[prop_or_default]
    pub live: Option<Rc<Timeline>>,
    /// The moment shown, in seconds.
    pub playhead: f64,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// The colours.
    pub palette: Palette,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
    /// The reader looks at another moment.
    pub on_seek: Callback<f64>,
    /// The chart has been drawn for the first time.
    pub on_drawn: Callback<()>,
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
    let ChartProps { language, predicted, live, playhead, selected, palette, .. } = props;
    let (frame, plot, canvas) = (use_node_ref(), use_node_ref(), use_node_ref());
    let size = use_size(&frame, &plot);
    let target = use_state(|| None::<Target>);
    let end = live.as_ref().map_or(predicted.end, |live| live.end.max(predicted.end));
    let scale = Scale::new(end, size.plot_width);
    let rows: Rc<Vec<Placed>> = Rc::new(layout::rows(predicted, size.frame_height - 30.0));
    let height = layout::height(&rows);
    {
        let canvas = canvas.clone();
        let rows = rows.clone();
        // The playhead is no part of the picture: moving it paints nothing.
        let parts = (predicted.clone(), live.clone(), *selected, *palette, size);
        use_effect_with(parts, move |(predicted, live, selected, palette, size)| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                let size = (size.plot_width, height);
                // A canvas without a context leaves labels and table, which say the same.
                let _ = draw(
                    &canvas,
                    size,
                    scale,
                    &rows,
                    predicted,
                    live.as_deref(),
                    *palette,
                    *selected,
                );
            }
        });
    }
    {
        // Effects run in order: this one after the first drawing.
        let on_drawn = props.on_drawn.clone();
        use_effect_with((), move |()| on_drawn.emit(()));
    }
    let shown = live.as_ref().unwrap_or(predicted);
    let point = {
        let (rows, plot, shown, rows_of) =
            (rows.clone(), plot.clone(), shown.clone(), predicted.clone());
        move |x: i32, y: i32| {
            let bounds = plot.cast::<Element>()?.get_bounding_client_rect();
            let (x, y) = (f64::from(x) - bounds.left(), f64::from(y) - bounds.top());
            Some((tooltip::at(&rows, scale, &shown, &rows_of, x, y), scale.time(x)))
        }
    };
    let on_move = {
        let (point, target) = (point.clone(), target.clone());
        Callback::from(move |event: PointerEvent| {
            target.set(point(event.client_x(), event.client_y()).and_then(|(target, _)| target));
        })
    };
    let on_leave = {
        let target = target.clone();
        Callback::from(move |_: PointerEvent| target.set(None))
    };
    let on_click = {
        let (on_select, on_seek, selected) =
            (props.on_select.clone(), props.on_seek.clone(), *selected);
        Callback::from(move |event: MouseEvent| {
            if let Some((target, time)) = point(event.client_x(), event.client_y()) {
                on_seek.emit(time);
                let task = target.and_then(|target| target.task);
                on_select.emit(task.filter(|task| Some(*task) != selected));
            }
        })
    };
    let on_key = {
        let (target, rows, shown, rows_of) =
            (target.clone(), rows.clone(), shown.clone(), predicted.clone());
        let on_select = props.on_select.clone();
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowLeft" => {
                    tooltip::step(&rows, scale, &shown, &rows_of, target.as_ref(), 0, -1)
                }
                "ArrowRight" => {
                    tooltip::step(&rows, scale, &shown, &rows_of, target.as_ref(), 0, 1)
                }
                "ArrowUp" => tooltip::step(&rows, scale, &shown, &rows_of, target.as_ref(), -1, 0),
                "ArrowDown" => tooltip::step(&rows, scale, &shown, &rows_of, target.as_ref(), 1, 0),
                "Enter" | " " => {
                    on_select.emit(target.as_ref().and_then(|target| target.task));
                    event.prevent_default();
                    return;
                }
                "Escape" => {
                    on_select.emit(None);
                    target.set(None);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            target.set(next);
        })
    };
    let on_blur = {
        let target = target.clone();
        Callback::from(move |_: FocusEvent| target.set(None))
    };
    let (ticks, decimals) = scale.ticks();
    let tick = |time: &f64| {
        html! { <span style={format!("left:{:.1}px", scale.x(*time))}>{format!("{time:.decimals$}")}</span> }
    };
    html! {
        <div id="chart" class="chart" ref={frame}>
            <div class="axis" aria-hidden="true">
                <div class="corner">{"s"}</div>
                <div class="ticks">{for ticks.iter().map(tick)}</div>
            </div>
            <div class="rows" style={format!("height:{height}px")}>
                <div class="labels">{for rows.iter().map(|row| label(props, row))}</div>
                <div id="plot" class="plot" ref={plot} tabindex="0" role="application"
                    aria-label={language.text("chart.label")}
                    onpointermove={on_move} onpointerleave={on_leave} onclick={on_click}
                    onkeydown={on_key} onblur={on_blur}>
                    <canvas ref={canvas} aria-hidden="true"></canvas>
                    <div class="playhead" style={format!("left:{:.1}px", scale.x(*playhead))}></div>
                    if let Some(target) = (*target).clone() {
                        <Tooltip language={*language} timeline={shown.clone()} {target}
                            width={size.plot_width} {height} />
                    }
                </div>
            </div>
        </div>
    }
}

/// The name of a row; a task's selects it.
fn label(props: &ChartProps, placed: &Placed) -> Html {
    let ChartProps { language, predicted, live, playhead, selected, palette, .. } = props;
    let place = format!("top:{}px;height:{}px", placed.top, placed.height);
    match placed.row {
        Row::Task(n) => {
            let lane = &predicted.tasks[n];
            let own = *selected == Some(lane.id);
            let next = (!own).then_some(lane.id);
            let name = lane.name.to_string();
            html! {
                <button class={classes!("label", own.then_some("selected"))} data-task={name.clone()}
                    style={format!("{place};--task:{};--depth:{}", palette.task(lane.id), lane.depth)}
                    aria-pressed={own.to_string()} title={name.clone()}
                    aria-label={language.fill("chart.select", &[("name", &name)])}
                    onclick={props.on_select.reform(move |_: MouseEvent| next)}>
                    <i></i><span>{name}</span>
                </button>
            }
        }
        Row::Resource(n) => {
            let describe = Describe { language: *language, timeline: predicted };
            let name = describe.resource(predicted.resources[n].id);
            let shown = live.as_ref().unwrap_or(predicted);
            let now = shown.resources.get(n).map(|lane| tooltip::level(*language, lane, *playhead));
            html! {
                <div class="label resource" style={place}>
                    <span>{name}</span><small>{now}</small>
                </div>
            }
        }
    }
}

/// Sizes of the chart, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
struct Size {
    frame_height: f64,
    plot_width: f64,
}

/// The present sizes of two elements, kept up to date.
#[hook]
fn use_size(frame: &NodeRef, plot: &NodeRef) -> Size {
    let size = use_state(|| Size { frame_height: 320.0, plot_width: 600.0 });
    let (frame, plot, setter) = (frame.clone(), plot.clone(), size.clone());
    use_effect_with((), move |()| {
        let elements = (frame.cast::<Element>(), plot.cast::<Element>());
        let watched = elements.clone();
        let measure = move || {
            if let (Some(frame), Some(plot)) = &elements {
                setter.set(Size {
                    frame_height: f64::from(frame.client_height()),
                    plot_width: f64::from(plot.client_width()),
                });
            }
        };
        measure();
        let callback = Closure::<dyn Fn()>::new(measure);
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref());
        if let (Ok(observer), (Some(frame), Some(plot))) = (&observer, &watched) {
            observer.observe(frame);
            observer.observe(plot);
        }
        move || {
            if let Ok(observer) = observer {
                observer.disconnect();
            }
            drop(callback);
        }
    });
    *size
}

#[expect(clippy::too_many_arguments, reason = "everything that the picture depends on")]
fn draw(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
    scale: Scale,
    rows: &[Placed],
    predicted: &Timeline,
    live: Option<&Timeline>,
    palette: Palette,
    selected: Option<TaskId>,
) -> Option<()> {
    let ratio = web_sys::window()?.device_pixel_ratio().max(1.0);
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
    let style = canvas.style();
    style.set_property("width", &format!("{width}px")).ok()?;
    style.set_property("height", &format!("{height}px")).ok()?;
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let context: web_sys::CanvasRenderingContext2d = context;
    context.scale(ratio, ratio).ok()?;
    let painter = |pale| Painter { context: &context, scale, rows, palette, selected, pale };
    painter(false).ground(width, height);
    painter(live.is_some()).timeline(predicted, predicted);
    if let Some(live) = live {
        painter(false).timeline(live, predicted);
    }
    Some(())
}
