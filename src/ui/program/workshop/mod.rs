//! The page of a program that the reader writes, or of a trace that was recorded elsewhere.

mod asked;
mod attempt;
mod keeping;
mod message;
mod notice;
mod opening;
mod running;

use self::attempt::Exercised;
use self::message::Message;
use self::opening::SAMPLE_NAMES;
use self::running::{PATIENCE, State};
use super::address::{self, Address};
use super::agree::wire;
use super::answer::{Answer, Refusal};
use super::constants::{Constant, Constants};
use super::editor::Draft;
use super::engine;
use super::files;
use super::recording::Recorded;
use super::settings::{self, Settings};
use super::toolbar::{Ask, Toolbar};
use super::trials::{Trials, What};
use super::{kept, script};
use crate::ui::course::{Looked, Sight, route};
use crate::ui::notes::Note;
use crate::ui::panels::LinkNotice;
use crate::ui::player::{Programme, Stage};
use crate::ui::shared::Shared;
use crate::ui::shell::{Language, entitle, store};
use crate::ui::whatif::{Pinned, Source};
use examples::Example;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::rc::Rc;
use web_sys::DragEvent;
use yew::prelude::*;

/// How long the reader must have typed nothing before the program runs, in milliseconds.
const PAUSE: u32 = 250;

/// What is opened.
#[derive(Clone, PartialEq, Properties)]
pub struct WorkshopProps {
    /// The language.
    pub language: Language,
    /// Whether the theme is dark.
    pub dark: bool,
    /// The program.
    pub address: Address,
    /// The run that others are compared with.
    pub pinned: Option<Shared<Pinned>>,
    /// Another such run, or none.
    pub on_pin: Callback<Option<Shared<Pinned>>>,
    /// Whether a piece of the page could not be loaded.
    pub lacks: bool,
    /// The reader has read that.
    pub on_dismiss: Callback<()>,
    /// The exercises that the reader has solved.
    pub solved: Rc<BTreeSet<&'static str>>,
    /// Another one was solved.
    pub on_solved: Callback<&'static Example>,
}

/// The page of a program.
pub struct Workshop {
    name: String,
    draft: Draft,
    /// The text that it began as.
    original: Rc<str>,
    /// The text that is kept under its name, as far as this tab knows.
    known: Option<String>,
    /// That it has another name now, since another tab has written under its own.
    forked: Option<String>,
    /// Asks before the page is left with a program that could not be kept.
    hold: Option<EventListener>,
    _elsewhere: Option<EventListener>,
    engine: State,
    /// Whether it came by a link, and waits for the reader's word.
    held: bool,
    /// Whether a run was asked for while the engine could not.
    wanted: bool,
    answer: Answer,
    constants: Shared<Vec<Constant>>,
    run: Option<Recorded>,
    /// The exercise that the program was made of, if it was.
    exercised: Option<Exercised>,
    /// The network that it runs on, as the worker takes it: that of the example that it was made of.
    network: Json,
    settings: Settings,
    refusal: Option<Refusal>,
    /// The line at which the run raised.
    raised_at: Option<u32>,
    /// A trace in place of the program, with its file's name and what is wrong with it.
    recording: Option<(String, Recorded, Option<String>)>,
    said: Option<String>,
    /// How often the list of programs has changed.
    version: u32,
    pause: Option<Timeout>,
    patience: Option<Timeout>,
    on_ask: Callback<Ask>,
    on_set: Callback<(usize, String)>,
    on_leave: Callback<MouseEvent>,
    on_pin: Callback<bool>,
    on_import: Callback<MouseEvent>,
    /// Which program or recording is shown, by a number.
    about: u32,
    /// How the address asks to look at the run, and how the reader does.
    asked: Looked,
    looked: Looked,
    /// What of the address could not be used.
    refused: Vec<String>,
    on_moment: Callback<f64>,
    on_axis: Callback<bool>,
    on_sight: Callback<Sight>,
    on_dismiss: Callback<()>,
    /// What is noted on the run.
    notes: Shared<Vec<Note>>,
    on_notes: Callback<Vec<Note>>,
    on_switch: Callback<Settings>,
}

