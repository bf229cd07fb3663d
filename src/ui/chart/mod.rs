//! The chart: bars on a canvas; labels, axis, focus and tooltip in HTML.

mod axis;
mod canvas;
mod functions;
mod hand;
mod keys;
mod labels;
mod lanes;
mod legend;
mod minimap;
mod plot;
mod scroll;
mod seen;
mod size;
mod toolbar;
mod tooltip;
mod window;

pub use functions::show;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub use keys::Wish;
pub use legend::Legend;
pub use seen::svg;
pub use tooltip::level;

use self::axis::Axis;
use self::labels::Labels;
use self::lanes::{LanesBar, MANY, use_lanes};
use self::minimap::Minimap;
use self::plot::Plot;
use self::scroll::use_scrolled;
use self::size::use_size;
use self::toolbar::Toolbar;
use self::window::{Move, Window, use_window};
use super::notes::Note;
use super::player::Ordered;
use super::shared::Shared;
use super::shell::Language;
use super::whatif::Grip;
use ::chart::{Folds, Layout, Named, Row, View};
use timeline::Comparison;
use trace::TaskId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// A run that the one on the chart is compared with.
#[derive(Clone, PartialEq)]
pub struct Ghost {
    /// The run.
    pub run: timeline::Shared,
    /// Which of its lanes are which of the chart's.
    pub comparison: Shared<Comparison>,
}

/// Stretches of tasks' lanes that are marked, each of a task from a moment to another, in seconds.
pub type Marked = Shared<Vec<(TaskId, f64, f64)>>;

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
    /// The end of a span that can be dragged.
    #[prop_or_default]
    pub grip: Option<Grip>,
    /// Whether what is shown has come to its end: the live run, where there is one, or the prediction.
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
    /// What is shown, by a name: another is looked at from its beginning to its end at first.
    #[prop_or_default]
    pub about: AttrValue,
    /// The range that is selected, in seconds.
    #[prop_or_default]
    pub range: Option<(f64, f64)>,
    /// The reader selects a range, or none.
    #[prop_or_default]
    pub on_range: Callback<Option<(f64, f64)>>,
    /// Which lines of the program that is shown are which of the trace, if these are another's.
    pub lines: Option<AttrValue>,
    /// The Python of an example, which names the parameters of what its tasks run.
    #[prop_or_default]
    pub python: Option<AttrValue>,
    /// What is marked on it.
    #[prop_or_default]
    pub marked: Option<Marked>,
    /// What is noted on it.
    #[prop_or_default]
    pub notes: Option<Shared<Vec<Note>>>,
    /// A row that is to be seen, and how often one was asked for.
    #[prop_or_default]
    pub sought: Option<(Row, u32)>,
    /// The part of the axis that is seen at first, where it is not the whole.
    #[prop_or_default]
    pub opened: Option<View>,
    /// Another part of it is seen.
    #[prop_or_default]
    pub on_view: Callback<Option<View>>,
    /// How the lanes are arranged at first.
    #[prop_or_default]
    pub arranged: Named,
    /// They are arranged differently.
    #[prop_or_default]
    pub on_lanes: Callback<Named>,
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
    let ChartProps { language, predicted, live, playhead, selected, .. } = props;
    let (scroller, plot) = (use_node_ref(), use_node_ref());
    let (size, scrolled) = (use_size(&plot), use_scrolled(&scroller));
    let ends = [Some(predicted), live.as_ref()].map(|run| run.map_or(0.0, |run| run.look().end));
    let ghost = props.ghost.as_ref().map_or(0.0, |ghost| ghost.run.look().end);
    let end = ends[0].max(ends[1]).max(ghost);
    let shown = live.as_ref().unwrap_or(predicted);
    let by_order = props.ordered.is_some();
    let about = AttrValue::from(format!("{}{}", props.about, if by_order { "#" } else { "" }));
    let (lanes, layout) = use_lanes(props, about.clone());
    let layout = &layout;
    let folding = use_state_eq(|| false);
    let foldable = use_memo(predicted.clone(), |run| Shared::new(Folds::of(&run.look())));
    // In the order of a run there is no time to be folded.
    let foldable = Some((*foldable).clone()).filter(|folds| !by_order && !folds.folds().is_empty());
    let folds = foldable.clone().filter(|_| *folding);
    let axis_end = folds.as_ref().map_or(end, |folds| folds.axis(end));
    let about = format!("{about}{}", if folds.is_some() { "folded" } else { "" });
    // Columns and folded axes are no moments.
    let timed = !by_order && folds.is_none();
    let window = use_window(axis_end, about.into(), props.opened.filter(|_| timed));
    {
        let on_view = props.on_view.clone();
        use_effect_with(window.wanted(), move |view| {
            if timed {
                on_view.emit(*view);
            }
        });
    }
    let (view, zoomed) = (window.view(axis_end), window.is_zoomed());
    let part = scrolled.part(size.height);
    let row = layout.row_in(size.height);
    // Before its size is known, a chart of the usual size has all its labels.
    let rows = match size.height > 0.0 {
        true => layout.within(part.top, part.top + part.height, row),
        false => (0, layout.rows().len().min(FIRST)),
    };
    // Where there is more than is seen, there is a map of it.
    let mapped = zoomed || size.height > MAPPED;
    let tasks = predicted.look().tasks.len();
    let many = tasks >= MANY || !lanes.lanes().is_plain();
    let sort = lanes.dispatcher();
    use_following(props, &window, axis_end, folds.clone());
    use_seeking(props.sought, &scroller, layout, row);
    html! {
        <div id="chart" class={classes!("chart", mapped.then_some("mapped"), many.then_some("many"))} ref={&scroller}>
            <Axis {end} {view} {zoomed} folds={folds.clone()} width={size.width}
                ordered={props.ordered.clone()} notes={props.notes.clone()} on_seek={&props.on_seek}>
                <Toolbar language={*language} {zoomed} past={window.has_past()} window={window.dispatcher()}
                    folding={foldable.map(|_| *folding)} on_fold={Callback::from(move |fold| folding.set(fold))} />
            </Axis>
            <div class="rows" style={layout.css()}>
                <Labels language={*language} predicted={predicted.clone()} shown={shown.clone()}
                    layout={layout.clone()} {rows} lanes={lanes.clone()} python={props.python.clone()} playhead={*playhead} selected={*selected}
                    on_select={&props.on_select} />
                <Plot node={plot} scroller={&scroller} language={*language} dark={props.dark} {size} {part} {end} {view} {zoomed}
                    folds={folds.clone()} window={window.dispatcher()} {sort} range={props.range} on_range={&props.on_range}
                    predicted={predicted.clone()} layout={layout.clone()} live={live.clone()}
                    ghost={props.ghost.clone()} marked={props.marked.clone()} grip={props.grip.clone()} over={props.over} told={props.told.clone()} lines={props.lines.clone()} python={props.python.clone()} ordered={props.ordered.clone()} playhead={*playhead} selected={*selected} on_select={&props.on_select}
                    on_seek={&props.on_seek} />
            </div>
            // Below the rows: they stay where they are when it comes.
            if many {
                <LanesBar language={*language} {lanes} count={(tasks, layout.shown())} />
            }
            if mapped {
                <Minimap dark={props.dark} shown={predicted.clone()} layout={layout.clone()} {folds} end={axis_end}
                    {view} window={window.dispatcher()} scroller={&scroller} />
            }
        </div>
    }
}

