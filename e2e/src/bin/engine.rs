//! Prints how late the engine for the reader's own program is ready, beside Pyodide alone, and what the page holds after
//! many edits and runs of such a program. `cargo xtask engine` builds and serves both for it. Arguments: visits, where
//! Pyodide is, edits, runs.

use anyhow::{Context, Result, ensure};
use e2e::memory::Held;
use e2e::{Page, browse, median, renderers};
use serde_json::{Value, json};

/// The most that the engine may be later than Pyodide.
const LATER: f64 = 1.2;

/// How much more the browser's processes may have after as many runs again, in KB: a worker collects its garbage when it
/// likes.
const SLACK: u64 = 48 * 1024;

/// How many runs at once: a script may take minutes only.
const PIECE: u64 = 50;

/// Notes when the page's worker was asked for, and when it was ready.
const WATCH: &str = "const Plain = Worker;
    window.Worker = class extends Plain {
        constructor(...all) {
            super(...all);
            window.engineAsked ??= performance.now();
            this.addEventListener('message', ({ data }) => {
                if (data.kind === 'ready') window.engineReady ??= performance.now();
            });
        }
    };";

/// When it was ready, once it is.
const READY: &str = "return window.engineReady ?? null";

/// A program that takes as long as its constant says, twice.
const PROGRAM: &str = "import asyncio\n\nNAP = 1.0  # 0.5..4.5 step 0.5\n\nasync def nap(n):\n    await asyncio.sleep(NAP * n)\n    print('nap', n)\n\nasync def main():\n    async with asyncio.TaskGroup() as group:\n        for n in range(20):\n            group.create_task(nap(1 + n % 2))\n\nasyncio.run(main())\n";

/// Changes the program so often, by what is given, each time to another length, and waits for each run.
const AGAIN: &str = "const [program, from, times, typed, done] = arguments;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    (async () => {
        for (let n = from; n < from + times; n += 1) {
            const nap = 0.5 + (n % 8) / 2;
            if (typed) {
                const text = program.replace('NAP = 1.0', `NAP = ${nap.toFixed(1)}`).replace(\"'nap'\", `'nap ${n}'`);
                // Pasted: of what is typed, the browser keeps the nodes that went, to undo it by itself.
                const editor = document.querySelector('.cm-content'), clipboardData = new DataTransfer();
                clipboardData.setData('text/plain', text);
                editor.focus();
                editor.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', keyCode: 65, ctrlKey: true, bubbles: true, cancelable: true }));
                editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            } else {
                const slider = document.querySelector(\"input[type='range'][data-constant='NAP']\");
                slider.value = nap;
                for (const kind of ['input', 'change']) slider.dispatchEvent(new Event(kind, { bubbles: true }));
            }
            const main = document.querySelector('main');
            const began = performance.now();
            while (+main.dataset.makespan !== 2 * nap || main.dataset.state !== 'ready') {
                if (performance.now() - began > 20000) return done(n);
                await frame();
            }
        }
        done(-1);
    })();";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context("visits, Pyodide, edits, runs");
    let (visits, pyodide) = (next()?.parse::<usize>()?, next()?);
    let (edits, runs) = (next()?.parse::<u64>()?, next()?.parse::<u64>()?);
    browse("engine", async |page| {
        Held::watch(page).await?;
        page.begin_with(WATCH).await?;
        let late = if visits > 0 { lateness(page, visits, &pyodide).await? } else { 0.0 };
        lasting(page, edits, runs).await?;
        ensure!(late <= LATER, "the engine is ready {late:.2} times as late as Pyodide");
        Ok(())
    })
}

/// Opens the page of an own program anew.
async fn open(page: &Page) -> Result<()> {
    page.go("about:blank").await?;
    page.go(&format!("{}#program/engine", page.url())).await
}

/// How many times as late as Pyodide the engine is ready, each visited in turns.
async fn lateness(page: &Page, visits: usize, pyodide: &str) -> Result<f64> {
    let [mut asked, mut ours, mut theirs] = [const { Vec::new() }; 3];
    for _ in 0..visits {
        open(page).await?;
        ours.push(page.later(READY).await?);
        asked.push(page.evaluate("return window.engineAsked").await?);
        page.go("about:blank").await?;
        page.go(pyodide).await?;
        theirs.push(page.number("ready").await?);
    }
    let (ours, asked, theirs) = (median(&mut ours), median(&mut asked), median(&mut theirs));
    println!("medians of {visits} visits each, in turns; milliseconds since the visit began");
    println!("{theirs:>8.0}        Pyodide is ready");
    println!("{asked:>8.0}        the engine is asked for");
    println!("{ours:>8.0} {:>5.2}x  the engine is ready", ours / theirs);
    Ok(ours / theirs)
}

/// That edits and runs leave nothing behind: as many again no more than the first ones.
async fn lasting(page: &Page, edits: u64, runs: u64) -> Result<()> {
    open(page).await?;
    page.later(READY).await?;
    // On a busy machine a run would take longer than its program says.
    page.click("#program-measured").await?;
    again(page, 0, 1, true).await?;
    for (what, times, typed) in [("edits", edits, true), ("runs", runs, false)] {
        let mut held = Vec::new();
        for half in 0..2 {
            again(page, half * times.div_ceil(2), times.div_ceil(2), typed).await?;
            held.push((Held::by(page).await?, renderers()));
        }
        let [(half, before), (all, after)] = [held[0], held[1]];
        println!(
            "{times} {what}, half and all: wasm {:.0} and {:.0} KB, {} and {} nodes, JavaScript {:.0} and {:.0} KB",
            half.wasm / 1024.0,
            all.wasm / 1024.0,
            half.nodes,
            all.nodes,
            half.heap / 1024.0,
            all.heap / 1024.0
        );
        all.is_no_more_than(&half)?;
        if let (Some(before), Some(after)) = (before, after) {
            println!("  the page's process, with the engine: {before} and {after} KB");
            ensure!(after <= before + SLACK, "the page's process has grown");
        }
    }
    Ok(())
}

/// So many edits, or runs, from a number on.
async fn again(page: &Page, from: u64, times: u64, typed: bool) -> Result<()> {
    page.comes(".cm-content", 1).await?;
    for piece in (0..times).step_by(PIECE as usize) {
        let count = PIECE.min(times - piece);
        let arguments: Vec<Value> =
            vec![json!(PROGRAM), json!(from + piece), json!(count), json!(typed)];
        let without = page.hand_with(AGAIN, arguments).await?;
        ensure!(without < 0.0, "change {without} has brought no run of its length");
    }
    Ok(())
}
