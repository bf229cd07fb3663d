//! What the engine tells of a run, made into what is shown.

use super::constants::Constant;
use super::trials::AtOncePlace;
use serde::Deserialize;
use trace_document::Document;

/// Why there is no run to be shown.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Refusal {
    /// `syntax`, `invalid`, `unsupported`, `limit`, or `internal`.
    #[serde(rename = "refused")]
    pub kind: String,
    /// In the words of Python.
    #[serde(default)]
    pub text: String,
    /// Where in the program, from 1.
    pub line: Option<u32>,
    /// From 1.
    pub column: Option<u32>,
    /// Up to where.
    pub end_line: Option<u32>,
    /// From 1.
    pub end_column: Option<u32>,
}

/// All that is told of one run.
#[derive(Default)]
pub struct Answer {
    /// The program's constants, if its text could be read.
    pub constants: Option<Vec<Constant>>,
    /// The line at which it raised what nothing handled.
    pub raised_at: Option<u32>,
    /// Where it awaits one thing after the other, if that was asked for.
    pub sequences: Option<Vec<AtOncePlace>>,
    /// The run, or why there is none.
    pub result: Option<Result<Document, Refusal>>,
}

#[derive(Deserialize)]
struct Constants {
    constants: Vec<Constant>,
}

#[derive(Deserialize)]
struct Sequences {
    sequences: Vec<AtOncePlace>,
}

#[derive(Deserialize)]
struct RaisedAt {
    raised_at: u32,
}

impl Answer {
    /// Takes the next text.
    pub fn hear(&mut self, text: &str) {
        let first = text.lines().next().unwrap_or_default();
        if let Ok(told) = serde_json::from_str::<Constants>(first) {
            self.constants = Some(told.constants);
        } else if let Ok(told) = serde_json::from_str::<RaisedAt>(first) {
            self.raised_at = Some(told.raised_at);
        } else if let Ok(told) = serde_json::from_str::<Sequences>(first) {
            self.sequences = Some(told.sequences);
        } else if let Ok(mut refusal) = serde_json::from_str::<Refusal>(first) {
            refusal.find_line();
            self.result = Some(Err(refusal));
        } else {
            self.result = Some(match trace_document::read(text.as_bytes()) {
                Ok(document) => Ok(document),
                Err(broken) => Err(Refusal {
                    kind: "internal".to_owned(),
                    text: broken.to_string(),
                    ..Refusal::default()
                }),
            });
        }
    }
}

impl Refusal {
    /// Takes the line out of a text that begins with one, as the engine's do.
    fn find_line(&mut self) {
        let found = self.text.strip_prefix("line ").and_then(|rest| {
            let (line, rest) = rest.split_once(": ")?;
            Some((line.parse().ok()?, rest.to_owned()))
        });
        if let (None, Some((line, rest))) = (self.line, found) {
            self.line = Some(line);
            self.text = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_sorted() {
        let mut answer = Answer::default();
        answer.hear(
            r#"{"constants": [{"name": "N", "value": 3, "line": 2, "column": 4, "end": 5}]}"#,
        );
        answer.hear(r#"{"raised_at": 7}"#);
        answer.hear(concat!(
            r#"{"format":"coroscope-trace","version":1}"#,
            "\n",
            r#"{"e":"task_created","t":0.5,"task":1,"name":"one"}"#,
            "\n",
            r#"{"e":"end","end":"raised","type":"ValueError","text":"no"}"#,
            "\n\n",
        ));
        assert_eq!(answer.constants.expect("told")[0].name, "N");
        assert_eq!(answer.raised_at, Some(7));
        let run = answer.result.expect("told").expect("a run");
        let run = super::super::recording::Recorded::of(run);
        assert_eq!(run.timeline.look().tasks[0].name.as_ref(), "one");
        assert_eq!(run.failure.expect("it raised").0.to_string(), "ValueError: no");
    }

    #[test]
    fn a_refusal_has_its_line() {
        let mut answer = Answer::default();
        answer.hear(r#"{"refused": "unsupported", "text": "line 2: threads cannot be started"}"#);
        let refusal = answer.result.expect("told").expect_err("refused");
        assert_eq!((refusal.line, refusal.text.as_str()), (Some(2), "threads cannot be started"));
        let mut answer = Answer::default();
        answer.hear(r#"{"refused": "syntax", "text": "invalid syntax", "line": 1, "column": 7, "end_line": 1, "end_column": 8}"#);
        let refusal = answer.result.expect("told").expect_err("refused");
        assert_eq!((refusal.kind.as_str(), refusal.column), ("syntax", Some(7)));
    }
}
