//! Long stretches in which nothing happens, folded: the axis passes them in a small step.

use timeline::{State, Timeline};

/// In how many parts a run is looked at for stretches without anything.
const PARTS: usize = 4096;
/// How much longer than usual a stretch without anything must be to be folded.
const UNUSUAL: f64 = 8.0;
/// Which part of the run it must be, besides.
const LEAST: f64 = 0.06;
/// How long a fold is on the axis, as a part of what is not folded.
const FOLDED: f64 = 0.03;

/// A stretch that is folded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// Where it begins, in seconds of the run.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Where it begins on the axis.
    start: f64,
}

/// The folds of an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folds {
    folds: Vec<Fold>,
    /// How long each is on the axis, in its seconds.
    length: f64,
}

impl Folds {
    /// What there is to fold in a run: stretches in which no task begins or ends to do anything, none works, and that
    /// are much longer than is usual there. One pass over its spans.
    pub fn of(timeline: &Timeline) -> Self {
        let end = timeline.end;
        if !(end > 0.0 && end.is_finite()) {
            return Folds::default();
        }
        // The first moment and the last at which something happens, in each part of the run.
        let mut parts: Vec<Option<(f64, f64)>> = vec![None; PARTS];
        let place = |time: f64| ((time / end * PARTS as f64) as usize).min(PARTS - 1);
        let mut touch = |time: f64| {
            let part = &mut parts[place(time)];
            let (first, last) = part.unwrap_or((time, time));
            *part = Some((first.min(time), last.max(time)));
        };
        let mut busy: Vec<(f64, f64)> = Vec::new();
        for span in timeline.tasks.iter().flat_map(|lane| &lane.spans) {
            touch(span.from);
            touch(span.to);
            let works = matches!(span.state, State::Running | State::Blocking);
            if works && place(span.from) < place(span.to) {
                busy.push((span.from, span.to));
            }
        }
        timeline.lines.iter().for_each(|line| touch(line.time));
        busy.extend(timeline.held.iter().map(|held| (held.from, held.to)));
        for (from, to) in busy {
            let (first, last) = (place(from), place(to));
            for part in &mut parts[first..=last] {
                let (a, b) = part.unwrap_or((to, from));
                *part = Some((a.min(from), b.max(to)));
            }
        }
        let touched = parts.iter().filter(|part| part.is_some()).count().max(1);
        let least = (end / touched as f64 * UNUSUAL).max(end * LEAST);
        let mut long = Vec::new();
        let mut last = 0.0;
        for (from, to) in parts.into_iter().flatten() {
            if from - last > least {
                long.push((last, from));
            }
            last = to.max(last);
        }
        Folds::new(long, end)
    }

    /// These stretches folded, which lie one after the other, of a run with this end.
    pub fn new(stretches: Vec<(f64, f64)>, end: f64) -> Self {
        let folded: f64 = stretches.iter().map(|(from, to)| to - from).sum();
        let length = (end - folded).max(end * 1e-6) * FOLDED;
        let mut gone = 0.0;
        let place = |(from, to): (f64, f64)| {
            let start = from - gone;
            gone += to - from - length;
            Fold { from, to, start }
        };
        Folds { folds: stretches.into_iter().map(place).collect(), length }
    }

    /// The folds, in order.
    pub fn folds(&self) -> &[Fold] {
        &self.folds
    }

    /// Where a moment of the run is on the axis.
    pub fn axis(&self, time: f64) -> f64 {
        let after = self.folds.partition_point(|fold| fold.from <= time);
        let Some(fold) = after.checked_sub(1).map(|n| self.folds[n]) else { return time };
        if time >= fold.to {
            return fold.start + self.length + (time - fold.to);
        }
        fold.start + (time - fold.from) / (fold.to - fold.from) * self.length
    }

    /// The moment of the run at a place of the axis.
    pub fn time(&self, axis: f64) -> f64 {
        let after = self.folds.partition_point(|fold| fold.start <= axis);
        let Some(fold) = after.checked_sub(1).map(|n| self.folds[n]) else { return axis };
        if axis >= fold.start + self.length {
            return fold.to + (axis - fold.start - self.length);
        }
        fold.from + (axis - fold.start) / self.length * (fold.to - fold.from)
    }

    /// The stretches of the run between two moments that are not folded.
    pub(crate) fn open(&self, from: f64, to: f64) -> Vec<(f64, f64)> {
        let mut open = Vec::new();
        let mut begin = from;
        for fold in self.folds.iter().filter(|fold| fold.to > from && fold.from < to) {
            if fold.from > begin {
                open.push((begin, fold.from));
            }
            begin = fold.to;
        }
        if begin < to {
            open.push((begin, to));
        }
        open
    }
}
