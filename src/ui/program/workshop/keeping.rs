//! That nothing typed is lost: not where other tabs write under the same name, nor where nothing can be kept.

use super::super::{address, kept};
use super::{Message, PAUSE, Workshop};
use crate::ui::course::route;
use crate::ui::shell::{Language, store};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

impl Workshop {
    /// Keeps the program; what is an example's and is not edited is not kept.
    pub(super) fn keep(&mut self, language: Language) {
        self.said.clone_from(&self.forked);
        let stored = kept::get(&self.name);
        let theirs = stored.filter(|stored| Some(stored) != self.known.as_ref());
        if theirs.is_some_and(|stored| stored != *self.draft.text) {
            // Another tab has written under this name what this one has not seen: both texts stay.
            let before = self.name.trim_start_matches('@').to_owned();
            self.call(&kept::free(&before));
            self.forked = Some(language.fill("program.forked", &[("name", &before)]));
            self.said.clone_from(&self.forked);
        }
        if self.draft.text == self.original && address::example_of(&self.name).is_some() {
            kept::remove(&self.name);
            (self.known, self.hold) = (None, None);
            return;
        }
        self.known = Some(self.draft.text.to_string());
        if kept::set(&self.name, &self.draft.text) {
            self.hold = None;
        } else {
            self.said = Some(language.text("program.not_kept"));
            self.hold = self.hold.take().or_else(store::hold);
        }
    }

    /// Gives the program another name, under which nothing is kept yet.
    pub(super) fn call(&mut self, name: &str) {
        self.name = name.to_owned();
        self.known = None;
        self.version += 1;
        kept::open(name);
        route::replace(&address::of(name));
    }

    /// Runs the program when the reader has paused.
    pub(super) fn wait(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.pause = Some(Timeout::new(PAUSE, move || link.send_message(Message::Paused)));
    }

    /// Shows what another tab has written under the name of this program, unless there is something here that it has
    /// not seen.
    pub(super) fn follow(&mut self, ctx: &Context<Self>) {
        self.version += 1;
        let stored = kept::get(&self.name);
        let is_seen = match &self.known {
            Some(known) => **known == *self.draft.text && self.hold.is_none(),
            None => self.draft.text == self.original,
        };
        if !is_seen || stored == self.known {
            return;
        }
        // What another tab has removed stays here until it is typed in, or left; an example's is put back.
        let of_example = address::example_of(&self.name).map(|_| self.original.to_string());
        self.known.clone_from(&stored);
        if let Some(text) = stored.or(of_example) {
            self.replace(&text);
            self.draft.stale = self.run.is_some();
            if !self.held {
                self.wait(ctx);
            }
        }
    }
}
