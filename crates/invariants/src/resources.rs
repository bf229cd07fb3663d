//! What tasks share: permits, items and flags change by one, and only within their bounds.

use crate::Tell;
use std::collections::BTreeMap;
use trace::{Event, EventKind, Op, ResourceId, ResourceKind};

/// What is known of one.
#[derive(Default)]
struct Resource {
    /// Permits left, of what has permits.
    free: usize,
    /// Items, and how many at most.
    depth: usize,
    bound: Option<usize>,
    /// Items put and not declared done.
    unfinished: usize,
    shut_down: bool,
    /// Whether a flag is set.
    set: bool,
    /// Tasks at a barrier, and how many have to come.
    waiting: usize,
    parties: usize,
    broken: bool,
    /// Whether it was reset while tasks were at it, who have not left yet.
    resetting: bool,
    /// Whether there is at most one permit.
    single: bool,
}

/// All of them.
#[derive(Default)]
pub struct Resources(BTreeMap<ResourceId, Resource>);

impl Resources {
    /// Takes the next event into account.
    pub fn apply(&mut self, event: &Event, tell: Tell) {
        match &event.kind {
            EventKind::ResourceCreated { id, kind } => {
                let earlier = self.0.insert(*id, made(*kind));
                if earlier.is_some() {
                    tell(format!("{id:?} is made twice"));
                }
            }
            EventKind::PermitTaken { id, free, .. } => self.change(
                *id,
                |it| {
                    let right = it.free.checked_sub(1) == Some(*free);
                    it.free = *free;
                    right
                        .then_some(())
                        .ok_or("a permit is taken, and another number of them is left")
                },
                tell,
            ),
            EventKind::PermitReturned { id, free, .. } => self.change(
                *id,
                |it| {
                    let right = it.free + 1 == *free && !(it.single && *free > 1);
                    it.free = *free;
                    right
                        .then_some(())
                        .ok_or("a permit is given back, and another number of them is left")
                },
                tell,
            ),
            EventKind::QueuePut { id, depth, .. } => self.change(
                *id,
                |it| {
                    let right =
                        it.depth + 1 == *depth && it.bound.is_none_or(|bound| *depth <= bound);
                    it.depth = *depth;
                    it.unfinished += 1;
                    let right = right && !it.shut_down;
                    right.then_some(()).ok_or("an item is put, and another number of them is there")
                },
                tell,
            ),
            EventKind::QueueGot { id, depth, .. } => self.change(
                *id,
                |it| {
                    let right = it.depth.checked_sub(1) == Some(*depth);
                    it.depth = *depth;
                    right
                        .then_some(())
                        .ok_or("an item is taken, and another number of them is left")
                },
                tell,
            ),
            EventKind::QueueTaskDone { id, unfinished, .. } => self.change(
                *id,
                |it| {
                    let right = it.unfinished.checked_sub(1) == Some(*unfinished);
                    it.unfinished = *unfinished;
                    right.then_some(()).ok_or("an item is done, and another number of them is not")
                },
                tell,
            ),
            EventKind::QueueShutDown { id, immediate, .. } => self.change(
                *id,
                |it| {
                    it.shut_down = true;
                    if *immediate {
                        it.unfinished = it.unfinished.saturating_sub(it.depth);
                        it.depth = 0;
                    }
                    Ok(())
                },
                tell,
            ),
            EventKind::FlagSet { id, .. } => self.change(
                *id,
                |it| (!std::mem::replace(&mut it.set, true)).then_some(()).ok_or("it is set twice"),
                tell,
            ),
            EventKind::FlagCleared { id, .. } => self.change(
                *id,
                |it| {
                    std::mem::replace(&mut it.set, false).then_some(()).ok_or("it is cleared twice")
                },
                tell,
            ),
            EventKind::BarrierChanged { id, waiting, broken, .. } => self.change(
                *id,
                |it| {
                    let stays = it.waiting == *waiting && !broken;
                    it.resetting = *waiting > 0 && (it.resetting || stays);
                    (it.waiting, it.broken) = (*waiting, *broken);
                    (*waiting <= it.parties).then_some(()).ok_or("more are at it than have to come")
                },
                tell,
            ),
            _ => {}
        }
    }

    /// Whether what a task waits for with this operation is there.
    pub fn is_there(&self, id: ResourceId, op: Op) -> bool {
        let Some(it) = self.0.get(&id) else { return false };
        match op {
            Op::Acquire => it.free > 0,
            Op::Get => it.depth > 0 || it.shut_down,
            Op::Put => it.shut_down || it.bound.is_none_or(|bound| it.depth < bound),
            Op::Join => it.unfinished == 0,
            Op::Wait => {
                it.set || it.broken || it.resetting || (it.parties > 0 && it.waiting >= it.parties)
            }
            _ => false,
        }
    }

    /// The barriers, each with how many tasks are at it.
    pub fn barriers(&self) -> impl Iterator<Item = (ResourceId, usize)> {
        self.0.iter().filter(|(_, it)| it.parties > 0).map(|(id, it)| (*id, it.waiting))
    }

    fn change(
        &mut self,
        id: ResourceId,
        change: impl FnOnce(&mut Resource) -> Result<(), &'static str>,
        tell: Tell,
    ) {
        match self.0.get_mut(&id).map(change) {
            None => tell(format!("{id:?} is used, and was never made")),
            Some(Err(wrong)) => tell(format!("{id:?}: {wrong}")),
            Some(Ok(())) => {}
        }
    }
}

fn made(kind: ResourceKind) -> Resource {
    let it = Resource::default();
    match kind {
        ResourceKind::Permits { limit } => Resource { free: limit, ..it },
        ResourceKind::Lock | ResourceKind::Condition => Resource { free: 1, single: true, ..it },
        ResourceKind::Queue { bound } => Resource { bound, ..it },
        ResourceKind::Barrier { parties } => Resource { parties, ..it },
        _ => it,
    }
}
