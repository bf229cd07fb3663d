//! Prints how long it takes from a visit to the first chart, beside Pyodide. `cargo xtask first` builds and serves
//! both for it.

use anyhow::{Context, Result, ensure};
use e2e::{Page, median, visit};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let visits: usize = arguments.next().context("how many visits?")?.parse()?;
    let pyodide = arguments.next().context("where is Pyodide?")?;
    visit("first", async |page| {
        ensure!(
            page.document().await?.contains("<svg class=\"inner\""),
            "no chart in the document"
        );
        let [mut charts, mut uses, mut ready] = [const { Vec::new() }; 3];
        for _ in 0..visits {
            page.go("about:blank").await?;
            page.go(page.url()).await?;
            charts.push(first_paint(page).await?);
            uses.push(usable(page).await?);
            page.go("about:blank").await?;
            page.go(&pyodide).await?;
            ready.push(page.number("ready").await?);
        }
        let ready = median(&mut ready);
        println!("medians of {visits} visits each, in turns; milliseconds since the visit began");
        println!("{ready:>8.0}        Pyodide is ready");
        for (times, what) in
            [(&mut charts, "the first chart is painted"), (&mut uses, "the page can be used")]
        {
            let time = median(times);
            println!("{time:>8.0} {:>5.0}x  {what}", ready / time);
        }
        page.go(page.url()).await
    })
}

/// When the first content was painted, which has the chart.
async fn first_paint(page: &Page) -> Result<f64> {
    page.later(
        "const paint = performance.getEntriesByName('first-contentful-paint')[0];
         return paint ? paint.startTime : null",
    )
    .await
}

/// When the page's program had taken the place of the picture.
async fn usable(page: &Page) -> Result<f64> {
    page.later("return document.querySelector('#code li') ? performance.now() : null").await
}
