//! What comparing an example's run with CPython's has come to, in words; and what CPython is asked for that.
//!
//! It comes with [`Part::Own`](crate::parts::Part::Own): nothing of it may become a part of what calls it, neither here nor
//! where the page is made smaller (`index.html`).

use super::agree::{AgreeProps, wire};
use super::answer::{Answer, Refusal};
use crate::ui::shell::Language;
use agree::{Difference, Observation};
use serde_json::{Value as Json, json};
use yew::prelude::*;

/// What comparing has come to.
#[derive(Debug)]
pub enum Verdict {
    /// Nothing differs; how many of what was compared, in the order of the words.
    Agrees([usize; 4]),
    /// The first respect in which they differ.
    Differs(Difference),
    /// Neither let the program come to its end.
    CutOff,
    /// CPython did not run it.
    Refused(Refusal),
}

impl Verdict {
    /// Its name in the document.
    pub fn name(&self) -> &'static str {
        match self {
            Verdict::Agrees(_) => "agrees",
            Verdict::Differs(_) => "differs",
            Verdict::CutOff => "cut-off",
            Verdict::Refused(_) => "refused",
        }
    }

    /// Compares what Rust did with what CPython did.
    #[inline(never)]
    pub fn of(props: &AgreeProps, answer: Answer) -> Verdict {
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

    /// A verdict in a sentence.
    #[inline(never)]
    pub fn told(&self, props: &AgreeProps, version: &str) -> String {
        let AgreeProps { language, example, .. } = props;
        let with_version =
            |key: &str| language.fill(&format!("program.agree.{key}"), &[("version", version)]);
        match self {
            Verdict::Agrees(counts) => {
                let [lines, tasks, steps, waits] = counts.map(|count| count.to_string());
                let values = [
                    ("version", version),
                    ("lines", &lines),
                    ("tasks", &tasks),
                    ("steps", &steps),
                    ("waits", &waits),
                ];
                language.fill("program.agree.agrees", &values)
            }
            Verdict::Differs(_) => match agree::newer(example.id, version) {
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

    /// Both sides of a difference, one beside the other; nothing where there is none.
    #[inline(never)]
    pub fn sides(&self, language: Language) -> Html {
        let Verdict::Differs(difference) = self else { return Html::default() };
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
}

/// What the worker is asked: the program as the page shows it, on the network that its parameters describe.
#[inline(never)]
pub fn request(props: &AgreeProps) -> Json {
    let source = examples::python_source(&props.twin, &props.args);
    let network = wire(&props.args);
    json!({ "name": "twin.py", "source": source, "set": {}, "network": network })
}

// The text of a twin is no part of the page's program.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::panels::Failure;
    use crate::ui::shared::Shared;
    use timeline::Order;

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
        match Verdict::of(&one, answer(&one)) {
            Verdict::Agrees(counts) => assert!(counts.iter().all(|count| *count > 2), "{counts:?}"),
            verdict => panic!("{verdict:?}"),
        }
        assert_eq!(Verdict::of(&one, answer(&other)).name(), "differs");
        assert_eq!(Verdict::of(&one, Answer::default()).name(), "refused");
    }

    #[test]
    fn the_program_that_is_shown_is_the_one_that_is_run() {
        let request = request(&props(&[("DELAYS", "0.5,0.25")]));
        let source = request["source"].as_str().expect("a text");
        assert!(source.contains("DELAYS = [0.5, 0.25]"), "{source}");
        assert_eq!(request["network"]["loss"], 0.0);
    }
}
