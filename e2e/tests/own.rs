//! The reader's own program: typed, wrong, mended, turned, stopped, kept, sent by a link, and a trace opened.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{Page, visit};

/// CPython must be fetched and started: seconds, on a busy machine many.
const PATIENCE: Duration = Duration::from_secs(90);

const NAPS: &str = "import asyncio\n\nNAP = 1.5  # 0..5 step 0.5\n\nasync def nap(n):\n    await asyncio.sleep(NAP * n)\n    print('nap', n)\n\nasync def main():\n    await asyncio.gather(nap(1), nap(2))\n\nasyncio.run(main())\n";

/// Types a program in place of the one that is there, as the browser's own editing does.
async fn type_program(page: &Page, program: &str) -> Result<()> {
    page.within(PATIENCE, "the editor", async || Ok(page.count(".cm-content").await? == 1)).await?;
    let program = serde_json::to_string(program)?;
    let script = format!(
        "const editor = document.querySelector('.cm-content'); editor.focus(); \
         document.execCommand('selectAll'); document.execCommand('insertText', false, {program}); return 1"
    );
    page.evaluate(&script).await?;
    Ok(())
}

/// Waits for a run that takes so long.
async fn takes(page: &Page, seconds: f64) -> Result<()> {
    page.within(PATIENCE, &format!("a run of {seconds} s"), async || {
        Ok((page.makespan().await? - seconds).abs() < 1e-9 && page.is_ready().await?)
    })
    .await
}

/// Waits until programs can be run.
async fn engine(page: &Page) -> Result<()> {
    page.within(PATIENCE, "the engine", async || page.is_ready().await).await
}

async fn open(page: &Page, hash: &str) -> Result<bool> {
    page.go(&format!("{}{hash}", page.url())).await?;
    page.until("the page of a program", async || Ok(page.count("main.own").await? == 1)).await?;
    page.has_engine().await
}

#[test]
fn a_program_is_typed_broken_mended_and_kept() -> Result<()> {
    visit("a_program_is_typed_broken_mended_and_kept", async |page| {
        if !open(page, "#program/naps").await? {
            let said = page.text("#program-notice").await?;
            ensure!(said.contains("npm"), "the lack of CPython is not said: {said}");
            return Ok(());
        }
        type_program(page, NAPS).await?;
        takes(page, 3.0).await?;
        ensure!(page.text("#console").await?.contains("nap 2"), "it printed something else");
        let broken = NAPS.replace("async def main():", "async def main(:");
        type_program(page, &broken).await?;
        page.until("the error at its place", async || {
            Ok(page.count(".cm-lintRange-error").await? > 0)
        })
        .await?;
        page.comes("main.stale", 1).await?;
        ensure!(page.makespan().await? == 3.0, "the last good chart is gone");
        page.until("its line to be said", async || {
            Ok(page.text("#program-notice").await?.contains('9'))
        })
        .await?;
        type_program(page, NAPS).await?;
        page.until("the error to go", async || Ok(page.count(".cm-lintRange-error").await? == 0))
            .await?;
        page.set("input[type='range'][data-constant='NAP']", "2.5").await?;
        takes(page, 5.0).await?;
        ensure!(
            page.text(".cm-content").await?.contains("NAP = 2.5  # 0..5"),
            "the text is as it was"
        );
        page.go("about:blank").await?;
        open(page, "#program/naps").await?;
        takes(page, 5.0).await
    })
}

/// Prints which modules that were loaded for a program were compiled anew from their texts.
const LOADED: &str = "import asyncio, os, sys

def texts(folder, is_compiled):
    origin = lambda each: getattr(getattr(each, '__spec__', None), 'origin', None) or ''
    files = [each for each in list(sys.modules.values()) if origin(each).startswith(folder)]
    print(folder, len(files) > 20, [each.__name__ for each in files if not is_compiled(each)])

async def main():
    texts('/lib/', lambda each: each.__file__.endswith('.pyc'))
    texts('/engine/', lambda each: os.path.exists(each.__cached__))
    await asyncio.sleep(2.5)

asyncio.run(main())
";

#[test]
fn nothing_that_a_program_finds_loaded_was_compiled_in_the_page() -> Result<()> {
    visit("nothing_that_a_program_finds_loaded_was_compiled_in_the_page", async |page| {
        if !open(page, "#program/loaded").await? {
            return Ok(());
        }
        type_program(page, LOADED).await?;
        takes(page, 2.5).await?;
        let printed = page.text("#console").await?;
        for folder in ["/lib/", "/engine/"] {
            ensure!(printed.contains(&format!("{folder} True []")), "from texts: {printed}");
        }
        Ok(())
    })
}

