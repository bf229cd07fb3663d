//! A run that stays, to be compared with others.

use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use examples::{Args, Example};
use timeline::{Comparison, Order};

/// What a run was of.
#[derive(Clone, PartialEq)]
pub enum Source {
    /// An example with values.
    Example(&'static Example, Args),
    /// A program of the reader's, or a trace, by its name.
    Named(String),
}

/// A run that others are compared with.
pub struct Pinned {
    /// What it was of.
    pub source: Source,
    /// Whether the reader pinned it; otherwise it is what was there before values were tried.
    pub kept: bool,
    /// The run.
    pub timeline: timeline::Shared,
    /// What happened in it, one thing after another.
    pub order: Shared<Order>,
    /// Whether its times were measured, and are never the same twice.
    pub real: bool,
}

impl Pinned {
    /// How a run compares with it; `real` says whether the times of that run were measured.
    pub fn compare(&self, timeline: &timeline::Shared, order: &Order, real: bool) -> Comparison {
        let (run, other) = (timeline.look(), self.timeline.look());
        Comparison::of((&run, order), (&other, &self.order), !real && !self.real)
    }

    /// What it was of, in words: what is different from the defaults of an example stands before its title, which may
    /// be that of the page.
    pub fn name(&self, language: Language) -> String {
        match &self.source {
            Source::Named(name) => name.clone(),
            Source::Example(example, args) => {
                let changed = args.iter().filter(|(param, value)| param.default() != **value);
                let changed =
                    changed.map(|(param, value)| format!("{}={}", param.name, value.plain()));
                let title = example.title(language.locale()).replace('`', "");
                changed
                    .chain(args.world().map(|world| super::say_world(language, world)))
                    .chain([title])
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
        }
    }
}
