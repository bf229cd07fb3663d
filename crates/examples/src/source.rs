//! The programs of an example, and the Python twin with other values of its parameters.

use super::Args;
#[cfg(not(target_arch = "wasm32"))]
use super::LineMap;

/// The programs of an example, as they stand in its folder.
#[cfg(not(target_arch = "wasm32"))]
pub struct Source {
    /// The Python twin, with the defaults.
    pub python: &'static str,
    /// The Rust program.
    pub rust: &'static str,
    /// Which Rust line awaits where in the twin.
    pub lines: &'static str,
}

#[cfg(not(target_arch = "wasm32"))]
impl Source {
    /// Which Rust line awaits where in the twin.
    pub fn line_map(&self) -> LineMap {
        LineMap::parse(self.lines)
    }
}

/// The lines of a twin; those that set a parameter carry its value in `args`.
pub fn python_lines(twin: &str, args: &Args) -> Vec<String> {
    let line_of = |line: &str| {
        let (name, _) = line.split_once(" = ")?;
        Some(format!("{name} = {}", args.get(name)?.python()))
    };
    twin.lines().map(|line| line_of(line).unwrap_or_else(|| line.into())).collect()
}

/// A twin with the values of `args`, ready to run under CPython 3.13.
pub fn python_source(twin: &str, args: &Args) -> String {
    let mut source = python_lines(twin, args).join("\n");
    source.push('\n');
    source
}
