//! CPython in Pyodide, run by Node.js: what the page has for the reader's own program.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::{Map, Value as Json, json};
use trace_document::Document;

use crate::compiled;
use crate::conformance::oracle;
use crate::install;
use crate::program::{self, Version};
use crate::pyodide;
use crate::report::say;
use crate::shell::Shell;

/// Runs programs, each as if its interpreter were new.
pub struct Engine {
    node: PathBuf,
    main: PathBuf,
    pyodide: PathBuf,
    compiled: PathBuf,
    modules: Vec<PathBuf>,
}

/// The first version of Node.js that suspends stacks of WebAssembly (JSPI) without being asked: programs may start
/// threads there.
const SWITCHES: Version = (25, 0, 0);

/// What is brought where there is an older one.
const NODE: &str = "node@26.10.0";

/// A Node.js that can suspend stacks: the one that is there, or one from npm; where that cannot be had, any.
fn node(shell: &Shell) -> Result<PathBuf> {
    let Some(found) = shell.find("node") else {
        bail!("own programs are run by Node.js, which is not there: install it");
    };
    if program::version(shell, &found).is_some_and(|version| version >= SWITCHES) {
        return Ok(found);
    }
    let prefix = shell.cargo_home().join("coroscope").join(NODE.replace('@', "-"));
    let node = prefix.join("node_modules/node/bin/node");
    if !node.is_file() && shell.find("npm").is_some() {
        fs::create_dir_all(&prefix)?;
        let mut command = shell.command("npm");
        command.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&prefix).arg(NODE);
        install::run(
            "a Node.js that can suspend WebAssembly (npm's node)",
            "seconds",
            &mut command,
        )?;
    }
    let runs = program::version(shell, &node).is_some_and(|version| version >= SWITCHES);
    Ok(if runs { node } else { found })
}

/// What is to be run.
#[derive(Default)]
pub struct Request<'a> {
    /// The file's name.
    pub name: &'a str,
    /// Its text.
    pub source: &'a str,
    /// Other values for constants of it.
    pub set: Map<String, Json>,
    /// Parameters of the simulated network.
    pub network: Map<String, Json>,
    /// Whether it may lack imports and the call of its main function, and await at the top.
    pub pasted: bool,
    /// Texts of which such a program may use what they define.
    pub cells: &'a [String],
    /// Whether the program ends where its text is no Python any more.
    pub trim: bool,
    /// Whether it is not run, and only told where it awaits one thing after the other.
    pub sequences: bool,
    /// The lines that it is given when it asks; without them it is refused then.
    pub input: Option<&'a [String]>,
}

/// How a program is refused that starts threads where stacks cannot be suspended.
pub const THREADS: &str = "threads";

/// What a command does with the programs of a folder, in the engine; where there is no such folder it says so.
///
/// # Errors
/// That there is no engine, or what the command says.
pub fn with_folder(
    shell: &Shell,
    folder: &Path,
    run: impl FnOnce(&Engine, &Path) -> Result<()>,
) -> Result<ExitCode> {
    if folder.is_dir() {
        run(&Engine::new(shell)?, folder)?;
    } else {
        say(format_args!("There is nothing to run: {} is no folder", folder.display()));
    }
    Ok(ExitCode::SUCCESS)
}

impl Engine {
    /// The engine; Pyodide is installed if it is missing.
    ///
    /// # Errors
    /// That there is no Node.js, or no npm where it is needed.
    pub fn new(shell: &Shell) -> Result<Self> {
        Ok(Self {
            node: node(shell)?,
            main: shell.root().join("engine/main.mjs"),
            pyodide: pyodide::ensure(shell)?,
            compiled: compiled::ensure(shell)?,
            modules: compiled::modules(shell),
        })
    }

    /// The version of its CPython, as `3.13.2`.
    ///
    /// # Errors
    /// That Pyodide does not say.
    pub fn python(&self) -> Result<String> {
        let lock = fs::read_to_string(self.pyodide.join("pyodide-lock.json"))?;
        let lock: Json = serde_json::from_str(&lock)?;
        let version = lock["info"]["python"].as_str();
        Ok(version.context("Pyodide does not say which Python it has")?.to_owned())
    }

    /// What a program does.
    ///
    /// # Errors
    /// Why there is no trace of it: it is no Python, it starts no event loop, it does not end.
    pub fn run(&self, request: &Request) -> Result<Document> {
        oracle::trace(&self.ask(request)?)
    }

    /// The answer to a request: a trace, or why there is none.
    pub fn ask(&self, request: &Request) -> Result<String> {
        let answer = self.ask_all(std::slice::from_ref(request))?.pop();
        answer.context("the engine has no answer")
    }

    /// The answers to requests, in their order; one interpreter answers them all, as in the page.
    pub fn ask_all(&self, requests: &[Request]) -> Result<Vec<String>> {
        let lines = requests.iter().map(|request| {
            let Request { name, source, set, network, pasted, cells, trim, sequences, input } =
                request;
            let object = json!({
                "name": name, "source": source, "set": set, "network": network,
                "pasted": pasted, "cells": cells, "trim": trim, "sequences": sequences,
                "input": input,
            });
            object.to_string() + "\n"
        });
        let text: String = lines.collect();
        let mut command = std::process::Command::new(&self.node);
        command.arg(&self.main).args([&self.pyodide, &self.compiled]).args(&self.modules);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start Node.js")?;
        let mut input = child.stdin.take().context("Node.js has no input")?;
        // Written beside reading: with both pipes full, each side would wait for the other.
        let writer = thread::spawn(move || input.write_all(text.as_bytes()));
        let output = child.wait_with_output()?;
        let written = writer.join().map_err(|_| anyhow!("the writer panicked"))?;
        ensure!(
            output.status.success(),
            "the engine failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        written.context("Node.js went away")?;
        let answers = str::from_utf8(&output.stdout)?.lines().map(serde_json::from_str);
        let answers = answers.collect::<Result<Vec<String>, _>>()?;
        ensure!(answers.len() == requests.len(), "the engine went away");
        Ok(answers)
    }
}
