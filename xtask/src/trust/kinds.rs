//! What of others is read here, natively, by the code that the page and the commands read it with.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;
use std::path::Path;
use std::sync::OnceLock;

use examples::{CATALOGUE, find};
use search::Library;
use timeline::{Order, Timeline};

use crate::differential;
use crate::params;
use crate::site;

/// What came of an input: whether it was taken, and a number that is the same for inputs that were refused for the same
/// reason, or in which the same was found. An input with a new number is worth making others of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub taken: bool,
    pub sort: u64,
}

/// It was taken, and there was this in it.
fn taken(what: impl Hash) -> Answer {
    Answer { taken: true, sort: hashed(what) }
}

/// It was refused, with these words: what they quote, and numbers, left out.
fn refused(why: &str) -> Answer {
    let unquoted = why.split(['"', '`', '\'']).step_by(2);
    let words = unquoted.flat_map(|part| part.chars().filter(char::is_ascii_alphabetic));
    // Words of the input may stand in it all the same: those before them are what tells refusals apart.
    Answer { taken: false, sort: hashed(words.take(24).collect::<String>()) }
}

fn hashed(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// About how many.
fn about(count: usize) -> u32 {
    count.checked_ilog2().map_or(0, |log| log + 1)
}

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
    /// What a browser asks the server of the page for.
    Address,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 9] = [
        // Those that take longest first: there may be a processor for each.
        Kind::Trace,
        Kind::Search,
        Kind::Link,
        Kind::Field,
        Kind::Words,
        Kind::Listing,
        Kind::Program,
        Kind::Request,
        Kind::Address,
    ];

    /// Its name in the corpus.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// Reads an input, and does with it what is done with what was read.
    pub fn read(self, input: &[u8]) -> Answer {
        let text = String::from_utf8_lossy(input);
        match self {
            Kind::Link => link(&text),
            Kind::Field => field(&text),
            Kind::Trace => trace(input),
            Kind::Words => words(&text),
            Kind::Listing => {
                let example = &CATALOGUE[text.len() % CATALOGUE.len()];
                let source = examples::python_source(&text, &example.defaults());
                taken((about(source.len()), source.len() == text.len()))
            }
            Kind::Search => find_in(&text),
            Kind::Program => match differential::refusal(&text) {
                None => taken(about(text.len())),
                Some(why) => refused(&why),
            },
            Kind::Request => request(&text),
            Kind::Address => address(&text),
        }
    }
}

/// As the page reads an address (`src/ui/course/route.rs`), but for what `%2C` stands for, which the browser reads.
fn link(text: &str) -> Answer {
    let (id, query) = text.trim_start_matches('#').split_once('?').unwrap_or((text, ""));
    let Some(example) = find(id.trim_start_matches('#')) else { return refused("no example") };
    let mut args = example.defaults();
    let set = args.set_all(query);
    // What was taken is written again, and then says the same.
    for (param, value) in args.iter() {
        assert_eq!(
            param.parse(&value.plain()).as_ref(),
            Ok(value),
            "{} is read differently",
            param.name
        );
    }
    match set {
        Ok(_) => taken((example.id, about(query.len()))),
        Err(refusals) => refused(&format!("{refusals:?}")),
    }
}

fn field(text: &str) -> Answer {
    let (name, value) = text.split_once('\n').unwrap_or(("", text));
    let mut params = CATALOGUE.iter().flat_map(|example| example.params);
    let Some(param) = params.find(|param| param.name == name) else { return refused("no name") };
    match param.parse(value) {
        Ok(value) => {
            assert_eq!(param.parse(&value.plain()), Ok(value.clone()));
            taken((discriminant(&value), about(value.plain().len())))
        }
        Err(refusal) => {
            assert!(!refusal.to_string().is_empty());
            refused(&refusal.to_string())
        }
    }
}

fn trace(input: &[u8]) -> Answer {
    let (document, broken) = match trace_document::read(input) {
        Ok(document) => (document, None),
        Err(broken) => {
            assert!(broken.line > 0 && !broken.reason.is_empty());
            (*broken.until, Some(broken.reason))
        }
    };
    let latest = document.events.last().map_or(0.0, |event| event.time);
    let end = document.end.as_ref().map_or(latest, |end| end.time);
    let timeline = Timeline::new(&document.events, end);
    let layout = chart::Layout::of(&timeline);
    std::hint::black_box((layout.css(), timeline.figures()));
    if is_new(timeline.end) {
        std::hint::black_box(chart::axis(timeline.end));
    }
    std::hint::black_box(timeline.standing(end / 2.0));
    let sorts: Vec<_> = document.events.iter().map(|event| discriminant(&event.kind)).collect();
    let sorts: BTreeSet<u64> = sorts.into_iter().map(hashed).collect();
    let (tasks, resources) = (about(timeline.tasks.len()), about(timeline.resources.len()));
    std::hint::black_box(Order::new(document.events));
    match broken {
        None => taken((sorts, tasks, resources)),
        Some(reason) => refused(&reason),
    }
}

/// Whether a run of that length was not read yet by this thread: an axis is of nothing but its length, and takes longer than
/// all else that is done with a trace.
fn is_new(end: f64) -> bool {
    thread_local!(static SEEN: RefCell<HashSet<u64>> = RefCell::default());
    SEEN.with_borrow_mut(|seen| seen.insert(end.to_bits()))
}

/// The words of an example, or the file of all of them.
fn words(text: &str) -> Answer {
    let file = serde_json::from_str::<BTreeMap<String, String>>(text);
    let texts = file.map_or_else(|_| vec![text.to_owned()], |file| file.into_values().collect());
    let found: usize = texts.iter().map(|text| examples::proposals(text).0.len()).sum();
    Answer { taken: found > 0, sort: hashed((about(found), about(texts.len()))) }
}

fn find_in(text: &str) -> Answer {
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
    let found = course.find(wanted, 12).len();
    match Library::read(file) {
        Ok(library) => taken((found, library.index().find(wanted, 12).len())),
        Err(error) => refused(&format!("{found} {error}")),
    }
}

fn request(text: &str) -> Answer {
    let Ok(values) = serde_json::from_str::<BTreeMap<String, serde_json::Value>>(text) else {
        return refused("not JSON");
    };
    let Some(example) = values.get("example").and_then(|id| find(id.as_str()?)) else {
        return refused("no example");
    };
    let values = values.into_iter().filter(|(name, _)| name != "example").collect();
    match params::from_json(example, &values) {
        Ok(_) => taken(example.id),
        Err(error) => refused(&error.root_cause().to_string()),
    }
}

/// What the server gives out lies in its folder.
fn address(text: &str) -> Answer {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    match site::file_for(&folder, text) {
        Some(file) => {
            let (file, folder) = (file.canonicalize(), folder.canonicalize());
            let inside = file.is_ok_and(|file| folder.is_ok_and(|folder| file.starts_with(folder)));
            assert!(inside, "a file of another folder is given out");
            taken(about(text.len()))
        }
        None => refused("no file"),
    }
}
