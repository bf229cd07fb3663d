//! What may happen to the page of a program.

use super::super::address::Address;
use super::super::engine::Told;
use super::super::files::Opened;
use super::super::settings::Settings;
use super::super::toolbar::Ask;
use crate::ui::course::{Sight, Texts};
use crate::ui::notes::Note;
use web_sys::File;

/// What may happen.
pub enum Message {
    /// The engine says something.
    Told(Told),
    /// The reader has typed.
    Changed(String),
    /// The reader has paused.
    Paused,
    /// The run takes too long.
    Impatient,
    /// The reader asks for something.
    Ask(Ask),
    /// Another value for a constant.
    Set(usize, String),
    /// The texts of the example of which a program is made.
    Texts(Box<Address>, Option<Texts>),
    /// The texts of the exercise in the language of the page, if they can be had.
    Words(Option<Texts>),
    /// The reader wants to read the answer of the exercise.
    Answer,
    /// The program of a link, or what is wrong with it.
    Unpacked(String, Result<String, String>),
    /// A link was made and copied, or not.
    Linked(Result<(), &'static str>),
    /// A file of this name was read, or could not be.
    Opened(String, Option<Opened>),
    /// Something is to be said of what the reader asked for.
    Said(String),
    /// A file is dropped.
    Dropped(File),
    /// Back from a recording to the program.
    Leave,
    /// The engine that could not be started is to be started again.
    Restart,
    /// Other notes.
    Notes(Vec<Note>),
    /// The reader looks at another moment, in seconds.
    Moment(f64),
    /// The run is drawn by its order, or by time.
    Axis(bool),
    /// The reader looks at something else closely.
    Sight(Sight),
    /// The reader has read what was wrong with the address.
    Dismiss,
    /// Pin the run, or compare with none.
    Pin(bool),
    /// Write the imports that the run was given into the program.
    Import,
    /// Tell something else besides.
    Switch(Settings),
    /// Another tab has kept or forgotten something.
    Elsewhere,
    /// The engine was lent, and comes back.
    Back,
    /// Another text, by other means than typing.
    Replace(String),
}
