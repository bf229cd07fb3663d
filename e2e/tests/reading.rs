//! A run is read: step by step in sentences, by what is looked for, by its critical path; and away from the page.

use anyhow::{Context, Result, ensure};
use e2e::{Field, Page, recording, visit};

/// What is told of the place of the playhead.
async fn told(page: &Page, parts: &[&str]) -> Result<()> {
    page.until(&format!("{parts:?}"), async || {
        let told = page.text(".story .whole").await?;
        Ok(parts.iter().all(|part| told.contains(part)))
    })
    .await
}

#[test]
fn each_step_says_what_happened_and_why() -> Result<()> {
    visit("each_step_says_what_happened_and_why", async |page| {
        page.choose("semaphore-workers").await?;
        page.set("#playhead", "0.59").await?;
        page.press("body", "ArrowRight").await?;
        told(page, &["0.60 s", "the time that worker-0 sleeps is over", "worker-0 is made ready"])
            .await?;
        page.press("body", "ArrowRight").await?;
        let why = "the loop resumes worker-0, which a timer made ready";
        told(page, &[why, "worker-0 gives back semaphore", "worker-2 is made ready"]).await?;
        page.press("body", "ArrowRight").await?;
        told(page, &["resumes worker-2, which worker-0 made ready", "sleeps until 1.40 s"]).await?;
        page.press("body", "ArrowLeft").await?;
        told(page, &[why]).await?;
        page.click("#language").await?;
        told(page, &["0.60 秒", "定时器让 worker-0 就绪，循环恢复它", "worker-2 就绪"]).await
    })
}

#[test]
fn what_happens_at_one_moment_is_spread_out_by_order() -> Result<()> {
    visit("what_happens_at_one_moment_is_spread_out_by_order", async |page| {
        page.choose("gather-order").await?;
        let at =
            "const left = parseFloat(document.querySelector('.playhead').style.left); return left";
        page.press("body", "Home").await?;
        let beginning = page.evaluate(at).await?;
        for _ in 0..3 {
            page.press("body", ".").await?;
        }
        told(page, &["0.00 s"]).await?;
        ensure!(page.evaluate(at).await? == beginning, "by time it is one moment");
        page.click("#axis-toggle").await?;
        page.comes("#axis-toggle[aria-pressed='true']", 1).await?;
        let mut last = page.evaluate(at).await?;
        for _ in 0..3 {
            page.press("body", ".").await?;
            page.until("a place further on", async || Ok(page.evaluate(at).await? > last)).await?;
            last = page.evaluate(at).await?;
            ensure!(page.text(".player output").await?.starts_with("0.00"), "it is another moment");
        }
        Ok(())
    })
}

#[test]
fn resources_and_lines_of_the_program_are_found() -> Result<()> {
    visit("resources_and_lines_of_the_program_are_found", async |page| {
        page.choose("queue-backpressure").await?;
        let find = async |text: &str| {
            page.set("#find", text).await?;
            page.press("#find", "Enter").await
        };
        let which = async |which: &str| {
            page.until(which, async || Ok(page.text(".find .of").await? == which)).await
        };
        page.evaluate(
            "dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, cancelable: true })); return 1",
        )
        .await?;
        page.comes("#find", 1).await?;
        find("asyncio.sleep(pace)").await?;
        page.until("who stands there", async || {
            Ok(page.count(".label[aria-pressed='true']").await? == 1
                && page
                    .text("#code li.selected, #code li.now")
                    .await?
                    .contains("asyncio.sleep(pace)"))
        })
        .await?;
        let all = page.text(".find .of").await?;
        let all: usize = all.rsplit(' ').next().context("a number")?.parse()?;
        ensure!(all > 4, "{all}");
        page.press("#find", "Enter").await?;
        which(&format!("2 of {all}")).await?;
        page.evaluate(
            "document.querySelector('#find').dispatchEvent(new KeyboardEvent('keydown', \
             { key: 'Enter', shiftKey: true, bubbles: true, cancelable: true })); return 1",
        )
        .await?;
        which(&format!("1 of {all}")).await?;
        // The queue, by what the program calls it, is the first of what has the word in it.
        find("queue").await?;
        page.until("the queue among what is found", async || {
            Ok(page.text(".find .of").await?.starts_with("1 of"))
        })
        .await
    })
}

#[test]
fn what_the_critical_path_promises_a_shorter_run_keeps() -> Result<()> {
    visit("what_the_critical_path_promises_a_shorter_run_keeps", async |page| {
        page.choose("gather-order").await?;
        page.click("#findings-toggle").await?;
        page.comes(".share-list li", 1).await?;
        let promise = page.text(".share-list li p").await?;
        let number = |before: &str| -> Result<f64> {
            let (_, rest) = promise.split_once(before).with_context(|| promise.clone())?;
            Ok(rest.split(' ').next().context("a number")?.parse()?)
        };
        let (less, shorter) = (number("times ")?, number("the run ")?);
        ensure!(less > 0.1 && shorter > 0.1, "{promise}");
        let end = page.makespan().await?;
        let fields = Field::all(page).await?;
        let mut changed = 0;
        for field in fields
            .iter()
            .filter(|field| field.selector.starts_with("input[type=number][data-param=\"DELAYS\"]"))
        {
            let value: f64 = page.value(&field.selector).await?.parse()?;
            page.set(&field.selector, &format!("{:.2}", value - less / 2.0)).await?;
            changed += 1;
        }
        ensure!(changed == 3, "{changed} lengths");
        page.until("the run to be as much shorter", async || {
            Ok((end - page.makespan().await? - shorter / 2.0).abs() < 1e-6)
        })
        .await
    })
}

