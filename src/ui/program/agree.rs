//! "Does CPython agree?": the program of an example, as it stands on the page, run by CPython in the worker. The button
//! is on the page from the beginning; what it needs ([`Part::Own`]) comes when it is pressed.

use super::answer::Answer;
use super::engine::{self, Told, coming};
use super::script;
use super::verdict::{Verdict, request};
use crate::parts::{self, Part};
use crate::ui::panels::Failure;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use examples::{Args, Example};
use gloo_timers::callback::Timeout;
use serde_json::{Value as Json, json};
use timeline::Order;
use yew::prelude::*;

/// How long a run may take before it is given up, in milliseconds of real time.
const PATIENCE: u32 = 30_000;

/// What is compared.
#[derive(Clone, PartialEq, Properties)]
pub struct AgreeProps {
    /// The language.
    pub language: Language,
    /// The example.
    pub example: &'static Example,
    /// The values of its parameters.
    pub args: Shared<Args>,
    /// The text of its twin, with the values that it was written with.
    pub twin: AttrValue,
    /// What Rust did.
    pub order: Shared<Order>,
    /// Loop time at its end, in seconds.
    pub end: f64,
    /// How it came to a bad end, if it did.
    pub failure: Option<Failure>,
}

/// A button, and what has come of it.
pub struct Agree {
    state: State,
    /// The version of the Python that was asked.
    version: String,
    answer: Answer,
    patience: Option<Timeout>,
}

/// How far it is.
enum State {
    /// Nobody has asked of this run.
    Unasked,
    /// CPython is on its way.
    Loading(f64),
    /// It runs the program.
    Running,
    /// It has answered.
    Answered(Verdict),
    /// It cannot be had, or does not end.
    Failed(String),
}

/// What may happen.
pub enum Message {
    /// The reader asks.
    Ask,
    /// The engine says something.
    Told(Told),
    /// It takes too long.
    Impatient,
}

impl Component for Agree {
    type Message = Message;
    type Properties = AgreeProps;

    fn create(_: &Context<Self>) -> Self {
        let (version, answer) = (String::new(), Answer::default());
        Agree { state: State::Unasked, version, answer, patience: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &AgreeProps) -> bool {
        if ctx.props().order != old.order {
            self.state = State::Unasked;
            self.patience = None;
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Ask if !Part::Own.is_here() => {
                parts::again(ctx, Part::Own, message);
                return false;
            }
            Message::Ask => {
                script::style();
                self.state = State::Loading(0.0);
                engine::attach(ctx.link().callback(Message::Told));
            }
            Message::Told(told) => return self.hear(ctx, told),
            Message::Impatient if matches!(self.state, State::Running) => {
                engine::stop();
                let seconds = (PATIENCE / 1000).to_string();
                let text = ctx.props().language.fill("program.too_long", &[("n", &seconds)]);
                self.state = State::Failed(text);
            }
            Message::Impatient => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let language = ctx.props().language;
        let text = |key: &str| language.text(&format!("program.agree.{key}"));
        let (state, said) = match &self.state {
            State::Unasked if !script::is_there() => ("absent", text("absent")),
            State::Unasked => ("unasked", String::new()),
            State::Loading(part) => ("loading", coming(language, *part)),
            State::Running => ("running", text("running")),
            State::Answered(verdict) => (verdict.name(), verdict.told(ctx.props(), &self.version)),
            State::Failed(what) => ("failed", language.fill("program.failed", &[("what", what)])),
        };
        let busy = matches!(self.state, State::Loading(_) | State::Running);
        html! {
            <div class="agree" id="agree" data-state={state}>
                <button id="agree-ask" class="button quiet" disabled={busy || !script::is_there()}
                    title={text("note")} onclick={ctx.link().callback(|_: MouseEvent| Message::Ask)}>
                    {text("ask")}
                </button>
                <span role="status">{said}</span>
                if let State::Answered(verdict) = &self.state { {verdict.sides(language)} }
            </div>
        }
    }
}

impl Agree {
    fn hear(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        match (told, &self.state) {
            // Of a run whose example has changed meanwhile, or of the worker after this one.
            (_, State::Unasked | State::Answered(_) | State::Failed(_)) => return false,
            (Told::Progress(part), _) => self.state = State::Loading(part),
            (Told::Ready(version), State::Loading(_)) => {
                self.version = version;
                self.answer = Answer::default();
                if engine::run(&request(ctx.props()).to_string()) {
                    self.state = State::Running;
                    let link = ctx.link().clone();
                    let give_up = move || link.send_message(Message::Impatient);
                    self.patience = Some(Timeout::new(PATIENCE, give_up));
                }
            }
            (Told::Text(text), State::Running) => {
                self.answer.hear(&text);
                return false;
            }
            (Told::Over, State::Running) => {
                self.patience = None;
                self.state =
                    State::Answered(Verdict::of(ctx.props(), std::mem::take(&mut self.answer)));
            }
            (Told::Failed(what), _) => self.state = State::Failed(what),
            _ => return false,
        }
        true
    }
}

/// The network that an example's parameters describe, for the worker.
pub fn wire(args: &Args) -> Json {
    let network = args.network();
    let mut wire = json!({ "latency": network.latency, "loss": network.loss });
    if let Some(bandwidth) = network.bandwidth {
        wire["bandwidth"] = bandwidth.into();
    }
    wire
}
