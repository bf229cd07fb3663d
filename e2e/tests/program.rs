//! The page before its program has come, when that is late or does not come at all.

use anyhow::{Result, ensure};
use e2e::{Fate, FaultySite, Page, visit};

const SPEED: &str = "#speed";
const DELAY: &str = r#"input[type="range"][data-param="DELAYS"][data-index="0"]"#;

/// What stands in the document is there: the chart, and the controls.
async fn stands_early(page: &Page) -> Result<()> {
    page.until("the picture of the page", async || {
        Ok(page.count("#app[data-early] #plot svg").await? == 1 && page.count("#play").await? == 1)
    })
    .await
}

#[test]
fn what_is_turned_before_the_program_comes_is_kept() -> Result<()> {
    visit("what_is_turned_before_the_program_comes_is_kept", async |page| {
        let late = FaultySite::before(page.url(), ".wasm", Fate::Held)?;
        page.go(&late.url).await?;
        stands_early(page).await?;
        let before = page.makespan().await?;
        page.set(SPEED, "5").await?;
        page.set(DELAY, "2").await?;
        page.until("that it is loading to be said", async || {
            Ok(page.count("#boot:not([hidden])").await? == 1)
        })
        .await?;
        late.mend();
        page.until("the program", async || Ok(page.count("#app[data-early]").await? == 0)).await?;
        page.until("the run with the longer delay", async || Ok(page.makespan().await? > before))
            .await?;
        ensure!(page.value(SPEED).await? == "5", "the speed is forgotten");
        ensure!(page.value(DELAY).await? == "2", "the delay is forgotten");
        let said = "return document.querySelector('#boot').getClientRects().length";
        ensure!(page.evaluate(said).await? == 0.0, "it still says that it is loading");
        Ok(())
    })
}

#[test]
fn what_is_pressed_before_the_program_comes_is_done() -> Result<()> {
    visit("what_is_pressed_before_the_program_comes_is_done", async |page| {
        let late = FaultySite::before(page.url(), ".wasm", Fate::Held)?;
        page.go(&late.url).await?;
        stands_early(page).await?;
        page.click("#play").await?;
        late.mend();
        page.until("the live run", async || {
            let state = page.attribute("main", "data-state").await?;
            Ok(matches!(state.as_deref(), Some("running" | "finished")))
        })
        .await
    })
}

#[test]
fn a_program_that_is_refused_is_told() -> Result<()> {
    visit("a_program_that_is_refused_is_told", async |page| {
        let without = FaultySite::before(page.url(), ".wasm", Fate::Missing)?;
        page.go(&without.url).await?;
        page.until("that it failed to be said", async || {
            Ok(page.count("#boot.failed:not([hidden])").await? == 1)
        })
        .await?;
        stands_early(page).await?;
        // The browser says so, too; this is not an error of the page.
        let errors = page.console_errors().await?;
        ensure!(errors.iter().any(|error| error.contains(".wasm")), "another error: {errors:#?}");
        Ok(())
    })
}
