//! Files of the page that do not come as they should, a browser that lacks something, a disk without room: each is said
//! in the page, with a way to try again, and nothing is lost.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{Fate, FaultySite, Page, browse};

/// Longer than the page waits for anything: its engine says nothing for at most 30 s.
const PATIENCE: Duration = Duration::from_secs(60);

/// The page stands: its program has come and draws.
async fn stands(page: &Page) -> Result<bool> {
    Ok(page.count("#app:not([data-early]) main[data-state]").await? == 1)
}

/// What can be seen of an element.
async fn seen(page: &Page, selector: &str) -> Result<bool> {
    let script =
        format!("return document.querySelector({selector:?})?.getClientRects().length ?? 0");
    Ok(page.evaluate(&script).await? > 0.0)
}

/// Opens another page in between, so that only what is from `#` on is never all that changes.
async fn visit(page: &Page, site: &FaultySite, hash: &str) -> Result<()> {
    page.go("about:blank").await?;
    page.go(&format!("{}{hash}", site.url)).await
}

/// All cases for `cargo xtask trust faults`, a few of them for every day.
fn some<T: Clone>(all: &[T], few: &[T]) -> Vec<T> {
    if e2e::is_thorough() { all.to_vec() } else { few.to_vec() }
}

/// Waits until either all is well or `again` is offered; then mends the server, presses it, and waits until all is well.
async fn is_mended(
    page: &Page,
    site: &FaultySite,
    fate: Fate,
    again: &str,
    mut well: impl AsyncFnMut() -> Result<bool>,
) -> Result<()> {
    let mut offered = false;
    page.within(PATIENCE, "a way to try again", async || {
        offered = seen(page, again).await?;
        Ok(offered || well().await?)
    })
    .await?;
    site.mend();
    // The page's program comes by itself then, and takes the button away.
    let comes = fate == Fate::Held && again == "#boot-again";
    if offered && !comes {
        // In one step: what was held may come just then, and take the button away.
        page.evaluate(&format!("document.querySelector({again:?})?.click(); return 1")).await?;
    }
    page.within(PATIENCE, "the page to be mended", well).await
}

/// The page's own program: script and wasm.
#[test]
fn a_program_that_does_not_come_is_said_and_tried_again() -> Result<()> {
    browse("a_program_that_does_not_come_is_said_and_tried_again", async |page| {
        for path in ["_bg.wasm", ".js"] {
            for fate in some(&Fate::ALL, &[Fate::Missing, Fate::Cut]) {
                // Until a script has come that is in the document, the driver waits, too, and asks nothing of the page.
                if (path, fate) == (".js", Fate::Held) {
                    continue;
                }
                let site = FaultySite::before(page.url(), path, fate)?;
                visit(page, &site, "").await?;
                is_mended(page, &site, fate, "#boot-again", async || stands(page).await)
                    .await
                    .with_context(|| format!("{path} {fate:?}"))?;
                ensure!(!seen(page, "#boot").await?, "{path} {fate:?}: the message stays");
            }
        }
        Ok(())
    })
}

#[test]
fn words_that_do_not_come_are_said_and_tried_again() -> Result<()> {
    browse("words_that_do_not_come_are_said_and_tried_again", async |page| {
        for fate in some(&Fate::ALL, &[Fate::Held, Fate::Page]) {
            let site = FaultySite::before(page.url(), "gather-order.en.json", fate)?;
            visit(page, &site, "#gather-order").await?;
            is_mended(page, &site, fate, "#texts-again", async || {
                Ok(page.count("#code li").await? > 0
                    && page.text(".about .summary").await?.len() > 20)
            })
            .await
            .with_context(|| format!("{fate:?}"))?;
        }
        Ok(())
    })
}

/// A program of an example, which the page fetches with its words.
#[test]
fn a_part_that_does_not_come_is_said_and_tried_again() -> Result<()> {
    browse("a_part_that_does_not_come_is_said_and_tried_again", async |page| {
        page.open().await?;
        let examples = page.examples().await?;
        let number = examples.iter().position(|id| id == "gather-order").context("gather-order")?;
        let path = format!("-{number}.wasm");
        for fate in some(&Fate::ALL[1..], &[Fate::Missing, Fate::Cut]) {
            let site = FaultySite::before(page.url(), &path, fate)?;
            for first in ["#gather-order", ""] {
                visit(page, &site, first).await?;
                page.until("the page", async || stands(page).await).await?;
                if first.is_empty() {
                    page.evaluate("location.hash = 'gather-order'; return 0").await?;
                }
            }
            is_mended(page, &site, fate, "#texts-again", async || {
                Ok(page.count("#code li").await? > 0 && page.makespan().await? > 0.0)
            })
            .await
            .with_context(|| format!("{fate:?}"))?;
        }
        Ok(())
    })
}

