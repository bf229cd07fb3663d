//! The bars, and what the reader points at among them.

use super::Ghost;
use super::canvas::Picture;
use super::size::{Size, zoom};
use super::tooltip::Tooltip;
use crate::ui::player::Ordered;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use ::chart::{Chart, DARK, LIGHT, Layout, Scale, Scene, Svg, Target};
use trace::TaskId;
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;
use yew::virtual_dom::VNode;

/// What the plot shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PlotProps {
    /// Where its element is kept.
    pub node: NodeRef,
    /// The language.
    pub language: Language,
    /// Whether the theme is dark.
    pub dark: bool,
    /// Its size; it is painted anew when that changes.
    pub size: Size,
    /// The end of the axis, in seconds.
    pub end: f64,
    /// The run as predicted.
    pub predicted: timeline::Shared,
    /// Its rows.
    pub layout: Shared<Layout>,
    /// A live run so far.
    pub live: Option<timeline::Shared>,
    /// A run that it is compared with.
    pub ghost: Option<Ghost>,
    /// Whether it has come to its end.
    pub over: bool,
    /// The moment shown, in seconds.
    pub playhead: f64,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// The run as it is told.
    pub told: timeline::Shared,
    /// Its order, where columns stand for times.
    pub ordered: Option<Shared<Ordered>>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
    /// The reader looks at another moment.
    pub on_seek: Callback<f64>,
}

impl PlotProps {
    fn shown(&self) -> &timeline::Shared {
        self.live.as_ref().unwrap_or(&self.predicted)
    }

    fn scale(&self, size: Size) -> Scale {
        Scale::new(self.end, size.width)
    }

    /// Calls `ask` with the chart as it can be pointed at in a plot of this size.
    fn chart<T>(&self, size: Size, ask: impl FnOnce(Chart) -> T) -> T {
        ask(Chart {
            timeline: &self.shown().look(),
            rows_of: &self.predicted.look(),
            layout: &self.layout,
            row: self.layout.row_in(size.height),
            scale: self.scale(size),
        })
    }
}

/// Bars, playhead, focus and tooltip.
#[component]
pub fn Plot(props: &PlotProps) -> Html {
    let target = use_state_eq(|| None::<Target>);
    let canvas = use_node_ref();
    {
        let (canvas, layout) = (canvas.clone(), props.layout.clone());
        // The playhead is no part of the picture: moving it paints nothing.
        let parts = (
            props.predicted.clone(),
            props.live.clone(),
            props.ghost.clone(),
            props.over,
            props.selected,
            props.dark,
            props.size,
            props.end,
            props.ordered.clone(),
        );
        use_effect_with(
            parts,
            move |(predicted, live, ghost, over, selected, dark, size, end, ordered)| {
                // As large as it was last seen: to ask for its size now would lay out the page once more. If it
                // has changed, the observer says so before the picture is shown.
                if let Some(canvas) =
                    canvas.cast::<HtmlCanvasElement>().filter(|_| size.height > 0.0)
                {
                    let live = live.as_ref().map(timeline::Shared::look);
                    let ghost = ghost.as_ref().map(|ghost| (ghost.run.look(), &ghost.comparison));
                    let picture = Picture {
                        predicted: &predicted.look(),
                        live: live.as_deref(),
                        ghost: ghost.as_ref().map(|(run, comparison)| (&**run, &*comparison.lanes)),
                        over: *over,
                        layout: &layout,
                        end: *end,
                        columns: ordered.as_ref().map(|ordered| &ordered.columns),
                        selected: *selected,
                        palette: if *dark { &DARK } else { &LIGHT },
                    };
                    // A canvas without a context leaves labels and table, which say the same.
                    let _ = picture.paint(&canvas, *size);
                }
            },
        );
    }
    let on = use_pointing(props, &target);
    let left = props.scale(props.size).fraction(props.playhead) * 100.0;
    let picture = if cfg!(target_arch = "wasm32") {
        html! { <canvas ref={canvas} aria-hidden="true"></canvas> }
    } else {
        still(props)
    };
    html! {
        <div id="plot" class="plot" ref={&props.node} tabindex="0" role="application"
            aria-label={props.language.text("chart.label")} onpointermove={on.move_}
            onpointerleave={on.leave} onclick={on.click} onkeydown={on.key} onblur={on.blur}>
            {picture}
            <div class="inner over"><div class="playhead" style={format!("left:{left:.3}%")}></div></div>
            if let Some(target) = (*target).clone() {
                <Tooltip language={props.language} timeline={props.told.clone()} shown={props.shown().clone()}
                    ordered={props.ordered.clone()} {target}
                    plot={&props.node} />
            }
        </div>
    }
}

