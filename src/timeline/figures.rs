//! A run in numbers.

use super::{Span, State, Timeline};
use crate::trace::Cause;

/// What a run comes to. Times are seconds of loop time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// From the beginning to the end.
    pub makespan: f64,
    /// What the tasks slept and blocked, one after another: the work that waiting overlaps.
    pub work: f64,
    /// How many times longer the same awaits would have taken one after another.
    pub speed_up: f64,
    /// Most tasks that slept or ran at the same time.
    pub peak: usize,
    /// Time waited, by cause, the longest first; causes that nobody waited for are left out.
    pub waited: Vec<(Category, f64)>,
}

/// Sorts of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// For time to pass: the simulated work.
    Sleep,
    /// For other tasks.
    Tasks,
    /// For a permit.
    Permit,
    /// For an item.
    Item,
    /// For a place in a queue.
    Place,
    /// For a queue's items to be declared done.
    Join,
    /// For a future, or something else.
    Other,
    /// For the loop, ready to run.
    Loop,
}

impl Category {
    /// Where a span belongs; `None` for running.
    pub fn of(span: &Span) -> Option<Category> {
        match &span.state {
            State::Scheduled => Some(Category::Loop),
            State::Running | State::Blocking => None,
            State::Waiting { cause, .. } => Some(match cause {
                Cause::Sleep { .. } => Category::Sleep,
                Cause::Task(_) | Cause::Tasks { .. } => Category::Tasks,
                Cause::Resource { op: "acquire", .. } => Category::Permit,
                Cause::Resource { op: "get", .. } => Category::Item,
                Cause::Resource { op: "put", .. } => Category::Place,
                Cause::Resource { op: "join", .. } => Category::Join,
                Cause::NextTurn => Category::Loop,
                Cause::Resource { .. } | Cause::Future | Cause::Unknown => Category::Other,
            }),
        }
    }

    /// The key of its name among the words.
    pub fn key(self) -> &'static str {
        match self {
            Category::Sleep => "category.sleep",
            Category::Tasks => "category.tasks",
            Category::Permit => "category.permit",
            Category::Item => "category.item",
            Category::Place => "category.place",
            Category::Join => "category.join",
            Category::Other => "category.other",
            Category::Loop => "category.loop",
        }
    }
}

impl Figures {
    pub(super) fn of(timeline: &Timeline) -> Self {
        let spans = || timeline.tasks.iter().flat_map(|lane| &lane.spans);
        let is_work = |span: &&Span| {
            matches!(span.state, State::Blocking) || Category::of(span) == Some(Category::Sleep)
        };
        let work: f64 = spans().filter(is_work).map(Span::seconds).sum();
        let mut waited: Vec<(Category, f64)> = Vec::new();
        for span in spans() {
            let Some(category) = Category::of(span) else { continue };
            match waited.iter_mut().find(|(other, _)| *other == category) {
                Some((_, seconds)) => *seconds += span.seconds(),
                None => waited.push((category, span.seconds())),
            }
        }
        waited.retain(|(_, seconds)| *seconds > 0.0);
        waited.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let makespan = timeline.end;
        Figures {
            makespan,
            work,
            speed_up: if makespan > 0.0 { work / makespan } else { 1.0 },
            peak: peak(spans().filter(is_work).filter(|span| span.seconds() > 0.0)),
            waited,
        }
    }
}

/// Most spans that overlap; those that touch do not.
fn peak<'a>(spans: impl Iterator<Item = &'a Span>) -> usize {
    let mut edges: Vec<(f64, i32)> =
        spans.flat_map(|span| [(span.from, 1), (span.to, -1)]).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut now = 0;
    let mut most = 0;
    for (_, change) in edges {
        now += change;
        most = most.max(now);
    }
    usize::try_from(most).unwrap_or(0)
}
