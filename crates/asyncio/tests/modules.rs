//! Which module names which: the only modules that name one another in a circle are futures, tasks and the
//! loop, as in CPython. Everything else can be read, and changed, without what is built on it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Modules that may name one another in a circle. `tasks` is here by those files alone that make tasks
/// and step them: what waits for several (`gather`, `wait` and so on) is built on them.
const KERNEL: [&str; 8] = [
    "base_events",
    "events",
    "futures",
    "tasks::any_task",
    "tasks::create",
    "tasks::state",
    "tasks::steps",
    "tasks::task",
];

/// A file: the names that it brings in, as written, with the path of the module that each stands for.
struct Module {
    /// Paths named, resolved as far as `crate`, `self` and `super` go.
    paths: Vec<Vec<String>>,
    /// What it passes on: a name, and the path that it stands for.
    passed_on: BTreeMap<String, Vec<String>>,
}

type Modules = BTreeMap<Vec<String>, Module>;

#[test]
fn only_futures_tasks_and_the_loop_name_one_another() {
    let modules = read();
    let edges = edges(&modules);
    assert!(edges.len() > 80, "the sources are read: {} files", edges.len());
    let mut circles = circles(&edges);
    // Files of one folder are one idea in several rooms.
    circles
        .retain(|circle| circle.iter().map(|file| folder(file)).collect::<BTreeSet<_>>().len() > 1);
    for circle in circles {
        let strangers: Vec<_> = circle.iter().filter(|file| !is_kernel(file)).collect();
        assert!(
            strangers.is_empty(),
            "in a circle with the kernel, or of their own: {strangers:?}"
        );
    }
}

#[test]
fn the_loop_and_the_program_do_not_name_what_is_built_on_them() {
    let edges = edges(&read());
    let built =
        ["asyncgen", "concurrent", "selector_events", "streams", "run", "runners", "contextlib"];
    for (file, named) in edges.iter().filter(|(file, _)| is_kernel(file) || *file == "program") {
        let wrong: Vec<_> = named.iter().filter(|other| built.contains(&folder(other))).collect();
        assert!(wrong.is_empty(), "{file} names {wrong:?}");
    }
}

#[test]
fn the_search_finds_circles_and_follows_names_that_are_passed_on() {
    let file = |text: &str, path: &[&str], is_folder| {
        let path: Vec<String> = path.iter().map(|name| (*name).into()).collect();
        (path.clone(), module(text, &path, is_folder))
    };
    let modules: Modules = [
        file("pub use inner::Thing;\nmod inner;", &["a"], true),
        file("use crate::b::Other; pub struct Thing;", &["a", "inner"], false),
        file("// use crate::d::Unseen;\npub use crate::c::Other;", &["b"], false),
        file("fn f(_: &crate::a::Thing) {} pub struct Other;", &["c"], false),
        file("use super::{a::{self, Thing}, b};", &["d"], false),
    ]
    .into();
    let edges = edges(&modules);
    let named = |file: &str| edges[file].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(named("a::inner"), ["c"]);
    assert_eq!(named("c"), ["a::inner"]);
    assert_eq!(named("d"), ["a", "a::inner", "b"]);
    assert_eq!(circles(&edges), [["a::inner", "c"].map(String::from)]);
}

fn is_kernel(file: &str) -> bool {
    KERNEL.iter().any(|kernel| file == *kernel || folder(file) == *kernel)
}

/// The first name of a path.
fn folder(file: &str) -> &str {
    file.split("::").next().unwrap_or(file)
}

fn read() -> Modules {
    let mut modules = Modules::new();
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[], &mut modules);
    modules
}

fn read_folder(folder: &Path, path: &[String], modules: &mut Modules) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.path().file_stem().unwrap().to_string_lossy().into_owned();
        let inside = [path, std::slice::from_ref(&name)].concat();
        if name == "tests" {
            continue;
        }
        if entry.path().is_dir() {
            read_folder(&entry.path(), &inside, modules);
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        match &*name {
            "lib" => modules.insert(Vec::new(), module(&text, &[], true)),
            "mod" => modules.insert(path.to_vec(), module(&text, path, true)),
            _ => modules.insert(inside.clone(), module(&text, &inside, false)),
        };
    }
}

