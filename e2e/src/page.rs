//! The page, by the parts that the tests use.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, Locator};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::devtools::Devtools;
use crate::log::{Entry, ReadLog};

/// How long something on the page may take; only a page that hangs takes it.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long what is measured may take.
const LONG: Duration = Duration::from_secs(120);

/// How often the page is looked at meanwhile.
const LOOK: Duration = Duration::from_millis(40);

/// Whether there is an element that the argument finds.
const THERE: &str = "const found = document.querySelector(arguments[0]);
     // Also out from behind what sticks to an edge, which the driver takes for seen.
     found?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
     return found ? true : null";

/// The Tab key: leaves a field, and so ends its edit.
const TAB: char = '\u{E004}';

/// The page in a browser.
pub struct Page {
    client: Client,
    url: String,
}

impl Page {
    pub(crate) fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }

    /// Opens the page anew and waits until it stands.
    pub async fn open(&self) -> Result<()> {
        self.client.goto(&self.url).await?;
        self.stands().await
    }

    /// Where the page is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The page's own address from `#` on.
    pub async fn hash(&self) -> Result<String> {
        self.script("return location.hash", vec![]).await
    }

    /// Goes to an address and waits for its document, not for the page's program.
    pub async fn go(&self, url: &str) -> Result<()> {
        Ok(self.client.goto(url).await?)
    }

    /// Opens a tab beside this one, which is from now on the one that is used; gives the names of this and of that.
    pub async fn another_tab(&self) -> Result<[String; 2]> {
        let before = self.client.window().await?;
        let tab = self.client.new_window(true).await?.handle;
        self.client.switch_to_window(tab.clone()).await?;
        Ok([before.into(), tab.into()])
    }

    /// Goes on in a tab.
    pub async fn use_tab(&self, name: &str) -> Result<()> {
        let tab = WindowHandle::try_from(name.to_owned())?;
        Ok(self.client.switch_to_window(tab).await?)
    }

    /// Goes on inside the first frame of the page, or outside of all.
    pub async fn use_frame(&self, inside: bool) -> Result<()> {
        match inside {
            true => Ok(self.client.enter_frame(0).await?),
            false => Ok(self.client.enter_parent_frame().await?),
        }
    }

    /// A command of the browser's own protocol; gives its answer.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Result<Value> {
        let answer = self.client.issue_cmd(Devtools { command, parameters }).await;
        answer.with_context(|| format!("the browser's {command}"))
    }

    /// Whether the reader likes things to move on their own, as the page is told: where not, jumps take no time.
    pub async fn likes_motion(&self, likes: bool) -> Result<()> {
        let value = if likes { "no-preference" } else { "reduce" };
        let features = json!([{ "name": "prefers-reduced-motion", "value": value }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        Ok(())
    }

    /// Has a script run in every document from now on, before all others.
    pub async fn begin_with(&self, script: &str) -> Result<()> {
        let command = "Page.addScriptToEvaluateOnNewDocument";
        self.devtools(command, json!({ "source": script })).await?;
        Ok(())
    }

    /// Makes the window's inside so large, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.client.set_window_size(width, height).await?;
        let edges: (f64, f64) = self
            .script("return [outerWidth - innerWidth, outerHeight - innerHeight]", vec![])
            .await?;
        let (width, height) = (width + edges.0 as u32, height + edges.1 as u32);
        self.client.set_window_size(width, height).await?;
        self.drawn().await
    }

    /// What a script returns once that is something, a number.
    pub async fn later(&self, script: &str) -> Result<f64> {
        let mut found = None;
        self.within(LONG, "a number", async || {
            found = self.script::<Option<f64>>(script, vec![]).await?;
            Ok(found.is_some())
        })
        .await?;
        found.context("it was there")
    }

    /// The number that the page puts into a variable of its window, once it is there; what it puts into `failed` is
    /// an error.
    pub async fn number(&self, variable: &str) -> Result<f64> {
        let script =
            format!("if (window.failed) throw window.failed; return window.{variable} ?? null");
        self.later(&script).await
    }

    /// The number that a script returns.
    pub async fn evaluate(&self, script: &str) -> Result<f64> {
        self.script(script, vec![]).await
    }

    /// The number that a script hands to the last of its arguments.
    pub async fn hand(&self, script: &str) -> Result<f64> {
        self.script_async(script, vec![]).await
    }

    /// The same, of a script that is given other things before.
    pub async fn hand_with(&self, script: &str, arguments: Vec<Value>) -> Result<f64> {
        self.script_async(script, arguments).await
    }

    /// What the first field that `selector` finds has, once it is there.
    pub async fn value(&self, selector: &str) -> Result<String> {
        let script = "return document.querySelector(arguments[0])?.value ?? null";
        self.once_there(script, &[json!(selector)]).await
    }

    /// Reloads the page and waits until it stands.
    pub async fn reload(&self) -> Result<()> {
        self.client.refresh().await?;
        self.stands().await
    }

    /// Reloads the page and waits for its program, whatever it shows.
    pub(crate) async fn refresh(&self) -> Result<()> {
        self.client.refresh().await?;
        self.until("the page to start", async || {
            Ok(self.count("#app:not([data-early]) main[data-state]").await? == 1)
        })
        .await
    }

    /// Waits until the page has started and shows an example.
    async fn stands(&self) -> Result<()> {
        self.until("the page to start", async || {
            Ok(self.count("main[data-state]").await? == 1 && self.count("#code li").await? > 0)
        })
        .await
    }

    /// Opens an example by its entry in the catalogue.
    pub async fn choose(&self, example: &str) -> Result<()> {
        let entry = format!("a[data-example=\"{example}\"]");
        self.open_catalogue().await?;
        self.click(&entry).await?;
        self.until(&format!("{example} to open"), async || {
            self.script(
                "const entry = document.querySelector(arguments[0]);
                 // Until its program has come, what was there before stays.
                 return (!entry || !entry.hash || entry.href === location.href)
                     && document.querySelector(arguments[1]) !== null
                     && document.querySelector('.table[aria-busy=false] #spans tbody tr') !== null
                     && document.querySelectorAll('#code li').length > 0",
                vec![json!(entry), json!(format!("main[data-example=\"{example}\"]"))],
            )
            .await
        })
        .await?;
        self.drawn().await
    }

    /// Opens the catalogue, unless it is open.
    pub async fn open_catalogue(&self) -> Result<()> {
        if self.count(".catalogue.open").await? == 0 {
            self.click("#open-catalogue").await?;
            self.until("the catalogue", async || Ok(self.count(".catalogue.open").await? == 1))
                .await?;
        }
        Ok(())
    }

    /// The examples in the catalogue.
    pub async fn examples(&self) -> Result<Vec<String>> {
        self.script(
            "return [...document.querySelectorAll('a[data-example]')].map(a => a.dataset.example)",
            vec![],
        )
        .await
    }

    /// The examples that can be seen in the catalogue, as the search leaves them.
    pub async fn examples_seen(&self) -> Result<Vec<String>> {
        self.script(
            "return [...document.querySelectorAll('a[data-example]')]
                 .filter(a => a.getClientRects().length > 0).map(a => a.dataset.example)",
            vec![],
        )
        .await
    }

    /// The text in the first element that `selector` finds, once it is there.
    pub async fn text(&self, selector: &str) -> Result<String> {
        let script = "return document.querySelector(arguments[0])?.textContent ?? null";
        self.once_there(script, &[json!(selector)]).await
    }

    /// What a script gives of the element that the first of its arguments finds: parts of the page are fetched when
    /// they are first wanted, so that what is asked for right after a press may be there a moment later.
    pub(crate) async fn once_there<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: &[Value],
    ) -> Result<T> {
        let mut found = None;
        self.happens(PATIENCE, async || {
            found = self.script::<Option<T>>(script, arguments.to_vec()).await?;
            Ok(found.is_some())
        })
        .await?;
        found.with_context(|| format!("there is no {}", arguments[0]))
    }

    /// An attribute of the first element that `selector` finds.
    pub async fn attribute(&self, selector: &str, name: &str) -> Result<Option<String>> {
        self.script(
            "const found = document.querySelector(arguments[0]);
             return found && found.getAttribute(arguments[1])",
            vec![json!(selector), json!(name)],
        )
        .await
    }

    /// How many elements `selector` finds.
    pub async fn count(&self, selector: &str) -> Result<usize> {
        self.script("return document.querySelectorAll(arguments[0]).length", vec![json!(selector)])
            .await
    }

    /// Whether the page was built with CPython and the editor, which it is where npm is.
    pub async fn has_engine(&self) -> Result<bool> {
        Ok(self.count("meta[name='coroscope-engine']").await? == 1)
    }

    /// Whether a run is there, and none is on its way.
    pub async fn is_ready(&self) -> Result<bool> {
        Ok(self.attribute("main", "data-state").await?.as_deref() == Some("ready"))
    }

    /// Waits until the editor and CPython are there; fails after `patience`.
    pub async fn engine_comes(&self, patience: Duration) -> Result<()> {
        self.within(patience, "editor and engine", async || {
            Ok(self.count(".cm-content").await? == 1 && self.is_ready().await?)
        })
        .await
    }

    /// Waits until `selector` finds so many elements.
    pub async fn comes(&self, selector: &str, count: usize) -> Result<()> {
        let mut found = 0;
        self.happens(PATIENCE, async || {
            found = self.count(selector).await?;
            Ok(found == count)
        })
        .await?;
        ensure!(found == count, "{found} of {selector}, and not {count}");
        Ok(())
    }

    /// Waits until the first element that `selector` finds has this text and no other.
    pub async fn says(&self, selector: &str, text: &str) -> Result<()> {
        let mut said = String::new();
        self.happens(PATIENCE, async || {
            said = self.text(selector).await?;
            Ok(said == text)
        })
        .await?;
        ensure!(said == text, "{selector} says {said:?}, and not {text:?}");
        Ok(())
    }

    /// The document as it is sent, before anything has run in it.
    pub async fn document(&self) -> Result<String> {
        let script = "const done = arguments[0];
             fetch(location.pathname).then(answer => answer.text()).then(done, () => done(''))";
        self.script_async(script, vec![]).await
    }

    /// The tasks of the chart, by their labels.
    pub async fn labels(&self) -> Result<Vec<String>> {
        self.script(
            "return [...document.querySelectorAll('.label[data-task]')].map(l => l.dataset.task)",
            vec![],
        )
        .await
    }

    /// How much of what was painted has been shifted since, as the browser counts it.
    pub async fn shifted(&self) -> Result<f64> {
        let script = "const done = arguments[0];
             let moved = 0;
             new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.value; }))
                 .observe({ type: 'layout-shift', buffered: true });
             setTimeout(() => done(moved), 200)";
        self.script_async(script, vec![]).await
    }

    /// How far the furthest moves of what is to stay where it is while sliders are dragged, in pixels, and what that is.
    pub async fn moved_by_sliders(&self) -> Result<(f64, String)> {
        self.script_async(include_str!("moves.js"), vec![]).await
    }

    /// What axe finds on the page, given its program: a line for each.
    pub async fn axe(&self, program: &str) -> Result<Vec<String>> {
        self.client.execute(program, vec![]).await?;
        self.script_async(include_str!("axe.js"), vec![]).await
    }

    /// Presses a key with the focus on the first element that `selector` finds, once it is there.
    pub async fn press(&self, selector: &str, key: &str) -> Result<()> {
        let script = "const found = document.querySelector(arguments[0]);
             if (!found) return null;
             found.focus();
             found.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[1], bubbles: true, cancelable: true }));
             return true";
        self.once_there(script, &[json!(selector), json!(key)]).await.map(|_: bool| ())
    }

    /// The name of the element that has the focus.
    pub async fn focus(&self) -> Result<Option<String>> {
        self.script("return document.activeElement?.id ?? null", vec![]).await
    }

    /// The title of the document.
    pub async fn title(&self) -> Result<String> {
        Ok(self.client.title().await?)
    }

    /// What a run comes to: the table of spans and the console, as text; and the program that ran.
    pub async fn result(&self) -> Result<String> {
        // It follows when an edit has come to rest.
        self.until("the table to be up to date", async || {
            Ok(self.count(".table[aria-busy=false]").await? > 0)
        })
        .await?;
        let spans = self.text("#spans").await?;
        let console = self.text("#console").await?;
        // Where tasks stand in it moves with the playhead.
        let program: String = self
            .script(
                "return [...document.querySelectorAll('#code code')].map(c => c.textContent).join('\\n')",
                vec![],
            )
            .await?;
        Ok(format!("{spans}\n{console}\n{program}"))
    }

    /// The seconds that the current example is predicted to take.
    pub async fn makespan(&self) -> Result<f64> {
        let makespan =
            self.attribute("main", "data-makespan").await?.context("main has no data-makespan")?;
        Ok(makespan.parse()?)
    }

    /// Clicks as a visitor does, once the element is there: it must be in view and nothing before it.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.once_there(THERE, &[json!(selector)]).await.map(|_: bool| ())?;
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.with_context(|| format!("there is no {selector}"))?;
        let click = element.click().await;
        click.with_context(|| format!("{selector} cannot be clicked"))
    }

    /// Has the run saved in a form, by its button in the open dialog; `window.saved` is then the link with it, which is
    /// not pressed.
    pub async fn save(&self, form: &str) -> Result<()> {
        let watch = "delete window.saved; \
             HTMLElement.prototype.click = function () { window.saved = this; }; return 1";
        self.evaluate(watch).await?;
        self.click(&format!("#save-{form}")).await?;
        self.until(&format!("the run as {form}"), async || {
            Ok(self.evaluate("return Number('saved' in window)").await? == 1.0)
        })
        .await
    }

    /// Chooses a file in a field for files, whether that is seen or not.
    pub async fn upload(&self, selector: &str, path: &str) -> Result<()> {
        self.client.find(Locator::Css(selector)).await?.send_keys(path).await?;
        Ok(())
    }

    /// Types `text` in place of what a field has, once it is there, and leaves the field.
    pub async fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        let script = "const field = document.querySelector(arguments[0]);
             if (!field) return null;
             field.focus();
             field.select();
             return true";
        self.once_there(script, &[json!(selector)]).await.map(|_: bool| ())?;
        let field = self.client.find(Locator::Css(selector)).await?;
        if text.is_empty() {
            field.send_keys("\u{E003}").await?;
        }
        field.send_keys(&format!("{text}{TAB}")).await?;
        Ok(())
    }

    /// Gives a field, once it is there, a value in one step, as its own control would.
    pub async fn set(&self, selector: &str, value: &str) -> Result<()> {
        let script = "const field = document.querySelector(arguments[0]);
             if (!field) return null;
             field.value = arguments[1];
             field.dispatchEvent(new Event('input', { bubbles: true }));
             field.dispatchEvent(new Event('change', { bubbles: true }));
             return true";
        self.once_there(script, &[json!(selector), json!(value)]).await.map(|_: bool| ())
    }

    /// Notes from now on when `main` first gets each state, by the page's own clock.
    pub async fn watch_states(&self) -> Result<()> {
        self.script(
            "const main = document.querySelector('main'), seen = window.statesSeen = {};
             new MutationObserver(() => { seen[main.dataset.state] ??= performance.now(); })
                 .observe(main, { attributes: true, attributeFilter: ['data-state'] });
             return null",
            vec![],
        )
        .await
    }

    /// The milliseconds from `running` to `finished`, once noted.
    pub async fn ran_for(&self) -> Result<f64> {
        self.script("return window.statesSeen.finished - window.statesSeen.running", vec![]).await
    }

    /// Waits until `main` has the state.
    pub async fn state(&self, state: &str, patience: Duration) -> Result<()> {
        self.within(patience, &format!("the state {state}"), async || {
            Ok(self.attribute("main", "data-state").await?.as_deref() == Some(state))
        })
        .await
    }

    /// Waits until `done`; fails after long enough that the page must be hanging.
    pub async fn until(&self, what: &str, done: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
        self.within(PATIENCE, what, done).await
    }

    /// Waits until `done`; fails after `patience`.
    pub async fn within(
        &self,
        patience: Duration,
        what: &str,
        done: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        if !self.happens(patience, done).await? {
            bail!("waited in vain for {what}");
        }
        Ok(())
    }

    /// Whether `done` comes to be within `patience`.
    pub async fn happens(
        &self,
        patience: Duration,
        mut done: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<bool> {
        let end = Instant::now() + patience;
        loop {
            if done().await? {
                return Ok(true);
            }
            if Instant::now() > end {
                return Ok(false);
            }
            sleep(LOOK).await;
        }
    }

    /// Waits until what was changed is drawn.
    pub async fn drawn(&self) -> Result<()> {
        self.client
            .execute_async(
                "const done = arguments[0];
                 requestAnimationFrame(() => requestAnimationFrame(() => done()))",
                vec![],
            )
            .await?;
        Ok(())
    }

    /// What went wrong in the browser since last asked, as its console has it.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.client.issue_cmd(ReadLog).await?;
        let entries: Vec<Entry> = serde_json::from_value(log)?;
        Ok(entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .collect())
    }

    /// The page as a PNG.
    pub(crate) async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// What a script in the page hands to the last of its arguments.
    pub async fn script_async<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let value = self.client.execute_async(script, arguments).await?;
        Ok(serde_json::from_value(value)?)
    }

    /// What a script in the page returns.
    pub async fn script<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let value = self.client.execute(script, arguments).await?;
        Ok(serde_json::from_value(value)?)
    }
}