/// How many labels there are before the size of the chart is known.
const FIRST: usize = 120;
/// How high a chart must be to have a map although the whole run is looked at, in pixels.
const MAPPED: f64 = 2000.0;

/// How much of the chart ruler and map cover, in pixels.
const COVERED: f64 = 56.0;

/// Brings a row into view when it is asked for.
#[hook]
fn use_seeking(sought: Option<(Row, u32)>, scroller: &NodeRef, layout: &Shared<Layout>, row: f64) {
    let (scroller, layout) = (scroller.clone(), layout.clone());
    use_effect_with(sought, move |sought| {
        let placed = sought.and_then(|(row, _)| match row {
            Row::Task(task) => layout.row_of(task).map(|row| layout.rows()[row]),
            row => layout.rows().iter().find(|placed| placed.row == row).copied(),
        });
        let (Some(placed), Some(scroller)) = (placed, scroller.cast::<Element>()) else { return };
        let (top, bottom) = (placed.top.at(row), (placed.top + placed.height).at(row));
        let (above, seen) =
            (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()) - COVERED);
        if top < above || bottom > above + seen {
            scroller.set_scroll_top((top - seen / 3.0) as i32);
        }
    });
}

/// Brings the playhead back into view when it has moved out of it.
#[hook]
fn use_following(
    props: &ChartProps,
    window: &UseReducerHandle<Window>,
    end: f64,
    folds: Option<Shared<Folds>>,
) {
    let (window, opened) = (window.clone(), props.opened);
    let seen = use_mut_ref(|| None);
    use_effect_with(props.playhead, move |playhead| {
        // A view that was asked for together with the moment stays.
        let asked = seen.replace(opened) != opened && opened.is_some();
        if asked {
            return;
        }
        let view = window.view(end);
        let at = folds.map_or(*playhead, |folds| folds.axis(*playhead));
        if window.is_zoomed() && !(view.from..=view.to).contains(&at) {
            // On, as a page is turned; back, as little as is needed.
            let ahead = if at > view.to { 0.1 } else { 0.5 };
            let from = at - ahead * view.seconds();
            window.dispatch(Move::Put(View { from, to: from + view.seconds() }));
        }
    });
}