fn module(text: &str, path: &[String], is_folder: bool) -> Module {
    let code: Vec<_> = text.lines().map(|line| line.split("//").next().unwrap_or("")).collect();
    let code = code.join("\n");
    let (mut paths, mut passed_on) = (Vec::new(), BTreeMap::new());
    let from = |written: Vec<String>| absolute(written, path, is_folder);
    // What is imported, and what is named in full where it is used.
    let (mut rest, mut elsewhere) = (&*code, String::new());
    while let Some(at) = find_use(rest) {
        let end = rest[at..].find(';').map_or(rest.len(), |length| at + length);
        for written in tree(&rest[at + 4..end]) {
            let Some(full) = from(written) else { continue };
            if let Some(name) = full.last() {
                passed_on.insert(name.clone(), full.clone());
            }
            paths.push(full);
        }
        elsewhere.push_str(&rest[..at]);
        rest = &rest[end..];
    }
    elsewhere.push_str(rest);
    for start in ["crate::", "super::"] {
        for (at, _) in elsewhere.match_indices(start) {
            let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            let written = elsewhere[at..].split(|c| !word(c)).next().unwrap_or_default();
            let written = written.split("::").filter(|name| !name.is_empty()).map(String::from);
            paths.extend(from(written.collect()));
        }
    }
    Module { paths, passed_on }
}

/// Where the next `use` begins.
fn find_use(code: &str) -> Option<usize> {
    let is_word = |before: char| before.is_alphanumeric() || before == '_';
    let mut places = code.match_indices("use ").map(|(at, _)| at);
    places.find(|at| !code[..*at].ends_with(is_word))
}

/// The paths of a `use`, whose braces may be nested.
fn tree(text: &str) -> Vec<Vec<String>> {
    let text = text.trim();
    let Some(brace) = text.find('{') else {
        let path = text.split(" as ").next().unwrap_or_default();
        return vec![path.split("::").map(|name| name.trim().into()).collect()];
    };
    let stem: Vec<String> = text[..brace]
        .split("::")
        .map(|name| name.trim().into())
        .filter(|name: &String| !name.is_empty())
        .collect();
    let inside = &text[brace + 1..text.rfind('}').unwrap_or(text.len())];
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, character) in inside.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts
        .flat_map(tree)
        .map(|path| {
            let path = path.into_iter().filter(|name| name != "self");
            stem.iter().cloned().chain(path).collect()
        })
        .collect()
}

/// The path from the root of the crate; `None` for other crates.
fn absolute(written: Vec<String>, path: &[String], is_folder: bool) -> Option<Vec<String>> {
    let mut stem = match &**written.first()? {
        "crate" => return Some(written[1..].to_vec()),
        "self" | "super" => path.to_vec(),
        // A child of a folder's own file.
        _ if is_folder => return Some([path, &written].concat()),
        _ => return None,
    };
    let mut rest = &written[..];
    while let Some((first, after)) = rest.split_first()
        && ["super", "self"].contains(&&**first)
    {
        if first == "super" {
            stem.pop();
        }
        rest = after;
    }
    stem.extend(rest.iter().cloned());
    Some(stem)
}

/// The file that a path leads to, through names that are passed on; `None` if that is no file of ours.
fn file_of(path: &[String], modules: &Modules) -> Option<Vec<String>> {
    let mut path = path.to_vec();
    for _ in 0..8 {
        let depth = (0..=path.len()).rev().find(|depth| modules.contains_key(&path[..*depth]))?;
        let (file, rest) = path.split_at(depth);
        let Some(name) = rest.first() else { return Some(file.to_vec()) };
        match modules[file].passed_on.get(name) {
            Some(further) if further != &path => {
                path = [&further[..], &rest[1..]].concat();
            }
            _ => return Some(file.to_vec()),
        }
    }
    None
}

fn edges(modules: &Modules) -> BTreeMap<String, BTreeSet<String>> {
    modules
        .iter()
        .map(|(path, module)| {
            let named = module.paths.iter().filter_map(|named| file_of(named, modules));
            let named = named.filter(|file| file != path && !file.is_empty());
            // The crate's own file only passes on.
            let named = named.filter(|_| !path.is_empty()).map(|file| file.join("::")).collect();
            (path.join("::"), named)
        })
        .collect()
}

/// Sets of files of which each leads to all others.
fn circles(edges: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &String| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(file) = open.pop() {
            for next in edges.get(&file).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let reach: BTreeMap<_, _> = edges.keys().map(|file| (file, reach(file))).collect();
    let mut found: Vec<Vec<String>> = Vec::new();
    for (file, reached) in &reach {
        if reached.contains(*file) && !found.iter().any(|circle| circle.contains(file)) {
            let circle = reached
                .iter()
                .filter(|other| reach.get(other).is_some_and(|back| back.contains(*file)));
            found.push(circle.cloned().collect());
        }
    }
    found
}
