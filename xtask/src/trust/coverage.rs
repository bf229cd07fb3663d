//! `cargo xtask trust fuzz --coverage`: libFuzzer, which keeps an input when it reaches code that none has reached.
//!
//! This program is compiled once more, with counters in all of its code, and begins in libFuzzer then. The stable compiler
//! can do that; `cargo fuzz` adds sanitizers, which it cannot, and there is no unsafe code for them to look at.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::fuzz::MEMORY;
use super::inputs;
use super::kinds::Kind;
use super::mutate::{LONGEST, TOKENS};
use super::report;
use crate::report::{Elapsed, say};
use crate::shell::{self, Shell};

/// Tells the program which kind it reads.
const KIND: &str = "COROSCOPE_FUZZ_KIND";

/// Counters at every edge, and what is compared with what.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// How many seconds of the clock an input may take: libFuzzer does not know the processor's time, and others work, too.
const HANGS: u64 = 10;

/// Reads each kind for so many seconds, and keeps the figures; with `keep` also the inputs that reached most.
///
/// # Errors
/// What did harm, and that there is no compiler of C++.
pub fn main(shell: &Shell, seconds: u64, seed: u64, keep: bool) -> Result<()> {
    let program = build(shell)?;
    let (mut figures, mut harm) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        let folder = shell.root().join("target/trust/coverage-inputs").join(kind.name());
        begin_with(shell, kind, &folder)?;
        let options = [
            format!("-max_total_time={seconds}"),
            // 0 would be another one each time.
            format!("-seed={}", seed.wrapping_add(1) as u32),
            format!("-dict={}", dictionary(shell)?.display()),
        ];
        let output = run(shell, &program, kind, &options, &[&folder])?;
        let words = String::from_utf8_lossy(&output.stderr);
        let found = Found::read(&words).with_context(|| format!("{}: {words}", kind.name()))?;
        let figure = format!("{}: {found}", kind.name());
        say(&figure);
        figures.push(figure);
        if !output.status.success() {
            harm.push(format!("{}: {}", kind.name(), what_happened(&words)));
        } else if keep {
            inputs::keep(shell, kind, best(shell, &program, kind, &folder)?)?;
        }
    }
    let took = Elapsed(Duration::from_secs(seconds));
    figures.push(format!("{took} for each kind, led by what is reached; {} did harm", harm.len()));
    let command = format!("fuzz --coverage {seconds} --seed {seed}");
    report::keep(shell, "fuzz-coverage", &command, &figures)?;
    ensure!(harm.is_empty(), "{}", harm.join("\n"));
    Ok(())
}

/// The program, with counters. Named by its target, so that what runs while it is compiled has none.
fn build(shell: &Shell) -> Result<PathBuf> {
    let host = shell.output("rustc", ["--print", "host-tuple"]).context("rustc cannot be run")?;
    let (host, folder) = (host.trim(), shell.root().join("target/trust/coverage"));
    say(format_args!("Compiling with counters (minutes, the first time) …"));
    let mut command = shell.command("cargo");
    command.args(["build", "--quiet", "--package", "xtask", "--features", "coverage"]);
    command.args(["--profile", "xtask", "--target", host, "--target-dir"]).arg(&folder);
    command.env("RUSTFLAGS", FLAGS);
    shell::run(&mut command).context("libFuzzer is compiled of C++: is there a compiler of it?")?;
    Ok(folder.join(host).join("xtask/xtask"))
}

/// Puts what is known already into the folder of a kind.
fn begin_with(shell: &Shell, kind: Kind, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for input in inputs::seeds(kind).into_iter().chain(inputs::kept(shell, kind)?) {
        fs::write(folder.join(inputs::name(&input)), input)?;
    }
    Ok(())
}

/// The file of what parsers stumble over.
fn dictionary(shell: &Shell) -> Result<PathBuf> {
    let path = shell.root().join("target/trust/coverage-words");
    fs::write(&path, TOKENS.map(entry).concat())?;
    Ok(path)
}

/// A line of it.
fn entry(token: &str) -> String {
    if token.is_empty() {
        return String::new();
    }
    let bytes: String = token.bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    format!("\"{bytes}\"\n")
}

