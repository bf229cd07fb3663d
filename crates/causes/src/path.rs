//! The critical path: what the length of a run is made of.

use crate::MOMENT;
use crate::graph::{Causes, Link, Why};
use std::collections::BTreeSet;
use trace::{Actor, EventKind, HandleKind, ResourceId, Site, TaskId, Wait};

/// A stretch of the critical path, or of a chain of causes.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its beginning, in seconds.
    pub from: f64,
    /// Its end, in seconds.
    pub to: f64,
    /// What it is.
    pub kind: Kind,
    /// Whose it is, if a task's.
    pub task: Option<TaskId>,
    /// The pool or the link.
    pub resource: Option<ResourceId>,
    /// The line that awaits, or that the task stood at before it held the loop.
    pub site: Option<Site>,
    /// The event that begins it, as an index: what [`Causes::gain`] takes.
    pub event: usize,
}

impl Piece {
    /// Its length in seconds.
    pub fn seconds(&self) -> f64 {
        self.to - self.from
    }
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A task sleeps.
    Sleep,
    /// A timeout runs, and comes due.
    Timeout,
    /// A timer of the program's own.
    Timer,
    /// Something is on its way.
    Network,
    /// A worker of a pool does a job.
    Job,
    /// A step, a callback or the script holds the loop.
    Held,
    /// Something is ready, and the loop does not come to it.
    Loop,
    /// Something outside of the loop that the trace does not know.
    Outside,
}

impl Kind {
    /// The key of its name among the words.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Sleep => "path.sleep",
            Kind::Timeout => "path.timeout",
            Kind::Timer => "path.timer",
            Kind::Network => "path.network",
            Kind::Job => "path.job",
            Kind::Held => "path.held",
            Kind::Loop => "path.loop",
            Kind::Outside => "path.outside",
        }
    }
}

/// A step of a walk from an effect to its causes.
pub(crate) struct Stride {
    /// The node that was come to.
    pub node: usize,
    /// By which link, or none: it held the loop while something else was ready.
    pub link: Option<Link>,
    /// What lies between, the latest first; what takes no time is left out.
    pub pieces: Vec<Piece>,
}

