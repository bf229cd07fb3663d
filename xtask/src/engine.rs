//! CPython in Pyodide, run by Node.js: what the page has for the reader's own program.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value as Json, json};
use trace_document::Document;

use crate::conformance::oracle;
use crate::install;
use crate::program::{self, Version};
use crate::pyodide;
use crate::shell::Shell;

/// Where its Python modules are, in the repository: its own, the recorder, and the virtual world of the oracle.
const MODULES: [&str; 3] = ["engine", "recorder", "xtask/oracle"];

/// Runs programs, each in an interpreter of its own.
pub struct Engine {
    node: PathBuf,
    main: PathBuf,
    pyodide: PathBuf,
    modules: [PathBuf; 3],
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
}

/// How a program is refused that needs what the engine has not.
pub const UNSUPPORTED: &str = "unsupported";

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
            modules: MODULES.map(|folder| shell.root().join(folder)),
        })
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
        let Request { name, source, set, network, pasted } = request;
        let text = json!({ "name": name, "source": source, "set": set, "network": network, "pasted": pasted });
        let mut command = std::process::Command::new(&self.node);
        command.arg(&self.main).arg(&self.pyodide).args(&self.modules);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot start Node.js")?;
        let mut input = child.stdin.take().context("Node.js has no input")?;
        input.write_all(text.to_string().as_bytes()).context("Node.js went away")?;
        drop(input);
        let output = child.wait_with_output()?;
        ensure!(
            output.status.success(),
            "the engine failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(String::from_utf8(output.stdout)?)
    }
}
