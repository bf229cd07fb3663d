//! What stands above a program: how far the engine is, and why there is no chart.

use super::super::engine::coming;
use super::Message;
use super::{State, Workshop};
use crate::ui::shell::{Again, Language};
use yew::prelude::*;

impl Workshop {
    /// Its state in the document.
    pub(super) fn state_name(&self) -> &'static str {
        match self.engine {
            State::Absent => "absent",
            State::Loading(_) => "loading",
            State::Ready(_) => "ready",
            State::Running => "running",
            State::Failed(_) => "failed",
        }
    }

    /// What stands above all: why there is no chart, or how far it is.
    pub(super) fn notice(&self, ctx: &Context<Self>) -> Html {
        let language = ctx.props().language;
        if self.recording.is_some() {
            return Html::default();
        }
        let text = |key: &str| language.text(&format!("program.{key}"));
        let said = match &self.engine {
            State::Absent => Some(text("absent")),
            State::Failed(what) => Some(language.fill("program.failed", &[("what", what)])),
            State::Loading(part) if !self.held => Some(coming(language, *part)),
            _ if self.held => Some(text("held")),
            _ => None,
        };
        let refused = self.refusal.as_ref().map(|refusal| {
            let line = refusal.line.map(|line| line.to_string());
            let what = match &line {
                Some(line) => {
                    language.fill("program.at_line", &[("line", line), ("what", &refusal.text)])
                }
                None => refusal.text.clone(),
            };
            language.fill(&format!("program.refused.{}", refusal.kind), &[("what", &what)])
        });
        let raised = self
            .raised_at
            .map(|line| language.fill("program.raised_at", &[("line", &line.to_string())]));
        let added = self.run.as_ref().map(|run| &run.added).filter(|_| self.refusal.is_none());
        let completed = added.and_then(|added| added.said(language));
        let stand_ins = added.and_then(|added| added.stand_ins(language));
        let measured = self.run.as_ref().map(|run| run.measured);
        let measured = measured.filter(|seconds| *seconds > 0.0 && self.refusal.is_none());
        let measured = measured
            .map(|seconds| language.fill("program.measured", &[("n", &format!("{seconds:.2}"))]));
        let can_import = added.is_some_and(|added| !added.imports.is_empty());
        let lines: Vec<String> =
            [said, refused, raised, completed, stand_ins, measured].into_iter().flatten().collect();
        if lines.is_empty() {
            return Html::default();
        }
        let on_again = matches!(self.engine, State::Failed(_));
        let on_again = on_again.then(|| ctx.link().callback(|()| Message::Restart));
        html! {
            <div class="notice" role="status" id="program-notice">
                {for lines.into_iter().map(|line| html! { <p>{line}</p> })}
                if let Some(on_again) = on_again {
                    <Again {language} id="engine-again" {on_again} />
                }
                if can_import {
                    <button id="program-import" class="button" onclick={&self.on_import}>
                        {text("added.import")}
                    </button>
                }
            </div>
        }
    }

    /// What stands above a recording.
    pub(super) fn heading(&self, language: Language) -> Html {
        let Some((name, run, broken)) = &self.recording else { return Html::default() };
        let broken =
            broken.as_ref().map(|what| language.fill("program.broken_trace", &[("what", what)]));
        let key = if run.real { "program.recorded_real" } else { "program.recorded" };
        html! {
            <div class="intro own">
                <h1>{name}</h1>
                <div class="tools">
                    <span class="edited" id="recorded">{language.text(key)}</span>
                    <button id="program-leave" class="button" onclick={&self.on_leave}>{language.text("program.back")}</button>
                    if let Some(broken) = broken {
                        <span class="said" role="alert">{broken}</span>
                    }
                    <span class="said" role="status">{self.said.clone()}</span>
                </div>
            </div>
        }
    }
}
