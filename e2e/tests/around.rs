//! What stands around the chart: values to try, a link with its moment, presenting, dividers, what was read.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::visit;

#[test]
fn what_the_words_propose_is_a_press_away() -> Result<()> {
    visit("what_the_words_propose_is_a_press_away", async |page| {
        page.choose("semaphore-workers").await?;
        let before = page.makespan().await?;
        page.click(".about summary").await?;
        page.click(".try[data-try='PERMITS=1']").await?;
        page.until("the run to follow", async || Ok(page.makespan().await? != before)).await?;
        ensure!(page.value("input[type=number][data-param=PERMITS]").await? == "1");
        let was = page.text(".figure .was").await?;
        ensure!(was.contains(&format!("{before:.2}")), "the run before is not told: {was:?}");
        page.until("the change to be said", async || {
            Ok(page.text("#said").await?.contains(&format!("{before:.2}")))
        })
        .await
    })
}

#[test]
fn the_words_say_which_cpython_they_are_of() -> Result<()> {
    visit("the_words_say_which_cpython_they_are_of", async |page| {
        page.choose("server-close").await?;
        page.click(".about summary").await?;
        page.until("what versions do otherwise", async || {
            let said = page.text(".about dl > div:last-child dd").await?;
            Ok(said.contains("CPython 3.13") && said.contains("close_clients"))
        })
        .await
    })
}

#[test]
fn a_run_is_taken_along_in_every_form() -> Result<()> {
    visit("a_run_is_taken_along_in_every_form", async |page| {
        page.choose("semaphore-workers").await?;
        page.click("#share").await?;
        let text = "const text = decodeURIComponent(window.saved.href.split('utf-8,')[1]);";
        page.save("csv").await?;
        let rows = format!("{text} return text.trim().split('\\r\\n').length");
        ensure!(page.evaluate(&rows).await? > 10.0, "a table without rows");
        page.save("trace").await?;
        let flows = format!(
            "{text} return JSON.parse(text).traceEvents.filter(event => event.ph === 's').length"
        );
        ensure!(page.evaluate(&flows).await? > 3.0, "a trace without flows");
        page.save("svg").await?;
        // The page's Trusted Types let nobody parse it there; that it is well-formed is tested in crates/export.
        let bars = format!(
            "{text} return text.startsWith('<svg') && text.trim().endsWith('</svg>') \
             ? text.split('<rect').length : -1"
        );
        ensure!(page.evaluate(&bars).await? > 10.0, "a picture without bars, or that is no SVG");
        page.save("html").await?;
        let parts = format!(
            "{text} return text.includes('<script') ? -1 : \
             Math.min(...['<rect', '<pre', '<tr', '<dl'].map(part => text.split(part).length - 1))"
        );
        ensure!(page.evaluate(&parts).await? >= 1.0, "a page that lacks something");
        page.save("png").await?;
        let begins = "return Number(window.saved.href.startsWith('data:image/png;base64,iVBOR'))";
        ensure!(page.evaluate(begins).await? == 1.0, "no picture in pixels");
        Ok(())
    })
}

#[test]
fn a_link_holds_the_moment() -> Result<()> {
    visit("a_link_holds_the_moment", async |page| {
        page.choose("semaphore-workers").await?;
        page.set("#playhead", "0.8").await?;
        page.click("#axis-toggle").await?;
        page.click("#share").await?;
        let link = page.value("#share-link").await?;
        ensure!(link.ends_with("#semaphore-workers?at=0.8&by=order"), "{link}");
        page.comes("#share-dialog svg.code path", 1).await?;
        page.go("about:blank").await?;
        page.go(&link).await?;
        page.until("the moment", async || {
            Ok(page.count(".player output").await? == 1
                && page.text(".player output").await?.starts_with("0.80 /")
                && page.count("#axis-toggle[aria-pressed=true]").await? == 1)
        })
        .await?;
        // Played, it goes on from there.
        page.click("#axis-toggle").await?;
        page.set("#speed", "0.01").await?;
        page.click("#play").await?;
        page.until("the run to go on", async || {
            let state = page.attribute("main", "data-state").await?;
            let shown = page.text(".player output").await?;
            Ok(state.as_deref() == Some("running") && shown.starts_with("0.8"))
        })
        .await
    })
}