#[test]
fn a_deadlock_is_told_as_a_circle_of_tasks_and_locks() -> Result<()> {
    visit("a_deadlock_is_told_as_a_circle_of_tasks_and_locks", async |page| {
        page.choose("deadlock-lock-order").await?;
        page.click("#findings-toggle").await?;
        let circle = "anna-to-ben → ben.lock → ben-to-anna → anna.lock → anna-to-ben";
        page.until("the circle", async || {
            Ok(page.text(".found-list li[data-flaw='deadlock']").await?.contains(circle))
        })
        .await?;
        page.click("#language").await?;
        page.until("the circle in Chinese", async || {
            let told = page.text(".found-list li[data-flaw='deadlock']").await?;
            Ok(told.contains(circle) && told.contains("死锁"))
        })
        .await
    })
}

#[test]
fn the_ruler_can_be_read_at_every_scale() -> Result<()> {
    visit("the_ruler_can_be_read_at_every_scale", async |page| {
        // How many there are, or less than nothing where two of them overlap or say the same.
        let ticks = "const all = [...document.querySelectorAll('.ticks span[style*=left]')].filter(e => e.textContent.trim()); \
                     const boxes = all.map(e => e.getBoundingClientRect()).sort((a, b) => a.left - b.left); \
                     const texts = new Set(all.map(e => e.textContent)); \
                     const apart = boxes.every((box, n) => !n || box.left >= boxes[n - 1].right - 1); \
                     return apart && texts.size === all.length ? all.length : -1";
        for seconds in [1e-4, 3.0, 20_000.0] {
            page.go(&format!("{}#program/any", page.url())).await?;
            page.comes("main.own", 1).await?;
            page.drop_file("jobs.trace", &recording(3, |n| n as f64 * seconds / 3.0)).await?;
            page.until("the recording", async || {
                Ok((page.makespan().await? - seconds).abs() < 1e-9 * seconds.max(1.0))
            })
            .await?;
            for depth in 0..12 {
                let count = page.evaluate(ticks).await?;
                ensure!(
                    (2.0..=30.0).contains(&count),
                    "{count} ticks of {seconds} s, {depth} times closer"
                );
                let before = page.text(".ticks").await?;
                page.press("#plot", "w").await?;
                if !page
                    .happens(std::time::Duration::from_secs(5), async || {
                        Ok(page.text(".ticks").await? != before)
                    })
                    .await?
                {
                    break;
                }
                page.drawn().await?;
            }
        }
        Ok(())
    })
}

#[test]
fn the_page_of_a_run_opens_as_a_file_and_needs_nothing_else() -> Result<()> {
    visit("the_page_of_a_run_opens_as_a_file_and_needs_nothing_else", async |page| {
        page.choose("semaphore-workers").await?;
        let tasks = page.labels().await?;
        let lines = page.count("#console li").await?;
        page.click("#share").await?;
        page.save("html").await?;
        let text = "return decodeURIComponent(window.saved.href.split('utf-8,')[1])";
        let text: String = page.script(text, vec![]).await?;
        let path = std::env::temp_dir().join(format!("coroscope-{}.html", std::process::id()));
        std::fs::write(&path, text)?;
        page.go(&format!("file://{}", path.display())).await?;
        ensure!(page.count("svg rect").await? > 10, "a picture without bars");
        let body = page.text("body").await?;
        std::fs::remove_file(&path)?;
        for task in &tasks {
            ensure!(body.contains(task.as_str()), "{task} is not there");
        }
        ensure!(body.matches("got a permit").count() >= 6 && lines >= 6, "lines are missing");
        ensure!(
            page.evaluate("return performance.getEntriesByType('resource').length").await? == 0.0,
            "it asks for more"
        );
        Ok(())
    })
}

#[test]
fn a_recording_is_called_by_its_file_wherever_it_is_taken() -> Result<()> {
    visit("a_recording_is_called_by_its_file_wherever_it_is_taken", async |page| {
        page.go(&format!("{}#program/any", page.url())).await?;
        page.comes("main.own", 1).await?;
        page.until("the program's name", async || Ok(page.title().await?.ends_with(" · any")))
            .await?;
        page.drop_file("jobs.trace", &recording(3, |n| n as f64)).await?;
        page.until("the file's name", async || Ok(page.title().await?.ends_with(" · jobs.trace")))
            .await?;
        page.click("#share").await?;
        page.save("html").await?;
        let text = "return decodeURIComponent(window.saved.href.split('utf-8,')[1])";
        let text: String = page.script(text, vec![]).await?;
        ensure!(text.contains("<h1>jobs.trace</h1>"), "another heading");
        let file: String = page.script("return window.saved.download", vec![]).await?;
        ensure!(file == "jobs.trace.html", "{file}");
        page.evaluate("document.querySelector('dialog[open]').close(); return 1").await?;
        page.evaluate("location.hash = '#gather-order'; return 1").await?;
        page.until("the example's name", async || {
            Ok(page.title().await?.ends_with(" · gather · Results come in argument order"))
        })
        .await
    })
}
