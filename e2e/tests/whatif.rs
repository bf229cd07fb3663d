//! What if: a run that is pinned and compared.

use anyhow::{Result, ensure};
use e2e::{recording, visit};

const DELAY: &str = r#"input[type=number][data-param="DELAYS"][data-index="0"]"#;

#[test]
fn a_run_is_pinned_and_compared() -> Result<()> {
    visit("a_run_is_pinned_and_compared", async |page| {
        page.choose("gather-order").await?;
        let before = page.text(".figure dd").await?;
        page.click("#pin").await?;
        page.set(DELAY, "1.7").await?;
        page.until("the difference", async || {
            let was = page.text(".figure .was").await?;
            Ok(was.contains(&before) && was.contains("+0.20"))
        })
        .await?;
        let parting = page.text(".compare .parting").await?;
        ensure!(parting.contains("0.00 s") && parting.contains("1.70") && parting.contains("1.50"));
        page.click("#parting").await?;
        page.until("the playhead to go where they part", async || {
            Ok(page.value("#playhead").await? == "0")
        })
        .await?;
        page.until("the link to carry the pinned run", async || {
            Ok(page.evaluate("return Number(location.hash.includes('pin=1~'))").await? == 1.0)
        })
        .await?;
        page.reload().await?;
        page.comes("#compare", 1).await?;
        page.click("#unpin").await?;
        page.until("it to be compared no more", async || Ok(page.count("#compare").await? == 0))
            .await
    })
}

#[test]
fn a_parameter_is_swept_and_a_point_loaded() -> Result<()> {
    visit("a_parameter_is_swept_and_a_point_loaded", async |page| {
        page.choose("gather-order").await?;
        page.click("button[data-sweep=DELAYS]").await?;
        page.until("all points", async || {
            Ok(page.count(".sweep[aria-busy=false] .stretch[data-at='5']").await? == 1)
        })
        .await?;
        page.click("button[data-best=most]").await?;
        page.until("the value with the longest run", async || Ok(page.value(DELAY).await? == "5"))
            .await?;
        page.until("its run", async || Ok((page.makespan().await? - 5.0).abs() < 1e-9)).await?;
        page.set("#sweep-second", "DELAYS[1]").await?;
        page.until("the map of both", async || {
            Ok(page.count(".sweep[aria-busy=false] .map .cell.now").await? == 1
                && page.count(".map .cell").await? > 50)
        })
        .await?;
        page.evaluate(
            "document.querySelector('.map .cell').dispatchEvent(new MouseEvent('click', { bubbles: true })); return 1",
        )
        .await?;
        page.until("the least of both", async || {
            let least = "return Number([0, 1].every(n => Number(document.querySelector( \
                         `input[type=number][data-param=DELAYS][data-index='${n}']`).value) <= 0.11))";
            Ok(page.evaluate(least).await? == 1.0)
        })
        .await?;
        page.click("button[data-sweep=DELAYS]").await?;
        page.comes(".sweep", 0).await
    })
}

#[test]
fn other_orders_bring_about_other_outcomes() -> Result<()> {
    visit("other_orders_bring_about_other_outcomes", async |page| {
        page.choose("race-and-lock").await?;
        page.click("#orders").await?;
        page.until("all runs", async || Ok(page.count("#tally[aria-busy=false]").await? == 1))
            .await?;
        let rows = page.count(".outcomes tbody tr").await?;
        ensure!(rows > 1, "a race with one outcome");
        let before = page.makespan().await?;
        page.click(".outcomes tbody tr:last-child button").await?;
        page.until("the run of that world", async || {
            Ok(page.count("#no-world").await? == 1 && page.makespan().await? != before)
        })
        .await?;
        let after = page.makespan().await?;
        page.until("its address", async || {
            Ok(page.evaluate("return Number(location.hash.includes('world='))").await? == 1.0)
        })
        .await?;
        page.reload().await?;
        page.until("the run of the link", async || Ok(page.makespan().await? == after)).await?;
        page.click("#no-world").await?;
        page.until("the run as written", async || Ok(page.makespan().await? == before)).await
    })
}

