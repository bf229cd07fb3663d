//! What a step raises where its task goes on.

use crate::base_events::EventLoop;
use crate::coroutines::{is_raising, take_raised};
use crate::events::running_loop;
use crate::exceptions::{Error, thrown_in};

/// Takes what the present step raises where its task goes on, if that is here.
pub(crate) fn take_thrown(event_loop: &EventLoop) -> Option<Error> {
    let raised = take_raised();
    let thrown = raised.or_else(|| event_loop.with_current(|task| task?.thrown_once(event_loop)));
    thrown.map(thrown_in)
}

/// Whether the present step raises something where its task goes on, and has not come there yet: it is
/// `coroutine.throw` and not `send`. Front ends ask this before they poll.
pub fn step_throws() -> bool {
    is_raising()
        || running_loop().is_some_and(|event_loop| {
            event_loop.current().is_some_and(|task| task.throws(&event_loop))
        })
}
