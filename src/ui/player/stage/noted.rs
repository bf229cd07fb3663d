//! Notes on a run: made, walked along, written and removed.

use super::{Stage, StageProps};
use crate::ui::notes::{MOST, Note};
use crate::ui::shared::Shared;
use timeline::Timeline;
use yew::prelude::*;

/// What the reader does with the notes.
#[derive(Clone, Debug, PartialEq)]
pub enum Walk {
    /// One more, on what is looked at.
    Add,
    /// On to the next, or back to the one before.
    To(bool),
    /// The one that is looked at says something else.
    Text(String),
    /// It is not needed.
    Remove,
}

impl Stage {
    /// Does it.
    pub(super) fn walk(&mut self, ctx: &Context<Self>, walk: Walk) {
        let mut notes = (*ctx.props().notes).clone();
        match walk {
            Walk::To(on) => return self.go_to_note(ctx, on),
            Walk::Add if notes.len() >= MOST => return,
            Walk::Add => {
                let note = self.new_note(&ctx.props().predicted.look());
                let place = notes.partition_point(|other| other.from <= note.from);
                notes.insert(place, note);
                self.note = Some(place);
            }
            Walk::Text(text) => {
                let Some(note) = self.note.and_then(|n| notes.get_mut(n)) else { return };
                note.text = text;
            }
            Walk::Remove => {
                let Some(n) = self.note.take_if(|n| *n < notes.len()) else { return };
                notes.remove(n);
                self.note = n.checked_sub(1).filter(|n| *n < notes.len());
            }
        }
        ctx.props().on_notes.emit(notes);
    }

    /// A note on the range that is selected, on the span of the task that stands out, or on the moment.
    fn new_note(&self, run: &Timeline) -> Note {
        let by_time = self.ordered.is_none();
        let range = self.range.filter(|_| by_time).map(|(from, to)| (from, to, None));
        let span = || {
            let lane = run.task(self.selected?)?;
            let span = lane.at(self.playhead).filter(|span| span.to > span.from)?;
            Some((span.from, span.to, Some(lane.id)))
        };
        let text = String::new();
        match range.or_else(span) {
            Some((from, to, task)) => Note { from, to: Some(to), task, text },
            None => Note { from: self.playhead, to: None, task: None, text },
        }
    }

    /// Looks at the next note, or the one before; from the last on to the first.
    fn go_to_note(&mut self, ctx: &Context<Self>, on: bool) {
        let notes = ctx.props().notes.clone();
        let count = notes.len();
        if count == 0 {
            return;
        }
        let next = match (self.note.filter(|n| *n < count), on) {
            (Some(n), true) => (n + 1) % count,
            (Some(n), false) => (n + count - 1) % count,
            (None, true) => 0,
            (None, false) => count - 1,
        };
        let note = &notes[next];
        self.note = Some(next);
        self.selected = note.task.filter(|task| ctx.props().predicted.look().task(*task).is_some());
        self.range = note.to.filter(|_| note.task.is_none()).map(|to| (note.from, to));
        self.seek(ctx, note.from);
    }

    /// The note that is looked at, in words; while presenting it is read by a room.
    pub(super) fn noted(&self, props: &StageProps) -> Option<String> {
        let note = props.notes.get(self.note?)?;
        (!note.text.is_empty()).then(|| note.text.clone())
    }

    /// Notes as the chart shows them, where there are some.
    pub(super) fn flagged(props: &StageProps) -> Option<Shared<Vec<Note>>> {
        (!props.notes.is_empty()).then(|| props.notes.clone())
    }
}
