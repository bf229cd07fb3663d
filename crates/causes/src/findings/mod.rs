//! What went wrong in a run, or costs it time: each with its place and its figures. Nothing is guessed; what a trace
//! cannot prove is not said.

mod cancelled;
mod endless;
mod held;
mod lines;
mod logged;
mod siblings;
mod survey;

use crate::Causes;
use std::rc::Rc;
use timeline::Timeline;
use trace::{ResourceId, Site, TaskId};

/// Something that went wrong, or costs time.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub flaw: Flaw,
    /// The seconds at stake: of all that are counted, see [`Flaw`] for what they are of each sort.
    pub seconds: f64,
    /// How often it was found: of one place in the program and one resource, the one with the most seconds stands for
    /// all.
    pub count: usize,
    /// The event at which it shows, as an index.
    pub event: usize,
    /// Whom it happens to.
    pub task: Option<TaskId>,
    /// Who does it, or is found together with it.
    pub other: Option<TaskId>,
    /// What it is about.
    pub resource: Option<ResourceId>,
    /// Where in the program.
    pub site: Option<Site>,
    /// How many: see [`Flaw`].
    pub number: usize,
    /// A circle of tasks, each waiting for the next, with the lock between them where there is one.
    pub circle: Vec<(TaskId, Option<ResourceId>)>,
    /// What was logged.
    pub text: Option<Rc<str>>,
    /// To whom it happened the other times, where it is counted more than once.
    pub also: Vec<TaskId>,
}

/// Sorts of findings. `seconds` and `number` are those of [`Finding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flaw {
    /// Tasks wait for each other in a circle; seconds since it closed, the number of tasks.
    Deadlock,
    /// A queue is waited for until all is done, which nobody will say any more; the number of items not declared done.
    JoinForever,
    /// A task waits for what cannot happen any more.
    WaitsForever,
    /// A task failed, and nobody looked at its exception.
    ExceptionLost,
    /// A coroutine was made and never awaited.
    NeverAwaited,
    /// A task was thrown away that had not ended.
    Destroyed,
    /// A task was still at it when the program was over, and was cancelled; what was left of its sleep.
    CutOff,
    /// A task was asked to cancel itself and returned nevertheless; seconds from the request to its end.
    Swallowed,
    /// The same where the request came when what it waited for was there already: it went on with that, and the request
    /// is forgotten.
    CancelLost,
    /// A wait was over, and its result was thrown away, since the task was cancelled before it ran; seconds waited.
    ResultLost,
    /// The same by a timeout that came due late, since the loop was held; seconds by which it was late.
    TimeoutLate,
    /// The failure of one left others going on of which nobody waits for any more; the longest time that one of them
    /// went on, and their number.
    SiblingsLeft,
    /// Work held the loop while others were ready or due; the longest that one of them was held up, and their number.
    LoopHeld,
    /// An iteration of the loop of many callbacks, none of which is long; its length, and their number.
    LongIteration,
    /// All workers or permits were taken and others waited; how long there was somebody in line, and the most that were.
    TooFew,
    /// A lock went from hand to hand while others were in line all the time; for how long, and how many hands.
    Convoy,
    /// A queue without bound got fuller and fuller; how long items were put into it, and the most it held.
    QueueGrows,
    /// A waiter was woken, and another had taken what it was woken for; how much longer it waited.
    Overtaken,
}

impl Flaw {
    /// All there are, in the order in which they are told where seconds do not tell.
    pub const ALL: [Flaw; 18] = [
        Flaw::Deadlock,
        Flaw::JoinForever,
        Flaw::WaitsForever,
        Flaw::ExceptionLost,
        Flaw::NeverAwaited,
        Flaw::Destroyed,
        Flaw::CutOff,
        Flaw::Swallowed,
        Flaw::CancelLost,
        Flaw::ResultLost,
        Flaw::TimeoutLate,
        Flaw::SiblingsLeft,
        Flaw::LoopHeld,
        Flaw::LongIteration,
        Flaw::TooFew,
        Flaw::Convoy,
        Flaw::QueueGrows,
        Flaw::Overtaken,
    ];

