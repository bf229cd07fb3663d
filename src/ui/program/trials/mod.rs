//! Programs that the engine runs beside the one that is shown: awaits at once, a constant over its range, other orders.

mod plan;
mod view;

use self::plan::{Place, Trial};
pub use self::plan::{SPREAD, What, world};
use super::answer::Answer;
use super::constants::Constant;
use super::engine::{self, Told};
use super::{recording, script};
use crate::parts::{self, Part};
use crate::ui::shell::Language;
use gloo_timers::callback::Timeout;
use serde_json::{Value as Json, json};
use std::rc::Rc;
use timeline::Timeline;
use yew::prelude::*;

pub use self::plan::Place as AtOncePlace;

/// How long one run may take before it is given up, in milliseconds of real time.
const PATIENCE: u32 = 10_000;
/// How long the program must have stood still before its runs go on, and how soon a busy engine is asked again, in
/// milliseconds.
const SETTLED: u32 = 700;

/// What is tried, with what.
#[derive(Clone, PartialEq, Properties)]
pub struct TrialsProps {
    /// The language.
    pub language: Language,
    /// What.
    pub what: What,
    /// The constants that may be swept with the one that is.
    #[prop_or_default]
    pub others: Vec<Constant>,
    /// The program.
    pub source: Rc<str>,
    /// The network that it runs on, as JSON; none for a program that is pasted.
    #[prop_or_default]
    pub network: Option<AttrValue>,
    /// The world that is shown, of orders.
    #[prop_or_default]
    pub world: u32,
    /// The engine was lent, and comes back.
    #[prop_or_default]
    pub on_back: Callback<()>,
    /// The reader wants this program.
    #[prop_or_default]
    pub on_replace: Callback<String>,
    /// The reader wants the run in this world.
    #[prop_or_default]
    pub on_world: Callback<u32>,
}

/// A button, and what has come of it.
pub struct Trials {
    state: State,
    /// What the program is of which the runs are.
    key: String,
    places: Option<Vec<Place>>,
    plan: Vec<Trial>,
    /// The runs that have been made, in the order of the plan; none of one that was refused or did not end.
    runs: Vec<Option<Ran>>,
    answer: Answer,
    /// The program has changed under a run.
    outdated: bool,
    /// What is seen of a sweep, as an index.
    measure: usize,
    /// The second constant of a sweep, by its name.
    second: Option<String>,
    timer: Option<Timeout>,
}

/// A run.
struct Ran {
    timeline: Timeline,
    failure: Option<String>,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
enum State {
    /// Nobody has asked.
    Unasked,
    /// The engine is at something else, or the program changes.
    Waiting,
    /// CPython is on its way.
    Loading(f64),
    /// It runs programs.
    Running,
    /// All have run.
    Over,
    /// It cannot be had.
    Failed(String),
}

/// What may happen.
pub enum Message {
    /// The reader asks, or asks no more.
    Toggle,
    /// It is time to begin, or to go on.
    Begin,
    /// The engine says something.
    Told(Told),
    /// It is time for the next run.
    Next,
    /// A run takes too long.
    Late,
    /// Another measure of a sweep.
    Measure(usize),
    /// Another second constant, or none.
    Second(Option<String>),
    /// The reader wants a program of the plan.
    Choose(Option<usize>),
}

impl Component for Trials {
    type Message = Message;
    type Properties = TrialsProps;

