//! What each thing that happened came of.

use crate::MOMENT;
use std::collections::{HashMap, VecDeque};
use timeline::{Order, Turn};
use trace::{Actor, Event, EventKind, HandleKind, Ready, ResourceId};

/// The causes in a run.
pub struct Causes<'a> {
    order: &'a Order,
    nodes: Vec<Node>,
    /// The node of each event.
    node_of: Vec<usize>,
}

/// Something that ran in one go: a turn of the loop, or an event outside of all turns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// The turn, by its index.
    pub turn: Option<usize>,
    /// Its first event.
    pub event: usize,
    /// When it began and ended, in seconds.
    pub begin: f64,
    pub end: f64,
    /// What it came of; nothing where the run begins.
    pub cause: Option<Link>,
    /// The last turn before it that took time.
    pub held_by: Option<usize>,
}

/// That something came of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The event, which is before it.
    pub event: usize,
    /// How long after the event it could run at the earliest, in seconds.
    pub delay: f64,
    pub why: Why,
}

/// What lies between a cause and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Nothing: it was made ready.
    Ready,
    /// A timer.
    Timer(HandleKind),
    /// A job of a pool.
    Job(ResourceId),
    /// Bytes on their way.
    Bytes(ResourceId),
    /// The script goes on: what is outside of all loops.
    Script,
    /// Nothing that is known: another thread, or the network. The event is only the last one before.
    Unknown,
}

/// No node yet.
const NONE: usize = usize::MAX;

impl<'a> Causes<'a> {
    /// The causes in a run: one pass over its events.
    pub fn of(order: &'a Order) -> Self {
        let mut causes =
            Causes { order, nodes: Vec::new(), node_of: vec![NONE; order.events().len()] };
        causes.place();
        causes.connect();
        causes
    }

    /// The order that it is of.
    pub fn order(&self) -> &'a Order {
        self.order
    }

    pub(crate) fn events(&self) -> &'a [Event] {
        self.order.events()
    }

    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(crate) fn node_of(&self, event: usize) -> usize {
        self.node_of[event]
    }

    /// The turn of a node.
    pub(crate) fn turn(&self, node: usize) -> Option<&'a Turn> {
        self.order.turns().get(self.nodes[node].turn?)
    }

    /// Gives every event its node: that of the innermost turn around it, unless it happened beside it.
    fn place(&mut self) {
        let events = self.events();
        let in_script = in_script(events);
        let mut turn_of = vec![NONE; events.len()];
        let mut ends = Vec::with_capacity(self.order.turns().len());
        for (n, turn) in self.order.turns().iter().enumerate() {
            let end = end_of(events, turn);
            ends.push(end);
            let mut held = f64::NEG_INFINITY;
            let called = matches!(turn.what, Ready::Call(_));
            for event in turn.events.clone() {
                let time = events[event].time;
                // The callback that ends `run_until_complete` does nothing else.
                if called && in_script[event] && is_from_outside(&events[event]) {
                    continue;
                }
                if time <= end + MOMENT && time >= held - MOMENT && !is_beside(&events[event]) {
                    turn_of[event] = n;
                }
                if let EventKind::Blocked { seconds, .. } = &events[event].kind {
                    held = held.max(time + seconds);
                }
            }
        }
        let mut of_turn: Vec<usize> = vec![NONE; ends.len()];
        for (event, turn) in turn_of.into_iter().enumerate() {
            let begin = events[event].time;
            let (turn, known, end) = match turn {
                NONE => (None, NONE, begin + held_for(&events[event])),
                turn => (Some(turn), of_turn[turn], ends[turn]),
            };
            if known != NONE {
                self.node_of[event] = known;
                continue;
            }
            let node = self.nodes.len();
            self.node_of[event] = node;
            if let Some(turn) = turn {
                of_turn[turn] = node;
            }
            self.nodes.push(Node { turn, event, begin, end, cause: None, held_by: None });
        }
    }

    /// Finds what each node came of.
    fn connect(&mut self) {
        let events = self.events();
        let in_script = in_script(events);
        let mut beside = Beside::default();
        let mut held_by = None;
        for (n, event) in events.iter().enumerate() {
            let node = self.node_of[n];
            let Node { turn, event: first, begin, end, .. } = self.nodes[node];
            if first == n {
                let cause = match turn {
                    Some(turn) => self.cause_of_turn(&self.order.turns()[turn]),
                    None if in_script[n] && !is_beside(event) => self.last_before(n, Why::Script),
                    None => beside.cause(self, n).or_else(|| self.last_before(n, Why::Unknown)),
                };
                self.nodes[node].cause = cause.filter(|link| link.event < n);
                self.nodes[node].held_by = held_by;
                if end > begin + MOMENT {
                    held_by = Some(node);
                }
            }
            beside.take(event, n);
        }
    }

    fn cause_of_turn(&self, turn: &Turn) -> Option<Link> {
        let events = self.events();
        let began = turn.events.start;
        if let (Some(set), Some(_)) = (turn.set, turn.entered)
            && let EventKind::TimerSet { kind, due, .. } = &events[set].kind
        {
            let delay = (due - events[set].time).max(0.0);
            return Some(Link { event: set, delay, why: Why::Timer(*kind) });
        }
        match turn.entered {
            Some(event) => Some(Link { event, delay: 0.0, why: Why::Ready }),
            // The first step of an eager task is inside that which creates it.
            None if turn.nested => Some(Link { event: began - 1, delay: 0.0, why: Why::Ready }),
            None => self.last_before(began, Why::Unknown),
        }
    }

    /// The event before, as a cause for want of a better one.
    fn last_before(&self, event: usize, why: Why) -> Option<Link> {
        let last = event.checked_sub(1)?;
        let delay = self.events()[event].time - self.events()[last].time;
        Some(Link { event: last, delay, why })
    }
}

