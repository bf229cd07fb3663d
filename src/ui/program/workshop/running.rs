//! The program as it runs in the engine, and what comes of that.

use super::super::answer::{Answer, Refusal};
use super::super::engine::{self, Told};
use super::super::recording::Recorded;
use super::super::settings::Settings;
use super::super::trials::world as world_of;
use super::Workshop;
use super::message::Message;
use crate::ui::shared::Shared;
use gloo_timers::callback::Timeout;
use serde_json::json;
use yew::Context;

/// How long a run may take before it is ended, in milliseconds of real time.
pub const PATIENCE: u32 = 10_000;

/// The name under which a program runs, as tracebacks and sites have it.
const FILE: &str = "program.py";

/// How far the engine is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
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

impl Workshop {
    /// Runs the program, as soon as the engine can.
    pub(super) fn begin(&mut self, ctx: &Context<Self>) {
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
    pub(super) fn stop(&mut self) {
        self.wanted = false;
        self.patience = None;
        self.engine = State::Loading(0.0);
        engine::stop();
    }

    /// Takes what the engine says.
    pub(super) fn hear(&mut self, ctx: &Context<Self>, told: Told) {
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
    pub(super) fn take(&mut self) {
        let answer = std::mem::take(&mut self.answer);
        if let Some(constants) = answer.constants.filter(|constants| *constants != *self.constants)
        {
            self.constants = Shared::new(constants);
        }
        match answer.result {
            Some(Ok(document)) => {
                let run = Recorded::of(document);
                let missed = self.asked.sight.miss(&run.timeline.look());
                if !missed.is_empty() {
                    self.refused.extend(missed);
                    self.looked.sight = self.asked.sight.clone();
                }
                self.run = Some(run);
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
    pub(super) fn refuse(&mut self, refusal: Refusal) {
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
