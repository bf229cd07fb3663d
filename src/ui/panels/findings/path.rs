//! The critical path: a strip of its pieces, and what each place in the program has of it.

use super::Goal;
use super::sentence::Lines;
use crate::ui::panels::describe::{Describe, seconds};
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use crate::ui::term::Term;
use causes::{Causes, Gain, Kind, Piece, Share};
use timeline::{Order, Timeline};
use yew::prelude::*;

/// Pieces beyond these are in the list only.
const STRIP: usize = 400;
/// Gains below these are none, in seconds.
const LEAST: f64 = 1e-6;

/// What the path is of.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PathProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub timeline: timeline::Shared,
    /// Its order.
    pub order: Shared<Order>,
    /// The pieces, in order of time.
    pub pieces: Shared<Vec<Piece>>,
    /// What places in the program have of it.
    pub shares: Shared<Vec<Share>>,
    /// The lines of the program, as those of the findings.
    pub lines: Option<AttrValue>,
    /// Whether it is marked on the chart.
    pub marked: bool,
    /// The reader wants it marked, or not.
    pub on_mark: Callback<MouseEvent>,
    /// The reader wants to look at something.
    pub on_go: Callback<Goal>,
}

/// The critical path.
#[component]
pub(super) fn Path(props: &PathProps) -> Html {
    let PathProps { language, order, pieces, shares, on_go, .. } = props;
    let language = *language;
    let run = props.timeline.look();
    let lines = Lines::of(props.lines.as_ref());
    let whole = whole(pieces);
    let part = |piece: &Piece| {
        let goal = Goal::event(piece.event, piece.task);
        let label = format!(
            "{} {}–{} s",
            name(
                language,
                &run,
                (piece.kind, piece.task, piece.resource),
                lines.line(piece.site.as_ref())
            ),
            seconds(piece.from),
            seconds(piece.to)
        );
        let style = format!("width:{:.3}%", piece.seconds() / whole * 100.0);
        html! {
            <i class={class(piece.kind)} {style} title={label} onclick={on_go.reform(move |_: MouseEvent| goal)}></i>
        }
    };
    let causes = Causes::of(order);
    let row = |share: &Share| {
        let goal = Goal::event(share.longest.event, share.longest.task);
        let percent = format!("{:.0}", share.seconds / whole * 100.0);
        let of =
            language.fill("path.share", &[("s", &seconds(share.seconds)), ("percent", &percent)]);
        html! {
            <li class={class(share.kind)}>
                <i></i>
                <button type="button" class="go" onclick={on_go.reform(move |_: MouseEvent| goal)}>
                    {name(language, &run, (share.kind, share.task, share.resource), lines.line(share.site.as_ref()))}
                </button>
                <span class="stake">{of}{(share.pieces > 1).then(|| format!(" ×{}", share.pieces))}</span>
                <p>{share.gain.map(|gain| gained(language, &run, &causes, share, gain))}</p>
            </li>
        }
    };
    html! {
        <section class="critical">
            <h3>
                <Term note={language.text("path.note")}>{language.text("path.heading")}</Term>
                <button id="path-toggle" type="button" class="button quiet" aria-pressed={props.marked.to_string()}
                    onclick={&props.on_mark}>{language.text("path.mark")}</button>
            </h3>
            <div class="strip" aria-hidden="true">{for pieces.iter().take(STRIP).map(part)}</div>
            <ol class="share-list">{for shares.iter().take(super::GAINS).map(row)}</ol>
            if shares.len() > super::GAINS {
                <p class="more">{language.fill("path.more", &[("n", &(shares.len() - super::GAINS).to_string())])}</p>
            }
        </section>
    }
}

/// How long a path is, in seconds.
pub(super) fn whole(pieces: &[Piece]) -> f64 {
    let ends = pieces.first().zip(pieces.last());
    ends.map_or(0.0, |(first, last)| last.to - first.from).max(f64::MIN_POSITIVE)
}

/// Who has most of the path, in a few words.
pub(super) fn most(language: Language, lines: &Lines, share: &Share, whole: f64) -> String {
    let percent = format!("{:.0}", share.seconds / whole * 100.0);
    let kind = language.text(share.kind.key());
    let line = lines
        .line(share.site.as_ref())
        .map(|n| language.fill("finding.line", &[("n", &n.to_string())]));
    let what =
        line.map_or(kind.clone(), |line| format!("{kind}{}{line}", language.text("chart.comma")));
    language.fill("path.most", &[("what", &what), ("percent", &percent)])
}

/// What something on the path is, whose, and where.
fn name(
    language: Language,
    run: &Timeline,
    (kind, task, resource): (Kind, Option<trace::TaskId>, Option<trace::ResourceId>),
    line: Option<u32>,
) -> String {
    let describe = Describe { language, timeline: run };
    let mut parts = vec![language.text(kind.key())];
    parts.extend(task.map(|task| describe.task(task)));
    parts.extend(resource.map(|id| describe.resource(id)));
    parts.extend(line.map(|n| language.fill("finding.line", &[("n", &n.to_string())])));
    parts.join(" · ")
}

/// What it brings to shorten something, and who is the limit.
fn gained(
    language: Language,
    run: &Timeline,
    causes: &Causes,
    share: &Share,
    gain: Gain,
) -> String {
    let describe = Describe { language, timeline: run };
    let whom = gain.limit.and_then(|limit| causes.whom(limit));
    let whom =
        whom.map(|task| describe.task(task)).unwrap_or_else(|| language.text("finding.somebody"));
    let moment = gain.limit.and_then(|limit| causes.order().events().get(limit));
    let moment = seconds(moment.map_or(0.0, |event| event.time));
    let less = fine(gain.up_to);
    let shorter = fine(gain.up_to * f64::from(gain.per_second));
    let n = share.times.to_string();
    let values = [
        ("less", &*less),
        ("shorter", &*shorter),
        ("n", &*n),
        ("task", &*whom),
        ("time", &*moment),
    ];
    let key = match (gain.per_second, gain.limit) {
        _ if gain.up_to <= LEAST => "path.gain_none",
        (_, _) if !gain.up_to.is_finite() => return String::new(),
        (0, _) => "path.gain_nothing",
        (_, None) if share.times > 1 => "path.gain_each_all",
        (_, None) => "path.gain_all",
        (_, Some(_)) if share.times > 1 => "path.gain_each",
        (_, Some(_)) => "path.gain",
    };
    language.fill(key, &values)
}

/// Seconds, with as many decimals as it takes to see them.
fn fine(value: f64) -> String {
    if value < 0.095 { format!("{value:.3}") } else { seconds(value) }
}

/// The class of a kind of piece.
fn class(kind: Kind) -> String {
    kind.key().replace('.', "-")
}
