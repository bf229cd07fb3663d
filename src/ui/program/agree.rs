//! "Does CPython agree?": the program of an example, as it stands on the page, run by CPython in the worker, and
//! compared with what Rust did.

use super::answer::{Answer, Refusal};
use super::engine::{self, Told};
use super::script;
use crate::parts::{self, Part};
use crate::ui::panels::Failure;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use agree::{Difference, Observation};
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

/// What comparing has come to.
#[derive(Debug)]
enum Verdict {
    /// Nothing differs; how many of what was compared, in the order of the words.
    Agrees([usize; 4]),
    /// The first respect in which they differ.
    Differs(Difference),
    /// Neither let the program come to its end.
    CutOff,
    /// CPython did not run it.
    Refused(Refusal),
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
            State::Loading(part) => {
                let part = format!("{:.0}", part * 100.0);
                ("loading", language.fill("program.loading", &[("part", &part)]))
            }
            State::Running => ("running", text("running")),
            State::Answered(verdict) => (verdict.name(), self.told(ctx.props(), verdict)),
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
                if let State::Answered(Verdict::Differs(difference)) = &self.state {
                    {sides(language, difference)}
                }
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
                // What compares comes sooner than CPython's answer.
                parts::with(Part::Own, || {});
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
                self.state = State::Answered(judge(ctx.props(), std::mem::take(&mut self.answer)));
            }
            (Told::Failed(what), _) => self.state = State::Failed(what),
            _ => return false,
        }
        true
    }

    /// A verdict in a sentence.
    fn told(&self, props: &AgreeProps, verdict: &Verdict) -> String {
        let AgreeProps { language, example, .. } = props;
        let with_version = |key: &str| {
            language.fill(&format!("program.agree.{key}"), &[("version", &self.version)])
        };
        match verdict {
            Verdict::Agrees(counts) => {
                let [lines, tasks, steps, waits] = counts.map(|count| count.to_string());
                let values = [
                    ("version", &*self.version),
                    ("lines", &lines),
                    ("tasks", &tasks),
                    ("steps", &steps),
                    ("waits", &waits),
                ];
                language.fill("program.agree.agrees", &values)
            }
            Verdict::Differs(_) => match agree::newer(example.id, &self.version) {
                Some(newer) => with_version(newer.key),
                None => with_version("differs"),
            },
            Verdict::CutOff => with_version("cut_off"),
            Verdict::Refused(refusal) => {
                let what = match refusal.line {
                    Some(line) => {
                        let line = line.to_string();
                        let values = [("line", &*line), ("what", &refusal.text)];
                        language.fill("program.at_line", &values)
                    }
                    None => refusal.text.clone(),
                };
                language.fill(&format!("program.refused.{}", refusal.kind), &[("what", &what)])
            }
        }
    }
}

impl Verdict {
    /// Its name in the document.
    fn name(&self) -> &'static str {
        match self {
            Verdict::Agrees(_) => "agrees",
            Verdict::Differs(_) => "differs",
            Verdict::CutOff => "cut-off",
            Verdict::Refused(_) => "refused",
        }
    }
}

/// What the worker is asked: the program as the page shows it, on the network that its parameters describe.
fn request(props: &AgreeProps) -> Json {
    let source = examples::python_source(&props.twin, &props.args);
    let network = wire(&props.args);
    json!({ "name": "twin.py", "source": source, "set": {}, "network": network })
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

/// Compares what Rust did with what CPython did.
fn judge(props: &AgreeProps, answer: Answer) -> Verdict {
    let cpython = match answer.result {
        Some(Ok(document)) => Observation::of(&document, None),
        Some(Err(refusal)) => return Verdict::Refused(refusal),
        None => {
            return Verdict::Refused(Refusal { kind: "internal".into(), ..Refusal::default() });
        }
    };
    let error = props.failure.as_ref().map(|failure| &failure.0);
    let rust = agree::ended(props.order.events().to_vec(), props.end, error);
    let rust = Observation::of(&rust, None);
    if agree::both_cut_off(&rust, &cpython) {
        return Verdict::CutOff;
    }
    match agree::compare(&rust, &cpython).into_iter().next() {
        Some(difference) => Verdict::Differs(difference),
        None => Verdict::Agrees([
            rust.lines().count(),
            rust.tasks.len(),
            rust.ran.len(),
            rust.suspensions.len(),
        ]),
    }
}

/// Both sides of a difference, one beside the other.
fn sides(language: Language, difference: &Difference) -> Html {
    let text = |key: &str| language.text(&format!("program.agree.{key}"));
    let side = |sign: char, key: &str| {
        let lines = difference.sides.iter().filter(|line| line.starts_with([sign, ' ']));
        let lines = lines.map(|line| {
            let differs = line.starts_with(sign).then_some("differs");
            html! { <li class={classes!(differs)}>{line[1..].trim_start()}</li> }
        });
        html! { <div><h4>{text(key)}</h4><ol>{for lines}</ol></div> }
    };
    let what = difference.what.replace(' ', "_");
    html! {
        <div class="sides">
            <h3>{text(&format!("what.{what}"))}</h3>
            {side('-', "cpython")}{side('+', "rust")}
        </div>
    }
}

// The text of a twin is no part of the page's program.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn props(values: &[(&str, &str)]) -> AgreeProps {
        let example = examples::find("gather-order").expect("it is in the catalogue");
        let mut args = example.defaults();
        for (name, value) in values {
            args.set(name, value).expect("allowed");
        }
        let recorded = run::instant(example, &args, 10_000);
        AgreeProps {
            language: Language::English,
            example,
            args: Shared::new(args),
            twin: example.source().python.into(),
            order: Shared::new(Order::new(recorded.events)),
            end: recorded.end,
            failure: recorded.error.map(Failure),
        }
    }

    /// An answer of the worker's that tells what these did.
    fn answer(props: &AgreeProps) -> Answer {
        let error = props.failure.as_ref().map(|failure| &failure.0);
        let document = agree::ended(props.order.events().to_vec(), props.end, error);
        let mut text = Vec::new();
        trace_document::write(&document, &mut text).expect("written");
        let mut answer = Answer::default();
        answer.hear(std::str::from_utf8(&text).expect("text"));
        answer
    }

    #[test]
    fn a_run_agrees_with_itself_and_with_no_other() {
        let (one, other) = (props(&[]), props(&[("DELAYS", "0.5,0.25,1")]));
        match judge(&one, answer(&one)) {
            Verdict::Agrees(counts) => assert!(counts.iter().all(|count| *count > 2), "{counts:?}"),
            verdict => panic!("{verdict:?}"),
        }
        assert_eq!(judge(&one, answer(&other)).name(), "differs");
        assert_eq!(judge(&one, Answer::default()).name(), "refused");
    }

    #[test]
    fn the_program_that_is_shown_is_the_one_that_is_run() {
        let request = request(&props(&[("DELAYS", "0.5,0.25")]));
        let source = request["source"].as_str().expect("a text");
        assert!(source.contains("DELAYS = [0.5, 0.25]"), "{source}");
        assert_eq!(request["network"]["loss"], 0.0);
    }
}