/// When a turn ended, in seconds: what happened beside the loop after it is counted among its events as well.
fn end_of(events: &[Event], turn: &Turn) -> f64 {
    let begin = events[turn.events.start].time;
    let mut end = begin;
    for event in &events[turn.events.clone()] {
        match (&event.kind, turn.what) {
            (
                EventKind::Suspended { task, .. } | EventKind::Finished { task, .. },
                Ready::Step(own),
            ) if *task == own => return event.time,
            (EventKind::HandleEnded { handle }, Ready::Call(own)) if *handle == own => {
                return event.time;
            }
            (EventKind::Blocked { seconds, .. }, _) => end = event.time + seconds.max(0.0),
            _ => {}
        }
    }
    end
}

/// Whether something is never done by what the loop runs.
fn is_beside(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::JobBegan { .. } | EventKind::JobEnded { .. } | EventKind::BytesArrived { .. }
    )
}

/// Whether nothing in the loop does something.
fn is_from_outside(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::CancelRequested { by: Actor::Outside, .. }
            | EventKind::Woken { by: Actor::Outside, .. }
            | EventKind::HandleScheduled { by: Actor::Outside, .. }
            | EventKind::TimerSet { by: Actor::Outside, .. }
            | EventKind::TaskCreated { parent: None, .. }
    )
}

fn held_for(event: &Event) -> f64 {
    match &event.kind {
        EventKind::Blocked { seconds, .. } => seconds.max(0.0),
        _ => 0.0,
    }
}

/// For each event, whether a loop has to begin to run before anything runs in one: it is the script's, if it is in
/// no turn.
fn in_script(events: &[Event]) -> Vec<bool> {
    let mut script = vec![true; events.len()];
    let mut next = true;
    for (n, event) in events.iter().enumerate().rev() {
        match &event.kind {
            EventKind::LoopRuns { .. } => next = true,
            EventKind::IterationBegan { .. }
            | EventKind::StepBegan { .. }
            | EventKind::HandleBegan { .. }
            | EventKind::TimerFired { .. } => next = false,
            _ => {}
        }
        script[n] = next;
    }
    script
}

