//! What the page holds in memory: that it is the same after thousands of runs.

use std::fmt::{self, Display};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::page::Page;

/// Keeps the memory of the page's program where it can be asked.
const WATCH: &str = "for (const name of ['instantiate', 'instantiateStreaming']) {
    const make = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...all) => {
        const made = await make(...all);
        window.wasmMemory = (made.instance ?? made).exports.memory;
        return made;
    };
}";

/// Turns each slider to one end, then the other, a frame each.
const RERUN: &str = "const times = arguments[0], done = arguments[1];
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    (async () => {
        for (let n = 0; n < times; n += 1) {
            const sliders = document.querySelectorAll('.params input[type=range]');
            const slider = sliders[Math.floor(n / 2) % sliders.length];
            slider.value = n % 2 ? slider.max : slider.min;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            await frame();
        }
        setTimeout(() => done(document.querySelectorAll('.params input[type=range]').length), 400);
    })();";

/// What the page holds.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Bytes of the memory of its program.
    pub wasm: f64,
    /// Nodes of its documents, also those that are in none.
    pub nodes: f64,
    /// Listeners for events.
    pub listeners: f64,
    /// Bytes of JavaScript's objects.
    pub heap: f64,
}

impl Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Held { wasm, nodes, listeners, heap } = self;
        let (wasm, heap) = (wasm / 1024.0, heap / 1024.0);
        write!(f, "wasm {wasm} KB, {nodes} nodes, {listeners} listeners, JavaScript {heap:.0} KB")
    }
}

impl Held {
    /// Has it measurable from the next document on.
    pub async fn watch(page: &Page) -> Result<()> {
        page.begin_with(WATCH).await
    }

    /// Measures it, when what nobody holds is gone.
    pub async fn by(page: &Page) -> Result<Self> {
        for _ in 0..3 {
            page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let counts = page.devtools("Memory.getDOMCounters", json!({})).await?;
        let heap = page.devtools("Runtime.getHeapUsage", json!({})).await?;
        let number = |of: &Value, name: &str| of[name].as_f64().unwrap_or(f64::NAN);
        Ok(Self {
            wasm: page.evaluate("return window.wasmMemory.buffer.byteLength").await?,
            nodes: number(&counts, "nodes"),
            listeners: number(&counts, "jsEventListeners"),
            heap: number(&heap, "usedSize"),
        })
    }

    /// That it is no more than it was, but for what a browser does by itself.
    ///
    /// # Errors
    /// What has grown.
    pub fn is_no_more_than(&self, before: &Held) -> Result<()> {
        for (what, now, then, slack) in [
            ("bytes of wasm", self.wasm, before.wasm, 131_072.0),
            ("nodes", self.nodes, before.nodes, 40.0),
            ("listeners", self.listeners, before.listeners, 4.0),
            ("bytes of JavaScript", self.heap, before.heap, 1_500_000.0),
        ] {
            ensure!(now <= then + slack, "{what}: {then} before, {now} after");
        }
        Ok(())
    }
}

/// Changes parameters so often; each change is a run.
pub async fn rerun(page: &Page, times: u64) -> Result<()> {
    let sliders: f64 = page.script_async(RERUN, vec![json!(times)]).await?;
    ensure!(sliders > 0.0, "there is no slider");
    Ok(())
}
