//! `cargo xtask trust fuzz`: hostile inputs to everything that reads what others have written.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use fastrand::Rng;

use super::inputs;
use super::kinds::Kind;
use super::mutate::mutate;
use super::report;
use crate::report::{Elapsed, say};
use crate::shell::Shell;

/// How long one input may take.
const LONGEST: Duration = Duration::from_secs(1);

/// How long one may take among the tests, on whatever busy machine: longer is no more slow, but hangs.
const HANGS: Duration = Duration::from_secs(60);

/// How much memory all may take, in MB: none needs more than a part of it.
const MEMORY: u64 = 256;

/// How many inputs of each kind are a part of `cargo xtask test`.
const QUICK: u64 = 500;

/// Read random hostile inputs: links, fields, traces, words, listings, searches, programs, requests
///
/// Each is made of well-formed ones and of those that once did harm (xtask/fuzz), and must be taken or refused: without a
/// panic, within a second, all within 256 MB. What does harm is written to target/trust; it belongs into xtask/fuzz.
#[derive(clap::Args)]
pub struct Args {
    /// Where the random inputs begin; the same seed gives the same ones
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many, of all kinds together
    #[arg(long, default_value_t = 100_000)]
    count: u64,
}

/// What came of it.
#[derive(Default)]
struct Tally {
    read: u64,
    taken: u64,
    slowest: Duration,
    /// What did harm: what it did, and where it is.
    harm: Vec<String>,
}

/// Reads so many, and keeps the figures.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let each = args.count.div_ceil(Kind::ALL.len() as u64);
    let begun = Instant::now();
    let tallies = all(shell, args.seed, each, LONGEST)?;
    let mut figures = Vec::new();
    let (mut read, mut harm) = (0, Vec::new());
    for (kind, tally) in tallies {
        figures.push(format!(
            "{}: {} inputs, {} taken, {} refused, the slowest took {:.0} ms",
            kind.name(),
            tally.read,
            tally.taken,
            tally.read - tally.taken,
            tally.slowest.as_secs_f64() * 1000.0
        ));
        read += tally.read;
        harm.extend(tally.harm);
    }
    let memory = peak().map_or_else(|| "unknown here".to_owned(), |mb| format!("{mb} MB"));
    figures.push(format!(
        "in all {read} inputs, seed {}, in {}; {} did harm; most memory: {memory}",
        args.seed,
        Elapsed(begun.elapsed()),
        harm.len()
    ));
    report::keep(
        shell,
        "fuzz",
        &format!("fuzz --count {} --seed {}", args.count, args.seed),
        &figures,
    )?;
    if peak().is_some_and(|mb| mb > MEMORY) {
        harm.push(format!("more than {MEMORY} MB were needed"));
    }
    settle(&harm)
}

/// A few of each kind, and all that once did harm.
///
/// # Errors
/// What did harm.
pub fn quick(shell: &Shell) -> Result<()> {
    let tallies = all(shell, 1, QUICK, HANGS)?;
    say(format_args!("{} inputs", tallies.iter().map(|(_, tally)| tally.read).sum::<u64>()));
    let harm: Vec<String> = tallies.into_iter().flat_map(|(_, tally)| tally.harm).collect();
    settle(&harm)
}

fn settle(harm: &[String]) -> Result<()> {
    if harm.is_empty() {
        return Ok(());
    }
    bail!("{}", harm.join("\n"));
}

fn all(shell: &Shell, seed: u64, each: u64, longest: Duration) -> Result<Vec<(Kind, Tally)>> {
    // Panics are caught and counted; the message of each would only be in the way.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let tallies =
        Kind::ALL.iter().map(|kind| Ok((*kind, of(shell, *kind, seed, each, longest)?))).collect();
    panic::set_hook(hook);
    tallies
}

/// Reads inputs of one kind, watched by another thread.
fn of(shell: &Shell, kind: Kind, seed: u64, count: u64, longest: Duration) -> Result<Tally> {
    let kept = inputs::kept(shell, kind)?;
    let mut seeds = inputs::seeds(kind);
    seeds.extend(kept.iter().cloned());
    let mut rng = Rng::with_seed(seed ^ kind as u64);
    let mut tally = Tally::default();
    let (number, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let present = Mutex::new(Vec::new());
    thread::scope(|scope| {
        // What never ends cannot be ended: it is written down, and the process ends.
        scope.spawn(|| watch(shell, kind, longest, &number, &over, &present));
        let made = seeds.clone().into_iter().chain(kept);
        let made = made.chain((0..count).map(|_| mutate(&mut rng, &seeds)));
        for input in made {
            if let Ok(mut present) = present.lock() {
                present.clone_from(&input);
            }
            number.fetch_add(1, Ordering::Relaxed);
            let begun = Instant::now();
            let result = catch_unwind(AssertUnwindSafe(|| kind.read(&input)));
            let took = begun.elapsed();
            tally.read += 1;
            tally.slowest = tally.slowest.max(took);
            match result {
                Ok(taken) => tally.taken += u64::from(taken),
                Err(panic) => {
                    let what = panic.downcast_ref::<String>().cloned();
                    let what = what.or_else(|| Some((*panic.downcast_ref::<&str>()?).to_owned()));
                    let what = format!("panicked: {}", what.unwrap_or_default());
                    tally.harm.push(write(shell, kind, &input, &what));
                }
            }
            if took > longest {
                tally.harm.push(write(shell, kind, &input, &format!("took {}", Elapsed(took))));
            }
            if tally.harm.len() >= 20 {
                break;
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    Ok(tally)
}

/// Ends the process when one input takes far too long.
fn watch(
    shell: &Shell,
    kind: Kind,
    longest: Duration,
    number: &AtomicU64,
    over: &AtomicBool,
    present: &Mutex<Vec<u8>>,
) {
    let (mut seen, mut since) = (0, Instant::now());
    while !over.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(100));
        let now = number.load(Ordering::Relaxed);
        if now != seen {
            (seen, since) = (now, Instant::now());
        } else if since.elapsed() > 10 * longest {
            let input = present.lock().map(|input| input.clone()).unwrap_or_default();
            eprintln!("error: {}", write(shell, kind, &input, "never ended"));
            std::process::exit(1);
        }
    }
}

/// Writes an input that did harm to a file, and says so.
fn write(shell: &Shell, kind: Kind, input: &[u8], what: &str) -> String {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let folder = shell.root().join("target/trust");
    let path = folder.join(format!("{}-{:016x}", kind.name(), hasher.finish()));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input));
    match written {
        Ok(()) => format!("{}: {what}: {}", kind.name(), path.display()),
        Err(error) => format!("{}: {what}: {error}", kind.name()),
    }
}

/// The most memory that this process has had, in MB, where the system says so.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_harm_is_found() {
        // A reader with a fault, planted: it stumbles over two brackets.
        let stumbles = |input: &[u8]| assert!(!input.windows(2).any(|two| two == b"[["));
        let seeds = vec![b"#gather-order?DELAYS=[0.6]".to_vec()];
        let mut rng = Rng::with_seed(7);
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let found = (0..2000).any(|_| {
            let input = mutate(&mut rng, &seeds);
            catch_unwind(|| stumbles(&input)).is_err()
        });
        panic::set_hook(hook);
        assert!(found);
    }

    #[test]
    fn well_formed_inputs_of_each_kind_are_taken() {
        for kind in Kind::ALL {
            let seeds = inputs::seeds(kind);
            assert!(!seeds.is_empty(), "{kind:?}");
            assert!(seeds.iter().any(|input| kind.read(input)), "{kind:?}: none is taken");
        }
    }
}