#[test]
fn the_end_of_a_span_is_moved_by_its_handle() -> Result<()> {
    visit("the_end_of_a_span_is_moved_by_its_handle", async |page| {
        page.choose("gather-order").await?;
        page.click(".label[data-task='request-0']").await?;
        let grip = ".grip[data-grip='DELAYS[0]']";
        page.until("the handle", async || Ok(page.count(grip).await? == 1)).await?;
        let (value, end) = (page.value(DELAY).await?, page.makespan().await?);
        page.press(grip, "ArrowRight").await?;
        page.until("the next value, and its run", async || {
            Ok(page.value(DELAY).await? != value && page.makespan().await? > end)
        })
        .await?;
        // Pressed, it goes to the parameter, and changes nothing.
        let (value, end) = (page.value(DELAY).await?, page.makespan().await?);
        let has_focus = format!("return Number(document.activeElement.matches('{DELAY}'))");
        page.drag(grip, (0.5, 0.5), (0.0, 0.0)).await?;
        page.until("the field", async || Ok(page.evaluate(&has_focus).await? == 1.0)).await?;
        page.press(grip, "Enter").await?;
        page.until("the field", async || Ok(page.evaluate(&has_focus).await? == 1.0)).await?;
        ensure!(page.value(DELAY).await? == value && page.makespan().await? == end);
        Ok(())
    })
}

#[test]
fn a_recorded_trace_is_compared_with_another_and_with_an_example() -> Result<()> {
    visit("a_recorded_trace_is_compared_with_another_and_with_an_example", async |page| {
        page.choose("gather-order").await?;
        page.click("#pin").await?;
        page.comes("#compare", 1).await?;
        let example = page.text(".compare .with").await?;
        page.evaluate("location.hash = '#program/any'; return 1").await?;
        page.comes("main.own", 1).await?;
        let ends = |last: f64| move |n: usize| if n == 3 { last } else { n as f64 / 2.0 };
        page.drop_file("one.trace", &recording(3, ends(1.5))).await?;
        page.until("the recording beside the example", async || {
            Ok(page.makespan().await? == 1.5
                && page.count("#compare").await? == 1
                && page.text(".compare .with").await? == example)
        })
        .await?;
        page.click("#pin").await?;
        page.until("the recording to be the other", async || {
            Ok(page.text(".compare .with").await?.contains("one.trace"))
        })
        .await?;
        page.drop_file("two.trace", &recording(3, ends(2.25))).await?;
        page.until("by how much they differ", async || {
            Ok(page.makespan().await? == 2.25 && page.text(".figure .was").await?.contains("+0.75"))
        })
        .await?;
        // Where they part is a place to go to: the third wakes later.
        let parting = page.text(".compare .parting").await?;
        ensure!(parting.contains("job-3"), "{parting}");
        page.click("#parting").await?;
        page.until("the playhead to go there", async || Ok(page.value("#playhead").await? == "0"))
            .await?;
        page.click("#unpin").await?;
        page.comes("#compare", 0).await
    })
}

#[test]
fn another_example_is_compared_and_what_it_lacks_is_named() -> Result<()> {
    visit("another_example_is_compared_and_what_it_lacks_is_named", async |page| {
        page.choose("gather-order").await?;
        let before = page.text(".figure dd").await?;
        page.click("#pin").await?;
        page.open_catalogue().await?;
        page.click("a[data-example=semaphore-workers]").await?;
        page.until("the other one, compared", async || {
            Ok(page.count("main[data-example=semaphore-workers]").await? == 1
                && page.count("#compare").await? == 1
                && page.text(".figure .was").await?.contains(&before))
        })
        .await?;
        let parting = page.text(".compare .parting").await?;
        ensure!(parting.contains("request-0"), "lanes that only it has are not named: {parting}");
        page.until("the link to name both", async || {
            let both = "return Number(location.hash.startsWith('#semaphore-workers?') \
                        && location.hash.includes('pin=1~gather-order'))";
            Ok(page.evaluate(both).await? == 1.0)
        })
        .await
    })
}