impl Component for Workshop {
    type Message = Message;
    type Properties = WorkshopProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        script::style();
        let engine = if script::is_there() { State::Loading(0.0) } else { State::Absent };
        if engine != State::Absent {
            // After this component is there to hear it.
            let listener = link.callback(Message::Told);
            link.send_future(async move {
                gloo_timers::future::TimeoutFuture::new(0).await;
                engine::attach(listener);
                Message::Paused
            });
        }
        let on_run = link.callback(|()| Message::Ask(Ask::Run));
        let mut workshop = Workshop {
            name: String::new(),
            draft: Draft {
                text: "".into(),
                revision: 0,
                complaints: "[]".into(),
                shown: (0, 0),
                stale: false,
                on_change: link.callback(Message::Changed),
                on_run,
                on_back: link.callback(|()| Message::Back),
                on_replace: link.callback(Message::Replace),
            },
            original: "".into(),
            known: None,
            forked: None,
            hold: None,
            _elsewhere: {
                let link = link.clone();
                store::on_elsewhere(move || link.send_message(Message::Elsewhere))
            },
            engine,
            held: false,
            wanted: false,
            answer: Answer::default(),
            constants: Shared::new(Vec::new()),
            run: None,
            exercised: None,
            network: json!({}),
            settings: Settings::default(),
            refusal: None,
            raised_at: None,
            recording: None,
            said: None,
            version: 0,
            pause: None,
            patience: None,
            on_ask: link.callback(Message::Ask),
            on_set: link.callback(|(n, value)| Message::Set(n, value)),
            on_leave: link.callback(|_| Message::Leave),
            on_pin: link.callback(Message::Pin),
            on_import: link.callback(|_| Message::Import),
            about: 0,
            asked: Looked::default(),
            looked: Looked::default(),
            refused: Vec::new(),
            on_moment: link.callback(Message::Moment),
            on_axis: link.callback(Message::Axis),
            on_sight: link.callback(Message::Sight),
            on_dismiss: link.callback(|()| Message::Dismiss),
            notes: Shared::default(),
            on_notes: link.callback(Message::Notes),
            on_switch: link.callback(Message::Switch),
        };
        workshop.open(ctx, &ctx.props().address);
        workshop
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &WorkshopProps) -> bool {
        let address = &ctx.props().address;
        let another = address.code.is_some() || address.name.as_deref() != Some(&*self.name);
        if *address != old.address && another {
            self.open(ctx, address);
        } else if ctx.props().language != old.language {
            self.reword(ctx, ctx.props().language);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Told(told) => {
                self.hear(ctx, told);
                // What was asked for while it could not.
                if self.wanted && !self.held && matches!(self.engine, State::Ready(_)) {
                    self.begin(ctx);
                }
            }
            Message::Changed(text) => {
                self.draft.text = text.into();
                self.keep(ctx.props().language);
                if route::present().contains(address::CODE) {
                    // What the address carries is an earlier text.
                    route::replace(&address::of(&self.name));
                }
                self.draft.stale = self.run.is_some();
                if !self.held {
                    self.wait(ctx);
                }
            }
            Message::Elsewhere => self.follow(ctx),
            Message::Paused => {
                if self.held || self.draft.text.is_empty() {
                    return false;
                }
                self.begin(ctx);
            }
            Message::Impatient => {
                if self.engine != State::Running {
                    return false;
                }
                self.stop();
                let seconds = (PATIENCE / 1000).to_string();
                let text = ctx.props().language.fill("program.too_long", &[("n", &seconds)]);
                self.refuse(Refusal { kind: "limit".into(), text, ..Refusal::default() });
            }
            Message::Ask(ask) => self.ask(ctx, ask),
            Message::Set(n, value) => {
                let set = self.constants.get(n).and_then(|one| one.set(&self.draft.text, &value));
                let Some((text, constant)) = set else { return false };
                let mut constants = (*self.constants).clone();
                constants[n] = constant;
                self.constants = Shared::new(constants);
                self.replace(&text);
                self.keep(ctx.props().language);
                self.begin(ctx);
            }
            Message::Texts(address, texts) => {
                let Some((example, args)) = &address.example else { return false };
                if self.name != address::name_of(example) {
                    return false; // of what was on the page before
                }
                let twin = texts.as_ref().and_then(|texts| texts.get("python"));
                let Some(twin) = twin else {
                    self.said = Some(ctx.props().language.text("page.no_texts"));
                    return true;
                };
                self.original = examples::python_source(twin, args).into();
                self.network = wire(args);
                self.exercised = texts.clone().and_then(|texts| Exercised::of(example, texts));
                // How fast this machine is must not decide whether an exercise is solved.
                self.settings.measured &= self.exercised.is_none();
                let text = kept::get(&self.name).unwrap_or_else(|| self.original.to_string());
                self.show(ctx, &text);
            }
            Message::Words(texts) => self.worded(texts),
            Message::Answer => self.answer(),
            Message::Unpacked(name, text) => match text {
                Ok(text) => {
                    // A program of that name that is already here is not written over.
                    let is_same = kept::get(&name).is_none_or(|kept| kept == text);
                    self.name = if is_same { name } else { kept::free(&name) };
                    self.original = text.as_str().into();
                    self.held = true;
                    self.show(ctx, &text);
                }
                Err(what) => {
                    let language = ctx.props().language;
                    self.open(ctx, &Address::default());
                    self.said = Some(language.fill("program.bad_link", &[("what", &what)]));
                }
            },
            Message::Linked(made) => {
                let key = made.err().unwrap_or("linked");
                self.said = Some(ctx.props().language.text(&format!("program.{key}")));
            }
            Message::Opened(name, opened) => self.opened(ctx, name, opened),
            Message::Said(text) => self.said = Some(text),
            Message::Dropped(file) => self.read(ctx, file),
            Message::Leave => {
                self.recording = None;
                self.about += 1;
            }
            Message::Restart => {
                self.stop();
                self.wanted = true;
            }
            Message::Notes(notes) => self.notes = Shared::new(notes),
            Message::Moment(at) => {
                (self.asked.at, self.looked.at) = (None, Some(at));
                return false;
            }
            Message::Axis(by_order) => self.looked.by_order = by_order,
            Message::Sight(sight) => {
                // Of nothing, and of a recording, no link tells.
                if self.run.is_some() && self.recording.is_none() {
                    (self.asked.sight, self.looked.sight) = (Sight::default(), sight);
                }
                return false;
            }
            Message::Dismiss => {
                self.refused.clear();
                ctx.props().on_dismiss.emit(());
            }
            Message::Pin(pin) => {
                let pinned = self.shown().filter(|_| pin).map(|(name, run)| Pinned {
                    source: Source::Named(name.to_owned()),
                    kept: true,
                    timeline: run.timeline.clone(),
                    order: run.order.clone(),
                    real: run.real,
                });
                ctx.props().on_pin.emit(pinned.map(Shared::new));
                return false;
            }
            Message::Switch(settings) => {
                self.settings = settings;
                self.begin(ctx);
            }
            Message::Back => engine::attach(ctx.link().callback(Message::Told)),
            Message::Replace(text) => {
                self.replace(&text);
                self.keep(ctx.props().language);
                self.begin(ctx);
            }
            Message::Import => {
                let Some(run) = &self.run else { return false };
                let text = run.added.written_into(&self.draft.text);
                self.replace(&text);
                self.keep(ctx.props().language);
                self.begin(ctx);
            }
        }
        true
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        entitle(ctx.props().language, self.shown().map_or(&*self.name, |(name, _)| name));
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let WorkshopProps { language, dark, .. } = ctx.props();
        let language = *language;
        let shown = self.shown().map(|(_, run)| run);
        let order = shown.map(|run| run.order.clone()).unwrap_or_default();
        let (timeline, layout, failure) = match shown {
            Some(run) => (run.timeline.clone(), run.layout.clone(), run.failure.clone()),
            None => <_>::default(),
        };
        let programme = match &self.recording {
            Some((_, run, _)) => Programme::Recorded(run.sources.clone()),
            None => Programme::Draft(self.draft.clone()),
        };
        let link = ctx.link().clone();
        let on_drop = Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if let Some(file) = files::dropped(&event) {
                link.send_message(Message::Dropped(file));
            }
        });
        let on_over = Callback::from(|event: DragEvent| event.prevent_default());
        let stale = self.draft.stale && self.recording.is_none();
        let is_asked = self.run.is_some() && self.recording.is_none();
        let asked = self.asked.clone();
        let asked = if is_asked { asked } else { Looked::default() };
        let makespan = timeline.look().end.to_string();
        html! {
            <main class={classes!("own", stale.then_some("stale"))} ondragover={on_over} ondrop={on_drop}
                data-state={self.state_name()} data-makespan={makespan}>
                {self.notice(ctx)}
                <LinkNotice {language} refused={self.refused.clone()} lacks={ctx.props().lacks} on_dismiss={&self.on_dismiss} />
                if self.recording.is_none() {
                    <Toolbar {language} name={self.name.clone()} edited={self.draft.text != self.original}
                        busy={self.engine == State::Running} version={self.version}
                        samples={&SAMPLE_NAMES[..]} said={self.said.clone()} on_ask={&self.on_ask} />
                } else {
                    {self.heading(language)}
                }
                if self.recording.is_none() { {self.exercise(ctx)} }
                <Stage {language} dark={*dark} early={false} predicted={timeline} {layout} {order} {failure}
                    {programme} pinned={ctx.props().pinned.clone()} real={shown.is_some_and(|run| run.real)}
                    about={self.about} at={asked.at} by_order={self.looked.by_order} asked={asked.sight}
                    on_moment={&self.on_moment} on_axis={&self.on_axis} on_sight={&self.on_sight}
                    on_pin={&self.on_pin} notes={self.notes.clone()} on_notes={&self.on_notes}
                    locals={shown.map(|run| run.locals.clone())}>
                    if self.recording.is_none() {
                        <Constants {language} constants={self.constants.clone()} on_set={&self.on_set} source={self.draft.text.clone()}
                            on_back={&self.draft.on_back} on_replace={&self.draft.on_replace}>
                            {settings::switches(language, self.settings, &self.on_switch)}
                            <Trials {language} what={What::Orders} source={self.draft.text.clone()} world={self.settings.world}
                                on_back={&self.draft.on_back} on_world={self.on_world()} />
                        </Constants>
                    }
                </Stage>
            </main>
        }
    }
}

impl Workshop {
    /// The run that is shown, with the name of what it is of.
    fn shown(&self) -> Option<(&str, &Recorded)> {
        let recording = self.recording.as_ref().map(|(name, run, _)| (&**name, run));
        recording.or(self.run.as_ref().map(|run| (&*self.name, run)))
    }

    /// The reader wants the run in another world.
    fn on_world(&self) -> Callback<u32> {
        let settings = self.settings;
        self.on_switch.reform(move |world| Settings { world, ..settings })
    }
}
