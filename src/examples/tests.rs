use super::*;

#[test]
fn every_example_is_whole() {
    for example in CATALOGUE {
        let source = python_source(example, &example.defaults());
        assert_eq!(source, example.python, "{}: the twin's constants are the defaults", example.id);
        for param in example.params {
            let line = format!("{} = {}", param.name, param.default().python());
            assert!(example.python.lines().any(|other| other == line), "{}: {line}", example.id);
            let plain = param.default().plain();
            assert_eq!(param.parse(&plain), Ok(param.default()), "{}: {plain}", example.id);
        }
        assert_eq!(find(example.id).map(|found| found.id), Some(example.id));
    }
}

#[test]
fn every_example_has_its_words_in_every_language() {
    for example in CATALOGUE {
        let params = example.params.iter().map(|param| format!("params.{}", param.name));
        let keys = ["title", "summary", "look", "try", "pitfall"].map(String::from);
        for key in keys.into_iter().chain(params) {
            let words = ["en", "zh"].map(|locale| example.word(locale, &key));
            // A key that is missing comes back as its own name.
            let missing = words.iter().any(|word| word.contains(&key) || word.is_empty());
            assert!(!missing && words[0] != words[1], "{}: {key}: {words:?}", example.id);
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
