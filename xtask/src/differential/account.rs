//! Keeps account of the differences, and shows the first few with small programs.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value as Json;

use super::coverage::{Coverage, missing, must_be_complete};
use super::pretty::pretty;
use super::shrink::shrink;
use super::sides::{Judged, Verdict, judge};
use crate::conformance::oracle::Oracle;
use crate::report::say;
use crate::shell::Shell;

/// How many programs that differ are shown.
const SHOWN: usize = 3;

/// A program and where it comes from.
pub struct Source {
    pub json: Json,
    /// A name for a file of it.
    pub name: String,
    /// The arguments that bring it about again.
    pub again: String,
}

/// The account of a run.
pub struct Account {
    since: Instant,
    programs: u64,
    differing: usize,
    /// Malformed, as both sides say: nothing was compared.
    refused: usize,
    cut_off: u64,
    coverage: Coverage,
    rust_time: Duration,
    cpython_time: Duration,
}

impl Default for Account {
    /// One that begins now.
    fn default() -> Self {
        Self {
            since: Instant::now(),
            programs: 0,
            differing: 0,
            refused: 0,
            cut_off: 0,
            coverage: Coverage::default(),
            rust_time: Duration::ZERO,
            cpython_time: Duration::ZERO,
        }
    }
}

impl Account {
    /// Adds what comparing `sources` gave, and shows what differs.
    ///
    /// # Errors
    /// That the oracle went away, or that a small program could not be written.
    pub fn add(
        &mut self,
        shell: &Shell,
        oracle: &mut Oracle,
        sources: &[Source],
        judged: &Judged,
    ) -> Result<()> {
        self.coverage.merge(&judged.coverage);
        self.rust_time += judged.rust_time;
        self.cpython_time += judged.cpython_time;
        for (source, verdict) in sources.iter().zip(&judged.verdicts) {
            self.programs += 1;
            let count = match verdict {
                Verdict::Same => continue,
                Verdict::CutOff => {
                    self.cut_off += 1;
                    continue;
                }
                Verdict::Refused(_) => &mut self.refused,
                Verdict::Different(_) | Verdict::NotRun(_) => &mut self.differing,
            };
            *count += 1;
            if *count <= SHOWN {
                show(shell, oracle, source, verdict)?;
            }
        }
        Ok(())
    }

    /// Says how far it has come, and when it will end at this rate.
    pub fn progress(&self, of: u64) {
        let elapsed = self.since.elapsed();
        let left = of.saturating_sub(self.programs) as f64 / self.programs.max(1) as f64;
        say(format_args!(
            "… {} of {of} programs, {}; {} per second, {} to go",
            self.programs,
            differences(self.differing),
            rate(self.programs, elapsed),
            duration(elapsed.mul_f64(left)),
        ));
    }

    /// Says what it all came to; whether nothing differs, nothing was refused and, if so many
    /// programs should have, all was reached.
    pub fn close(&self, generated: bool) -> bool {
        for (count, what) in [(self.differing, "differ"), (self.refused, "are refused")] {
            if count > SHOWN {
                say(format_args!("{} more that {what} are not shown", count - SHOWN));
            }
        }
        let missed = missing(&self.coverage).len();
        let complete = !generated || missed == 0 || !must_be_complete(self.programs);
        if generated {
            say(format_args!("\n{}", self.coverage.table().trim_end()));
        }
        let refused = match self.refused {
            0 => String::new(),
            n => format!(", {n} REFUSED on both sides"),
        };
        let cut_off = match self.cut_off {
            0 => String::new(),
            n => format!(", {n} cut off on both sides"),
        };
        say(format_args!(
            "{} programs, {}{refused}{cut_off}; programs per second: Rust {}, CPython {}",
            self.programs,
            differences(self.differing),
            rate(self.programs, self.rust_time),
            rate(self.programs, self.cpython_time),
        ));
        if !complete {
            say(format_args!("NOT ALL REACHED: {missed}, although there were enough programs"));
        }
        self.differing == 0 && self.refused == 0 && complete
    }
}

/// Shows a program that differs, as small as can be, and how to have it again.
fn show(shell: &Shell, oracle: &mut Oracle, source: &Source, verdict: &Verdict) -> Result<()> {
    say(format_args!("\n{}:", source.again));
    let different = matches!(verdict, Verdict::Different(_));
    let mut failed = None;
    let small = match different {
        true => shrink(&source.json, &mut |candidate| match judge(
            oracle,
            std::slice::from_ref(candidate),
        ) {
            Ok(judged) => matches!(judged.verdicts[..], [Verdict::Different(_)]),
            Err(error) => {
                failed = Some(error);
                false
            }
        }),
        false => source.json.clone(),
    };
    failed.map_or(Ok(()), Err)?;
    say(pretty(&small));
    let judged = judge(oracle, std::slice::from_ref(&small))?;
    tell(judged.verdicts.first().unwrap_or(verdict));
    if different {
        let path = write(shell, source, &small)?;
        say(format_args!("  this: cargo xtask differential --programs {}", path.display()));
    }
    say(format_args!("  as it was: cargo xtask differential {}", source.again));
    Ok(())
}

/// Says what a verdict has against a program.
pub fn tell(verdict: &Verdict) {
    match verdict {
        Verdict::Same => say("  no difference any more"),
        Verdict::CutOff => say("  cut off on both sides"),
        Verdict::Different(differences) => differences.iter().for_each(say),
        Verdict::Refused(why) => say(format_args!("  refused: {why}")),
        Verdict::NotRun(why) => say(format_args!("  {why}")),
    }
}

/// Writes a small program; the file, from the top of the repository.
fn write(shell: &Shell, source: &Source, small: &Json) -> Result<PathBuf> {
    let path = PathBuf::from("target/differential").join(format!("{}.json", source.name));
    let whole = shell.root().join(&path);
    let folder = whole.parent().context("a file is in a folder")?;
    fs::create_dir_all(folder)?;
    fs::write(&whole, pretty(small) + "\n").with_context(|| path.display().to_string())?;
    Ok(path)
}

/// A number of differences in words.
pub fn differences(count: usize) -> String {
    match count {
        0 => "no difference".to_owned(),
        1 => "1 DIFFERENCE".to_owned(),
        _ => format!("{count} DIFFERENCES"),
    }
}

/// A duration in its two largest units.
fn duration(time: Duration) -> String {
    let minutes = (time.as_secs() + 30) / 60;
    match (minutes / (24 * 60), minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) => format!("{} s", time.as_secs()),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

fn rate(programs: u64, time: Duration) -> u64 {
    (programs as f64 / time.as_secs_f64().max(1e-9)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_two_units() {
        let told = |seconds| duration(Duration::from_secs(seconds));
        assert_eq!([told(20), told(100), told(3700)], ["20 s", "2 min", "1 h 2 min"]);
        assert_eq!(told(200_000), "2 d 7 h");
    }
}
