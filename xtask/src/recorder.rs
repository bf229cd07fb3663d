//! `cargo xtask recorder`: does the recorder for real programs leave them as they are, and do its traces open?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use trace::EventKind;

use crate::conformance::python::Python;
use crate::report::{Stages, say};
use crate::shell::{self, Shell};
use crate::trace_file;

/// Check the recorder for real programs, recorder/coroscope.py.
///
/// CPython's own tests of asyncio must go the same with it as without; so must the programs of xtask/corpus, event
/// for event; and the traces of the programs in recorder/examples must open, of one that dies too, whatever it dies
/// of. CPython 3.13 is PYTHON313, else python3.13, plain or of pyenv; --python names others besides.
#[derive(clap::Args)]
pub struct Args {
    /// All modules of test.test_asyncio, which takes minutes, rather than those that take seconds
    #[arg(long)]
    all: bool,
    /// Another CPython, 3.12 or newer, with which to do the same; as often as needed
    #[arg(long, value_name = "PATH")]
    python: Vec<PathBuf>,
    /// Only say what a recording costs
    #[arg(long)]
    cost: bool,
}

/// Checks as asked.
pub fn main(shell: &Shell, args: &Args) -> Result<ExitCode> {
    let newest = Python::require(shell)?.path;
    let checks = shell.root().join("recorder/checks");
    let pythons = std::iter::once(&newest).chain(&args.python);
    if args.cost {
        for python in pythons {
            say(python.display());
            shell::run(shell.command(python).arg(checks.join("cost.py")))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut stages = Stages::default();
    for python in pythons {
        let name = python.display();
        stages.run(&format!("names, {name}"), || names(shell, python));
        stages.run(&format!("traces of programs, {name}"), || traces(shell, python));
        stages.run(&format!("CPython's own tests of asyncio, {name}"), || {
            let all = args.all.then_some("--all");
            shell::run(shell.command(python).arg(checks.join("agree.py")).args(all))
        });
    }
    stages.run("the corpus", || shell::run(shell.command(&newest).arg(checks.join("corpus.py"))));
    Ok(stages.finish())
}

/// What takes seconds of it.
///
/// # Errors
/// That something is not as it must be, or that there is no CPython.
pub fn quick(shell: &Shell) -> Result<()> {
    let python = Python::require(shell)?.path;
    names(shell, &python)?;
    traces(shell, &python)?;
    shell::run(shell.command(&python).arg(shell.root().join("recorder/checks/corpus.py")))
}

/// What a program calls its locks and queues is found, and nothing of the program's runs for it.
fn names(shell: &Shell, python: &Path) -> Result<()> {
    shell::run(shell.command(python).arg(shell.root().join("recorder/checks/names.py")))
}

/// What programs of recorder/examples are called with.
const CALLS: [(&str, &[&str]); 9] = [
    ("server", &[]),
    ("client", &[]),
    ("crawler", &[]),
    ("crash", &["raise"]),
    ("crash", &["interrupt"]),
    ("crash", &["terminate"]),
    ("crash", &["kill"]),
    ("crash", &["abort"]),
    ("crash", &["exit"]),
];

/// Records each program, whole, packed and in a ring, and reads what was written.
///
/// # Errors
/// That a trace cannot be read, or says less than it must.
fn traces(shell: &Shell, python: &Path) -> Result<()> {
    let folder = shell.root().join("target/recorder");
    std::fs::create_dir_all(&folder)?;
    let (file, packed) = (folder.join("run.trace"), folder.join("run.json.gz"));
    for (program, arguments) in CALLS {
        let ways: [(&[&str], _); 3] = [(&[], &file), (&[], &packed), (&["--last", "200"], &file)];
        for (ring, file) in ways {
            let mut command = shell.command(python);
            command.arg(shell.root().join("recorder/coroscope.py")).args(ring).arg("-o").arg(file);
            command
                .arg(shell.root().join(format!("recorder/examples/{program}.py")))
                .args(arguments);
            let output = command.output()?;
            let name = format!("{program} {} {}", arguments.join(" "), ring.join(" "));
            let bytes = trace_file::bytes(file).with_context(|| name.clone())?;
            let text = String::from_utf8_lossy(&bytes);
            let interpreter = python.parent().and_then(Path::parent);
            for folder in [Some(shell.root()), interpreter].into_iter().flatten() {
                let folder = format!("{}/", folder.display());
                ensure!(
                    !text.contains(&folder),
                    "{name}: the trace names {folder}, a folder of this machine"
                );
            }
            let document = trace_file::read(&bytes).with_context(|| name.clone())?;
            let source = format!("{program}.py");
            ensure!(document.header.sources.contains_key(&source), "{name}: no source");
            let printed = |document: &trace_document::Document| {
                let is_line = |kind: &EventKind| matches!(kind, EventKind::Printed { .. });
                document.events.iter().filter(|event| is_line(&event.kind)).count()
            };
            if ring.is_empty() {
                let lines = String::from_utf8_lossy(&output.stdout).lines().count();
                // What dies without a word loses what Python has not written of its own output either.
                ensure!(printed(&document) >= lines.max(2), "{name}: lines are missing");
            }
            // A reader calls a task so of which it was not told.
            let is_unknown = |event: &trace::Event| matches!(&event.kind, EventKind::TaskCreated { name, .. } if name.starts_with("task "));
            ensure!(!document.events.iter().any(is_unknown), "{name}: a task without a name");
            let killed = arguments.iter().any(|way| ["kill", "abort", "exit"].contains(way));
            ensure!(killed || document.end.is_some(), "{name}: the trace has no end");
        }
    }
    Ok(())
}
