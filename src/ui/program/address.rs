//! The addresses of programs: `#program`, `#program/NAME`, `#program/@EXAMPLE?VALUES`, `#program/NAME?code=…`, the last
//! two with how the run is looked at behind it.

use super::kept;
use crate::ui::course::{Looked, route};
use crate::ui::notes::{self, Note};
use crate::ui::shell::{Language, window};
use examples::{Args, Example};
use js_sys::{decode_uri_component, encode_uri_component};

/// Before the name of a program.
const START: &str = "program";

/// Before the name of an example, as the name of what was made of it.
const EDITED: char = '@';

/// What is between the name and a program that the link itself carries.
pub const CODE: &str = "?code=";

/// What an address asks for.
#[derive(Clone, Default, PartialEq)]
pub struct Address {
    /// The program's name; none for whichever was open last.
    pub name: Option<String>,
    /// The example that it begins as, with values for its parameters.
    pub example: Option<(&'static Example, Args)>,
    /// The program, packed.
    pub code: Option<String>,
    /// What is noted on its run.
    pub notes: Vec<Note>,
    /// How that is looked at.
    pub looked: Looked,
    /// What could not be used.
    pub refused: Vec<String>,
}

impl Address {
    /// What the browser's bar asks for, if it is a program.
    pub fn present(language: Language) -> Option<Address> {
        Address::parse(&route::present(), language)
    }

    fn parse(hash: &str, language: Language) -> Option<Address> {
        let rest = hash.strip_prefix('#')?.strip_prefix(START)?;
        let none = Address::default();
        if rest.is_empty() {
            return Some(none);
        }
        let rest = rest.strip_prefix('/')?;
        if let Some(example) = rest.strip_prefix(EDITED) {
            let route = route::Route::parse(example, language);
            let name = Some(name_of(route.example));
            let example = Some((route.example, route.args));
            let (looked, refused) = (route.looked, route.refused);
            return Some(Address { name, example, looked, refused, ..none });
        }
        let (mut notes, mut looked, mut refused) = (Vec::new(), Looked::default(), Vec::new());
        let (name, code) = match rest.split_once(CODE) {
            Some((name, code)) => {
                let mut parts = code.split('&');
                let code = parts.next().map(str::to_owned);
                for part in parts.filter(|part| !part.is_empty()) {
                    let (name, value) = part.split_once('=').unwrap_or((part, ""));
                    match route::note(part).filter(|_| notes.len() < notes::MOST) {
                        Some(note) => notes.push(note),
                        None if looked.take(name, value) => {}
                        None => refused.push(route::part(name, &route::decode(value))),
                    }
                }
                (name, code)
            }
            None => (rest, None),
        };
        let name =
            decode_uri_component(name).ok().map(String::from).filter(|name| !name.is_empty());
        Some(Address { name, code, notes, looked, refused, ..none })
    }
}

/// The address of a program by its name.
pub fn of(name: &str) -> String {
    match name.strip_prefix(EDITED) {
        Some(example) => format!("#{START}/{EDITED}{example}"),
        None => format!("#{START}/{}", encode_uri_component(name)),
    }
}

/// The address at which an example, with values for its parameters, can be edited.
pub fn of_example(example: &Example, args: &Args) -> String {
    format!(
        "#{START}/{EDITED}{}",
        route::address(example, args, &Looked::default(), None, &[]).trim_start_matches('#')
    )
}

/// The address that carries a program, with how its run is looked at and what is noted on it.
pub fn carrying(name: &str, packed: &str, looked: &Looked, notes: &[Note]) -> String {
    let name = encode_uri_component(name.trim_start_matches(EDITED));
    let parts = looked.parts().into_iter().chain(notes.iter().map(route::noted));
    route::with_query(format!("#{START}/{name}{CODE}{packed}"), parts.collect())
}

/// Opens a program that was made of an example, beside what the reader has made of it.
pub fn open_beside(example: &Example, text: &str) {
    let name = kept::free(example.id);
    kept::set(&name, text);
    if let Some(window) = window() {
        // The page hears of it as of any other link.
        let _ = window.location().set_hash(&of(&name));
    }
}

/// The name of what is made of an example.
pub fn name_of(example: &Example) -> String {
    format!("{EDITED}{}", example.id)
}

/// The example that a program of this name was made of.
pub fn example_of(name: &str) -> Option<&'static Example> {
    examples::find(name.strip_prefix(EDITED)?)
}
