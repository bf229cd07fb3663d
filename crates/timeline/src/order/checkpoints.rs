//! Beginnings of a long run, folded and kept: who looks at an earlier place need not begin at the first event.

use crate::Fold;
use trace::Event;

/// Shorter runs are folded from their start.
const LONG: usize = 50_000;
/// Into so many parts a run is divided, and kept at the end of each but the last: all together they take one and a half
/// times what the whole run takes.
const PARTS: usize = 4;
/// So many events before the place that was looked at last it is kept as well, for who goes back from there.
const NEAR: usize = 5_000;

/// What is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Checkpoints {
    /// The ends of parts, the earlier ones first, as far as somebody has come.
    parts: Vec<Fold>,
    /// Shortly before the place that was looked at last, for who goes by steps.
    near: Option<Fold>,
    /// The place that was looked at last.
    last: usize,
}

impl Checkpoints {
    /// The first `place` events, folded, where loop time has come to `now`; `events` are all of the run.
    pub fn fold(&mut self, events: &[Event], place: usize, now: f64) -> Fold {
        let mut fold = Fold::default();
        if events.len() >= LONG {
            let kept = self.parts.iter().chain(&self.near);
            let nearest = kept.filter(|fold| fold.len() <= place).max_by_key(|fold| fold.len());
            if let Some(nearest) = nearest {
                fold = nearest.clone();
            }
            let part = events.len() / PARTS;
            while self.parts.len() + 1 < PARTS && (self.parts.len() + 1) * part <= place {
                let end = (self.parts.len() + 1) * part;
                if fold.len() > end {
                    break;
                }
                push(&mut fold, events, end);
                self.parts.push(fold.clone());
            }
            // A copy of a long run takes as long as folding a part of it: who jumps about needs none.
            let steps = self.last.abs_diff(place) <= NEAR;
            if steps && fold.len() + NEAR < place {
                push(&mut fold, events, place - NEAR);
                self.near = Some(fold.clone());
            }
        }
        self.last = place;
        let from = fold.len();
        fold.follow_on(&events[from..place], now);
        fold
    }
}

/// Takes the events up to a place.
fn push(fold: &mut Fold, events: &[Event], place: usize) {
    let from = fold.len();
    events[from..place].iter().for_each(|event| fold.push(event));
}
