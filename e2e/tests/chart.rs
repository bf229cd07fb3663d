//! The chart as an instrument: wheel, fingers, map, keys, paper, and the picture that is taken along.

use anyhow::{Result, ensure};
use e2e::{Page, visit};
use serde_json::json;

/// What is looked at, as parts of the whole: from where on, and how much.
async fn view(page: &Page) -> Result<(f64, f64)> {
    if page.count(".minimap .box").await? == 0 {
        return Ok((0.0, 1.0));
    }
    let part = async |side: &str| {
        let script = format!(
            "return parseFloat(document.querySelector('.minimap .box').style.{side}) / 100"
        );
        page.evaluate(&script).await
    };
    Ok((part("left").await?, part("width").await?))
}

/// Waits until something else is looked at than before, and no jump is on its way.
async fn another_view(page: &Page, before: (f64, f64)) -> Result<(f64, f64)> {
    let mut now = before;
    page.until("another view", async || {
        let last = now;
        now = view(page).await?;
        Ok(now != before && now == last)
    })
    .await?;
    Ok(now)
}

/// What is at a part of the view, as a part of the whole.
fn at(view: (f64, f64), part: f64) -> f64 {
    view.0 + view.1 * part
}

#[test]
fn wheel_and_fingers_zoom_where_they_are_and_the_map_is_dragged() -> Result<()> {
    visit("wheel_and_fingers_zoom_where_they_are_and_the_map_is_dragged", async |page| {
        page.choose("queue-backpressure").await?;
        let whole = view(page).await?;
        // The inside of the axis, without its margins.
        let inside = async |part: f64| -> Result<f64> {
            let (x, _) = page.place("#plot", (part, 0.5)).await?;
            let (left, _) = page.place("#plot .inner", (0.0, 0.5)).await?;
            let (right, _) = page.place("#plot .inner", (1.0, 0.5)).await?;
            Ok((x - left) / (right - left))
        };
        let part = inside(0.7).await?;
        page.wheel_with_ctrl("#plot", (0.7, 0.3), -240.0).await?;
        let closer = another_view(page, whole).await?;
        ensure!(closer.1 < 0.7, "{closer:?}");
        let (was, is) = (at(whole, part), at(closer, part));
        ensure!((was - is).abs() < 0.01, "the wheel zooms elsewhere: {was} became {is}");
        page.pinch("#plot", (0.3, 0.3), 40.0, 80.0).await?;
        let closest = another_view(page, closer).await?;
        let part = inside(0.3).await?;
        let (was, is) = (at(closer, part), at(closest, part));
        ensure!(closest.1 < closer.1 * 0.7, "two fingers zoom from {closer:?} to {closest:?}");
        ensure!((was - is).abs() < 0.02, "fingers zoom elsewhere: {was} became {is}");
        // The box goes with the pointer, and so does the chart with its own.
        page.drag(".minimap .box", (0.5, 0.5), (-60.0, 0.0)).await?;
        let left = another_view(page, closest).await?;
        ensure!(left.0 < closest.0 && (left.1 - closest.1).abs() < 1e-3, "{closest:?} {left:?}");
        page.drag("#plot", (0.5, 0.3), (-120.0, 0.0)).await?;
        let right = another_view(page, left).await?;
        ensure!(right.0 > left.0 && (right.1 - left.1).abs() < 1e-3, "{left:?} {right:?}");
        page.press("#plot", "0").await?;
        let fit = another_view(page, right).await?;
        ensure!(fit == whole, "{fit:?}");
        page.press_twice("#plot", (0.3, 0.1)).await?;
        let span = another_view(page, fit).await?;
        ensure!(span.1 < 0.9, "pressed twice, a span does not fill the view: {span:?}");
        Ok(())
    })
}

#[test]
fn a_drag_scrubs_and_a_press_beside_a_bar_only_goes_there() -> Result<()> {
    visit("a_drag_scrubs_and_a_press_beside_a_bar_only_goes_there", async |page| {
        page.choose("queue-backpressure").await?;
        let moment = async || -> Result<f64> { Ok(page.value("#playhead").await?.parse()?) };
        let pressed = async || page.count(".label.selected, .label [aria-pressed='true']").await;
        let before = moment().await?;
        page.drag("#plot", (0.2, 0.13), (200.0, 0.0)).await?;
        page.until("the playhead elsewhere", async || Ok(moment().await? != before)).await?;
        ensure!(pressed().await? == 0, "a drag makes a task stand out");
        let dragged = moment().await?;
        // At the very top of the first lane, above its bar.
        page.press_at("#plot", (0.6, 0.01)).await?;
        page.until("the playhead there", async || Ok(moment().await? != dragged)).await?;
        ensure!(pressed().await? == 0, "a press beside a bar makes its task stand out");
        page.press_at("#plot", (0.6, 0.09)).await?;
        page.until("a task that stands out", async || Ok(pressed().await? > 0)).await
    })
}

