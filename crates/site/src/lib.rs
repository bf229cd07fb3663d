//! The page as it stands before its program has come.
//!
//! The first example is run and the page rendered to text, by the page's own components, once for each
//! language. So a visitor sees a real run with the first paint, and when the program has come the page
//! takes its place without anything moving. What is below the chart, and the catalogue, is left empty:
//! boxes whose size does not depend on what is in them.

mod engine;
mod finding;
mod offline;
mod parts;
mod policy;

use coroscope::ui::{App, AppProps, Language, Texts};
use futures::executor::block_on;
use std::error::Error;
use std::path::Path;
use texts::words_of;
use yew::LocalServerRenderer;

pub use engine::write as engine;
pub use finding::library;
pub use offline::{OFFLINE, write as offline};
pub use parts::write as parts;

/// What may go wrong; the text says where.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where in `index.html` the colours of the chart come.
pub const COLOURS: &str = "/* coroscope: colours */";

/// Where in `index.html` the page in English comes, which those without JavaScript see, too.
pub const ENGLISH: &str = "<!-- coroscope: page -->";

/// Where in `index.html` the page in Chinese comes.
pub const CHINESE: &str = "<!-- coroscope: page in Chinese -->";

/// Where in `index.html` the names of the examples come, that of the first one first.
pub const EXAMPLES: &str = "coroscope-examples";

/// Where in `index.html` it says that the engine for the reader's own program is beside it: the page looks for it.
pub const ENGINE: &str = "<!-- coroscope: engine -->";

/// Where in what Trunk writes the program begins.
const BEGIN: &str = "const wasm = await init(";

/// Puts colours and pictures into the document.
///
/// # Errors
/// When the words of the first example cannot be read, or the document has no place for something.
pub fn complete(document: &str, examples: &Path, has_engine: bool) -> Result<String> {
    let mut completed = document.to_owned();
    for (mark, content) in [
        (COLOURS, chart::variables()),
        (ENGLISH, picture(examples, Language::English)?),
        (CHINESE, picture(examples, Language::Chinese)?),
        (EXAMPLES, names()),
        // Not while Trunk serves it, which is while it is worked at.
        (OFFLINE, if policy::changes(document) { "" } else { offline::KEPT }.to_owned()),
        (ENGINE, if has_engine { "<meta name=\"coroscope-engine\">" } else { "" }.to_owned()),
    ] {
        if completed.matches(mark).count() != 1 {
            return Err(format!("index.html has no one place for `{mark}`").into());
        }
        completed = completed.replace(mark, &content);
    }
    Ok(policy::add(&after_the_first_paint(&completed)))
}

/// The names of the examples, the first one first.
fn names() -> String {
    let first = examples::FIRST.id;
    let others = examples::CATALOGUE.iter().map(|example| example.id).filter(|id| *id != first);
    let all: Vec<&str> = [first].into_iter().chain(others).collect();
    all.join(" ")
}

/// Has the program begin when what stands before it has been painted; `index.html` says when that is. Where
/// Trunk writes something else it begins at once, which is no more than slower.
fn after_the_first_paint(document: &str) -> String {
    document.replacen(BEGIN, &format!("await painted;\n{BEGIN}"), 1)
}

/// The page with the first example, in HTML.
///
/// # Errors
/// When the words of the example cannot be read.
pub fn picture(examples: &Path, language: Language) -> Result<String> {
    let first = examples::FIRST;
    let words = words_of(&examples.join(first.id.replace('-', "_")), language.locale())?;
    let texts = Texts::new(first.id, language, words);
    let props = AppProps { early: true, language: Some(language), texts: Some(texts) };
    Ok(block_on(LocalServerRenderer::<App>::with_props(props).hydratable(false).render()))
}

#[cfg(test)]
mod tests;
