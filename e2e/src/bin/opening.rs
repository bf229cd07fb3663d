//! Prints how long the page takes to open a trace, the file that is named, and to go to places in it. `cargo xtask bench
//! --open FILE` builds and serves the page for it.

use std::env;

use anyhow::{Context, Result, ensure};
use e2e::{median, visit};

/// How many places are gone to.
const PLACES: usize = 24;

/// Has `window.opened` the milliseconds from the choice of a file to the frame in which its chart stands, and
/// `window.longest` the longest of them in which the page did nothing else.
const WATCH: &str = "
    addEventListener('change', (event) => {
        if (event.target.type !== 'file') return;
        const begin = performance.now();
        window.longest = 0;
        new PerformanceObserver((list) => {
            for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
        }).observe({ type: 'longtask' });
        const look = () => document.querySelector('#recorded')
            ? requestAnimationFrame(() => setTimeout(() => { window.opened = performance.now() - begin; }))
            : setTimeout(look);
        look();
    }, true);
    return 1";

/// Goes to a part of the run; hands over the milliseconds to the frame after it.
const SEEK: &str = "
    const done = arguments[arguments.length - 1], field = document.querySelector('#playhead');
    const begin = performance.now();
    field.value = PART * field.max;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)))";

fn main() -> Result<()> {
    let path = env::args().nth(1).context("which file?")?;
    visit("opening", async |page| {
        page.go(&format!("{}#program/any", page.url())).await?;
        page.comes("main.own", 1).await?;
        page.evaluate(WATCH).await?;
        page.upload("input[type=file]", &path).await?;
        let opened = page.number("opened").await?;
        page.until("the table", async || {
            Ok(page.count(".table[aria-busy=false] #spans tbody tr").await? > 0)
        })
        .await?;
        let longest = page.number("longest").await?;
        // Places that lie far from one another, by steps of the golden section.
        let mut seeks = Vec::new();
        for n in 1..=PLACES {
            let part = (n as f64 * 0.618_033_988_75).fract();
            seeks.push(page.hand(&SEEK.replace("PART", &part.to_string())).await?);
        }
        let worst = seeks.iter().copied().fold(0.0, f64::max);
        println!(
            "opened in {opened:.0} ms, at most {longest:.0} ms of it at once; a place far away: {:.0} ms, at most {worst:.0} ms",
            median(&mut seeks)
        );
        ensure!(page.count("[role=alert]").await? == 0, "the trace is broken");
        Ok(())
    })
}
