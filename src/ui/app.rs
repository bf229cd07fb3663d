//! The page as a whole: what is shown, and what happens when the reader does something.

use super::catalogue::{Catalogue, Operations};
use super::chart::{Chart, layout};
use super::code::Code;
use super::console::Console;
use super::controls::Controls;
use super::course::Neighbours;
use super::exercise::ExercisePanel;
use super::figures::Figures;
use super::header::Header;
use super::language::{Language, rich};
use super::legend::Legend;
use super::notice::{Failure, FailureNotice, LinkNotice};
use super::palette::{DARK, LIGHT, Palette};
use super::player::{Phase, Player, Request};
use super::progress::Progress;
use super::route::{self, Route};
use super::table::Table;
use super::texts::{Reading, Texts};
use super::theme;
use crate::live::{LiveRun, LiveState};
use asyncio::RunError;
use examples::{Args, Attempt, Example};
use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use std::rc::Rc;
use timeline::Timeline;
use trace::TaskId;
use yew::prelude::*;

/// Where in an example's run the playhead stands at first: where most tasks are at something.
pub(super) const FIRST_LOOK: f64 = 0.4;

/// The page.
pub struct App {
    language: Language,
    dark: bool,
    catalogue_open: bool,
    table_shown: bool,
    example: &'static Example,
    texts: Reading,
    args: Args,
    refused: Vec<String>,
    /// The operation whose examples the catalogue lists.
    operation: Option<&'static str>,
    progress: Progress,
    predicted: Rc<Timeline>,
    failure: Option<Failure>,
    playhead: f64,
    selected: Option<TaskId>,
    speed: f64,
    live: Option<Live>,
    /// Whether the chart has been drawn once. What is around it waits for that, so that a visitor sees
    /// the chart as soon as can be.
    drawn: bool,
    /// Keeps listening for other addresses.
    _addresses: Option<EventListener>,
}

/// A live run and what is shown of it.
struct Live {
    run: LiveRun,
    timeline: Rc<Timeline>,
    /// The next picture; none when nothing moves.
    frame: Option<AnimationFrame>,
}