#[test]
fn a_tap_keeps_what_there_is_to_say_in_view() -> Result<()> {
    visit("a_tap_keeps_what_there_is_to_say_in_view", async |page| {
        page.resize(390, 844).await?;
        page.choose("queue-backpressure").await?;
        page.tap("#plot", (0.3, 0.25)).await?;
        page.comes(".tooltip", 1).await?;
        // It is still there when everything that a tap sets off has come.
        page.drawn().await?;
        let said = page.text(".tooltip").await?;
        ensure!(said.contains("producer-0"), "{said}");
        Ok(())
    })
}

#[test]
fn a_pressed_line_of_the_program_goes_from_wait_to_wait() -> Result<()> {
    visit("a_pressed_line_of_the_program_goes_from_wait_to_wait", async |page| {
        page.choose("queue-backpressure").await?;
        let moment = async || -> Result<f64> { Ok(page.value("#playhead").await?.parse()?) };
        page.press("body", "Home").await?;
        page.until("the beginning", async || Ok(moment().await? == 0.0)).await?;
        page.until("the program", async || Ok(page.count("#code > li").await? > 20)).await?;
        let line = "const lines = [...document.querySelectorAll('#code > li')];
            const n = lines.findIndex((line) => line.textContent.includes('await queue.put('));
            lines[n].scrollIntoView({ block: 'center' });
            return 1 + n;";
        let n = page.evaluate(line).await?;
        let mut moments = Vec::new();
        for _ in 0..3 {
            let before = moment().await?;
            page.click(&format!("#code > li:nth-child({n})")).await?;
            page.until("the next wait", async || Ok(moment().await? != before)).await?;
            moments.push(moment().await?);
        }
        ensure!(moments.is_sorted() && moments[0] > 0.0, "{moments:?}");
        Ok(())
    })
}

#[test]
fn the_legend_wraps() -> Result<()> {
    visit("the_legend_wraps", async |page| {
        for (width, height) in [(1440, 900), (1366, 768), (1024, 768), (390, 844)] {
            page.resize(width, height).await?;
            for example in ["token-bucket", "exercise-web-server"] {
                page.choose(example).await?;
                let beyond = "const legend = document.querySelector('.legend').getBoundingClientRect();
                    const inside = ({ left, right, top, bottom }) => left >= legend.left - 1
                        && right <= legend.right + 1 && top >= legend.top - 1 && bottom <= legend.bottom + 1;
                    return [...document.querySelectorAll('.legend li')]
                        .filter((entry) => !inside(entry.getBoundingClientRect())).length;";
                let beyond = page.evaluate(beyond).await?;
                ensure!(beyond == 0.0, "{example} at {width} x {height}: {beyond} entries are cut");
            }
        }
        Ok(())
    })
}

#[test]
fn each_key_of_the_list_does_what_it_says() -> Result<()> {
    visit("each_key_of_the_list_does_what_it_says", async |page| {
        page.choose("queue-backpressure").await?;
        let whole = view(page).await?;
        page.press("#plot", "ArrowDown").await?;
        page.press("#plot", "+").await?;
        let closer = another_view(page, whole).await?;
        page.press("#plot", "d").await?;
        let right = another_view(page, closer).await?;
        ensure!(right.0 > closer.0, "{closer:?} {right:?}");
        page.press("#plot", "a").await?;
        let left = another_view(page, right).await?;
        ensure!(left.0 < right.0, "{right:?} {left:?}");
        page.press("#plot", "-").await?;
        let wider = another_view(page, left).await?;
        ensure!(wider.1 > left.1, "{left:?} {wider:?}");
        // Along a lane to its ends, and closer to what has the focus.
        let moment = async || -> Result<f64> { Ok(page.value("#playhead").await?.parse()?) };
        page.press("#plot", "End").await?;
        let last: f64 = moment().await?;
        page.press("#plot", "Home").await?;
        let first: f64 = moment().await?;
        ensure!(first < last, "{first} {last}");
        let before = view(page).await?;
        page.press("#plot", ".").await?;
        page.press("#plot", "f").await?;
        let focus = another_view(page, before).await?;
        ensure!(focus.1 < 1.0, "{focus:?}");
        // Chosen, pinned above all others, and left.
        for key in ["ArrowDown", "ArrowDown", "Enter"] {
            page.press("#plot", key).await?;
        }
        page.until("a task that stands out", async || {
            Ok(page.count(".label.selected, .label[aria-pressed='true']").await? == 1)
        })
        .await?;
        let labels = page.labels().await?;
        page.press("#plot", "p").await?;
        page.until("the pinned lane on top", async || {
            let now = page.labels().await?;
            Ok(now != labels && now.len() == labels.len())
        })
        .await?;
        page.press("#plot", "Escape").await?;
        page.until("nobody to stand out", async || {
            Ok(page.count(".label.selected, .label[aria-pressed='true']").await? == 0)
        })
        .await?;
        page.press("#plot", "/").await?;
        page.until("the search", async || {
            Ok(page.evaluate("return Number(document.activeElement.tagName === 'INPUT')").await?
                == 1.0)
        })
        .await
    })
}

