use super::*;
use crate::timeline::most_at_once;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of an example.
fn folder(example: &Example) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/examples").join(example.id.replace('-', "_"))
}

#[test]
fn every_example_is_whole() {
    for example in CATALOGUE {
        let python = example.source().python;
        let source = python_source(python, &example.defaults());
        assert_eq!(source, python, "{}: the twin's constants are the defaults", example.id);
        for param in example.params {
            let line = format!("{} = {}", param.name, param.default().python());
            let is_constant = python.lines().any(|other| other == line);
            assert_ne!(is_constant, param.is_of_network(), "{}: {line}", example.id);
            let plain = param.default().plain();
            assert_eq!(param.parse(&plain), Ok(param.default()), "{}: {plain}", example.id);
            if let Kind::Choice { options, .. } = param.kind {
                let plain = |option: &&str| !option.contains([' ', ',', '"', '[', ']', '&', '=']);
                assert!(options.iter().all(plain), "{}: {options:?} in a link", example.id);
            }
        }
        assert_eq!(find(example.id).map(|found| found.id), Some(example.id));
        assert!(folder(example).is_dir(), "{}: named as its folder", example.id);
    }
}

#[test]
fn no_id_stands_twice_and_chapters_follow_one_another() {
    let ids: BTreeSet<&str> = CATALOGUE.iter().map(|example| example.id).collect();
    assert_eq!(ids.len(), CATALOGUE.len());
    let chapters: Vec<Chapter> = CATALOGUE.iter().map(|example| example.chapter).collect();
    assert!(chapters.is_sorted(), "{chapters:?}");
    assert_eq!(FIRST.id, CATALOGUE[0].id);
    assert_eq!(TITLES.len(), CATALOGUE.len(), "a folder that is not in the catalogue");
}

#[test]
fn every_example_has_its_words_in_every_language() {
    for example in CATALOGUE {
        let id = example.id;
        let [english, chinese] =
            texts::LOCALES.map(|locale| texts::words_of(&folder(example), locale).expect(locale));
        let keys = |words: &texts::Words| words.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&english), keys(&chinese), "{id}");
        let params = example.params.iter().map(|param| format!("params.{}", param.name));
        let wanted = ["title", "summary", "look", "try", "pitfall"].map(String::from);
        let mut wanted: BTreeSet<String> = wanted.into_iter().chain(params).collect();
        if let Some(exercise) = example.exercise {
            wanted.extend(["task", "answer", "hints.0", "hints.1"].map(String::from));
            wanted.extend(exercise.checks.iter().map(|check| format!("checks.{}", check.key)));
        }
        for key in &wanted {
            let (Some(one), Some(other)) = (english.get(key), chinese.get(key)) else {
                panic!("{id}: no word for {key}");
            };
            assert!(!one.is_empty() && one != other, "{id}: {key}: {one:?} {other:?}");
        }
        for key in english.keys().filter(|key| !key.starts_with("hints.")) {
            assert!(wanted.contains(key), "{id}: nothing says {key}");
        }
        for locale in texts::LOCALES {
            assert_eq!(
                example.title(locale),
                texts::words_of(&folder(example), locale).expect(locale)["title"]
            );
        }
    }
}

/// What a twin plainly calls: `asyncio.NAME(`, and `.NAME(`.
fn calls(twin: &str, prefix: &str) -> BTreeSet<String> {
    let calls = twin.split(prefix).skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        rest[end..].starts_with('(').then(|| rest[..end].to_owned())
    });
    calls.collect()
}

#[test]
fn every_example_names_the_operations_that_its_twin_uses() {
    for example in CATALOGUE {
        let (id, twin) = (example.id, example.source().python);
        for name in calls(twin, "asyncio.") {
            let goes_without_saying = ["run", "sleep"].contains(&name.as_str());
            assert!(
                goes_without_saying || example.operations.contains(&name.as_str()),
                "{id}: {name}"
            );
        }
        for operation in example.operations {
            let name = operation.rsplit('.').next().unwrap_or(operation);
            assert!(twin.contains(name) || twin.contains("async with"), "{id}: {operation}");
        }
    }
}

/// The checks of an exercise that do not hold.
fn red(example: &Example, args: &Args) -> Vec<&'static str> {
    let Some(exercise) = example.exercise else { return Vec::new() };
    let recorded = crate::run::instant(example, args);
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

#[test]
fn the_page_about_the_documents_names_every_example() {
    let page = include_str!("../../docs/documents.md");
    let links = page.split("](../src/examples/").skip(1);
    let named: BTreeSet<String> =
        links.filter_map(|rest| Some(rest.split_once(')')?.0.replace('_', "-"))).collect();
    let all: BTreeSet<String> = CATALOGUE.iter().map(|example| example.id.to_owned()).collect();
    assert_eq!(named, all);
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

/// The values to begin with, and each of them with another word or switch.
fn starts(example: &Example) -> Vec<Args> {
    let mut starts = vec![example.defaults()];
    for param in example.params {
        if matches!(param.kind, Kind::Bool { .. } | Kind::Choice { .. }) {
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
        let recorded = crate::run::instant(example, args);
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

#[test]
fn bad_values_are_refused_and_change_nothing() {
    let example = find("gather-order").expect("it is in the catalogue");
    let mut args = example.defaults();
    assert_eq!(args.set("DELAYS", "1, x"), Err(Refusal::NotANumber));
    assert!(matches!(args.set("DELAYS", "[1.0, 1e9]"), Err(Refusal::OutOfRange { .. })));
    assert!(matches!(args.set("DELAYS", ""), Err(Refusal::BadLength { .. })));
    assert!(matches!(args.set("NONE", "1"), Err(Refusal::UnknownName(_))));
    assert_eq!(args, example.defaults());
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

#[test]
fn a_window_slides_and_its_end_does_not_count() {
    let times = [0.0, 0.5, 0.9, 1.0, 1.4, 3.0];
    assert_eq!(most_in_window(&times, 1.0), 4);
    assert_eq!(most_in_window(&times, 0.5), 2);
    // 0.1 + 0.2 is a rounding above 0.3, which begins the next window all the same.
    assert_eq!(most_in_window(&[0.1, 0.3], 0.2), 1);
    assert_eq!(most_in_window(&[], 1.0), 0);
    assert_eq!(most_at_once([(0.0, 1.0), (0.5, 1.5), (1.0, 2.0)].into_iter()), 2);
}
