//! What the commands print: headings, elapsed times, and the closing count.

use std::fmt::{self, Display};
use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Prints one line, at once, so that it keeps its place among the output of children.
pub fn say(line: impl Display) {
    if cfg!(test) {
        // The one way of printing that a test's output is kept from the closing count by.
        println!("{line}");
        return;
    }
    let mut out = stdout();
    // A reader that went away is no reason to stop the work.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A length of time as people say it: `0.4 s`, `12 s`, `3 min 05 s`.
pub struct Elapsed(pub Duration);

impl Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds >= 60 {
            write!(f, "{} min {:02} s", seconds / 60, seconds % 60)
        } else if seconds >= 10 {
            write!(f, "{seconds} s")
        } else {
            write!(f, "{:.1} s", self.0.as_secs_f64())
        }
    }
}

/// Stages run one after another; each is run even when one before it failed.
#[derive(Default)]
pub struct Stages {
    passed: usize,
    failed: Vec<String>,
}

impl Stages {
    /// Runs one stage under its heading and says how it went and how long it took.
    pub fn run(&mut self, title: &str, stage: impl FnOnce() -> Result<()>) -> bool {
        say(format_args!("\n=== {title} ==="));
        let start = Instant::now();
        let result = stage();
        let elapsed = Elapsed(start.elapsed());
        match &result {
            Ok(()) => {
                self.passed += 1;
                say(format_args!("=== {title}: passed ({elapsed}) ==="));
            }
            Err(error) => {
                self.failed.push(title.to_owned());
                say(format_args!("{error:#}"));
                say(format_args!("=== {title}: FAILED ({elapsed}) ==="));
            }
        }
        result.is_ok()
    }

    /// Prints what failed and, as the last line, the count.
    pub fn finish(self) -> ExitCode {
        say("");
        for title in &self.failed {
            say(format_args!("failed: {title}"));
        }
        say(self.closing());
        if self.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// The count, in the form that CI reads.
    fn closing(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed.len())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn times_read_well() {
        for (millis, text) in
            [(400, "0.4 s"), (12_345, "12 s"), (185_000, "3 min 05 s"), (3_600_000, "60 min 00 s")]
        {
            assert_eq!(Elapsed(Duration::from_millis(millis)).to_string(), text, "{millis}");
        }
    }

    #[test]
    fn a_failed_stage_is_counted_and_does_not_stop_the_next() {
        let mut stages = Stages::default();
        assert!(stages.run("one", || Ok(())));
        assert!(!stages.run("two", || bail!("no")));
        assert!(stages.run("three", || Ok(())));
        assert_eq!(stages.closing(), "2 passed, 1 failed");
        assert_ne!(stages.finish(), ExitCode::SUCCESS);
    }
}
