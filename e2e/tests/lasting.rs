//! The page after much use, and on machines that are late.

use std::time::Duration;

use anyhow::Result;
use e2e::late::{CLOCK, Trouble, ends_as_predicted, play};
use e2e::memory::{Held, rerun};
use e2e::{Page, browse, visit};

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
        Held::by(page).await?.is_no_more_than(&half)?;
        open_many(page).await?;
        let half = Held::by(page).await?;
        open_many(page).await?;
        Held::by(page).await?.is_no_more_than(&half)
    })
}

/// Opens several examples, some times; of each its words come.
async fn open_many(page: &Page) -> Result<()> {
    for _ in 0..4 {
        for example in ["gather-order", "semaphore-workers", "exercise-chat", "timeout-scope"] {
            page.evaluate(&format!("location.hash = '{example}'; return 1")).await?;
            page.until(example, async || {
                Ok(page.attribute("main", "data-example").await?.as_deref() == Some(example)
                    && page.count("#code li").await? > 0)
            })
            .await?;
        }
    }
    // Back to where it began.
    page.choose("gather-order").await
}

#[test]
fn a_live_run_on_a_late_machine_is_late_and_never_wrong() -> Result<()> {
    visit("a_live_run_on_a_late_machine_is_late_and_never_wrong", async |page| {
        page.begin_with(CLOCK).await?;
        page.reload().await?;
        page.choose("semaphore-workers").await?;
        let away = Duration::from_millis(1500);
        for (trouble, speed) in [
            (Trouble::Slow(50), "10"),
            (Trouble::Asleep(3600), "0.5"),
            (Trouble::Frozen(away), "1"),
            (Trouble::Hidden(away), "2"),
        ] {
            trouble.befalls(page, speed).await?;
        }
        Ok(())
    })
}
