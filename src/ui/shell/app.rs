//! The page: which example, with which values, in which language. What moves is not here but in
//! [`Stage`].

use super::dialog::Open;
use super::divider::{Divider, Division, Line};
use super::document::{self, Told};
use super::embed::{self, Asked};
use super::header::Header;
use super::help::Help;
use super::language::Language;
use super::prediction::{Prediction, Wanted};
use super::share::Share;
use super::theme;
use crate::parts::{self, Part};
use crate::ui::course::route::{self, Route};
use crate::ui::course::{
    About, Catalogue, ExercisePanel, Intro, Neighbours, Progress, Reading, Texts,
};
use crate::ui::notes::Note;
use crate::ui::panels::{Controls, Edit, LinkNotice, seconds};
use crate::ui::player::{Phase, Stage};
use crate::ui::program::{self, Workshop};
use crate::ui::shared::Shared;
use crate::ui::whatif::{OrdersDialog, Pinned, Source};
use asyncio::World;
use examples::{Args, Attempt, Example};
use gloo_events::EventListener;
use gloo_render::request_animation_frame;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// How long the values must have stood still before the address follows, in milliseconds: browsers
/// refuse to change it often, and it costs them time.
const SETTLED: u32 = 150;

/// How long they must have stood still before the next change is another one, in milliseconds: what is said of a change
/// is said of all of a slider's way.
const CHANGED: u32 = 700;

/// How long an example must have been open to count as read, in milliseconds.
const READ: u32 = 4000;

/// What the page starts with.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub struct AppProps {
    /// Whether it is the picture that stands before the page's program has come: what is below the
    /// chart and the catalogue is still empty.
    #[prop_or_default]
    pub early: bool,
    /// The language; the reader's where none is given.
    #[prop_or_default]
    pub language: Option<Language>,
    /// The words of the first example, if they are here already.
    #[prop_or_default]
    pub texts: Option<Texts>,
}

/// The page.
pub struct App {
    language: Language,
    dark: bool,
    catalogue_open: bool,
    example: &'static Example,
    /// What is noted on its run.
    notes: Shared<Vec<Note>>,
    /// Whether the page is being put on paper, which is light.
    printing: bool,
    /// The program that is on the page instead of an example.
    own: Option<program::Address>,
    texts: Reading,
    args: Shared<Args>,
    /// Values that the next picture is to be of.
    wanted: Option<Wanted>,
    refused: Vec<String>,
    /// The operation whose examples the catalogue lists.
    operation: Option<&'static str>,
    progress: Progress,
    prediction: Prediction,
    /// The run before the last change of parameters.
    before: Option<timeline::Shared>,
    /// The run that others are compared with.
    pinned: Option<Shared<Pinned>>,
    /// Until when changes count as one.
    changing: Option<Timeout>,
    /// What the last change led to, for those who hear the page.
    said: String,
    /// The moment that the address asks for, in seconds.
    at: Option<f64>,
    /// The moment that the reader looks at, if it is one of their own choice, in seconds.
    moment: Option<f64>,
    /// Whether the run is drawn by its order.
    by_order: bool,
    phase: Phase,
    presenting: bool,
    dialog: Option<Open>,
    division: Division,
    /// Whether another example is to be shown from its top.
    opened: bool,
    told: Told,
    on: Callbacks,
    /// The change of the address that is due.
    address: Option<Timeout>,
    /// When the example counts as read.
    reading: Option<Timeout>,
    /// Keeps listening for other addresses and for keys.
    _listeners: [Option<EventListener>; 5],
}