/// A tool, which the page fetches when it is opened for the first time: what was pressed does it when it is pressed again.
#[test]
fn a_tool_that_does_not_come_is_said_and_opens_when_it_is_pressed_again() -> Result<()> {
    browse("a_tool_that_does_not_come_is_said", async |page| {
        page.open().await?;
        // The parts that are no example's follow those that are: own programs, then tools.
        let path = format!("-{}.wasm", page.examples().await?.len() + 1);
        for fate in some(&Fate::ALL[1..], &[Fate::Missing, Fate::Cut]) {
            for (button, opened) in [("#help", "#help-dialog"), ("#share", "#share-dialog")] {
                let site = FaultySite::before(page.url(), &path, fate)?;
                visit(page, &site, "").await?;
                page.until("the page", async || stands(page).await).await?;
                page.click(button).await?;
                let opens = async || Ok(page.count(opened).await? == 1);
                let mut is_said = false;
                page.within(PATIENCE, "the tool, or that it does not come", async || {
                    is_said = seen(page, "main > .notice").await?;
                    Ok(is_said || opens().await?)
                })
                .await
                .with_context(|| format!("{button} {fate:?}"))?;
                // What is whole is taken, however late it is and whatever it is called.
                let is_lost = !matches!(fate, Fate::Slow | Fate::Plain);
                ensure!(is_said == is_lost, "{button} {fate:?}: said: {is_said}");
                if is_said {
                    let said = page.text("main > .notice").await?;
                    ensure!(said.contains("again"), "{said:?} does not say what to do");
                    ensure!(stands(page).await?, "{button} {fate:?}: the page is gone");
                    site.mend();
                    page.click(button).await?;
                }
                page.until(opened, opens).await.with_context(|| format!("{button} {fate:?}"))?;
            }
        }
        Ok(())
    })
}

#[test]
fn a_search_that_does_not_come_is_said_and_tried_again() -> Result<()> {
    browse("a_search_that_does_not_come_is_said_and_tried_again", async |page| {
        for fate in some(&Fate::ALL[1..], &[Fate::Cut]) {
            let site = FaultySite::before(page.url(), "search.json", fate)?;
            visit(page, &site, "").await?;
            page.until("the page", async || stands(page).await).await?;
            page.open_catalogue().await?;
            page.set("#search", "gather").await?;
            ensure!(!page.examples_seen().await?.is_empty(), "the titles are not searched");
            is_mended(page, &site, fate, "#search-again", async || {
                Ok(page.count("#hits li").await? > 0)
            })
            .await
            .with_context(|| format!("{fate:?}"))?;
        }
        Ok(())
    })
}

/// What a program of the reader's needs, each with how it is asked for again.
const ENGINE: [(&str, &str); 10] = [
    ("engine/page.mjs", "#engine-again"),
    ("engine/interpreter.mjs", "#engine-again"),
    ("engine/modules.json", "#engine-again"),
    ("engine/compiled.json", "#engine-again"),
    ("pyodide.mjs", "#engine-again"),
    ("pyodide.asm.js", "#engine-again"),
    ("pyodide.asm.wasm", "#engine-again"),
    ("python_stdlib.zip", "#engine-again"),
    ("pyodide-lock.json", "#engine-again"),
    ("engine/editor.mjs", "#editor-again"),
];

/// The parts of CPython and the editor; that one never comes is said after half a minute.
#[test]
fn an_engine_that_does_not_come_is_said_and_tried_again() -> Result<()> {
    browse("an_engine_that_does_not_come_is_said_and_tried_again", async |page| {
        page.open().await?;
        if !page.has_engine().await? {
            return Ok(());
        }
        let every =
            ENGINE.iter().flat_map(|(path, again)| Fate::ALL.map(|fate| (*path, fate, *again)));
        let few = [
            ("engine/page.mjs", Fate::Missing, "#engine-again"),
            ("engine/compiled.json", Fate::Missing, "#engine-again"),
            ("engine/editor.mjs", Fate::Missing, "#editor-again"),
            ("pyodide.asm.wasm", Fate::Slow, "#engine-again"),
        ];
        for (path, fate, again) in some(&every.collect::<Vec<_>>(), &few) {
            let site = FaultySite::before(page.url(), path, fate)?;
            visit(page, &site, "#program/faults").await?;
            is_mended(page, &site, fate, again, async || {
                Ok(page.is_ready().await?
                    && page.count(".cm-content").await? == 1
                    && page.makespan().await? > 0.0)
            })
            .await
            .with_context(|| format!("{path} {fate:?}"))?;
        }
        Ok(())
    })
}