/// What may happen.
pub enum Message {
    /// The address has changed.
    Address,
    /// Other values of the parameters.
    Args(Args),
    /// The values to begin with.
    Reset,
    /// The other language.
    Language,
    /// The other theme.
    Theme,
    /// Open or close the catalogue where it covers the page.
    Catalogue(bool),
    /// Show or hide the table.
    Table,
    /// The chart has been drawn.
    Drawn,
    /// The texts of an example have come, or cannot be had.
    Texts(&'static str, Language, Option<Texts>),
    /// The catalogue is to list the examples that use an operation, or all.
    Operation(Option<&'static str>),
    /// The reader gives up on the exercise and wants its answer.
    Answer,
    /// Another task stands out.
    Select(Option<TaskId>),
    /// Something for the player.
    Player(Request),
    /// Time for another picture of the live run.
    Frame,
    /// The reader has read what was wrong with the address.
    Dismiss,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let language = Language::preferred();
        let route = Route::read(language);
        let link = ctx.link().clone();
        let addresses = web_sys::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| link.send_message(Message::Address))
        });
        let mut app = App {
            language,
            dark: theme::prefers_dark(),
            catalogue_open: false,
            table_shown: false,
            example: route.example,
            texts: Reading::Awaited,
            args: route.args,
            refused: route.refused,
            operation: None,
            progress: Progress::remembered(),
            predicted: Rc::default(),
            failure: None,
            playhead: 0.0,
            selected: None,
            speed: 1.0,
            live: None,
            // The first chart stands already, unless the address asks for another.
            drawn: !route::asks(),
            _addresses: addresses,
        };
        app.predict();
        app.playhead = app.predicted.end * FIRST_LOOK;
        app.settle();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Address => {
                let route = Route::read(self.language);
                let same = route.example == self.example;
                if same && route.args == self.args && route.refused.is_empty() {
                    return false;
                }
                self.example = route.example;
                self.refused = route.refused;
                self.catalogue_open = false;
                self.progress.answered &= same;
                self.change(route.args, same);
                self.read(ctx);
            }
            Message::Args(args) => self.change(args, true),
            Message::Reset => self.change(self.example.defaults(), true),
            Message::Language => {
                self.language = self.language.other();
                self.language.remember();
                self.read(ctx);
            }
            Message::Theme => {
                self.dark = !self.dark;
                theme::remember(self.dark);
            }
            Message::Catalogue(open) => self.catalogue_open = open,
            Message::Table => self.table_shown = !self.table_shown,
            Message::Drawn => {
                self.drawn = true;
                self.read(ctx);
            }
            Message::Texts(id, language, texts) => {
                if id != self.example.id || language != self.language {
                    return false; // of what was on the page before
                }
                self.texts = texts.map_or(Reading::Failed, Reading::Here);
            }
            Message::Operation(operation) => {
                self.operation = operation;
                self.catalogue_open = operation.is_some();
            }
            Message::Answer => {
                self.progress.answered = true;
                if let Some(exercise) = self.example.exercise {
                    self.change(exercise.solution(self.example.defaults()), true);
                }
            }
            Message::Select(task) => self.selected = task,
            Message::Player(request) => self.request(ctx, request),
            Message::Frame => self.next_picture(ctx),
            Message::Dismiss => self.refused.clear(),
        }
        self.settle();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let language = self.language;
        let id = self.example.id;
        let palette = self.palette();
        let (predicted, playhead, selected) =
            (self.predicted.clone(), self.playhead, self.selected);
        let live = self.live.as_ref().map(|live| live.timeline.clone());
        let shown = live.clone().unwrap_or_else(|| predicted.clone());
        let on_select = link.callback(Message::Select);
        let about = |key: &str| {
            html! {
                <div><dt>{language.text(&format!("about.{key}"))}</dt>
                <dd>{self.texts.rich(key)}</dd></div>
            }
        };
        html! {
            <>
                if self.drawn {
                    <Header {language} dark={self.dark} catalogue_open={self.catalogue_open}
                        on_language={link.callback(|()| Message::Language)}
                        on_theme={link.callback(|()| Message::Theme)}
                        on_catalogue={let open = !self.catalogue_open; link.callback(move |()| Message::Catalogue(open))} />
                    <Catalogue {language} current={id} open={self.catalogue_open}
                        solved={self.progress.solved.clone()} operation={self.operation}
                        on_operation={link.callback(Message::Operation)}
                        on_close={link.callback(|()| Message::Catalogue(false))} />
                }
                <main class={classes!((!self.drawn).then_some("first"))} style={self.room()} data-state={self.phase().name()} data-makespan={predicted.end.to_string()}
                    data-example={id}>
                    <LinkNotice {language} refused={self.refused.clone()}
                        on_dismiss={link.callback(|()| Message::Dismiss)} />
                    if self.drawn {
                        <div class="intro">
                            <h1>{rich(self.example.title(language.locale()))}</h1>
                            <p class="summary">{self.texts.rich("summary")}</p>
                            <Operations {language} operations={self.example.operations.to_vec()}
                                current={self.operation}
                                on_operation={link.callback(Message::Operation)} />
                        </div>
                        if self.texts == Reading::Failed {
                            <p class="notice about" role="status">{language.text("page.no_texts")}</p>
                        } else {
                            <dl class="about">{about("look")}{about("try")}{about("pitfall")}</dl>
                        }
                        if let (Some(texts), Some(_)) = (self.texts.texts(), self.example.exercise) {
                            <ExercisePanel key={id} {language} texts={texts.clone()}
                                checks={self.progress.checks.clone()} answered={self.progress.answered}
                                solved={self.progress.solved.contains(id)}
                                on_answer={link.callback(|()| Message::Answer)} />
                        }
                    }
                    <section class="panel hero" aria-label={language.text("chart.heading")}>
                        if self.drawn {
                            <Player {language} phase={self.phase()} speed={self.speed} {playhead}
                                end={predicted.end} on_request={link.callback(Message::Player)}
                                lateness={self.live.as_ref().map(|live| live.run.lateness())} />
                        }
                        <FailureNotice {language} timeline={predicted.clone()}
                            error={self.failure.clone()} />
                        <Chart {language} predicted={predicted.clone()} live={live} {playhead}
                            {selected} {palette} on_select={on_select.clone()}
                            on_seek={link.callback(|time| Message::Player(Request::Seek(time)))}
                            on_drawn={link.callback(|()| Message::Drawn)} />
                        if self.drawn {
                            <div class="legend-bar">
                                <Legend {language} timeline={predicted.clone()} />
                                <button id="table-toggle" class="button quiet"
                                    aria-pressed={self.table_shown.to_string()}
                                    onclick={link.callback(|_| Message::Table)}>
                                    {language.text("chart.show_table")}
                                </button>
                            </div>
                            <Figures {language} timeline={predicted.clone()} />
                            <Table {language} timeline={predicted.clone()} shown={self.table_shown} />
                        }
                    </section>
                    if self.drawn {
                        <Controls key={id} {language} example={id} texts={self.texts.clone()} args={self.args.clone()}
                            on_change={link.callback(Message::Args)}
                            on_reset={link.callback(|()| Message::Reset)} />
                        if let Some(texts) = self.texts.texts() {
                            <Code {language} texts={texts.clone()} args={self.args.clone()}
                                timeline={shown.clone()} {playhead} {selected} {palette} />
                        } else {
                            <section class="panel program"></section>
                        }
                        <Console {language} timeline={shown} playhead={self.console_end()} {selected}
                            {palette} {on_select} />
                        <Neighbours {language} example={self.example} />
                    }
                </main>
            </>
        }
    }
}

