//! What can be found in the course, for the page's search: every example's texts, with what it prints.

use crate::Result;
use examples::{Args, CATALOGUE, Example};
use search::{Library, Source};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use texts::{LOCALES, words_of};
use trace::{EventKind, Log};

/// Handles after which a run for its printed lines is given up.
const BUDGET: u64 = 250_000;

/// What can be found, of the folder of the examples and the symptoms beside it.
///
/// # Errors
/// When a text cannot be read.
pub fn library(examples: &Path) -> Result<Library> {
    let symptoms = examples.parent().unwrap_or(examples).join("symptoms.toml");
    let mut library: Library = toml::from_str(&fs::read_to_string(symptoms)?)?;
    let mut also = std::mem::take(&mut library.also);
    for example in CATALOGUE {
        let found = source(example, &examples.join(example.id.replace('-', "_")))?;
        library.sources.push(Source { also: also.remove(example.id).unwrap_or_default(), ..found });
    }
    match also.into_keys().next() {
        Some(id) => Err(format!("symptoms.toml has words for {id}, which is no example").into()),
        None => Ok(library),
    }
}

fn source(example: &Example, folder: &Path) -> Result<Source> {
    let mut words = Vec::new();
    let mut values = vec![example.defaults()];
    for locale in LOCALES {
        let texts = words_of(folder, locale)?;
        for key in ["summary", "look", "try", "pitfall", "versions", "task"] {
            words.extend(texts.get(key).map(|text| without_values(text)));
        }
        if values.len() == 1 {
            values.extend(texts.get("try").into_iter().flat_map(|text| proposed(example, text)));
        }
    }
    // Each line once, numbers left out of account: "worker 1: took job 3".
    let printed: BTreeSet<String> = values.iter().flat_map(|args| printed(example, args)).collect();
    Ok(Source {
        id: example.id.to_owned(),
        titles: LOCALES.map(|locale| example.title(locale)).join("\n"),
        operations: example.operations.join(" "),
        printed: printed.into_iter().collect::<Vec<_>>().join("\n"),
        words: words.join("\n"),
        also: String::new(),
        twin: each_once(&fs::read_to_string(folder.join("twin.py"))?),
    })
}

