//! The page for those who do not see it, or do not point at it.

use std::time::Duration;
use std::{env, fs, iter};

use anyhow::{Context, Result, ensure};
use e2e::{Page, visit};
use serde_json::json;

/// What is opened over the page or in it, and by what.
const VIEWS: [(&str, &[&str]); 7] = [
    ("page", &[]),
    ("words", &[".about summary"]),
    ("table", &["#table-toggle"]),
    ("catalogue", &["#open-catalogue"]),
    ("help", &["#help"]),
    ("link", &["#share"]),
    ("live", &["#play"]),
];

/// Sizes of the window, in pixels; the last is a window of 1366 by 768 whose page is enlarged twice.
const SIZES: [(u32, u32); 4] = [(1440, 900), (1024, 768), (390, 844), (683, 384)];

/// axe finds nothing on any view, in any theme and language, at any width. It comes from npm: `cargo xtask test` brings
/// it where Node.js is, and says where it is by AXE.
#[test]
fn axe_finds_nothing() -> Result<()> {
    let Some(axe) = axe()? else { return Ok(()) };
    visit("axe_finds_nothing", async |page| {
        for example in ["semaphore-timeout", "exercise-chat", "deadlock-lock-order"] {
            page.choose(example).await?;
            for (width, height) in SIZES {
                page.resize(width, height).await?;
                // Both themes in both languages.
                for press in ["#theme", "#language", "#theme", "#language"] {
                    page.click(press).await?;
                    // All views of one example are enough.
                    let views =
                        if example == "semaphore-timeout" { &VIEWS[..] } else { &VIEWS[..1] };
                    for (view, presses) in views {
                        for press in *presses {
                            page.click(press).await?;
                        }
                        page.drawn().await?;
                        let found = page.axe(&axe).await?;
                        ensure!(found.is_empty(), "{example}, {view}, {width}: {found:#?}");
                        page.open().await?;
                    }
                }
            }
        }
        Ok(())
    })
}

/// Nor where the reader's own colours replace the page's; what is chosen and what is current can be told apart there.
#[test]
fn axe_finds_nothing_in_forced_colours() -> Result<()> {
    let Some(axe) = axe()? else { return Ok(()) };
    visit("axe_finds_nothing_in_forced_colours", async |page| {
        for scheme in ["light", "dark"] {
            let features = json!([
                { "name": "forced-colors", "value": "active" },
                { "name": "prefers-color-scheme", "value": scheme },
            ]);
            page.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
            for (width, height) in SIZES {
                page.resize(width, height).await?;
                page.open().await?;
                page.drawn().await?;
                let found = page.axe(&axe).await?;
                ensure!(found.is_empty(), "{scheme}, {width}: {found:#?}");
                let alike = "const line = (chosen) => getComputedStyle(document.querySelector( \
                             `.output [role=tab][aria-selected=${chosen}]`)).borderBottomColor; \
                             return Number(line(true) === line(false))";
                ensure!(page.evaluate(alike).await? == 0.0, "{scheme}: all tabs look chosen");
            }
        }
        Ok(())
    })
}

/// The program of axe, where it was named.
fn axe() -> Result<Option<String>> {
    let Ok(path) = env::var("AXE") else {
        println!("skipped, as no axe was named");
        return Ok(None);
    };
    fs::read_to_string(&path).map(Some).with_context(|| format!("{path} cannot be read"))
}

#[test]
fn the_keyboard_reaches_what_the_pointer_does() -> Result<()> {
    visit("the_keyboard_reaches_what_the_pointer_does", async |page| {
        page.choose("semaphore-workers").await?;
        focus_is(page, "title").await.context("after a link")?;
        // A line of output and the moment go together.
        let before = page.text(".player output").await?;
        page.press("#console", "End").await?;
        page.until("the last line's moment", async || {
            Ok(page.text(".player output").await? != before
                && page.count("#console .later").await? == 0)
        })
        .await?;
        page.press("#console", "Home").await?;
        page.until(
            "the first line's moment",
            async || Ok(page.count("#console .later").await? > 0),
        )
        .await?;
        // So do a moment of a resource and the playhead.
        for key in iter::repeat_n("ArrowDown", page.labels().await?.len() + 2).chain(["End"]) {
            page.press("#plot", key).await?;
        }
        let last = page.text(".player output").await?;
        ensure!(page.text(".tooltip").await?.contains("semaphore"), "it is not reached");
        page.press("#plot", "ArrowLeft").await?;
        page.until("the change before", async || {
            Ok(page.text(".player output").await? != last && page.count(".tooltip").await? == 1)
        })
        .await?;
        // The catalogue opens at its search, and closes by Escape to where it was opened.
        page.open_catalogue().await?;
        focus_is(page, "search").await?;
        page.press("#search", "Escape").await?;
        page.until(
            "the catalogue to close",
            async || Ok(page.count(".catalogue.open").await? == 0),
        )
        .await?;
        focus_is(page, "open-catalogue").await
    })
}

