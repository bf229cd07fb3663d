//! Random use of the page, by seed; what must hold of it holds after each action.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use fastrand::Rng;
use serde_json::json;

use crate::page::Page;

/// What is done, with how often; the first ones in the page itself (`monkey.js`).
const ACTIONS: [(&str, u32); 16] = [
    ("press", 30),
    ("set", 18),
    ("key", 14),
    ("drag", 8),
    ("wheel", 5),
    ("hash", 8),
    ("type", 6),
    ("edit", 5),
    ("play", 8),
    ("scrub", 4),
    ("import", 3),
    ("back", 3),
    ("forth", 2),
    ("size", 2),
    ("reload", 1),
    ("wait", 3),
];

/// Sizes of the window.
const SIZES: [(u32, u32); 4] = [(1400, 1000), (1024, 768), (390, 844), (1920, 1080)];

/// How many actions are told of when something does not hold.
const TRAIL: usize = 12;

/// When the page has come to rest at the latest, whatever came just before, also beside other work.
const SETTLED: Duration = Duration::from_secs(5);

/// How often the page is looked at until then.
const LOOK: Duration = Duration::from_millis(40);

/// Errors in the console that are the browser's own words for what was done, not the page's.
const OF_THE_BROWSER: [&str; 1] = ["Blocked aria-hidden"];

/// Does so many random actions.
///
/// # Errors
/// What did not hold, with the actions before it.
pub async fn play(page: &Page, seed: u64, actions: u64) -> Result<()> {
    let mut rng = Rng::with_seed(seed);
    let mut trail: VecDeque<String> = VecDeque::new();
    let all: u32 = ACTIONS.iter().map(|(_, often)| often).sum();
    let before = size(page).await?;
    for number in 0..actions {
        let mut place = rng.u32(..all);
        let found = ACTIONS.iter().find(|(_, often)| {
            let here = place < *often;
            place = place.saturating_sub(*often);
            here
        });
        let which = found.map_or("wait", |(which, _)| which);
        let parts = [rng.f64(), rng.f64(), rng.f64()];
        let did = act(page, which, parts).await?;
        trail.push_back(format!("{number} {which} {did}"));
        if trail.len() > TRAIL {
            trail.pop_front();
        }
        page.drawn().await?;
        let mut wrong: Vec<String> = page.script(include_str!("invariants.js"), vec![]).await?;
        // A run may come just then, and its table a moment after its chart: what stays is wrong.
        let end = Instant::now() + SETTLED;
        while !wrong.is_empty() && Instant::now() < end {
            tokio::time::sleep(LOOK).await;
            wrong = page.script(include_str!("invariants.js"), vec![]).await?;
        }
        wrong.extend(
            page.console_errors()
                .await?
                .into_iter()
                .filter(|error| !OF_THE_BROWSER.iter().any(|own| error.contains(own))),
        );
        if !wrong.is_empty() {
            bail!("seed {seed}: {}\nafter {trail:#?}", wrong.join("\n"));
        }
    }
    let after = size(page).await?;
    println!("seed {seed}: {actions} actions; {before} elements before, {after} after");
    if after > before * 1.1 + 50.0 {
        bail!("seed {seed}: the document has grown from {before} to {after} elements");
    }
    Ok(())
}

async fn act(page: &Page, which: &str, parts: [f64; 3]) -> Result<String> {
    let simple = match which {
        "back" => Some(
            "(window.navigation ? navigation.canGoBack : history.length > 2) && history.back(); return null",
        ),
        "forth" => Some("history.forward(); return null"),
        _ => None,
    };
    if let Some(script) = simple {
        page.script::<Option<String>>(script, vec![]).await?;
        return Ok(String::new());
    }
    match which {
        "size" => {
            let (width, height) = SIZES[(parts[0] * SIZES.len() as f64) as usize % SIZES.len()];
            page.resize(width, height).await?;
            Ok(format!("{width} × {height}"))
        }
        "reload" => {
            page.refresh().await?;
            Ok(String::new())
        }
        "wait" => {
            let time = (parts[0] * 400.0) as u64;
            tokio::time::sleep(Duration::from_millis(time)).await;
            Ok(format!("{time} ms"))
        }
        _ => {
            let arguments = vec![json!(which), json!(parts[0]), json!(parts[1]), json!(parts[2])];
            let did: Option<String> = page.script(include_str!("monkey.js"), arguments).await?;
            Ok(did.unwrap_or_else(|| "nothing".to_owned()))
        }
    }
}

/// How large the document is with the first example, anew, for somebody who has chosen nothing yet.
async fn size(page: &Page) -> Result<f64> {
    let forget = "delete window.typed; localStorage.clear(); sessionStorage.clear(); location.hash = '#sequential-vs-gather'; return 1";
    page.evaluate(forget).await?;
    page.refresh().await?;
    // Words, program and table come after the chart.
    page.until("the whole page", async || {
        Ok(page.count("#code li").await? > 0
            && page.count(".table[aria-busy=false] #spans tbody tr").await? > 0)
    })
    .await?;
    page.evaluate("return document.querySelectorAll('*').length").await
}
