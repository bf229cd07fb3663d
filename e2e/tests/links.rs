//! Links and frames: what of them is used, what is refused, who is heard.

use anyhow::{Result, ensure};
use e2e::{Page, browse, visit};

/// Opens a link as one that comes to the page does.
async fn open(page: &Page, link: &str) -> Result<()> {
    page.go("about:blank").await?;
    page.go(&format!("{}{link}", page.url())).await
}

#[test]
fn a_broken_link_says_so_and_opens_what_it_can() -> Result<()> {
    visit("a_broken_link_says_so_and_opens_what_it_can", async |page| {
        let broken = "#gather-order?DELAYS=1,2&NOPE=3&at=soon&pin=9~x&note=&world=x&later=1";
        open(page, broken).await?;
        page.comes("main > .notice", 1).await?;
        let notice = page.text("main > .notice").await?;
        for part in ["NOPE=3", "at=soon", "pin=9~x", "note=", "world=x", "later=1"] {
            ensure!(notice.contains(part), "{part} is passed over: {notice}");
        }
        ensure!(!notice.contains("DELAYS"), "what is right is refused: {notice}");
        page.until("what can be opened", async || Ok(page.makespan().await? == 2.0)).await?;
        // A run of a link that cannot be meant is compared with nothing.
        open(page, "#gather-order?at=0.5&pin=1~~DELAYS:99").await?;
        page.comes("main > .notice", 1).await?;
        page.until("its moment", async || Ok(page.value("#playhead").await? == "0.5")).await?;
        page.comes("#compare", 0).await
    })
}

#[test]
fn a_link_holds_what_is_looked_at_closely() -> Result<()> {
    visit("a_link_holds_what_is_looked_at_closely", async |page| {
        // What is looked at is read where a jump has come to its end.
        page.likes_motion(false).await?;
        page.choose("queue-backpressure").await?;
        page.click(".label[data-task='consumer-1']").await?;
        page.press("#plot", "ArrowRight").await?;
        page.press("#plot", "r").await?;
        page.press("#plot", "w").await?;
        page.comes(".minimap", 1).await?;
        page.comes("#range-clear", 1).await?;
        let carried =
            "return Number(['task=consumer-1', 'view=[0-9.]+~[0-9.]+', 'range=[0-9.]+~[0-9.]+']
            .every(part => new RegExp(`[?&]${part}(&|$)`).test(location.hash)))";
        page.until("the link to carry all", async || Ok(page.evaluate(carried).await? == 1.0))
            .await?;
        let link = page.hash().await?;
        let (ruler, scope) = (page.text(".ticks").await?, page.text(".scope").await?);
        open(page, &link).await?;
        page.comes(".label[data-task='consumer-1'][aria-pressed=true]", 1).await?;
        page.comes(".minimap", 1).await?;
        page.says(".ticks", &ruler).await?;
        page.says(".scope", &scope).await?;
        // Nothing is written anew while it is restored.
        page.drawn().await?;
        ensure!(page.hash().await? == link);
        // The whole, and nobody, are not told.
        page.press("#plot", "0").await?;
        page.press("#plot", "Escape").await?;
        page.until("a link without", async || {
            let bare = "return Number(!/task=|view=|range=/.test(location.hash))";
            Ok(page.evaluate(bare).await? == 1.0)
        })
        .await?;
        open(page, "#queue-backpressure?task=nobody&view=3~1").await?;
        page.comes("main > .notice", 1).await?;
        let notice = page.text("main > .notice").await?;
        ensure!(notice.contains("task=nobody") && notice.contains("view=3~1"), "{notice}");
        Ok(())
    })
}

#[test]
fn a_link_holds_how_the_lanes_stand() -> Result<()> {
    visit("a_link_holds_how_the_lanes_stand", async |page| {
        page.choose("queue-backpressure").await?;
        let all = ["Task-1", "producer-0", "producer-1", "consumer-0", "consumer-1"];
        ensure!(page.labels().await? == all);
        for (task, key) in [("consumer-1", "p"), ("producer-0", "h")] {
            page.click(&format!(".label[data-task='{task}']")).await?;
            page.press("#plot", key).await?;
        }
        page.click(".label[data-task='consumer-0']").await?;
        page.click(".lane-tools [aria-label='Move consumer-0 up']").await?;
        let lanes = ["consumer-1", "Task-1", "consumer-0", "producer-1"];
        page.until("the lanes", async || Ok(page.labels().await? == lanes)).await?;
        page.until("the link to carry them", async || {
            let parts = ["top=consumer-1", "hide=producer-0", "order=Task-1,consumer-0"];
            let link = page.hash().await?;
            Ok(parts.iter().all(|part| link.contains(part)))
        })
        .await?;
        let link = page.hash().await?;
        open(page, &link).await?;
        page.until("the same lanes", async || Ok(page.labels().await? == lanes)).await?;
        page.drawn().await?;
        ensure!(page.hash().await? == link, "{} and not {link}", page.hash().await?);
        // Another example has lanes of its own.
        page.choose("gather-order").await?;
        page.until("all of another", async || Ok(page.labels().await?.len() == 4)).await?;
        open(page, &link).await?;
        page.click("#lanes-all").await?;
        page.until("a link without", async || {
            let link = page.hash().await?;
            Ok(!["top=", "hide=", "order="].iter().any(|part| link.contains(part)))
        })
        .await?;
        // What is not there is said, and the rest is done; what a later version may know stays.
        open(page, "#queue-backpressure?hide=nobody,producer-1&later=1").await?;
        page.comes("main > .notice", 1).await?;
        let notice = page.text("main > .notice").await?;
        ensure!(notice.contains("hide=nobody") && notice.contains("later=1"), "{notice}");
        page.until("the lane that is there to be hidden", async || {
            Ok(page.labels().await? == ["Task-1", "producer-0", "consumer-0", "consumer-1"])
        })
        .await?;
        page.click(".label[data-task='consumer-0']").await?;
        page.until("what stays", async || {
            let link = page.hash().await?;
            Ok(link.contains("task=consumer-0") && link.ends_with("hide=producer-1&later=1"))
        })
        .await
    })
}

