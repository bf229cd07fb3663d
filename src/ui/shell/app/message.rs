//! What may happen to the page, and what its parts call for that.

use super::App;
use crate::ui::course::{Sight, Texts};
use crate::ui::notes::Note;
use crate::ui::panels::Edit;
use crate::ui::player::Phase;
use crate::ui::shared::Shared;
use crate::ui::shell::dialog::Open;
use crate::ui::shell::divider::Line;
use crate::ui::shell::embed::Asked;
use crate::ui::shell::language::Language;
use crate::ui::shell::prediction::Prediction;
use crate::ui::whatif::Pinned;
use asyncio::World;
use examples::{Args, Example};
use yew::Callback;

/// What may happen.
pub enum Message {
    /// The address has changed.
    Address,
    /// What the address asks for has come; or cannot be had.
    Fetched(bool),
    /// Another value of a parameter.
    Edit(Edit),
    /// The run with the values that were wanted, in time for the picture.
    Frame(&'static str, Args, Prediction),
    /// The values to begin with.
    Reset,
    /// The other language.
    Language,
    /// The other theme.
    Theme,
    /// Open or close the catalogue where it covers the page.
    Catalogue(bool),
    /// The texts of an example have come, or cannot be had.
    Texts(&'static str, Language, Option<Texts>),
    /// The catalogue is to list the examples that use an operation, or all.
    Operation(Option<&'static str>),
    /// The reader gives up on the exercise and wants its answer.
    Answer,
    /// The player does something else.
    Phase(Phase),
    /// The reader has read what was wrong with the address.
    Dismiss,
    /// The reader looks at another moment, in seconds.
    Moment(f64),
    /// The run is drawn by its order, or by time.
    Axis(bool),
    /// The reader looks at something else closely.
    Sight(Sight),
    /// Values that the words of the example propose, as in a link; the others as they are to begin with.
    Try(String),
    /// The texts that could not be had are to be fetched again.
    Again,
    /// They have come, or the program of the example has, as far as it can be had.
    Come,
    /// Values have stood still for long enough.
    Changed,
    /// The example has been open for long enough.
    Read(&'static str),
    /// Show the page to a room, or no longer.
    Present(bool),
    /// Open something over the page, or close it.
    Dialog(Option<Open>),
    /// Something that is wanted seldom cannot be had.
    Missed,
    /// Move a line between two parts of the page.
    Divide(Line, Option<f64>),
    /// Away from whatever covers the page.
    Escape,
    /// Pin the run of the example, or compare with none.
    Pin(bool),
    /// Pin a run of the reader's program, or compare with none.
    PinOwn(Option<Shared<Pinned>>),
    /// The reader has solved an exercise by editing its program.
    Solved(&'static Example),
    /// Let the example run in this world, or as it says.
    World(Option<World>),
    /// Other notes.
    Notes(Vec<Note>),
    /// The page is put on paper, or no longer.
    Print(bool),
    /// The page around asks for something.
    Asked(Asked),
}

/// What the parts of the page call; made once, so that they are equal whenever they are compared.
pub struct Callbacks {
    pub(super) language: Callback<()>,
    pub(super) theme: Callback<()>,
    pub(super) catalogue: Callback<bool>,
    pub(super) operation: Callback<Option<&'static str>>,
    pub(super) edit: Callback<Edit>,
    pub(super) reset: Callback<()>,
    pub(super) dismiss: Callback<()>,
    pub(super) answer: Callback<()>,
    pub(super) phase: Callback<Phase>,
    pub(super) moment: Callback<f64>,
    pub(super) axis: Callback<bool>,
    pub(super) sight: Callback<Sight>,
    pub(super) attempt: Callback<String>,
    pub(super) again: Callback<()>,
    pub(super) present: Callback<bool>,
    pub(super) dialog: Callback<Option<Open>>,
    pub(super) divide: Callback<(Line, Option<f64>)>,
    pub(super) pin: Callback<bool>,
    pub(super) pin_own: Callback<Option<Shared<Pinned>>>,
    pub(super) solved: Callback<&'static Example>,
    pub(super) orders: Callback<()>,
    pub(super) world: Callback<Option<World>>,
    pub(super) notes: Callback<Vec<Note>>,
}

impl Callbacks {
    /// Each sends its message to the page.
    pub(super) fn of(link: &yew::html::Scope<App>) -> Self {
        Callbacks {
            language: link.callback(|()| Message::Language),
            theme: link.callback(|()| Message::Theme),
            catalogue: link.callback(Message::Catalogue),
            operation: link.callback(Message::Operation),
            edit: link.callback(Message::Edit),
            reset: link.callback(|()| Message::Reset),
            dismiss: link.callback(|()| Message::Dismiss),
            answer: link.callback(|()| Message::Answer),
            phase: link.callback(Message::Phase),
            moment: link.callback(Message::Moment),
            axis: link.callback(Message::Axis),
            sight: link.callback(Message::Sight),
            attempt: link.callback(Message::Try),
            again: link.callback(|()| Message::Again),
            present: link.callback(Message::Present),
            dialog: link.callback(Message::Dialog),
            divide: link.callback(|(line, size)| Message::Divide(line, size)),
            pin: link.callback(Message::Pin),
            pin_own: link.callback(Message::PinOwn),
            solved: link.callback(Message::Solved),
            orders: link.callback(|()| Message::Dialog(Some(Open::Orders))),
            world: link.callback(Message::World),
            notes: link.callback(Message::Notes),
        }
    }
}