/// What the parts of the page call; made once, so that they are equal whenever they are compared.
struct Callbacks {
    language: Callback<()>,
    theme: Callback<()>,
    catalogue: Callback<bool>,
    operation: Callback<Option<&'static str>>,
    edit: Callback<Edit>,
    reset: Callback<()>,
    dismiss: Callback<()>,
    answer: Callback<()>,
    phase: Callback<Phase>,
    moment: Callback<f64>,
    axis: Callback<bool>,
    attempt: Callback<String>,
    again: Callback<()>,
    present: Callback<bool>,
    dialog: Callback<Option<Open>>,
    divide: Callback<(Line, Option<f64>)>,
    pin: Callback<bool>,
    pin_own: Callback<Option<Shared<Pinned>>>,
    solved: Callback<&'static Example>,
    orders: Callback<()>,
    world: Callback<Option<World>>,
    notes: Callback<Vec<Note>>,
}

impl Callbacks {
    fn of(link: &yew::html::Scope<App>) -> Self {
        Callbacks {
            language: link.callback(|()| Message::Language),
            theme: link.callback(|()| Message::Theme),
            catalogue: link.callback(Message::Catalogue),
            operation: link.callback(Message::Operation),
            edit: link.callback(Message::Edit),
            reset: link.callback(|()| Message::Reset),
            dismiss: link.callback(|()| Message::Dismiss),
            answer: link.callback(|()| Message::Answer),
            phase: link.callback(Message::Phase),
            moment: link.callback(Message::Moment),
            axis: link.callback(Message::Axis),
            attempt: link.callback(Message::Try),
            again: link.callback(|()| Message::Again),
            present: link.callback(Message::Present),
            dialog: link.callback(Message::Dialog),
            divide: link.callback(|(line, size)| Message::Divide(line, size)),
            pin: link.callback(Message::Pin),
            pin_own: link.callback(Message::PinOwn),
            solved: link.callback(Message::Solved),
            orders: link.callback(|()| Message::Dialog(Some(Open::Orders))),
            world: link.callback(Message::World),
            notes: link.callback(Message::Notes),
        }
    }
}

