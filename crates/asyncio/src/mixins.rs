//! To which loop an object belongs that tasks wait for: `Lib/asyncio/mixins.py`.

use crate::base_events::EventLoop;
use crate::events::get_running_loop;
use crate::exceptions::{Error, Result};
use crate::program::Program;
use std::cell::OnceCell;
use std::rc::Rc;
use trace::{EventKind, ResourceId, ResourceKind, TaskId};

/// `_LoopBoundMixin`: an object belongs to no loop until somebody has to wait for it. From then on nobody
/// waits for it in another.
pub(crate) struct LoopBound {
    program: Rc<Program>,
    event_loop: OnceCell<Rc<EventLoop>>,
}

impl LoopBound {
    /// Of a new object.
    ///
    /// # Panics
    /// Outside of a run.
    pub(crate) fn new() -> Self {
        let program = Program::current().expect("no program is running");
        LoopBound { program, event_loop: OnceCell::new() }
    }

    /// The running loop, to wait in: `_get_loop`. `repr` is the object's `repr()`.
    ///
    /// # Errors
    /// `RuntimeError` where it belongs to another.
    pub(crate) fn get_loop(&self, repr: impl FnOnce() -> String) -> Result<&Rc<EventLoop>> {
        let running = get_running_loop()?;
        let own = self.event_loop.get_or_init(|| running.clone());
        if Rc::ptr_eq(own, &running) {
            return Ok(own);
        }
        let text = format!("{} is bound to a different event loop", repr());
        Err(Error::new("RuntimeError", text))
    }

    pub(crate) fn new_resource(&self, kind: ResourceKind) -> ResourceId {
        self.program.new_resource(kind)
    }

    pub(crate) fn name_resource(&self, id: ResourceId, name: &str) {
        self.program.name_resource(id, name);
    }

    /// The task that is running, if one is that the trace shows.
    pub(crate) fn current_id(&self) -> Option<TaskId> {
        self.program.running_task()
    }

    /// Says to the trace what happens, with the task that is running.
    pub(crate) fn emit(&self, kind: impl FnOnce(Option<TaskId>) -> EventKind) {
        self.program.core.emit(|| kind(self.program.running_task()));
    }
}