/// The lines of a program, each once: a search asks only whether something stands there.
fn each_once(program: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in program.lines().map(str::trim) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// A text without the values that it proposes.
fn without_values(text: &str) -> String {
    let (found, rest) = examples::proposals(text);
    found.iter().flat_map(|proposal| [proposal.before, proposal.words]).chain([rest]).collect()
}

fn proposed(example: &Example, text: &str) -> Vec<Args> {
    let args = examples::proposals(text).0.into_iter().map(|proposal| {
        let mut args = example.defaults();
        // What cannot be set is found by a test of the examples.
        let _ = args.set_all(proposal.values);
        args
    });
    args.collect()
}

fn printed(example: &Example, args: &Args) -> BTreeSet<String> {
    let recorded = run::instant(example, args, BUDGET);
    let texts = recorded.events.iter().filter_map(|event| match &event.kind {
        EventKind::Printed { text, .. } => Some(text.to_string()),
        EventKind::Logged { log, .. } => Some(said(log)),
        _ => None,
    });
    let mut lines: BTreeSet<String> =
        texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    lines.extend(recorded.error.map(|error| error.to_string()));
    lines
        .into_iter()
        .map(|line| line.chars().filter(|letter| !letter.is_ascii_digit()).collect())
        .collect()
}

/// What is logged, as it is read: the message, and the exception that it is about.
fn said(log: &Log) -> String {
    match &log.error {
        Some(error) => format!("{}\n{error}", log.message),
        None => log.message.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examples::{Kind, Value};
    use std::collections::BTreeMap;
    use std::sync::OnceLock;

    fn course() -> &'static Library {
        static COURSE: OnceLock<Library> = OnceLock::new();
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/src");
        COURSE.get_or_init(|| library(&examples).expect("the course"))
    }

    #[test]
    fn the_file_is_read_as_it_was_written() {
        let course = course();
        assert_eq!(Library::read(&course.write()).as_ref(), Ok(course));
    }

    #[test]
    fn every_symptom_leads_to_examples_and_each_is_found_by_its_own_words() {
        let course = course();
        let index = course.index();
        for symptom in &course.symptoms {
            assert!(!symptom.examples.is_empty(), "{}", symptom.en);
            for id in &symptom.examples {
                assert!(examples::find(id).is_some(), "{}: no example {id}", symptom.en);
            }
            for said in [&symptom.en, &symptom.zh] {
                let hits = index.find(said, 3);
                let first = hits.iter().map(|hit| hit.id.as_str());
                let found: Vec<_> = first.collect();
                assert!(
                    symptom.examples.iter().take(2).any(|id| found.contains(&id.as_str())),
                    "{said}: {found:?}"
                );
            }
        }
    }

    /// As people type it: short, long, with errors, pasted, in the words of a message, in either language. What people
    /// type has no end, and neither have its misses: one of thirty may be, also of those by which nothing was mended.
    #[test]
    fn what_people_type_is_among_the_first_three() {
        let index = course().index();
        for (file, least) in
            [(include_str!("../asked.txt"), 1100), (include_str!("../held.txt"), 60)]
        {
            let (mut missed, mut all) = (Vec::new(), 0);
            let asked = file.lines().filter(|line| !line.starts_with("# "));
            for (typed, wanted) in asked.filter_map(|line| line.rsplit_once(" = ")) {
                all += 1;
                let wanted: Vec<_> = wanted.split(' ').collect();
                assert!(wanted.iter().all(|id| examples::find(id).is_some()), "{wanted:?}");
                let found: Vec<_> = index.find(typed, 3).into_iter().map(|hit| hit.id).collect();
                if !found.iter().any(|id| wanted.contains(&id.as_str())) {
                    missed.push(format!("{typed}: {found:?}"));
                }
            }
            assert!(all >= least, "{all}");
            assert!(missed.len() * 30 <= all, "{} of {all}: {missed:#?}", missed.len());
        }
    }

    /// An example's values to begin with, and each parameter at both ends of its range.
    fn at_both_ends(example: &Example) -> Vec<Args> {
        let mut all = vec![example.defaults()];
        for param in example.params {
            let ends: Vec<Value> = match param.kind {
                Kind::Float { min, max, .. } => vec![Value::Float(min), Value::Float(max)],
                Kind::Int { min, max, .. } => vec![Value::Int(min), Value::Int(max)],
                Kind::Bool { .. } => vec![Value::Bool(false), Value::Bool(true)],
                Kind::Choice { options, .. } => {
                    options.iter().copied().map(Value::Choice).collect()
                }
                Kind::Floats { default, min, max, .. } => vec![
                    Value::Floats(vec![min; default.len()]),
                    Value::Floats(vec![max; default.len()]),
                ],
            };
            for end in ends {
                let mut args = example.defaults();
                assert_eq!(args.set(param.name, &end.plain()), Ok(()), "{}", example.id);
                all.push(args);
            }
        }
        all
    }

    /// The exception, or warning, that a message names.
    fn exception_in(message: &str) -> Option<&str> {
        let ends =
            ["Error", "Warning", "Group", "Iteration", "QueueFull", "QueueEmpty", "ShutDown"];
        let mut words = message.split(|letter: char| !letter.is_alphanumeric());
        words.find(|word| {
            word.starts_with(char::is_uppercase) && ends.iter().any(|end| word.ends_with(end))
        })
    }

    /// The messages of a run: what CPython logs and warns of, the exceptions that are printed, and the one that ends it.
    fn messages(example: &Example, args: &Args) -> Vec<String> {
        let recorded = run::instant(example, args, 20_000);
        let logged = recorded.events.iter().filter_map(|event| match &event.kind {
            EventKind::Logged { log, .. } => Some(said(log)),
            EventKind::Printed { text, .. } if exception_in(text).is_some() => {
                Some(text.to_string())
            }
            _ => None,
        });
        logged.chain(recorded.error.map(|error| error.to_string())).collect()
    }

    /// A message without what differs from run to run.
    fn kind_of(message: &str) -> String {
        message.chars().filter(|letter| letter.is_alphabetic()).take(60).collect()
    }

    #[test]
    fn every_message_of_cpython_leads_to_examples_in_which_it_is_said_or_that_explain_it() {
        let course = course();
        let index = course.index();
        let mut told: BTreeMap<String, (String, BTreeSet<&str>)> = BTreeMap::new();
        for example in CATALOGUE {
            for args in at_both_ends(example) {
                for message in messages(example, &args) {
                    let kind = told.entry(kind_of(&message)).or_default();
                    kind.0 = message;
                    kind.1.insert(example.id);
                }
            }
        }
        assert!(told.len() > 20, "{told:?}");
        let mut missed = Vec::new();
        for (message, said_in) in told.values() {
            let first = message.split([':', '\n']).next().unwrap_or_default();
            let name = exception_in(message).unwrap_or(first);
            let names = |symptom: &&search::Symptom| {
                symptom.en.contains(name) || symptom.also.contains(name)
            };
            let explained = course.symptoms.iter().filter(names);
            let explained: BTreeSet<_> = explained.flat_map(|symptom| &symptom.examples).collect();
            let found: Vec<_> = index.find(message, 3).into_iter().map(|hit| hit.id).collect();
            if !found.iter().any(|id| said_in.contains(id.as_str()) || explained.contains(id)) {
                missed.push(format!("{message} of {said_in:?}: {found:?}"));
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }
}
