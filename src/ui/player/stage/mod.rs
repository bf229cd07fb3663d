//! A run as it is played: the chart, the program and the output, at a moment that moves.
//!
//! Everything that moves with a live run is in here, and it asks for its own pictures: a picture of a
//! live run renders this and nothing around it.

mod asked;
mod behind;
mod by_order;
mod found;
mod message;
mod noted;
mod played;
mod props;
mod views;

use self::found::Search;
use self::message::{Callbacks, Message};
pub use self::noted::Walk;
use self::played::Live;
pub use self::props::{Programme, StageProps};
use self::props::{asked_range, asked_task, first_look, lines_of, text_of};
use self::views::at_once;
use super::bar::{Phase, Player, Request};
use super::keys;
use super::ordered::Ordered;
use super::quiz::{Quiz, SoFar};
use super::story::Story;
use crate::parts::{self, Part};
use crate::ui::chart::{Chart, Legend, Marked};
use crate::ui::course::{Reading, Sight};
use crate::ui::panels::{
    Console, FailureNotice, Figures, Findings, Goal, Moment, Next, Output, Tab, Table,
};
use crate::ui::program::Literal;
use crate::ui::shared::Shared;
use crate::ui::shell::on_key;
use crate::ui::take::{Told, tell};
use crate::ui::whatif::Grip;
use ::chart::{Named, View, name_of};
use causes::Causes;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use timeline::{Ask, Comparison, Order, Stride};
use trace::TaskId;
use yew::prelude::*;

/// The stage.
pub struct Stage {
    playhead: f64,
    /// Whether the reader has put it there, and not the page.
    placed: bool,
    /// The place of the order where the playhead stands.
    place: usize,
    /// The run as it stands there.
    now: timeline::Shared,
    /// Whether that is of the stage's own making and of the run that is shown, so that it can be followed on.
    follows: bool,
    /// The run told by its order, where that is drawn.
    ordered: Option<Shared<Ordered>>,
    /// How the run compares with the pinned one.
    comparison: Option<Shared<Comparison>>,
    selected: Option<TaskId>,
    /// The part of the time axis that is seen, how the lanes are arranged, and what was told last of what is looked at
    /// closely.
    view: Option<View>,
    lanes: Named,
    sight: Sight,
    /// The range that figures and output are of, in seconds.
    range: Option<(f64, f64)>,
    speed: f64,
    table_shown: bool,
    /// The critical path, where it is marked on the chart.
    marked: Option<Marked>,
    /// The waits at the line of the program that was pressed last, if it has any.
    lined: Option<Marked>,
    /// What stands below the program.
    tab: Tab,
    /// While it is asked who comes next: how far that has come, and the run so far, until all of it has been shown.
    quiz: Option<(Shared<Quiz>, Option<SoFar>)>,
    /// Which note is looked at.
    note: Option<usize>,
    /// What is looked for.
    search: Option<Search>,
    /// The pinned run told by its order, where that is drawn.
    ghost_ordered: Option<Shared<Ordered>>,
    live: Option<Live>,
    /// The end of a span that can be dragged, and where the playhead stood when it was found.
    grip: Option<(Grip, f64)>,
    /// The number of the reader's program that it sets.
    literal: Option<Literal>,
    /// The span, by the indices of task and span, and the run that it was sought of.
    sought: Option<((usize, usize), timeline::Shared)>,
    /// When it is sought.
    seeking: Option<Timeout>,
    /// The phase that was told last.
    told: Phase,
    on: Callbacks,
    /// Listens for a presenter's keys.
    _keys: [Option<EventListener>; 3],
}

