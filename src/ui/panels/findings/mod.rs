//! What was found in a run: what went wrong or costs time, the critical path, and why the selected task runs.

mod chain;
mod path;
mod sentence;

use self::chain::Chain;
use self::path::Path;
pub use self::sentence::Lines;
use self::sentence::Sentence;
use super::describe::seconds;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use causes::{Causes, Finding, Piece, Share, findings};
use timeline::Order;
use trace::TaskId;
use yew::prelude::*;

/// Of runs with more events than these nothing is looked for before somebody asks.
const AT_ONCE: usize = 50_000;
/// Of so many places on the critical path it is told what shortening them brings.
const GAINS: usize = 8;

/// A place of the order to look at, and a task to select.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// So many events have happened.
    pub place: usize,
    /// Whom it is about.
    pub task: Option<TaskId>,
}

impl Goal {
    /// Where an event has just happened.
    fn event(event: usize, task: Option<TaskId>) -> Self {
        Goal { place: event + 1, task }
    }
}

/// What the findings are of.
#[derive(Clone, PartialEq, Properties)]
pub struct FindingsProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// Its order.
    pub order: Shared<Order>,
    /// The range that is selected, in seconds: only what was found in it is shown.
    #[prop_or_default]
    pub range: Option<(f64, f64)>,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// Where the playhead stands in the order.
    pub place: usize,
    /// Which lines of the program that is shown are which of the trace, if these are another's; empty where that is not
    /// known yet.
    pub lines: Option<AttrValue>,
    /// Whether the critical path is marked on the chart.
    pub marked: bool,
    /// Whether only its room is kept.
    pub early: bool,
    /// The reader wants to look at something.
    pub on_go: Callback<Goal>,
    /// The reader wants the critical path marked on the chart, or not.
    pub on_mark: Callback<MouseEvent>,
    /// What can be found by further runs.
    #[prop_or_default]
    pub children: Html,
}

/// What was found in a run.
#[derive(Default)]
struct Report {
    findings: Vec<Finding>,
    path: Shared<Vec<Piece>>,
    shares: Shared<Vec<Share>>,
}

/// A line that says what was found, and below it, where it is asked for, all of it.
#[component]
pub fn Findings(props: &FindingsProps) -> Html {
    let FindingsProps { language, timeline, order, early, .. } = props;
    let language = *language;
    let open = use_state_eq(|| false);
    let report = {
        let asked = !early && (*open || order.last() <= AT_ONCE);
        let timeline = timeline.clone();
        use_memo((order.clone(), asked, *open), move |(order, asked, open)| {
            if !*asked || order.last() == 0 {
                return Report::default();
            }
            let causes = Causes::of(order);
            let path = causes.critical();
            let shares = Shared::new(causes.shares(&path, if *open { GAINS } else { 0 }));
            let path = Shared::new(path);
            Report { findings: findings(&causes, &timeline.look()), path, shares }
        })
    };
    // What the range has of the path.
    let (path, shares) = {
        let (path, shares) = (report.path.clone(), report.shares.clone());
        let parts = (order.clone(), path, shares, props.range, *open);
        (*use_memo(parts, |(order, path, shares, range, open)| {
            let Some((from, to)) = *range else { return (path.clone(), shares.clone()) };
            let clipped = path.iter().map(|piece| Piece {
                from: piece.from.max(from),
                to: piece.to.min(to),
                ..piece.clone()
            });
            let path: Vec<Piece> = clipped.filter(|piece| piece.to > piece.from).collect();
            let shares = Causes::of(order).shares(&path, if *open { GAINS } else { 0 });
            (Shared::new(path), Shared::new(shares))
        }))
        .clone()
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    if *early {
        return html! { <div class="findings"></div> };
    }
    let run = timeline.look();
    let lines = Lines::of(props.lines.as_ref());
    let sentence = Sentence { language, timeline: &run, order, lines };
    let known = order.last() <= AT_ONCE || *open;
    let is_within = |finding: &&Finding| {
        let at = order.time(finding.event + 1);
        props.range.is_none_or(|(from, to)| (from..=to).contains(&at))
    };
    let found: Vec<&Finding> = report.findings.iter().filter(is_within).collect();
    let count = match found.len() {
        _ if !known => "…".to_owned(),
        0 => language.text("finding.none"),
        n => n.to_string(),
    };
    let is_about =
        |finding: &Finding| props.selected.is_none_or(|task| finding.is_about(task, &run));
    let own: Vec<&Finding> = found.iter().copied().filter(|finding| is_about(finding)).collect();
    let count = match own.len() {
        n if n < found.len() => format!("{n} / {count}"),
        _ => count,
    };
    let first = own.first().map(|finding| sentence.of(finding));
    let class = own.first().map(|finding| severity(finding));
    let row = |finding: &Finding| {
        let goal = Goal::event(finding.event, finding.task.or(finding.other));
        let why = language.text(&format!("finding.{}_note", finding.flaw.name()));
        html! {
            <li class={classes!(severity(finding), (!is_about(finding)).then_some("other"))} data-flaw={finding.flaw.name()}>
                <button type="button" class="go" onclick={props.on_go.reform(move |_| goal)}>
                    {sentence.of(finding)}
                </button>
                <span class="stake">{stake(language, finding)}</span>
                <p>{why}</p>
            </li>
        }
    };
    html! {
        <div class={classes!("findings", open.then_some("open"))}>
            <button id="findings-toggle" type="button" class="findings-head" aria-expanded={open.to_string()} onclick={toggle}>
                <b>{language.text("finding.heading")}</b>
                <span class={classes!("found", class)}>{count}</span>
                <span class="first">{first}</span>
                if let Some(share) = shares.first() {
                    <span class="most">{path::most(language, &sentence.lines, share, path::whole(&path))}</span>
                }
            </button>
            if *open {
                <div class="findings-body">
                    if found.is_empty() {
                        <p class="nothing">
                            {language.text(if report.findings.is_empty() { "finding.nothing" } else { "finding.none" })}
                        </p>
                    } else {
                        <ol class="found-list">{for found.into_iter().map(row)}</ol>
                    }
                    {props.children.clone()}
                    <Path {language} timeline={timeline.clone()} order={order.clone()} {shares} pieces={path}
                        lines={props.lines.clone()} marked={props.marked} on_mark={&props.on_mark} on_go={&props.on_go} />
                    <Chain {language} timeline={timeline.clone()} order={order.clone()} selected={props.selected}
                        place={props.place} on_go={&props.on_go} />
                </div>
            }
        </div>
    }
}

/// Whether something is wrong or only slow.
fn severity(finding: &Finding) -> &'static str {
    if finding.flaw.is_wrong() { "wrong" } else { "slow" }
}

/// The seconds at stake, and how often.
fn stake(language: Language, finding: &Finding) -> String {
    let mut parts = Vec::new();
    if finding.seconds > 0.0 {
        parts.push(format!("{} {}", seconds(finding.seconds), language.text("params.seconds")));
    }
    if finding.count > 1 {
        parts.push(format!("×{}", finding.count));
    }
    parts.join(" · ")
}
