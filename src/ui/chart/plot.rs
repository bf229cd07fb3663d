//! The bars, and what the reader points at among them.

use super::Ghost;
use super::Marked;
use super::canvas::paint;
use super::hand::{part, place, use_wheel};
use super::keys::Wish;
use super::lanes::Arrangement;
use super::scroll::Part;
use super::seen;
use super::size::Size;
use super::tooltip::Tooltip;
use super::window::{Move, Window};
use crate::ui::player::Ordered;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use crate::ui::whatif::{Grip, GripHandle};
use ::chart::{
    Aim, Chart, DARK, Folds, Gesture, Hand, LIGHT, Layout, Length, Picture, Row, Scale, Scene, Svg,
    Target, View,
};
use gloo_timers::callback::Timeout;
use trace::TaskId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement};
use yew::prelude::*;
use yew::virtual_dom::VNode;

/// What the plot shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PlotProps {
    /// Where its element is kept.
    pub node: NodeRef,
    /// What the rows are scrolled in.
    pub scroller: NodeRef,
    /// The language.
    pub language: Language,
    /// Whether the theme is dark.
    pub dark: bool,
    /// Its size; it is painted anew when that changes.
    pub size: Size,
    /// The part of it that is painted.
    pub part: Part,
    /// The end of the run, in seconds.
    pub end: f64,
    /// What is looked at.
    pub view: View,
    /// Whether that is less than the whole.
    pub zoomed: bool,
    /// What is folded.
    pub folds: Option<Shared<Folds>>,
    /// Changes the view.
    pub window: UseReducerDispatcher<Window>,
    /// Arranges the lanes.
    pub sort: UseReducerDispatcher<Arrangement>,
    /// The range that is selected, in seconds.
    pub range: Option<(f64, f64)>,
    /// The reader selects a range, or none.
    pub on_range: Callback<Option<(f64, f64)>>,
    /// The run as predicted.
    pub predicted: timeline::Shared,
    /// Its rows.
    pub layout: Shared<Layout>,
    /// A live run so far.
    pub live: Option<timeline::Shared>,
    /// A run that it is compared with.
    pub ghost: Option<Ghost>,
    /// The end of a span that can be dragged.
    pub grip: Option<Grip>,
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
    /// Stretches of tasks' lanes that are marked.
    pub marked: Option<Marked>,
    /// Which lines of the program that is shown are which of the trace, if these are another's.
    pub lines: Option<AttrValue>,
    /// The Python of an example, which names the parameters of what its tasks run.
    pub python: Option<AttrValue>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
    /// The reader looks at another moment.
    pub on_seek: Callback<f64>,
}

impl PlotProps {
    fn shown(&self) -> &timeline::Shared {
        self.live.as_ref().unwrap_or(&self.predicted)
    }

    fn scale(&self, size: Size) -> Scale<'_> {
        Scale::of(self.view, self.end, size.width, self.folds.as_deref())
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
    seen::keep(props);
    {
        let canvas = canvas.clone();
        // The playhead is no part of the picture: moving it paints nothing.
        let parts = (
            props.predicted.clone(),
            props.live.clone(),
            props.ghost.clone(),
            props.over,
            props.selected,
            props.dark,
            (props.size, props.part, props.layout.clone(), props.marked.clone()),
            (props.end, props.view, props.folds.clone()),
            props.ordered.clone(),
        );
        use_effect_with(
            parts,
            move |(
                predicted,
                live,
                ghost,
                over,
                selected,
                dark,
                (size, part, layout, marked),
                axis,
                ordered,
            )| {
                // As large as it was last seen: to ask for its size now would lay out the page once more. If it
                // has changed, the observer says so before the picture is shown.
                if let Some(canvas) =
                    canvas.cast::<HtmlCanvasElement>().filter(|_| size.height > 0.0)
                {
                    let live = live.as_ref().map(timeline::Shared::look);
                    let ghost = ghost.as_ref().map(|ghost| (ghost.run.look(), &ghost.comparison));
                    let (end, view, folds) = axis;
                    let picture = Picture {
                        predicted: &predicted.look(),
                        live: live.as_deref(),
                        ghost: ghost.as_ref().map(|(run, comparison)| (&**run, &*comparison.lanes)),
                        over: *over,
                        layout,
                        scale: Scale::of(*view, *end, size.width, folds.as_deref()),
                        columns: ordered.as_ref().map(|ordered| &ordered.columns),
                        selected: *selected,
                        marked: marked.as_ref().map_or(&[], |marked| &***marked),
                    };
                    // A canvas without a context leaves labels and table, which say the same.
                    let palette = if *dark { &DARK } else { &LIGHT };
                    let _ = paint(&picture, palette, &canvas, *size, *part);
                }
            },
        );
    }
    let on = use_pointing(props, &target);
    use_wheel(&props.node, props.zoomed, &props.window);
    let left = props.scale(props.size).fraction(props.playhead);
    let picture = if cfg!(target_arch = "wasm32") {
        let Part { top, height } = props.part;
        let style = (height > 0.0).then(|| format!("top:{top}px;height:{height}px"));
        html! { <canvas ref={canvas} aria-hidden="true" {style}></canvas> }
    } else {
        still(props)
    };
    // Where it is now, whatever has been moved since it was pointed at.
    let target =
        target.as_ref().and_then(|target| props.chart(props.size, |chart| chart.again(target)));
    html! {
        <div id="plot" class={classes!("plot", props.zoomed.then_some("zoomed"))} ref={&props.node} tabindex="0" role="application"
            aria-label={props.language.text("chart.label")} onpointerdown={on.down} onpointermove={on.move_}
            onpointerup={&on.up} onpointercancel={&on.up} ondblclick={on.double}
            onpointerleave={on.leave} onclick={on.click} onkeydown={on.key} onblur={on.blur}>
            {picture}
            if let Some((from, to)) = props.range.filter(|_| props.ordered.is_none()) {
                <div class="inner over"><div class="range" style={range_style(&props.scale(props.size), from, to)}></div></div>
            }
            if (-0.01..=1.01).contains(&left) {
                <div class="inner over">
                    <div class="playhead" style={format!("left:{:.3}%", left * 100.0)}></div>
                </div>
            }
            {grip(props)}
            if let Some(target) = target {
                <Tooltip language={props.language} over={props.over} timeline={props.told.clone()} shown={props.shown().clone()}
                    ordered={props.ordered.clone()} {target}
                    plot={&props.node} lines={props.lines.clone()} python={props.python.clone()} />
            }
        </div>
    }
}