#[test]
fn what_does_not_end_is_stopped_and_refusals_have_their_lines() -> Result<()> {
    visit("what_does_not_end_is_stopped_and_refusals_have_their_lines", async |page| {
        if !open(page, "#program/loops").await? {
            return Ok(());
        }
        type_program(page, NAPS).await?;
        takes(page, 3.0).await?;
        type_program(page, "while True:\n    pass\n").await?;
        page.until("the button", async || Ok(page.count("#program-stop").await? == 1)).await?;
        page.click("#program-stop").await?;
        page.until("the end", async || Ok(page.count("#program-stop").await? == 0)).await?;
        ensure!(page.text(".cm-content").await?.contains("while True"), "the text is lost");
        ensure!(page.makespan().await? == 3.0, "the last good chart is gone");
        type_program(page, "import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n    1 / 0\n\nasyncio.run(main())\n").await?;
        takes(page, 1.0).await?;
        page.until("its line to be said", async || {
            Ok(page.text("#program-notice").await?.contains('5'))
        })
        .await
    })
}

#[test]
fn a_link_carries_a_program_that_waits_for_the_readers_word() -> Result<()> {
    visit("a_link_carries_a_program_that_waits_for_the_readers_word", async |page| {
        if !open(page, "#program/sent").await? {
            return Ok(());
        }
        type_program(page, NAPS).await?;
        takes(page, 3.0).await?;
        page.click("#program-link").await?;
        let in_bar = "return location.hash.includes('?code=1.') ? 1 : 0";
        page.until("the link", async || Ok(page.evaluate(in_bar).await? == 1.0)).await?;
        page.evaluate("sessionStorage.link = location.href; localStorage.clear(); return 1")
            .await?;
        page.evaluate("location.hash = '#gather-order'; return 1").await?;
        page.until("an example", async || Ok(page.count("main.own").await? == 0)).await?;
        page.evaluate("location.href = sessionStorage.link; return 1").await?;
        page.within(PATIENCE, "the program", async || {
            Ok(page.count(".cm-content").await? == 1
                && page.text(".cm-content").await?.contains("NAP"))
        })
        .await?;
        ensure!(page.makespan().await? == 0.0, "it ran unasked");
        engine(page).await?;
        ensure!(page.makespan().await? == 0.0, "it ran unasked");
        page.click("#program-run").await?;
        takes(page, 3.0).await
    })
}

#[test]
fn a_link_of_a_program_holds_how_its_run_is_looked_at() -> Result<()> {
    visit("a_link_of_a_program_holds_how_its_run_is_looked_at", async |page| {
        if !open(page, "#program/seen").await? {
            return Ok(());
        }
        // What is looked at is read where a jump has come to its end.
        page.likes_motion(false).await?;
        type_program(page, NAPS).await?;
        takes(page, 3.0).await?;
        page.click(".label[data-task='Task-3']").await?;
        page.set("#playhead", "1").await?;
        page.press("#plot", "ArrowRight").await?;
        page.press("#plot", "r").await?;
        page.press("#plot", "w").await?;
        page.comes("#range-clear", 1).await?;
        page.comes(".minimap", 1).await?;
        page.click(".label[data-task='Task-2']").await?;
        page.press("#plot", "h").await?;
        page.click(".label[data-task='Task-3']").await?;
        page.until("the lanes", async || Ok(page.labels().await? == ["Task-1", "Task-3"])).await?;
        let (ruler, scope) = (page.text(".ticks").await?, page.text(".scope").await?);
        let at = page.value("#playhead").await?;
        page.click("#program-link").await?;
        page.until("the link", async || Ok(page.hash().await?.contains("?code=1."))).await?;
        let link = page.hash().await?;
        for part in ["&at=", "&task=Task-3", "&view=", "&range=", "&hide=Task-2"] {
            ensure!(link.contains(part), "{part} is not in {link}");
        }
        page.evaluate("localStorage.clear(); return 1").await?;
        page.go("about:blank").await?;
        // Of what it cannot use, it says so.
        open(page, &format!("{link}&hide=Nobody,Task-2&view=9~1&later=1")).await?;
        page.comes("main > .notice:not(#program-notice)", 1).await?;
        engine(page).await?;
        page.click("#program-run").await?;
        takes(page, 3.0).await?;
        page.until("what is refused", async || {
            let text = page.text("main").await?;
            Ok(["later=1", "view=9~1", "hide=Nobody"].iter().all(|part| text.contains(part)))
        })
        .await?;
        page.evaluate("localStorage.clear(); return 1").await?;
        page.go("about:blank").await?;
        open(page, &link).await?;
        engine(page).await?;
        page.click("#program-run").await?;
        takes(page, 3.0).await?;
        page.comes(".label[data-task='Task-3'][aria-pressed=true]", 1).await?;
        page.until("the lanes again", async || Ok(page.labels().await? == ["Task-1", "Task-3"]))
            .await?;
        page.says(".ticks", &ruler).await?;
        page.says(".scope", &scope).await?;
        page.until(&format!("the playhead at {at}"), async || {
            Ok(page.value("#playhead").await? == at)
        })
        .await
    })
}

