//! A range, or a task that stands out: what is shown is of it, and it is looked at, noted, and left again.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Page, recording, visit};

/// Opens a link as one that comes to the page does.
async fn open(page: &Page, link: &str) -> Result<()> {
    page.go("about:blank").await?;
    page.go(&format!("{}{link}", page.url())).await
}

/// Waits until so much is found, as it is told beside the heading.
async fn finds(page: &Page, told: &str) -> Result<()> {
    page.until(told, async || Ok(page.text(".findings-head .found").await? == told)).await
}

#[test]
fn of_a_task_that_stands_out_are_figures_and_findings() -> Result<()> {
    visit("of_a_task_that_stands_out_are_figures_and_findings", async |page| {
        page.choose("timeout-and-result").await?;
        finds(page, "2").await?;
        page.click("#findings-toggle").await?;
        let whole = page.text(".figures").await?;
        page.click(".label[data-task='holder']").await?;
        page.until("its figures", async || Ok(page.text(".scope").await?.contains("holder")))
            .await?;
        let own = page.text(".figures").await?;
        ensure!(own != whole && !own.contains("all tasks"), "{own}");
        finds(page, "1 / 2").await?;
        page.comes(".found-list li.other", 1).await?;
        page.comes(".found-list li:not(.other)[data-flaw='loop_held']", 1).await?;
        // What is found stands where it stood, to be gone on from.
        page.click(".found-list li.other .go").await?;
        page.until("whom that is about", async || Ok(page.text(".scope").await?.contains("fetch")))
            .await?;
        finds(page, "2").await?;
        page.click("#task-clear").await?;
        page.until("all tasks", async || Ok(page.text(".figures").await? == whole)).await?;
        page.comes(".label[aria-pressed='true']", 0).await
    })
}

#[test]
fn of_a_recording_they_are_too() -> Result<()> {
    visit("of_a_recording_they_are_too", async |page| {
        page.go(&format!("{}#program/any", page.url())).await?;
        page.comes("main.own", 1).await?;
        page.drop_file("jobs.trace", &recording(3, |n| n as f64)).await?;
        page.until("the recording", async || Ok(page.makespan().await? == 3.0)).await?;
        page.click(".label[data-task='job-2']").await?;
        page.until("the figures of one job", async || {
            let scope = page.text(".scope").await?;
            let waited = page.text(".figure.waited").await?;
            Ok(scope.contains("job-2") && waited.contains("2.00") && !waited.contains("6.00"))
        })
        .await?;
        page.press("#plot", "Escape").await?;
        page.until("those of all", async || Ok(page.text(".figure.waited").await?.contains("6.00")))
            .await
    })
}

#[test]
fn of_a_range_are_findings_and_the_critical_path() -> Result<()> {
    visit("of_a_range_are_findings_and_the_critical_path", async |page| {
        // The report holds the loop from 0.6 to 2.1 s; before that everybody sleeps.
        page.choose("blocking-sleep").await?;
        finds(page, "1").await?;
        let most = async || page.text(".findings-head .most").await;
        let whole = most().await?;
        open(page, "#blocking-sleep?range=0.1~0.5").await?;
        finds(page, "nothing found").await?;
        page.until("the path of the range", async || {
            let told = most().await?;
            Ok(told != whole && told.contains("100 %") && told.contains("sleep"))
        })
        .await?;
        open(page, "#blocking-sleep?range=0.7~2").await?;
        page.until("who holds the loop there", async || {
            Ok(most().await?.contains("100 % holds the loop"))
        })
        .await?;
        page.click("#findings-toggle").await?;
        page.comes(".share-list li", 1).await?;
        page.press("#plot", "Escape").await?;
        page.until("the whole", async || Ok(most().await? == whole)).await
    })
}

#[test]
fn the_range_that_is_selected_is_looked_at() -> Result<()> {
    visit("the_range_that_is_selected_is_looked_at", async |page| {
        open(page, "#queue-backpressure?range=1~1.5").await?;
        page.comes(".scope", 1).await?;
        page.comes(".minimap", 0).await?;
        page.press("#plot", "f").await?;
        page.until("the range to fill the view", async || {
            let part = "const range = document.querySelector('.range')?.getBoundingClientRect(); \
                        const plot = document.querySelector('#plot').getBoundingClientRect(); \
                        return range ? range.width / plot.width : 0";
            let part = page.evaluate(part).await?;
            Ok(part > 0.5 && part < 1.0)
        })
        .await?;
        page.press("#plot", "z").await?;
        page.comes(".minimap", 0).await
    })
}

#[test]
fn a_finger_selects_a_task_and_held_still_a_range() -> Result<()> {
    visit("a_finger_selects_a_task_and_held_still_a_range", async |page| {
        page.resize(390, 844).await?;
        page.choose("queue-backpressure").await?;
        page.evaluate(
            "document.querySelector('#plot').scrollIntoView({ block: 'center' }); return 1",
        )
        .await?;
        page.drawn().await?;
        // How long that is depends on how busy the page is.
        let mut long = Duration::from_millis(600);
        page.within(Duration::from_secs(60), "a range", async || {
            page.touch("#plot", (0.3, 0.3), long, 60.0).await?;
            long *= 2;
            page.drawn().await?;
            Ok(page.count(".scope").await? == 1)
        })
        .await?;
        page.click("#range-clear").await?;
        page.comes(".scope", 0).await?;
        page.until("a task that stands out", async || {
            page.touch("#plot", (0.3, 0.1), Duration::from_millis(50), 0.0).await?;
            page.drawn().await?;
            Ok(page.count(".label[aria-pressed='true']").await? == 1)
        })
        .await?;
        // Moved at once, it selects nothing.
        page.click("#task-clear").await?;
        page.touch("#plot", (0.3, 0.3), Duration::ZERO, 60.0).await?;
        page.drawn().await?;
        page.comes(".scope", 0).await
    })
}

#[test]
fn notes_on_a_range_and_on_a_span_are_walked_along() -> Result<()> {
    visit("notes_on_a_range_and_on_a_span_are_walked_along", async |page| {
        let of = "#gather-order?note=0.2-0.9~together&note=0.9~first";
        open(page, of).await?;
        let noted = async |note: &str| {
            page.until(note, async || {
                Ok(page.count("#note-text").await? == 1 && page.value("#note-text").await? == note)
            })
            .await
        };
        page.comes(".notes", 1).await?;
        page.press("body", "n").await?;
        noted("together").await?;
        page.until("its range", async || Ok(page.text(".scope").await?.contains("0.20 – 0.90")))
            .await?;
        page.press("body", "n").await?;
        noted("first").await?;
        page.until("its moment", async || Ok(page.value("#playhead").await? == "0.9")).await?;
        page.press("body", "N").await?;
        noted("together").await?;
        // One more, on the span that has the focus.
        page.press("#plot", "Escape").await?;
        for key in ["ArrowRight", "ArrowDown", "ArrowRight", "r"] {
            page.press("#plot", key).await?;
        }
        page.comes(".scope", 1).await?;
        page.click("#note-add").await?;
        page.until("an empty note", async || Ok(page.value("#note-text").await?.is_empty()))
            .await?;
        page.set("#note-text", "span").await?;
        page.until("the link to carry all three", async || {
            let link = page.hash().await?;
            Ok(["0.2-0.9~together", "note=0.9~first", "~span"]
                .iter()
                .all(|note| link.contains(note)))
        })
        .await
    })
}
