//! The page's program without what is wanted seldom, and the parts that have it: [`coroscope::parts`] fetches them.

use crate::Result;
use coroscope::parts::{Part, file};
use std::fs;
use std::path::Path;

/// The folder of the parts, beside the page.
const FOLDER: &str = "parts";

/// Where in a function's name an example's program is named; the crate's hash comes between.
const EXAMPLES: (&str, &str) = ("examples[", "]::");

/// Splits the program in `staging`.
///
/// # Errors
/// When it cannot be read, split or written.
pub fn write(staging: &Path) -> Result<()> {
    for entry in fs::read_dir(staging)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let Some(split) = ::parts::split(&fs::read(&path)?, &owner)? else { continue };
        fs::write(&path, split.main)?;
        let folder = staging.join(FOLDER);
        fs::create_dir_all(&folder)?;
        for (number, part) in split.parts {
            fs::write(folder.join(file(split.version, number)), part)?;
        }
    }
    Ok(())
}

/// The number of the part that a function belongs to: of the one example whose program its name names, be it as
/// the type that something general was compiled for.
fn owner(name: &str) -> Option<u32> {
    let mut only = None;
    for part in name.match_indices(EXAMPLES.0).filter_map(|(at, _)| example(&name[at..])) {
        if only.is_some_and(|before| before != part) {
            return None;
        }
        only = Some(part);
    }
    if only.is_none() && !EARLY.iter().any(|path| mentions(name, path)) {
        let of = OF.iter().find(|(_, paths)| paths.iter().any(|path| mentions(name, path)));
        only = of.map(|&(part, _)| part);
    }
    only?.number()
}

/// What is needed before what has its other names.
const EARLY: &[&str] = &[
    "coroscope::ui::program::address",
    // What asks CPython beside every example.
    "coroscope::ui::program::agree",
    "coroscope::ui::program::trials::Trials",
    "coroscope::ui::program::trials::Message",
    "coroscope::ui::program::engine",
    "coroscope::ui::program::script",
    "coroscope::ui::take::told",
    // The end of each `asyncio.run`.
    "asyncio::asyncgen::closing",
    "asyncio::concurrent::default::shutdown_default_executor",
    // A turn of the loop.
    "asyncio::concurrent::thread::Thread>::go_on",
    "asyncio::concurrent::exit",
    // The same for many components.
    "yew::html::component::lifecycle::CreateRunner",
];

/// By which names in it a function belongs to a part that is no example's; the first that fits.
const OF: &[(Part, &[&str])] = &[
    (Part::Own, &["coroscope::ui::program::", "trace_document::", "agree::"]),
    (
        Part::Tools,
        &[
            "coroscope::ui::whatif::orders",
            "coroscope::ui::whatif::sweep",
            "coroscope::ui::whatif::map",
            "coroscope::ui::whatif::plot",
            "coroscope::ui::shell::share",
            "coroscope::ui::shell::help",
            "coroscope::ui::take::",
            "coroscope::ui::panels::moment",
            "coroscope::ui::panels::locals",
            "coroscope::ui::panels::next",
            "coroscope::ui::course::exercise",
            "coroscope::ui::notes::bar",
            "coroscope::ui::player::find",
            "coroscope::ui::player::ordered::Ordered>::",
            "coroscope::ui::player::quiz",
            "coroscope::ui::player::stage::Stage>::begin_asking",
            "coroscope::ui::player::stage::Stage>::find",
            "coroscope::ui::player::stage::Stage>::go_to_hit",
            "coroscope::ui::player::stage::Stage>::hits",
            "coroscope::ui::player::stage::Stage>::walk",
            "coroscope::ui::player::stage::found",
            "timeline::order::columns",
            "timeline::order::questions",
            "export::",
            "qrcode::",
        ],
    ),
    (Part::Search, &["search::"]),
    (Part::Network, &["asyncio::streams", "asyncio::selector_events"]),
    (Part::Threads, &["asyncio::threads", "asyncio::concurrent"]),
    (Part::Generators, &["asyncio::asyncgen"]),
    (Part::Queues, &["asyncio::queues"]),
    (Part::Groups, &["asyncio::taskgroups"]),
    (Part::Locks, &["asyncio::locks"]),
    (
        Part::Waits,
        &[
            "asyncio::tasks::wait",
            "asyncio::tasks::as_completed",
            "asyncio::tasks::shield",
            "asyncio::timeouts",
        ],
    ),
];

/// Whether a function's name names something below a path, the first name of which is that of a crate.
fn mentions(name: &str, path: &str) -> bool {
    let (krate, rest) = path.split_once("::").unwrap_or((path, ""));
    name.match_indices(krate).any(|(at, _)| {
        let after = name[at + krate.len()..].strip_prefix('[');
        after
            .and_then(|after| after.split_once("]::"))
            .is_some_and(|(_, after)| after.starts_with(rest))
    })
}

/// The example that is named here, where it is its program that is.
fn example(name: &str) -> Option<Part> {
    let (_, path) = name.split_once(EXAMPLES.1)?;
    let (module, below) = path.split_once("::")?;
    let example = examples::find(&module.replace('_', "-"))?;
    below.starts_with("program").then(|| Part::of(example))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_one_example_that_its_name_names() {
        let number = |id| Part::Example(id).number();
        assert!(number("gather-order").is_some());
        for (name, part) in [
            ("examples[12ab]::gather_order::program::main::{closure#0}", number("gather-order")),
            (
                "<core[0]::cell::Cell<examples[12ab]::gather_order::program::Job> as executor[1]::handle::Callback>::call",
                number("gather-order"),
            ),
            (
                "asyncio[3]::both::<examples[1]::gather_order::program::A, examples[1]::wait_all::program::B>",
                None,
            ),
            ("examples[12ab]::gather_order::EXAMPLE", None),
            ("examples[12ab]::param::Param::seconds", None),
            ("coroscope[7]::ui::program::workshop::Workshop::view", Part::Own.number()),
            ("<coroscope[7]::ui::program::agree::Agree as yew[1]::Component>::view", None),
            ("coroscope[7]::ui::shell::share::Share", Part::Tools.number()),
            ("coroscope[7]::ui::shell::app::App", None),
            (
                "<asyncio[1]::queues::queue::Queue<alloc[2]::string::String>>::get::{closure#0}",
                Part::Queues.number(),
            ),
            (
                "<asyncio[1]::queues::queue::Queue<examples[1]::wait_all::program::A>>::get",
                number("wait-all"),
            ),
        ] {
            assert_eq!(owner(name), part, "{name}");
        }
        let first = examples::FIRST.id.replace('-', "_");
        assert_eq!(
            owner(&format!("examples[1]::{first}::program::main")),
            None,
            "it is needed at once"
        );
    }
}