#[test]
fn keys_follow_who_woke_whom_and_go_along_a_lane() -> Result<()> {
    visit("keys_follow_who_woke_whom_and_go_along_a_lane", async |page| {
        page.choose("semaphore-workers").await?;
        // Each key, and what has the focus then: whose span, and its moment.
        let keys = [
            ("ArrowDown", "Task-1", "0.00"),
            ("ArrowDown", "worker-0", "0.00 – 0.60"),
            ("]", "worker-2", "0.60 – 1.40"),
            ("]", "worker-4", "1.40 – 2.40"),
            ("[", "worker-2", "0.60 – 1.40"),
            (",", "worker-2", "0.00 – 0.60"),
            (".", "worker-2", "0.60 – 1.40"),
            ("[", "worker-0", "0.00 – 0.60"),
        ];
        for (key, who, when) in keys {
            page.press("#plot", key).await?;
            page.until(&format!("{who} at {when} after {key}"), async || {
                let said = page.text(".tooltip").await?;
                Ok(said.starts_with(who) && said.contains(when))
            })
            .await?;
        }
        // Elsewhere the same two go from event to event, which are told apart within a moment.
        let told = async || page.text(".story .whole").await;
        let mut before = told().await?;
        for (key, back) in [(".", ","), ("ArrowRight", "ArrowLeft")] {
            for key in [key, back, key] {
                page.press("body", key).await?;
                page.until("another event in words", async || Ok(told().await? != before)).await?;
                before = told().await?;
            }
        }
        Ok(())
    })
}

#[test]
fn the_line_from_which_the_loop_is_held_is_marked() -> Result<()> {
    visit("the_line_from_which_the_loop_is_held_is_marked", async |page| {
        page.choose("blocking-sleep").await?;
        page.set("#playhead", "1.2").await?;
        page.comes("#code li.holds[data-tasks='report']", 1).await?;
        ensure!(page.text("#code li.holds").await?.contains("sleep(0.6)"), "another line");
        page.set("#playhead", "0.3").await?;
        page.comes("#code li.holds", 0).await
    })
}

#[test]
fn a_span_s_end_is_dragged_and_its_parameter_follows() -> Result<()> {
    visit("a_span_s_end_is_dragged_and_its_parameter_follows", async |page| {
        page.choose("gather-order").await?;
        page.click(".label[data-task='request-0']").await?;
        let grip = ".grip[data-grip='DELAYS[0]']";
        page.until("the handle", async || Ok(page.count(grip).await? == 1)).await?;
        let delay = r#"input[type=number][data-param="DELAYS"][data-index="0"]"#;
        let before: f64 = page.value(delay).await?.parse()?;
        page.drag(grip, (0.5, 0.5), (90.0, 0.0)).await?;
        page.until("a longer one", async || Ok(page.value(delay).await?.parse::<f64>()? > before))
            .await?;
        let after: f64 = page.value(delay).await?.parse()?;
        ensure!(((after * 20.0).round() - after * 20.0).abs() < 1e-6, "{after} is off its grid");
        let says = page.text(grip).await?;
        page.until("its run", async || Ok((page.makespan().await? - after).abs() < 0.5)).await?;
        ensure!(says.contains("DELAYS[0]"), "{says}");
        Ok(())
    })
}