#[test]
fn an_example_that_nobody_has_is_named_and_the_page_is_there() -> Result<()> {
    visit("an_example_that_nobody_has_is_named_and_the_page_is_there", async |page| {
        open(page, "#no-such-example?DELAYS=1").await?;
        // From the beginning, too, without a word in the console of what is not there.
        page.reload().await?;
        page.comes("main > .notice", 1).await?;
        let notice = page.text("main > .notice").await?;
        ensure!(notice.contains("no-such-example"), "{notice}");
        page.comes("main[data-example]", 1).await
    })
}

#[test]
fn a_program_that_a_link_carries_broken_is_told() -> Result<()> {
    visit("a_program_that_a_link_carries_broken_is_told", async |page| {
        open(page, "#program/sent?code=1.nonsense").await?;
        page.comes("main.own", 1).await?;
        page.until("what is wrong", async || Ok(!page.text(".said").await?.is_empty())).await
    })
}

/// A frame with the page in it, which says what it hears of it.
async fn frame(page: &Page, address: &str) -> Result<()> {
    let address = serde_json::to_string(address)?;
    page.evaluate(&format!(
        "window.frame?.remove(); window.heard = []; \
         window.onmessage = (event) => event.source === window.frame?.contentWindow && heard.push(event.data.coroscope); \
         window.frame = document.createElement('iframe'); frame.width = 1200; frame.height = 760; \
         frame.src = location.pathname + {address}; document.body.append(frame); return 1"
    ))
    .await
    .map(drop)
}

/// How often `selector` is seen in the frame.
async fn seen(page: &Page, selector: &str) -> Result<f64> {
    page.evaluate(&format!(
        "return [...(frame.contentDocument?.querySelectorAll('{selector}') ?? [])] \
             .filter((element) => element.getClientRects().length).length"
    ))
    .await
}

#[test]
fn a_frame_has_program_and_parameters_where_they_are_asked_for() -> Result<()> {
    visit("a_frame_has_program_and_parameters_where_they_are_asked_for", async |page| {
        frame(page, "?embed=full&lang=zh#gather-order?DELAYS=2,1").await?;
        page.until("the frame", async || {
            Ok(seen(page, "#code li").await? > 0.0 && seen(page, ".params input").await? > 0.0)
        })
        .await?;
        let chinese = "return Number(frame.contentDocument.documentElement.lang.startsWith('zh'))";
        ensure!(page.evaluate(chinese).await? == 1.0, "another language than was asked for");
        let open = "frame.contentWindow.postMessage({ coroscope: { open: 'queue-join?at=1' } }, '*'); return 1";
        page.evaluate(open).await?;
        page.until("what was to be opened", async || {
            let last =
                "return Number(heard.at(-1)?.address.startsWith('#queue-join') && heard.at(-1).at === 1)";
            Ok(page.evaluate(last).await? == 1.0)
        })
        .await?;
        // The dialog gives the lines for such a frame.
        page.choose("semaphore-workers").await?;
        page.click("#share").await?;
        page.click(".embed-code summary").await?;
        let lines = page.value("#embed-lines").await?;
        ensure!(lines.contains("?embed#semaphore-workers"), "{lines}");
        page.click("#embed-full").await?;
        page.until("the whole", async || {
            Ok(page.value("#embed-lines").await?.contains("?embed=full#semaphore-workers"))
        })
        .await
    })
}

#[test]
fn a_frame_hears_only_the_page_that_its_address_names() -> Result<()> {
    // That the others are told nothing is written to the console by the browser.
    browse("a_frame_hears_only_the_page_that_its_address_names", async |page| {
        page.open().await?;
        let ends = async |frame: usize| {
            let end = format!(
                "return Number(frames[{frame}].document.querySelector('main')?.dataset.makespan ?? 0)"
            );
            page.evaluate(&end).await
        };
        page.evaluate(
            "for (const origin of ['https://elsewhere.example', location.origin]) { \
                 const frame = document.createElement('iframe'); \
                 frame.src = `${location.pathname}?embed&origin=${origin}#gather-order`; \
                 document.body.append(frame); \
             } return 1",
        )
        .await?;
        page.until("both frames", async || Ok(ends(0).await? == 1.5 && ends(1).await? == 1.5))
            .await?;
        // The deaf one is asked first.
        page.evaluate(
            "for (const frame of [frames[0], frames[1]]) \
                 frame.postMessage({ coroscope: { set: 'DELAYS=4,4' } }, '*'); return 1",
        )
        .await?;
        page.until("the one that hears", async || Ok(ends(1).await? == 4.0)).await?;
        ensure!(ends(0).await? == 1.5, "a page of another origin is heard");
        Ok(())
    })
}