#[test]
fn an_edit_is_compared_with_the_run_before_it() -> Result<()> {
    visit("an_edit_is_compared_with_the_run_before_it", async |page| {
        if !open(page, "#program/compared").await? {
            return Ok(());
        }
        type_program(page, NAPS).await?;
        takes(page, 3.0).await?;
        page.click("#pin").await?;
        page.comes("#compare", 1).await?;
        type_program(page, &NAPS.replace("nap(1), nap(2)", "nap(1), nap(3)")).await?;
        takes(page, 4.5).await?;
        page.until("by how much it differs", async || {
            Ok(page.text(".figure .was").await?.contains("+1.50"))
        })
        .await?;
        let parting = page.text(".compare .parting").await?;
        ensure!(parting.contains("Task-3"), "where they part is not told: {parting}");
        page.click("#unpin").await?;
        page.comes("#compare", 0).await
    })
}

#[test]
fn an_example_is_edited_and_put_back() -> Result<()> {
    visit("an_example_is_edited_and_put_back", async |page| {
        if !page.has_engine().await? {
            return Ok(());
        }
        let before = page.makespan().await?;
        page.click("#edit").await?;
        takes(page, before).await?;
        type_program(page, NAPS).await?;
        takes(page, 3.0).await?;
        page.click("#program-original").await?;
        takes(page, before).await
    })
}

/// What the recorder writes of one of its examples under the CPython that PYTHON313 names; none without that.
fn recorded(example: &str) -> Result<Option<String>> {
    let Some(python) = std::env::var_os("PYTHON313") else { return Ok(None) };
    let recorder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../recorder");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("run.trace");
    let output = Command::new(python)
        .arg(recorder.join("coroscope.py"))
        .arg("-o")
        .arg(&file)
        .arg(recorder.join("examples").join(example))
        .output()?;
    ensure!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(Some(std::fs::read_to_string(file)?))
}

#[test]
fn what_was_recorded_of_a_real_program_with_sockets_and_threads_is_drawn() -> Result<()> {
    let Some(trace) = recorded("crawler.py")? else {
        println!("left out, as PYTHON313 names no CPython; run `cargo xtask test`");
        return Ok(());
    };
    visit("what_was_recorded_of_a_real_program", async |page| {
        open(page, "#program/any").await?;
        page.drop_file("crawler.trace", &trace).await?;
        // Three pages after each other, each of which takes 0.02 s on the real clock, and more.
        page.until("the recording", async || {
            Ok(page.count("#recorded").await? == 1 && page.makespan().await? >= 0.06)
        })
        .await?;
        let tasks = page.labels().await?;
        for task in ["worker 0", "worker 1", "worker 2"] {
            ensure!(tasks.iter().any(|label| label == task), "no lane of {task}: {tasks:?}");
        }
        ensure!(page.text("#console").await?.contains("read /d"), "what it printed is not there");
        ensure!(page.text("#code").await?.contains("asyncio.to_thread(parse"), "nor is its source");
        for kind in ["queue", "pool", "link", "server"] {
            let told = format!("\"kind\":\"{kind}\"");
            ensure!(trace.contains(&told), "the recorder has seen no {kind}");
        }
        ensure!(page.count("[role='alert']").await? == 0, "something is wrong with it");
        page.click("[data-task='worker 0']").await?;
        page.comes("[data-task='worker 0'].selected", 1).await
    })
}

