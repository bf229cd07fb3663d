//! A run in the few numbers that runs are compared by.

use timeline::{Category, Timeline};

/// What a run comes to. Times are seconds of loop time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// From the beginning to the end.
    pub makespan: f64,
    /// Tasks per second that ended well, without the first, which is the program itself; 0 for a run that takes no
    /// time.
    pub throughput: f64,
    /// Most tasks that slept or ran at the same time, and jobs.
    pub peak: usize,
    /// The longest that a task waited for something that somebody else had, or for its turn.
    pub longest_wait: f64,
}

impl Measures {
    /// The measures of a run.
    pub fn of(timeline: &Timeline) -> Self {
        let figures = timeline.figures();
        let done = |lane: &&timeline::TaskLane| {
            lane.parent.is_some() && matches!(lane.outcome, Some(trace::Outcome::Done))
        };
        let done = timeline.tasks.iter().filter(done).count();
        let waited = |span: &&timeline::Span| {
            let category = Category::of(span);
            category.is_some_and(|what| !matches!(what, Category::Sleep | Category::Tasks))
        };
        let spans = timeline.tasks.iter().flat_map(|lane| &lane.spans).filter(waited);
        let makespan = figures.makespan;
        Measures {
            makespan,
            throughput: if makespan > 0.0 { done as f64 / makespan } else { 0.0 },
            peak: figures.peak,
            longest_wait: spans.map(timeline::Span::seconds).fold(0.0, f64::max),
        }
    }
}
