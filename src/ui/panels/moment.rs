//! What the loop, the resources and the tasks are at, at the place that is looked at.

use super::Locals;
use super::describe::{Describe, seconds};
use crate::ui::course::Texts;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use chart::Colour;
use examples::LineMap;
use timeline::{Agenda, Entry, Order, ResourceLane, Span, State, TaskLane, Timeline, Timer};
use trace::{Actor, EventKind, HandleKind, Ready, TaskId};
use yew::prelude::*;

/// How many entries of a list are shown before the rest are only counted.
const LISTED: usize = 24;

/// What the card is of.
#[derive(Clone, PartialEq, Properties)]
pub struct MomentProps {
    /// The language.
    pub language: Language,
    /// The run.
    pub order: Shared<Order>,
    /// The place of the order that is looked at.
    pub place: usize,
    /// The run as it stands there.
    pub now: timeline::Shared,
    /// The task that stands out.
    pub selected: Option<TaskId>,
    /// The texts of the example, which say to which lines of the Python those of the run belong; none where the
    /// run has the lines of the program that is shown.
    pub texts: Option<Texts>,
    /// Local variables of tasks, where the run tells them.
    pub locals: Option<Shared<Locals>>,
    /// The reader selects a task, or none.
    pub on_select: Callback<Option<TaskId>>,
}

/// The ready queue with who put each there, the timers, who holds and awaits what, where each task stands.
#[component]
pub fn Moment(props: &MomentProps) -> Html {
    let language = props.language;
    let lines = use_memo(props.texts.clone(), |texts| {
        texts.as_ref().map(|texts| LineMap::parse(texts.get("lines").unwrap_or_default()))
    });
    let timeline = props.now.look();
    let agenda = props.order.agenda(props.place);
    let card = Card { props, describe: Describe { language, timeline: &timeline }, lines: &lines };
    let part = |key: &str, content: Html| {
        html! { <><dt>{language.text(&format!("moment.{key}"))}</dt><dd data-part={key.to_owned()}>{content}</dd></> }
    };
    html! {
        <dl id="moment" class="panel-body moment" tabindex="0" aria-label={language.text("moment.heading")}>
            {part("running", card.running())}
            {part("ready", card.ready(&agenda))}
            {part("timers", card.timers(&agenda))}
            {for timeline.resources.iter().map(|lane| card.resource(lane))}
            {part("tasks", card.tasks())}
        </dl>
    }
}

/// What the parts of the card are made of.
struct Card<'a> {
    props: &'a MomentProps,
    describe: Describe<'a>,
    lines: &'a Option<LineMap>,
}

