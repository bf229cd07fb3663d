//! What holds of every run, at every moment of it.

use asyncio::{Run, Status, create_task_named, print, sleep, time_sleep};
use examples::{Args, CATALOGUE, Example, Kind};
use executor::VirtualClock;
use timeline::{Figures, Fold, Shared, Span, State, Timeline};
use trace::{Trace, Wait};

/// Handles that a run may take: as on the page.
const BUDGET: u64 = 250_000;

/// A small generator (SplitMix64): the same numbers in every run of the tests.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `last`.
    fn up_to(&mut self, last: u64) -> u64 {
        self.next() % (last + 1)
    }

    /// On the grid of a slider; its ends more often than others.
    fn number(&mut self, min: f64, max: f64, step: f64) -> f64 {
        match self.up_to(7) {
            0 => min,
            1 => max,
            _ => {
                let places = ((max - min) / step).round() as u64;
                (min + self.up_to(places) as f64 * step).min(max)
            }
        }
    }

    fn args(&mut self, example: &Example) -> Args {
        let mut args = example.defaults();
        for param in example.params {
            let text = match param.kind {
                Kind::Float { min, max, step, .. } => self.number(min, max, step).to_string(),
                Kind::Int { min, max, .. } => {
                    (min + self.up_to((max - min) as u64) as i64).to_string()
                }
                Kind::Bool { .. } => self.up_to(1).to_string(),
                Kind::Choice { options, .. } => {
                    options[self.up_to(options.len() as u64 - 1) as usize].to_owned()
                }
                Kind::Floats { min, max, step, min_len, max_len, .. } => {
                    let len = min_len + self.up_to((max_len - min_len) as u64) as usize;
                    let numbers = (0..len).map(|_| self.number(min, max, step).to_string());
                    numbers.collect::<Vec<_>>().join(",")
                }
            };
            args.set(param.name, &text).expect("within the bounds");
        }
        args
    }
}

#[test]
fn every_example_with_any_values_has_a_sound_timeline() {
    let mut random = Random(1);
    for example in CATALOGUE {
        for _ in 0..40 {
            let args = random.args(example);
            let recorded = run::instant(example, &args, BUDGET);
            let context = format!("{} with {args:?}", example.id);
            let timeline = recorded.timeline();
            assert_eq!(timeline.end, recorded.end, "{context}");
            check(&timeline, &context);
            let Figures { makespan, work, speed_up, peak, .. } = timeline.figures();
            assert!(work <= makespan * peak as f64 + 1e-9, "{context}: {work} of {peak}");
            assert!((speed_up * makespan - work).abs() < 1e-9 || makespan == 0.0, "{context}");
            for part in 1..8 {
                let now = recorded.end * f64::from(part) / 8.0;
                check(&Timeline::until(&recorded.events, now), &context);
            }
        }
    }
}

#[test]
fn a_timeline_to_which_events_are_pushed_is_a_fold_of_all_of_them_at_every_prefix() {
    for example in CATALOGUE {
        let recorded = run::instant(example, &example.defaults(), BUDGET);
        let mut pushed = Fold::default();
        for n in 0..=recorded.events.len() {
            let events = &recorded.events[..n];
            if let Some(event) = events.last() {
                pushed.push(event);
            }
            // Seen as late as the next event may still come.
            let now = recorded.events.get(n).map_or(recorded.end, |next| next.time);
            let context = format!("{} after {n} events", example.id);
            assert_eq!(pushed.see(now), &Timeline::new(events, now), "{context}");
        }
        assert_eq!(pushed.finish(recorded.end), recorded.timeline(), "{}", example.id);
    }
}

#[test]
fn a_live_run_followed_in_pictures_is_a_fold_of_what_has_happened() {
    for example in CATALOGUE {
        let recorded = run::instant(example, &example.defaults(), BUDGET);
        let mut live = Shared::default();
        for picture in 0..=50 {
            let now = recorded.end * f64::from(picture) / 50.0;
            // The run may be ahead of what is shown, as in blocking work.
            let ahead = recorded.events.partition_point(|event| event.time <= now + 0.3);
            live.follow(&recorded.events[..ahead], now);
            let context = format!("{} at {now}", example.id);
            assert_eq!(*live.look(), Timeline::until(&recorded.events, now), "{context}");
        }
    }
}

#[test]
fn a_run_seen_in_the_middle_of_blocking_work_has_a_sound_timeline() {
    let mut run = Run::new(VirtualClock, Trace::on(), || async {
        let sleeper = create_task_named(sleep(1.5), "sleeper");
        sleep(1.0).await?;
        time_sleep(2.0);
        print("after");
        time_sleep(1.0);
        sleeper.await
    });
    while run.step() != Status::Ended {}
    let (events, end) = (run.trace().snapshot(), run.time());
    for part in 0..=16 {
        let now = end * f64::from(part) / 16.0;
        check(&Timeline::until(&events, now), &format!("{now}"));
    }
    let middle = Timeline::until(&events, 2.0);
    let main = middle.tasks[0].spans.iter().filter(|span| span.seconds() > 0.0);
    let main: Vec<&Span> = main.collect();
    let [slept, held] = main[..] else { panic!("{main:?}") };
    assert_eq!((slept.from, slept.to, held.from, held.to), (0.0, 1.0, 1.0, 2.0));
    assert!(matches!(slept.state, State::Waiting { cause: Wait::Sleep { .. }, .. }));
    assert_eq!(held.state, State::Blocking);
    assert_eq!(middle.lines, [], "not printed yet");
}

#[track_caller]
fn check(timeline: &Timeline, context: &str) {
    assert_eq!(timeline.check(), Ok(()), "{context}");
}

#[test]
fn as_many_writes_are_lost_as_the_program_counts() {
    let example = examples::find("race-and-lock").expect("it is in the catalogue");
    let mut random = Random(16);
    for _ in 0..60 {
        let args = random.args(example);
        let timeline = run::instant(example, &args, BUDGET).timeline();
        let (lost, written) = timeline.resources[0].accesses.lost_at(timeline.end);
        let lost = lost.into_iter().filter(|lost| *lost).count();
        let said = format!("{written} updates, counter {}: {lost} lost", written - lost);
        assert_eq!(timeline.lines.last().map(|line| &*line.text), Some(&*said), "{args:?}");
    }
}
