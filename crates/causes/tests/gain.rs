//! What is said to be gained is gained: examples and made-up programs are run again with the lengths behind it shorter.

mod programs;

use causes::{Causes, Kind};
use examples::{Args, CATALOGUE, Example, Unit, Value};
use programs::{Program, record};
use run::instant;
use std::mem::discriminant;
use timeline::Order;
use trace::{Event, EventKind};

const BUDGET: u64 = 200_000;
/// By how much a value is changed to see what hangs on it, in seconds.
const LITTLE: f64 = 1e-5;
/// How far from a limit made-up programs are run again, in seconds; with it, too, sums are exact.
const STEP: f64 = 1.0 / 1024.0;
/// Examples that compute with the time: what they sleep depends on when they do. See [`Causes::gain`].
const WITH_CLOCK: &[&str] = &["ttl-cache"];

#[test]
fn what_examples_gain_by_a_parameter_is_what_was_said() {
    let mut said = 0;
    for example in CATALOGUE.iter().copied().filter(|example| !WITH_CLOCK.contains(&example.id)) {
        for name in lengths(example) {
            let checked = check_parameter(example, &example.defaults(), &name);
            said += usize::from(checked.unwrap_or_else(|wrong| panic!("{wrong}")));
        }
    }
    assert!(said > 200, "only {said} parameters could be looked at");
}

