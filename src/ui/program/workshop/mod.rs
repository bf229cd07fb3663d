//! The page of a program that the reader writes, or of a trace that was recorded elsewhere.

mod asked;
mod attempt;
mod keeping;
mod notice;

use self::attempt::Exercised;
use super::address::{self, Address};
use super::agree::wire;
use super::answer::{Answer, Refusal};
use super::constants::{Constant, Constants};
use super::editor::Draft;
use super::engine::{self, Told};
use super::files::{self, Opened};
use super::recording::Recorded;
use super::settings::{self, Settings};
use super::toolbar::{Ask, Toolbar};
use super::trials::{Trials, What, world as world_of};
use super::{kept, script};
use crate::ui::course::Texts;
use crate::ui::course::route;
use crate::ui::notes::Note;
use crate::ui::player::{Programme, Stage};
use crate::ui::shared::Shared;
use crate::ui::shell::{Language, store};
use crate::ui::whatif::{Pinned, Source};
use examples::Example;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::rc::Rc;
use web_sys::{DragEvent, File};
use yew::prelude::*;

/// How long the reader must have typed nothing before the program runs, in milliseconds.
const PAUSE: u32 = 250;

/// How long a run may take before it is ended, in milliseconds of real time.
const PATIENCE: u32 = 10_000;

/// The name under which a program runs, as tracebacks and sites have it.
const FILE: &str = "program.py";

/// Starting points, by their names among the words.
const SAMPLES: [(&str, &str); 3] = [
    ("first", include_str!("../samples/first.py")),
    ("queue", include_str!("../samples/queue.py")),
    ("timeout", include_str!("../samples/timeout.py")),
];
const SAMPLE_NAMES: [&str; 3] = [SAMPLES[0].0, SAMPLES[1].0, SAMPLES[2].0];

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
    /// What is noted on the run.
    notes: Shared<Vec<Note>>,
    on_notes: Callback<Vec<Note>>,
    on_switch: Callback<Settings>,
}

/// How far the engine is.
#[derive(Clone, Debug, PartialEq)]
enum State {
    /// The page was built without it.
    Absent,
    /// It is on its way.
    Loading(f64),
    /// It takes a program.
    Ready(String),
    /// It runs one.
    Running,
    /// It cannot be had.
    Failed(String),
}

