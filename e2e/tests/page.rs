//! The built page as a visitor meets it.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use e2e::{Field, Page, visit};

/// How long an edit may take to show; only one that changes nothing takes it.
const EDIT: Duration = Duration::from_secs(3);

#[test]
fn what_is_wanted_seldom_is_asked_for_before_it_is_used() -> Result<()> {
    visit("what_is_wanted_seldom_is_asked_for_before_it_is_used", async |page| {
        // A part of the program that nobody has asked for is fetched on the spot, and all stands still until it is here.
        let on_the_spot = "return performance.getEntriesByType('resource').filter(entry =>
            entry.name.includes('/parts/') && entry.initiatorType === 'xmlhttprequest').length";
        let all = "return performance.getEntriesByType('resource').filter(entry => entry.name.includes('/parts/')).length";
        for hash in ["#wait-first", "#exercise-timeout", "#gather-order?by=order"] {
            page.go(&format!("{}{hash}", page.url())).await?;
            page.reload().await?;
            page.comes("#chart", 1).await?;
            for button in ["#find-open", "#note-add", "#axis-toggle", "#axis-toggle"] {
                page.click(button).await?;
            }
            page.comes("#note-text", 1).await?;
            ensure!(page.evaluate(all).await? > 0.0, "{hash}: no part was fetched");
            let late = page.evaluate(on_the_spot).await?;
            ensure!(late == 0.0, "{hash}: {late} parts were fetched on the spot");
        }
        Ok(())
    })
}

#[test]
fn the_page_opens() -> Result<()> {
    visit("the_page_opens", async |page| {
        let title = page.title().await?;
        ensure!(title.contains("Coroscope"), "the title is {title:?}");
        Ok(())
    })
}

#[test]
fn the_first_run_stands_in_the_document() -> Result<()> {
    visit("the_first_run_stands_in_the_document", async |page| {
        let document = page.document().await?;
        ensure!(document.contains("data-early") && document.contains("<svg class=\"inner\""));
        for label in page.labels().await? {
            ensure!(document.contains(&format!("data-task=\"{label}\"")), "{label} is not in it");
        }
        Ok(())
    })
}

#[test]
fn nothing_moves_when_the_page_comes() -> Result<()> {
    visit("nothing_moves_when_the_page_comes", async |page| {
        ensure!(page.count("#app[data-early]").await? == 0, "the page has not come");
        page.drawn().await?;
        // The browser's own measure, of which 0.1 counts as good.
        let moved = page.shifted().await?;
        ensure!(moved < 0.01, "layout shifts of {moved}");
        Ok(())
    })
}

#[test]
fn a_visit_from_search_to_reload() -> Result<()> {
    visit("a_visit_from_search_to_reload", async |page| {
        search(page).await?;
        page.choose("gather-order").await?;
        edit_a_delay(page).await?;
        play(page).await?;
        switch_language(page).await?;

        let heading = page.text("h1").await?;
        let language = page.attribute("html", "lang").await?;
        page.reload().await?;
        page.until("the example to be shown again", async || Ok(page.text("h1").await? == heading))
            .await?;
        ensure!(page.attribute("html", "lang").await? == language, "the language is not kept");
        Ok(())
    })
}

/// Narrows the catalogue down, to nothing and to one example.
async fn search(page: &Page) -> Result<()> {
    let all = page.examples_seen().await?;
    page.open_catalogue().await?;
    page.type_into("#search", "xyzzyx").await?;
    page.until("the catalogue to be empty", async || Ok(page.examples_seen().await?.is_empty()))
        .await?;
    page.type_into("#search", "gather").await?;
    page.until("gather-order to be found", async || {
        let seen = page.examples_seen().await?;
        Ok(seen.iter().any(|example| example == "gather-order") && seen.len() < all.len())
    })
    .await
}

/// Makes the first task slower: the table and the bars follow.
async fn edit_a_delay(page: &Page) -> Result<()> {
    let selector = r#"input[type=number][data-param="DELAYS"][data-index="0"]"#;
    let fields = fields(page).await?;
    let field = fields.iter().find(|field| field.selector == selector);
    let others = field.context("gather-order has no DELAYS[0]")?.others();
    let other = others.first().context("it takes no other value")?;
    let before = page.text("#spans").await?;
    page.type_into(selector, other).await?;
    page.until("the spans to follow the edit", async || Ok(page.text("#spans").await? != before))
        .await
}

/// Plays the current example to its end.
async fn play(page: &Page) -> Result<()> {
    let makespan = page.makespan().await?;
    page.click("#play").await?;
    page.state("finished", Duration::from_secs_f64(30.0 + 3.0 * makespan)).await
}

