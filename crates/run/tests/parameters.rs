//! What parameters do: each changes what happens, and exercises are solved by the right ones only.

use examples::{Args, Attempt, CATALOGUE, Example, Kind, Param, Value, find};
use std::collections::BTreeSet;

/// Handles that a run may take: as on the page.
const BUDGET: u64 = 250_000;

/// The checks of an exercise that do not hold.
fn red(example: &Example, args: &Args) -> Vec<&'static str> {
    let Some(exercise) = example.exercise else { return Vec::new() };
    let recorded = run::instant(example, args, BUDGET);
    let timeline = recorded.timeline();
    let attempt = Attempt { timeline: &timeline, ended_well: recorded.error.is_none() };
    let failed = exercise.checks.iter().filter(|check| !(check.holds)(&attempt));
    failed.map(|check| check.key).collect()
}

#[test]
fn exercises_are_unsolved_at_first_and_can_be_solved() {
    for example in CATALOGUE {
        let Some(exercise) = example.exercise else { continue };
        let mut answer = example.defaults();
        for (name, text) in exercise.answer {
            assert_eq!(answer.set(name, text), Ok(()), "{}", example.id);
        }
        assert_eq!(exercise.solution(example.defaults()), answer);
        assert!(!red(example, &example.defaults()).is_empty(), "{}: nothing to do", example.id);
        assert_eq!(red(example, &answer), [""; 0], "{}", example.id);
    }
}

/// Other values of a parameter.
fn others(param: &Param, now: &Value) -> Vec<Value> {
    let all = match param.kind {
        Kind::Float { min, max, step, default } => {
            vec![Value::Float((default + step).min(max)), Value::Float(min), Value::Float(max)]
        }
        Kind::Int { min, max, default } => {
            vec![Value::Int((default + 1).min(max)), Value::Int(min), Value::Int(max)]
        }
        Kind::Bool { .. } => vec![Value::Bool(false), Value::Bool(true)],
        Kind::Choice { options, .. } => options.iter().copied().map(Value::Choice).collect(),
        Kind::Floats { default, max, min_len, .. } => vec![
            Value::Floats(vec![max; default.len()]),
            Value::Floats(default.iter().copied().cycle().take(min_len).collect()),
        ],
    };
    all.into_iter().filter(|value| value != now).collect()
}

/// The values to begin with, and each of them with another word, switch or whole number.
fn starts(example: &Example) -> Vec<Args> {
    let mut starts = vec![example.defaults()];
    for param in example.params {
        if matches!(param.kind, Kind::Bool { .. } | Kind::Choice { .. } | Kind::Int { .. }) {
            for value in others(param, &param.default()) {
                let mut args = example.defaults();
                assert_eq!(args.set(param.name, &value.plain()), Ok(()));
                starts.push(args);
            }
        }
    }
    starts
}

#[test]
fn every_parameter_changes_what_happens() {
    let seen = |example: &Example, args: &Args| {
        let recorded = run::instant(example, args, BUDGET);
        (recorded.timeline(), recorded.end)
    };
    for example in CATALOGUE {
        for param in example.params {
            let matters = starts(example).iter().any(|args| {
                let before = seen(example, args);
                let now = args.get(param.name).expect("it is one of them").clone();
                others(param, &now).iter().any(|value| {
                    let mut args = args.clone();
                    assert_eq!(args.set(param.name, &value.plain()), Ok(()));
                    seen(example, &args) != before
                })
            });
            assert!(matters, "{}: {} changes nothing", example.id, param.name);
        }
    }
}

/// All values worth trying of a parameter: every word and whole number, and a dozen of a range.
fn values(param: &Param) -> Vec<String> {
    match param.kind {
        Kind::Bool { .. } => vec!["False".into(), "True".into()],
        Kind::Choice { options, .. } => options.iter().map(|word| (*word).into()).collect(),
        Kind::Int { min, max, .. } => (min..=max).map(|number| number.to_string()).collect(),
        Kind::Float { min, max, step, .. } => {
            let on_grid = |k: i32| min + step * ((max - min) / step * f64::from(k) / 11.0).round();
            (0..12).map(|k| on_grid(k).min(max).to_string()).collect()
        }
        Kind::Floats { .. } => vec![param.default().plain()],
    }
}

/// All combinations of such values.
fn combinations(example: &Example) -> Vec<Args> {
    let mut all = vec![example.defaults()];
    for param in example.params {
        let with = |args: &Args, text: &str| {
            let mut args = args.clone();
            assert_eq!(args.set(param.name, text), Ok(()), "{}: {text}", example.id);
            args
        };
        let values = values(param);
        all = all.iter().flat_map(|args| values.iter().map(|text| with(args, text))).collect();
    }
    all
}

/// The words chosen, without the numbers.
fn choices(args: &Args) -> String {
    let words = args.iter().filter_map(|(_, value)| match value {
        Value::Bool(_) | Value::Choice(_) => Some(value.plain()),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The choices with which each exercise can be solved, whatever its numbers.
const RIGHT: &[(&str, &[&str])] = &[
    ("exercise-downloads", &["semaphore longest-first"]),
    ("exercise-api-client", &["shared released"]),
    (
        "exercise-producer-consumer",
        &[
            "after-work False sentinel-each",
            "after-work False shutdown",
            "after-work True cancel",
            "after-work True sentinel-each",
            "after-work True shutdown",
            "after-work True shutdown-now",
            "never False sentinel-each",
            "never False shutdown",
            "on-get False sentinel-each",
            "on-get False shutdown",
            "on-get True sentinel-each",
            "on-get True shutdown",
            "on-get True shutdown-now",
        ],
    ),
    ("exercise-timeout", &["around-each skip", "wait raise", "wait retry", "wait skip"]),
    ("exercise-rate-limit", &["hold-a-second", "paced", "token-bucket"]),
    ("exercise-crawler", &["at-check each-site after-permit"]),
    ("exercise-files", &["executor after-await"]),
    ("exercise-chat", &["two-tasks quit-line await", "two-tasks write-eof await"]),
    ("exercise-web-server", &["to_thread everything in-finally"]),
];

#[test]
fn exercises_are_solved_by_the_right_choices_only() {
    let exercises = CATALOGUE.iter().filter(|example| example.exercise.is_some());
    assert!(exercises.map(|example| example.id).eq(RIGHT.iter().map(|(id, _)| *id)));
    for (id, right) in RIGHT {
        let example = find(id).expect("it is in the catalogue");
        let solved = combinations(example).into_iter().filter(|args| red(example, args).is_empty());
        let solved: BTreeSet<String> = solved.map(|args| choices(&args)).collect();
        assert_eq!(solved.iter().map(String::as_str).collect::<Vec<_>>(), right.to_vec(), "{id}");
    }
}
