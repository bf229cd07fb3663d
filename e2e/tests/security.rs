//! What programs, links and traces of others cannot do; `docs/threats.md` names these tests.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Page, browse, browse_gated, visit};

/// CPython must be fetched and started: seconds, on a busy machine many.
const PATIENCE: Duration = Duration::from_secs(90);

/// Another origin, which counts who comes.
struct Outside {
    port: u16,
    came: Arc<AtomicUsize>,
}

impl Outside {
    fn new() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let came = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&came);
        // It ends with the process.
        thread::spawn(move || {
            for _ in listener.incoming().flatten() {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        });
        Ok(Self { port, came })
    }

    fn came(&self) -> usize {
        self.came.load(Ordering::Relaxed)
    }
}

/// Ways out of the interpreter, each of which a program tries for itself.
const WAYS: &str = r#"
import asyncio, gc, sys

def js():
    import js
    js.fetch(ADDRESS)

def pyodide_js():
    import pyodide_js
    pyodide_js.loadPackage(ADDRESS)

def run_js():
    from pyodide.code import run_js
    run_js(f"fetch('{ADDRESS}'); import('{ADDRESS}')")

def put_back():
    del sys.modules["js"]
    import js
    js.fetch(ADDRESS)

def global_of_a_proxy():
    import coroscope_stacks
    make = coroscope_stacks.later.constructor
    make(f"fetch('{ADDRESS}'); import('{ADDRESS}')")()

def found():
    for one in gc.get_objects():
        if type(one).__name__ == "JsProxy" and hasattr(one, "fetch"):
            one.fetch(ADDRESS)
            one.importScripts(ADDRESS)

def pyfetch():
    import pyodide.http
    pyodide.http.open_url(ADDRESS)

async def main():
    for way in (js, pyodide_js, run_js, put_back, global_of_a_proxy, found, pyfetch):
        try:
            way()
            print(way.__name__, "ended")
        except BaseException as error:
            print(way.__name__, type(error).__name__)
    await asyncio.sleep(1)
    print("all tried")

asyncio.run(main())
"#;

#[test]
fn a_program_reaches_no_other_origin() -> Result<()> {
    visit("a_program_reaches_no_other_origin", async |page| {
        page.go(&format!("{}#program/out", page.url())).await?;
        page.until("the page of a program", async || Ok(page.count("main.own").await? == 1))
            .await?;
        if !page.has_engine().await? {
            return Ok(());
        }
        let outside = Outside::new()?;
        let address = format!("http://127.0.0.1:{}/secret", outside.port);
        page.within(PATIENCE, "the editor", async || Ok(page.count(".cm-content").await? == 1))
            .await?;
        let program = serde_json::to_string(&format!("ADDRESS = '{address}'\n{WAYS}"))?;
        let type_it = format!(
            "const editor = document.querySelector('.cm-content'); editor.focus(); \
             document.execCommand('selectAll'); document.execCommand('insertText', false, {program}); return 1"
        );
        page.evaluate(&type_it).await?;
        page.within(PATIENCE, "all ways to be tried", async || {
            Ok(page.text("#console").await?.contains("all tried"))
        })
        .await?;
        let printed = page.text("#console").await?;
        ensure!(printed.contains("js ModuleNotFoundError"), "the browser is found: {printed}");
        // The page itself, by the same policy: so the counter counts, and the policy is what stops it.
        let from_page = format!(
            "const done = arguments[0]; fetch('{address}').then(() => done(1), () => done(0)); \
             new Image().src = '{address}'"
        );
        ensure!(page.hand(&from_page).await? == 0.0, "the page itself may ask another origin");
        tokio::time::sleep(Duration::from_millis(500)).await;
        ensure!(outside.came() == 0, "somebody came out: {printed}");
        std::net::TcpStream::connect(("127.0.0.1", outside.port))?;
        thread::sleep(Duration::from_millis(200));
        ensure!(outside.came() == 1, "the counter does not count");
        // What the policy has stopped is told by the browser, and is no error of the page.
        page.console_errors().await?;
        Ok(())
    })
}

/// What would show if any of it became a part of the document.
const MARKUP: &str =
    "<img src=x onerror='window.taken=1'><script>window.taken=1</script><b data-taken>";

/// Whether any of it did.
async fn is_taken(page: &Page) -> Result<bool> {
    let script = "return window.taken || document.querySelectorAll('[data-taken], img[src=x]').length ? 1 : 0";
    Ok(page.evaluate(script).await? > 0.0)
}

