//! A run that is shown only as far as the reader has said who comes next.

use crate::ui::shared::Shared;
use ::chart::Layout;
use timeline::{Ask, Order, Question};
use trace::TaskId;

/// How far the asking has come.
#[derive(Debug)]
pub struct Quiz {
    ask: Ask,
    questions: Shared<Vec<Question>>,
    given: usize,
    right: usize,
    last: Option<Last>,
}

/// What came of an answer.
#[derive(Clone, Debug)]
pub struct Last {
    /// Who it was.
    pub answer: Option<TaskId>,
    /// Who the reader said it was; nothing if the reader wanted to be shown.
    pub given: Option<Option<TaskId>>,
    /// What happened, in a sentence.
    pub why: String,
}

impl Quiz {
    /// From the beginning of a run.
    pub fn of(order: &Order, ask: Ask) -> Self {
        let questions = Shared::new(order.questions(ask));
        Quiz { ask, questions, given: 0, right: 0, last: None }
    }

    /// What is asked.
    pub fn ask(&self) -> Ask {
        self.ask
    }

    /// The question that is open; none when all have been answered.
    pub fn question(&self) -> Option<&Question> {
        self.questions.get(self.given)
    }

    /// How many answers have been given.
    pub fn given(&self) -> usize {
        self.given
    }

    /// How many of them were right.
    pub fn right(&self) -> usize {
        self.right
    }

    /// How many questions are left, the open one among them.
    pub fn left(&self) -> usize {
        self.questions.len() - self.given
    }

    /// What came of the last answer.
    pub fn last(&self) -> Option<&Last> {
        self.last.as_ref()
    }

    /// The reader answers the open question, or wants to be shown; `why` says what happened.
    pub fn answered(&self, given: Option<Option<TaskId>>, why: String) -> Self {
        let answer = self.question().and_then(|question| question.answer);
        let right = given == Some(answer);
        Quiz {
            ask: self.ask,
            questions: self.questions.clone(),
            given: (self.given + 1).min(self.questions.len()),
            right: self.right + usize::from(right),
            last: Some(Last { answer, given, why }),
        }
    }
}

/// A run up to a place, as if there were no more of it.
#[derive(Clone)]
pub struct SoFar {
    /// What happened.
    pub timeline: timeline::Shared,
    /// Its rows.
    pub layout: Shared<Layout>,
    /// What happened, one thing after another.
    pub order: Shared<Order>,
}

impl SoFar {
    /// A run up to a place.
    pub fn of(order: &Order, place: usize) -> Self {
        let events = order.events()[..place.min(order.last())].to_vec();
        let timeline = timeline::Shared::new(&events, order.time(place));
        let layout = Shared::new(Layout::of(&timeline.look()));
        SoFar { timeline, layout, order: Shared::new(Order::new(events)) }
    }
}
