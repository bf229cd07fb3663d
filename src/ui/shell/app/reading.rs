//! The words of the example, and that they are read.

use super::App;
use super::message::Message;
use crate::parts::Part;
use crate::ui::course::{Reading, Texts};
use gloo_timers::callback::Timeout;
use yew::Context;

/// How long an example must have been open to count as read, in milliseconds.
const READ: u32 = 4000;

impl App {
    /// From now on the example is being read.
    pub(super) fn begin_reading(&mut self, ctx: &Context<Self>) {
        let (link, id) = (ctx.link().clone(), self.example.id);
        self.reading = Some(Timeout::new(READ, move || link.send_message(Message::Read(id))));
    }

    /// Says that a part of the page's program cannot be had.
    pub(super) fn miss(&mut self) {
        self.lacks = true;
    }

    /// Whether the texts of the example are here, in the language of the page.
    pub(super) fn has_texts(&self) -> bool {
        self.texts.texts().is_some_and(|texts| texts.are_of(self.example, self.language))
    }

    /// Asks for the texts of the example, unless they are here.
    pub(super) fn read(&mut self, ctx: &Context<Self>) {
        let (example, language) = (self.example, self.language);
        if !Part::of(example).is_here() {
            // Without a run the words say nothing true.
            self.texts = Reading::Failed;
            return;
        }
        if self.has_texts() {
            return;
        }
        // Those in the other language stay until then, so that nothing below them moves up and down.
        if !self.texts.texts().is_some_and(|texts| texts.are_of(example, language.other())) {
            self.texts = Reading::Awaited(self.texts.last().cloned());
        }
        ctx.link().send_future(async move {
            let texts = Texts::fetch(example.id, language).await;
            Message::Texts(example.id, language, texts.ok())
        });
    }
}