#[test]
fn a_trace_is_dropped_and_a_broken_one_says_where() -> Result<()> {
    visit("a_trace_is_dropped_and_a_broken_one_says_where", async |page| {
        open(page, "#program/any").await?;
        let lines = [
            r#"{"format":"coroscope-trace","version":1,"clock":"real","sources":{"shop.py":"a = 1\nb < 2"}}"#,
            r#"{"e":"task_created","t":0.0,"task":0,"name":"shop"}"#,
            r#"{"e":"site","site":1,"file":"shop.py","line":2,"function":"open"}"#,
            r#"{"e":"runs","task":0,"function":"open","arguments":"9.5","at":1}"#,
            r#"{"e":"step_began","t":0.5,"task":0}"#,
            r#"{"e":"finished","t":2.5,"task":0,"outcome":"done"}"#,
            r#"{"e":"end","end":"done"}"#,
        ];
        page.drop_file("shop.trace", &lines.join("\n")).await?;
        page.until("the recording", async || {
            Ok(page.count("#recorded").await? == 1 && page.makespan().await? == 2.5)
        })
        .await?;
        ensure!(page.text("#code").await?.contains("b < 2"), "its source is not shown");
        // The lane says what its task runs, and leads there.
        ensure!(page.text("[data-task='shop'] small").await? == "open(9.5)", "what it runs");
        page.click("[data-task='shop']").await?;
        page.click("[data-line='2']").await?;
        page.comes("#code li:nth-child(2)[data-sought]", 1).await?;
        // The same, packed, and without its end.
        let packed = format!(
            "const text = {}; const data = new DataTransfer(); \
             new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob().then(packed => {{ \
             data.items.add(new File([packed.slice(0, -9)], 'shop.json.gz')); \
             document.querySelector('main').dispatchEvent(new DragEvent('drop', \
             {{ dataTransfer: data, bubbles: true, cancelable: true }})); }}); return 1",
            serde_json::to_string(&lines.join("\n").replace("2.5", "3.5"))?
        );
        page.evaluate(&packed).await?;
        page.until("the packed recording", async || Ok(page.makespan().await? == 3.5)).await?;
        page.drop_file("cut.trace", &[&lines[..5], &["{nonsense}"]].concat().join("\n")).await?;
        page.until("what is wrong with it", async || {
            Ok(page.count("[role='alert']").await? == 1
                && page.text("[role='alert']").await?.contains("line 6"))
        })
        .await?;
        // A program takes a recording's place, and the other way round.
        for _ in 0..2 {
            page.drop_file("naps.py", NAPS).await?;
            page.comes("#recorded", 0).await?;
            page.within(PATIENCE, "the program", async || {
                Ok(page.text("main.own .program").await?.contains("def nap"))
            })
            .await?;
            page.drop_file("shop.trace", &lines.join("\n")).await?;
            page.comes("#recorded", 1).await?;
        }
        Ok(())
    })
}

const DEADLOCK: &str = "import asyncio\n\nasync def take(first, second):\n    async with first:\n        await asyncio.sleep(1)\n        async with second:\n            pass\n\nasync def main():\n    left, right = asyncio.Lock(), asyncio.Lock()\n    async with asyncio.TaskGroup() as group:\n        group.create_task(take(left, right), name='one')\n        group.create_task(take(right, left), name='other')\n\nasyncio.run(main())\n";

/// As in the examples: what holds them up is named as the program names it, with who holds it.
#[test]
fn who_holds_what_a_program_waits_for_is_told() -> Result<()> {
    visit("who_holds_what_a_program_waits_for_is_told", async |page| {
        if !open(page, "#program/locks").await? {
            return Ok(());
        }
        type_program(page, DEADLOCK).await?;
        takes(page, 1.0).await?;
        let said = page.text(".hero > .notice").await?;
        ensure!(said.contains("right, held by other"), "{said}");
        ensure!(said.contains("left, held by one"), "{said}");
        let labels = page.text(".labels").await?;
        ensure!(labels.contains("0 of 1 free"), "{labels}");
        Ok(())
    })
}

#[test]
fn cpython_is_asked_whether_it_agrees() -> Result<()> {
    visit("cpython_is_asked_whether_it_agrees", async |page| {
        if !page.has_engine().await? {
            return Ok(());
        }
        let answered = async |state: &str| {
            page.click("#agree-ask").await?;
            page.within(PATIENCE, &format!("an answer: {state}"), async || {
                Ok(page.attribute("#agree", "data-state").await?.as_deref() == Some(state))
            })
            .await
        };
        answered("agrees").await?;
        // What was said of one run is not said of the next.
        page.choose("eager-tasks").await?;
        page.until("that nobody has asked yet", async || {
            Ok(page.attribute("#agree", "data-state").await?.as_deref() == Some("unasked"))
        })
        .await?;
        // The one known place where Pyodide's CPython and the one that is followed part.
        answered("differs").await?;
        ensure!(page.count("#agree .sides .differs").await? > 1, "no side is shown");
        Ok(())
    })
}

