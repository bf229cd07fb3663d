//! The page: which example, with which values, in which language. What moves is not here but in
//! [`Stage`].

use super::document::Told;
use super::header::Header;
use super::language::Language;
use super::theme;
use crate::ui::course::route::{self, Route};
use crate::ui::course::{
    About, Catalogue, ExercisePanel, Intro, Neighbours, Progress, Reading, Texts,
};
use crate::ui::panels::{Controls, Edit, Failure, LinkNotice};
use crate::ui::player::{Phase, Stage};
use crate::ui::shared::Shared;
use asyncio::RunError;
use chart::Layout;
use examples::{Args, Attempt, Example};
use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// How long the values must have stood still before the address follows, in milliseconds: browsers
/// refuse to change it often, and it costs them time.
const SETTLED: u32 = 150;

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
    texts: Reading,
    args: Shared<Args>,
    /// Values that the next picture is to be of.
    wanted: Option<Wanted>,
    refused: Vec<String>,
    /// The operation whose examples the catalogue lists.
    operation: Option<&'static str>,
    progress: Progress,
    prediction: Prediction,
    phase: Phase,
    told: Told,
    on: Callbacks,
    /// The change of the address that is due.
    address: Option<Timeout>,
    /// Keeps listening for other addresses.
    _addresses: Option<EventListener>,
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
        }
    }
}

/// What may happen.
pub enum Message {
    /// The address has changed.
    Address,
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
}

/// Values that the next picture is to be of.
struct Wanted {
    /// Until that picture's turn comes.
    next: Rc<RefCell<Option<Args>>>,
    /// The same, and after that until the run with them is here.
    latest: Args,
    _frame: AnimationFrame,
}

/// A run as it is known before it is played.
#[derive(Default)]
pub struct Prediction {
    timeline: timeline::Shared,
    layout: Shared<Layout>,
    /// How it came to a bad end, if it did.
    failure: Option<Failure>,
}

impl Prediction {
    fn of(example: &'static Example, args: &Args) -> Self {
        let recorded = run::instant(example, args, crate::BUDGET);
        let timeline = timeline::Shared::new(&recorded.events, recorded.end);
        let layout = Shared::new(Layout::of(&timeline.look()));
        Prediction { timeline, layout, failure: recorded.error.map(Failure) }
    }
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let language = props.language.unwrap_or_else(Language::preferred);
        let route = Route::read(language);
        let link = ctx.link().clone();
        let addresses = super::document::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| link.send_message(Message::Address))
        });
        let texts = props.texts.clone().filter(|texts| texts.are_of(route.example, language));
        let mut app = App {
            language,
            dark: theme::prefers_dark(),
            catalogue_open: false,
            example: route.example,
            texts: texts.map_or(Reading::Awaited(None), Reading::Here),
            args: Shared::new(route.args),
            wanted: None,
            refused: route.refused,
            operation: None,
            progress: Progress::remembered(),
            prediction: Prediction::default(),
            phase: Phase::Idle,
            told: Told::default(),
            on: Callbacks::of(ctx.link()),
            address: None,
            _addresses: addresses,
        };
        app.predict();
        if cfg!(target_arch = "wasm32") {
            app.read(ctx);
        }
        app.told.tell(app.example, app.language, app.dark);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Address => {
                let route = Route::read(self.language);
                let same = route.example == self.example;
                if same && route.args == *self.args && route.refused.is_empty() {
                    return false;
                }
                self.example = route.example;
                self.refused = route.refused;
                self.catalogue_open = false;
                self.progress.answered &= same;
                self.change(route.args);
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
                self.change_to(args, prediction);
            }
            Message::Reset => self.change(self.example.defaults()),
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
                    self.change(exercise.solution(self.example.defaults()));
                }
            }
            Message::Phase(phase) => self.phase = phase,
            Message::Dismiss => self.refused.clear(),
        }
        self.told.tell(self.example, self.language, self.dark);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (language, id, on) = (self.language, self.example.id, &self.on);
        let early = ctx.props().early;
        html! {
            <>
                <Header {language} dark={self.dark} catalogue_open={self.catalogue_open}
                    on_language={&on.language} on_theme={&on.theme} on_catalogue={&on.catalogue} />
                if early {
                    <nav class="catalogue"></nav>
                } else {
                    <Catalogue {language} current={id} open={self.catalogue_open}
                        solved={self.progress.solved.clone()} operation={self.operation}
                        on_operation={&on.operation} on_close={&on.catalogue} />
                }
                <main style={self.room()} data-state={self.phase.name()}
                    data-makespan={self.prediction.timeline.look().end.to_string()} data-example={id}>
                    <LinkNotice {language} refused={self.refused.clone()} on_dismiss={&on.dismiss} />
                    <Intro {language} example={self.example} />
                    <Neighbours {language} example={self.example} />
                    <About {language} example={self.example} texts={self.texts.clone()}
                        operation={self.operation} on_operation={&on.operation} />
                    if let (Some(texts), Some(_)) = (self.texts.texts(), self.example.exercise) {
                        <ExercisePanel key={id} {language} texts={texts.clone()}
                            checks={self.progress.checks.clone()} answered={self.progress.answered}
                            solved={self.progress.solved.contains(id)} on_answer={&on.answer} />
                    }
                    <Stage {language} dark={self.dark} {early} example={self.example}
                        args={self.args.clone()} predicted={self.prediction.timeline.clone()}
                        layout={self.prediction.layout.clone()} failure={self.prediction.failure.clone()}
                        texts={self.texts.clone()} on_phase={&on.phase}>
                        <Controls key={id} {language} example={id} texts={self.texts.clone()}
                            args={self.args.clone()} on_edit={&on.edit} on_reset={&on.reset} />
                    </Stage>
                </main>
            </>
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
    fn change(&mut self, args: Args) {
        self.wanted = None;
        let prediction = Prediction::of(self.example, &args);
        self.change_to(args, prediction);
    }

    /// Takes other values with their run, and in time tells the address.
    fn change_to(&mut self, args: Args, prediction: Prediction) {
        self.args = Shared::new(args);
        self.take(prediction);
        let (example, args, before) = (self.example, self.args.clone(), route::present());
        self.address = Some(Timeout::new(SETTLED, move || {
            // Another address that came meanwhile is the reader's, though nobody may have heard of it yet.
            if route::present() == before {
                route::replace(&route::address(example, &args));
            }
        }));
    }

    fn predict(&mut self) {
        self.take(Prediction::of(self.example, &self.args));
    }

    fn take(&mut self, prediction: Prediction) {
        let timeline = prediction.timeline.look();
        let ended_well = prediction.failure.is_none();
        self.progress.judge(self.example, &Attempt { timeline: &timeline, ended_well });
        drop(timeline);
        self.prediction = prediction;
    }

    /// How high the chart should be at least, with what is around it in its panel.
    fn room(&self) -> String {
        let notice = match &self.prediction.failure {
            Some(Failure(RunError::Stuck(stuck))) => 60.0 + 22.0 * stuck.blocked.len() as f64,
            Some(_) => 50.0,
            None => 0.0,
        };
        format!("--hero:{}px", 190.0 + notice + self.prediction.layout.least())
    }

    /// Whether the texts of the example are here, in the language of the page.
    fn has_texts(&self) -> bool {
        self.texts.texts().is_some_and(|texts| texts.are_of(self.example, self.language))
    }

    /// Asks for the texts of the example, unless they are here.
    fn read(&mut self, ctx: &Context<Self>) {
        let (example, language) = (self.example, self.language);
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