/// What may happen.
pub enum Message {
    /// The address has changed.
    Address,
    /// What the address asks for has come; or cannot be had.
    Fetched(bool),
    /// Another value of a parameter.
    Edit(Edit),
    /// The run with the values that were wanted, in time for the picture.
    Frame(&'static str, Args, Prediction),
    /// The values to begin with.
    Reset,
    /// The other language.
    Language,
    /// The other theme.
    Theme,
    /// Open or close the catalogue where it covers the page.
    Catalogue(bool),
    /// The texts of an example have come, or cannot be had.
    Texts(&'static str, Language, Option<Texts>),
    /// The catalogue is to list the examples that use an operation, or all.
    Operation(Option<&'static str>),
    /// The reader gives up on the exercise and wants its answer.
    Answer,
    /// The player does something else.
    Phase(Phase),
    /// The reader has read what was wrong with the address.
    Dismiss,
    /// The reader looks at another moment, in seconds.
    Moment(f64),
    /// The run is drawn by its order, or by time.
    Axis(bool),
    /// Values that the words of the example propose, as in a link; the others as they are to begin with.
    Try(String),
    /// The texts that could not be had are to be fetched again.
    Again,
    /// They have come, or the program of the example has, as far as it can be had.
    Come,
    /// Values have stood still for long enough.
    Changed,
    /// The example has been open for long enough.
    Read(&'static str),
    /// Show the page to a room, or no longer.
    Present(bool),
    /// Open something over the page, or close it.
    Dialog(Option<Open>),
    /// Something that is wanted seldom cannot be had.
    Missed,
    /// Move a line between two parts of the page.
    Divide(Line, Option<f64>),
    /// Away from whatever covers the page.
    Escape,
    /// Pin the run of the example, or compare with none.
    Pin(bool),
    /// Pin a run of the reader's program, or compare with none.
    PinOwn(Option<Shared<Pinned>>),
    /// The reader has solved an exercise by editing its program.
    Solved(&'static Example),
    /// Let the example run in this world, or as it says.
    World(Option<World>),
    /// Other notes.
    Notes(Vec<Note>),
    /// The page is put on paper, or no longer.
    Print(bool),
    /// The page around asks for something.
    Asked(Asked),
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let language = props.language.unwrap_or_else(Language::preferred);
        let mut route = Route::read(language);
        if program::Address::present(language).is_some() {
            // It asks for no example, so none is missed.
            route.refused.clear();
        }
        let link = ctx.link().clone();
        let addresses = document::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| link.send_message(Message::Address))
        });
        let link = ctx.link().clone();
        let keys = document::on_key("Escape", move || link.send_message(Message::Escape));
        parts::on_missed(ctx.link().callback(|()| Message::Missed));
        let link = ctx.link().clone();
        let around = embed::listen(move |asked| link.send_message(Message::Asked(asked)));
        let print = |name: &'static str, printing| {
            let link = ctx.link().clone();
            let window = document::window()?;
            let print = move |_: &_| link.send_message(Message::Print(printing));
            Some(EventListener::new(&window, name, print))
        };
        let (paper, screen) = (print("beforeprint", true), print("afterprint", false));
        let texts = props.texts.clone().filter(|texts| texts.are_of(route.example, language));
        let mut app = App {
            language,
            dark: theme::prefers_dark(),
            catalogue_open: false,
            example: route.example,
            notes: Shared::new(route.notes),
            printing: false,
            own: program::Address::present(language).filter(|_| Part::Own.is_here()),
            texts: texts.map_or(Reading::Awaited(None), Reading::Here),
            args: Shared::new(route.args),
            wanted: None,
            refused: route.refused,
            operation: None,
            progress: Progress::remembered(),
            prediction: Prediction::default(),
            before: None,
            pinned: route.pin.map(of_link),
            changing: None,
            said: String::new(),
            at: route.at,
            moment: route.at,
            by_order: route.by_order,
            phase: Phase::Idle,
            presenting: false,
            dialog: None,
            division: Division::remembered(),
            opened: false,
            told: Told::default(),
            on: Callbacks::of(ctx.link()),
            address: None,
            reading: None,
            _listeners: [addresses, keys, around, paper, screen],
        };
        app.take(Prediction::of(app.example, &app.args));
        if cfg!(target_arch = "wasm32") {
            app.read(ctx);
            app.begin_reading(ctx);
        }
        app.told.tell(app.example, app.language, app.dark);
        app.tell_around();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            // The address may have changed once more meanwhile.
            Message::Fetched(true) => return Component::update(self, ctx, Message::Address),
            Message::Address if !asked_for(self.language).iter().all(|part| part.is_here()) => {
                // What is on the page stays until it can be replaced.
                let parts = asked_for(self.language);
                ctx.link().send_future(async { Message::Fetched(parts::fetch(parts).await) });
                return false;
            }
            Message::Address | Message::Fetched(false) => {
                let own = program::Address::present(self.language);
                if own.is_some() && !Part::Own.is_here() {
                    self.miss();
                    return true;
                }
                let was_own = std::mem::replace(&mut self.own, own).is_some();
                if self.own.is_some() {
                    self.catalogue_open = false;
                    self.refused.clear();
                    return true;
                }
                if was_own {
                    // The title is that of a program.
                    self.told = Told::default();
                }
                let route = Route::read(self.language);
                let same = route.example == self.example;
                let same_moment = route.at.is_none() || route.at == self.moment;
                self.by_order |= route.by_order;
                if same
                    && same_moment
                    && !was_own
                    && route.args == *self.args
                    && route.refused.is_empty()
                    && route.pin.is_none()
                    && route.notes == *self.notes
                {
                    self.catalogue_open = false;
                    return true;
                }
                if let Some(pin) = route.pin {
                    self.pinned = Some(of_link(pin));
                }
                self.example = route.example;
                self.notes = Shared::new(route.notes);
                self.refused = route.refused;
                self.catalogue_open = false;
                self.progress.answered &= same;
                (self.at, self.moment) = (route.at, route.at.or(self.moment.filter(|_| same)));
                self.change(ctx, route.args);
                if !same {
                    (self.before, self.changing, self.opened) = (None, None, true);
                    self.pinned = self.kept();
                    self.begin_reading(ctx);
                }
                self.read(ctx);
            }
            Message::Edit(edit) => return self.want(ctx, &edit),
            Message::Frame(id, args, prediction) => {
                let Some(wanted) = self.wanted.as_ref().filter(|_| id == self.example.id) else {
                    return false; // of what was on the page before
                };
                if wanted.next.borrow().is_none() {
                    self.wanted = None;
                }
                self.change_to(ctx, args, prediction);
            }
            Message::Reset => self.change(ctx, self.example.defaults()),
            Message::Try(values) => {
                let mut args = self.example.defaults();
                // A test sees to it that all are allowed.
                let _ = args.set_all(&values);
                self.show_before();
                self.change(ctx, args);
            }
            Message::Language => {
                self.language = self.language.other();
                self.language.remember();
                self.read(ctx);
            }
            Message::Again if !Part::of(self.example).is_here() => {
                let parts = vec![Part::of(self.example)];
                ctx.link().send_future(async {
                    parts::fetch(parts).await;
                    Message::Come
                });
                return false;
            }
            Message::Again => self.read(ctx),
            Message::Come => {
                self.change(ctx, (*self.args).clone());
                self.read(ctx);
            }
            Message::Theme => {
                self.dark = !self.dark;
                theme::remember(self.dark);
            }
            Message::Catalogue(open) => self.catalogue_open = open,
            Message::Escape if self.dialog.is_some() => return false, // it closes itself
            Message::Escape if self.catalogue_open => {
                self.catalogue_open = false;
                document::focus("open-catalogue");
            }
            Message::Escape if self.presenting => self.presenting = false,
            Message::Escape => return false,
            Message::Present(presenting) => {
                self.presenting = presenting;
                self.catalogue_open = false;
            }
            Message::Dialog(Some(dialog)) if !Part::Tools.is_here() => {
                let link = ctx.link().clone();
                parts::with(Part::Tools, move || link.send_message(Message::Dialog(Some(dialog))));
                return false;
            }
            Message::Missed => self.miss(),
            Message::Dialog(dialog) => self.dialog = dialog,
            Message::Divide(line, size) => self.division.put(line, size),
            Message::Moment(moment) => {
                self.moment = Some(moment);
                // What the address or the page around asked for has been left.
                self.at = None;
                self.tell_address();
                return false;
            }
            Message::Axis(by_order) => {
                self.by_order = by_order;
                self.tell_address();
            }
            Message::Read(id) => {
                self.progress.has_read(id);
                route::remember();
            }
            Message::Changed => {
                self.changing = None;
                self.said = self.what_changed();
            }
            Message::Texts(id, language, texts) => {
                if id != self.example.id || language != self.language {
                    return false; // of what was on the page before
                }
                if texts.is_none() && self.has_texts() {
                    return false; // asked for twice, and the other answer was better
                }
                self.texts = texts.map_or(Reading::Failed, Reading::Here);
            }
            Message::Operation(operation) => {
                self.operation = operation;
                self.catalogue_open |= operation.is_some();
            }
            Message::Answer => {
                self.progress.answered = true;
                if let Some(exercise) = self.example.exercise {
                    self.change(ctx, exercise.solution(self.example.defaults()));
                }
            }
            Message::Phase(phase) => self.phase = phase,
            Message::Dismiss => self.refused.clear(),
            Message::Pin(pin) => {
                self.pinned = pin.then(|| self.pin(true));
                self.tell_address();
            }
            Message::PinOwn(pinned) => self.pinned = pinned,
            Message::Solved(example) => {
                // Not by the answer that was looked at before.
                if !(self.progress.answered && example.id == self.example.id) {
                    self.progress.solve(example.id);
                }
            }
            Message::Notes(notes) => {
                self.notes = Shared::new(notes);
                self.tell_address();
            }
            Message::Print(printing) => self.printing = printing,
            Message::Asked(asked) => self.asked(ctx, asked),
            Message::World(world) => {
                self.dialog = None;
                if world.is_some() {
                    self.show_before();
                }
                let mut args = (*self.args).clone();
                args.set_world(world);
                self.change(ctx, args);
            }
        }
        self.told.tell(self.example, self.language, self.dark && !self.printing);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (language, id, on) = (self.language, self.example.id, &self.on);
        let early = ctx.props().early;
        let room = format!("--hero:{}px{}", self.prediction.room(), self.division.css());
        html! {
            <>
                <Header {language} dark={self.dark} catalogue_open={self.catalogue_open}
                    on_language={&on.language} on_theme={&on.theme} on_catalogue={&on.catalogue}
                    on_present={&on.present} on_dialog={&on.dialog} />
                if let Some(own) = &self.own {
                    <Workshop {language} dark={self.dark && !self.printing} address={own.clone()} pinned={self.kept()}
                        on_pin={&on.pin_own} solved={self.progress.solved.clone()} on_solved={&on.solved} />
                } else {
                <main style={room} class={classes!(self.presenting.then_some("presenting"))}
                    data-state={self.phase.name()} data-example={id}
                    data-makespan={self.prediction.timeline.look().end.to_string()}>
                    <LinkNotice {language} refused={self.refused.clone()} on_dismiss={&on.dismiss} />
                    <Intro {language} example={self.example} />
                    <Neighbours {language} example={self.example} presenting={self.presenting}
                        on_present={&on.present} on_dialog={&on.dialog} />
                    <About {language} example={self.example} texts={self.texts.clone()}
                        operation={self.operation} on_operation={&on.operation} on_try={&on.attempt} on_again={&on.again} />
                    if let (Some(texts), Some(_)) = (self.texts.texts(), self.example.exercise) {
                        <ExercisePanel key={id} {language} texts={texts.clone()}
                            checks={self.progress.checks.clone()} answered={self.progress.answered}
                            solved={self.progress.solved.contains(id)} on_answer={&on.answer} />
                    }
                    <Stage {language} dark={self.dark && !self.printing} {early} notes={self.notes.clone()} on_notes={&on.notes} example={self.example}
                        args={self.args.clone()} predicted={self.prediction.timeline.clone()}
                        layout={self.prediction.layout.clone()} order={self.prediction.order.clone()}
                        failure={self.prediction.failure.clone()}
                        before={self.before.clone()} pinned={self.pinned.clone()} on_pin={&on.pin} on_edit={&on.edit}
                        at={self.at} by_order={self.by_order} on_axis={&on.axis} presenting={self.presenting}
                        texts={self.texts.clone()} on_phase={&on.phase} on_moment={&on.moment}>
                        <Controls key={id} {language} example={id} texts={self.texts.clone()}
                            args={self.args.clone()} on_edit={&on.edit} on_reset={&on.reset}
                            on_orders={&on.orders} on_world={&on.world} />
                        <Divider {language} line={Line::Beside} on_move={&on.divide} />
                        <Divider {language} line={Line::Output} on_move={&on.divide} />
                    </Stage>
                    <p class="visually-hidden" role="status" id="said">{&self.said}</p>
                    if embed::is_embedded() {
                        <a id="embed-open" href={self.address()} target="_blank" rel="noopener"
                            onclick={|event: MouseEvent| embed::open_whole(&event)}>{language.text("embed.open")}</a>
                    }
                </main>
                }
                if early {
                    <nav class="catalogue"></nav>
                } else {
                    <Catalogue {language} current={if self.own.is_some() { "" } else { id }} open={self.catalogue_open}
                        solved={self.progress.solved.clone()} read={self.progress.read.clone()}
                        operation={self.operation} on_operation={&on.operation} on_close={&on.catalogue} />
                }
                {match self.dialog {
                    Some(Open::Help) => html! { <Help {language} on_close={on.dialog.reform(|()| None)} /> },
                    Some(Open::Share) => html! {
                        <Share {language} address={self.address()} on_close={on.dialog.reform(|()| None)} />
                    },
                    Some(Open::Orders) => html! {
                        <OrdersDialog {language} example={self.example} args={self.args.clone()}
                            on_world={&on.world} on_close={on.dialog.reform(|()| None)} />
                    },
                    None => Html::default(),
                }}
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.opened) {
            document::to_the_top();
        }
    }
}