impl Causes<'_> {
    /// The pieces that the length of the run is made of, in order of time: each begins where the one before it ends,
    /// the first where the run begins and the last where it ends. Pieces of one thing that follow each other are one.
    pub fn critical(&self) -> Vec<Piece> {
        let Some(last) = self.last() else { return Vec::new() };
        let mut pieces: Vec<Piece> = Vec::new();
        self.walk(last, |stride| {
            for piece in stride.pieces {
                match pieces.last_mut() {
                    Some(later) if later.kind == piece.kind && later.event == piece.event => {
                        later.from = piece.from;
                    }
                    _ => pieces.push(piece),
                }
            }
            true
        });
        pieces.reverse();
        pieces
    }

    /// The resources that are waited for on the critical path: their coming free is what wakes somebody there.
    pub(crate) fn on_path(&self) -> BTreeSet<ResourceId> {
        let mut resources = BTreeSet::new();
        let Some(last) = self.last() else { return resources };
        let mut later = last;
        self.walk(last, |stride| {
            // Who came free while the loop was held has waited nevertheless, if it did so before.
            let held = || self.nodes()[later].cause.filter(|_| stride.node != later);
            if let Some(link) = stride.link.or_else(held)
                && let EventKind::Woken { task, .. } = &self.events()[link.event].kind
            {
                let waited = self.events()[..link.event].iter().rposition(
                    |event| matches!(&event.kind, EventKind::Suspended { task: own, .. } if own == task),
                );
                let before = |n: &usize| {
                    stride.link.is_some() || *n < self.nodes()[stride.node].event
                };
                if let Some(n) = waited.filter(before)
                    && let EventKind::Suspended { wait: Wait::Resource { id, .. }, .. } =
                        &self.events()[n].kind
                {
                    resources.insert(*id);
                }
            }
            later = stride.node;
            true
        });
        resources
    }

    /// What ends last: of several the last.
    fn last(&self) -> Option<usize> {
        let ends = |n: usize| self.nodes()[n].end;
        (0..self.nodes().len())
            .rev()
            .reduce(|late, n| if ends(n) > ends(late) + MOMENT { n } else { late })
    }

    /// Walks from the end of a node to its causes, as far back as `visit` wants and to where the run begins at most.
    pub(crate) fn walk(&self, mut node: usize, mut visit: impl FnMut(Stride) -> bool) {
        let mut at = self.nodes()[node].end;
        loop {
            let now = self.nodes()[node];
            let mut pieces = Vec::new();
            self.push(&mut pieces, now.begin, at, Kind::Held, self.work(node));
            let Some(link) = now.cause else {
                visit(Stride { node, link: None, pieces });
                return;
            };
            let since = self.events()[link.event].time;
            let ready = since + link.delay;
            let holder = now.held_by.filter(|holder| {
                let holder = self.nodes()[*holder];
                // A thread, or the network, waits for no loop.
                let waits = now.turn.is_some() && holder.begin < now.begin;
                waits && holder.end > ready + MOMENT && ready < now.begin - MOMENT
            });
            if let Some(holder) = holder {
                let end = self.nodes()[holder].end.min(now.begin);
                self.push(&mut pieces, end, now.begin, Kind::Loop, now.event);
                (node, at) = (holder, end);
                if !visit(Stride { node, link: None, pieces }) {
                    return;
                }
                continue;
            }
            let ready = ready.min(now.begin);
            self.push(&mut pieces, ready, now.begin, Kind::Loop, now.event);
            self.push(&mut pieces, since, ready, self.kind(link), link.event);
            (node, at) = (self.node_of(link.event), since);
            if !visit(Stride { node, link: Some(link), pieces }) {
                return;
            }
        }
    }

    /// The event by which a node holds the loop: its first, where it only takes long.
    fn work(&self, node: usize) -> usize {
        let first = self.nodes()[node].event;
        let events = self.turn(node).map_or(first..first + 1, |turn| turn.events.clone());
        let blocks = |n: &usize| matches!(self.events()[*n].kind, EventKind::Blocked { .. });
        events.into_iter().find(blocks).unwrap_or(first)
    }

    /// What lies between a cause and what comes of it.
    fn kind(&self, link: Link) -> Kind {
        match link.why {
            Why::Timer(HandleKind::Sleep) => Kind::Sleep,
            Why::Timer(HandleKind::Timeout) => Kind::Timeout,
            Why::Timer(HandleKind::Network) | Why::Bytes(_) => Kind::Network,
            Why::Timer(_) => Kind::Timer,
            Why::Job(_) => Kind::Job,
            Why::Script if matches!(self.events()[link.event].kind, EventKind::Blocked { .. }) => {
                Kind::Held
            }
            Why::Ready => Kind::Loop,
            Why::Script | Why::Unknown => Kind::Outside,
        }
    }

    /// Adds a piece, if it takes time.
    fn push(&self, pieces: &mut Vec<Piece>, from: f64, to: f64, kind: Kind, event: usize) {
        if to <= from {
            return;
        }
        let (task, resource) = self.whose(event);
        let site = self.site(task, event);
        pieces.push(Piece { from, to, kind, task, resource, site, event });
    }

    /// Whose doing an event is, and on which resource.
    pub(crate) fn whose(&self, event: usize) -> (Option<TaskId>, Option<ResourceId>) {
        let actor = |by: &Actor| match by {
            Actor::Task(task) => Some(*task),
            _ => None,
        };
        match &self.events()[event].kind {
            EventKind::TimerSet { by, .. } => (actor(by), None),
            EventKind::StepBegan { task, .. } | EventKind::TaskCreated { task, .. } => {
                (Some(*task), None)
            }
            EventKind::Blocked { task, .. } => (*task, None),
            EventKind::BytesSent { task, id, .. } => (*task, Some(*id)),
            EventKind::JobBegan { id, job, .. } => (self.giver(event, *id, *job), Some(*id)),
            _ => (None, None),
        }
    }

    /// Who handed a job over that began at an event.
    fn giver(&self, began: usize, pool: ResourceId, number: u32) -> Option<TaskId> {
        self.events()[..began].iter().rev().find_map(|event| match &event.kind {
            EventKind::JobQueued { id, job, task } if (*id, *job) == (pool, number) => *task,
            _ => None,
        })
    }

    /// Where a task stood in the program at an event: at the await that ends its step there, or at the one before.
    pub(crate) fn site(&self, task: Option<TaskId>, event: usize) -> Option<Site> {
        let own = task?;
        let at = |n: usize| match &self.events()[n].kind {
            EventKind::Suspended { task, at, .. } if *task == own => Some(at.clone()),
            _ => None,
        };
        let began = matches!(
            self.events()[event].kind,
            EventKind::StepBegan { .. } | EventKind::Blocked { .. }
        );
        let turn = self.turn(self.node_of(event));
        let before = || (0..event).rev().find_map(at);
        let after = || turn.and_then(|turn| (event..turn.events.end).find_map(at));
        if began { before().or_else(after)? } else { after().or_else(before)? }
    }
}
