//! The page: which example, with which values, in which language. What moves is not here but in
//! [`Stage`].

pub(super) mod address;
mod message;
mod pins;
mod reading;
mod update;
mod values;

use super::dialog::Open;
use super::divider::{Divider, Division, Line};
use super::document::{self, Told};
use super::embed;
use super::header::Header;
use super::help::Help;
use super::language::Language;
use super::prediction::{Prediction, Wanted};
use super::share::Share;
use super::theme;
use crate::parts::{self, Part};
use crate::ui::course::route::Route;
use crate::ui::course::{
    About, Catalogue, ExercisePanel, Intro, Neighbours, Progress, Reading, Sight, Texts,
};
use crate::ui::notes::Note;
use crate::ui::panels::{Controls, LinkNotice};
use crate::ui::player::{Phase, Stage};
use crate::ui::program::{self, Workshop};
use crate::ui::shared::Shared;
use crate::ui::whatif::{OrdersDialog, Pinned};
use examples::{Args, Example};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use message::{Callbacks, Message};
use yew::prelude::*;

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
    /// Whether a piece of the page could not be loaded.
    lacks: bool,
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
    /// What of the run the address asks to look at closely.
    asked: Sight,
    /// What of it the reader looks at closely.
    sight: Sight,
    /// Parts of the address that this version knows nothing of: they stay.
    unknown: Vec<String>,
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
            lacks: false,
            operation: None,
            progress: Progress::remembered(),
            prediction: Prediction::default(),
            before: None,
            pinned: route.pin.map(pins::of_link),
            changing: None,
            said: String::new(),
            at: route.looked.at,
            moment: route.looked.at,
            by_order: route.looked.by_order,
            asked: route.looked.sight.clone(),
            sight: route.looked.sight,
            unknown: route.unknown,
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
        app.refuse_nobody();
        if cfg!(target_arch = "wasm32") {
            app.read(ctx);
            app.begin_reading(ctx);
        }
        app.told.tell(app.is_of(), app.language, app.dark);
        app.tell_around();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        self.hear(ctx, message)
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
                        lacks={self.lacks} on_dismiss={&on.dismiss} on_pin={&on.pin_own} solved={self.progress.solved.clone()} on_solved={&on.solved} />
                } else {
                <main style={room} class={classes!(self.presenting.then_some("presenting"))}
                    data-state={self.phase.name()} data-example={id}
                    data-makespan={self.prediction.timeline.look().end.to_string()}>
                    <LinkNotice {language} refused={self.refused.clone()} lacks={self.lacks} on_dismiss={&on.dismiss} />
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
                        at={self.at} by_order={self.by_order} on_axis={&on.axis} asked={self.asked.clone()} on_sight={&on.sight} presenting={self.presenting}
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