impl App {
    /// Takes another value for the next picture. However many come before it, the example runs once.
    fn want(&mut self, ctx: &Context<Self>, edit: &Edit) -> bool {
        let mut args = match &self.wanted {
            Some(wanted) => wanted.latest.clone(),
            None => (*self.args).clone(),
        };
        if !edit.apply(&mut args) {
            return false;
        }
        if let Some(wanted) = &mut self.wanted
            && wanted.next.borrow().is_some()
        {
            wanted.next.replace(Some(args.clone()));
            wanted.latest = args;
            return false;
        }
        let next = Rc::new(RefCell::new(Some(args.clone())));
        let (link, example, taken) = (ctx.link().clone(), self.example, next.clone());
        // The run is made here and not where the message comes: what renders a page lets the browser go first
        // when it has been at work for a frame's time, and then the picture would be of the frame after.
        let frame = request_animation_frame(move |_| {
            let Some(args) = taken.take() else { return };
            let prediction = Prediction::of(example, &args);
            link.send_message(Message::Frame(example.id, args, prediction));
        });
        self.wanted = Some(Wanted { next, latest: args, _frame: frame });
        false
    }

    /// Takes other values.
    fn change(&mut self, ctx: &Context<Self>, args: Args) {
        self.wanted = None;
        let prediction = Prediction::of(self.example, &args);
        self.change_to(ctx, args, prediction);
    }

