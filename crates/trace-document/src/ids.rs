//! The numbers of a file, made ours.

use std::collections::{HashMap, HashSet};
use trace::{
    Event, EventKind, HandleId, LoopId, ResourceId, ResourceKind, Site, TaskId, TimeoutId,
};

/// Files number as they like: from 0, by address, with gaps, the same number again for what came after.
/// Ours count from 0 in the order in which things first appear, and tasks and resources are created
/// before anything is said of them.
#[derive(Default)]
pub struct Ids {
    tasks: HashMap<u64, TaskId>,
    task_count: u32,
    /// Tasks of which something was said before they were created, if ever they were.
    assumed: HashSet<TaskId>,
    resources: HashMap<u64, ResourceId>,
    resource_count: u32,
    handles: Numbers,
    timeouts: Numbers,
    loops: Numbers,
    pub sites: HashMap<u64, Site>,
}

/// Numbers in the order in which they first appear.
#[derive(Default)]
struct Numbers(HashMap<u64, u32>);

impl Numbers {
    fn of(&mut self, number: u64) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(number).or_insert(next)
    }
}

impl Ids {
    /// The number of a task, which is created if it was not.
    pub fn task(&mut self, number: u64, time: f64, events: &mut Vec<Event>) -> TaskId {
        if let Some(task) = self.tasks.get(&number) {
            return *task;
        }
        let task = self.new_task(number);
        self.assumed.insert(task);
        let (parent, name) = (None, format!("task {number}").into());
        events
            .push(Event { time, kind: EventKind::TaskCreated { task, parent, name, eager: true } });
        task
    }

    /// The number of a task that is created; or that of one that was assumed.
    pub fn created(&mut self, number: u64) -> Result<TaskId, TaskId> {
        match self.tasks.get(&number) {
            Some(task) if self.assumed.remove(task) => Err(*task),
            _ => Ok(self.new_task(number)),
        }
    }

    fn new_task(&mut self, number: u64) -> TaskId {
        let task = TaskId(self.task_count);
        self.task_count += 1;
        self.tasks.insert(number, task);
        task
    }

    /// The number of a resource, which is created if it was not.
    pub fn resource(&mut self, number: u64, time: f64, events: &mut Vec<Event>) -> ResourceId {
        if let Some(resource) = self.resources.get(&number) {
            return *resource;
        }
        let id = self.new_resource(number);
        let kind = ResourceKind::Other;
        events.push(Event { time, kind: EventKind::ResourceCreated { id, kind } });
        id
    }

    /// The number of a resource that is created.
    pub fn new_resource(&mut self, number: u64) -> ResourceId {
        let resource = ResourceId(self.resource_count);
        self.resource_count += 1;
        self.resources.insert(number, resource);
        resource
    }

    pub fn handle(&mut self, number: u64) -> HandleId {
        HandleId(self.handles.of(number))
    }

    pub fn timeout(&mut self, number: u64) -> TimeoutId {
        TimeoutId(self.timeouts.of(number))
    }

    pub fn event_loop(&mut self, number: u64) -> LoopId {
        LoopId(self.loops.of(number))
    }
}
