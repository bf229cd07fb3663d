//! The page without a network, after a first visit; and another version of it.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fault, FaultySite, Page, browse};

const PATIENCE: Duration = Duration::from_secs(90);

/// How many files the worker that is active keeps.
const KEPT: &str = "const done = arguments[0]; (async () => {
    const registration = await navigator.serviceWorker?.getRegistration();
    if (!registration?.active || registration.installing) return 0;
    const names = await caches.keys();
    let count = 0;
    for (const name of names) count += (await (await caches.open(name)).keys()).length;
    return count;
})().then(done, () => done(-1))";

/// Opens the page, and waits until it is kept whole.
async fn is_kept(page: &Page, site: &FaultySite) -> Result<()> {
    page.go(&site.url).await?;
    page.within(PATIENCE, "the page to be kept", async || Ok(page.hand(KEPT).await? > 100.0)).await
}

async fn stands(page: &Page) -> Result<()> {
    page.until("the page", async || {
        Ok(page.count("#app:not([data-early]) main[data-state]").await? == 1
            && page.count("#code li").await? > 0)
    })
    .await
}

/// Opens an example that nobody has opened, in both languages, and the search.
async fn goes_on(page: &Page) -> Result<()> {
    page.choose("exercise-chat").await?;
    page.click("#language").await?;
    page.until("its words", async || Ok(page.text(".about .summary").await?.contains('。')))
        .await?;
    page.open_catalogue().await?;
    page.set("#search", "gather").await?;
    page.until("what is found", async || Ok(page.count("#hits li").await? > 0)).await
}

#[test]
fn the_page_works_without_a_network_after_a_visit() -> Result<()> {
    browse("the_page_works_without_a_network_after_a_visit", async |page| {
        let site = FaultySite::with(page.url(), Fault::default())?;
        is_kept(page, &site).await?;
        site.go_down();
        page.go("about:blank").await?;
        page.go(&site.url).await?;
        stands(page).await?;
        goes_on(page).await?;
        ensure!(page.count(".notice").await? == 0, "something is missing");
        Ok(())
    })
}

#[test]
fn the_page_lives_in_any_folder_of_a_site() -> Result<()> {
    browse("the_page_lives_in_any_folder_of_a_site", async |page| {
        let folder = Some("/some/where/".to_owned());
        let site = FaultySite::with(page.url(), Fault { folder, ..Fault::default() })?;
        is_kept(page, &site).await?;
        stands(page).await?;
        goes_on(page).await?;
        if page.has_engine().await? {
            page.go(&format!("{}#program/folder", site.url)).await?;
            page.engine_comes(PATIENCE).await?;
        }
        let elsewhere = "const root = new URL('./', location.href).href; \
             return performance.getEntriesByType('resource').filter(({ name }) => \
             !name.startsWith(root) && !/^(blob|data):/.test(name)).length";
        ensure!(page.evaluate(elsewhere).await? == 0.0, "something is asked of another folder");
        let errors = page.console_errors().await?;
        ensure!(errors.is_empty(), "errors in the console: {errors:#?}");
        // All that was opened is there without a network, too.
        site.go_down();
        page.go("about:blank").await?;
        page.go(&format!("{}#exercise-chat", site.url)).await?;
        stands(page).await
    })
}

#[test]
fn another_version_is_told_and_taken_when_the_reader_wants_it() -> Result<()> {
    browse("another_version_is_told_and_taken_when_the_reader_wants_it", async |page| {
        let site = FaultySite::with(page.url(), Fault::default())?;
        is_kept(page, &site).await?;
        site.renew();
        page.go("about:blank").await?;
        page.go(&site.url).await?;
        stands(page).await?;
        page.within(PATIENCE, "it to be told", async || Ok(page.count("#update").await? == 1))
            .await?;
        // The page that is open goes on meanwhile.
        page.choose("semaphore-workers").await?;
        page.click("#update-take").await?;
        let names = "const done = arguments[0]; caches.keys().then((names) => \
             done(names.length === 1 && names[0].startsWith('coroscope-2-') ? 1 : 0), () => done(0))";
        page.within(PATIENCE, "the other version", async || Ok(page.hand(names).await? == 1.0))
            .await?;
        stands(page).await?;
        ensure!(
            page.attribute("main", "data-example").await?.as_deref() == Some("semaphore-workers")
        );
        Ok(())
    })
}
