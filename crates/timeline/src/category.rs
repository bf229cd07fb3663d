//! What a task waits for, sorted.

use crate::{Span, State};
use trace::{Op, Wait};

/// Sorts of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// For time to pass: the simulated work.
    Sleep,
    /// For other tasks.
    Tasks,
    /// For a permit.
    Permit,
    /// For an item.
    Item,
    /// For a place in a queue.
    Place,
    /// For a queue's items to be declared done.
    Join,
    /// For a future, or something else.
    Other,
    /// For an event, a condition, a barrier.
    Signal,
    /// For a job in a pool.
    Job,
    /// For the network.
    Network,
    /// For the loop: ready to run, or due while it is held.
    Loop,
}

impl Category {
    /// Where a span belongs; `None` for running.
    pub fn of(span: &Span) -> Option<Category> {
        match &span.state {
            State::Ready | State::Due => Some(Category::Loop),
            State::Running | State::Blocking => None,
            State::Waiting { cause, .. } => Some(match cause {
                Wait::Sleep { .. } => Category::Sleep,
                Wait::Task(_) | Wait::Tasks { .. } => Category::Tasks,
                Wait::Resource { op, .. } | Wait::Op(op) => match op {
                    Op::Acquire => Category::Permit,
                    Op::Get => Category::Item,
                    Op::Put => Category::Place,
                    Op::Join => Category::Join,
                    Op::Wait => Category::Signal,
                    Op::ToThread | Op::RunInExecutor | Op::Submit => Category::Job,
                    Op::Read | Op::ReadLine | Op::ReadExactly | Op::ReadUntil => Category::Network,
                    Op::Drain | Op::WaitClosed | Op::Accept | Op::Connect => Category::Network,
                    Op::Shutdown | Op::ServeForever | Op::Other => Category::Other,
                },
                Wait::NextIteration => Category::Loop,
                Wait::Future | Wait::Unknown => Category::Other,
            }),
        }
    }

    /// The key of its name among the words.
    pub fn key(self) -> &'static str {
        match self {
            Category::Sleep => "category.sleep",
            Category::Tasks => "category.tasks",
            Category::Permit => "category.permit",
            Category::Item => "category.item",
            Category::Place => "category.place",
            Category::Join => "category.join",
            Category::Other => "category.other",
            Category::Signal => "category.signal",
            Category::Job => "category.job",
            Category::Network => "category.network",
            Category::Loop => "category.loop",
        }
    }
}