/// Switches to the other language.
async fn switch_language(page: &Page) -> Result<()> {
    let language = page.attribute("html", "lang").await?;
    let text = page.text("main").await?;
    page.click("#language").await?;
    page.until("the language to change", async || {
        let now = page.attribute("html", "lang").await?;
        Ok(now != language && page.text("main").await? != text)
    })
    .await?;
    let now = page.attribute("html", "lang").await?;
    ensure!(matches!(now.as_deref(), Some("zh-CN" | "en")), "the language is {now:?}");
    Ok(())
}

#[test]
fn every_example_opens_and_follows_every_edit() -> Result<()> {
    visit("every_example_opens_and_follows_every_edit", async |page| {
        let examples = page.examples().await?;
        ensure!(!examples.is_empty(), "the catalogue is empty");
        for example in examples {
            let fields = one_example(page, &example)
                .await
                .with_context(|| format!("in the example {example}"))?;
            println!("{example}: {fields} fields");
        }
        Ok(())
    })
}

/// Opens an example and edits each of its fields; says how many there were.
async fn one_example(page: &Page, example: &str) -> Result<usize> {
    page.choose(example).await?;
    ensure!(!page.text("h1").await?.trim().is_empty(), "no heading");
    ensure!(page.count("#spans tbody tr").await? > 0, "no spans");
    ensure!(page.count("#console li").await? > 0, "nothing printed");
    let fields = fields(page).await?;
    for field in &fields {
        an_edit_shows(page, field).await?;
        an_error_keeps_the_rows(page, field).await?;
    }
    let errors = page.console_errors().await?;
    ensure!(errors.is_empty(), "errors in the console: {errors:#?}");
    Ok(fields.len())
}

/// The fields of the current example.
async fn fields(page: &Page) -> Result<Vec<Field>> {
    Field::all(page).await
}

/// Some other value of the field changes what the run comes to; its own value is then put back.
async fn an_edit_shows(page: &Page, field: &Field) -> Result<()> {
    let before = page.result().await?;
    let others = field.others();
    for other in &others {
        field.edit(page, other).await?;
        if page.happens(EDIT, async || Ok(page.result().await? != before)).await? {
            return put_back(page, field, &before).await;
        }
        ensure!(page.count(".field-error").await? == 0, "{} does not take {other}", field.selector);
    }
    bail!("{} changes nothing by any of {others:?}", field.selector);
}

/// A value out of range is said to be, beside the field, and the last good run stays.
async fn an_error_keeps_the_rows(page: &Page, field: &Field) -> Result<()> {
    let Some(wrong) = field.out_of_range() else {
        return Ok(());
    };
    let before = page.result().await?;
    field.edit(page, &wrong).await?;
    page.until(&format!("{} to refuse {wrong}", field.selector), async || {
        Ok(page.count(".field-error").await? > 0)
    })
    .await?;
    ensure!(
        !page.text(".field-error").await?.trim().is_empty(),
        "the error of {} says nothing",
        field.selector
    );
    ensure!(page.result().await? == before, "{} out of range changes the run", field.selector);
    put_back(page, field, &before).await?;
    page.until("the error to go", async || Ok(page.count(".field-error").await? == 0)).await
}

/// Gives the field its value again, and waits until the run is as it was.
async fn put_back(page: &Page, field: &Field, before: &str) -> Result<()> {
    field.edit(page, &field.value).await?;
    page.until(&format!("{} to be as before", field.selector), async || {
        Ok(page.result().await? == before)
    })
    .await
}

/// Plays a run of 3 s or more and prints how long it took; a measurement, since machines differ.
#[test]
fn a_run_is_played_to_its_end() -> Result<()> {
    visit("a_run_is_played_to_its_end", async |page| {
        let mut longest = None;
        for example in page.examples().await? {
            page.choose(&example).await?;
            let makespan = page.makespan().await?;
            if longest.as_ref().is_none_or(|(_, most)| makespan > *most) {
                longest = Some((example, makespan));
            }
            if makespan >= 3.0 {
                break;
            }
        }
        let (example, _) = longest.context("the catalogue is empty")?;
        page.choose(&example).await?;
        let predicted = page.makespan().await? * 1000.0;
        page.watch_states().await?;
        play(page).await?;
        let took = page.ran_for().await?;
        println!(
            "measurement: {example} played at x1 took {took:.0} ms, predicted {predicted:.0} ms \
             ({:+.0} ms; the aim is within 5 % + 100 ms)",
            took - predicted
        );
        Ok(())
    })
}

