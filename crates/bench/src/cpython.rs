//! The work in CPython 3.13, which measures itself.

use crate::rows::Row;
use std::path::Path;
use std::process::Command;

const SCRIPT: &str = include_str!("bench.py");

/// The median seconds of each row, in the order given.
///
/// # Errors
/// What CPython says when it fails.
pub fn measure(python: &Path, rows: &[Row], rounds: usize) -> Result<Vec<f64>, String> {
    let mut command = Command::new(python);
    command.args(["-c", SCRIPT, &rounds.to_string()]).args(rows.iter().map(|row| row.name()));
    let said = command.output().map_err(|error| error.to_string())?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into_owned());
    }
    let lines = String::from_utf8_lossy(&said.stdout).into_owned();
    let seconds =
        lines.lines().map(|line| line.split(' ').nth(1).and_then(|text| text.parse().ok()));
    let seconds: Option<Vec<f64>> = seconds.collect();
    seconds.filter(|seconds| seconds.len() == rows.len()).ok_or(lines)
}
