//! The page in a frame of somebody else's page: that can do no more than a link, and tricked clicks change nothing that the
//! reader keeps. `docs/threats.md` names these tests.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Fate, FaultySite, Page, browse};
use serde_json::{Value, json};

/// CPython must be fetched and started.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long something that must not happen is waited for.
const WHILE: Duration = Duration::from_millis(1500);

/// A page of another origin, of this machine as the page itself: browsers keep nothing apart for frames there.
const AROUND: &str = "around";

/// Puts the page into a frame, and hears what that says.
const FRAME: &str = "window.heard = [];
    addEventListener('message', ({ data, source }) => source === frame.contentWindow && heard.push(data.coroscope));
    window.frame = document.createElement('iframe');
    frame.src = arguments[0];
    frame.width = 1200;
    frame.height = 900;
    document.body.append(frame);
    return 1";

/// What the reader keeps, in the order of its names.
const KEPT: &str = "return JSON.stringify(Object.entries(localStorage).sort())";

async fn surround(page: &Page, around: &FaultySite, address: &str) -> Result<()> {
    page.go(&format!("{}{AROUND}", around.url)).await?;
    page.script::<f64>(FRAME, vec![json!(address)]).await?;
    Ok(())
}

/// A link to a program, as the page writes it.
async fn link_to_program(page: &Page, text: &str) -> Result<String> {
    let code = "const done = arguments[1]; (async () => {
        const packed = new Blob([arguments[0]]).stream().pipeThrough(new CompressionStream('deflate-raw'));
        const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
        return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    })().then(done)";
    let code: String = page.script_async(code, vec![json!(text)]).await?;
    Ok(format!("#program/mine?code=1.{code}"))
}

#[test]
fn nothing_is_kept_or_forgotten_in_a_frame() -> Result<()> {
    browse("nothing_is_kept_or_forgotten_in_a_frame", async |page| {
        page.open().await?;
        if !page.has_engine().await? {
            return Ok(());
        }
        let link =
            link_to_program(page, "import asyncio\n\n# sent\nasyncio.run(asyncio.sleep(3))\n")
                .await?;
        let keep = "localStorage['coroscope.program.mine'] = '# mine'; localStorage['coroscope.theme'] = 'light'; return 1";
        page.evaluate(keep).await?;
        let before: String = page.script(KEPT, vec![]).await?;
        let around = FaultySite::before(page.url(), AROUND, Fate::Page)?;
        for how in ["", "?embed", "?embed=full"] {
            surround(page, &around, &format!("{}{how}{link}", page.url())).await?;
            page.use_frame(true).await?;
            page.within(PATIENCE, "the program in its frame", async || {
                Ok(page.count("main.own").await? == 1
                    && page.text(".cm-content").await?.contains("# sent")
                    && page.is_ready().await?)
            })
            .await?;
            ensure!(page.makespan().await? == 0.0, "{how}: it ran unasked");
            let clicks = "document.querySelector('#theme')?.click(); \
                document.querySelector('#language')?.click(); return 1";
            page.evaluate(clicks).await?;
            tokio::time::sleep(WHILE).await;
            let inside: String = page.script(KEPT, vec![]).await?;
            ensure!(inside == before, "{how}: {before} has become {inside}");
            page.use_frame(false).await?;
        }
        page.open().await?;
        let after: String = page.script(KEPT, vec![]).await?;
        ensure!(after.contains("# mine") && !after.contains("sent"), "{after}");
        Ok(())
    })
}

/// The last address that the frame told of.
const LAST: &str = "return heard.at(-1)?.address ?? ''";

#[test]
fn a_page_around_can_do_no_more_than_a_link() -> Result<()> {
    browse("a_page_around_can_do_no_more_than_a_link", async |page| {
        let around = FaultySite::before(page.url(), AROUND, Fate::Page)?;
        surround(page, &around, &format!("{}?embed#gather-order", page.url())).await?;
        let told = async |what: &str| {
            page.until(what, async || Ok(page.script::<String>(LAST, vec![]).await?.contains(what)))
                .await
        };
        told("gather-order").await?;
        let reached = "try { return frame.contentWindow.document ? 1 : 0 } catch { return 0 }";
        ensure!(page.evaluate(reached).await? == 0.0, "the document can be reached");
        // Another frame is not heard, and neither is what cannot be a value; the page around is.
        let say = "const other = document.createElement('iframe'); document.body.append(other); \
            other.contentWindow.eval(\"parent.frame.contentWindow.postMessage({ coroscope: { set: 'DELAYS=7,7' } }, '*')\"); \
            for (const asked of arguments[0]) frame.contentWindow.postMessage({ coroscope: asked }, '*'); return 1";
        let asked = json!([
            { "set": "DELAYS=<img src=x onerror=alert(1)>" }, { "seek": "1" }, { "seek": -1 }, { "open": {} },
            { "set": ["DELAYS=9"] }, 7, null, { "set": "DELAYS=2,1" },
        ]);
        page.script::<f64>(say, vec![asked]).await?;
        told("DELAYS=2.0,1.0").await?;
        tokio::time::sleep(WHILE).await;
        let heard: Vec<Value> = page.script("return heard", vec![]).await?;
        let wrong =
            ["7.0", "9.0", "img"].iter().find(|text| json!(heard).to_string().contains(**text));
        ensure!(wrong.is_none(), "{wrong:?} was heard: {heard:?}");
        // Where the address names another origin, this one is neither heard nor told.
        let address = format!("{}?embed&origin=https://course.example#gather-order", page.url());
        surround(page, &around, &address).await?;
        page.use_frame(true).await?;
        page.until("the frame", async || Ok(page.count("main[data-state]").await? == 1)).await?;
        page.use_frame(false).await?;
        let set =
            "frame.contentWindow.postMessage({ coroscope: { set: 'DELAYS=2,1' } }, '*'); return 1";
        page.evaluate(set).await?;
        tokio::time::sleep(WHILE).await;
        ensure!(page.evaluate("return heard.length").await? == 0.0, "another origin is told");
        page.use_frame(true).await?;
        ensure!(page.makespan().await? != 2.0, "another origin is heard");
        Ok(())
    })
}