    fn create(_: &Context<Self>) -> Self {
        Trials {
            state: State::Unasked,
            key: String::new(),
            places: None,
            plan: Vec::new(),
            runs: Vec::new(),
            answer: Answer::default(),
            outdated: false,
            measure: 0,
            second: None,
            timer: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &TrialsProps) -> bool {
        let props = ctx.props();
        if props.source == old.source || self.state == State::Unasked {
            return true;
        }
        let is_same = self.key_of(props) == self.key;
        if is_same && self.state == State::Over {
            return true;
        }
        let runs = matches!(self.state, State::Loading(_) | State::Running);
        self.outdated |= runs;
        match props.what {
            // What is shown would be of another program.
            What::AtOnce | What::Orders if !is_same => {
                self.forget();
                self.state = State::Unasked;
                if !runs {
                    self.timer = None;
                }
            }
            _ => {
                if !is_same {
                    self.forget();
                }
                if !runs {
                    self.wait(ctx, Message::Begin, SETTLED);
                    self.state = State::Waiting;
                }
            }
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Toggle if !Part::Own.is_here() => {
                parts::again(ctx, Part::Own, message);
                return false;
            }
            Message::Toggle if self.state == State::Unasked => {
                script::style();
                self.begin(ctx);
            }
            Message::Toggle => {
                self.outdated = matches!(self.state, State::Loading(_) | State::Running);
                self.state = State::Unasked;
                self.forget();
            }
            Message::Begin => self.begin(ctx),
            Message::Told(told) => return self.hear(ctx, told),
            Message::Next => self.next(ctx),
            Message::Late => {
                // Another engine starts, and says when it is ready.
                engine::stop();
                self.take(ctx.props(), None);
            }
            Message::Measure(measure) => self.measure = measure,
            Message::Choose(n) => {
                if let Some(trial) = n.and_then(|n| self.plan.get(n)) {
                    ctx.props().on_replace.emit(trial.source.clone());
                }
                return false;
            }
            Message::Second(second) => {
                self.second = second;
                self.forget();
                if matches!(self.state, State::Loading(_) | State::Running) {
                    self.outdated = true;
                } else {
                    self.begin(ctx);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.show(ctx)
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        if matches!(self.state, State::Loading(_) | State::Running) || self.outdated {
            ctx.props().on_back.emit(());
        }
    }
}

impl Trials {
    fn forget(&mut self) {
        self.places = None;
        self.plan.clear();
        self.runs.clear();
    }

    /// The second constant of a sweep, as it stands now.
    fn second<'a>(&self, props: &'a TrialsProps) -> Option<&'a Constant> {
        let name = self.second.as_ref()?;
        props.others.iter().find(|other| other.name == *name)
    }

    fn key_of(&self, props: &TrialsProps) -> String {
        plan::key(&props.what, self.second(props), &props.source)
    }

    fn wait(&mut self, ctx: &Context<Self>, message: Message, milliseconds: u32) {
        let link = ctx.link().clone();
        self.timer = Some(Timeout::new(milliseconds, move || link.send_message(message)));
    }

    fn begin(&mut self, ctx: &Context<Self>) {
        if self.outdated {
            // It goes on when the run that is no longer wanted is over.
            self.state = State::Waiting;
            return;
        }
        if engine::is_busy() {
            self.state = State::Waiting;
            return self.wait(ctx, Message::Begin, SETTLED);
        }
        let props = ctx.props();
        let key = self.key_of(props);
        if key != self.key {
            self.forget();
            self.key = key;
        }
        if props.what != What::AtOnce {
            self.plan = plan::plan(&props.what, self.second(props), &props.source, &[]);
        }
        self.state = State::Loading(0.0);
        engine::attach(ctx.link().callback(Message::Told));
    }

    fn hear(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        match told {
            Told::Progress(part) => self.state = State::Loading(part),
            Told::Ready(_) => self.next(ctx),
            Told::Text(text) => {
                self.answer.hear(&text);
                return false;
            }
            Told::Over => {
                let answer = std::mem::take(&mut self.answer);
                self.take(ctx.props(), Some(answer));
                // Not at once: an engine that is spent goes when it has said so.
                self.wait(ctx, Message::Next, 0);
            }
            Told::Failed(what) => {
                self.state = State::Failed(what);
                self.give_back(ctx);
            }
        }
        true
    }

    /// Keeps what a run has come to.
    fn take(&mut self, props: &TrialsProps, answer: Option<Answer>) {
        let answer = answer.unwrap_or_default();
        if self.outdated {
            return;
        }
        if props.what == What::AtOnce && self.places.is_none() {
            let places = answer.sequences.unwrap_or_default();
            self.plan = plan::plan(&props.what, None, &props.source, &places);
            self.places = Some(places);
            return;
        }
        let run = answer.result.and_then(Result::ok).map(|document| {
            let (timeline, failure) = recording::outline(&document);
            Ran { timeline, failure }
        });
        self.runs.push(run);
    }

    /// Runs the next program, or gives the engine back.
    fn next(&mut self, ctx: &Context<Self>) {
        if self.outdated {
            self.give_back(ctx);
            if self.state != State::Unasked {
                self.state = State::Waiting;
                self.wait(ctx, Message::Begin, SETTLED);
            }
            return;
        }
        let props = ctx.props();
        let request = match (&props.what, &self.places) {
            (What::AtOnce, None) => self.request(props, &props.source, 0, true),
            _ => match self.plan.get(self.runs.len()) {
                Some(trial) => {
                    let seed = if props.what == What::Orders { trial.at as u32 } else { 0 };
                    self.request(props, &trial.source, seed, false)
                }
                None => {
                    self.state = State::Over;
                    return self.give_back(ctx);
                }
            },
        };
        self.answer = Answer::default();
        // If it is not ready, it will say when it is.
        if engine::run(&request.to_string()) {
            self.state = State::Running;
            self.wait(ctx, Message::Late, PATIENCE);
        }
    }

    fn request(&self, props: &TrialsProps, source: &str, seed: u32, sequences: bool) -> Json {
        let network = props.network.as_ref().map(|text| serde_json::from_str::<Json>(text));
        let network = network.and_then(Result::ok);
        let (pasted, network) = (network.is_none(), network.unwrap_or(json!({})));
        let mut request = json!({
            "name": "program.py", "source": source, "set": {}, "network": network,
            "pasted": pasted, "sequences": sequences,
        });
        if let (Json::Object(request), Json::Object(world)) = (&mut request, world(seed)) {
            request.extend(world);
        }
        request
    }

    fn give_back(&mut self, ctx: &Context<Self>) {
        self.outdated = false;
        self.timer = None;
        ctx.props().on_back.emit(());
    }
}