/// The same where another parameter is at its least or its most: what hangs on a length is another then.
#[test]
fn so_it_is_at_both_ends_of_every_parameter() {
    let (mut said, mut wrong) = (0, Vec::new());
    // Of work that is longer than a limit, debug mode logs how long it was.
    let measures = |id: &str| WITH_CLOCK.contains(&id) || id == "debug-slow";
    for example in CATALOGUE.iter().copied().filter(|example| !measures(example.id)) {
        // One length of each example with each end: all would be many thousands of runs.
        let lengths = lengths(example);
        for (n, (param, value)) in example
            .params
            .iter()
            .flat_map(|param| param.ends().into_iter().map(move |value| (param, value)))
            .enumerate()
        {
            let mut args = example.defaults();
            args.set(param.name, &value.plain()).expect("it is within its bounds");
            let others: Vec<_> = lengths.iter().filter(|length| length.0 != param.name).collect();
            if let Some(name) = others.get(n % others.len().max(1)) {
                match check_parameter(example, &args, name) {
                    Ok(could) => said += usize::from(could),
                    Err(it) => wrong.push(format!("{} = {}: {it}", param.name, value.plain())),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(said > 300, "only {said} could be looked at");
}

/// A number from the environment, which chooses other programs and more of them.
fn chosen(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().expect("it is a number"))
}

/// The same programs each time, unless `PROPTEST_RNG_SEED` says otherwise; as many as `PROPTEST_CASES` says.
#[test]
fn what_programs_gain_by_a_sleep_is_what_was_said() {
    let (mut gained, mut limited) = (0, 0);
    let (first, count) = (chosen("PROPTEST_RNG_SEED", 0), chosen("PROPTEST_CASES", 400));
    for seed in (0..count).map(|n| first.wrapping_add(n)) {
        let program = Program::new(seed);
        let (events, end) = record(&program, &program.lengths);
        let order = Order::new(events.clone());
        let causes = Causes::of(&order);
        for piece in causes.critical() {
            assert!(matches!(piece.kind, Kind::Sleep | Kind::Held | Kind::Timeout), "{piece:?}");
            let gain = causes.gain(&[piece.event]).expect("all is explained");
            let index = program.index_of(piece.seconds(), &events[piece.event]);
            let Some(index) = index else { continue };
            if gain.up_to > 2.0 * STEP {
                let less = gain.up_to - STEP;
                let (shorter, now) = record(&program, &program.shortened(index, less));
                let gone = f64::from(gain.per_second) * less;
                assert!(
                    (end - now - gone).abs() < 1e-9,
                    "seed {seed}: {end} − {now} is not {gone}"
                );
                assert_eq!(shape(&shorter), shape(&events), "seed {seed}: {piece:?} {gain:?}");
                gained += 1;
            }
            if gain.limit.is_some() && gain.up_to + STEP < program.lengths[index] {
                let (shorter, _) = record(&program, &program.shortened(index, gain.up_to + STEP));
                assert_ne!(shape(&shorter), shape(&events), "seed {seed}: {piece:?} {gain:?}");
                limited += 1;
            }
        }
    }
    println!("{count} programs from seed {first} on: {gained} gains, {limited} limits");
    assert!(gained > count && limited > count / 2, "{gained} gains, {limited} limits");
}

/// The parameters of an example that are lengths of time, one for each element of a list.
fn lengths(example: &'static Example) -> Vec<(&'static str, Option<usize>)> {
    let args = example.defaults();
    let seconds = args
        .iter()
        .filter(|(param, _)| matches!(param.unit, Unit::Seconds) && !param.is_of_network());
    let names = seconds.flat_map(|(param, value)| match value {
        Value::Float(_) => vec![(param.name, None)],
        Value::Floats(values) => (0..values.len()).map(|n| (param.name, Some(n))).collect(),
        _ => Vec::new(),
    });
    names.collect()
}

/// These values with one length less; nothing where that is less than it may be.
fn less(args: &Args, name: &(&'static str, Option<usize>), by: f64) -> Option<Args> {
    let mut args = args.clone();
    let text = match (args.get(name.0)?, name.1) {
        (Value::Float(value), _) => format!("{}", value - by),
        (Value::Floats(values), Some(n)) => {
            let of =
                |(m, value): (usize, &f64)| format!("{}", if m == n { value - by } else { *value });
            values.iter().enumerate().map(of).collect::<Vec<_>>().join(",")
        }
        _ => return None,
    };
    args.set(name.0, &text).ok().map(|()| args)
}

/// Checks what is said of all that hangs on a parameter; false where nothing can be said, an error where it is not so.
fn check_parameter(
    example: &'static Example,
    values: &Args,
    name: &(&'static str, Option<usize>),
) -> Result<bool, String> {
    let recorded = instant(example, values, BUDGET);
    let Some(args) = less(values, name, LITTLE) else { return Ok(false) };
    let little = instant(example, &args, BUDGET);
    if shape(&little.events) != shape(&recorded.events) {
        return Ok(false);
    }
    // What hangs on it: lengths that are as much less. What is a multiple of it is none of the parts.
    let changed: Vec<f64> = recorded
        .events
        .iter()
        .zip(&little.events)
        .map(|(a, b)| (length(a) - length(b)) / LITTLE)
        .collect();
    let whole = |change: &f64| change.abs() < 1e-3 || (change - 1.0).abs() < 1e-3;
    let order = Order::new(recorded.events.clone());
    let causes = Causes::of(&order);
    let Some(job_lengths) = jobs(&recorded.events, &little.events) else { return Ok(false) };
    let parts: Vec<usize> =
        (0..changed.len()).filter(|n| changed[*n] > 0.5).chain(job_lengths).collect();
    if parts.is_empty() || !changed.iter().all(whole) {
        return Ok(false);
    }
    let Some(gain) = causes.gain(&parts) else { return Ok(false) };
    if gain.up_to < 0.002 {
        return Ok(false);
    }
    let by = gain.up_to.min(10.0) - 0.001;
    let Some((by, args)) =
        [by, by / 2.0, LITTLE].into_iter().find_map(|by| Some((by, less(values, name, by)?)))
    else {
        return Ok(false);
    };
    let now = instant(example, &args, BUDGET);
    let said = f64::from(gain.per_second) * by;
    let about = format!("{} {name:?} less by {by}: {gain:?}", example.id);
    let gained = recorded.end - now.end;
    if (gained - said).abs() >= 1e-6 {
        return Err(format!("{about}: {gained} is not {said}"));
    }
    if shape(&now.events) != shape(&recorded.events) {
        return Err(format!("{about}: the order is another"));
    }
    Ok(true)
}

/// How long what an event begins takes, in seconds.
fn length(event: &Event) -> f64 {
    match &event.kind {
        EventKind::TimerSet { due, .. } => due - event.time,
        EventKind::Blocked { seconds, .. } => *seconds,
        _ => 0.0,
    }
}

/// The beginnings of jobs that are shorter in the other run; none where one is shorter by a multiple.
fn jobs(events: &[Event], other: &[Event]) -> Option<Vec<usize>> {
    let ends = |n: usize| {
        match &events[n].kind {
        EventKind::JobBegan { id, job, .. } => (n..events.len()).find(|end| {
            matches!(&events[*end].kind, EventKind::JobEnded { id: pool, job: number, .. } if (pool, number) == (id, job))
        }),
        _ => None,
    }
    };
    let shorter = |n: usize| {
        let length = |events: &[Event], end: usize| events[end].time - events[n].time;
        ends(n).map_or(0.0, |end| (length(events, end) - length(other, end)) / LITTLE)
    };
    let jobs: Vec<(usize, f64)> =
        (0..events.len()).map(|n| (n, shorter(n))).filter(|job| job.1 > 0.5).collect();
    jobs.iter().all(|job| job.1 < 1.5).then(|| jobs.iter().map(|job| job.0).collect())
}

/// What happened, without its times.
fn shape(events: &[Event]) -> Vec<(std::mem::Discriminant<EventKind>, u64)> {
    let who = |event: &Event| match &event.kind {
        EventKind::StepBegan { task, .. }
        | EventKind::Woken { task, .. }
        | EventKind::Finished { task, .. }
        | EventKind::Suspended { task, .. } => u64::from(task.0),
        EventKind::HandleBegan { handle } | EventKind::TimerFired { handle } => u64::from(handle.0),
        _ => 0,
    };
    events.iter().map(|event| (discriminant(&event.kind), who(event))).collect()
}