#[test]
fn notes_are_kept_in_the_link_and_walked_along() -> Result<()> {
    visit("notes_are_kept_in_the_link_and_walked_along", async |page| {
        page.choose("semaphore-workers").await?;
        page.set("#playhead", "0.8").await?;
        page.click("#note-add").await?;
        page.until("the note", async || Ok(page.count("#note-text").await? == 1)).await?;
        page.set("#note-text", "all permits & who waits").await?;
        page.until("the link to carry it", async || {
            let has = "return Number(location.hash.includes('note=0.8~all%20permits%20%26'))";
            Ok(page.evaluate(has).await? == 1.0)
        })
        .await?;
        page.reload().await?;
        page.set("#playhead", "0.1").await?;
        page.press("body", "n").await?;
        page.until("the moment of the note", async || Ok(page.value("#playhead").await? == "0.8"))
            .await?;
        ensure!(page.value("#note-text").await? == "all permits & who waits");
        page.click("#note-remove").await?;
        page.until("no note", async || Ok(page.count(".notes").await? == 0)).await
    })
}

#[test]
fn what_is_looked_for_in_a_run_is_found() -> Result<()> {
    visit("what_is_looked_for_in_a_run_is_found", async |page| {
        page.choose("queue-backpressure").await?;
        page.press("body", "/").await?;
        page.until("the field", async || Ok(page.count("#find").await? == 1)).await?;
        page.set("#find", "took 0.1").await?;
        page.press("#find", "Enter").await?;
        page.until("the line's moment", async || {
            Ok(page.text(".find .of").await?.starts_with("1 of")
                && page.text("#console .last .text").await?.contains("took 0.1"))
        })
        .await?;
        page.set("#find", "consumer-0").await?;
        page.press("#find", "Enter").await?;
        page.until("the task to stand out", async || {
            Ok(page.count(".label[data-task=consumer-0][aria-pressed=true]").await? == 1)
        })
        .await?;
        page.press("#find", "Escape").await?;
        page.until("no field", async || Ok(page.count("#find").await? == 0)).await?;
        let first = "return Number(document.querySelector('.label').dataset.task === 'consumer-0')";
        page.click(".lane-tools button:not([data-line])").await?;
        page.click(".lane-tools button:not([data-line])").await?;
        page.click(".lane-tools button:not([data-line])").await?;
        page.until("its lane to go up", async || Ok(page.evaluate(first).await? == 1.0)).await
    })
}

#[test]
fn the_page_stands_in_a_frame_and_is_spoken_to() -> Result<()> {
    visit("the_page_stands_in_a_frame_and_is_spoken_to", async |page| {
        page.evaluate(
            "window.heard = []; \
             addEventListener('message', (event) => event.data.coroscope && heard.push(event.data.coroscope)); \
             window.frame = document.createElement('iframe'); \
             frame.src = location.pathname + '?embed#gather-order'; \
             document.body.append(frame); return 1",
        )
        .await?;
        page.until("the frame to speak", async || {
            Ok(page.evaluate("return heard.length").await? >= 1.0)
        })
        .await?;
        page.evaluate(
            "frame.contentWindow.postMessage({ coroscope: { seek: 0.25, set: 'DELAYS=2,1' } }, '*'); return 1",
        )
        .await?;
        page.until("the frame to have done it", async || {
            let last = "const last = heard[heard.length - 1]; \
                        return last.end === 2 && last.at === 0.25 && last.address.includes('DELAYS=2.0,1.0') ? 1 : 0";
            Ok(page.evaluate(last).await? == 1.0)
        })
        .await?;
        let bare = "const inside = frame.contentDocument; \
                    return inside.querySelector('.top').offsetHeight + inside.querySelector('.program').offsetHeight";
        ensure!(page.evaluate(bare).await? == 0.0, "more than the chart is shown");
        let kept =
            "return Number((localStorage.getItem('coroscope.last') ?? '').includes('DELAYS=2'))";
        ensure!(page.evaluate(kept).await? == 0.0, "what a frame shows is remembered");
        Ok(())
    })
}

#[test]
fn the_page_is_shown_to_a_room() -> Result<()> {
    visit("the_page_is_shown_to_a_room", async |page| {
        page.resize(1024, 768).await?;
        page.choose("semaphore-workers").await?;
        page.click("#present").await?;
        page.until("presenting", async || Ok(page.count("main.presenting").await? == 1)).await?;
        ensure!(!page.text(".sentence").await?.is_empty(), "no sentence");
        let before = page.text(".player output").await?;
        page.press("body", "PageDown").await?;
        page.until("the next moment", async || Ok(page.text(".player output").await? != before))
            .await?;
        page.press("body", "PageUp").await?;
        page.press("body", "PageUp").await?;
        page.until("a moment before", async || Ok(page.text(".player output").await? != before))
            .await?;
        page.press("body", "Escape").await?;
        page.until("the page again", async || Ok(page.count("main.presenting").await? == 0)).await
    })
}

