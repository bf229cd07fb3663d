//! The Python twin with other values of its parameters.

use super::{Args, Example};

/// The lines of the twin; those that set a parameter carry its value in `args`.
pub fn python_lines(example: &Example, args: &Args) -> Vec<String> {
    let line_of = |line: &str| {
        let (name, _) = line.split_once(" = ")?;
        Some(format!("{name} = {}", args.get(name)?.python()))
    };
    example.python.lines().map(|line| line_of(line).unwrap_or_else(|| line.into())).collect()
}

/// The twin with the values of `args`, ready to run under CPython 3.13.
pub fn python_source(example: &Example, args: &Args) -> String {
    let mut source = python_lines(example, args).join("\n");
    source.push('\n');
    source
}