/// Where a range is, as far as it is in view.
fn range_style(scale: &Scale, from: f64, to: f64) -> String {
    let edge = |time: f64| scale.fraction(time).clamp(-0.02, 1.02) * 100.0;
    format!("left:{:.3}%;width:{:.3}%", edge(from), edge(to) - edge(from))
}

/// The handle on the end of a span, as far as that is in view.
fn grip(props: &PlotProps) -> Html {
    let still = props.live.is_none() && props.ordered.is_none();
    let Some(grip) = props.grip.as_ref().filter(|_| still) else { return Html::default() };
    let run = props.predicted.look();
    let (task, span) = grip.place;
    let span = run.tasks.get(task).and_then(|lane| lane.spans.get(span));
    let placed = props.layout.rows().iter().find(|placed| placed.row == Row::Task(task));
    let Some((span, placed)) = span.zip(placed) else { return Html::default() };
    let (scale, row) = (props.scale(props.size), props.layout.row_in(props.size.height));
    let x = scale.x(span.to);
    if !(0.0..=props.size.width).contains(&x) {
        return Html::default();
    }
    // Before the end, where the axis surely is.
    let seconds = (span.to - scale.time(x - 8.0)) / 8.0;
    html! {
        <GripHandle language={props.language} grip={grip.clone()} place={(x, placed.top.at(row))}
            height={placed.height.at(row)} {seconds} />
    }
}

/// The picture of a chart whose size nobody knows yet.
fn still(props: &PlotProps) -> Html {
    let run = props.predicted.look();
    let scene = Scene::still(&run, &props.layout, props.selected);
    let (elements, rules) = Svg::of(scene);
    let svg =
        format!("<style>{rules}</style><svg class=\"inner\" aria-hidden=\"true\">{elements}</svg>");
    VNode::from_html_unchecked(svg.into())
}

/// How near the playhead must be to be taken hold of, in pixels, by a pointer and by a finger.
const NEAR: f64 = 5.0;
const NEAR_FINGER: f64 = 12.0;

/// How long a finger must be held still to select a range, in milliseconds.
const HOLD: u32 = 450;

/// What the reader does to the plot.
struct Pointing {
    down: Callback<PointerEvent>,
    move_: Callback<PointerEvent>,
    up: Callback<PointerEvent>,
    leave: Callback<PointerEvent>,
    click: Callback<MouseEvent>,
    double: Callback<MouseEvent>,
    key: Callback<KeyboardEvent>,
    blur: Callback<FocusEvent>,
}

/// Whether a height is that of the bar of a target, and not of the room around it.
fn is_on_bar(target: &Target, y: f64) -> bool {
    let (_, top, _, height) = target.place;
    (y - top - height / 2.0).abs() <= Length::bars(0.5).at(height)
}

