//! What each thing that happens does.

use super::App;
use super::address::asked_for;
use super::message::Message;
use super::pins::of_link;
use crate::parts::{self, Part};
use crate::ui::course::route::{self, Route};
use crate::ui::course::{Looked, Reading, Sight};
use crate::ui::program;
use crate::ui::shared::Shared;
use crate::ui::shell::document::{self, Told};
use crate::ui::shell::theme;
use yew::Context;

impl App {
    /// Does what a message asks for; says whether the page is to be rendered.
    pub(super) fn hear(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            // The address may have changed once more meanwhile.
            Message::Fetched(true) => return self.hear(ctx, Message::Address),
            Message::Address if !asked_for(self.language).iter().all(|part| part.is_here()) => {
                // What is on the page stays until it can be replaced.
                let parts = asked_for(self.language);
                ctx.link().send_future(async { Message::Fetched(parts::fetch(parts).await) });
                return false;
            }
            Message::Address | Message::Fetched(false) if !self.follow(ctx) => return true,
            Message::Address | Message::Fetched(false) => {}
            Message::Edit(edit) => return self.want(ctx, &edit),
            Message::Frame(id, args, prediction) => {
                let Some(wanted) = self.wanted.as_ref().filter(|_| id == self.example.id) else {
                    return false; // of what was on the page before
                };
                if wanted.next.borrow().is_none() {
                    self.wanted = None;
                }
                self.change_to(ctx, args, prediction);
            }
            Message::Reset => self.change(ctx, self.example.defaults()),
            Message::Try(values) => {
                let mut args = self.example.defaults();
                // A test sees to it that all are allowed.
                let _ = args.set_all(&values);
                self.show_before();
                self.change(ctx, args);
            }
            Message::Language => {
                self.language = self.language.other();
                self.language.remember();
                self.read(ctx);
            }
            Message::Again if !Part::of(self.example).is_here() => {
                let parts = vec![Part::of(self.example)];
                ctx.link().send_future(async {
                    parts::fetch(parts).await;
                    Message::Come
                });
                return false;
            }
            Message::Again => self.read(ctx),
            Message::Come => {
                self.change(ctx, (*self.args).clone());
                self.read(ctx);
            }
            Message::Theme => {
                self.dark = !self.dark;
                theme::remember(self.dark);
            }
            Message::Catalogue(open) => self.catalogue_open = open,
            Message::Escape if self.dialog.is_some() => return false, // it closes itself
            Message::Escape if self.catalogue_open => {
                self.catalogue_open = false;
                document::focus("open-catalogue");
            }
            Message::Escape if self.presenting => self.presenting = false,
            Message::Escape => return false,
            Message::Present(presenting) => {
                self.presenting = presenting;
                self.catalogue_open = false;
            }
            Message::Dialog(Some(_)) if !Part::Tools.is_here() => {
                parts::again(ctx, Part::Tools, message);
                return false;
            }
            Message::Missed => self.miss(),
            Message::Dialog(dialog) => self.dialog = dialog,
            Message::Divide(line, size) => self.division.put(line, size),
            Message::Moment(moment) => {
                self.moment = Some(moment);
                // What the address or the page around asked for has been left.
                self.at = None;
                self.tell_address();
                return false;
            }
            Message::Sight(sight) => {
                self.sight = sight;
                // What the address asked for has been left, or is there.
                self.asked = Sight::default();
                self.tell_address();
                return false;
            }
            Message::Axis(by_order) => {
                self.by_order = by_order;
                self.tell_address();
            }
            Message::Read(id) => {
                self.progress.has_read(id);
                route::remember();
            }
            Message::Changed => {
                self.changing = None;
                self.said = self.what_changed();
            }
            Message::Texts(id, language, texts) => {
                if id != self.example.id || language != self.language {
                    return false; // of what was on the page before
                }
                if texts.is_none() && self.has_texts() {
                    return false; // asked for twice, and the other answer was better
                }
                self.texts = texts.map_or(Reading::Failed, Reading::Here);
            }
            Message::Operation(operation) => {
                self.operation = operation;
                self.catalogue_open |= operation.is_some();
            }
            Message::Answer => {
                self.progress.answered = true;
                if let Some(exercise) = self.example.exercise {
                    self.change(ctx, exercise.solution(self.example.defaults()));
                }
            }
            Message::Phase(phase) => self.phase = phase,
            Message::Dismiss => {
                self.refused.clear();
                self.lacks = false;
            }
            Message::Pin(pin) => {
                self.pinned = pin.then(|| self.pin(true));
                self.tell_address();
            }
            Message::PinOwn(pinned) => self.pinned = pinned,
            Message::Solved(example) => {
                // Not by the answer that was looked at before.
                if !(self.progress.answered && example.id == self.example.id) {
                    self.progress.solve(example.id);
                }
            }
            Message::Notes(notes) => {
                self.notes = Shared::new(notes);
                self.tell_address();
            }
            Message::Print(printing) => self.printing = printing,
            Message::Asked(asked) => self.asked(ctx, asked),
            Message::World(world) => {
                self.dialog = None;
                if world.is_some() {
                    self.show_before();
                }
                let mut args = (*self.args).clone();
                args.set_world(world);
                self.change(ctx, args);
            }
        }
        self.told.tell(self.is_of(), self.language, self.dark && !self.printing);
        true
    }

    /// Shows what the address asks for, whose parts are here as far as they can be had; says whether that is
    /// another run of an example.
    fn follow(&mut self, ctx: &Context<Self>) -> bool {
        let own = program::Address::present(self.language);
        if own.is_some() && !Part::Own.is_here() {
            self.miss();
            return false;
        }
        let was_own = std::mem::replace(&mut self.own, own).is_some();
        if self.own.is_some() {
            self.catalogue_open = false;
            self.refused.clear();
            self.lacks = false;
            return false;
        }
        if was_own {
            // The title is that of a program.
            self.told = Told::default();
        }
        let route = Route::read(self.language);
        let same = route.example == self.example;
        let Looked { at, by_order, sight } = route.looked;
        let same_moment = at.is_none() || at == self.moment;
        let same_sight = sight.is_plain() || sight == self.sight;
        self.by_order |= by_order;
        if same
            && same_moment
            && same_sight
            && !was_own
            && route.args == *self.args
            && route.refused.is_empty()
            && route.pin.is_none()
            && route.notes == *self.notes
        {
            self.catalogue_open = false;
            return false;
        }
        if let Some(pin) = route.pin {
            self.pinned = Some(of_link(pin));
        }
        self.example = route.example;
        self.notes = Shared::new(route.notes);
        (self.refused, self.unknown, self.lacks) = (route.refused, route.unknown, false);
        self.catalogue_open = false;
        self.progress.answered &= same;
        (self.at, self.moment) = (at, at.or(self.moment.filter(|_| same)));
        if !same || !sight.is_plain() {
            (self.asked, self.sight) = (sight.clone(), sight);
        }
        self.change(ctx, route.args);
        self.refuse_nobody();
        if !same {
            (self.before, self.changing, self.opened) = (None, None, true);
            self.pinned = self.kept();
            self.begin_reading(ctx);
        }
        self.read(ctx);
        true
    }
}
