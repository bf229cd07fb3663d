//! A run in numbers.

use crate::{Category, Hold, TaskLane, Timeline};

/// What a run comes to. Times are seconds of loop time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// From the beginning to the end.
    pub makespan: f64,
    /// What the tasks slept, each up to the moment when it was due, and computed, and the jobs in pools, one after
    /// another.
    pub work: f64,
    /// How many times longer the same awaits would have taken one after another.
    pub speed_up: f64,
    /// Most tasks that slept or ran at the same time, and jobs.
    pub peak: usize,
    /// Time waited, by cause, the longest first; causes that nobody waited for are left out.
    pub waited: Vec<(Category, f64)>,
}

impl Figures {
    /// Whether the ratio says something: when the time was not filled with sleeping and computing, for somebody waited
    /// for something that nobody worked at, there is nothing that one after another would have taken longer.
    pub fn has_speed_up(&self) -> bool {
        self.work > 0.0 && self.work >= self.makespan * (1.0 - 1e-9)
    }

    pub(crate) fn of(timeline: &Timeline) -> Self {
        Figures::within(timeline, 0.0, timeline.end)
    }

    /// What a part of the run comes to: of what began before it or ended after it, what lies in it.
    pub(crate) fn within(timeline: &Timeline, from: f64, to: f64) -> Self {
        Figures::sum(timeline, None, from, to)
    }

    /// What a task comes to, as far as it lives in a part of the run; a job is its own that was done for it.
    pub(crate) fn of_task(timeline: &Timeline, lane: &TaskLane, from: f64, to: f64) -> Self {
        let from = from.max(lane.created);
        let to = to.min(lane.ended.unwrap_or(timeline.end)).max(from);
        Figures::sum(timeline, Some(lane), from, to)
    }

    fn sum(timeline: &Timeline, only: Option<&TaskLane>, from: f64, to: f64) -> Self {
        let lanes = only.map_or(&timeline.tasks[..], std::slice::from_ref);
        let clip = |span: (f64, f64)| (span.0.max(from), span.1.min(to));
        let spans = || lanes.iter().flat_map(|lane| &lane.spans);
        let pools = timeline.resources.iter().filter(|lane| lane.is_pool());
        let own = |hold: &&Hold| only.is_none_or(|lane| hold.holder == Some(lane.id));
        let jobs = pools.flat_map(|lane| &lane.holds).filter(own);
        let jobs = jobs.map(|hold| (hold.from, hold.to));
        let stretches =
            spans().filter(|span| span.is_work()).map(|span| (span.from, span.to)).chain(jobs);
        let stretches: Vec<(f64, f64)> =
            stretches.map(clip).filter(|(from, to)| to > from).collect();
        // A sum of nothing would be minus zero.
        let work = stretches.iter().fold(0.0, |sum, (from, to)| sum + (to - from));
        let mut waited: Vec<(Category, f64)> = Vec::new();
        for span in spans() {
            let Some(category) = Category::of(span) else { continue };
            let (from, to) = clip((span.from, span.to));
            let long = (to - from).max(0.0);
            match waited.iter_mut().find(|(other, _)| *other == category) {
                Some((_, seconds)) => *seconds += long,
                None => waited.push((category, long)),
            }
        }
        waited.retain(|(_, seconds)| *seconds > 0.0);
        sorting::by(&mut waited, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let makespan = to - from;
        Figures {
            makespan,
            work,
            speed_up: if makespan > 0.0 { work / makespan } else { 1.0 },
            peak: most_at_once(stretches.into_iter()),
            waited,
        }
    }
}

/// Most stretches of time that overlap, each from its beginning to its end in seconds; those that touch
/// do not.
///
/// ```
/// use timeline::most_at_once;
/// assert_eq!(most_at_once([(0.0, 1.0), (0.5, 2.0), (1.0, 3.0)].into_iter()), 2);
/// ```
pub fn most_at_once(stretches: impl Iterator<Item = (f64, f64)>) -> usize {
    let (begins, ends) = stretches.unzip();
    most_between(begins, ends)
}

/// Apart from what it is asked about, so that it is compiled once.
fn most_between(mut begins: Vec<f64>, mut ends: Vec<f64>) -> usize {
    begins.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    let (mut ended, mut most) = (0, 0);
    for (begun, from) in begins.iter().enumerate() {
        while ends.get(ended).is_some_and(|to| to.total_cmp(from).is_le()) {
            ended += 1;
        }
        most = most.max((begun + 1).saturating_sub(ended));
    }
    most
}
