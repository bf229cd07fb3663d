//! Other orders: the same program in many worlds, and what comes of it.

use crate::{Recorded, instant};
use examples::{Args, Example};
use executor::World;
use std::collections::BTreeMap;
use timeline::Timeline;

/// By what runs are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// What was printed, in its order; figures with fractions, which are times, left out.
    Lines,
    /// Which tasks ended in which order, and how.
    Ends,
    /// How the whole came to an end: well, or with which exception.
    Errors,
}

impl Telling {
    /// All there are.
    pub const ALL: [Telling; 3] = [Telling::Lines, Telling::Ends, Telling::Errors];

    /// What a run comes to, told like this: a line for each thing.
    pub fn tell(self, run: &Recorded, timeline: &Timeline) -> Vec<String> {
        match self {
            Telling::Lines => {
                let lines = timeline.lines.iter().filter(|line| !line.logged);
                lines.map(|line| without_times(&line.text)).collect()
            }
            Telling::Ends => {
                let name =
                    |task| timeline.task(task).map_or_else(String::new, |l| l.name.to_string());
                let ends = run.events.iter().filter_map(end_of);
                ends.map(|(task, how)| name(task) + how).collect()
            }
            Telling::Errors => run.error.iter().map(ToString::to_string).collect(),
        }
    }
}

fn end_of(event: &trace::Event) -> Option<(trace::TaskId, &'static str)> {
    let trace::EventKind::Finished { task, outcome } = &event.kind else { return None };
    let how = match outcome {
        trace::Outcome::Done => "",
        trace::Outcome::Failed(_) => " ✗",
        trace::Outcome::Cancelled => " ⊘",
    };
    Some((*task, how))
}

/// A line with a sign for every number that has a fraction.
fn without_times(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        // A stop behind a number ends a sentence.
        let end = number[..end].trim_end_matches('.').len();
        text.push_str(before);
        text.push_str(if number[..end].contains('.') { "…" } else { &number[..end] });
        rest = &number[end..];
    }
    text + rest
}

/// Something that came of some of the runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What, a line for each thing.
    pub what: Vec<String>,
    /// In how many runs.
    pub count: usize,
    /// The first of their seeds.
    pub seed: u64,
}

/// The world of a seed with so many hundredths of a percent of spread: it can be written into a link as it is.
pub fn world(seed: u64, points: u32) -> World {
    World { seed, spread: f64::from(points) / POINTS }
}

/// The hundredths of a percent of a world.
pub fn points(world: World) -> u32 {
    (world.spread * POINTS).round() as u32
}

/// Hundredths of a percent in a whole.
const POINTS: f64 = 10_000.0;

/// Runs of an example in worlds of the same spread, one for each seed from 0 on.
pub struct Orders {
    example: &'static Example,
    args: Args,
    points: u32,
    telling: Telling,
    runs: u64,
    makespans: Vec<f64>,
    outcomes: BTreeMap<Vec<String>, (usize, u64)>,
}

impl Orders {
    /// Runs about to begin; the spread is so many hundredths of a percent.
    pub fn new(example: &'static Example, args: &Args, points: u32, telling: Telling) -> Self {
        let mut args = args.clone();
        args.set_world(None);
        let (makespans, outcomes) = <_>::default();
        Orders { example, args, points, telling, runs: 0, makespans, outcomes }
    }

    /// Runs the example in the next world; `budget` as in [`begin`](crate::begin).
    pub fn step(&mut self, budget: u64) {
        let seed = self.runs;
        let (run, timeline) = self.run(world(seed, self.points), budget);
        self.makespans.push(timeline.end);
        let what = self.telling.tell(&run, &timeline);
        self.outcomes.entry(what).or_insert((0, seed)).0 += 1;
        self.runs += 1;
    }

    fn run(&self, world: World, budget: u64) -> (Recorded, Timeline) {
        let mut args = self.args.clone();
        args.set_world(Some(world));
        let run = instant(self.example, &args, budget);
        let timeline = run.timeline();
        (run, timeline)
    }

    /// How many runs there were.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// How many different outcomes there were.
    pub fn different(&self) -> usize {
        self.outcomes.len()
    }

    /// The most frequent outcomes, at most so many; of equally frequent ones that of the least seed first.
    pub fn outcomes(&self, most: usize) -> Vec<Outcome> {
        let mut all: Vec<_> = self.outcomes.iter().collect();
        sorting::by_key(&mut all, |(_, (count, seed))| (std::cmp::Reverse(*count), *seed));
        let outcome = |(what, (count, seed)): (&Vec<String>, &(usize, u64))| Outcome {
            what: what.clone(),
            count: *count,
            seed: *seed,
        };
        all.into_iter().take(most).map(outcome).collect()
    }

