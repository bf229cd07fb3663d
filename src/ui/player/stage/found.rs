//! What is found in the run, and the way from one place to the next.

use super::super::find::{FindBar, Look};
use super::{Programme, Stage, StageProps};
use crate::ui::course::Reading;
use crate::ui::panels::Describe;
use chart::{Hit, Row, find};
use examples::{LineMap, python_lines};
use std::collections::BTreeSet;
use trace::EventKind;
use yew::prelude::*;

/// What is looked for.
#[derive(Default)]
pub(super) struct Search {
    text: AttrValue,
    hits: Vec<Hit>,
    at: Option<usize>,
    /// The row that is to be seen, and how often one was.
    row: Option<(Row, u32)>,
}

impl Stage {
    /// Opens the field.
    pub(super) fn begin_finding(&mut self) {
        self.search.get_or_insert_default();
    }

    /// Does what the reader asks of the field.
    pub(super) fn find(&mut self, ctx: &Context<Self>, look: Look) {
        match look {
            Look::Leave => {
                self.search = None;
                crate::ui::chart::focus();
            }
            Look::For(text) => {
                let row = self.search.take().and_then(|search| search.row);
                let hits = self.hits(ctx.props(), &text);
                self.search = Some(Search { text: text.into(), hits, at: None, row });
            }
            Look::On(on) => self.go_to_hit(ctx, on),
        }
    }

    /// The run is another one: so are the places.
    pub(super) fn find_anew(&mut self, props: &StageProps) {
        if let Some(search) = self.search.take() {
            let hits = self.hits(props, &search.text);
            let at = search.at.filter(|at| *at < hits.len());
            self.search = Some(Search { hits, at, ..search });
        }
    }

    fn hits(&self, props: &StageProps, text: &str) -> Vec<Hit> {
        let run = self.run(props).timeline;
        let run = run.look();
        let describe = Describe { language: props.language, timeline: &run };
        let name = |n: usize| describe.resource(run.resources[n].id);
        let lines = lines(props, text);
        find(&run, text, &name, &|line| lines.contains(&line))
    }

    fn go_to_hit(&mut self, ctx: &Context<Self>, on: bool) {
        let run = self.run(ctx.props()).timeline;
        let run = run.look();
        let Some(search) = &mut self.search else { return };
        let count = search.hits.len();
        if count == 0 {
            return;
        }
        let next = match (search.at, on) {
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
            (None, true) => 0,
            (None, false) => count - 1,
        };
        search.at = Some(next);
        let hit = search.hits[next];
        let turn = search.row.map_or(0, |(_, turn)| turn + 1);
        let row = match hit {
            Hit::Row(row) => row,
            Hit::Site(task, _) => Row::Task(task),
            Hit::Line(n) => {
                let task = run.lines.get(n).and_then(|line| run.task_index(line.task?));
                task.map_or(Row::Loop, Row::Task)
            }
        };
        search.row = Some((row, turn));
        if let Row::Task(n) = row {
            self.selected = run.tasks.get(n).map(|lane| lane.id);
        }
        match hit {
            Hit::Row(_) => {}
            Hit::Site(task, n) => {
                let from =
                    run.tasks.get(task).and_then(|lane| lane.spans.get(n)).map(|span| span.from);
                self.seek(ctx, from.unwrap_or(self.playhead));
            }
            Hit::Line(n) => {
                let order = self.run(ctx.props()).order;
                let said = |kind: &EventKind| {
                    matches!(kind, EventKind::Printed { .. } | EventKind::Logged { .. })
                };
                let mut places =
                    order.events().iter().enumerate().filter(|(_, event)| said(&event.kind));
                if let Some((place, event)) = places.nth(n) {
                    let time = event.time;
                    drop(places);
                    self.go(&order, place + 1, time);
                    ctx.props().on_moment.emit(time);
                }
            }
        }
    }

    /// The row that is to be seen.
    pub(super) fn sought(&self) -> Option<(Row, u32)> {
        self.search.as_ref()?.row
    }

    /// The field, where it is open.
    pub(super) fn find_bar(&self, props: &StageProps) -> Html {
        let Some(search) = &self.search else { return Html::default() };
        html! {
            <FindBar language={props.language} text={search.text.clone()} at={(search.at, search.hits.len())}
                on_look={&self.on.look} />
        }
    }
}

/// The lines of the trace that are lines of the program with a text in them.
fn lines(props: &StageProps, text: &str) -> BTreeSet<u32> {
    let text = text.trim().to_lowercase();
    let numbers = |lines: &mut dyn Iterator<Item = &str>| -> BTreeSet<u32> {
        let has = |(_, line): &(u32, &str)| line.to_lowercase().contains(&text);
        (1..).zip(lines).filter(has).map(|(n, _)| n).collect()
    };
    match (&props.programme, &props.args) {
        _ if text.is_empty() => BTreeSet::new(),
        (Some(Programme::Draft(draft)), _) => numbers(&mut draft.text.lines()),
        // Of several files a number says too little.
        (Some(Programme::Recorded(sources)), _) => match &***sources {
            [(_, source)] => numbers(&mut source.lines()),
            _ => BTreeSet::new(),
        },
        (None, Some(args)) => {
            let texts = props.texts.as_ref().and_then(Reading::texts);
            let Some(texts) = texts else { return BTreeSet::new() };
            let twin = python_lines(texts.get("python").unwrap_or_default(), args);
            let found = numbers(&mut twin.iter().map(String::as_str));
            let map = LineMap::parse(texts.get("lines").unwrap_or_default());
            map.iter().filter(|(_, python)| found.contains(python)).map(|(rust, _)| rust).collect()
        }
        (None, None) => BTreeSet::new(),
    }
}