#[test]
fn nothing_of_a_link_or_a_trace_becomes_a_part_of_the_document() -> Result<()> {
    visit("nothing_of_a_link_or_a_trace_becomes_a_part_of_the_document", async |page| {
        let links = [
            format!("#{MARKUP}"),
            format!("#gather-order?{MARKUP}=1"),
            format!("#gather-order?DELAYS={MARKUP}"),
            format!("#gather-order?at={MARKUP}"),
            format!("#program/{MARKUP}"),
            format!("#program/{MARKUP}?code=1.{MARKUP}"),
            format!("#program/@{MARKUP}?DELAYS={MARKUP}"),
            "#gather-order?DELAYS=[[0.6]".to_owned(),
            "#__proto__?constructor=1".to_owned(),
        ];
        for link in links {
            let set = format!("location.hash = {}; return 1", serde_json::to_string(&link)?);
            page.evaluate(&set).await?;
            page.drawn().await?;
            ensure!(!is_taken(page).await?, "{link}");
            ensure!(page.count("#fault").await? == 0, "{link}: the page has a fault");
        }
        page.evaluate("location.hash = '#program/any'; return 1").await?;
        page.until("the page of a program", async || Ok(page.count("main.own").await? == 1))
            .await?;
        let markup = serde_json::to_string(MARKUP)?;
        let lines = [
            format!(
                r#"{{"format":"coroscope-trace","version":1,"sources":{{{markup}:{markup}}}}}"#
            ),
            format!(r#"{{"e":"task_created","t":0.0,"task":0,"name":{markup}}}"#),
            r#"{"e":"step_began","t":0.5,"task":0}"#.to_owned(),
            format!(r#"{{"e":"printed","t":0.5,"task":0,"text":{markup}}}"#),
            r#"{"e":"finished","t":2.5,"task":0,"outcome":"done"}"#.to_owned(),
            format!(r#"{{"e":"end","end":"raised","type":{markup},"text":{markup}}}"#),
        ];
        page.drop_file(&format!("{MARKUP}.trace"), &lines.join("\n")).await?;
        page.until("the recording", async || Ok(page.makespan().await? == 2.5)).await?;
        ensure!(page.text("main").await?.contains("onerror"), "its names are not shown at all");
        page.evaluate("document.querySelector('#table-toggle').click(); return 1").await?;
        page.drawn().await?;
        ensure!(!is_taken(page).await?, "a trace became a part of the document");
        Ok(())
    })
}

#[test]
fn nothing_is_asked_of_another_origin_and_the_policy_stands_first() -> Result<()> {
    browse("nothing_is_asked_of_another_origin_and_the_policy_stands_first", async |page| {
        page.open().await?;
        let document = page.document().await?;
        let policy = document.find("http-equiv=\"Content-Security-Policy\"");
        ensure!(
            policy.is_some_and(|at| Some(at) < document.find("<script")),
            "no policy before the scripts"
        );
        page.evaluate(
            "window.refused = []; addEventListener('securitypolicyviolation', (e) => refused.push(e.blockedURI)); return 1",
        )
        .await?;
        for example in ["semaphore-workers", "exercise-chat"] {
            page.choose(example).await?;
            page.click("#theme").await?;
            page.click("#language").await?;
            for dialog in ["#help", "#share"] {
                page.click(dialog).await?;
                // The first time its part of the program is fetched.
                let close = "dialog[open] .dialog-head button";
                page.until(dialog, async || Ok(page.count(close).await? == 1)).await?;
                page.click(close).await?;
            }
        }
        page.evaluate("location.hash = '#program/any'; return 1").await?;
        page.until("the page of a program", async || Ok(page.count("main.own").await? == 1))
            .await?;
        if page.has_engine().await? {
            page.engine_comes(PATIENCE).await?;
        }
        let outward = "return performance.getEntriesByType('resource').filter(({ name }) => \
             !name.startsWith(location.origin + '/') && !/^(blob|data):/.test(name)).length";
        ensure!(page.evaluate(outward).await? == 0.0, "another origin was asked");
        ensure!(
            page.evaluate("return performance.getEntriesByType('resource').length").await? > 2.0
        );
        ensure!(
            page.evaluate("return refused.length").await? == 0.0,
            "the page goes against its policy"
        );
        // Of its worker only the console tells.
        let errors = page.console_errors().await?;
        ensure!(errors.is_empty(), "errors in the console: {errors:#?}");
        // Not at once: what a driver runs itself may do that.
        let eval = "const done = arguments[0]; setTimeout(() => { try { Function('return 1')(); done(1) } catch { done(0) } })";
        ensure!(page.hand(eval).await? == 0.0, "text is made code");
        let trusted = "const done = arguments[0]; setTimeout(() => { const box = document.createElement('div'); \
             box.innerHTML = '<span class=\"k\">def</span><b>'; let made = box.querySelectorAll('b').length; \
             try { new Worker('engine/page.mjs'); made += 1; } catch {} done(made); })";
        ensure!(
            page.evaluate("return window.trustedTypes ? 1 : 0").await? == 0.0
                || page.hand(trusted).await? == 0.0,
            "text is made markup, or the address of a script"
        );
        Ok(())
    })
}

/// How many files the service worker keeps once all is kept.
const KEPT: &str = "const done = arguments[0]; (async () => {
    const registration = await navigator.serviceWorker?.getRegistration();
    if (!registration?.active) return 0;
    const names = await caches.keys();
    return (await (await caches.open(names[0])).keys()).length;
})().then(done, () => done(0))";

#[test]
fn no_request_leaves_the_origin_whoever_makes_it() -> Result<()> {
    browse_gated("no_request_leaves_the_origin_whoever_makes_it", async |page, gate| {
        page.open().await?;
        if page.count("meta[name='coroscope-offline']").await? == 1 {
            page.within(PATIENCE, "the page to be kept", async || {
                Ok(page.hand(KEPT).await? > 100.0)
            })
            .await?;
        }
        if page.has_engine().await? {
            page.evaluate("location.hash = '#program/any'; return 1").await?;
            page.engine_comes(PATIENCE).await?;
        }
        // From the service worker's answers, too.
        page.open().await?;
        page.choose("semaphore-workers").await?;
        ensure!(gate.passed() > 2, "the browser does not pass the gate");
        let refused = gate.refused();
        ensure!(refused.is_empty(), "asked of others: {refused:#?}");
        Ok(())
    })
}
