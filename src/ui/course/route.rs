//! What the address says: `#example?NAME=VALUE&…&world=…&at=SECONDS&by=order&task=NAME&view=FROM~TO&range=FROM~TO`
//! `&top=NAMES&hide=NAMES&fold=NAMES&order=NAMES&pin=…&note=…`.

use super::sight::Looked;
use crate::ui::notes::{self, Note};
use crate::ui::shell::{Language, beginning, is_embedded, store, window};
use crate::ui::whatif;
use examples::{Args, CATALOGUE, Example, Kind, find};
use js_sys::encode_uri_component;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// Under what the address that the reader came to last is kept; `index.html` goes on there.
const LAST: &str = "coroscope.last";

/// Keeps the present address as that which the reader came to last.
pub fn remember() {
    keep(&present());
}

/// Keeps an address for the next visit; what is shown in a frame is not what the reader came to.
fn keep(address: &str) {
    if !is_embedded() {
        store::set(LAST, address);
    }
}

/// What an address asks for, and what of it could not be used.
pub struct Route {
    /// The example.
    pub example: &'static Example,
    /// Its parameters; the defaults where the address says nothing usable.
    pub args: Args,
    /// How the run is looked at.
    pub looked: Looked,
    /// The run that it is to be compared with: an example with values.
    pub pin: Option<(&'static Example, Args)>,
    /// What is noted on the run.
    pub notes: Vec<Note>,
    /// What could not be used, and what could be.
    pub refused: Vec<String>,
    /// Parts that this version of the page knows nothing of, as they are written.
    pub unknown: Vec<String>,
}

impl Route {
    /// Reads the address of the page.
    pub fn read(language: Language) -> Self {
        Route::parse(&present(), language)
    }

    /// Reads the part of an address from `#` on.
    pub fn parse(hash: &str, language: Language) -> Self {
        let hash = hash.trim_start_matches('#');
        let (id, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut refused = Vec::new();
        let example = find(id).unwrap_or_else(|| {
            if !id.is_empty() {
                refused.push(language.fill("page.unknown_example", &[("id", id)]));
            }
            CATALOGUE[0]
        });
        let mut args = example.defaults();
        let (mut looked, mut pin, mut notes) = (Looked::default(), None, Vec::new());
        let mut unknown = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decoded = decode(value);
            if looked.take(name, value) {
                continue;
            } else if name == WORLD {
                let world = whatif::read_world(&decoded);
                args.set_world(world);
                if world.is_some() {
                    continue;
                }
            } else if name == NOTE {
                if let Some(note) = Note::read(&decoded).filter(|_| notes.len() < notes::MOST) {
                    notes.push(note);
                    continue;
                }
            } else if name == PIN {
                pin = whatif::read_pin(example, &decoded);
                if pin.is_some() {
                    continue;
                }
            } else if args.set(name, &decoded).is_ok() {
                continue;
            }
            let part = part(name, &decoded);
            let allowed = allowed(example, name, language);
            let is_known =
                allowed.is_some() || Looked::knows(name) || [WORLD, NOTE, PIN].contains(&name);
            if !is_known {
                unknown.push(pair.to_owned());
            }
            refused.push(match allowed {
                Some(allowed) => format!("{part} ({allowed})"),
                None => part,
            });
        }
        sorting::by(&mut notes, |a, b| a.from.total_cmp(&b.from));
        Route { example, args, looked, pin, notes, refused, unknown }
    }
}

/// The name of the pinned run in an address; those of parameters are of upper case.
const PIN: &str = "pin";

/// The name of a note.
const NOTE: &str = "note";

/// The name of the world that the example runs in.
const WORLD: &str = "world";

/// How many characters of a part are shown: anybody can write a link as long as a book.
const SHOWN: usize = 60;

/// A part of an address as it is told to be of no use.
pub fn part(name: &str, value: &str) -> String {
    beginning(&format!("{name}={value}"), SHOWN)
}

/// What a parameter of an example may be, in words, if it has such a parameter.
fn allowed(example: &Example, name: &str, language: Language) -> Option<String> {
    let param = example.params.iter().find(|param| param.name == name)?;
    let range = |key: &str, min: f64, max: f64| {
        language.fill(key, &[("min", &min.to_string()), ("max", &max.to_string())])
    };
    let what = match param.kind {
        Kind::Float { min, max, .. } => range("allowed.range", min, max),
        Kind::Int { min, max, .. } => range("allowed.whole", min as f64, max as f64),
        Kind::Bool { .. } => "True, False".to_owned(),
        Kind::Choice { options, .. } => options.join(", "),
        Kind::Floats { min, max, min_len, max_len, .. } => {
            let list = range("allowed.list", min, max);
            list.replace("%{least}", &min_len.to_string()).replace("%{most}", &max_len.to_string())
        }
    };
    Some(language.fill("allowed.allowed", &[("what", &what)]))
}

/// The part of an address that asks for an example with these parameters, leaving out defaults, looked at like this,
/// compared with the run of an example, with what is noted on it.
pub fn address(
    example: &Example,
    args: &Args,
    looked: &Looked,
    pin: Option<(&Example, &Args)>,
    notes: &[Note],
) -> String {
    let changed = args.iter().filter(|(param, value)| param.default() != **value);
    let changed = changed.map(|(param, value)| format!("{}={}", param.name, value.plain()));
    let world = args.world().map(|world| format!("{WORLD}={}", whatif::write_world(world)));
    let pin = pin.map(|(of, args)| format!("{PIN}={}", whatif::write_pin(example, of, args)));
    let notes = notes.iter().map(noted);
    let query = changed.chain(world).chain(looked.parts()).chain(pin).chain(notes);
    with_query(format!("#{}", example.id), query.collect())
}

/// An address with parts behind it.
pub fn with_query(address: String, parts: Vec<String>) -> String {
    if parts.is_empty() {
        return address;
    }
    let before = if address.contains('?') { '&' } else { '?' };
    format!("{address}{before}{}", parts.join("&"))
}

/// The note that a part of an address is.
pub fn note(part: &str) -> Option<Note> {
    let (name, value) = part.split_once('=')?;
    Note::read(&decode(value)).filter(|_| name == NOTE)
}

/// A note as a part of an address.
pub fn noted(note: &Note) -> String {
    format!("{NOTE}={}", encode_uri_component(&note.write()))
}

/// What the browser's bar says at present, from `#` on.
pub fn present() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Puts an address into the browser's bar without leaving the page.
pub fn replace(address: &str) {
    keep(address);
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        // A browser that refuses (too many changes at once) shows an older address: no harm.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// A value with `%2C` and the like read.
pub fn decode(value: &str) -> String {
    let params = UrlSearchParams::new_with_str(&format!("v={value}"));
    params.ok().and_then(|params| params.get("v")).unwrap_or_else(|| value.into())
}