#[test]
fn a_divider_stays_where_it_was_put() -> Result<()> {
    visit("a_divider_stays_where_it_was_put", async |page| {
        page.resize(1440, 900).await?;
        let width = "return document.querySelector('.params').getBoundingClientRect().width";
        let before = page.evaluate(width).await?;
        page.press(".divider.at-beside", "ArrowLeft").await?;
        page.until("a wider column", async || Ok(page.evaluate(width).await? > before + 8.0))
            .await?;
        let moved = page.evaluate(width).await?;
        page.reload().await?;
        page.until("the width as it was put", async || {
            Ok((page.evaluate(width).await? - moved).abs() < 1.0)
        })
        .await
    })
}

#[test]
fn what_was_read_is_marked_and_the_page_goes_on_there() -> Result<()> {
    visit("what_was_read_is_marked_and_the_page_goes_on_there", async |page| {
        page.choose("gather-order").await?;
        let read = "a[data-example=gather-order].read";
        page.within(Duration::from_secs(30), "the mark", async || Ok(page.count(read).await? == 1))
            .await?;
        page.go("about:blank").await?;
        page.open().await?;
        page.comes("main[data-example=gather-order]", 1).await
    })
}

#[test]
fn a_refused_value_says_what_is_allowed() -> Result<()> {
    visit("a_refused_value_says_what_is_allowed", async |page| {
        page.go("about:blank").await?;
        page.go(&format!("{}#semaphore-workers?PERMITS=99", page.url())).await?;
        page.until("the notice", async || Ok(page.count("main > .notice").await? == 1)).await?;
        let notice = page.text("main > .notice").await?;
        ensure!(notice.contains("PERMITS=99") && notice.contains("from 1 to 10"), "{notice}");
        Ok(())
    })
}

#[test]
fn the_chart_is_zoomed_and_gone_back_from() -> Result<()> {
    visit("the_chart_is_zoomed_and_gone_back_from", async |page| {
        page.choose("queue-backpressure").await?;
        let ruler = page.text(".ticks").await?;
        ensure!(page.count(".minimap").await? == 0, "there is a map of what is seen anyway");
        page.press("#plot", "w").await?;
        page.until("a closer look", async || {
            Ok(page.count(".minimap").await? == 1 && page.text(".ticks").await? != ruler)
        })
        .await?;
        // The canvas is painted: it is not of one colour.
        let colours = "const canvas = document.querySelector('#plot canvas');
             const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
             return new Set(new Uint32Array(data.buffer)).size";
        ensure!(page.evaluate(colours).await? > 20.0, "nothing is painted");
        page.press("#plot", "0").await?;
        page.until("the whole", async || Ok(page.text(".ticks").await? == ruler)).await?;
        page.press("#plot", "z").await?;
        page.until("the view before", async || Ok(page.count(".minimap").await? == 1)).await?;
        page.click("#zoom_fit").await?;
        page.until("the whole again", async || Ok(page.count(".minimap").await? == 0)).await
    })
}

#[test]
fn a_jump_glides_unless_the_reader_wants_nothing_to_move() -> Result<()> {
    visit("a_jump_glides_unless_the_reader_wants_nothing_to_move", async |page| {
        page.choose("queue-backpressure").await?;
        // How many places the box of the map has on the way from one view to the next, both counted.
        let places =
            "const [done] = arguments, plot = document.querySelector('#plot'), seen = new Set();
             const box = () => document.querySelector('.minimap .box')?.getAttribute('style');
             plot.focus();
             plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'w', bubbles: true }));
             let same = 0, last;
             const look = () => {
                 const now = box();
                 if (now) seen.add(now);
                 same = now === last ? same + 1 : 0;
                 last = now;
                 if (same < 40) requestAnimationFrame(look);
                 else done(seen.size);
             };
             requestAnimationFrame(look)";
        for (likes, glides) in [(false, false), (true, true)] {
            page.likes_motion(likes).await?;
            // A browser that is short of time may draw nothing of a jump, and one that has time draws some of it.
            let seen = page
                .happens(Duration::from_secs(if glides { 60 } else { 0 }), async || {
                    page.press("#plot", "0").await?;
                    page.comes(".minimap", 0).await?;
                    Ok(page.script_async::<f64>(places, vec![]).await? > 1.0)
                })
                .await?;
            ensure!(seen == glides, "motion liked: {likes}, and seen: {seen}");
        }
        Ok(())
    })
}

