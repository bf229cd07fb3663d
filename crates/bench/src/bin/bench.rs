//! `cargo xtask bench`.

use bench::rows::{Row, median};
use bench::table::{self, Times};
use bench::{cpython, ours, smol, tokio};
use clap::Parser;
use std::path::PathBuf;
use std::time::Duration;
use trace::Trace;

/// Measures the layer of asyncio beside tokio, smol and CPython 3.13.
///
/// Milliseconds are medians of several rounds in one run, of this machine and this hour; the ratios are
/// what can be compared. Nothing depends on them.
#[derive(Parser)]
struct Cli {
    /// Fewer rounds.
    #[arg(long)]
    quick: bool,
    /// Only this row, by its short name: spawn, yields, queue1, queue100, permits, sleeps, cancel,
    /// group, gather. May be given several times.
    #[arg(long, value_name = "ROW", value_parser = row)]
    only: Vec<Row>,
    /// Not how time grows with the number of tasks.
    #[arg(long)]
    no_growth: bool,
    /// For profiles: only this side, one round, no table.
    #[arg(long, value_name = "SIDE", value_parser = ["off", "on", "tokio", "smol"])]
    side: Option<String>,
    /// The interpreter of CPython 3.13; left out without it.
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
}

fn row(name: &str) -> Result<Row, String> {
    let names = || Row::ALL.map(Row::name).join(", ");
    Row::of(name).ok_or_else(|| format!("the rows are {}", names()))
}

fn main() {
    let cli = Cli::parse();
    let rows = if cli.only.is_empty() { Row::ALL.to_vec() } else { cli.only };
    if let Some(side) = &cli.side {
        return rows.iter().for_each(|&row| once(row, side));
    }
    let (rounds, python_rounds) = if cli.quick { (3, 1) } else { (9, 3) };
    println!("{}", table::heading());
    for &row in &rows {
        let python =
            cli.python.as_ref().map(|python| cpython::measure(python, &[row], python_rounds));
        let cpython = python.and_then(|measured| match measured {
            Ok(seconds) => seconds.first().copied(),
            Err(said) => {
                println!("CPython failed: {said}");
                None
            }
        });
        println!("{}", table::row(row, &measured(row, rounds, cpython)));
    }
    if cli.python.is_none() {
        println!("\nCPython is left out: no interpreter of 3.13 was given.");
    }
    println!(
        "\nSleeps are on virtual clocks: ours, tokio's paused one, a heap of timers for smol, a loop for \
         CPython\nwhose time is what it would have waited. A group is JoinSet in tokio, FuturesUnordered \
         over smol's tasks;\na gather is join_all for both."
    );
    if !cli.no_growth {
        growth(if cli.quick { 1 } else { 3 }, &rows);
    }
}

/// One round of one side.
fn once(row: Row, side: &str) {
    let n = row.size();
    let time = match side {
        "off" => ours::measure(row, n, Trace::off()).0,
        "on" => ours::measure(row, n, Trace::on()).0,
        "tokio" => tokio::measure(row, n),
        _ => smol::measure(row, n),
    };
    println!("{}, {side}: {:.1} ms", row.title(), time.as_secs_f64() * 1e3);
}

/// The medians of a row: all that are measured here take turns.
fn measured(row: Row, rounds: usize, cpython: Option<f64>) -> Times {
    let n = row.size();
    let mut times = [const { Vec::<Duration>::new() }; 4];
    for _ in 0..rounds {
        times[0].push(ours::measure(row, n, Trace::off()).0);
        times[1].push(ours::measure(row, n, Trace::on()).0);
        times[2].push(tokio::measure(row, n));
        times[3].push(smol::measure(row, n));
    }
    let [off, on, tokio, smol] = times.map(|mut times| median(&mut times));
    Times { off, on, tokio, smol, cpython }
}

/// How time per task grows with the number of tasks.
fn growth(rounds: usize, rows: &[Row]) {
    println!("\n{:<26} {:>9} {:>9} {:>9} {:>9}", "nanoseconds per task", "1k", "10k", "100k", "1M");
    for row in [Row::Spawn, Row::Permits, Row::Sleeps, Row::Cancel, Row::Group, Row::Gather] {
        if !rows.contains(&row) {
            continue;
        }
        for (name, trace) in [("off", Trace::off as fn() -> Trace), ("on", Trace::on)] {
            let mut line = format!("{:<26}", format!("{}, tracing {name}", row.name()));
            for n in [1_000, 10_000, 100_000, 1_000_000] {
                let rounds = if n < 100_000 { rounds * 5 } else { rounds };
                let times = (0..rounds).map(|_| ours::measure(row, n, trace()).0);
                let seconds = median(&mut times.collect::<Vec<_>>());
                line += &format!(" {:>9.0}", seconds * 1e9 / n as f64);
            }
            println!("{line}");
        }
    }
}
