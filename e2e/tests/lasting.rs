//! The page after much use, and on machines that are late.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::late::{CLOCK, ends_as_predicted, play};
use e2e::memory::{Held, rerun};
use e2e::{browse, visit};
use serde_json::json;

#[test]
fn runs_and_plays_leave_nothing_behind() -> Result<()> {
    browse("runs_and_plays_leave_nothing_behind", async |page| {
        Held::watch(page).await?;
        page.open().await?;
        page.choose("gather-order").await?;
        rerun(page, 150).await?;
        let half = Held::by(page).await?;
        rerun(page, 150).await?;
        Held::by(page).await?.is_no_more_than(&half)?;
        for _ in 0..2 {
            play(page, "10").await?;
            ends_as_predicted(page).await?;
        }
        let half = Held::by(page).await?;
        for _ in 0..4 {
            play(page, "10").await?;
            ends_as_predicted(page).await?;
        }
        Held::by(page).await?.is_no_more_than(&half)
    })
}

#[test]
fn a_live_run_on_a_late_machine_is_late_and_never_wrong() -> Result<()> {
    visit("a_live_run_on_a_late_machine_is_late_and_never_wrong", async |page| {
        page.begin_with(CLOCK).await?;
        page.reload().await?;
        page.choose("semaphore-workers").await?;
        // A slow one.
        page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 50 })).await?;
        play(page, "10").await?;
        ends_as_predicted(page).await?;
        page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
        // One that sleeps for an hour, while somebody sets the date back by a day.
        play(page, "0.5").await?;
        page.evaluate("window.jump = 3.6e6; window.date = -8.64e7; return 1").await?;
        let late = ends_as_predicted(page).await?;
        ensure!(late > 3.5e6, "late by an hour, and says {late} ms");
        // A page that the browser freezes.
        play(page, "1").await?;
        page.devtools("Page.setWebLifecycleState", json!({ "state": "frozen" })).await?;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        page.devtools("Page.setWebLifecycleState", json!({ "state": "active" })).await?;
        ends_as_predicted(page).await?;
        // A tab behind another.
        play(page, "2").await?;
        let [first, _] = page.another_tab().await?;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        page.use_tab(&first).await?;
        ends_as_predicted(page).await?;
        Ok(())
    })
}