    /// Takes other values with their run, and in time tells the address.
    fn change_to(&mut self, ctx: &Context<Self>, args: Args, prediction: Prediction) {
        self.args = Shared::new(args);
        if self.changing.is_none() {
            self.before = Some(self.prediction.timeline.clone());
        }
        let link = ctx.link().clone();
        let changed = move || link.send_message(Message::Changed);
        self.changing = Some(Timeout::new(CHANGED, changed));
        self.take(prediction);
        self.tell_address();
    }

    /// The run on the page, to be compared with others.
    fn pin(&self, kept: bool) -> Shared<Pinned> {
        pinned(self.example, (*self.args).clone(), kept, &self.prediction)
    }

    /// Compares what comes with what is on the page, unless the reader has pinned something else.
    fn show_before(&mut self) {
        if self.kept().is_none() {
            self.pinned = Some(self.pin(false));
        }
    }

    /// The run that the reader has pinned.
    fn kept(&self) -> Option<Shared<Pinned>> {
        self.pinned.clone().filter(|pinned| pinned.kept)
    }

    /// The address of what is on the page.
    fn address(&self) -> String {
        let kept = self.kept();
        let pin = match kept.as_ref().map(|pinned| &pinned.source) {
            Some(Source::Example(example, args)) => Some((*example, args)),
            _ => None,
        };
        route::address(self.example, &self.args, self.moment, self.by_order, pin, &self.notes)
    }

