//! The values of the parameters, and the run with them.

use super::App;
use super::message::Message;
use crate::ui::panels::{Edit, seconds};
use crate::ui::shared::Shared;
use crate::ui::shell::prediction::{Prediction, Wanted};
use examples::{Args, Attempt};
use gloo_render::request_animation_frame;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Context;

/// How long they must have stood still before the next change is another one, in milliseconds: what is said of a change
/// is said of all of a slider's way.
const CHANGED: u32 = 700;

impl App {
    /// Takes another value for the next picture. However many come before it, the example runs once.
    pub(super) fn want(&mut self, ctx: &Context<Self>, edit: &Edit) -> bool {
        let mut args = match &self.wanted {
            Some(wanted) => wanted.latest.clone(),
            None => (*self.args).clone(),
        };
        if !edit.apply(&mut args) {
            return false;
        }
        if let Some(wanted) = &mut self.wanted
            && wanted.next.borrow().is_some()
        {
            wanted.next.replace(Some(args.clone()));
            wanted.latest = args;
            return false;
        }
        let next = Rc::new(RefCell::new(Some(args.clone())));
        let (link, example, taken) = (ctx.link().clone(), self.example, next.clone());
        // The run is made here and not where the message comes: what renders a page lets the browser go first
        // when it has been at work for a frame's time, and then the picture would be of the frame after.
        let frame = request_animation_frame(move |_| {
            let Some(args) = taken.take() else { return };
            let prediction = Prediction::of(example, &args);
            link.send_message(Message::Frame(example.id, args, prediction));
        });
        self.wanted = Some(Wanted { next, latest: args, _frame: frame });
        false
    }

    /// Takes other values.
    pub(super) fn change(&mut self, ctx: &Context<Self>, args: Args) {
        self.wanted = None;
        let prediction = Prediction::of(self.example, &args);
        self.change_to(ctx, args, prediction);
    }

    /// Takes other values with their run, and in time tells the address.
    pub(super) fn change_to(&mut self, ctx: &Context<Self>, args: Args, prediction: Prediction) {
        self.args = Shared::new(args);
        if self.changing.is_none() {
            self.before = Some(self.prediction.timeline.clone());
        }
        let link = ctx.link().clone();
        let changed = move || link.send_message(Message::Changed);
        self.changing = Some(Timeout::new(CHANGED, changed));
        self.take(prediction);
        self.tell_address();
    }

    pub(super) fn take(&mut self, prediction: Prediction) {
        let timeline = prediction.timeline.look();
        let ended_well = prediction.failure.is_none();
        // What holds in one world by luck is no solution.
        if self.args.world().is_none() {
            self.progress.judge(self.example, &Attempt { timeline: &timeline, ended_well });
        }
        drop(timeline);
        self.prediction = prediction;
    }

    /// What the last change led to, in words.
    pub(super) fn what_changed(&self) -> String {
        let now = seconds(self.prediction.timeline.look().end);
        let was = self.before.as_ref().map(|run| seconds(run.look().end));
        let was = was.unwrap_or_else(|| now.clone());
        self.language.fill("figures.said", &[("now", &now), ("was", &was)])
    }
}