/// Points at things with the pointer and the keys, and moves the chart with them. `target` changes, and with it the
/// tooltip, only when something else is pointed at.
#[hook]
fn use_pointing(props: &PlotProps, target: &UseStateHandle<Option<Target>>) -> Pointing {
    let hand = use_mut_ref(Hand::default);
    let holding = use_mut_ref(|| None::<Timeout>);
    let point = {
        let props = props.clone();
        move |x: i32, y: i32| {
            let plot = props.node.cast::<Element>()?;
            let size = Size::of(&plot);
            let (x, y) = place(&plot, x, y);
            let target = props.chart(size, |chart| chart.at(x, y));
            Some((target, props.scale(size).time(x), (x, y)))
        }
    };
    let leave = target.setter();
    let blur = target.setter();
    let down = {
        let (props, hand) = (props.clone(), hand.clone());
        let holding = holding.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(plot) = props.node.cast::<Element>().filter(|_| event.button() == 0) else {
                return;
            };
            let (x, _) = place(&plot, event.client_x(), event.client_y());
            let near = if event.pointer_type() == "touch" { NEAR_FINGER } else { NEAR };
            let playhead = props.scale(props.size).x(props.playhead);
            let aim = match (x - playhead).abs() <= near {
                _ if event.shift_key() && props.ordered.is_none() => Aim::Range,
                // Where all is in view there is nowhere to move it.
                near if near || !props.zoomed => Aim::Playhead,
                _ => Aim::Chart,
            };
            hand.borrow_mut().down(event.pointer_id(), x, aim);
            // A finger has no Shift key: it is held.
            let touches = event.pointer_type() == "touch" && props.ordered.is_none();
            *holding.borrow_mut() = touches.then(|| {
                let hand = hand.clone();
                Timeout::new(HOLD, move || hand.borrow_mut().hold())
            });
        })
    };
    let move_ = {
        let (props, point, target, hand) =
            (props.clone(), point.clone(), target.setter(), hand.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((found, _, (x, _))) = point(event.client_x(), event.client_y()) else {
                return;
            };
            let held = hand.borrow().drags();
            let gesture = hand.borrow_mut().moved(event.pointer_id(), x);
            if !hand.borrow().drags() {
                return target.set(found);
            }
            if !held {
                begin(&props, event.pointer_id());
            }
            target.set(None);
            if let Some(gesture) = gesture {
                follow(&props, gesture);
            }
        })
    };
    let up = {
        let hand = hand.clone();
        Callback::from(move |event: PointerEvent| {
            *holding.borrow_mut() = None;
            hand.borrow_mut().up(event.pointer_id());
        })
    };
    let click = {
        let (on_select, on_seek) = (props.on_select.clone(), props.on_seek.clone());
        let (selected, point, card) = (props.selected, point.clone(), target.setter());
        Callback::from(move |event: MouseEvent| {
            // The end of a drag is none.
            if hand.borrow().dragged() {
                return;
            }
            if let Some((target, time, (_, y))) = point(event.client_x(), event.client_y()) {
                on_seek.emit(time);
                // A finger points at nothing before it presses: what there is to say stays until the next press.
                card.set(target.clone());
                let task = target.filter(|target| is_on_bar(target, y));
                let task = task.and_then(|target| target.task);
                on_select.emit(task.filter(|task| Some(*task) != selected));
            }
        })
    };
    let double = {
        let props = props.clone();
        Callback::from(move |event: MouseEvent| {
            let Some((target, _, (x, _))) = point(event.client_x(), event.client_y()) else {
                return;
            };
            let span =
                target.and_then(|target| props.chart(props.size, |chart| chart.moments(&target)));
            let span = span.filter(|span| span.1 > span.0);
            props.window.dispatch(match span {
                Some(span) => Move::Look(around(&props, span)),
                None => Move::Leap { at: part(x, props.size.width), wider: 2.5 },
            });
        })
    };
    let key = {
        let (props, target) = (props.clone(), target.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let now = target
                .as_ref()
                .and_then(|target| props.chart(props.size, |chart| chart.again(target)));
            let place = now.as_ref().map(|target| target.place.0 + target.place.2 / 2.0);
            let middle = place.map(|x| part(x, props.size.width));
            let middle = middle.unwrap_or_else(|| props.scale(props.size).fraction(props.playhead));
            let middle = if (0.0..=1.0).contains(&middle) { middle } else { 0.5 };
            let Some(wish) = Wish::of(&event.key(), middle) else { return };
            event.prevent_default();
            let next = match wish {
                Wish::View(step) => return props.window.dispatch(step),
                Wish::Select => {
                    return props.on_select.emit(now.and_then(|target| target.task));
                }
                Wish::Leave => {
                    props.on_select.emit(None);
                    props.on_range.emit(None);
                    return target.set(None);
                }
                Wish::Lane(sorting) => {
                    let task = now.and_then(|target| target.task).or(props.selected);
                    return task.into_iter().for_each(|task| props.sort.dispatch(sorting(task)));
                }
                Wish::Range => {
                    let span =
                        now.and_then(|now| props.chart(props.size, |chart| chart.moments(&now)));
                    let span = span.filter(|span| span.1 > span.0 && props.ordered.is_none());
                    return props.on_range.emit(span.filter(|span| Some(*span) != props.range));
                }
                Wish::Help => return help(),
                Wish::Focus => return focus(&props, now.as_ref()),
                Wish::Follow(on) => {
                    let selected = props.selected;
                    props.chart(props.size, |chart| {
                        let from = now.or_else(|| chart.of_task(selected?, props.playhead))?;
                        chart.follow(&from, on).or(Some(from))
                    })
                }
                Wish::Step(down, on) => {
                    props.chart(props.size, |chart| chart.step(now.as_ref(), down, on))
                }
                Wish::Edge(last) => {
                    let far = if last { isize::MAX } else { isize::MIN };
                    props.chart(props.size, |chart| chart.step(now.as_ref(), 0, far))
                }
            };
            if let Some(next) = &next {
                reveal(&props, next);
                let moment = props.chart(props.size, |chart| chart.moments(next));
                // Code, output and sentence go along.
                if let Some((from, _)) = moment {
                    props.on_seek.emit(from);
                }
            }
            target.set(next);
        })
    };
    Pointing {
        down,
        move_,
        up,
        leave: Callback::from(move |_| leave.set(None)),
        click,
        double,
        key,
        blur: Callback::from(move |_| blur.set(None)),
    }
}