impl App {
    fn palette(&self) -> Palette {
        if self.dark { DARK } else { LIGHT }
    }

    fn phase(&self) -> Phase {
        match &self.live {
            None => Phase::Idle,
            Some(live) => match live.run.state() {
                LiveState::Ended { .. } => Phase::Finished,
                LiveState::Going if live.run.is_paused() => Phase::Paused,
                LiveState::Going => Phase::Running,
            },
        }
    }

    /// Up to when lines have been printed: a prediction shows all of them.
    fn console_end(&self) -> f64 {
        if self.live.is_some() { self.playhead } else { f64::INFINITY }
    }

    /// Takes other values, keeping the selection where the example stays.
    fn change(&mut self, args: Args, same_example: bool) {
        self.args = args;
        self.live = None;
        let before = self.predicted.end;
        self.predict();
        if same_example && before > 0.0 {
            self.playhead = self.playhead / before * self.predicted.end;
            let still_there = |task| self.predicted.task(task).is_some();
            self.selected = self.selected.filter(|task| still_there(*task));
        } else {
            self.playhead = self.predicted.end * FIRST_LOOK;
            self.selected = None;
        }
        route::replace(&route::address(self.example, &self.args));
    }

    fn predict(&mut self) {
        let recorded = run::instant(self.example, &self.args, crate::BUDGET);
        self.predicted = Rc::new(recorded.timeline());
        let ended_well = recorded.error.is_none();
        self.progress.judge(self.example, &Attempt { timeline: &self.predicted, ended_well });
        self.failure = recorded.error.map(Failure);
    }

    fn request(&mut self, ctx: &Context<Self>, request: Request) {
        match (request, self.phase()) {
            (Request::Toggle, Phase::Idle | Phase::Finished) | (Request::Restart, _) => {
                let link = ctx.link().clone();
                // Also when no pictures are drawn, as in a hidden tab, the end is noticed.
                let ended = move || link.send_message(Message::Frame);
                let run = LiveRun::start(self.example, &self.args, self.speed, ended);
                self.live = Some(Live { run, timeline: Rc::default(), frame: None });
                self.next_picture(ctx);
            }
            (Request::Toggle, Phase::Running) => {
                if let Some(live) = &self.live {
                    live.run.pause();
                }
            }
            (Request::Toggle, Phase::Paused) => {
                if let Some(live) = &self.live {
                    live.run.resume();
                }
                self.next_picture(ctx);
            }
            (Request::Leave, _) => self.live = None,
            (Request::Speed(speed), _) => {
                self.speed = speed;
                if let Some(live) = &self.live {
                    live.run.set_speed(speed);
                }
            }
            (Request::Seek(_), Phase::Running) => {}
            (Request::Seek(time), _) => self.playhead = time,
        }
    }

    /// Shows the live run as far as it has come, and asks for the next picture while it goes on.
    fn next_picture(&mut self, ctx: &Context<Self>) {
        let phase = self.phase();
        let Some(live) = &mut self.live else { return };
        live.timeline = Rc::new(live.run.timeline().look().clone());
        self.playhead = live.run.time();
        live.frame = (phase == Phase::Running).then(|| {
            let link = ctx.link().clone();
            request_animation_frame(move |_| link.send_message(Message::Frame))
        });
    }

    /// How high the chart should be at least, with what is around it in its panel.
    fn room(&self) -> String {
        let notice = match &self.failure {
            Some(Failure(RunError::Stuck(stuck))) => 60.0 + 22.0 * stuck.blocked.len() as f64,
            Some(_) => 50.0,
            None => 0.0,
        };
        format!("--hero:{}px", 190.0 + notice + layout::least(&self.predicted))
    }

    /// Asks for the texts of the example, unless they are here.
    fn read(&mut self, ctx: &Context<Self>) {
        let (example, language) = (self.example, self.language);
        if self.texts.texts().is_some_and(|texts| texts.are_of(example, language)) {
            return;
        }
        self.texts = Reading::Awaited;
        ctx.link().send_future(async move {
            let texts = Texts::fetch(example.id, language).await;
            Message::Texts(example.id, language, texts.ok())
        });
    }

    /// Tells the document what it shows.
    fn settle(&self) {
        let document = web_sys::window().and_then(|window| window.document());
        let Some(document) = document else { return };
        let title = self.example.title(self.language.locale()).replace('`', "");
        document.set_title(&self.language.fill("page.title", &[("example", &title)]));
        if let Some(root) = document.document_element() {
            // Attributes of plain text are not refused.
            let _ = root.set_attribute("lang", self.language.tag());
        }
        theme::show_theme(&document, self.dark);
    }
}