#[test]
fn pasted_code_runs_with_threads_and_says_what_it_lacked() -> Result<()> {
    visit("pasted_code_runs_with_threads_and_says_what_it_lacked", async |page| {
        if !open(page, "#program/pasted").await? {
            return Ok(());
        }
        let pasted = "def work(n):\n    time.sleep(n)\n\nawait asyncio.gather(\n    asyncio.to_thread(work, 1), asyncio.to_thread(work, 2.5))\n";
        type_program(page, pasted).await?;
        takes(page, 2.5).await?;
        page.until("what it lacked", async || {
            Ok(page.text("#program-notice").await?.contains("import time"))
        })
        .await?;
        page.click("#program-import").await?;
        page.within(PATIENCE, "a run that lacks no import", async || {
            Ok(page.count("#program-import").await? == 0)
        })
        .await?;
        ensure!(page.text(".cm-content").await?.contains("import time"), "not written");
        // The pool that runs both has a lane; its eight workers have nothing to do at the end.
        let pool = page.text(".label.resource").await?;
        ensure!(pool.contains("8"), "no lane of the pool: {pool}");
        Ok(())
    })
}

#[test]
fn a_program_is_tried_with_awaits_at_once_other_values_and_in_other_orders() -> Result<()> {
    visit("a_program_is_tried_with_awaits_at_once", async |page| {
        if !open(page, "#program/tried").await? {
            return Ok(());
        }
        let over = async |kind: &str| {
            page.within(PATIENCE, &format!("what comes of {kind}"), async || {
                Ok(page.count(&format!(".trials.{kind}[data-state='over']")).await? == 1)
            })
            .await
        };
        let one_by_one = NAPS.replace(
            "    await asyncio.gather(nap(1), nap(2))",
            "    await nap(1)\n    await nap(2)",
        );
        type_program(page, &one_by_one).await?;
        takes(page, 4.5).await?;
        page.click("#findings-toggle").await?;
        page.click("#at-once-ask").await?;
        over("at-once").await?;
        let found = ".at-once li[data-lines='10–11'][data-saved='1.500000']";
        ensure!(page.count(found).await? == 1, "what a run shows is not said");
        page.click(&format!("{found} button")).await?;
        takes(page, 3.0).await?;
        ensure!(
            page.text(".cm-content").await?.contains("asyncio.gather("),
            "the text is as it was"
        );
        page.click("[data-sweep='NAP']").await?;
        over("sweep-own").await?;
        page.click(".stretch[data-at='2.5']").await?;
        takes(page, 5.0).await?;
        page.click("[data-sweep='NAP']").await?;
        let more = "import asyncio\n\nMORE = 1.0  # 0..4 step 0.5\n";
        let two = NAPS.replace("import asyncio\n", more).replace("NAP * n", "NAP * n + MORE");
        type_program(page, &two).await?;
        takes(page, 4.0).await?;
        page.click("[data-sweep='NAP']").await?;
        over("sweep-own").await?;
        page.set("[data-second='NAP']", "MORE").await?;
        page.within(PATIENCE, "a map", async || {
            Ok(page.count(".sweep-own .map .cell").await? == 81)
        })
        .await?;
        over("sweep-own").await?;
        // The least of both is at the bottom on the left, and the first.
        page.evaluate(
            "document.querySelector('.map .cell').dispatchEvent(new MouseEvent('click', { bubbles: true })); return 1",
        )
        .await?;
        takes(page, 0.0).await?;
        page.comes(".sweep-own .map .cell.now[data-cell='0']", 1).await?;
        page.click("[data-sweep='NAP']").await?;
        let plain = NAPS.replace("NAP * n", "NAP");
        type_program(page, &plain).await?;
        takes(page, 1.5).await?;
        page.click("#orders-own-ask").await?;
        over("orders-own").await?;
        // Both sleep equally long: who is first is open where that varies.
        ensure!(page.count(".orders-own tbody tr").await? == 2, "there are two orders");
        page.click(".label[data-task='Task-2']").await?;
        page.set("#playhead", "0.5").await?;
        let grip = ".grip[data-grip='NAP']";
        page.until("the handle", async || Ok(page.count(grip).await? == 1)).await?;
        page.press(grip, "ArrowRight").await?;
        takes(page, 1.55).await?;
        ensure!(page.text(".cm-content").await?.contains("NAP = 1.55"), "the text is as it was");
        Ok(())
    })
}