#[test]
fn paper_shows_what_is_to_be_read_and_no_buttons() -> Result<()> {
    visit("paper_shows_what_is_to_be_read_and_no_buttons", async |page| {
        page.choose("semaphore-workers").await?;
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
        page.drawn().await?;
        let seen = async |selector: &str| {
            let script = format!(
                "return [...document.querySelectorAll(\"{selector}\")].filter(e => e.getClientRects().length).length"
            );
            page.evaluate(&script).await
        };
        for shown in
            ["#title", "#plot canvas", ".label[data-task]", "#code li", "#console li", ".figure"]
        {
            ensure!(seen(shown).await? >= 1.0, "{shown} is missing on paper");
        }
        for hidden in
            [".top", ".catalogue", ".player", ".story", ".tools", ".divider", ".params .button"]
        {
            ensure!(seen(hidden).await? == 0.0, "{hidden} is printed");
        }
        // Nothing is cut off by a box that would have to be scrolled.
        let cut = "return [...document.querySelectorAll('#code, #console, .chart, main, .panel-body')] \
                   .filter(e => e.getClientRects().length && e.scrollHeight > e.clientHeight + 2 \
                   && getComputedStyle(e).overflowY !== 'visible').length";
        ensure!(page.evaluate(cut).await? == 0.0, "something is cut off on paper");
        let answer = page.devtools("Page.printToPDF", json!({ "printBackground": true })).await?;
        let pdf = answer["data"].as_str().unwrap_or_default();
        // "%PDF" in Base64.
        ensure!(pdf.starts_with("JVBERi0") && pdf.len() > 20_000, "{} of a document", pdf.len());
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
        Ok(())
    })
}

/// Compares what the canvas shows with the picture of SVG that is taken along, by cells of 8 pixels: which part of them
/// is of another colour; and the same where a lane of the picture is painted over.
const COMPARE: &str = r#"
    const done = arguments[arguments.length - 1];
    const shown = document.querySelector('#plot canvas');
    const picture = new Image();
    picture.src = window.saved.href;
    picture.decode().then(() => {
        const box = shown.getBoundingClientRect(), ratio = shown.width / box.width, cell = 8;
        const across = Math.floor(shown.width / cell), down = Math.floor(shown.height / cell);
        const paint = lane => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [shown.width, shown.height];
            const pen = canvas.getContext('2d', { willReadFrequently: true });
            // Names stand on the left of the picture, the axis above it.
            const left = picture.width - box.width, top = picture.height - box.height;
            pen.drawImage(picture, -left * ratio, -top * ratio, picture.width * ratio, picture.height * ratio);
            if (lane) {
                const corner = pen.getImageData(1, 1, 1, 1).data;
                pen.fillStyle = `rgb(${corner[0]},${corner[1]},${corner[2]})`;
                pen.fillRect(0, shown.height * 0.4, shown.width, 30 * ratio);
            }
            return pen.getImageData(0, 0, shown.width, shown.height).data;
        };
        const own = shown.getContext('2d').getImageData(0, 0, shown.width, shown.height).data;
        const differ = other => {
            let count = 0;
            for (let row = 0; row < down; row++) for (let column = 0; column < across; column++) {
                const sums = [0, 0, 0];
                for (let y = row * cell; y < (row + 1) * cell; y++)
                    for (let x = column * cell; x < (column + 1) * cell; x++) {
                        const at = (y * shown.width + x) * 4;
                        for (let n = 0; n < 3; n++) sums[n] += own[at + n] - other[at + n];
                    }
                count += Math.max(...sums.map(Math.abs)) / (cell * cell) > 20;
            }
            return count / (across * down);
        };
        // As one number: thousandths of the one, and of the other.
        done(Math.round(differ(paint(false)) * 1000) + Math.round(differ(paint(true)) * 1000) / 10000);
    }, error => done(-1));
"#;

#[test]
fn the_picture_that_is_taken_along_shows_what_the_canvas_shows() -> Result<()> {
    visit("the_picture_that_is_taken_along_shows_what_the_canvas_shows", async |page| {
        for example in ["queue-backpressure", "semaphore-workers", "timeout-and-result"] {
            page.choose(example).await?;
            for closer in [false, true] {
                if closer {
                    page.press("#plot", "w").await?;
                    another_view(page, (0.0, 1.0)).await?;
                }
                page.drawn().await?;
                if page.count("#save-svg").await? == 0 {
                    page.click("#share").await?;
                }
                page.save("svg").await?;
                let differ = page.hand(COMPARE).await?;
                let (alike, without) = (differ.trunc() / 1000.0, differ.fract() * 10.0);
                ensure!(differ >= 0.0, "{example}: the picture is none");
                ensure!(
                    alike <= 0.02,
                    "{example}, closer: {closer}: {alike} of the picture differs"
                );
                ensure!(without > 0.03, "{example}: a lane that is missing makes {without}");
                let close = "document.querySelector('dialog[open]').close(); return 1";
                page.evaluate(close).await?;
                page.comes("dialog[open]", 0).await?;
            }
        }
        Ok(())
    })
}