impl Card<'_> {
    fn text(&self, key: &str) -> String {
        self.props.language.text(key)
    }

    fn fill(&self, key: &str, name: &str, value: &str) -> String {
        self.props.language.fill(key, &[(name, value)])
    }

    fn timeline(&self) -> &Timeline {
        self.describe.timeline
    }

    /// The moment, in seconds.
    fn time(&self) -> f64 {
        self.timeline().end
    }

    /// A task, which can be selected.
    fn task(&self, id: TaskId) -> Html {
        let own = self.props.selected == Some(id);
        let next = (!own).then_some(id);
        html! {
            <button class="who" style={format!("--task:{}", Colour::Task(id).css())} aria-pressed={own.to_string()}
                onclick={self.props.on_select.reform(move |_: MouseEvent| next)}>{self.describe.task(id)}</button>
        }
    }

    /// Entries in their order, and how many more there are; a word for none.
    fn list(&self, class: &'static str, entries: impl ExactSizeIterator<Item = Html>) -> Html {
        let more = entries.len().saturating_sub(LISTED);
        if entries.len() == 0 {
            return html! { <span class="none">{self.text("moment.none")}</span> };
        }
        html! {
            <ol class={class}>
                {for entries.take(LISTED).map(|entry| html! { <li>{entry}</li> })}
                if more > 0 { <li class="none">{self.fill("moment.more", "n", &more.to_string())}</li> }
            </ol>
        }
    }

    fn chips(&self, tasks: &[TaskId]) -> Html {
        self.list("inline", tasks.iter().map(|task| self.task(*task)))
    }

    /// What the loop runs.
    fn running(&self) -> Html {
        let steps = self.timeline().rows().filter_map(|lane| {
            let span = lane.at(self.time())?;
            matches!(span.state, State::Running | State::Blocking).then_some(lane.id)
        });
        let mut entries: Vec<Html> = steps.map(|task| self.task(task)).collect();
        if let Some(held) = self.timeline().held_at(self.time()) {
            let until = self.fill("moment.held", "time", &seconds(held.to));
            entries.push(html! { <span class="why">{until}</span> });
        }
        let call = self.props.order.turn_at(self.props.place);
        let call = call.filter(|turn| self.props.place < turn.events.end);
        if let Some(turn) = call.filter(|turn| matches!(turn.what, Ready::Call(_))) {
            entries.push(self.call(turn.set.or(turn.entered)));
        }
        self.list("inline", entries.into_iter())
    }

    /// The ready queue, the next in front, each with who put it there.
    fn ready(&self, agenda: &Agenda) -> Html {
        let entry = |entry: &Entry| match entry.what {
            Ready::Step(task) => {
                let why = self.why(task, entry.entered);
                html! { <>{self.task(task)}<span class="why">{why}</span></> }
            }
            Ready::Call(_) => self.call(entry.set.or(entry.entered)),
        };
        self.list("steps", agenda.ready.iter().map(entry))
    }

    /// Why a task is ready.
    fn why(&self, task: TaskId, entered: Option<usize>) -> String {
        let event = entered.and_then(|n| self.props.order.events().get(n));
        match event.map(|event| &event.kind) {
            Some(EventKind::TaskCreated { parent: Some(by), .. }) => {
                self.fill("moment.created", "by", &self.describe.task(*by))
            }
            Some(EventKind::TaskCreated { parent: None, .. }) => self.text("moment.new"),
            Some(EventKind::Woken { by, .. }) => match by {
                Actor::Task(by) if *by == task => self.text("moment.gave_way"),
                Actor::Task(by) => self.fill("moment.woken", "by", &self.describe.task(*by)),
                Actor::Timer(_) => self.text("moment.timer"),
                Actor::Timeout(_) => self.text("woken.timeout"),
                Actor::Network => self.text("woken.network"),
                Actor::Outside => self.text("woken.outside"),
            },
            _ => String::new(),
        }
    }

    /// A callback, by the event that set it or put it into the queue.
    fn call(&self, n: Option<usize>) -> Html {
        let event = n.and_then(|n| self.props.order.events().get(n));
        let (key, by) = match event.map(|event| &event.kind) {
            Some(
                EventKind::HandleScheduled { kind, by, .. } | EventKind::TimerSet { kind, by, .. },
            ) => (call_of(*kind), Some(*by)),
            _ => ("moment.call.internal", None),
        };
        let by = match by {
            Some(Actor::Task(task)) => self.task(task),
            _ => Html::default(),
        };
        html! { <>{by}<span class="why">{self.text(key)}</span></> }
    }

    /// The timers, the next due in front.
    fn timers(&self, agenda: &Agenda) -> Html {
        let timer = |timer: &Timer| {
            html! { <><time>{format!("{} s", seconds(timer.due))}</time>{self.call(timer.set)}</> }
        };
        self.list("steps", agenda.timers.iter().map(timer))
    }

    /// A resource: how it stands, who holds it, who is in line for it.
    fn resource(&self, lane: &ResourceLane) -> Html {
        let time = self.time();
        let holders: Vec<TaskId> = lane.holds_at(time).filter_map(|hold| hold.holder).collect();
        let mut lines = self.describe.lines(lane, time);
        if !holders.is_empty() {
            lines.insert(0, ("holders", holders));
        }
        let line = |(key, tasks): &(&str, Vec<TaskId>)| {
            let key = self.text(&format!("moment.{key}"));
            html! { <span class="line"><span class="why">{key}</span>{self.chips(tasks)}</span> }
        };
        html! {
            <>
                <dt>{self.describe.resource(lane.id)}</dt>
                <dd data-part="resource">
                    <span class="why">{self.describe.level(lane, time)}</span>
                    {for lines.iter().map(line)}
                </dd>
            </>
        }
    }

    /// Every task that is not over: what it is at, and in which line.
    fn tasks(&self) -> Html {
        let alive = self.timeline().rows().filter_map(|lane| Some((lane, lane.at(self.time())?)));
        let alive: Vec<(&TaskLane, &Span)> = alive.collect();
        let entry = |(lane, span): &(&TaskLane, &Span)| {
            let what = self.describe.cause(span).unwrap_or_else(|| self.describe.state(span));
            let line = span.line().and_then(|line| match self.lines {
                Some(lines) => lines.python(line),
                None => Some(line),
            });
            let line = line.map(|line| self.fill("moment.line", "n", &line.to_string()));
            html! {
                <>
                    {self.task(lane.id)}
                    <span class="why">{for line.map(|line| html! { <><b>{line}</b>{" "}</> })}{what}</span>
                    {for self.variables(lane.id, span)}
                </>
            }
        };
        self.list("steps", alive.iter().map(entry))
    }

    /// The local variables of a task that stands still.
    fn variables(&self, task: TaskId, span: &Span) -> Option<Html> {
        if matches!(span.state, State::Running | State::Blocking) {
            return None;
        }
        let variables = self.props.locals.as_ref()?.at(task, self.props.place)?;
        let shown = variables.iter().map(|(name, value)| {
            let value = value.as_str().unwrap_or_default();
            let equals = if value.is_empty() { "" } else { " = " };
            html! { <code>{name}{equals}{value}</code> }
        });
        (!variables.is_empty()).then(|| html! { <span class="locals">{for shown}</span> })
    }
}

/// The key of the words for what a callback is.
fn call_of(kind: HandleKind) -> &'static str {
    match kind {
        HandleKind::Callback => "moment.call.callback",
        HandleKind::DoneCallback => "moment.call.done",
        HandleKind::Sleep => "moment.call.sleep",
        HandleKind::Timeout => "moment.call.timeout",
        HandleKind::Network => "moment.call.network",
        HandleKind::Internal => "moment.call.internal",
    }
}
