//! What was on the chart last, for whoever takes it along: the same picture, as a file.

use super::plot::PlotProps;
use super::size::Size;
use crate::ui::panels::Describe;
use ::chart::{DARK, Flag, LIGHT, Picture, Row, Scale, Sheet};
use std::cell::RefCell;

thread_local! {
    static SEEN: RefCell<Option<PlotProps>> = const { RefCell::new(None) };
}

/// How wide a chart is whose size is not known, in pixels.
const WIDTH: f64 = 900.0;

/// What is on the chart from now on.
pub(super) fn keep(plot: &PlotProps) {
    SEEN.with(|seen| *seen.borrow_mut() = Some(plot.clone()));
}

/// The chart as SVG, as it is looked at; `light` for paper, otherwise in the colours of the page. None where there
/// was no chart yet.
pub fn svg(title: &str, light: bool, flags: &[Flag]) -> Option<String> {
    SEEN.with(|seen| Some(drawn(seen.borrow().as_ref()?, title, light, flags)))
}

fn drawn(plot: &PlotProps, title: &str, light: bool, flags: &[Flag]) -> String {
    let language = plot.language;
    let (predicted, live) = (plot.predicted.look(), plot.live.as_ref().map(timeline::Shared::look));
    let ghost = plot.ghost.as_ref().map(|ghost| (ghost.run.look(), &ghost.comparison));
    let Size { width, height } = plot.size;
    let width = if height > 0.0 { width } else { WIDTH };
    let picture = Picture {
        predicted: &predicted,
        live: live.as_deref(),
        ghost: ghost.as_ref().map(|(run, comparison)| (&**run, &*comparison.lanes)),
        over: plot.over,
        layout: &plot.layout,
        scale: Scale::of(plot.view, plot.end, width, plot.folds.as_deref()),
        columns: plot.ordered.as_ref().map(|ordered| &ordered.columns),
        selected: plot.selected,
        marked: plot.marked.as_ref().map_or(&[], |marked| &***marked),
    };
    let (part, row) = match height > 0.0 {
        true => ((plot.part.top, plot.part.top + plot.part.height), plot.layout.row_in(height)),
        false => Sheet::heights(&picture),
    };
    let name = |row: Row| match row {
        Row::Resource(n) => {
            let describe = Describe { language, timeline: &predicted };
            predicted.resources.get(n).map_or_else(String::new, |lane| describe.resource(lane.id))
        }
        _ => language.text("chart.loop"),
    };
    // Columns are no times.
    let flags = if plot.ordered.is_some() { &[] } else { flags };
    let palette = if plot.dark && !light { &DARK } else { &LIGHT };
    let playhead = Some(plot.playhead);
    Sheet { picture, title, palette, part, row, name: &name, playhead, flags }.svg()
}
