//! What of others is read here, natively, by the code that the page and the commands read it with.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use examples::{CATALOGUE, find};
use search::Library;
use timeline::{Order, Timeline};

use crate::differential;
use crate::params;

/// A kind of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What an address says from `#` on.
    Link,
    /// A value in the field of a parameter: its first line names the parameter.
    Field,
    /// A recorded trace.
    Trace,
    /// The words of an example, with the values that they propose.
    Words,
    /// A program whose constants are set.
    Listing,
    /// The file of what can be found, and what is typed to find something.
    Search,
    /// A program of the random programs' language.
    Program,
    /// Values for a run that is asked for.
    Request,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 8] = [
        Kind::Link,
        Kind::Field,
        Kind::Trace,
        Kind::Words,
        Kind::Listing,
        Kind::Search,
        Kind::Program,
        Kind::Request,
    ];

    /// Its name in the corpus.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// Reads an input, and does with it what is done with what was read; says whether it was taken.
    pub fn read(self, input: &[u8]) -> bool {
        let text = String::from_utf8_lossy(input);
        match self {
            Kind::Link => link(&text),
            Kind::Field => field(&text),
            Kind::Trace => trace(input),
            Kind::Words => !examples::proposals(&text).0.is_empty(),
            Kind::Listing => {
                let example = &CATALOGUE[text.len() % CATALOGUE.len()];
                !examples::python_source(&text, &example.defaults()).is_empty()
            }
            Kind::Search => find_in(&text),
            Kind::Program => differential::is_program(&text),
            Kind::Request => request(&text),
        }
    }
}

/// As the page reads an address (`src/ui/course/route.rs`), but for what `%2C` stands for, which the browser reads.
fn link(text: &str) -> bool {
    let (id, query) = text.trim_start_matches('#').split_once('?').unwrap_or((text, ""));
    let Some(example) = find(id.trim_start_matches('#')) else { return false };
    let mut args = example.defaults();
    let taken = args.set_all(query).is_ok();
    // What was taken is written again, and then says the same.
    for (param, value) in args.iter() {
        assert_eq!(
            param.parse(&value.plain()).as_ref(),
            Ok(value),
            "{} is read differently",
            param.name
        );
    }
    taken
}

fn field(text: &str) -> bool {
    let (name, value) = text.split_once('\n').unwrap_or(("", text));
    let mut params = CATALOGUE.iter().flat_map(|example| example.params);
    let Some(param) = params.find(|param| param.name == name) else { return false };
    match param.parse(value) {
        Ok(value) => {
            assert_eq!(param.parse(&value.plain()), Ok(value));
            true
        }
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            false
        }
    }
}

fn trace(input: &[u8]) -> bool {
    let (document, taken) = match trace_document::read(input) {
        Ok(document) => (document, true),
        Err(broken) => {
            assert!(broken.line > 0 && !broken.reason.is_empty());
            (*broken.until, false)
        }
    };
    let latest = document.events.last().map_or(0.0, |event| event.time);
    let end = document.end.as_ref().map_or(latest, |end| end.time);
    let timeline = Timeline::new(&document.events, end);
    let layout = chart::Layout::of(&timeline);
    std::hint::black_box((chart::axis(timeline.end), layout.css(), timeline.figures()));
    std::hint::black_box(timeline.standing(end / 2.0));
    std::hint::black_box(Order::new(document.events));
    taken
}

fn find_in(text: &str) -> bool {
    let (wanted, file) = text.split_once('\n').unwrap_or((text, ""));
    static COURSE: OnceLock<search::Index> = OnceLock::new();
    let course = COURSE.get_or_init(|| {
        let documents = CATALOGUE.iter().map(|example| {
            search::Document::new(example.id)
                .with(1.0, example.title("en"))
                .with(1.0, example.title("zh"))
        });
        search::Index::new(documents.collect())
    });
    std::hint::black_box(course.find(wanted, 12));
    match Library::read(file) {
        Ok(library) => {
            std::hint::black_box(library.index().find(wanted, 12));
            true
        }
        Err(_) => false,
    }
}

fn request(text: &str) -> bool {
    let Ok(values) = serde_json::from_str::<BTreeMap<String, serde_json::Value>>(text) else {
        return false;
    };
    let Some(example) = values.get("example").and_then(|id| find(id.as_str()?)) else {
        return false;
    };
    let values = values.into_iter().filter(|(name, _)| name != "example").collect();
    params::from_json(example, &values).is_ok()
}
