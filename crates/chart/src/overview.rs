//! A run at a glance: what the tasks do, in as many columns and bands as there is room for.

use crate::folds::Folds;
use crate::layout::{Layout, Row};
use timeline::{Category, Span, State, Timeline};
use trace::TaskId;

/// What a place of the overview has most of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// The part of it in which tasks work: they run, sleep, hold the loop.
    pub works: f32,
    /// The part of it in which tasks wait for others.
    pub waits: f32,
    /// The part of it in which tasks could run and the loop does not come to them.
    pub held_up: f32,
}

/// A run at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// How many columns there are.
    pub columns: usize,
    /// The rows of cells, each as long as there are columns.
    pub bands: Vec<Vec<Cell>>,
    /// The task of a band, where it has one alone.
    pub tasks: Vec<Option<TaskId>>,
}

impl Overview {
    /// The overview of the rows of tasks of a run, in so many columns and no more than so many bands: one pass over
    /// its spans. The axis ends at `end`, in its seconds.
    pub fn of(
        timeline: &Timeline,
        layout: &Layout,
        folds: Option<&Folds>,
        end: f64,
        columns: usize,
        most: usize,
    ) -> Self {
        let (rows, _) = layout.parts();
        let bands = rows.len().min(most);
        let axis = |time: f64| folds.map_or(time, |folds| folds.axis(time));
        let mut overview = Overview {
            columns,
            bands: vec![vec![Cell::default(); columns]; bands],
            tasks: vec![None; bands],
        };
        if bands == 0 || columns == 0 || end <= 0.0 {
            return overview;
        }
        let band_of = |n: usize| n * bands / rows.len();
        // How many lanes each band has.
        let mut lanes = vec![0.0; bands];
        (0..rows.len()).for_each(|n| lanes[band_of(n)] += 1.0);
        // By how many spans more than before each column is filled, for each band and sort.
        let mut filled = vec![[(); 3].map(|()| vec![0_i32; columns]); bands];
        for (n, placed) in rows.iter().enumerate() {
            let Row::Task(task) = placed.row else { continue };
            let Some(lane) = timeline.tasks.get(task) else { continue };
            let band = band_of(n);
            overview.tasks[band] = Some(lane.id).filter(|_| bands == rows.len());
            let cells = &mut overview.bands[band];
            for span in lane.spans.iter().filter(|span| span.to > span.from) {
                let Some(sort) = Sort::of(span) else { continue };
                let across = |time: f64| (axis(time) / end * columns as f64).min(columns as f64);
                let (from, to) = (across(span.from), across(span.to));
                let (first, last) = (from as usize, (to as usize).min(columns - 1));
                let mut add = |column: usize, part: f64| {
                    *cells[column].part(sort) += (part / lanes[band]) as f32;
                };
                if first >= last {
                    add(first.min(last), to - from);
                    continue;
                }
                add(first, first as f64 + 1.0 - from);
                add(last, to - last as f64);
                // What it fills whole is noted where it begins and ends only.
                let whole = &mut filled[band][sort as usize];
                whole[first + 1] += 1;
                whole[last] -= 1;
            }
        }
        for ((cells, filled), lanes) in overview.bands.iter_mut().zip(filled).zip(lanes) {
            for (sort, changes) in [Sort::Works, Sort::Waits, Sort::HeldUp].into_iter().zip(filled)
            {
                let mut now = 0;
                for (cell, change) in cells.iter_mut().zip(changes) {
                    now += change;
                    *cell.part(sort) += (f64::from(now) / lanes) as f32;
                }
            }
        }
        overview
    }
}

/// What a span is counted as.
#[derive(Clone, Copy)]
enum Sort {
    Works,
    Waits,
    HeldUp,
}

impl Sort {
    fn of(span: &Span) -> Option<Sort> {
        Some(match (&span.state, Category::of(span)) {
            (State::Ready | State::Due, _) | (_, Some(Category::Loop)) => Sort::HeldUp,
            (State::Running | State::Blocking, _) | (_, Some(Category::Sleep)) => Sort::Works,
            // Waiting for tasks of one's own is not worth a mark at a glance.
            (_, Some(Category::Tasks)) => return None,
            _ => Sort::Waits,
        })
    }
}

impl Cell {
    fn part(&mut self, sort: Sort) -> &mut f32 {
        match sort {
            Sort::Works => &mut self.works,
            Sort::Waits => &mut self.waits,
            Sort::HeldUp => &mut self.held_up,
        }
    }
}
