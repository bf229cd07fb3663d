//! Many lanes: only what is seen is there; they are found by name, by what they came to and by how long they waited.

use anyhow::{Result, ensure};
use e2e::{Page, recording, visit};

/// The names that have a label, from the top.
async fn names(page: &Page, expected: &[&str]) -> Result<()> {
    let mut now = Vec::new();
    let there = page
        .happens(std::time::Duration::from_secs(30), async || {
            now = page.labels().await?;
            Ok(now == expected)
        })
        .await?;
    ensure!(there, "{now:?} and not {expected:?}");
    Ok(())
}

/// Opens the recording of so many jobs.
async fn open(page: &Page, jobs: usize, seconds: impl Fn(usize) -> f64) -> Result<()> {
    page.go(&format!("{}#program/any", page.url())).await?;
    page.comes("main.own", 1).await?;
    page.drop_file("jobs.trace", &recording(jobs, &seconds)).await?;
    page.until("the recording", async || {
        Ok(page.count("#recorded").await? == 1 && page.makespan().await? == seconds(jobs))
    })
    .await
}

#[test]
fn lanes_are_found_by_name_state_parent_and_how_long_they_waited() -> Result<()> {
    visit("lanes_are_found_by_name_state_parent_and_how_long_they_waited", async |page| {
        open(page, 20, |n| n as f64 / 4.0).await?;
        let all = page.labels().await?;
        ensure!(all.len() == 21, "{all:?}");
        page.set("#lanes", "JOB-1").await?;
        let ones = ["job-1", "job-10", "job-11", "job-12", "job-13", "job-14", "job-15", "job-16"];
        names(page, &[&ones[..], &["job-17", "job-18", "job-19"]].concat()).await?;
        page.set("#lanes-which", "failed").await?;
        names(page, &[]).await?;
        page.set("#lanes", "").await?;
        names(page, &["job-20"]).await?;
        page.click("#lanes-all").await?;
        names(page, &all.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        // Who waited longest stands first; who is pinned above all of them.
        page.click("#lanes-longest").await?;
        page.until("the longest first", async || {
            let now = page.labels().await?;
            let jobs: Vec<&String> = now.iter().filter(|name| *name != "main").collect();
            Ok(jobs[0] == "job-20" && jobs[19] == "job-1" && now.len() == all.len())
        })
        .await?;
        page.click(".label[data-task='job-1']").await?;
        page.press("#plot", "p").await?;
        page.until("the pinned one on top", async || Ok(page.labels().await?[0] == "job-1"))
            .await?;
        page.click("#lanes-all").await?;
        page.click(".label[data-task='main']").await?;
        page.press("#plot", "e").await?;
        names(page, &["main"]).await
    })
}

#[test]
fn how_lanes_are_arranged_is_of_one_recording() -> Result<()> {
    visit("how_lanes_are_arranged_is_of_one_recording", async |page| {
        open(page, 4, |n| n as f64).await?;
        let all = ["main", "job-1", "job-2", "job-3", "job-4"];
        names(page, &all).await?;
        page.click(".label[data-task='job-2']").await?;
        page.press("#plot", "h").await?;
        names(page, &["main", "job-1", "job-3", "job-4"]).await?;
        page.press("#plot", "ArrowRight").await?;
        page.press("#plot", "r").await?;
        page.comes("#range-clear", 1).await?;
        page.drop_file("other.trace", &recording(4, |n| n as f64 * 2.0)).await?;
        page.until("the other recording", async || Ok(page.makespan().await? == 8.0)).await?;
        names(page, &all).await?;
        page.comes(".label[aria-pressed=true]", 0).await?;
        page.comes(".scope", 0).await
    })
}

#[test]
fn of_many_lines_only_those_around_the_playhead_are_there() -> Result<()> {
    visit("of_many_lines_only_those_around_the_playhead_are_there", async |page| {
        open(page, 4000, |n| n as f64 / 100.0).await?;
        let line = async |n: usize| {
            let script = format!(
                "return Number([...document.querySelectorAll('#console .text')] \
                 .some((text) => text.textContent === 'job {n} is over'))"
            );
            anyhow::Ok(page.evaluate(&script).await? == 1.0)
        };
        page.set("#playhead", "0").await?;
        page.until("the first lines", async || line(1).await).await?;
        ensure!(!line(4000).await?, "the last are there, too");
        ensure!(page.count("#console li").await? < 1600, "too many are there");
        page.comes("#console li[aria-setsize='4000'][aria-posinset='1']", 1).await?;
        let before = page.count("#console li").await?;
        page.click("#console .more button").await?;
        page.until("more of them", async || Ok(page.count("#console li").await? == before + 500))
            .await?;
        page.press("#console", "End").await?;
        page.until("the last lines, in view", async || {
            let seen = "const list = document.querySelector('#console').getBoundingClientRect(); \
                        const last = document.querySelector('#console .last')?.getBoundingClientRect(); \
                        return Number(Boolean(last) && last.top >= list.top && last.bottom <= list.bottom + 1)";
            Ok(line(4000).await? && !line(1).await? && page.evaluate(seen).await? == 1.0)
        })
        .await?;
        // What is looked for is there, wherever it is.
        page.press("body", "/").await?;
        page.set("#find", "job 2000 is over").await?;
        page.press("#find", "Enter").await?;
        page.until("the line that is found", async || {
            Ok(page.text("#console .last").await?.contains("job 2000 is over"))
        })
        .await
    })
}

#[test]
fn of_very_many_lanes_only_those_in_view_are_there() -> Result<()> {
    visit("of_very_many_lanes_only_those_in_view_are_there", async |page| {
        open(page, 3000, |n| n as f64 / 100.0).await?;
        page.drawn().await?;
        let labels = page.labels().await?;
        ensure!(labels.len() > 5 && labels.len() < 200, "{} labels", labels.len());
        let canvas = "return document.querySelector('#plot canvas').getBoundingClientRect().height \
                      / innerHeight";
        let height = page.evaluate(canvas).await?;
        ensure!(height < 2.0, "the canvas is {height} times as high as the window");
        page.comes(".minimap", 1).await?;
        page.evaluate("document.querySelector('#chart').scrollTop = 1e6; return 1").await?;
        page.until("the last lanes", async || {
            Ok(page.labels().await?.iter().any(|name| name == "job-3000"))
        })
        .await?;
        ensure!(page.labels().await?.len() < 200, "the first are still there");
        // What is looked for comes into view.
        page.press("body", "/").await?;
        page.set("#find", "job 77 is over").await?;
        page.press("#find", "Enter").await?;
        page.until("the lane of who printed it", async || {
            Ok(page.count(".label[data-task='job-77']").await? == 1
                && page.value("#playhead").await? == "0.77")
        })
        .await
    })
}

#[test]
fn long_stretches_without_anything_are_folded() -> Result<()> {
    visit("long_stretches_without_anything_are_folded", async |page| {
        // Forty within four seconds, and one much later.
        open(page, 41, |n| if n < 41 { n as f64 / 10.0 } else { 100.0 }).await?;
        // The break in the axis says what it leaves out.
        let is_broken = async || anyhow::Ok(page.text("#chart").await?.contains("96.00"));
        ensure!(!is_broken().await?, "it is folded unasked");
        page.click("#fold_idle").await?;
        page.comes("#fold_idle[aria-pressed='true']", 1).await?;
        page.until("the break", is_broken).await?;
        page.click("#fold_idle").await?;
        page.until("the plain axis", async || Ok(!is_broken().await?)).await
    })
}
