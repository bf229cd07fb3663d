use super::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use timeline::most_at_once;

/// The folder of an example.
fn folder(example: &Example) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(example.id.replace('-', "_"))
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
fn lines_are_put_into_the_program_of_their_exercise() {
    for example in CATALOGUE {
        let python = example.source().python;
        for places in example.exercise.map_or(&[][..], |exercise| exercise.places) {
            let Places { param: name, program, .. } = places;
            let param = example.params.iter().find(|param| param.name == *name);
            let Some(Kind::Choice { options, .. }) = param.map(|param| param.kind) else {
                panic!("{}: {name} is no parameter of words", example.id)
            };
            let rows = places.rows("");
            let words: Vec<&str> = rows.iter().filter_map(|row| row.place).collect();
            assert!(words.len() > 1, "{}: {program}", example.id);
            assert!(words.iter().all(|word| options.contains(word)), "{}: {words:?}", example.id);
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{}", example.id);
            for row in rows.iter().filter(|row| row.place.is_none()) {
                let is_there = python.lines().any(|line| line.trim() == row.text);
                assert!(is_there, "{}: {} is not in the program", example.id, row.text);
            }
        }
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
        // How versions of CPython differ, where they do.
        if english.contains_key("versions") {
            wanted.insert("versions".to_owned());
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

#[test]
fn what_the_words_propose_can_be_tried_and_is_the_same_in_every_language() {
    for example in CATALOGUE {
        let texts =
            texts::LOCALES.map(|locale| texts::words_of(&folder(example), locale).expect(locale));
        let values = |text| proposals(text).0.iter().map(|one| one.values).collect::<Vec<_>>();
        let [english, chinese] = texts.each_ref().map(|words| values(&words["try"]));
        assert!(!english.is_empty(), "{}: nothing can be tried", example.id);
        assert_eq!(english, chinese, "{}", example.id);
        for proposal in english {
            let mut args = example.defaults();
            assert_eq!(args.set_all(proposal), Ok(()), "{}: {proposal}", example.id);
            assert_ne!(args, example.defaults(), "{}: {proposal} changes nothing", example.id);
        }
        for words in &texts {
            let elsewhere = words.iter().filter(|(key, text)| *key != "try" && text.contains("]("));
            assert_eq!(elsewhere.count(), 0, "{}: only `try` proposes", example.id);
        }
    }
}

#[test]
fn what_was_found_belongs_to_a_check() {
    for exercise in CATALOGUE.iter().filter_map(|example| example.exercise) {
        for (key, _) in exercise.found {
            assert!(exercise.checks.iter().any(|check| check.key == *key), "{key}");
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

#[test]
fn the_page_about_the_documents_names_every_example() {
    let page = include_str!("../../../docs/documents.md");
    let links = page.split("](../crates/examples/src/").skip(1);
    let named: BTreeSet<String> =
        links.filter_map(|rest| Some(rest.split_once(')')?.0.replace('_', "-"))).collect();
    let all: BTreeSet<String> = CATALOGUE.iter().map(|example| example.id.to_owned()).collect();
    assert_eq!(named, all);
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

#[test]
fn stray_brackets_and_quotes_are_refused() {
    let mut args = find("gather-order").expect("it is there").defaults();
    for text in ["[[0.6]", "[0.6]]", "[[0.6]]", "[0.6", "0.6]", "]0.6[", "[]0.6", "[0.6,[0.4]]"] {
        assert!(args.set("DELAYS", text).is_err(), "{text}");
    }
    for text in ["[0.6, 0.4]", "0.6,0.4", " [ 0.6,0.4 ] "] {
        assert_eq!(args.set("DELAYS", text), Ok(()), "{text}");
    }
    let with_choice = CATALOGUE.iter().find_map(|example| {
        let choice = |param: &&Param| matches!(param.kind, Kind::Choice { .. });
        Some((example, example.params.iter().find(choice)?))
    });
    let (example, param) = with_choice.expect("some example has words to choose from");
    let Kind::Choice { options, .. } = param.kind else { unreachable!("it was looked for") };
    let word = options[0];
    for text in [format!("\"{word}"), format!("{word}\""), format!("\"\"{word}\"\"")] {
        assert!(example.defaults().set(param.name, &text).is_err(), "{text}");
    }
    assert_eq!(example.defaults().set(param.name, &format!("\"{word}\"")), Ok(()));
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