/// What a browser may lack: what takes it away, and what is said.
const LACKS: [(&str, &str); 2] = [
    ("delete globalThis.WebAssembly", "WebAssembly"),
    // Modules do not run there either.
    (
        "delete HTMLScriptElement.prototype.noModule; new MutationObserver((records) => { for (const record of records) \
         for (const node of record.addedNodes) if (node.type === 'module') node.type = 'unknown'; }) \
         .observe(document, { childList: true, subtree: true })",
        "modules",
    ),
];

#[test]
fn what_the_browser_lacks_is_said() -> Result<()> {
    browse("what_the_browser_lacks_is_said", async |page| {
        for (script, said) in LACKS {
            let site = FaultySite::beginning_with(page.url(), script)?;
            visit(page, &site, "").await?;
            page.until("what is lacking", async || seen(page, "#boot.refused").await).await?;
            let text = page.text("#boot").await?;
            ensure!(text.contains(said), "{script}: {text}");
        }
        // Threads of the reader's programs need what is away here; the page does not.
        let site = FaultySite::beginning_with(page.url(), "delete WebAssembly.Suspending")?;
        visit(page, &site, "").await?;
        page.until("the page", async || stands(page).await).await
    })
}

#[test]
fn a_page_opened_as_a_file_says_so() -> Result<()> {
    browse("a_page_opened_as_a_file_says_so", async |page| {
        page.open().await?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("index.html");
        std::fs::write(&file, page.document().await?)?;
        page.go(&format!("file://{}", file.display())).await?;
        page.until("the sentence", async || seen(page, "#boot.refused").await).await?;
        let text = page.text("#boot").await?;
        ensure!(text.contains("http.server"), "it does not say what to do: {text}");
        Ok(())
    })
}

/// No room, no right, no cookies: what takes it away, before anything else runs.
const STORES: [&str; 3] = [
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
    "Object.defineProperty(window, 'localStorage', { value: null })",
];

#[test]
fn a_page_that_can_keep_nothing_works_and_says_what_would_be_lost() -> Result<()> {
    browse("a_page_that_can_keep_nothing_works_and_says_what_would_be_lost", async |page| {
        for script in STORES {
            let site = FaultySite::beginning_with(page.url(), script)?;
            visit(page, &site, "#gather-order").await?;
            page.until("the page", async || stands(page).await).await?;
            page.click("#theme").await?;
            page.click("#language").await?;
            page.choose("semaphore-workers").await?;
            ensure!(page.count("#fault").await? == 0, "{script}: the page has a fault");
            if !page.has_engine().await? {
                continue;
            }
            visit(page, &site, "#program/kept").await?;
            page.within(PATIENCE, "the editor", async || Ok(page.count(".cm-content").await? == 1))
                .await?;
            let type_it = "const editor = document.querySelector('.cm-content'); editor.focus(); \
                 document.execCommand('insertText', false, '# typed\\n'); return 1";
            page.evaluate(type_it).await?;
            page.until("that it is not kept to be said", async || {
                Ok(page.text("main.own").await?.contains("keeps nothing here"))
            })
            .await
            .with_context(|| script.to_owned())?;
            // Neither there nor where the reader comes back from an example.
            for hash in ["#gather-order", "#program/kept"] {
                page.evaluate(&format!("location.hash = '{hash}'; return 1")).await?;
                let is_own = usize::from(hash.starts_with("#program"));
                page.until(hash, async || Ok(page.count("main.own").await? == is_own)).await?;
            }
            page.within(PATIENCE, "what was typed", async || {
                Ok(page.count(".cm-content").await? == 1
                    && page.text(".cm-content").await?.contains("# typed"))
            })
            .await
            .with_context(|| script.to_owned())?;
        }
        Ok(())
    })
}
