//! Against CPython 3.13: what a program prints, in which order, at which loop times.
//!
//! Each test holds a Python program, the lines that CPython 3.13.0 printed for it (by
//! `xtask/oracle/oracle.py`, with `import asyncio` before and `asyncio.run(main())` after it), and the
//! same program in Rust. What the Python programs have in common stands in the first of them.

mod asyncgen;
mod concurrent;
mod contextlib;
mod contextvars;
mod freeing;
mod futures;
mod gc;
mod handlers;
mod locks;
mod queues;
mod random;
mod runners;
mod streams;
mod taskgroups;
mod tasks;
mod timeouts;

use super::repr_bool as truth;
use super::*;
use executor::VirtualClock;
use std::cell::RefCell;
use std::fmt::Display;
use std::future::Future as StdFuture;
use std::rc::Rc;
use trace::{EventKind, Trace};

/// Checks that `main` prints the lines that CPython printed for `python`, each after its loop time.
/// A bad end counts as a line.
#[track_caller]
fn check(python: &str, lines: &[&str], main: impl StdFuture<Output = Result> + 'static) {
    assert_eq!(printed(main), lines, "CPython gives the lines on the right for:\n{python}");
}

/// [`check`] with what is logged, which has no time before it.
#[track_caller]
fn check_all(python: &str, lines: &[&str], main: impl StdFuture<Output = Result> + 'static) {
    let run = ended(Run::new(VirtualClock, Trace::on(), || main));
    assert_eq!(said(&run, true), lines, "CPython gives the lines on the right for:\n{python}");
}

fn printed(main: impl StdFuture<Output = Result> + 'static) -> Vec<String> {
    said(&ended(Run::new(VirtualClock, Trace::on(), || main)), false)
}

fn ended(mut run: Run<()>) -> Run<()> {
    while run.step() != Status::Ended {}
    run
}

/// What a run that has ended printed, and logged.
fn said(run: &Run<()>, logged: bool) -> Vec<String> {
    let mut lines = run.trace().with(|events| {
        let line = |(n, event): (usize, &trace::Event)| match &event.kind {
            EventKind::Printed { text, .. } => Some(format!("{:?} {text}", event.time)),
            _ if logged => Some(format!("log {}", logged_text(events, n)?)),
            _ => None,
        };
        events.iter().enumerate().filter_map(line).collect::<Vec<_>>()
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

/// What the event at a place logged: the message, the task and the exception that it is about.
fn logged_text(events: &[trace::Event], place: usize) -> Option<String> {
    let EventKind::Logged { log, .. } = &events[place].kind else { return None };
    let trace::Log { message, about, error, .. } = &**log;
    let name = events[..place].iter().rev().find_map(|event| match &event.kind {
        EventKind::TaskCreated { task, name, .. } | EventKind::Renamed { task, name }
            if Some(*task) == *about =>
        {
            Some(format!(" [{name}]"))
        }
        _ => None,
    });
    let error = error.as_ref().map(|error| format!(": {error}"));
    Some(format!("{message}{}{}", name.unwrap_or_default(), error.unwrap_or_default()))
}

/// Says how awaiting something ended.
fn outcome<T: Display>(result: Result<T>) {
    match result {
        Ok(value) => print(value),
        Err(error) => print(error.repr()),
    }
}

/// `asyncio.current_task().cancelling()`.
fn cancelling() -> u32 {
    EventLoop::running().current().map_or(0, |task| task.cancelling())
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

/// Sleeps; when that is cancelled, says so, sleeps once more, and raises it.
async fn cleaner(name: &'static str, delay: f64, cleanup: f64) -> Result<&'static str> {
    let slept = sleep(delay).await;
    if let Err(error) = &slept {
        print(format!("{name}: {}", error.repr()));
        sleep(cleanup).await?;
        print(format!("{name}: cleaned up"));
    }
    slept.map(|()| name)
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
