//! What the page holds after many runs, and how long live runs take: `cargo xtask trust lasting` builds and serves it for
//! that. Arguments: how many runs, how many plays.

use anyhow::{Context, Result, ensure};
use e2e::late::{ends_as_predicted, play};
use e2e::memory::{Held, rerun};
use e2e::{Page, browse};

/// How many runs at once: a script may take minutes only.
const PIECE: u64 = 500;

fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let mut next = || numbers.next().context("how many runs and plays?")?.context("no number");
    let (runs, plays) = (next()?, next()?);
    browse("lasting", async |page| {
        Held::watch(page).await?;
        page.open().await?;
        for example in ["gather-order", "exercise-chat"] {
            page.choose(example).await?;
            halves(
                page,
                &format!("{runs} runs of {example}"),
                runs.div_ceil(2 * PIECE),
                async || rerun(page, PIECE).await,
            )
            .await?;
        }
        page.choose("semaphore-workers").await?;
        halves(page, &format!("{plays} live runs at ×10"), plays.div_ceil(2), async || {
            play(page, "10").await?;
            ends_as_predicted(page).await.map(|_| ())
        })
        .await?;
        let mut beyond = 0;
        for example in ["gather-order", "timeout-scope", "semaphore-workers"] {
            page.choose(example).await?;
            let predicted = page.makespan().await?;
            page.watch_states().await?;
            play(page, "1").await?;
            let late = ends_as_predicted(page).await?;
            let took = page.ran_for().await? / 1000.0;
            let within = (took - predicted).abs() <= 0.02 * predicted + 0.05;
            beyond += u32::from(!within);
            println!(
                "{example} at ×1: predicted {predicted:.2} s, took {took:.3} s, late by {late} ms at most"
            );
        }
        ensure!(beyond == 0, "beyond 2 % and 50 ms: {beyond}");
        Ok(())
    })
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
    println!(
        "{what}, half and all: wasm {} and {} KB, {} and {} nodes, {} and {} listeners, JavaScript {:.0} and {:.0} KB",
        half.wasm / 1024.0,
        all.wasm / 1024.0,
        half.nodes,
        all.nodes,
        half.listeners,
        all.listeners,
        half.heap / 1024.0,
        all.heap / 1024.0
    );
    all.is_no_more_than(&half)
}
