//! What is on the page, as an address; and the page around, which is told of it.

use super::App;
use crate::parts::Part;
use crate::ui::course::Looked;
use crate::ui::course::route::{self, Route};
use crate::ui::program;
use crate::ui::shell::document;
use crate::ui::shell::embed::{self, Asked};
use crate::ui::shell::language::Language;
use crate::ui::whatif::Source;
use examples::Example;
use gloo_timers::callback::Timeout;
use yew::Context;

/// How long the values must have stood still before the address follows, in milliseconds: browsers
/// refuse to change it often, and it costs them time.
const SETTLED: u32 = 150;

impl App {
    /// The address of what is on the page.
    pub(super) fn address(&self) -> String {
        let kept = self.kept();
        let pin = match kept.as_ref().map(|pinned| &pinned.source) {
            Some(Source::Example(example, args)) => Some((*example, args)),
            _ => None,
        };
        let (at, by_order, sight) = (self.moment, self.by_order, self.sight.clone());
        let looked = Looked { at, by_order, sight };
        let address = route::address(self.example, &self.args, &looked, pin, &self.notes);
        route::with_query(address, self.unknown.clone())
    }

    /// In time tells the address, when values and moment have come to rest.
    pub(super) fn tell_address(&mut self) {
        let address = self.address();
        let before = route::present();
        let (end, at) = (self.prediction.timeline.look().end, self.moment);
        self.address = Some(Timeout::new(SETTLED, move || {
            // Another address that came meanwhile is the reader's, though nobody may have heard of it yet.
            if route::present() == before {
                route::replace(&address);
            }
            embed::tell(&address, end, at);
        }));
    }

    /// The example that is shown; none where it is a program of the reader's.
    pub(super) fn is_of(&self) -> Option<&'static Example> {
        Some(self.example).filter(|_| self.own.is_none())
    }

    /// Tells the page around, if there is one, what is shown.
    pub(super) fn tell_around(&self) {
        embed::tell(&self.address(), self.prediction.timeline.look().end, self.moment);
    }

    /// Says so if the address asks for tasks that the run does not have.
    pub(super) fn refuse_nobody(&mut self) {
        let missed = self.asked.miss(&self.prediction.timeline.look());
        if !missed.is_empty() {
            self.refused.extend(missed);
            self.sight = self.asked.clone();
        }
    }

    /// Does what the page around asks for, as far as a link could.
    pub(super) fn asked(&mut self, ctx: &Context<Self>, asked: Asked) {
        match asked {
            Asked::Seek(at) => {
                (self.at, self.moment) = (Some(at), Some(at));
                self.tell_address();
            }
            Asked::Set(values) => {
                let mut args = (*self.args).clone();
                for (name, value) in values.split('&').filter_map(|pair| pair.split_once('=')) {
                    // What is not allowed stays as it is.
                    let _ = args.set(name, value);
                }
                self.change(ctx, args);
            }
            Asked::Open(address) => {
                if let Some(window) = document::window() {
                    // The change is heard as any other.
                    let _ = window.location().set_hash(&address);
                }
            }
        }
    }
}

/// The parts of the page's program that the address asks for.
pub fn asked_for(language: Language) -> Vec<Part> {
    let is_exercise = |example: &Example| example.exercise.is_some();
    let (mut parts, has_tools) = match program::Address::present(language) {
        Some(program::Address { example, looked, notes, .. }) => {
            let attempt = example.is_some_and(|(example, _)| is_exercise(example));
            (vec![Part::Own], attempt || looked.by_order || !notes.is_empty())
        }
        None => {
            let Route { example, looked, pin, notes, .. } = Route::read(language);
            let examples = [example].into_iter().chain(pin.map(|(example, _)| example));
            let has_tools = looked.by_order || !notes.is_empty() || is_exercise(example);
            (examples.map(Part::of).collect(), has_tools)
        }
    };
    parts.extend(has_tools.then_some(Part::Tools));
    parts
}
