//! What the reader asks for beside typing: programs and files opened, kept, given away.

use super::super::address::{self, Address};
use super::super::answer::Refusal;
use super::super::files::{self, Opened};
use super::super::recording::Recorded;
use super::super::toolbar::Ask;
use super::super::{kept, script};
use super::Workshop;
use super::message::Message;
use super::opening::SAMPLES;
use crate::ui::clipboard;
use crate::ui::course::{Looked, route};
use crate::ui::fetch::fetch;
use crate::ui::notes::Note;
use crate::ui::take::save_file;
use web_sys::File;
use yew::prelude::*;

/// The longest link that is given, in characters; browsers and chats cut longer ones.
const LONGEST: usize = 8_000;

impl Workshop {
    /// Does what the reader asks for.
    pub(super) fn ask(&mut self, ctx: &Context<Self>, ask: Ask) {
        let language = ctx.props().language;
        match ask {
            Ask::Run => {
                self.held = false;
                self.begin(ctx);
            }
            Ask::Stop => {
                self.stop();
                let text = language.text("program.stopped");
                self.refuse(Refusal { kind: "limit".into(), text, ..Refusal::default() });
            }
            Ask::Open(name) => self.open(ctx, &Address { name: Some(name), ..Address::default() }),
            Ask::New(sample) => {
                let Some((key, text)) = SAMPLES.get(sample) else { return };
                self.name = kept::free(&language.text(&format!("program.sample.{key}")));
                self.original = (*text).into();
                self.held = false;
                kept::set(&self.name, text);
                self.show(ctx, text);
            }
            Ask::Rename(name) => {
                let name = name.trim().trim_start_matches('@').to_owned();
                if !name.is_empty() && name != self.name {
                    // What another tab has written meanwhile stays.
                    if kept::get(&self.name) == self.known {
                        kept::remove(&self.name);
                    }
                    self.call(&kept::free(&name));
                    self.keep(language);
                }
                self.version += 1;
            }
            Ask::Original => {
                let original = self.original.clone();
                self.replace(&original);
                self.keep(language);
                self.begin(ctx);
            }
            Ask::Link => {
                let (name, text) = (self.name.clone(), self.draft.text.clone());
                let (looked, notes) = (self.looked.clone(), self.notes.clone());
                ctx.link().send_future(async move {
                    Message::Linked(link(&name, &text, &looked, &notes).await)
                });
            }
            Ask::Save => {
                let name = self.name.trim_start_matches('@');
                let suffix = if name.ends_with(".py") { "" } else { ".py" };
                save_file(&format!("{name}{suffix}"), "text/x-python", &self.draft.text);
            }
            Ask::Remove => {
                kept::remove(&self.name);
                let next = kept::names().into_iter().next();
                kept::open(next.as_deref().unwrap_or_default());
                self.open(ctx, &Address { name: next, ..Address::default() });
            }
            Ask::File(file) => self.read(ctx, file),
            Ask::Recorder => ctx.link().send_future(async {
                Message::Linked(Err(copy_recorder().await.err().unwrap_or("recorder_copied")))
            }),
        }
    }

    /// Reads a file, of which the component then hears.
    pub(super) fn read(&mut self, ctx: &Context<Self>, file: File) {
        let (link, language, name) = (ctx.link().clone(), ctx.props().language, file.name());
        ctx.link().send_future(async move {
            let tell = |part: usize| {
                let parts = [("name", &*name), ("part", &part.to_string())];
                link.send_message(Message::Said(language.fill("program.reading", &parts)));
            };
            let opened = files::read(file, tell).await;
            Message::Opened(name, opened.ok())
        });
    }

    /// Takes a file: a trace is shown, anything else is a program.
    pub(super) fn opened(&mut self, ctx: &Context<Self>, name: String, opened: Option<Opened>) {
        let language = ctx.props().language;
        self.said = None;
        match opened {
            None => self.said = Some(language.fill("program.unreadable", &[("name", &name)])),
            Some(Opened::Trace(document, broken)) if document.events.is_empty() => {
                let what = broken.unwrap_or_default();
                self.said = Some(language.fill("program.broken_trace", &[("what", &what)]));
            }
            Some(Opened::Trace(document, broken)) => {
                self.recording = Some((name, Recorded::of(*document), broken));
                self.about += 1;
            }
            Some(Opened::Program(text)) => {
                self.recording = None;
                self.name = kept::free(name.trim_end_matches(".py"));
                self.original = text.as_str().into();
                self.held = false;
                kept::set(&self.name, &text);
                self.show(ctx, &text);
            }
        }
    }
}

/// Puts a link that carries a program on the clipboard and into the browser's bar.
async fn link(name: &str, text: &str, looked: &Looked, notes: &[Note]) -> Result<(), &'static str> {
    let packed = script::pack(text).await.map_err(|_| "not_linked")?;
    let address = address::carrying(name, &packed, looked, notes);
    if address.len() > LONGEST {
        return Err("link_too_long");
    }
    route::replace(&address);
    clipboard::copy(&format!("{}{address}", files::page())).await.map_err(|_| "in_bar")
}

/// Puts the recorder for real programs on the clipboard.
async fn copy_recorder() -> Result<(), &'static str> {
    let text = fetch("engine/coroscope.py").await.map_err(|_| "recorder_missing")?;
    clipboard::copy(&text).await.map_err(|_| "recorder_missing")
}