    /// How many makespans fall into each of so many equal parts of the range from the least to the greatest, which are
    /// given with them; none before there are runs.
    pub fn distribution(&self, parts: usize) -> Option<(f64, f64, Vec<usize>)> {
        let least = self.makespans.iter().copied().min_by(f64::total_cmp)?;
        let most = self.makespans.iter().copied().max_by(f64::total_cmp)?;
        let mut counts = vec![0; parts.max(1)];
        for makespan in &self.makespans {
            let part = if most > least { (makespan - least) / (most - least) } else { 0.0 };
            let n = ((part * parts as f64) as usize).min(counts.len() - 1);
            counts[n] += 1;
        }
        Some((least, most, counts))
    }

    /// A least spread, in hundredths of a percent, at which the world of this seed brings about what it does at the
    /// full one: at one less it does not. Where outcomes come and go there may be smaller ones.
    pub fn least_spread(&self, seed: u64, budget: u64) -> u32 {
        let tell = |points: u32| {
            let (run, timeline) = self.run(world(seed, points), budget);
            self.telling.tell(&run, &timeline)
        };
        let wanted = tell(self.points);
        if tell(0) == wanted {
            return 0;
        }
        let (mut without, mut with) = (0, self.points);
        while with - without > 1 {
            let middle = without + (with - without) / 2;
            if tell(middle) == wanted {
                with = middle;
            } else {
                without = middle;
            }
        }
        with
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examples::{CATALOGUE, find};

    const BUDGET: u64 = 250_000;

    fn orders(id: &str, points: u32, telling: Telling, runs: usize) -> Orders {
        let example = find(id).expect("it is in the catalogue");
        let mut orders = Orders::new(example, &example.defaults(), points, telling);
        for _ in 0..runs {
            orders.step(BUDGET);
        }
        orders
    }

    #[test]
    fn in_a_world_without_spread_everything_is_as_it_is_without_a_world() {
        for example in CATALOGUE {
            let plain = instant(example, &example.defaults(), BUDGET);
            let mut args = example.defaults();
            args.set_world(Some(World { seed: 7, spread: 0.0 }));
            let still = instant(example, &args, BUDGET);
            // Some times are no numbers, which are not equal to themselves.
            assert_eq!(
                format!("{:?}", plain.events),
                format!("{:?}", still.events),
                "{}",
                example.id
            );
        }
    }

    #[test]
    fn a_seed_is_always_the_same_run() {
        let example = find("gather-order").expect("it is in the catalogue");
        let mut args = example.defaults();
        args.set_world(Some(World { seed: 3, spread: 0.1 }));
        let runs = [0; 2].map(|_| instant(example, &args, BUDGET));
        assert_eq!(runs[0].events, runs[1].events);
        assert_ne!(runs[0].end, instant(example, &example.defaults(), BUDGET).end);
    }

    #[test]
    fn what_is_far_apart_keeps_its_order_and_what_is_close_does_not() {
        // Delays of 1.5, 0.5 and 1.0 seconds.
        let near = orders("gather-order", 1000, Telling::Lines, 40);
        assert_eq!(near.different(), 1);
        let far = orders("gather-order", 6000, Telling::Lines, 200);
        assert!(far.different() > 1);
        let outcomes = far.outcomes(usize::MAX);
        assert_eq!(outcomes.iter().map(|outcome| outcome.count).sum::<usize>(), 200);
        let (least, most, counts) = far.distribution(8).expect("there were runs");
        assert!(least < 1.5 && most > 1.5 && counts.iter().sum::<usize>() == 200);
    }

    #[test]
    fn the_least_spread_brings_about_what_the_seed_does() {
        let orders = orders("gather-order", 6000, Telling::Lines, 100);
        let rare = orders.outcomes(usize::MAX).pop().expect("there are some");
        let least = orders.least_spread(rare.seed, BUDGET);
        assert!(0 < least && least <= 6000, "{least}");
        let tell = |points| {
            let (run, timeline) = orders.run(world(rare.seed, points), BUDGET);
            Telling::Lines.tell(&run, &timeline)
        };
        assert_eq!(tell(least), rare.what);
        assert_ne!(tell(least - 1), rare.what);
        assert_eq!(points(world(rare.seed, least)), least);
    }

    #[test]
    fn times_are_left_out_of_lines() {
        assert_eq!(without_times("task 2 after 1.50 s."), "task 2 after … s.");
        assert_eq!(without_times("1.0, 20 and 3."), "…, 20 and 3.");
    }
}
