//! Pyodide, which runs CPython in a browser: what the page is measured beside.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::npm;
use crate::shell::Shell;
use crate::site::Site;

/// A page that says in `ready` when Pyodide and asyncio were there, in milliseconds since it was asked for, or in
/// `failed` why they are not.
const READY: &str = r#"<!doctype html>
<meta charset="utf-8">
<title>Pyodide</title>
<link rel="icon" href="data:,">
<script type="module">
  try {
    const { loadPyodide } = await import("./pyodide.mjs");
    window.pyodide = await loadPyodide({ indexURL: "./" });
    pyodide.runPython("import asyncio");
    window.ready = performance.now();
  } catch (error) {
    window.failed = String(error);
  }
</script>
"#;

/// The same package beside the rows of the bench, which `seconds(row)` measures.
const ROWS: &str = r#"<!doctype html>
<meta charset="utf-8">
<title>The rows in Pyodide</title>
<link rel="icon" href="data:,">
<script type="module">
  try {
    const { loadPyodide } = await import("./pyodide.mjs");
    const pyodide = await loadPyodide({ indexURL: "./" });
    const rows = pyodide.toPy({ __name__: "rows" });
    const program = await (await fetch("./coroscope-rows.py")).text();
    pyodide.runPython(program, { globals: rows });
    const seconds = rows.get("seconds");
    window.measure = (row) => seconds(row);
    window.ready = performance.now();
  } catch (error) {
    window.failed = String(error);
  }
</script>
"#;

/// A served Pyodide.
pub struct Pyodide {
    site: Site,
}

impl Pyodide {
    /// Serves it, installed from npm into cargo's own folder if it is not there.
    pub fn serve(shell: &Shell) -> Result<Self> {
        let folder = ensure(shell)?;
        fs::write(folder.join("coroscope-ready.html"), READY)?;
        fs::write(folder.join("coroscope-rows.html"), ROWS)?;
        let program = shell.root().join("crates/bench/src/bench.py");
        fs::copy(program, folder.join("coroscope-rows.py"))?;
        Ok(Self { site: Site::local(folder)? })
    }

    /// Where the page is that only gets ready.
    pub fn ready(&self) -> String {
        format!("http://{}/coroscope-ready.html", self.site.address)
    }

    /// Where the page is that measures rows.
    pub fn rows(&self) -> String {
        format!("http://{}/coroscope-rows.html", self.site.address)
    }
}

/// Finds or installs it: the folder of the package.
pub fn ensure(shell: &Shell) -> Result<PathBuf> {
    Ok(npm::ensure(shell)?.join("pyodide"))
}
