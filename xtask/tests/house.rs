//! The house is as its map says: layers name only those under them, and paths on the map exist.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates, and which others of the workspace each may use. Whoever is not here stands beside the layers:
/// nobody here may use it. Cargo refuses an import of a crate that is not a dependency, and this test a
/// dependency against the direction. What only tests or build scripts use does not count.
const LAYERS: [(&str, &[&str]); 14] = [
    ("sorting", &[]),
    ("called-with", &[]),
    ("trace", &[]),
    ("trace-document", &["trace"]),
    ("invariants", &["trace"]),
    ("executor", &["trace"]),
    ("asyncio", &["trace", "executor", "called-with"]),
    ("timeline", &["trace", "sorting"]),
    ("agree", &["trace", "trace-document", "executor", "asyncio"]),
    ("chart", &["trace", "timeline", "sorting"]),
    ("causes", &["trace", "timeline", "sorting"]),
    ("export", &["trace", "timeline"]),
    ("examples", &["trace", "executor", "asyncio", "timeline"]),
    ("run", &["trace", "trace-document", "executor", "asyncio", "timeline", "examples", "sorting"]),
];

#[test]
fn layers_use_only_those_under_them() {
    let members = members();
    for (layer, under) in LAYERS {
        let manifest = root().join("crates").join(layer).join("Cargo.toml");
        let used = dependencies(&read(&manifest));
        let wrong: Vec<_> = used
            .iter()
            .filter(|name| members.contains_key(*name) && !under.contains(&&***name))
            .collect();
        assert!(wrong.is_empty(), "{layer} uses {wrong:?}; it may use {under:?}");
    }
    assert_eq!(
        dependencies(&read(&root().join("crates/timeline/Cargo.toml"))),
        ["sorting", "trace"]
    );
}

#[test]
fn dependencies_are_read_and_those_of_tests_left_out() {
    let manifest = "[package]\nname = \"a\"\n[dependencies]\nb.workspace = true\nc = { path = \"../c\" }\n\
                    # d\n[dev-dependencies]\ne.workspace = true\n\
                    [target.'cfg(unix)'.dependencies]\nf = \"1\"\ng = { features = [\n    \"h = i\",\n] }\n\
                    [build-dependencies]\nj = \"1\"\n[dependencies.k]\npath = \"../k\"\n";
    assert_eq!(dependencies(manifest), ["b", "c", "f", "g", "k"]);
}

#[test]
fn every_path_that_is_named_exists() {
    for document in ["ARCHITECTURE.md", "README.md"] {
        let text = read(&root().join(document));
        let named = paths(&text);
        assert!(named.len() > 4, "{document}: {named:?}");
        let missing: Vec<_> = named.iter().filter(|path| !root().join(path).exists()).collect();
        assert!(missing.is_empty(), "{document} names what does not exist: {missing:?}");
    }
}

#[test]
fn paths_are_found_in_words_and_links() {
    let text = "See `crates/trace/src/lib.rs`, [it](docs/a.md#part), [away](https://b.c/d) and `Task.step`;\n\
                ```sh\ncargo xtask run gather-order/x\n```\n`src/ui/words.*.yml` and `xtask` run `cargo xtask/x`.";
    assert_eq!(paths(text), ["crates/trace/src/lib.rs", "src/ui", "docs/a.md"]);
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The crates of the workspace below `crates`, and where each is.
fn members() -> BTreeMap<String, PathBuf> {
    let folders = fs::read_dir(root().join("crates")).expect("the folder of crates");
    let folders = folders.map(|entry| entry.expect("an entry").path());
    folders
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .map(|folder| {
            (folder.file_name().unwrap_or_default().to_string_lossy().into_owned(), folder)
        })
        .collect()
}

/// What a crate uses itself, on whatever target.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end().trim_end_matches(']');
            inside = header == "dependencies" || header.ends_with(".dependencies");
            if let Some(name) = header.strip_prefix("dependencies.") {
                found.push(name.into());
            }
        } else if inside && line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.push(name.trim_matches('"').into());
        }
    }
    found
}

/// The paths of this repository that a text names: in full in backticks, or as the aim of a link. Of a
/// pattern with `*` the folder counts.
fn paths(text: &str) -> Vec<String> {
    let outside_blocks: Vec<_> = text.split("```").step_by(2).collect();
    let text = outside_blocks.join(" ");
    let rooms = ["crates/", "src/", "xtask/", "tests/", "benches/", "docs/", "e2e/", "static/"];
    let words = text.split('`').skip(1).step_by(2).filter(|word| {
        rooms.iter().any(|room| word.starts_with(room)) && !word.contains(char::is_whitespace)
    });
    let words = words.map(|word| match word.split_once('*') {
        Some((before, _)) => before.rsplit_once('/').map_or(before, |(folder, _)| folder),
        None => word,
    });
    let links = text.match_indices("](").filter_map(|(at, _)| {
        let aim = text[at + 2..].split(')').next()?.split('#').next()?;
        (!aim.is_empty() && !aim.contains("://")).then_some(aim)
    });
    words.chain(links).map(String::from).collect()
}