#[test]
fn the_order_is_walked_along_step_by_step_and_wake_up_by_wake_up() -> Result<()> {
    visit("the_order_is_walked_along_step_by_step", async |page| {
        page.choose("queue-backpressure").await?;
        let told = async || page.text(".story .whole").await;
        let here = told().await?;
        page.click("#on_step").await?;
        page.until("the next step in words", async || Ok(told().await? != here)).await?;
        let there = told().await?;
        page.click("#back_iteration").await?;
        page.until("an earlier one", async || Ok(told().await? != there)).await?;
        // From one lane to that of who woke it, and along it.
        page.click(".label[data-task]").await?;
        for key in ["[", "]", ".", ","] {
            page.press("#plot", key).await?;
        }
        page.comes(".label.selected, .label[aria-pressed='true']", 1).await?;
        page.press("#plot", "?").await?;
        page.until("the keys", async || Ok(page.count("#help-dialog .keys").await? > 0)).await
    })
}

#[test]
fn a_range_is_what_figures_and_output_are_of() -> Result<()> {
    visit("a_range_is_what_figures_and_output_are_of", async |page| {
        let lines = page.count("#console li").await?;
        page.press("#plot", "ArrowRight").await?;
        page.press("#plot", "r").await?;
        page.until("figures of the range", async || {
            Ok(page.count(".range").await? == 1 && page.text(".scope").await?.contains("1.20"))
        })
        .await?;
        ensure!(page.count("#console li").await? < lines, "all lines are shown");
        // The program's lines say how long tasks wait there in it.
        page.until("waits by lines", async || Ok(page.text("#code").await?.contains("Σ 1.20 s")))
            .await?;
        page.click("#range-clear").await?;
        page.until("the whole", async || {
            Ok(page.count(".scope").await? == 0
                && page.count("#code .waited").await? == 0
                && page.count("#console li").await? == lines)
        })
        .await
    })
}

#[test]
fn lanes_are_folded_and_shown_again() -> Result<()> {
    visit("lanes_are_folded_and_shown_again", async |page| {
        let all = page.labels().await?;
        ensure!(all.len() > 2, "{all:?}");
        page.press("#plot", "ArrowRight").await?;
        page.press("#plot", "e").await?;
        page.until("one lane", async || Ok(page.labels().await? == all[..1])).await?;
        page.click("#lanes-all").await?;
        page.until("all lanes", async || Ok(page.labels().await? == all)).await?;
        // The focus was elsewhere.
        page.press("#plot", "ArrowRight").await?;
        page.press("#plot", "h").await?;
        page.until("one less", async || Ok(page.labels().await? == all[1..])).await?;
        // Tasks that begin and end in one moment share a row, until each is wanted.
        page.choose("exercise-web-server").await?;
        let few = page.labels().await?.len();
        page.click(".label.brief").await?;
        page.until("more lanes", async || Ok(page.labels().await?.len() > few + 2)).await?;
        page.comes(".label.brief", 0).await
    })
}

#[test]
fn the_moment_says_who_holds_and_who_waits() -> Result<()> {
    visit("the_moment_says_who_holds_and_who_waits", async |page| {
        page.choose("semaphore-workers").await?;
        page.set("#playhead", "0.3").await?;
        page.click("#tab-moment").await?;
        page.until("the card", async || Ok(page.count("#moment").await? == 1)).await?;
        let resource = page.text("#moment [data-part=resource]").await?;
        let all = ["worker-0", "worker-1", "worker-2", "worker-3", "worker-4", "worker-5"];
        for name in all {
            ensure!(resource.contains(name), "{name} neither holds nor waits: {resource}");
        }
        let timers = page.text("#moment [data-part=timers]").await?;
        ensure!(timers.contains("0.60 s") && timers.contains("worker-0"), "{timers}");
        page.set("#playhead", "0.65").await?;
        page.until("the card to follow", async || {
            Ok(!page.text("#moment [data-part=resource]").await?.contains("worker-0"))
        })
        .await
    })
}

#[test]
fn what_comes_next_is_asked_before_it_is_shown() -> Result<()> {
    visit("what_comes_next_is_asked_before_it_is_shown", async |page| {
        page.choose("gather-order").await?;
        let all = page.count("#console li").await?;
        page.click("#tab-next").await?;
        page.until("the first question", async || Ok(page.count("#console li").await? == 0))
            .await?;
        ensure!(page.count(".legend-never").await? == 0, "it is not said that tasks never end");
        // The first to print is the first that was created after main.
        page.click(".quiz .choices .who:nth-child(2)").await?;
        page.until("the line", async || Ok(page.count("#console li").await? == 1)).await?;
        page.comes(".quiz .last .right", 1).await?;
        while page.count(".quiz .choices").await? == 1 {
            page.click(".quiz .choices .quiet").await?;
            page.drawn().await?;
        }
        ensure!(page.count("#console li").await? == all, "not all is shown at the end");
        ensure!(page.text(".quiz .score").await?.starts_with("1 "), "the score is wrong");
        page.click("#tab-output").await?;
        page.until("no question", async || Ok(page.count(".quiz").await? == 0)).await
    })
}