/// A drag begins: it goes on beyond the edges, and what is looked at can be gone back to.
fn begin(props: &PlotProps, pointer: i32) {
    if let Some(plot) = props.node.cast::<Element>() {
        // Without the capture the drag ends at the edge: no harm.
        let _ = plot.set_pointer_capture(pointer);
    }
    props.window.dispatch(Move::Begin);
}

/// Does what the hand does.
fn follow(props: &PlotProps, gesture: Gesture) {
    let width = props.size.width;
    let along = |by: f64| part(by, width) - part(0.0, width);
    match gesture {
        Gesture::Pan(by) if props.zoomed => props.window.dispatch(Move::Pan(-along(by))),
        Gesture::Pan(_) => {}
        Gesture::Range(from, to) => {
            let scale = props.scale(props.size);
            props.on_range.emit(Some((scale.time(from), scale.time(to))));
        }
        Gesture::Pinch { at, wider, by } => {
            props.window.dispatch(Move::Zoom { at: part(at, width), wider });
            props.window.dispatch(Move::Pan(-along(by)));
        }
        Gesture::Scrub(x) => props.on_seek.emit(props.scale(props.size).time(x.clamp(0.0, width))),
    }
}

/// The view around a stretch of the run.
fn around(props: &PlotProps, (from, to): (f64, f64)) -> View {
    let scale = props.scale(props.size);
    View::around(scale.axis(from), scale.axis(to))
}

/// Looks closer at the range that is selected, at what has the focus, or at the task that stands out, or at the whole.
fn focus(props: &PlotProps, target: Option<&Target>) {
    let span = target.and_then(|target| props.chart(props.size, |chart| chart.moments(target)));
    let life = || {
        let shown = props.shown().look();
        let lane = shown.task(props.selected?)?;
        Some((lane.created, lane.ended.unwrap_or(shown.end)))
    };
    let stretch = props.range.or(span).or_else(life).filter(|(from, to)| to > from);
    props.window.dispatch(stretch.map_or(Move::Fit, |stretch| Move::Look(around(props, stretch))));
}

/// Brings what has got the focus into view.
fn reveal(props: &PlotProps, target: &Target) {
    let scale = props.scale(props.size);
    if let Some((from, to)) = props.chart(props.size, |chart| chart.moments(target)) {
        let (view, from, to) = (scale.view(), scale.axis(from), scale.axis(to));
        if to < view.from || from > view.to {
            let middle = (from + to).min(from * 2.0 + view.seconds()) / 2.0;
            let from = middle - view.seconds() / 2.0;
            props.window.dispatch(Move::Put(View { from, to: from + view.seconds() }));
        }
    }
    let Some(scroller) = props.scroller.cast::<Element>() else { return };
    let (top, height) = (target.place.1, target.place.3);
    let (seen, above) =
        (f64::from(scroller.client_height()) - COVERED, f64::from(scroller.scroll_top()));
    if top < above {
        scroller.set_scroll_top(top as i32);
    } else if top + height > above + seen {
        scroller.set_scroll_top((top + height - seen).ceil() as i32);
    }
}

/// How much of the chart ruler and map cover, in pixels.
const COVERED: f64 = 56.0;

/// Shows what the keys do.
fn help() {
    let document = web_sys::window().and_then(|window| window.document());
    let button = document.and_then(|document| document.get_element_by_id("help"));
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}
