//! A run as a page of its own.

use super::told::Told;
use crate::ui::chart::svg;
use crate::ui::course::Reading;
use crate::ui::panels::{cells, facts, seconds};
use crate::ui::player::Programme;
use crate::ui::shell::{Language, window};
use export::Page;
use timeline::Timeline;

/// The page: picture, parameters, figures, output, program, table.
pub fn page(told: &Told, title: &str) -> String {
    let (stage, language) = (&told.stage, told.stage.language);
    let run = told.shown.look();
    let mut page = Page::new(language.tag(), title);
    if let Some(address) = window().and_then(|window| window.location().href().ok()) {
        page.link(&address, &address);
    }
    if let Some(svg) = svg(title, true, &told.flags()) {
        page.picture(&svg);
    }
    let notes = stage
        .notes
        .iter()
        .enumerate()
        .map(|(n, note)| (format!("{} · {} s", n + 1, seconds(note.from)), note.text.clone()));
    page.facts(&language.text("note.heading"), &notes.collect::<Vec<_>>());
    let params: Vec<(String, String)> = stage.args.as_deref().map_or_else(Vec::new, |args| {
        args.iter().map(|(param, value)| (param.name.to_owned(), value.python())).collect()
    });
    page.facts(&language.text("params.heading"), &params);
    let (mut figures, waited) = facts(language, &run);
    if let Some(failure) = &stage.failure {
        figures.push((language.text("table.state"), failure.0.to_string()));
    }
    page.facts(&language.text("figures.heading"), &figures);
    page.facts(&language.text("figures.waited"), &waited);
    page.table(&language.text("console.heading"), &heads(language), &output(&run));
    for (name, text) in programs(told) {
        page.code(&name, &text);
    }
    let (head, rows) = cells(language, &run);
    page.table(&language.text("table.heading"), &head, &rows);
    page.finish()
}

fn heads(language: Language) -> Vec<String> {
    ["table.from", "table.task", "console.heading"].map(|key| language.text(key)).to_vec()
}

/// What was printed, by whom and when.
fn output(run: &Timeline) -> Vec<Vec<String>> {
    let lines = run.lines.iter().map(|line| {
        let task = line.task.and_then(|task| run.task(task));
        let task = task.map_or_else(String::new, |lane| lane.name.to_string());
        vec![seconds(line.time), task, line.text.to_string()]
    });
    lines.collect()
}

/// The programs, with their names.
fn programs(told: &Told) -> Vec<(String, String)> {
    let (stage, language) = (&told.stage, told.stage.language);
    let heading = language.text("code.heading");
    match (&stage.programme, &stage.args) {
        (Some(Programme::Draft(draft)), _) => vec![(heading, draft.text.to_string())],
        (Some(Programme::Recorded(sources)), _) => (**sources).clone(),
        (None, Some(args)) => {
            let texts = stage.texts.as_ref().and_then(Reading::texts);
            let twin = texts.and_then(|texts| texts.get("python"));
            twin.map(|twin| (heading, examples::python_source(twin, args))).into_iter().collect()
        }
        (None, None) => Vec::new(),
    }
}
