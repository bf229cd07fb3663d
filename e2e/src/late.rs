//! Live runs on a machine that is late: they happen as they were predicted, and say by how much they were late.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::page::Page;

/// How long a run may take at most, beside what it is to take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A clock that can be put forward: `jump` in milliseconds for the monotonic one, `date` for the other.
pub const CLOCK: &str = "{
    const now = performance.now.bind(performance), today = Date.now.bind(Date);
    window.jump = window.date = 0;
    performance.now = () => now() + window.jump;
    Date.now = () => today() + window.date;
}";

/// Begins to play the example that is open from its beginning, at a speed.
pub async fn play(page: &Page, speed: &str) -> Result<()> {
    page.set("#speed", speed).await?;
    let again = page.count("#restart").await? > 0;
    page.click(if again { "#restart" } else { "#play" }).await
}

/// Waits for the end of the run, which must be as it was predicted; gives by how many milliseconds it was late at most,
/// as the page says.
pub async fn ends_as_predicted(page: &Page) -> Result<f64> {
    page.state("finished", PATIENCE).await?;
    let same = "return ({ true: 1, false: 0 })[document.querySelector('.player .status').dataset.asPredicted] ?? null";
    ensure!(page.later(same).await? == 1.0, "it has not happened as predicted");
    let late = page.text(".player .status").await?;
    let digits: String = late.chars().filter(char::is_ascii_digit).collect();
    digits.parse().with_context(|| format!("it does not say how late it was: {late}"))
}
