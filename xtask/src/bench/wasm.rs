//! `cargo xtask bench --wasm`: the rows in a browser.

use std::fs;

use anyhow::Result;

use crate::browser;
use crate::pyodide::Pyodide;
use crate::shell::{self, Shell};
use crate::site::Site;
use crate::tools::{self, Tool, WASM};

/// The rows, by their names in `crates/bench/src/rows.rs`.
const ROWS: [&str; 9] =
    ["spawn", "yields", "queue1", "queue100", "permits", "sleeps", "cancel", "group", "gather"];

/// A page that has `measure` of ours.
const PAGE: &str = r#"<!doctype html>
<meta charset="utf-8">
<title>The rows</title>
<link rel="icon" href="data:,">
<script type="module">
  try {
    const { default: init } = await import("./rows.js");
    await init();
    window.ready = performance.now();
  } catch (error) {
    window.failed = String(error);
  }
</script>
"#;

/// Builds the rows for the browser, as the page is built, and measures them there.
pub fn main(shell: &Shell, only: &[String], rounds: usize) -> Result<()> {
    let browser = browser::ensure(shell)?;
    tools::ensure_wasm_target(shell)?;
    tools::ensure(shell, &[Tool::wasm_bindgen(shell)?])?;
    let pyodide = Pyodide::serve(shell)?;
    shell.run(
        "cargo",
        ["build", "--quiet", "--release", "--package", "bench", "--bin", "wasm", "--target", WASM],
    )?;
    let folder = shell.root().join("target/rows");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("rows.html"), PAGE)?;
    let program = shell.root().join("target").join(WASM).join("release/wasm.wasm");
    let mut bindgen = shell.command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "rows", "--out-dir"]);
    shell::run(bindgen.arg(&folder).arg(program))?;
    let site = Site::local(folder)?;
    let mut command = shell.command("cargo");
    command.args(["run", "--quiet", "--package", "e2e", "--bin", "rows", "--"]);
    command.arg(rounds.to_string()).arg(format!("http://{}/rows.html", site.address));
    command.arg(pyodide.rows());
    if only.is_empty() {
        command.args(ROWS);
    }
    command.args(only);
    shell::run(browser.visiting(&mut command, &site))
}
