//! Against CPython 3.13: what a program prints, in which order, at which loop times.
//!
//! Each test holds a Python program, the lines that CPython 3.13.0 printed for it (by
//! `xtask/oracle/oracle.py`, with `import asyncio` before and `asyncio.run(main())` after it), and the
//! same program in Rust. What the Python programs have in common stands in the first of them.

mod cancel;
mod freeing;
mod future;
mod gather;
mod queue;
mod run;
mod semaphore;
mod task;
mod timeout;
mod wait;

use super::*;
use crate::executor::VirtualClock;
use crate::trace::{EventKind, Trace};
use std::future::Future as StdFuture;

/// Checks that `main` prints the lines that CPython printed for `python`, each after its loop time.
/// A bad end counts as a line.
#[track_caller]
fn check(python: &str, lines: &[&str], main: impl StdFuture<Output = Result> + 'static) {
    assert_eq!(printed(main), lines, "CPython gives the lines on the right for:\n{python}");
}

fn printed(main: impl StdFuture<Output = Result> + 'static) -> Vec<String> {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.step() != Status::Ended {}
    let mut lines: Vec<String> = run.trace().with(|events| {
        let printed = events.iter().filter_map(|event| match &event.kind {
            EventKind::Printed { text, .. } => Some(format!("{:?} {text}", event.time)),
            _ => None,
        });
        printed.collect()
    });
    if let Some(Err(error)) = run.result() {
        let text = match error {
            RunError::Raised(error) => format!("raised {}: {error}", error.type_name()),
            RunError::Stuck(stuck) => {
                let names: Vec<_> = stuck.blocked.iter().map(|task| &*task.name).collect();
                format!("stuck {}", names.join(", "))
            }
            RunError::TooLong { .. } => "too long".into(),
        };
        lines.push(format!("{:?} {text}", run.time()));
    }
    lines
}

/// `True` or `False`.
fn truth(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// Prints a line in each of `turns` turns, so that the turns that others take can be counted.
async fn ticker(turns: usize) -> Result {
    for n in 0..turns {
        print(format!("tick {n}"));
        sleep(0.0).await?;
    }
    Ok(())
}

/// Sleeps, says so, and returns its name.
async fn job(name: &'static str, delay: f64) -> Result<&'static str> {
    sleep(delay).await?;
    print(name);
    Ok(name)
}

/// Sleeps and raises.
async fn failing(delay: f64) -> Result<&'static str> {
    sleep(delay).await?;
    Err(Error::new("ValueError", "bad"))
}

/// The Python of [`ticker`], [`job`] and [`failing`] stands before each of the other programs.
#[test]
fn the_prelude_behaves_alike() {
    check(
        r#"
async def ticker(turns):
    for n in range(turns):
        print(f"tick {n}")
        await asyncio.sleep(0)
async def job(name, delay):
    await asyncio.sleep(delay)
    print(name)
    return name
async def failing(delay):
    await asyncio.sleep(delay)
    raise ValueError("bad")
async def main():
    asyncio.create_task(job("job", 1))
    await ticker(2)
    await failing(2)
"#,
        &["0.0 tick 0", "0.0 tick 1", "1.0 job", "2.0 raised ValueError: bad"],
        async {
            create_task(job("job", 1.0));
            ticker(2).await?;
            failing(2.0).await?;
            Ok(())
        },
    );
}
