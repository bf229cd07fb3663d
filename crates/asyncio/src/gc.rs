//! `gc.collect()`: pending tasks that nobody holds but they themselves.

use crate::futures::AnyFuture;
use crate::program::Program;
use crate::tasks::TaskNode;
use std::collections::HashMap;
use std::rc::Rc;

/// Frees the pending tasks that nobody can reach or wake: `gc.collect()`. A loop holds its tasks weakly; one that waits
/// for a future that only it holds is garbage. Its coroutine is closed where it stands, and `Task was destroyed but it
/// is pending!` goes to the loop's exception handler.
///
/// What a coroutine holds cannot be looked at here, so it is counted: garbage is found where it awaits a future, or
/// another task, by value, and keeps no other handle to that or to itself. What is found in this way is garbage in
/// CPython too; CPython finds more. Tasks are freed in the order of their creation, each coroutine right before its
/// task, as `handle_finalizers` of CPython 3.13 (`Python/gc.c`) does with tasks that were made of their coroutines at once.
///
/// ```
/// use asyncio::{self, all_tasks, collect_garbage, create_future, create_task, sleep};
/// let left = asyncio::run(async {
///     create_task(async { create_future::<()>().await });
///     sleep(1.0).await?;
///     collect_garbage();
///     Ok(all_tasks().len())
/// });
/// assert_eq!(left.unwrap(), 1);
/// ```
pub fn collect_garbage() {
    let Some(program) = Program::current() else { return };
    let core = &program.core;
    let bodies = core.bodies().into_iter();
    let tasks = bodies.filter_map(|body| body.as_any().downcast::<Rc<dyn TaskNode>>().ok());
    let waiting = tasks.filter(|task| !task.hidden && task.slot.is_idle());
    let mut garbage: Vec<Candidate> = waiting.filter_map(|task| Candidate::new(*task)).collect();
    loop {
        let count = garbage.len();
        let known = known(&garbage);
        garbage.retain(|candidate| {
            let among = |object, holders| known.get(&object) == Some(&holders);
            among(place(&candidate.task), Rc::strong_count(&candidate.task))
                && among(place(&candidate.waiter), Rc::strong_count(&candidate.waiter))
        });
        if garbage.len() == count {
            break;
        }
    }
    // First all are out of reach, then each is told of: what a coroutine does at its end must not find the others.
    garbage.iter().for_each(|candidate| core.give_up(candidate.task.id()));
    for Candidate { task, .. } in &garbage {
        task.close_coroutine();
        if task.log_destroyed.get() {
            let message = "Task was destroyed but it is pending!";
            task.event_loop().log_freed(message, Some(task.id()), None, Some(&task.context));
        }
    }
    // Those that wait for one another hold one another.
    garbage.iter().for_each(|candidate| candidate.task.forget_waiter());
}

/// A task that may be garbage, and what it waits for.
struct Candidate {
    task: Rc<dyn TaskNode>,
    waiter: Rc<dyn AnyFuture>,
}

impl Candidate {
    fn new(task: Rc<dyn TaskNode>) -> Option<Self> {
        let waiter = task.waiter()?;
        Some(Candidate { task, waiter })
    }
}

/// How often each task and what it waits for is held by what is known of the candidates.
fn known(candidates: &[Candidate]) -> HashMap<*const (), usize> {
    let mut holders = HashMap::new();
    for Candidate { task, waiter } in candidates {
        // The executor and the candidate hold the task; the candidate, the task and its await what that waits for.
        *holders.entry(place(task)).or_default() += 2;
        *holders.entry(place(waiter)).or_default() += 3;
    }
    holders
}

/// What tells an object from every other, whatever it is seen as.
fn place<T: ?Sized>(object: &Rc<T>) -> *const () {
    Rc::as_ptr(object).cast()
}
