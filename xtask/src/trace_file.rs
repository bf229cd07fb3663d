//! `cargo xtask trace`, and the traces that `cargo xtask run --trace` writes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use examples::{self, Args as Values, Example};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use run::Recorded;
use timeline::Timeline;
use trace::{EventKind, Queues, Ready, TaskId};
use trace_document::{Document, Header};

use crate::conformance::folder;
use crate::params;
use crate::report::say;
use crate::run::{Report, name};

/// Read a trace and print what `run` prints: lines, tasks, figures, and how it ended.
///
/// The file is one that `run EXAMPLE --trace FILE` wrote, or any other of the format that docs/trace.md
/// describes. Of a file that is broken somewhere, what comes before that is printed; the exit code is 1.
#[derive(clap::Args)]
pub struct Args {
    /// The file; one that gzip has packed is unpacked
    file: PathBuf,
    /// Print JSON, as `run --json` does
    #[arg(long, conflicts_with = "at")]
    json: bool,
    /// Print what the loop had before it at this loop time, in seconds, instead
    #[arg(long, value_name = "SECONDS")]
    at: Option<f64>,
}

/// Reads and prints.
pub fn main(args: &Args) -> Result<ExitCode> {
    let (document, broken) = match trace_document::read(&bytes(&args.file)?) {
        Ok(document) => (document, None),
        Err(broken) => (*broken.until.clone(), Some(broken)),
    };
    if let Some(broken) = &broken {
        if document.events.is_empty() {
            bail!("{}: {broken}", args.file.display());
        }
        eprintln!("error: {}: {broken}; what comes before that:", args.file.display());
    }
    if broken.is_none() && document.end.is_none() {
        eprintln!("{}: the trace stops before the end of the run", args.file.display());
    }
    match args.at {
        Some(at) => queues(&document, at),
        None => {
            let report = Report::of(&document);
            if args.json { say(serde_json::to_string(&report)?) } else { report.print() }
        }
    }
    Ok(if broken.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What a file begins with that gzip has packed.
const PACKED: [u8; 2] = [0x1f, 0x8b];

/// The content of a file, unpacked if gzip has packed it; of one that stops early, what came before.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    if !bytes.starts_with(&PACKED) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    match GzDecoder::new(&*bytes).read_to_end(&mut unpacked) {
        // Who was killed while recording could not say that this is the end.
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Err(error).with_context(|| format!("cannot unpack {}", path.display()))
        }
        _ => Ok(unpacked),
    }
}

fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "gz")
}

/// Writes a trace, packed if the file's name ends in `.gz`.
pub fn write(path: &Path, document: &Document) -> Result<()> {
    write_all(path, std::slice::from_ref(document))
}

/// Writes traces, with an empty line between them.
pub fn write_all(path: &Path, documents: &[Document]) -> Result<()> {
    let file = File::create(path).map(BufWriter::new);
    let written = file.and_then(|mut file| {
        if is_packed(path) {
            let mut packed = GzEncoder::new(file, Compression::best());
            lines(&mut packed, documents)?;
            packed.finish()?.flush()
        } else {
            lines(&mut file, documents)
        }
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn lines(out: &mut impl Write, documents: &[Document]) -> io::Result<()> {
    for (n, document) in documents.iter().enumerate() {
        if n > 0 {
            out.write_all(b"\n")?;
        }
        trace_document::write(document, &mut *out)?;
    }
    Ok(())
}

/// Reads a trace that has to be whole.
pub fn read(file: &[u8]) -> Result<Document> {
    trace_document::read(file).map_err(|broken| anyhow!("{broken}"))
}

/// Reads the traces of a file, which has an empty line between them.
pub fn read_all(path: &Path) -> Result<Vec<Document>> {
    let text = String::from_utf8(bytes(path)?).with_context(|| path.display().to_string())?;
    let documents = text.split("\n\n").filter(|document| !document.trim().is_empty());
    let trace = |(n, document): (usize, &str)| {
        read(document.as_bytes()).with_context(|| format!("{}, trace {}", path.display(), n + 1))
    };
    documents.enumerate().map(trace).collect()
}

/// The trace of a run that has ended, without a word on what ran.
pub fn ended(recorded: Recorded) -> Document {
    agree::ended(recorded.events, recorded.end, recorded.error.as_ref())
}

/// The run of an example as a trace.
pub fn document(example: &Example, values: &Values, recorded: Recorded) -> Document {
    let source = example.source();
    let file = |name| format!("crates/examples/src/{}/{name}", folder(example));
    let header = Header {
        program: Some(example.id.to_owned()),
        parameters: params::json(values),
        sources: [
            (file("program.rs"), source.rust.to_owned()),
            (file("twin.py"), examples::python_source(source.python, values)),
        ]
        .into(),
        ..Header::default()
    };
    Document { header, ..ended(recorded) }
}

/// Prints the ready queue and the timers after the last event at or before a time.
fn queues(document: &Document, at: f64) {
    let events = &document.events;
    let count = events.partition_point(|event| event.time <= at);
    let queues = Queues::after(events, count);
    let timeline = Timeline::new(&events[..count], at);
    let name = |task: TaskId| name(&timeline, task);
    let what = |handle| {
        let kinds = events[..count].iter().rev().find_map(|event| match event.kind {
            EventKind::HandleScheduled { handle: other, kind, .. }
            | EventKind::TimerSet { handle: other, kind, .. }
                if other == handle =>
            {
                Some(kind.name())
            }
            _ => None,
        });
        kinds.unwrap_or("unknown")
    };
    say(format_args!("ready at {at} s, after {count} events:"));
    for ready in queues.ready() {
        match ready {
            Ready::Step(task) => say(format_args!("    a step of {}", name(task))),
            Ready::Call(handle) => {
                say(format_args!("    callback {}: {}", handle.0, what(handle)));
            }
        }
    }
    say("timers:");
    for (due, handle) in queues.timers() {
        say(format_args!("    {due:?} s: callback {}: {}", handle.0, what(handle)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BUDGET;

    #[test]
    fn a_trace_that_was_read_is_reported_as_the_run_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let ids = ["queue-backpressure", "tcp-echo", "deadlock-lock-order", "gather-failure"];
        for (id, name) in ids.into_iter().zip(["a.trace", "b.trace.gz", "c.trace", "d.trace"]) {
            let example = examples::find(id).expect("it is in the catalogue");
            let values = example.defaults();
            let document = document(example, &values, run::instant(example, &values, BUDGET));
            let path = folder.path().join(name);
            write(&path, &document).expect("written");
            let read = trace_document::read(&bytes(&path).expect("read")).expect("whole");
            assert_eq!(read, document, "{id}");
            let json = |document| serde_json::to_value(Report::of(document)).expect("JSON");
            assert_eq!(json(&read), json(&document), "{id}");
            let end = document.end.as_ref().map(|end| end.time).expect("it has ended");
            assert_eq!(Timeline::new(&read.events, end), Timeline::new(&document.events, end));
        }
        // Cut, it is read as far as it goes.
        let path = folder.path().join("b.trace.gz");
        let whole = fs::read(&path).expect("read");
        fs::write(&path, &whole[..whole.len() / 2]).expect("written");
        let text = bytes(&path).expect("read");
        let until = trace_document::read(&text).unwrap_or_else(|broken| *broken.until);
        assert!(until.events.len() > 5 && until.end.is_none(), "{} events", until.events.len());
    }
}