/// What may happen.
pub enum Message {
    /// The engine says something.
    Told(Told),
    /// The reader has typed.
    Changed(String),
    /// The reader has paused.
    Paused,
    /// The run takes too long.
    Impatient,
    /// The reader asks for something.
    Ask(Ask),
    /// Another value for a constant.
    Set(usize, String),
    /// The texts of the example of which a program is made.
    Texts(Address, Option<Texts>),
    /// The texts of the exercise in the language of the page, if they can be had.
    Words(Option<Texts>),
    /// The reader wants to read the answer of the exercise.
    Answer,
    /// The program of a link, or what is wrong with it.
    Unpacked(String, Result<String, String>),
    /// A link was made and copied, or not.
    Linked(Result<(), &'static str>),
    /// A file was read.
    Opened(Result<Opened, String>),
    /// A file is dropped.
    Dropped(File),
    /// Back from a recording to the program.
    Leave,
    /// The engine that could not be started is to be started again.
    Restart,
    /// Other notes.
    Notes(Vec<Note>),
    /// Pin the run, or compare with none.
    Pin(bool),
    /// Write the imports that the run was given into the program.
    Import,
    /// Tell something else besides.
    Switch(Settings),
    /// Another tab has kept or forgotten something.
    Elsewhere,
    /// The engine was lent, and comes back.
    Back,
    /// Another text, by other means than typing.
    Replace(String),
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
            notes: Shared::default(),
            on_notes: link.callback(Message::Notes),
            on_switch: link.callback(Message::Switch),
        };
        workshop.open(ctx, &ctx.props().address);
        workshop
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &WorkshopProps) -> bool {
        let address = &ctx.props().address;
        if *address != old.address && address.name.as_deref() != Some(&*self.name) {
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
            Message::Opened(opened) => self.opened(ctx, opened),
            Message::Dropped(file) => self.read(ctx, file),
            Message::Leave => self.recording = None,
            Message::Restart => {
                self.stop();
                self.wanted = true;
            }
            Message::Notes(notes) => self.notes = Shared::new(notes),
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
        let makespan = timeline.look().end.to_string();
        html! {
            <main class={classes!("own", stale.then_some("stale"))} ondragover={on_over} ondrop={on_drop}
                data-state={self.state_name()} data-makespan={makespan}>
                {self.notice(ctx)}
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

    /// Opens what an address asks for.
    fn open(&mut self, ctx: &Context<Self>, address: &Address) {
        let language = ctx.props().language;
        self.recording = None;
        self.said = None;
        self.forked = None;
        self.held = false;
        self.exercised = None;
        self.notes = Shared::new(address.notes.clone());
        if let Some(code) = address.code.clone() {
            let name = address.name.clone().unwrap_or_else(|| language.text("program.new"));
            self.name = name.clone();
            ctx.link().send_future(async move {
                let text = script::unpack(&code).await;
                Message::Unpacked(name, text.map_err(|error| said(&error)))
            });
            return;
        }
        if let Some((example, _)) = &address.example {
            self.name = address::name_of(example);
            let (example, address) = (example.id, address.clone());
            ctx.link().send_future(async move {
                Message::Texts(address, Texts::fetch(example, language).await.ok())
            });
            return;
        }
        let wanted = address.name.clone().or_else(kept::last).filter(|name| !name.is_empty());
        if let Some(name) = &wanted
            && let Some(example) = address::example_of(name)
        {
            let example = Some((example, example.defaults()));
            return self.open(ctx, &Address { name: wanted, example, ..Address::default() });
        }
        self.name = wanted.unwrap_or_else(|| kept::free(&language.text("program.new")));
        let text = kept::get(&self.name).unwrap_or_else(|| SAMPLES[0].1.to_owned());
        self.original = text.as_str().into();
        self.show(ctx, &text);
    }

    /// Shows a program, and runs it unless it is held.
    fn show(&mut self, ctx: &Context<Self>, text: &str) {
        if address::example_of(&self.name).is_none() {
            (self.exercised, self.network) = (None, json!({}));
        }
        self.run = None;
        self.refusal = None;
        self.raised_at = None;
        self.constants = Shared::new(Vec::new());
        self.draft.stale = false;
        self.draft.complaints = "[]".into();
        self.replace(text);
        self.version += 1;
        self.known = kept::get(&self.name);
        kept::open(&self.name);
        if ctx.props().address.name.as_deref() != Some(&*self.name) || self.held {
            route::replace(&address::of(&self.name));
        }
        if self.held {
            // It is the reader's now, whether it is run or not.
            self.keep(ctx.props().language);
        } else {
            self.begin(ctx);
        }
    }

    /// Takes another text that the editor does not know.
    fn replace(&mut self, text: &str) {
        self.draft.text = text.into();
        self.draft.revision += 1;
    }

    /// Runs the program, as soon as the engine can.
    fn begin(&mut self, ctx: &Context<Self>) {
        self.pause = None;
        let source = &*self.draft.text;
        let Settings { locals, measured, world } = self.settings;
        let mut request = json!({
            "name": FILE, "source": source, "set": {}, "network": self.network, "pasted": true,
            "locals": locals, "measured": measured,
        });
        if let (Some(request), Some(world)) = (request.as_object_mut(), world_of(world).as_object())
        {
            request.extend(world.clone());
        }
        let can = matches!(self.engine, State::Ready(_));
        self.wanted = !(can && engine::run(&request.to_string()));
        if self.wanted {
            return;
        }
        self.engine = State::Running;
        self.answer = Answer::default();
        let link = ctx.link().clone();
        self.patience = Some(Timeout::new(PATIENCE, move || link.send_message(Message::Impatient)));
    }

    /// Ends what runs.
    fn stop(&mut self) {
        self.wanted = false;
        self.patience = None;
        self.engine = State::Loading(0.0);
        engine::stop();
    }

    fn hear(&mut self, ctx: &Context<Self>, told: Told) {
        match told {
            Told::Progress(part) => self.engine = State::Loading(part),
            Told::Ready(version) => self.engine = State::Ready(version),
            Told::Text(text) => self.answer.hear(&text),
            Told::Over => {
                self.patience = None;
                self.engine = State::Ready(String::new());
                self.take();
                self.judge(ctx);
            }
            Told::Failed(what) => self.engine = State::Failed(what),
        }
    }

    /// Shows what a run has come to.
    fn take(&mut self) {
        let answer = std::mem::take(&mut self.answer);
        if let Some(constants) = answer.constants.filter(|constants| *constants != *self.constants)
        {
            self.constants = Shared::new(constants);
        }
        match answer.result {
            Some(Ok(document)) => {
                self.run = Some(Recorded::of(&document));
                self.refusal = None;
                self.raised_at = answer.raised_at;
                self.draft.stale = false;
                let raised = self.run.as_ref().and_then(|run| run.failure.as_ref());
                let complaint = self.raised_at.zip(raised).map(|(line, failure)| {
                    json!([{ "line": line, "text": failure.0.to_string() }]).to_string()
                });
                self.draft.complaints = complaint.unwrap_or_else(|| "[]".to_owned()).into();
            }
            Some(Err(refusal)) => self.refuse(refusal),
            None => self.refuse(Refusal { kind: "internal".into(), ..Refusal::default() }),
        }
    }

    /// Says why there is no run; the last good chart stays, pale.
    fn refuse(&mut self, refusal: Refusal) {
        let Refusal { line, column, end_line, end_column, text, .. } = &refusal;
        let complaint = line.map(|line| {
            json!([{ "line": line, "column": column, "end_line": end_line, "end_column": end_column, "text": text }])
        });
        self.draft.complaints = complaint.unwrap_or(json!([])).to_string().into();
        self.draft.stale = self.run.is_some();
        self.raised_at = None;
        self.refusal = Some(refusal);
    }
}

/// An error of JavaScript's in words.
fn said(error: &wasm_bindgen::JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok();
    message.and_then(|message| message.as_string()).unwrap_or_else(|| format!("{error:?}"))
}