    /// In time tells the address, when values and moment have come to rest.
    fn tell_address(&mut self) {
        let address = self.address();
        let before = route::present();
        let (end, at) = (self.prediction.timeline.look().end, self.moment);
        self.address = Some(Timeout::new(SETTLED, move || {
            // Another address that came meanwhile is the reader's, though nobody may have heard of it yet.
            if route::present() == before {
                route::replace(&address);
            }
            embed::tell(&address, end, at);
        }));
    }

    /// Tells the page around, if there is one, what is shown.
    fn tell_around(&self) {
        embed::tell(&self.address(), self.prediction.timeline.look().end, self.moment);
    }

    /// Does what the page around asks for, as far as a link could.
    fn asked(&mut self, ctx: &Context<Self>, asked: Asked) {
        match asked {
            Asked::Seek(at) => {
                (self.at, self.moment) = (Some(at), Some(at));
                self.tell_address();
            }
            Asked::Set(values) => {
                let mut args = (*self.args).clone();
                for (name, value) in values.split('&').filter_map(|pair| pair.split_once('=')) {
                    // What is not allowed stays as it is.
                    let _ = args.set(name, value);
                }
                self.change(ctx, args);
            }
            Asked::Open(address) => {
                if let Some(window) = document::window() {
                    // The change is heard as any other.
                    let _ = window.location().set_hash(&address);
                }
            }
        }
    }