/// The picture of a chart whose size nobody knows yet.
fn still(props: &PlotProps) -> Html {
    let run = props.predicted.look();
    let scene = Scene {
        timeline: &run,
        rows_of: &run,
        layout: &props.layout,
        selected: props.selected,
        pale: false,
        over: true,
        columns: None,
    };
    let (elements, rules) = Svg::of(scene);
    let svg =
        format!("<style>{rules}</style><svg class=\"inner\" aria-hidden=\"true\">{elements}</svg>");
    VNode::from_html_unchecked(svg.into())
}

/// What the reader does to the plot.
struct Pointing {
    move_: Callback<PointerEvent>,
    leave: Callback<PointerEvent>,
    click: Callback<MouseEvent>,
    key: Callback<KeyboardEvent>,
    blur: Callback<FocusEvent>,
}

/// Points at things with the pointer and the arrow keys. `target` changes, and with it the tooltip, only
/// when something else is pointed at.
#[hook]
fn use_pointing(props: &PlotProps, target: &UseStateHandle<Option<Target>>) -> Pointing {
    let point = {
        let props = props.clone();
        move |x: i32, y: i32| {
            let plot = props.node.cast::<Element>()?;
            let (bounds, size) = (plot.get_bounding_client_rect(), Size::of(&plot));
            let zoom = zoom(&plot);
            let (x, y) = (f64::from(x) - bounds.left(), f64::from(y) - bounds.top());
            let (x, y) = (x / zoom, y / zoom);
            let target = props.chart(size, |chart| chart.at(x, y));
            Some((target, props.scale(size).time(x)))
        }
    };
    let leave = target.setter();
    let blur = target.setter();
    let move_ = {
        let (point, target) = (point.clone(), target.setter());
        Callback::from(move |event: PointerEvent| {
            target.set(point(event.client_x(), event.client_y()).and_then(|(target, _)| target));
        })
    };
    let click = {
        let (on_select, on_seek) = (props.on_select.clone(), props.on_seek.clone());
        let selected = props.selected;
        Callback::from(move |event: MouseEvent| {
            if let Some((target, time)) = point(event.client_x(), event.client_y()) {
                on_seek.emit(time);
                let task = target.and_then(|target| target.task);
                on_select.emit(task.filter(|task| Some(*task) != selected));
            }
        })
    };
    let key = {
        let (props, target) = (props.clone(), target.clone());
        Callback::from(move |event: KeyboardEvent| {
            let (down, on) = match event.key().as_str() {
                "ArrowLeft" => (0, -1),
                "ArrowRight" => (0, 1),
                "ArrowUp" => (-1, 0),
                "ArrowDown" => (1, 0),
                "Enter" | " " => {
                    props.on_select.emit(target.as_ref().and_then(|target| target.task));
                    return event.prevent_default();
                }
                "Escape" => {
                    props.on_select.emit(None);
                    return target.set(None);
                }
                _ => return,
            };
            event.prevent_default();
            target.set(props.chart(props.size, |chart| chart.step(target.as_ref(), down, on)));
        })
    };
    Pointing {
        move_,
        leave: Callback::from(move |_| leave.set(None)),
        click,
        key,
        blur: Callback::from(move |_| blur.set(None)),
    }
}
