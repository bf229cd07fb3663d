//! Who comes next: places of a run at which that may be asked.

use super::Order;
use std::collections::{BTreeSet, HashMap};
use trace::{EventKind, Ready, TaskId};

/// Most tasks that are proposed.
const MOST: usize = 10;

/// How many answers are looked through for those who come next soonest.
const SOON: usize = 200;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Which task prints next.
    Lines,
    /// Of which task the loop runs a step next.
    Steps,
}

/// A place at which one may ask who comes next. Only where there is a choice.
///
/// It is asked where the answer before has been shown, or where the task that is the answer has come to be, whichever is
/// later. Lines that one step prints without another's between them are one answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The place where it is asked: only what happened before it may be seen.
    pub asked: usize,
    /// The place where it is answered: what the step did has happened.
    pub answered: usize,
    /// Who it is; none for the program outside of tasks.
    pub answer: Option<TaskId>,
    /// Who it may be, in order of creation: tasks that have not ended, and none for the program outside of tasks
    /// where that is an answer in this run. The answer is among them. Of many those who come next soonest.
    pub choices: Vec<Option<TaskId>>,
}

/// An answer: who, where that began and where it was over.
struct Answer {
    who: Option<TaskId>,
    /// Where the turn began, if it was in one.
    turn: Option<usize>,
    began: usize,
    over: usize,
}

impl Order {
    /// The places of the run at which one may ask who comes next.
    pub fn questions(&self, ask: Ask) -> Vec<Question> {
        let answers = match ask {
            Ask::Lines => self.printers(),
            Ask::Steps => self.steppers(),
        };
        let created = self.created();
        let outside = answers.iter().any(|answer| answer.who.is_none());
        let mut alive: BTreeSet<Option<TaskId>> = outside.then_some(None).into_iter().collect();
        let (mut seen, mut before) = (0, 0);
        let mut questions = Vec::new();
        for (n, answer) in answers.iter().enumerate() {
            let created = answer.who.and_then(|task| created.get(&task)).copied();
            let asked = before.max(created.filter(|place| *place <= answer.began).unwrap_or(0));
            for event in &self.events()[seen..asked] {
                match &event.kind {
                    EventKind::TaskCreated { task, .. } => {
                        alive.insert(Some(*task));
                    }
                    EventKind::Finished { task, .. } => {
                        alive.remove(&Some(*task));
                    }
                    _ => {}
                }
            }
            (seen, before) = (asked, answer.over);
            let choices = choices(&alive, &answers[n..]);
            if choices.len() > 1 {
                let (answered, answer) = (answer.over, answer.who);
                questions.push(Question { asked, answered, answer, choices });
            }
        }
        questions
    }

    /// Who printed, one after another.
    fn printers(&self) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::new();
        for (n, event) in self.events().iter().enumerate() {
            let EventKind::Printed { task, .. } = &event.kind else { continue };
            let turn = self.turn_at(n + 1);
            let start = turn.map(|turn| turn.events.start);
            let end = turn.map_or(n + 1, |turn| turn.events.end);
            match answers.last_mut() {
                Some(last) if last.turn == start && last.who == *task => {
                    last.over = if start.is_some() { end } else { n + 1 };
                }
                last => {
                    // Within one turn, what comes after is another answer.
                    if let Some(last) = last.filter(|last| start.is_some() && last.turn == start) {
                        last.over = n;
                    }
                    let began = start.unwrap_or(n);
                    answers.push(Answer { who: *task, turn: start, began, over: end });
                }
            }
        }
        answers
    }

    /// Whose steps the loop ran.
    fn steppers(&self) -> Vec<Answer> {
        let turns = self.turns().iter().filter(|turn| !turn.nested);
        turns
            .filter_map(|turn| match turn.what {
                Ready::Step(task) => Some(Answer {
                    who: Some(task),
                    turn: Some(turn.events.start),
                    began: turn.events.start,
                    over: turn.events.end,
                }),
                Ready::Call(_) => None,
            })
            .collect()
    }

    /// The place at which what created a task is over, of every task.
    fn created(&self) -> HashMap<TaskId, usize> {
        let created = self.events().iter().enumerate().filter_map(|(n, event)| {
            let EventKind::TaskCreated { task, .. } = event.kind else { return None };
            Some((task, self.turn_at(n + 1).map_or(n + 1, |turn| turn.events.end)))
        });
        created.collect()
    }
}

/// Who may be proposed: of those who are there the ones who come next soonest, and always the first of `to_come`.
fn choices(alive: &BTreeSet<Option<TaskId>>, to_come: &[Answer]) -> Vec<Option<TaskId>> {
    let mut chosen: Vec<Option<TaskId>> = to_come.iter().take(1).map(|answer| answer.who).collect();
    let soon = to_come.iter().take(SOON).map(|answer| answer.who);
    let soon = soon.filter(|who| alive.contains(who));
    for who in soon.chain(alive.iter().copied()) {
        if chosen.len() == MOST {
            break;
        }
        if !chosen.contains(&who) {
            chosen.push(who);
        }
    }
    chosen.sort_unstable();
    chosen
}
