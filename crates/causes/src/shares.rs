//! The critical path by places in the program: what each has of it, and what it would bring to shorten it there.

use crate::graph::Causes;
use crate::{Gain, Kind, Piece};
use trace::{EventKind, HandleKind, ResourceId, Site, TaskId};

/// Of runs with more events than these no gains are told: each is a pass over all of them.
const MOST_EVENTS: usize = 50_000;

/// What one place in the program has of the critical path.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What it is.
    pub kind: Kind,
    /// Where.
    pub site: Option<Site>,
    /// The task, if it is always the same.
    pub task: Option<TaskId>,
    /// The pool or the link.
    pub resource: Option<ResourceId>,
    /// How long it is on the path, in seconds, all pieces together.
    pub seconds: f64,
    /// Its pieces on the path.
    pub pieces: usize,
    /// The longest of them.
    pub longest: Piece,
    /// How often it is in the whole run.
    pub times: usize,
    /// What it brings to shorten it by the same amount wherever it is in the run, if that can be said.
    pub gain: Option<Gain>,
}

impl Causes<'_> {
    /// The pieces of the critical path, those of one place together: who has most of it first. Of those from the place
    /// `gains` on no gain is told.
    pub fn shares(&self, path: &[Piece], gains: usize) -> Vec<Share> {
        let mut shares: Vec<Share> = Vec::new();
        for piece in path {
            let place = (piece.kind, &piece.site, piece.resource);
            let known = shares.iter_mut().find(|share| {
                (share.kind, &share.site, share.resource) == place
                    && (piece.site.is_some() || share.task == piece.task)
            });
            match known {
                Some(share) => {
                    share.seconds += piece.seconds();
                    share.pieces += 1;
                    share.task = share.task.filter(|task| Some(*task) == piece.task);
                    if piece.seconds() > share.longest.seconds() {
                        share.longest = piece.clone();
                    }
                }
                None => shares.push(Share {
                    kind: piece.kind,
                    site: piece.site.clone(),
                    task: piece.task,
                    resource: piece.resource,
                    seconds: piece.seconds(),
                    pieces: 1,
                    longest: piece.clone(),
                    times: 1,
                    gain: None,
                }),
            }
        }
        sorting::by(&mut shares, |a, b| b.seconds.total_cmp(&a.seconds));
        let told = if self.events().len() > MOST_EVENTS { 0 } else { gains };
        for share in shares.iter_mut().take(told) {
            let parts = self.parts(share);
            share.times = parts.len().max(share.pieces);
            share.gain = self.gain(&parts);
        }
        shares
    }

    /// The events that begin what is of one place, wherever it is in the run.
    fn parts(&self, share: &Share) -> Vec<usize> {
        let is_of = |n: &usize| {
            let kind = match &self.events()[*n].kind {
                EventKind::TimerSet { kind: HandleKind::Sleep, .. } => Kind::Sleep,
                EventKind::TimerSet { kind: HandleKind::Timeout, .. } => Kind::Timeout,
                EventKind::TimerSet { kind: HandleKind::Network, .. } => Kind::Network,
                EventKind::TimerSet { .. } => Kind::Timer,
                EventKind::Blocked { .. } => Kind::Held,
                EventKind::JobBegan { .. } => Kind::Job,
                _ => return false,
            };
            if kind != share.kind {
                return false;
            }
            let (task, resource) = self.whose(*n);
            let site = self.site(task, *n);
            (&site, resource) == (&share.site, share.resource)
                && (site.is_some() || task == share.longest.task)
        };
        match share.kind {
            // What is on its way is not of one place.
            Kind::Network | Kind::Loop | Kind::Outside => vec![share.longest.event],
            _ => (0..self.events().len()).filter(is_of).collect(),
        }
    }
}
