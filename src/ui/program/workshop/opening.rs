//! What an address asks for, shown in the editor.

use super::super::address::{self, Address};
use super::super::{kept, script};
use super::Workshop;
use super::message::Message;
use crate::ui::course::{Texts, route};
use crate::ui::shared::Shared;
use serde_json::json;
use yew::Context;

/// Starting points, by their names among the words.
pub const SAMPLES: [(&str, &str); 3] = [
    ("first", include_str!("../samples/first.py")),
    ("queue", include_str!("../samples/queue.py")),
    ("timeout", include_str!("../samples/timeout.py")),
];

/// Their names.
pub const SAMPLE_NAMES: [&str; 3] = [SAMPLES[0].0, SAMPLES[1].0, SAMPLES[2].0];

impl Workshop {
    /// Opens what an address asks for.
    pub(super) fn open(&mut self, ctx: &Context<Self>, address: &Address) {
        let language = ctx.props().language;
        self.recording = None;
        self.said = None;
        self.forked = None;
        self.held = false;
        self.exercised = None;
        self.notes = Shared::new(address.notes.clone());
        self.refused.clone_from(&address.refused);
        self.asked = address.looked.clone();
        self.looked = address.looked.clone();
        if let Some(code) = address.code.clone() {
            let name = address.name.clone().unwrap_or_else(|| language.text("program.new"));
            self.name = name.clone();
            ctx.link().send_future(async move {
                let text = script::unpack(&code).await;
                Message::Unpacked(name, text.map_err(|error| said(&error)))
            });
            return;
        }
        if let Some((example, _)) = &address.example {
            self.name = address::name_of(example);
            let (example, address) = (example.id, address.clone());
            ctx.link().send_future(async move {
                Message::Texts(Box::new(address), Texts::fetch(example, language).await.ok())
            });
            return;
        }
        let wanted = address.name.clone().or_else(kept::last).filter(|name| !name.is_empty());
        if let Some(name) = &wanted
            && let Some(example) = address::example_of(name)
        {
            let example = Some((example, example.defaults()));
            return self.open(ctx, &Address { name: wanted, example, ..Address::default() });
        }
        self.name = wanted.unwrap_or_else(|| kept::free(&language.text("program.new")));
        let text = kept::get(&self.name).unwrap_or_else(|| SAMPLES[0].1.to_owned());
        self.original = text.as_str().into();
        self.show(ctx, &text);
    }

    /// Shows a program, and runs it unless it is held.
    pub(super) fn show(&mut self, ctx: &Context<Self>, text: &str) {
        if address::example_of(&self.name).is_none() {
            (self.exercised, self.network) = (None, json!({}));
        }
        self.run = None;
        self.about += 1;
        self.refusal = None;
        self.raised_at = None;
        self.constants = Shared::new(Vec::new());
        self.draft.stale = false;
        self.draft.complaints = "[]".into();
        self.replace(text);
        self.version += 1;
        self.known = kept::get(&self.name);
        kept::open(&self.name);
        if ctx.props().address.name.as_deref() != Some(&*self.name) || self.held {
            route::replace(&address::of(&self.name));
        }
        if self.held {
            // It is the reader's now, whether it is run or not.
            self.keep(ctx.props().language);
        } else {
            self.begin(ctx);
        }
    }

    /// Takes another text that the editor does not know.
    pub(super) fn replace(&mut self, text: &str) {
        self.draft.text = text.into();
        self.draft.revision += 1;
    }
}

/// An error of JavaScript's in words.
fn said(error: &wasm_bindgen::JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok();
    message.and_then(|message| message.as_string()).unwrap_or_else(|| format!("{error:?}"))
}