#[test]
fn what_is_found_is_told_and_can_be_looked_at() -> Result<()> {
    visit("what_is_found_is_told_and_can_be_looked_at", async |page| {
        page.choose("timeout-and-result").await?;
        page.until("two findings", async || Ok(page.text(".findings-head .found").await? == "2"))
            .await?;
        page.click("#findings-toggle").await?;
        page.until("both of them", async || Ok(page.count(".found-list li").await? == 2)).await?;
        let flaw = page.attribute(".found-list li", "data-flaw").await?;
        ensure!(flaw.as_deref() == Some("timeout_late"), "the first is {flaw:?}");
        page.comes(".strip i", 2).await?;
        page.click(".found-list li .go").await?;
        page.until("why the task ran", async || Ok(page.count(".chain li").await? > 1)).await?;
        page.click("#path-toggle").await?;
        page.until("the path is marked", async || {
            Ok(page.attribute("#path-toggle", "aria-pressed").await?.as_deref() == Some("true"))
        })
        .await?;
        page.choose("gather-order").await?;
        page.until("nothing is found", async || Ok(page.count(".findings p.nothing").await? > 0))
            .await
    })
}

#[test]
fn the_way_through_the_course() -> Result<()> {
    visit("the_way_through_the_course", async |page| {
        let all = page.examples_seen().await?;
        page.click(".neighbours .next").await?;
        page.until("the next example", async || {
            Ok(page.attribute("main", "data-example").await?.as_deref() == Some(&*all[1]))
        })
        .await?;

        page.choose("queue-join").await?;
        page.click(".about summary").await?;
        page.click(r#".about [data-operation="Queue.join"]"#).await?;
        page.until("the examples that use Queue.join", async || {
            let seen = page.examples_seen().await?;
            Ok(seen.iter().any(|id| id == "queue-join") && seen.len() < all.len() / 2)
        })
        .await?;
        page.click("#all-examples").await?;
        page.until("all examples", async || Ok(page.examples_seen().await? == all)).await
    })
}

#[test]
fn an_exercise_is_solved_and_stays_so() -> Result<()> {
    visit("an_exercise_is_solved_and_stays_so", async |page| {
        let red = r#"#checks [data-holds="false"]"#;
        let solved = "a.current .solved";
        page.choose("exercise-downloads").await?;
        ensure!(page.count(red).await? > 0, "nothing to do");
        page.click("#hint").await?;
        page.until("a hint", async || Ok(page.count(".hint").await? == 1)).await?;
        for (name, value) in [("STRATEGY", "semaphore"), ("ORDER", "longest-first")] {
            page.set(&format!(r#"select[data-param="{name}"]"#), value).await?;
        }
        page.until("all checks to hold", async || Ok(page.count(red).await? == 0)).await?;
        page.until("the mark of what is solved", async || Ok(page.count(solved).await? == 1))
            .await?;
        page.reload().await?;
        page.until("the mark to be there still", async || Ok(page.count(solved).await? == 1)).await
    })
}

#[test]
fn a_line_of_an_exercise_is_put_into_its_place() -> Result<()> {
    visit("a_line_of_an_exercise_is_put_into_its_place", async |page| {
        page.choose("exercise-timeout").await?;
        page.click(r#"[data-places="TIMEOUT_AT"]"#).await?;
        let around = r#".place[data-place="around-each"]"#;
        page.until("the places", async || Ok(page.count(around).await? == 1)).await?;
        page.click(&format!("{around} label")).await?;
        page.until("the line in its place", async || {
            let put = page.count(&format!("{around} code")).await? == 1;
            let menu = page.value(r#"select[data-param="TIMEOUT_AT"]"#).await?;
            Ok(put && menu == "around-each")
        })
        .await?;
        ensure!(page.count(".place code").await? == 1, "it stands in two places");
        page.click(r#".place[data-place="wait"] label"#).await?;
        page.until("the line elsewhere", async || {
            Ok(page.count(r#".place[data-place="wait"] code"#).await? == 1
                && page.count(".place code").await? == 1)
        })
        .await
    })
}

#[test]
fn the_answer_is_no_solution_of_the_reader_s() -> Result<()> {
    visit("the_answer_is_no_solution_of_the_reader_s", async |page| {
        page.choose("exercise-timeout").await?;
        page.click("#answer").await?;
        page.until("all checks to hold", async || {
            Ok(page.count(r#"#checks [data-holds="false"]"#).await? == 0)
        })
        .await?;
        page.comes(".hint.answer", 1).await?;
        ensure!(page.count("a.current .solved").await? == 0, "looking it up counts as solving it");
        Ok(())
    })
}