    fn take(&mut self, prediction: Prediction) {
        let timeline = prediction.timeline.look();
        let ended_well = prediction.failure.is_none();
        // What holds in one world by luck is no solution.
        if self.args.world().is_none() {
            self.progress.judge(self.example, &Attempt { timeline: &timeline, ended_well });
        }
        drop(timeline);
        self.prediction = prediction;
    }

    /// What the last change led to, in words.
    fn what_changed(&self) -> String {
        let now = seconds(self.prediction.timeline.look().end);
        let was = self.before.as_ref().map(|run| seconds(run.look().end));
        let was = was.unwrap_or_else(|| now.clone());
        self.language.fill("figures.said", &[("now", &now), ("was", &was)])
    }

    /// From now on the example is being read.
    fn begin_reading(&mut self, ctx: &Context<Self>) {
        let (link, id) = (ctx.link().clone(), self.example.id);
        self.reading = Some(Timeout::new(READ, move || link.send_message(Message::Read(id))));
    }

    /// Says that a part of the page's program cannot be had.
    fn miss(&mut self) {
        self.refused = vec![self.language.text("page.no_part").to_string()];
    }

    /// Whether the texts of the example are here, in the language of the page.
    fn has_texts(&self) -> bool {
        self.texts.texts().is_some_and(|texts| texts.are_of(self.example, self.language))
    }

    /// Asks for the texts of the example, unless they are here.
    fn read(&mut self, ctx: &Context<Self>) {
        let (example, language) = (self.example, self.language);
        if !Part::of(example).is_here() {
            // Without a run the words say nothing true.
            self.texts = Reading::Failed;
            return;
        }
        if self.has_texts() {
            return;
        }
        // Those in the other language stay until then, so that nothing below them moves up and down.
        if !self.texts.texts().is_some_and(|texts| texts.are_of(example, language.other())) {
            self.texts = Reading::Awaited(self.texts.last().cloned());
        }
        ctx.link().send_future(async move {
            let texts = Texts::fetch(example.id, language).await;
            Message::Texts(example.id, language, texts.ok())
        });
    }
}

/// The parts of the page's program that the address asks for.
pub fn asked_for(language: Language) -> Vec<Part> {
    if program::Address::present(language).is_some() {
        return vec![Part::Own];
    }
    let route = Route::read(language);
    [route.example].into_iter().chain(route.pin.map(|(example, _)| example)).map(Part::of).collect()
}

/// A run of an example, to be compared with others.
fn pinned(example: &'static Example, args: Args, kept: bool, run: &Prediction) -> Shared<Pinned> {
    let (timeline, order) = (run.timeline.clone(), run.order.clone());
    let source = Source::Example(example, args);
    Shared::new(Pinned { source, kept, timeline, order, real: false })
}

/// The run that a link pins.
fn of_link((example, args): (&'static Example, Args)) -> Shared<Pinned> {
    let run = Prediction::of(example, &args);
    pinned(example, args, true, &run)
}
