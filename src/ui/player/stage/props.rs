//! What is played, and with what around it.

use crate::ui::course::{Reading, Sight};
use crate::ui::notes::Note;
use crate::ui::panels::{Edit, Failure, Locals};
use crate::ui::player::Phase;
use crate::ui::program::Draft;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use crate::ui::whatif::Pinned;
use ::chart::{Layout, named};
use examples::{Args, Example};
use timeline::Order;
use trace::TaskId;
use yew::prelude::*;

/// Where in an example's run the playhead stands at first: where most tasks are at something.
const FIRST_LOOK: f64 = 0.4;

/// What is played.
#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    /// The language.
    pub language: Language,
    /// Whether the theme is dark.
    pub dark: bool,
    /// Whether what is below the chart is left empty.
    pub early: bool,
    /// The example that can be played; none where the run was somebody else's.
    #[prop_or_default]
    pub example: Option<&'static Example>,
    /// The values of its parameters.
    #[prop_or_default]
    pub args: Option<Shared<Args>>,
    /// The program beside the chart, where it is not the example's.
    #[prop_or_default]
    pub programme: Option<Programme>,
    /// Its run.
    pub predicted: timeline::Shared,
    /// The rows of the chart.
    pub layout: Shared<Layout>,
    /// The order of the run.
    pub order: Shared<Order>,
    /// The run before the reader changed something.
    #[prop_or_default]
    pub before: Option<timeline::Shared>,
    /// The run that this one is compared with.
    #[prop_or_default]
    pub pinned: Option<Shared<Pinned>>,
    /// Whether the times of this one were measured.
    #[prop_or_default]
    pub real: bool,
    /// Pin this run, or compare with none.
    #[prop_or_default]
    pub on_pin: Callback<bool>,
    /// Which of the things that are no examples this is, by a number.
    #[prop_or_default]
    pub about: u32,
    /// The moment that the address asks for, in seconds.
    #[prop_or_default]
    pub at: Option<f64>,
    /// Whether the run is to be drawn by its order.
    #[prop_or_default]
    pub by_order: bool,
    /// What of the run the address asks to look at closely.
    #[prop_or_default]
    pub asked: Sight,
    /// The reader looks at something else closely.
    #[prop_or_default]
    pub on_sight: Callback<Sight>,
    /// The reader has it drawn by its order, or by time.
    #[prop_or_default]
    pub on_axis: Callback<bool>,
    /// Whether the page is shown to a room.
    #[prop_or_default]
    pub presenting: bool,
    /// How the run came to a bad end, if it did.
    pub failure: Option<Failure>,
    /// The texts of the example.
    #[prop_or_default]
    pub texts: Option<Reading>,
    /// The player does something else.
    #[prop_or_default]
    pub on_phase: Callback<Phase>,
    /// The reader looks at another moment, in seconds.
    #[prop_or_default]
    pub on_moment: Callback<f64>,
    /// Another value of a parameter.
    #[prop_or_default]
    pub on_edit: Callback<Edit>,
    /// What is noted on the run, in the order of time.
    #[prop_or_default]
    pub notes: Shared<Vec<Note>>,
    /// Other notes.
    #[prop_or_default]
    pub on_notes: Callback<Vec<Note>>,
    /// Local variables of tasks, where the run tells them.
    #[prop_or_default]
    pub locals: Option<Shared<Locals>>,
    /// What stands between the chart and the program.
    pub children: Html,
}

/// A program that is no example's.
#[derive(Clone, PartialEq)]
pub enum Programme {
    /// One that the reader writes.
    Draft(Draft),
    /// The files of one that was recorded, with their names.
    Recorded(Shared<Vec<(String, String)>>),
}

/// Which lines of the program beside the chart are which of the trace, where that is another's.
pub fn lines_of(props: &StageProps) -> Option<AttrValue> {
    (props.programme.is_none() && props.example.is_some())
        .then(|| text_of(props, "lines").unwrap_or_default())
}

/// A text of the example, where its program is beside the chart and it has come.
pub fn text_of(props: &StageProps, key: &str) -> Option<AttrValue> {
    let texts = props.texts.as_ref().filter(|_| props.programme.is_none())?;
    Some(AttrValue::from(texts.texts()?.get(key)?.to_owned()))
}

/// The moment that is shown when an example is opened.
pub fn first_look(props: &StageProps) -> f64 {
    props.at.unwrap_or_else(|| props.predicted.look().end * FIRST_LOOK)
}

/// The task that the address asks for.
pub fn asked_task(props: &StageProps) -> Option<TaskId> {
    named(&props.predicted.look(), props.asked.task.as_ref()?)
}

/// The range that the address asks for, in seconds.
pub fn asked_range(props: &StageProps) -> Option<(f64, f64)> {
    let range = props.asked.range?;
    let to = range.to.min(props.predicted.look().end);
    (range.from < to).then_some((range.from, to))
}