/// Another program than the exercise's own that does what its checks ask for.
const SOLUTION: &str = r#"import asyncio

async def call(service, seconds):
    await asyncio.sleep(seconds)
    print(f"{service}: answered")

async def main():
    slow = asyncio.create_task(call("stock", 4.0))
    await asyncio.gather(call("users", 0.5), call("orders", 0.9))
    slow.cancel()
    print("report: users, orders, prices, reviews")

asyncio.run(main())
"#;

#[test]
fn an_exercise_is_solved_by_editing_its_program() -> Result<()> {
    visit("an_exercise_is_solved_by_editing_its_program", async |page| {
        if !open(page, "#program/@exercise-timeout").await? {
            return Ok(());
        }
        let red = async || page.count("#checks [data-holds='false']").await;
        page.within(PATIENCE, "the checks", async || Ok(red().await? > 0)).await?;
        ensure!(page.count("main .solved").await? == 0, "it is solved already");
        type_program(page, SOLUTION).await?;
        takes(page, 0.9).await?;
        page.until("all checks to hold", async || {
            Ok(red().await? == 0 && page.count("main .solved").await? == 1)
        })
        .await?;
        let kept = "return localStorage.getItem('coroscope.solved.exercise-timeout') ? 1 : 0";
        ensure!(page.evaluate(kept).await? == 1.0, "that it is solved is forgotten");
        Ok(())
    })
}

#[test]
fn local_variables_are_shown_and_computing_is_measured_unless_switched_off() -> Result<()> {
    visit("local_variables_are_shown_and_computing_is_measured_unless_switched_off", async |page| {
        if !open(page, "#program/values").await? {
            return Ok(());
        }
        // Long enough on any machine to be counted.
        type_program(page, "import asyncio\n\nasync def main():\n    basket = ['egg']\n    for n in range(2_000_000):\n        pass\n    await asyncio.sleep(1)\n\nasyncio.run(main())\n").await?;
        page.within(PATIENCE, "a step that is measured", async || {
            // In one look: other notices come and go meanwhile.
            let notice = "document.querySelector('#program-notice')?.textContent ?? ''";
            Ok(page.evaluate(&format!("return Number(({notice}).includes('measured'))")).await?
                == 1.0)
        })
        .await?;
        page.click("#program-measured").await?;
        page.within(PATIENCE, "a run without", async || {
            Ok(page.count("#program-notice").await? == 0)
        })
        .await?;
        takes(page, 1.0).await?;
        page.click("#tab-moment").await?;
        page.until("the variables", async || {
            Ok(page.count(".moment .locals").await? == 1
                && page.text(".moment .locals").await?.contains("basket = ['egg']"))
        })
        .await?;
        page.click("#program-locals").await?;
        page.until("no variables", async || Ok(page.count(".moment .locals").await? == 0)).await
    })
}

/// A number in the text is behind the end of a span like a parameter of an example's.
#[test]
fn a_number_of_the_reader_s_own_program_is_dragged_with_the_mouse() -> Result<()> {
    visit("a_number_of_the_reader_s_own_program_is_dragged_with_the_mouse", async |page| {
        if !open(page, "#program/dragged").await? {
            return Ok(());
        }
        let plain = NAPS.replace("sleep(NAP * n)", "sleep(1.5)");
        type_program(page, &plain).await?;
        takes(page, 1.5).await?;
        page.click(".label[data-task='Task-2']").await?;
        page.set("#playhead", "0.5").await?;
        let grip = ".grip[data-grip='sleep()']";
        page.until("the handle", async || Ok(page.count(grip).await? == 1)).await?;
        page.drag(grip, (0.5, 0.5), (-120.0, 0.0)).await?;
        page.within(PATIENCE, "a shorter run", async || {
            let end = page.makespan().await?;
            Ok(end > 0.0 && end < 1.45 && page.is_ready().await?)
        })
        .await?;
        // The number in the text is what runs, on its grid.
        let text = page.text(".cm-content").await?;
        let number = text.split("asyncio.sleep(").nth(1).and_then(|rest| rest.split(')').next());
        let number: f64 = number.unwrap_or_default().parse()?;
        ensure!(((number * 20.0).round() - number * 20.0).abs() < 1e-6, "{number} is off its grid");
        takes(page, number).await
    })
}
