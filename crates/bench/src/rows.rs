//! What is measured.

use crate::moment::Moment;
use std::time::Duration;

/// A row of the table: some work of `n` parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// Tasks that end at once, joined one after the other.
    Spawn,
    /// 1,000 tasks that give way 200 times each; `n` is how often all of them do together.
    Yields,
    /// A producer and a consumer over a queue with one place.
    Queue1,
    /// The same with 100 places.
    Queue100,
    /// Tasks that take one of ten permits each, and hold it for one turn.
    Permits,
    /// Tasks that sleep until moments in no order, on a clock that waits for nothing.
    Sleeps,
    /// Tasks that sleep for long, cancelled in the order of creation, then joined.
    Cancel,
    /// Tasks that end at once, in a group that is left.
    Group,
    /// Coroutines that end at once, run concurrently.
    Gather,
}

impl Row {
    /// All rows, in the order of the table.
    pub const ALL: [Row; 9] = [
        Row::Spawn,
        Row::Yields,
        Row::Queue1,
        Row::Queue100,
        Row::Permits,
        Row::Sleeps,
        Row::Cancel,
        Row::Group,
        Row::Gather,
    ];

    /// What it goes by on the command line, and in `bench.py`.
    pub fn name(self) -> &'static str {
        match self {
            Row::Spawn => "spawn",
            Row::Yields => "yields",
            Row::Queue1 => "queue1",
            Row::Queue100 => "queue100",
            Row::Permits => "permits",
            Row::Sleeps => "sleeps",
            Row::Cancel => "cancel",
            Row::Group => "group",
            Row::Gather => "gather",
        }
    }

    /// The row of this name.
    pub fn of(name: &str) -> Option<Row> {
        Row::ALL.into_iter().find(|row| row.name() == name)
    }

    /// How many parts the table has it done with.
    pub fn size(self) -> usize {
        match self {
            Row::Yields | Row::Queue1 | Row::Queue100 => 200_000,
            _ => 100_000,
        }
    }

    /// What is said of it in the table.
    pub fn title(self) -> &'static str {
        match self {
            Row::Spawn => "spawn and join 100k tasks",
            Row::Yields => "1,000 tasks x 200 yields",
            Row::Queue1 => "queue of 1, 200k items",
            Row::Queue100 => "queue of 100, 200k items",
            Row::Permits => "100k tasks, 10 permits",
            Row::Sleeps => "100k scattered sleeps",
            Row::Cancel => "cancel 100k sleepers",
            Row::Group => "group of 100k tasks",
            Row::Gather => "gather of 100k",
        }
    }
}

/// Tasks of [`Row::Yields`].
pub const YIELDERS: usize = 1_000;
/// Permits of [`Row::Permits`].
pub const PERMITS: usize = 10;
/// For how long the tasks of [`Row::Cancel`] would sleep, in seconds.
pub const LONG: f64 = 1_000.0;

/// For how long the `n`th task of [`Row::Sleeps`] sleeps, in milliseconds: in no order, hardly two of
/// 100,000 for the same time.
pub fn milliseconds(n: usize) -> u64 {
    (n as u64 * 7_919) % 100_003 + 1
}

/// The median, in seconds.
pub fn median(times: &mut [Duration]) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
}

/// How long the processor has some work, in seconds: the median of several rounds.
pub fn median_of(rounds: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<_> = (0..rounds)
        .map(|_| {
            let began = Moment::now();
            work();
            began.elapsed()
        })
        .collect();
    median(&mut times)
}