    /// Its name: the key of its words.
    pub fn name(self) -> &'static str {
        match self {
            Flaw::Deadlock => "deadlock",
            Flaw::JoinForever => "join_forever",
            Flaw::WaitsForever => "waits_forever",
            Flaw::ExceptionLost => "exception_lost",
            Flaw::NeverAwaited => "never_awaited",
            Flaw::Destroyed => "destroyed",
            Flaw::CutOff => "cut_off",
            Flaw::Swallowed => "swallowed",
            Flaw::CancelLost => "cancel_lost",
            Flaw::ResultLost => "result_lost",
            Flaw::TimeoutLate => "timeout_late",
            Flaw::SiblingsLeft => "siblings_left",
            Flaw::LoopHeld => "loop_held",
            Flaw::LongIteration => "long_iteration",
            Flaw::TooFew => "too_few",
            Flaw::Convoy => "convoy",
            Flaw::QueueGrows => "queue_grows",
            Flaw::Overtaken => "overtaken",
        }
    }

    /// Whether something is lost by it that is no matter of time.
    pub fn is_wrong(self) -> bool {
        self <= Flaw::TimeoutLate
    }
}

impl Finding {
    /// Whether it is about a task: it happens to it or comes of it, or is a line in which it stood.
    pub fn is_about(&self, task: TaskId, timeline: &Timeline) -> bool {
        let line = self.resource.filter(|_| self.task.is_none());
        let line = line.and_then(|id| timeline.resource(id));
        [self.task, self.other].contains(&Some(task))
            || self.also.contains(&task)
            || self.circle.iter().any(|(other, _)| *other == task)
            || line.is_some_and(|lane| lane.waits.iter().any(|waiter| waiter.task == task))
    }
}

/// What went wrong in a run, or costs it time: what is wrong first, then by the seconds at stake. `timeline` is that of
/// all events of the order.
pub fn findings(causes: &Causes, timeline: &Timeline) -> Vec<Finding> {
    let mut found = Found { causes, timeline, findings: Vec::new() };
    endless::find(&mut found);
    logged::find(&mut found);
    survey::find(&mut found);
    held::find(&mut found);
    lines::find(&mut found);
    let mut findings = found.findings;
    sorting::by(&mut findings, |a, b| {
        let wrong = b.flaw.is_wrong().cmp(&a.flaw.is_wrong());
        wrong
            .then(b.seconds.total_cmp(&a.seconds))
            .then(a.flaw.cmp(&b.flaw))
            .then(a.event.cmp(&b.event))
    });
    findings
}

/// What was found so far.
struct Found<'a> {
    causes: &'a Causes<'a>,
    timeline: &'a Timeline,
    findings: Vec<Finding>,
}

impl Found<'_> {
    /// A finding that says no more than this.
    fn plain(flaw: Flaw, event: usize, seconds: f64) -> Finding {
        Finding {
            flaw,
            seconds,
            count: 1,
            event,
            task: None,
            other: None,
            resource: None,
            site: None,
            number: 0,
            circle: Vec::new(),
            text: None,
            also: Vec::new(),
        }
    }

    /// Adds a finding, to others of the same sort about the same place and resource, if there are some.
    fn add(&mut self, finding: Finding) {
        let same = self.findings.iter_mut().find(|other| {
            let place = |finding: &Finding| (finding.flaw, finding.resource, finding.site.clone());
            // Whoever holds the loop holds it for all.
            let named = finding.site.is_some()
                || finding.resource.is_some()
                || finding.flaw == Flaw::LoopHeld;
            place(other) == place(&finding) && (named || other.task == finding.task)
        });
        match same {
            Some(other) => {
                let (count, seconds) = (other.count + 1, other.seconds + finding.seconds);
                let mut also = std::mem::take(&mut other.also);
                also.extend([other.task, finding.task].into_iter().flatten());
                if finding.seconds > other.seconds / other.count as f64 {
                    *other = finding;
                }
                (other.count, other.seconds, other.also) = (count, seconds, also);
            }
            None => self.findings.push(finding),
        }
    }

    /// When an event was, in seconds.
    fn time(&self, event: usize) -> f64 {
        self.causes.events()[event].time
    }

    /// The first event that is not before a moment.
    fn event_at(&self, time: f64) -> usize {
        let events = self.causes.events();
        events.partition_point(|event| event.time < time).min(events.len().saturating_sub(1))
    }
}