/// What goes on beside the loop: jobs, and bytes on their way.
#[derive(Default)]
struct Beside {
    queued: HashMap<(ResourceId, u32), usize>,
    began: HashMap<(ResourceId, u32), (usize, usize)>,
    /// The event by which a worker came free.
    free: HashMap<(ResourceId, usize), usize>,
    sent: HashMap<ResourceId, VecDeque<(f64, usize)>>,
    /// What the simulated network waits for, by its moment.
    wire: Vec<(f64, usize)>,
}

impl Beside {
    fn cause(&mut self, causes: &Causes, event: usize) -> Option<Link> {
        let events = causes.events();
        let now = events[event].time;
        let after = |cause: usize, why| Link { event: cause, delay: now - events[cause].time, why };
        match &events[event].kind {
            EventKind::JobBegan { id, job, worker } => {
                let queued = self.queued.get(&(*id, *job)).copied();
                let free = self.free.get(&(*id, *worker)).copied();
                let last = queued.max(free)?;
                Some(after(
                    last,
                    if events[last].time < now - MOMENT { Why::Unknown } else { Why::Ready },
                ))
            }
            EventKind::JobEnded { id, job, .. } => {
                let began = self.began.get(&(*id, *job)).map(|(began, _)| *began);
                let queued = self.queued.get(&(*id, *job)).copied();
                Some(after(began.or(queued)?, Why::Job(*id)))
            }
            EventKind::BytesArrived { id, .. } => {
                let sent = self.sent.get_mut(id)?;
                let place = sent.iter().position(|(arrival, _)| (arrival - now).abs() <= MOMENT)?;
                let (_, cause) = sent.drain(..=place).next_back()?;
                Some(after(cause, Why::Bytes(*id)))
            }
            kind => self.follows(causes, event).or_else(|| {
                let network = matches!(
                    kind,
                    EventKind::HandleScheduled { by: Actor::Network, .. }
                        | EventKind::TimerSet { by: Actor::Network, .. }
                        | EventKind::ResourceCreated { .. }
                        | EventKind::ResourceNamed { .. }
                        | EventKind::Woken { by: Actor::Network, .. }
                        // The end of what a side sends is under way like anything else.
                        | EventKind::LinkClosed { .. }
                );
                self.wire.retain(|(due, _)| *due >= now - MOMENT);
                let due = self.wire.iter().find(|(due, _)| *due <= now + MOMENT);
                due.filter(|_| network).map(|(_, set)| after(*set, Why::Timer(HandleKind::Network)))
            }),
        }
    }

    /// What happened in the same moment right before, beside the loop as well.
    fn follows(&self, causes: &Causes, event: usize) -> Option<Link> {
        let events = causes.events();
        let is_beside_now = |n: &usize| {
            events[*n].time >= events[event].time - MOMENT
                && causes.nodes[causes.node_of[*n]].turn.is_none()
        };
        let before = (0..event).rev().take_while(is_beside_now);
        let ends = |n: &usize| {
            matches!(events[*n].kind, EventKind::JobEnded { .. } | EventKind::BytesArrived { .. })
        };
        let mut before = before.peekable();
        let first = before.peek().copied();
        let cause = before.take(WINDOW).find(ends).or(first)?;
        Some(Link { event: cause, delay: 0.0, why: Why::Ready })
    }

    /// Keeps what may be the cause of something later.
    fn take(&mut self, event: &Event, n: usize) {
        match &event.kind {
            EventKind::JobQueued { id, job, .. } => {
                self.queued.insert((*id, *job), n);
            }
            EventKind::JobBegan { id, job, worker } => {
                self.began.insert((*id, *job), (n, *worker));
            }
            EventKind::JobEnded { id, job, .. } => {
                if let Some((_, worker)) = self.began.get(&(*id, *job)) {
                    self.free.insert((*id, *worker), n);
                }
            }
            EventKind::BytesSent { id, arrival, .. } if arrival.is_finite() => {
                self.sent.entry(*id).or_default().push_back((*arrival, n));
            }
            EventKind::TimerSet { kind: HandleKind::Network, due, .. } => {
                self.wire.push((*due, n));
            }
            _ => {}
        }
    }
}

/// How many events of one moment are looked at for the one that set off another.
const WINDOW: usize = 64;
