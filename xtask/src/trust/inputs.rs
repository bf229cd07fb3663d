//! What random inputs are made of, and those that once did harm.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use anyhow::Result;
use examples::{CATALOGUE, Kind as ParamKind};
use search::{Library, Source, Symptom};
use serde_json::json;
use trace_document::{Document, Header};

use super::kinds::Kind;
use crate::BUDGET;
use crate::params;
use crate::shell::Shell;

/// Examples whose traces have something of everything.
const TRACED: [&str; 8] = [
    "gather-order",
    "semaphore-workers",
    "queue-join",
    "deadlock-lock-order",
    "exception-never-retrieved",
    "executor-workers",
    "tcp-echo",
    "cancel-cleanup",
];

/// A trace is no longer than so many lines to begin with: the shorter, the more of it is met.
const LINES: usize = 60;

/// Inputs of a kind that are well-formed.
pub fn seeds(kind: Kind) -> Vec<Vec<u8>> {
    match kind {
        Kind::Link => links(),
        Kind::Field => fields(),
        Kind::Trace => traces(),
        Kind::Words => vec![
            b"Set [two permits](PERMITS=2), then [one](PERMITS=1&DELAYS=0.5,1) and look.".to_vec(),
            "把许可数[改为一](PERMITS=1)，再看。".into(),
            br#"{"look":"[One](PERMITS=1)","params.PERMITS":"How many","try":"Set [two](PERMITS=2)."}"#.to_vec(),
        ],
        Kind::Listing => vec![
            b"import asyncio\n\nDELAYS = [0.6, 0.4]\nPERMITS = 2  # of them\nNAME = \"a\"\n\nasync def main():\n    pass\n"
                .to_vec(),
        ],
        Kind::Search => vec![searched("gather"), searched("死锁 deadlok"), b"x".to_vec()],
        Kind::Program => vec![
            br#"{"coroutines":{"main":[{"op":"sleep","delay":1},{"op":"print","text":"x"}]}}"#.to_vec(),
        ],
        Kind::Address => vec![
            b"/trust/fuzz.rs?v=1#a".to_vec(),
            b"/main.rs".to_vec(),
            b"/%2e%2e/Cargo.toml".to_vec(),
            b"/trust/../../Cargo.toml".to_vec(),
        ],
        Kind::Request => CATALOGUE
            .iter()
            .step_by(9)
            .map(|example| {
                let mut values = params::json(&example.defaults());
                values.insert("example".to_owned(), json!(example.id));
                json!(values).to_string().into_bytes()
            })
            .collect(),
    }
}

fn searched(wanted: &str) -> Vec<u8> {
    let sources = CATALOGUE.iter().take(2).map(|example| Source {
        id: example.id.to_owned(),
        titles: example.title("zh").to_owned(),
        operations: example.operations.join(" "),
        twin: "await asyncio.sleep(1)".to_owned(),
        ..Source::default()
    });
    let symptoms = vec![Symptom {
        en: "it hangs".to_owned(),
        zh: "卡住".to_owned(),
        also: String::new(),
        examples: vec!["gather-order".to_owned()],
    }];
    let library = Library { symptoms, sources: sources.collect(), ..Library::default() };
    format!("{wanted}\n{}", library.write()).into_bytes()
}

fn links() -> Vec<Vec<u8>> {
    let links = CATALOGUE.iter().map(|example| {
        let args = example.defaults();
        let values = args.iter().map(|(param, value)| format!("{}={}", param.name, value.plain()));
        format!("#{}?{}", example.id, values.collect::<Vec<_>>().join("&")).into_bytes()
    });
    links
        .chain([b"#program/@gather-order?DELAYS=1".to_vec(), b"#program/a?code=1.eJw".to_vec()])
        .collect()
}

fn fields() -> Vec<Vec<u8>> {
    let params = CATALOGUE.iter().flat_map(|example| example.params);
    let wanted = |kind: &ParamKind| match kind {
        ParamKind::Choice { options, .. } => format!("\"{}\"", options[0]),
        ParamKind::Floats { .. } => "[0.5, 1.0]".to_owned(),
        ParamKind::Bool { .. } => "True".to_owned(),
        _ => "1".to_owned(),
    };
    params.map(|param| format!("{}\n{}", param.name, wanted(&param.kind)).into_bytes()).collect()
}

fn traces() -> Vec<Vec<u8>> {
    let examples = TRACED.iter().filter_map(|id| examples::find(id));
    let traces = examples.filter_map(|example| {
        let run = run::instant(example, &example.defaults(), BUDGET);
        let document =
            Document { header: Header::default(), events: run.events, ..Document::default() };
        let mut file = Vec::new();
        trace_document::write(&document, &mut file).ok()?;
        Some(file.split_inclusive(|byte| *byte == b'\n').take(LINES).collect::<Vec<_>>().concat())
    });
    traces.collect()
}

/// Where inputs are kept: one that once did harm as a file `KIND-NAME`, and those that random ones have led to, one of each
/// sort, as lines of JSON texts in `KIND.jsonl`.
pub fn corpus(shell: &Shell) -> PathBuf {
    shell.root().join("xtask/fuzz")
}

/// Those of them that are of a kind.
pub fn kept(shell: &Shell, kind: Kind) -> Result<Vec<Vec<u8>>> {
    let folder = corpus(shell);
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    let mut paths =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(&format!("{}-", kind.name())) {
            found.push(fs::read(&path)?);
        } else if name == lines(kind) {
            for line in fs::read_to_string(&path)?.lines() {
                found.push(serde_json::from_str::<String>(line)?.into_bytes());
            }
        }
    }
    Ok(found)
}

/// What an input's file is called: the same input is in the same file.
pub fn name(input: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Adds inputs of a kind to those that are kept, the short ones of those that are texts.
pub fn keep(shell: &Shell, kind: Kind, mut inputs: Vec<Vec<u8>>) -> Result<()> {
    inputs.sort_by_key(Vec::len);
    let texts = inputs.into_iter().filter_map(|input| String::from_utf8(input).ok());
    let texts: Vec<_> = texts.filter(|text| text.len() <= LONGEST_KEPT).take(KEPT).collect();
    if texts.is_empty() {
        return Ok(());
    }
    let path = corpus(shell).join(lines(kind));
    let mut all = fs::read_to_string(&path).unwrap_or_default();
    for text in &texts {
        all.push_str(&(serde_json::to_string(text)? + "\n"));
    }
    fs::write(path, all)?;
    Ok(())
}

fn lines(kind: Kind) -> String {
    format!("{}.jsonl", kind.name())
}

/// How many inputs of a kind are kept at a time, and how long they may be, in bytes.
const KEPT: usize = 60;
const LONGEST_KEPT: usize = 2000;
