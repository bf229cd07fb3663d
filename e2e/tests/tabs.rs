//! Two tabs with the same page: what one writes the other does not lose.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Page, visit};

/// An editor must be fetched.
const PATIENCE: Duration = Duration::from_secs(60);

/// Types a line at the beginning of the program that is open.
async fn type_line(page: &Page, line: &str) -> Result<()> {
    page.evaluate(&format!(
        "const editor = document.querySelector('.cm-content'); editor.focus(); \
         getSelection().collapse(editor, 0); document.execCommand('insertText', false, '{line}\\n'); return 1"
    ))
    .await?;
    Ok(())
}

/// Opens a program of this name.
async fn open(page: &Page, name: &str) -> Result<bool> {
    page.go(&format!("{}#program/{name}", page.url())).await?;
    page.until("the page of a program", async || Ok(page.count("main.own").await? == 1)).await?;
    if !page.has_engine().await? {
        return Ok(false);
    }
    page.within(PATIENCE, "the editor", async || Ok(page.count(".cm-content").await? == 1)).await?;
    Ok(true)
}

async fn shows(page: &Page, line: &str) -> Result<()> {
    page.until(line, async || Ok(page.text(".cm-content").await?.contains(line))).await
}

#[test]
fn two_tabs_lose_nothing_of_each_other() -> Result<()> {
    visit("two_tabs_lose_nothing_of_each_other", async |page| {
        // Before the page's own listener.
        page.begin_with(
            "addEventListener('storage', (event) => window.deaf && event.stopImmediatePropagation())",
        )
        .await?;
        page.go("about:blank").await?;
        if !open(page, "shared").await? {
            return Ok(());
        }
        let [first, second] = page.another_tab().await?;
        open(page, "shared").await?;
        type_line(page, "# by the second").await?;
        page.click("#language").await?;
        page.use_tab(&first).await?;
        // It follows, and goes on from there.
        shows(page, "# by the second").await?;
        page.click("#theme").await?;
        // As where both type before either has heard of the other.
        page.evaluate("window.deaf = true; return 1").await?;
        page.use_tab(&second).await?;
        type_line(page, "# unheard").await?;
        page.use_tab(&first).await?;
        type_line(page, "# by the first").await?;
        let kept = "return Object.keys(localStorage).filter((key) => key.startsWith('coroscope.program.shared')) \
            .filter((key) => ['# unheard', '# by the first'].filter((line) => localStorage[key].includes(line)).length === 1).length";
        page.until("both texts to be kept", async || Ok(page.evaluate(kept).await? == 2.0)).await?;
        shows(page, "# by the first").await?;
        ensure!(page.text("main.own").await?.contains("both are kept"), "nothing is said of it");
        // It is the other program from now on, and of the settings each tab's is kept.
        type_line(page, "# and more").await?;
        page.go("about:blank").await?;
        open(page, "shared%202").await?;
        shows(page, "# and more").await?;
        let settings = "return ['coroscope.theme', 'coroscope.language'].filter((key) => localStorage[key]).length";
        ensure!(page.evaluate(settings).await? == 2.0, "a setting is lost");
        page.use_tab(&second).await?;
        shows(page, "# unheard").await
    })
}
