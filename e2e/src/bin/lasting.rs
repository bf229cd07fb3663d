//! What the page holds after much use, and how long live runs take: `cargo xtask trust lasting` builds and serves it for
//! that. Arguments: the part, and its numbers, as that has them.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use e2e::late::{
    CLOCK, Trouble, ends_as_predicted, fast, machine_was_late, play, play_all, watch_machine,
};
use e2e::memory::{Held, rerun};
use e2e::{Page, browse};

/// How many runs at once: a script may take minutes only.
const PIECE: u64 = 500;

/// A machine on which no thread is later than that, in milliseconds, is idle.
const IDLE: f64 = 50.0;

/// How long the page may take to predict a run.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many live runs at once.
const PLAYS: u32 = 10;

/// The part of a day at whose ends is looked at what is held.
const LOOKS: u64 = 4;

fn main() -> Result<()> {
    let part = std::env::args().nth(1).context("no part is named")?;
    let mut numbers = std::env::args().skip(2).map(|text| text.parse::<u64>());
    let mut next = || numbers.next().context("a number is missing")?.context("no number");
    match part.as_str() {
        "runs" => runs(next()?, next()?),
        "day" => day(next()?, next()?),
        "time" => time(next()?, next()?, Duration::from_millis(next()?)),
        "crowd" => crowd(next()?, next()?),
        _ => bail!("there is no part {part}"),
    }
}

/// Live runs in time, and on a machine that is so many times slower, asleep for so many seconds, away for a while.
fn time(slower: u64, asleep: u64, away: Duration) -> Result<()> {
    browse("lasting-time", async |page| {
        page.begin_with(CLOCK).await?;
        page.open().await?;
        for example in ["gather-order", "timeout-scope", "semaphore-workers"] {
            page.choose(example).await?;
            judge(&in_time(page, example).await?)?;
        }
        for trouble in [
            Trouble::Slow(slower),
            Trouble::Asleep(asleep),
            Trouble::Frozen(away),
            Trouble::Hidden(away),
        ] {
            tell(page, "semaphore-workers", trouble).await?;
        }
        many(page, 1000, slower).await
    })
}

/// A live run of so many timers at one moment, on a page that lets a reader ask for them.
fn crowd(timers: u64, slower: u64) -> Result<()> {
    browse("lasting-crowd", async |page| {
        page.open().await?;
        many(page, timers, slower).await
    })
}

/// Plays an example that waits for so many timers at one moment, and once more on a machine that is so many times slower.
async fn many(page: &Page, timers: u64, slower: u64) -> Result<()> {
    page.choose("thousand-waiters").await?;
    page.type_into("input[type=number][data-param=WAITS]", &timers.to_string()).await?;
    let told = format!("{timers} waits");
    page.within(PATIENCE, "so many", async || Ok(page.text("#console").await?.contains(&told)))
        .await?;
    let what = format!("thousand-waiters with {timers} timers");
    // What the page has to do for so many tasks at one moment takes its time on any machine: told, and not judged.
    in_time(page, &what).await?;
    tell(page, &what, Trouble::Slow(slower)).await
}

/// So many hours by the page's clock, which goes so much faster, of one live run at ×10 after the other; what is held after
/// the first quarter and after all must be the same.
fn day(hours: u64, faster: u64) -> Result<()> {
    browse("lasting-day", async |page| {
        Held::watch(page).await?;
        page.begin_with(&fast(faster)).await?;
        page.open().await?;
        // Of all examples, with any one parameter at its end, this one takes longest.
        page.choose("batch-vs-awaits").await?;
        page.type_into("input[type=number][data-param=LOOKUPS]", "100").await?;
        page.until("a hundred", async || Ok(page.makespan().await? > 100.0)).await?;
        let makespan = page.makespan().await?;
        let passed = async || {
            Ok::<_, anyhow::Error>(page.evaluate("return performance.now()").await? / 3.6e6)
        };
        let begun = passed().await?;
        let (mut plays, mut latest) = (0_u32, 0.0_f64);
        let mut held: Vec<Held> = Vec::new();
        while held.len() < LOOKS as usize {
            latest = latest.max(play_all(page, "10", PLAYS.into()).await?);
            plays += PLAYS;
            let hour = passed().await? - begun;
            let next = hours as f64 * (held.len() + 1) as f64 / LOOKS as f64;
            if hour >= next {
                held.push(Held::by(page).await?);
                println!(
                    "{hour:.1} hours by the page's clock, {plays} live runs: {}",
                    held[held.len() - 1]
                );
            }
        }
        println!(
            "each of them {makespan:.0} s of its program at ×10, {:.1} hours of it in all, as predicted, late by {latest:.0} ms of that clock at most; it went {faster} times faster than ours",
            makespan * f64::from(plays) / 3600.0
        );
        held[held.len() - 1].is_no_more_than(&held[0])
    })
}

/// Runs and plays many times, and compares what is held.
fn runs(runs: u64, plays: u64) -> Result<()> {
    browse("lasting-runs", async |page| {
        Held::watch(page).await?;
        page.open().await?;
        for example in ["gather-order", "exercise-chat"] {
            page.choose(example).await?;
            let what = format!("{runs} runs of {example}");
            let pieces = runs.div_ceil(2 * PIECE);
            halves(page, &what, pieces, async || rerun(page, PIECE).await).await?;
        }
        page.choose("semaphore-workers").await?;
        halves(page, &format!("{plays} live runs at ×10"), 1, async || {
            play_all(page, "10", plays.div_ceil(2)).await.map(|_| ())
        })
        .await
    })
}

/// On an idle machine a run at ×1 ends within 2 % and 50 ms of the prediction.
fn judge(too_far: &Option<String>) -> Result<()> {
    ensure!(too_far.is_none(), "the machine is idle, and beyond 2 % and 50 ms is {too_far:?}");
    Ok(())
}

/// Plays what is open at ×1; names it if it ends too far from the prediction for an idle machine.
async fn in_time(page: &Page, example: &str) -> Result<Option<String>> {
    let predicted = page.makespan().await? * 1000.0;
    let leeway = 0.02 * predicted + 50.0;
    page.watch_states().await?;
    watch_machine(page).await?;
    play(page, "1").await?;
    let late = ends_as_predicted(page).await?;
    let machine = machine_was_late(page).await?;
    let beyond = page.ran_for().await? - predicted;
    let idle = if machine <= IDLE { "idle" } else { "busy" };
    println!(
        "{example} at ×1: predicted {predicted:.0} ms, ended {beyond:.0} ms from that, where 2 % + 50 ms are {leeway:.0}; a step was late by {late} ms at most, another thread meanwhile by {machine:.0} ms: {idle}"
    );
    let too_far = beyond.abs() > leeway && machine <= IDLE;
    Ok(too_far.then(|| example.to_owned()))
}

/// Plays what is open at ×2 while something befalls it.
async fn tell(page: &Page, example: &str, trouble: Trouble) -> Result<()> {
    let late = trouble.befalls(page, "2").await?;
    println!("{example} at ×2, {trouble}: as predicted, and says that it was late by {late} ms");
    Ok(())
}

/// Does something so often, twice; the second time must leave no more behind than the first.
async fn halves(
    page: &Page,
    what: &str,
    times: u64,
    mut something: impl AsyncFnMut() -> Result<()>,
) -> Result<()> {
    let mut held = Vec::new();
    for _ in 0..2 {
        for _ in 0..times {
            something().await?;
        }
        held.push(Held::by(page).await?);
    }
    let [half, all] = [held[0], held[1]];
    println!("{what}, half: {half}; all: {all}");
    all.is_no_more_than(&half)
}
