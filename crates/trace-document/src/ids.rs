//! The numbers of a file, made ours.

use crate::numbers::Numbers;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use trace::{
    Event, EventKind, HandleId, LoopId, ResourceId, ResourceKind, Site, TaskId, TimeoutId,
};

/// Files number as they like: from 0, by address, with gaps, the same number again for what came after.
/// Ours count from 0 in the order in which things first appear, and tasks and resources are created
/// before anything is said of them.
#[derive(Default)]
pub struct Ids {
    tasks: Numbers,
    /// Tasks of which something was said before they were created, if ever they were.
    assumed: HashSet<TaskId>,
    resources: Numbers,
    handles: Numbers,
    timeouts: Numbers,
    loops: Numbers,
    pub sites: HashMap<u64, Site>,
    /// The names of functions, each once: many tasks run one.
    functions: HashSet<Rc<str>>,
}

impl Ids {
    /// The number of a task, which is created if it was not.
    pub fn task(&mut self, number: u64, time: f64, events: &mut Vec<Event>) -> TaskId {
        if let Some(task) = self.tasks.get(number) {
            return TaskId(task);
        }
        let task = TaskId(self.tasks.add(number));
        self.assumed.insert(task);
        let (parent, name) = (None, format!("task {number}").into());
        events
            .push(Event { time, kind: EventKind::TaskCreated { task, parent, name, eager: true } });
        task
    }

    /// The number of a task that is created; or that of one that was assumed.
    pub fn created(&mut self, number: u64) -> Result<TaskId, TaskId> {
        if !self.assumed.is_empty()
            && let Some(task) = self.tasks.get(number).map(TaskId)
            && self.assumed.remove(&task)
        {
            return Err(task);
        }
        Ok(TaskId(self.tasks.add(number)))
    }

    /// The number of a resource, which is created if it was not.
    pub fn resource(&mut self, number: u64, time: f64, events: &mut Vec<Event>) -> ResourceId {
        if let Some(resource) = self.resources.get(number) {
            return ResourceId(resource);
        }
        let id = self.new_resource(number);
        let kind = ResourceKind::Other;
        events.push(Event { time, kind: EventKind::ResourceCreated { id, kind } });
        id
    }

    /// The number of a resource that is created.
    pub fn new_resource(&mut self, number: u64) -> ResourceId {
        ResourceId(self.resources.add(number))
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

    /// The name of a function.
    pub fn function(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.functions.get(name) {
            return known.clone();
        }
        let name: Rc<str> = name.into();
        self.functions.insert(name.clone());
        name
    }
}