fn run(
    shell: &Shell,
    program: &Path,
    kind: Kind,
    options: &[String],
    folders: &[&Path],
) -> Result<Output> {
    let mut command = shell.command(program);
    command.args([
        format!("-timeout={HANGS}"),
        format!("-rss_limit_mb={MEMORY}"),
        format!("-max_len={LONGEST}"),
        format!(
            "-artifact_prefix={}/{}-",
            shell.root().join("target/trust").display(),
            kind.name()
        ),
        "-print_final_stats=1".to_owned(),
    ]);
    command.args(options).args(folders).env(KIND, kind.name());
    Ok(command.stdin(Stdio::null()).output()?)
}

/// As few inputs as reach all that was reached, without those that were there before.
fn best(shell: &Shell, program: &Path, kind: Kind, from: &Path) -> Result<Vec<Vec<u8>>> {
    let folder = from.with_extension("best");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let output = run(shell, program, kind, &["-set_cover_merge=1".to_owned()], &[&folder, from])?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let known = [inputs::seeds(kind), inputs::kept(shell, kind)?].concat();
    let paths =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let found = paths.iter().map(|path| Ok(fs::read(path)?)).collect::<Result<Vec<_>>>()?;
    Ok(found.into_iter().filter(|input| !known.contains(input)).collect())
}

/// What libFuzzer says of an end that is none of its own.
fn what_happened(words: &str) -> String {
    let said = ["panicked at", "SUMMARY:", "Test unit written to"];
    let lines = words.lines().filter(|line| said.iter().any(|one| line.contains(one)));
    lines.collect::<Vec<_>>().join("; ")
}

/// What came of a kind.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    read: u64,
    /// Edges of the code that were reached by what was there already, and by all.
    edges: (u64, u64),
    kept: u64,
    memory: u64,
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Found { read, edges: (before, all), kept, memory } = self;
        write!(
            f,
            "{read} inputs, {before} edges of the code reached by those that were there, {all} by all, {kept} found that reach more; most memory: {memory} MB"
        )
    }
}

impl Found {
    /// Reads what libFuzzer says.
    fn read(words: &str) -> Result<Self> {
        let edges = |line: &str| -> Option<u64> {
            line.split_once(" cov: ")?.1.split(' ').next()?.parse().ok()
        };
        let before = words.lines().find(|line| line.contains("INITED")).and_then(edges);
        let stat = |name: &str| -> Result<u64> {
            let line = words.lines().find_map(|line| line.strip_prefix(&format!("stat::{name}:")));
            Ok(line.with_context(|| format!("no {name}"))?.trim().parse()?)
        };
        let all = words.lines().filter_map(edges).next_back();
        Ok(Self {
            read: stat("number_of_executed_units")?,
            edges: before.zip(all).context("it tells of nothing that is reached")?,
            kept: stat("new_units_added")?,
            memory: stat("peak_rss_mb")?,
        })
    }
}

/// Reads an input as one of the kind that was named.
#[cfg(feature = "coverage")]
pub fn read(input: &[u8]) {
    thread_local!(static NAMED: Option<Kind> = {
        let name = std::env::var(KIND).unwrap_or_default();
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    });
    NAMED.with(|kind| std::hint::black_box(kind.expect("a kind is named").read(input)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_is_read_of_its_words() {
        let words = "INFO: seed corpus: files: 9\n#10\tINITED cov: 1200 ft: 1300 corp: 9/1kb\n\
            #20\tNEW    cov: 1291 ft: 1722 corp: 10/1413b lim: 33\nDone 23037 runs in 11 second(s)\n\
            stat::number_of_executed_units: 23037\nstat::new_units_added:          287\nstat::peak_rss_mb:              40\n";
        let found = Found { read: 23037, edges: (1200, 1291), kept: 287, memory: 40 };
        assert_eq!(Found::read(words).expect("its words"), found);
        assert!(Found::read("it did not begin").is_err());
    }

    #[test]
    fn every_token_is_an_entry_that_can_be_read() {
        assert_eq!(entry("[\""), "\"\\x5b\\x22\"\n");
        assert_eq!(entry(""), "");
    }

    #[test]
    fn a_panic_and_where_its_input_is_are_told() {
        let words = "thread '<unnamed>' panicked at src/a.rs:1:2:\nx\n==1== ERROR\nSUMMARY: libFuzzer: deadly signal\n\
            artifact_prefix='t/'; Test unit written to t/link-crash-1\n";
        let told = what_happened(words);
        assert!(told.contains("src/a.rs") && told.contains("t/link-crash-1"), "{told}");
    }
}