/// A field is being typed into before any run has followed: nothing is written into it meanwhile.
#[test]
fn a_field_that_is_typed_into_is_left_alone_however_slow_the_run() -> Result<()> {
    visit("a_field_that_is_typed_into_is_left_alone_however_slow_the_run", async |page| {
        page.choose("sequential-vs-gather").await?;
        // All within one frame, so that no run can follow; the page renders in between.
        let type_it = "const done = arguments[arguments.length - 1];\
             const field = document.querySelector('input[type=number]'); field.focus(); field.select();\
             const rendered = () => new Promise(next => setTimeout(next, 0));\
             const frame = window.requestAnimationFrame; window.requestAnimationFrame = () => 0;\
             (async () => {\
               for (const sign of '1.7') { document.execCommand('insertText', false, sign); await rendered(); }\
               window.requestAnimationFrame = frame;\
               done(parseFloat(field.value));\
             })()";
        let typed = page.hand(type_it).await?;
        ensure!(typed == 1.7, "{typed} came of 1.7");
        Ok(())
    })
}

/// The editor and CPython are fetched.
const PATIENCE: Duration = Duration::from_secs(90);

/// Keys that the browser itself gets, as from a keyboard, with Shift or without.
async fn strike(page: &Page, key: &str, shift: bool) -> Result<()> {
    let code = match key {
        "Tab" => 9,
        "Escape" => 27,
        _ => 0,
    };
    let text = if key.len() == 1 { key } else { "" };
    for kind in ["keyDown", "keyUp"] {
        let event = json!({
            "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code, "modifiers": if shift { 8 } else { 0 },
        });
        page.devtools("Input.dispatchKeyEvent", event).await?;
    }
    Ok(())
}

/// Whether the editor has the focus.
async fn is_in_editor(page: &Page) -> Result<bool> {
    Ok(page.focus().await?.as_deref() == Some("editor"))
}

#[test]
fn the_editor_is_reached_written_in_and_left_by_the_keyboard() -> Result<()> {
    visit("the_editor_is_reached_written_in_and_left_by_the_keyboard", async |page| {
        page.go(&format!("{}#program/naps", page.url())).await?;
        page.until("the page of a program", async || Ok(page.count("main.own").await? == 1))
            .await?;
        if !page.has_engine().await? {
            return Ok(());
        }
        page.within(PATIENCE, "the editor", async || Ok(page.count("#editor").await? == 1)).await?;
        for language in ["en", "zh"] {
            page.until("the page's language", async || {
                Ok(page.attribute("html", "lang").await?.is_some_and(|is| is.starts_with(language)))
            })
            .await?;
            page.evaluate("document.activeElement?.blur(); return 1").await?;
            let mut reached = 0;
            while !is_in_editor(page).await? {
                reached += 1;
                ensure!(reached < 150, "{language}: Tab does not come to the editor");
                strike(page, "Tab", false).await?;
            }
            let said = page.attribute("#editor", "aria-label").await?.unwrap_or_default();
            ensure!(
                said.contains("Esc") && said.contains("Tab"),
                "{language}: how to leave is not said: {said}"
            );
            let before = page.text("#editor").await?;
            strike(page, "#", false).await?;
            strike(page, "Tab", false).await?;
            ensure!(is_in_editor(page).await?, "{language}: Tab left the editor at once");
            ensure!(page.text("#editor").await? != before, "{language}: nothing was written");
            strike(page, "Escape", false).await?;
            ensure!(is_in_editor(page).await?, "{language}: Escape alone left the editor");
            strike(page, "Tab", false).await?;
            ensure!(!is_in_editor(page).await?, "{language}: there is no way out");
            strike(page, "Tab", true).await?;
            ensure!(is_in_editor(page).await?, "{language}: there is no way back");
            strike(page, "Escape", false).await?;
            strike(page, "Tab", true).await?;
            ensure!(!is_in_editor(page).await?, "{language}: there is no way out backwards");
            page.click("#language").await?;
        }
        Ok(())
    })
}

/// Waits until the element has the focus.
async fn focus_is(page: &Page, id: &str) -> Result<()> {
    page.until(&format!("the focus on {id}"), async || {
        Ok(page.focus().await?.as_deref() == Some(id))
    })
    .await
}
