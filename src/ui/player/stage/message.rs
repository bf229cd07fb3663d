//! What may happen to the stage, and what its parts call for that.

use super::super::bar::Request;
use super::super::find::Look;
use super::{Stage, Walk};
use crate::ui::panels::{Goal, Tab};
use ::chart::{Named, View};
use timeline::Ask;
use trace::TaskId;
use yew::html::Scope;
use yew::prelude::*;

/// What may happen.
pub enum Message {
    /// Another task stands out.
    Select(Option<TaskId>),
    /// Something for the player.
    Player(Request),
    /// Time for another picture of the live run.
    Frame,
    /// Show or hide the table.
    Table,
    /// Another range is selected, or none.
    Range(Option<(f64, f64)>),
    /// Look at what was found.
    Goal(Goal),
    /// Mark the critical path on the chart, or not.
    Mark,
    /// Look at the waits at a line of the program.
    Line(Vec<(TaskId, f64, f64)>),
    /// Show something else below the program.
    Tab(Tab),
    /// Ask who comes next, from the beginning.
    Ask(Ask),
    /// Something with the notes.
    Walk(Walk),
    /// Something in the field that looks for something.
    Look(Look),
    /// The reader says who comes next, or does not know.
    Answer(Option<Option<TaskId>>),
    /// Another part of the time axis is seen.
    View(Option<View>),
    /// The lanes are arranged differently.
    Lanes(Named),
    /// Look at what stands left of a column.
    Column(f64),
    /// Draw the run by time, or by its order.
    Axis,
    /// Time to find out what is behind the end of the span that stands out.
    Behind,
    /// A presenter's key: a step of the run on, or back.
    Turn {
        /// Whether to the next.
        on: bool,
    },
}

impl Message {
    /// Whether what it leads to comes with [`Part::Tools`](crate::parts::Part::Tools).
    pub(super) fn needs_tools(&self) -> bool {
        matches!(
            self,
            Message::Tab(Tab::Moment | Tab::Next)
                | Message::Axis
                | Message::Walk(_)
                | Message::Player(Request::Find | Request::Note(_))
        )
    }
}

/// What the parts call; made once, so that they are equal whenever they are compared.
pub struct Callbacks {
    pub(super) select: Callback<Option<TaskId>>,
    pub(super) request: Callback<Request>,
    pub(super) seek: Callback<f64>,
    pub(super) range: Callback<Option<(f64, f64)>>,
    pub(super) column: Callback<f64>,
    pub(super) view: Callback<Option<View>>,
    pub(super) lanes: Callback<Named>,
    pub(super) axis: Callback<MouseEvent>,
    pub(super) table: Callback<MouseEvent>,
    pub(super) goal: Callback<Goal>,
    pub(super) mark: Callback<MouseEvent>,
    pub(super) line: Callback<Vec<(TaskId, f64, f64)>>,
    pub(super) go: Callback<usize>,
    pub(super) tab: Callback<Tab>,
    pub(super) answer: Callback<Option<Option<TaskId>>>,
    pub(super) ask: Callback<Ask>,
    pub(super) walk: Callback<Walk>,
    pub(super) look: Callback<Look>,
}

impl Callbacks {
    /// Each sends its message to the stage.
    pub(super) fn of(link: &Scope<Stage>) -> Self {
        Callbacks {
            select: link.callback(Message::Select),
            request: link.callback(Message::Player),
            seek: link.callback(|time| Message::Player(Request::Seek(time))),
            range: link.callback(Message::Range),
            column: link.callback(Message::Column),
            view: link.callback(Message::View),
            lanes: link.callback(Message::Lanes),
            axis: link.callback(|_| Message::Axis),
            table: link.callback(|_| Message::Table),
            goal: link.callback(Message::Goal),
            mark: link.callback(|_| Message::Mark),
            line: link.callback(Message::Line),
            go: link.callback(|place| Message::Player(Request::Place(place))),
            tab: link.callback(Message::Tab),
            answer: link.callback(Message::Answer),
            ask: link.callback(Message::Ask),
            walk: link.callback(Message::Walk),
            look: link.callback(Message::Look),
        }
    }
}
