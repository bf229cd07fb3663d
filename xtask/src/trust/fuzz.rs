//! `cargo xtask trust fuzz`: hostile inputs to everything that reads what others have written.

use std::collections::HashSet;
use std::fs;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use fastrand::Rng;

use super::coverage;
use super::inputs;
use super::kinds::Kind;
use super::mutate::mutate;
use super::report;
use crate::report::{Elapsed, say};
use crate::shell::Shell;

/// How long one input may take, of the processor's time: on a busy machine others take more of the clock's.
const LONGEST: Duration = Duration::from_secs(1);

/// How long one may take among the tests, on whatever busy machine: longer is no more slow, but hangs.
const HANGS: Duration = Duration::from_secs(60);

/// How much memory all may take, in MB: none needs more than a part of it.
pub const MEMORY: u64 = 256;

/// How many inputs of each kind are a part of `cargo xtask test`.
const QUICK: u64 = 500;

/// How many inputs others are made of: beyond that a new one takes the place of another that was found.
const POOL: usize = 1000;

/// Read random hostile inputs: links, fields, traces, words, listings, searches, programs, requests, addresses
///
/// Each is made of well-formed ones, of those that once did harm (xtask/fuzz), and of random ones that were answered as none
/// before, and must be taken or refused: without a panic, within a second, all within 256 MB. What does harm is written to
/// target/trust; it belongs into xtask/fuzz.
#[derive(clap::Args)]
pub struct Args {
    /// Where the random inputs begin; the same seed gives the same ones
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many, of all kinds together
    #[arg(long, default_value_t = 100_000)]
    count: u64,
    /// For so many seconds for each kind, by libFuzzer, which is led by what of the code is reached; needs a compiler of C++
    #[arg(long, value_name = "SECONDS")]
    coverage: Option<u64>,
    /// Add to xtask/fuzz, for the tests to begin with, an input of each new sort of answer, or as few as reach all that was
    /// reached
    #[arg(long)]
    keep: bool,
}

/// What came of it.
#[derive(Default)]
struct Tally {
    read: u64,
    taken: u64,
    /// How many sorts of answers there were.
    sorts: usize,
    slowest: Duration,
    /// What did harm: what it did, and where it is.
    harm: Vec<String>,
    /// Inputs that were answered as none before.
    found: Vec<Vec<u8>>,
}

/// Reads so many, and keeps the figures.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    if let Some(seconds) = args.coverage {
        return coverage::main(shell, seconds, args.seed, args.keep);
    }
    let each = args.count.div_ceil(Kind::ALL.len() as u64);
    let begun = Instant::now();
    let tallies = all(shell, args.seed, each, LONGEST)?;
    let mut figures = Vec::new();
    let (mut read, mut harm) = (0, Vec::new());
    for (kind, tally) in tallies {
        figures.push(format!(
            "{}: {} inputs, {} taken, {} refused, {} sorts of answers, the slowest took {:.0} ms",
            kind.name(),
            tally.read,
            tally.taken,
            tally.read - tally.taken,
            tally.sorts,
            tally.slowest.as_secs_f64() * 1000.0
        ));
        read += tally.read;
        harm.extend(tally.harm);
        if args.keep {
            inputs::keep(shell, kind, tally.found)?;
        }
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

/// Reads inputs of all kinds, as many kinds at a time as there are processors.
fn all(shell: &Shell, seed: u64, each: u64, longest: Duration) -> Result<Vec<(Kind, Tally)>> {
    // Panics are caught and counted; the message of each would only be in the way.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let (next, tallies) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..processors {
            scope.spawn(|| {
                while let Some(kind) = Kind::ALL.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let tally = of(shell, *kind, seed, each, longest);
                    if let Ok(mut tallies) = tallies.lock() {
                        tallies.push((*kind, tally));
                    }
                }
            });
        }
    });
    panic::set_hook(hook);
    let mut tallies = tallies.into_inner().unwrap_or_default();
    tallies.sort_by_key(|(kind, _)| *kind as usize);
    tallies.into_iter().map(|(kind, tally)| Ok((kind, tally?))).collect()
}

/// Reads inputs of one kind, watched by another thread.
fn of(shell: &Shell, kind: Kind, seed: u64, count: u64, longest: Duration) -> Result<Tally> {
    let mut pool = inputs::seeds(kind);
    pool.extend(inputs::kept(shell, kind)?);
    let (given, mut rng) = (pool.clone(), Rng::with_seed(seed ^ kind as u64));
    let (mut tally, mut sorts) = (Tally::default(), HashSet::new());
    let (number, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let present = Mutex::new(Vec::new());
    thread::scope(|scope| {
        // What never ends cannot be ended: it is written down, and the process ends.
        scope.spawn(|| watch(shell, kind, longest, &number, &over, &present));
        for n in 0..given.len() as u64 + count {
            let input = match given.get(n as usize) {
                Some(input) => input.clone(),
                None => mutate(&mut rng, &pool),
            };
            if let Ok(mut present) = present.lock() {
                present.clone_from(&input);
            }
            number.fetch_add(1, Ordering::Relaxed);
            let (begun, used) = (Instant::now(), processor_time());
            let result = catch_unwind(AssertUnwindSafe(|| kind.read(&input)));
            let mut took = begun.elapsed();
            if let (Some(before), Some(after)) = (used, processor_time()) {
                took = took.min(after - before);
            }
            tally.read += 1;
            tally.slowest = tally.slowest.max(took);
            match result {
                Ok(answer) => {
                    tally.taken += u64::from(answer.taken);
                    if sorts.insert(answer.sort) && given.get(n as usize).is_none() {
                        tally.found.push(input.clone());
                        match pool.len() < POOL.max(2 * given.len()) {
                            true => pool.push(input.clone()),
                            false => {
                                let place = rng.usize(given.len()..pool.len());
                                pool[place].clone_from(&input);
                            }
                        }
                    }
                }
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
    tally.sorts = sorts.len();
    Ok(tally)
}

/// How much of a processor's time this thread has had, where the system says so.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
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
        } else if since.elapsed() > 30 * longest {
            let input = present.lock().map(|input| input.clone()).unwrap_or_default();
            eprintln!("error: {}", write(shell, kind, &input, "never ended"));
            std::process::exit(1);
        }
    }
}

/// Writes an input that did harm to a file, and says so.
fn write(shell: &Shell, kind: Kind, input: &[u8], what: &str) -> String {
    let folder = shell.root().join("target/trust");
    let path = folder.join(format!("{}-{}", kind.name(), inputs::name(input)));
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
            assert!(seeds.iter().any(|input| kind.read(input).taken), "{kind:?}: none is taken");
        }
    }

    #[test]
    fn what_is_answered_for_another_reason_is_another_sort() {
        let sort = |kind: Kind, text: &str| kind.read(text.as_bytes()).sort;
        assert_eq!(sort(Kind::Program, "[{\"a\":1}]"), sort(Kind::Program, "[{\"a\":22}]"));
        assert_ne!(sort(Kind::Program, "[{\"a\":1}]"), sort(Kind::Program, "["));
    }
}
