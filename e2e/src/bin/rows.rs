//! Prints how much faster than in Pyodide the rows of the bench are in the same browser. `cargo xtask bench --wasm`
//! builds and serves both for it.

use anyhow::{Context, Result};
use e2e::{Page, browse, median};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().context("how many rounds?")?.parse()?;
    let ours = arguments.next().context("where is ours?")?;
    let pyodide = arguments.next().context("where is Pyodide?")?;
    let rows: Vec<String> = arguments.collect();
    browse("rows", async |page| {
        println!(
            "how many times faster than CPython in Pyodide, in the same browser; medians of {rounds}"
        );
        println!("{:<12} {:>12} {:>12}", "", "tracing off", "tracing on");
        for row in &rows {
            let [mut off, mut on, mut python] = [const { Vec::new() }; 3];
            for _ in 0..rounds {
                page.go(&ours).await?;
                page.number("ready").await?;
                // Once unmeasured: the browser compiles what runs often a second time, and better.
                measure(page, row, false).await?;
                off.push(measure(page, row, false).await?);
                on.push(measure(page, row, true).await?);
                page.go(&pyodide).await?;
                page.number("ready").await?;
                python.push(measure(page, row, false).await?);
            }
            let python = median(&mut python);
            let (off, on) = (python / median(&mut off), python / median(&mut on));
            println!("{row:<12} {off:>12.1} {on:>12.1}");
        }
        Ok(())
    })
}

/// The seconds that a row takes in the page.
async fn measure(page: &Page, row: &str, traced: bool) -> Result<f64> {
    page.evaluate(&format!("return window.measure('{row}', {traced})")).await
}