impl Component for Stage {
    type Message = Message;
    type Properties = StageProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let keys = link.clone();
        let presenter = |key, on| {
            let link = link.clone();
            on_key(key, move || link.send_message(Message::Turn { on }))
        };
        let mut stage = Stage {
            playhead: first_look(ctx.props()),
            placed: ctx.props().at.is_some(),
            place: 0,
            now: timeline::Shared::default(),
            follows: false,
            ordered: None,
            comparison: compare(ctx.props()),
            selected: asked_task(ctx.props()),
            view: ctx.props().asked.view,
            lanes: ctx.props().asked.lanes.clone(),
            sight: ctx.props().asked.clone(),
            range: asked_range(ctx.props()),
            speed: 1.0,
            table_shown: false,
            marked: None,
            lined: None,
            tab: Tab::default(),
            quiz: None,
            note: None,
            search: None,
            ghost_ordered: None,
            live: None,
            grip: None,
            literal: None,
            sought: None,
            seeking: None,
            told: Phase::Idle,
            on: Callbacks::of(link),
            _keys: [
                presenter("PageUp", false),
                presenter("PageDown", true),
                keys::listen(move |request| keys.send_message(Message::Player(request))),
            ],
        };
        stage.ordered = stage.by_order(ctx, ctx.props().by_order);
        stage.look(ctx);
        stage
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &StageProps) -> bool {
        let props = ctx.props();
        let same = props.example == old.example && props.about == old.about;
        if props.predicted != old.predicted {
            self.live = None;
            self.range = self.range.filter(|_| same);
            // Before a program's first run there is nothing to look at.
            let was_empty = old.predicted.look().end == 0.0;
            if same && !was_empty {
                let still_there = |task: &TaskId| props.predicted.look().task(*task).is_some();
                self.selected = self.selected.filter(still_there);
            } else {
                self.playhead = first_look(props);
                self.placed = false;
                self.selected = None;
                self.note = None;
            }
        }
        if props.predicted != old.predicted {
            self.find_anew(props);
        }
        if props.predicted != old.predicted || props.pinned != old.pinned {
            self.comparison = compare(props);
            self.order_ghost(props);
        }
        if props.asked != old.asked && !props.asked.is_plain() {
            self.selected = asked_task(props).or(self.selected);
            self.range = asked_range(props).or(self.range);
            self.view = props.asked.view.or(self.view);
            if props.asked.lanes != Named::default() {
                self.lanes = props.asked.lanes.clone();
            }
            self.sight = props.asked.clone();
        }
        let moved = props.at.filter(|_| props.at != old.at);
        self.playhead = moved.unwrap_or(self.playhead);
        self.placed |= moved.is_some();
        if props.by_order != old.by_order && props.by_order != self.ordered.is_some() {
            self.ordered = self.by_order(ctx, props.by_order);
        }
        if props.order != old.order {
            self.follows = false;
            self.lined = None;
            self.marked = self.marked.as_ref().map(|_| critical(&props.order));
            if let Some(ask) = self.quiz.as_ref().map(|(quiz, _)| quiz.ask()) {
                self.begin_asking(ctx, ask);
            }
            self.order_anew(ctx);
        }
        if props.order != old.order || moved.is_some() {
            self.look(ctx);
        }
        self.tell(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            message if message.needs_tools() && !Part::Tools.is_here() => {
                parts::again(ctx, Part::Tools, message);
                return false;
            }
            Message::Select(task) if task == self.selected => return false,
            Message::Select(task) => self.selected = task,
            Message::Range(range) if range == self.range => return false,
            Message::Range(range) => self.range = range,
            Message::Player(request) => self.request(ctx, request),
            Message::Frame => self.next_picture(ctx),
            Message::Table => self.table_shown = !self.table_shown,
            Message::Mark => {
                let shown = self.marked.is_none();
                self.lined = None;
                self.marked = shown.then(|| critical(&ctx.props().order));
            }
            Message::Line(waits) => {
                // The next of them, and after the last the first again.
                let first = |after| {
                    let times = waits.iter().map(|wait| wait.1).filter(|time| *time > after);
                    times.reduce(f64::min)
                };
                let next = first(self.playhead).or_else(|| first(f64::NEG_INFINITY));
                self.lined = next.map(|_| Shared::new(waits));
                next.into_iter().for_each(|time| self.seek(ctx, time));
            }
            Message::Goal(Goal { place, task }) => {
                self.selected = task.or(self.selected);
                self.request(ctx, Request::Place(place));
            }
            Message::Tab(tab) if tab == self.tab => return false,
            Message::Tab(tab) => {
                self.tab = tab;
                if tab == Tab::Next {
                    self.begin_asking(ctx, Ask::Lines);
                } else if self.quiz.take().is_some_and(|(_, so_far)| so_far.is_some()) {
                    self.order_anew(ctx);
                    self.look(ctx);
                }
            }
            Message::Ask(ask) => self.begin_asking(ctx, ask),
            Message::Walk(walk) => self.walk(ctx, walk),
            Message::Look(look) => self.find(ctx, look),
            Message::Answer(given) => self.answer(ctx, given),
            Message::Column(column) => {
                if let Some(ordered) = &self.ordered {
                    let place = ordered.columns.place(column);
                    self.request(ctx, Request::Place(place));
                }
            }
            Message::Axis => {
                self.ordered = self.by_order(ctx, self.ordered.is_none());
                ctx.props().on_axis.emit(self.ordered.is_some());
                self.order_ghost(ctx.props());
            }
            Message::View(view) => {
                self.view = view;
                self.tell_sight(ctx.props());
                return false;
            }
            Message::Lanes(lanes) => {
                self.lanes = lanes;
                self.tell_sight(ctx.props());
                return false;
            }
            Message::Behind => self.find_behind(ctx),
            Message::Turn { on } => {
                if !ctx.props().presenting {
                    return false;
                }
                self.request(ctx, Request::Step(Stride::Step, on));
            }
        }
        self.tell(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let StageProps { language, dark, early, failure, before, .. } = ctx.props();
        let (language, playhead, selected) = (*language, self.playhead, self.selected);
        let SoFar { timeline: predicted, layout, order } = self.run(ctx.props());
        // While it is asked who comes next, nothing tells of the rest of the run.
        let asking = self.asking();
        let failure = failure.clone().filter(|_| !asking);
        let before = before.clone().filter(|_| !asking);
        let pinned = ctx.props().pinned.as_ref().filter(|_| !asking);
        let live = self.live.as_ref().map(|live| live.timeline.clone());
        let shown = live.clone().unwrap_or_else(|| predicted.clone());
        let running = self.phase() == Phase::Running;
        let now = live.clone().filter(|_| running).unwrap_or_else(|| self.now.clone());
        let story = Story { language, order: &order, timeline: &now.look() };
        let (line, said) = (story.line(self.place), story.sentence(self.place));
        let over = if live.is_some() { self.phase() == Phase::Finished } else { !asking };
        let lines = lines_of(ctx.props());
        let python = text_of(ctx.props(), "python");
        let about = ctx.props().example.map(|example| AttrValue::from(example.id));
        let about = about.unwrap_or_else(|| ctx.props().about.to_string().into());
        let arranged = ctx.props().asked.lanes.clone();
        html! {
            <>
                <section class={classes!("panel", "hero", self.table_shown.then_some("tabular"))} aria-label={language.text("chart.heading")}>
                    <h2 class="visually-hidden">{language.text("chart.heading")}</h2>
                    <Player {language} phase={self.phase()} speed={self.speed} {playhead}
                        playable={ctx.props().example.is_some() && !asking}
                        end={predicted.look().end} on_request={&self.on.request}
                        lateness={self.live.as_ref().map(|live| live.run.lateness())}
                        is_as_predicted={self.live.as_ref().and_then(|live| live.is_as_predicted)} />
                    <p class="story" tabindex="-1"><span>{line}</span><span class="whole">{said.clone()}</span></p>
                    {self.find_bar(ctx.props())}
                    if !asking {
                        {self.compared(ctx.props())}
                        {self.notes_bar(ctx.props())}
                    }
                    if let Some(ordered) = &self.ordered {
                        <Chart {language} dark={*dark} predicted={ordered.timeline.clone()}
                            layout={ordered.layout.clone()} ordered={ordered.clone()}
                            live={live.is_some().then(|| ordered.until(self.reached()))} {over}
                            playhead={ordered.columns.column(self.place)} {selected} told={shown.clone()}
                            ghost={self.ghost(ctx.props()).filter(|_| !asking)} sought={self.sought()}
                            {arranged} on_lanes={&self.on.lanes} {about} lines={lines.clone()} {python} on_select={&self.on.select} on_seek={&self.on.column} />
                    } else {
                        <Chart {language} dark={*dark} predicted={predicted.clone()}
                            layout={layout.clone()} {live} {over} {playhead} {selected} told={shown.clone()}
                            ghost={self.ghost(ctx.props()).filter(|_| !asking)} marked={self.lined.clone().or_else(|| self.marked.clone()).filter(|_| !asking)} grip={self.grip.as_ref().map(|(grip, _)| grip.clone())} {about} lines={lines.clone()} {python} range={self.range} on_range={&self.on.range}
                            {arranged} on_lanes={&self.on.lanes} sought={self.sought()} opened={ctx.props().asked.view} on_view={&self.on.view} notes={Self::flagged(ctx.props()).filter(|_| !asking)}
                            on_select={&self.on.select} on_seek={&self.on.seek} />
                    }
                    <FailureNotice {language} timeline={predicted.clone()} error={failure} />
                    <div class="legend-bar">
                        <Legend {language} timeline={predicted.clone()} over={!asking} />
                        <button id="pin" class="button quiet" title={language.text("whatif.pin_note")}
                            onclick={ctx.props().on_pin.reform(|_: MouseEvent| true)}>
                            {language.text("whatif.pin")}
                        </button>
                        <button id="find-open" class="button quiet" aria-pressed={self.search.is_some().to_string()}
                            onclick={self.on.request.reform(|_: MouseEvent| Request::Find)}>{language.text("find.heading")}</button>
                        <button id="note-add" class="button quiet" title={language.text("note.add_note")}
                            onclick={self.on.walk.reform(|_: MouseEvent| Walk::Add)}>
                            {language.text("note.add")}
                        </button>
                        <button id="axis-toggle" class="button quiet" title={language.text("chart.by_order_note")}
                            aria-pressed={self.ordered.is_some().to_string()} onclick={&self.on.axis}>
                            {language.text("chart.by_order")}
                        </button>
                        <button id="table-toggle" class="button quiet"
                            aria-pressed={self.table_shown.to_string()} onclick={&self.on.table}>
                            {language.text("chart.show_table")}
                        </button>
                    </div>
                    if !asking {
                        <Figures {language} timeline={predicted.clone()} range={self.range} on_range={&self.on.range}
                            {selected} on_select={&self.on.select} {before}
                            pinned={pinned.as_ref().map(|pinned| pinned.timeline.clone())} />
                    <Findings {language} timeline={predicted.clone()} order={ctx.props().order.clone()} range={self.range} {selected}
                        place={self.place} early={*early} {lines} marked={self.marked.is_some()}
                        on_go={&self.on.goal} on_mark={&self.on.mark}>
                        {at_once(ctx.props())}
                    </Findings>
                    }
                    if !early {
                        <Table {language} timeline={predicted.clone()} shown={self.table_shown} />
                    }
                </section>
                if ctx.props().presenting {
                    <p class="sentence" role="status">
                        if let Some(noted) = self.noted(ctx.props()) { <span class="note">{noted}</span> }
                        {said}
                    </p>
                }
                {ctx.props().children.clone()}
                {self.program(ctx.props(), &now)}
                if *early {
                    <section class="panel output"></section>
                } else {
                    <Output {language} tab={self.tab} on_tab={&self.on.tab}>
                        if self.tab == Tab::Moment {
                            <Moment {language} order={order.clone()} place={self.place} {selected} now={now.clone()}
                                texts={ctx.props().texts.as_ref().and_then(Reading::texts).cloned()}
                                locals={ctx.props().locals.clone()} on_select={&self.on.select} />
                        } else {
                            <Console {language} timeline={shown} {playhead} {selected} range={self.range}
                                printed={(!running).then(|| now.look().lines.len())}
                                on_select={&self.on.select} on_seek={&self.on.seek} />
                        }
                        if let Some((quiz, _)) = &self.quiz {
                            <Next {language} quiz={quiz.clone()} timeline={ctx.props().predicted.clone()}
                                on_answer={&self.on.answer} on_begin={&self.on.ask} />
                        }
                    </Output>
                }
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        let live = self.live.as_ref().map(|live| live.timeline.clone());
        let shown = live.unwrap_or_else(|| self.run(ctx.props()).timeline);
        tell(Told { stage: ctx.props().clone(), shown });
    }
}

/// The critical path of a run as it is marked on the chart.
fn critical(order: &Order) -> Marked {
    let path = Causes::of(order).critical();
    Shared::new(path.iter().filter_map(|piece| Some((piece.task?, piece.from, piece.to))).collect())
}

/// How the run compares with the pinned one, if there is one.
fn compare(props: &StageProps) -> Option<Shared<Comparison>> {
    let pinned = props.pinned.as_ref()?;
    Some(Shared::new(pinned.compare(&props.predicted, &props.order, props.real)))
}

impl Stage {
    /// Says so if the player does something else than before.
    fn tell(&mut self, ctx: &Context<Self>) {
        self.seek_behind(ctx);
        let phase = self.phase();
        if phase != self.told {
            self.told = phase;
            ctx.props().on_phase.emit(phase);
        }
        self.tell_sight(ctx.props());
    }

    /// Says so if something else is looked at closely than before.
    fn tell_sight(&mut self, props: &StageProps) {
        let run = props.predicted.look();
        let task = self.selected.and_then(|task| name_of(&run, task)).map(Into::into);
        let range = self.range.map(|(from, to)| View { from, to });
        let sight = Sight { task, view: self.view, range, lanes: self.lanes.clone() };
        if sight != self.sight {
            self.sight = sight.clone();
            props.on_sight.emit(sight);
        }
    }
}
