//! `cargo xtask trust properties`: what must hold of every run, of random programs of everything the layer has.

use std::thread;

use anyhow::{Result, anyhow, bail};
use executor::World;

use super::report;
use crate::differential::{self, Left};
use crate::shell::Shell;

/// Look for lost wake-ups, lost permits, broken lines and leaks in runs of random programs, also in other orders
///
/// The programs are those of `differential`. Each runs as it is, in a world where everything takes a little more or less
/// time, and up to some step, at which it is dropped. What must hold is in crates/invariants. No CPython is needed.
#[derive(clap::Args)]
pub struct Args {
    /// Where the random programs begin; the same seed gives the same ones
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many
    #[arg(long, default_value_t = 2000)]
    count: u64,
}

/// Programs that are a part of `cargo xtask test`.
const QUICK: u64 = 300;

/// Programs may nest deeply.
const STACK: usize = 512 << 20;

/// Looks at so many, and keeps the figures.
///
/// # Errors
/// What does not hold.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let (runs, wrong) = look(args.seed, args.count)?;
    let figures = [format!(
        "{} random programs in {runs} runs, as they are, in other orders and dropped on the way: {} with something that does not hold",
        args.count,
        wrong.len()
    )];
    let command = format!("properties --seed {} --count {}", args.seed, args.count);
    report::keep(shell, "properties", &command, &figures)?;
    settle(&wrong)
}

/// Looks at a few.
///
/// # Errors
/// What does not hold.
pub fn quick() -> Result<()> {
    settle(&look(5, QUICK)?.1)
}

fn settle(wrong: &[String]) -> Result<()> {
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
}

/// How many runs there were, and what was wrong with them.
fn look(seed: u64, count: u64) -> Result<(u64, Vec<String>)> {
    let looking = move || {
        let (mut runs, mut wrong) = (0, Vec::new());
        for index in 0..count {
            let world = World { seed: index, spread: 0.5 };
            // Where it is dropped differs from program to program, and from seed to seed.
            let dropped = (seed.wrapping_add(index).wrapping_mul(7919) % 200) as usize;
            for (world, steps) in [(None, None), (Some(world), None), (None, Some(dropped))] {
                runs += 1;
                let Some(left) = differential::look(seed, index, world, steps) else { continue };
                let Left { broken, coroutines, executor } = left;
                let mut tell = |what: String| {
                    wrong.push(format!(
                        "--seed {seed} --index {index}, {world:?}, {steps:?}: {what}"
                    ));
                };
                broken.iter().take(3).for_each(|broken| tell(broken.to_string()));
                if coroutines > 0 {
                    tell(format!("{coroutines} of its coroutines are left"));
                }
                if executor {
                    tell("its executor is left".to_owned());
                }
            }
        }
        (runs, wrong)
    };
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, looking)?;
        thread.join().map_err(|_| anyhow!("a program panicked"))
    })
}
