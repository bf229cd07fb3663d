//! What the checks of exercises ask of a run. It is here and not with what runs examples because each
//! exercise's folder has its own checks; nothing of it sees a program's text or the reader's values.

use timeline::{Category, Line, ResourceLane, Span, State, TaskLane, Timeline, most_at_once};
use trace::{Outcome, ResourceKind, TaskId};

/// A run to be judged.
pub struct Attempt<'a> {
    /// What happened.
    pub timeline: &'a Timeline,
    /// Whether it came to a good end: no exception left the program, nothing waits for ever.
    pub ended_well: bool,
}

impl Attempt<'_> {
    /// Loop time at the end, in seconds.
    pub fn makespan(&self) -> f64 {
        self.timeline.end
    }

    /// How many printed lines contain `text`.
    pub fn printed(&self, text: &str) -> usize {
        let lines = self.timeline.lines.iter();
        lines.filter(|line| !line.logged && line.text.contains(text)).count()
    }

    /// The times of the printed lines that contain `text`, in seconds.
    pub fn times(&self, text: &str) -> Vec<f64> {
        let lines = self.timeline.lines.iter();
        lines
            .filter(|line| !line.logged && line.text.contains(text))
            .map(|line| line.time)
            .collect()
    }

    /// From each printed line that contains `from` to the next line of the same task that contains
    /// `to`: the task, and the times of the two in seconds. What never comes to its end is left out.
    pub fn stretches(&self, from: &str, to: &str) -> Vec<(TaskId, f64, f64)> {
        let lines = || self.timeline.lines.iter().filter(|line| !line.logged).enumerate();
        let begins = lines().filter(|(_, line)| line.text.contains(from));
        let stretch = |(n, begin): (usize, &Line)| {
            let task = begin.task?;
            let mut rest = lines().skip(n + 1).filter(|(_, line)| line.task == begin.task);
            let (_, end) = rest.find(|(_, line)| line.text.contains(to))?;
            Some((task, begin.time, end.time))
        };
        begins.filter_map(stretch).collect()
    }

    /// The time of the first printed line that contains `text`, in seconds.
    pub fn first_printed(&self, text: &str) -> Option<f64> {
        let mut lines = self.timeline.lines.iter();
        lines.find(|line| !line.logged && line.text.contains(text)).map(|line| line.time)
    }

    /// How many warnings were logged: exceptions never retrieved, coroutines never awaited.
    pub fn warnings(&self) -> usize {
        self.timeline.lines.iter().filter(|line| line.logged).count()
    }

    /// The tasks whose names begin with `prefix`.
    pub fn tasks(&self, prefix: &str) -> impl Iterator<Item = &TaskLane> {
        self.timeline.tasks.iter().filter(move |lane| lane.name.starts_with(prefix))
    }

    /// Whether each of those tasks came to its end by itself, without an exception.
    pub fn all_done(&self, prefix: &str) -> bool {
        self.tasks(prefix).all(|lane| lane.outcome == Some(Outcome::Done))
    }

    /// Most of those tasks that slept, or held the loop, at the same time: how much was under way.
    pub fn peak(&self, prefix: &str) -> usize {
        let spans = self.tasks(prefix).flat_map(|lane| &lane.spans);
        let busy = spans.filter(|span| span.is_work() && span.seconds() > 0.0);
        most_at_once(busy.map(|span| (span.from, span.to)))
    }

    /// The tasks whose names begin with `prefix` that were cancelled while they slept: in their work,
    /// not while they waited for more of it.
    pub fn interrupted(&self, prefix: &str) -> usize {
        let cancelled = self.tasks(prefix).filter(|lane| lane.outcome == Some(Outcome::Cancelled));
        let last_wait = |lane: &TaskLane| {
            let mut waits = lane.spans.iter().rev();
            waits.find(|span| matches!(span.state, State::Waiting { .. })).cloned()
        };
        let at_work = |span: Span| Category::of(&span) == Some(Category::Sleep);
        cancelled.filter(|lane| last_wait(lane).is_some_and(at_work)).count()
    }

    /// Whether nothing is left: the run came to a good end, no warning was logged, every task came
    /// to its end by itself, without an exception, and servers have closed their connections.
    pub fn nothing_left(&self) -> bool {
        self.ended_well
            && self.warnings() == 0
            && self.all_done("")
            && self.unclosed_by_server() == 0
    }

    /// Longest time in seconds that a task was ready, or its sleep over, while the loop was held.
    pub fn longest_held(&self) -> f64 {
        let spans = self.timeline.tasks.iter().flat_map(|lane| &lane.spans);
        spans.filter(|span| span.is_held_up()).map(Span::seconds).fold(0.0, f64::max)
    }

    /// Most items that a queue held at a time.
    pub fn deepest_queue(&self) -> usize {
        let queues = self.resources(|kind| matches!(kind, ResourceKind::Queue { .. }));
        queues.flat_map(|lane| &lane.depth).map(|(_, depth)| *depth).max().unwrap_or(0)
    }

    /// Whether every queue is empty at the end.
    pub fn queues_empty(&self) -> bool {
        let mut queues = self.resources(|kind| matches!(kind, ResourceKind::Queue { .. }));
        queues.all(|lane| lane.depth_at(self.timeline.end) == 0)
    }

    /// Most workers of pools that were busy at the same time.
    pub fn busiest_pools(&self) -> usize {
        let pools = self.timeline.resources.iter().filter(|lane| lane.is_pool());
        most_at_once(pools.flat_map(|lane| &lane.holds).map(|hold| (hold.from, hold.to)))
    }

    /// Connections that the server never closed, as far as those who connected could see: no end of
    /// data came from there.
    pub fn unclosed_by_server(&self) -> usize {
        let links = self.resources(|kind| matches!(kind, ResourceKind::Link { outward: false }));
        links.filter(|lane| lane.closed.is_none()).count()
    }

    fn resources(&self, of: fn(&ResourceKind) -> bool) -> impl Iterator<Item = &ResourceLane> {
        self.timeline.resources.iter().filter(move |lane| of(&lane.kind))
    }
}

/// Most of `times`, which are in order, that fall into a window of `seconds` seconds, wherever it
/// begins; its end does not belong to it. Times that differ by a rounding count as the same.
pub fn most_in_window(times: &[f64], seconds: f64) -> usize {
    const ROUNDING: f64 = 1e-9;
    let within = |n: usize| {
        let end = times[n] + seconds - ROUNDING;
        times[n..].iter().take_while(|time| **time < end).count()
    };
    (0..times.len()).map(within).max().unwrap_or(0)
}
