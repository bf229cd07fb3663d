//! `asyncio.Barrier`.

use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::locks::Condition;
use crate::mixins::LoopBound;
use std::cell::Cell;
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, EventKind, Op, ResourceId, ResourceKind};

/// A place where tasks wait for each other until `parties` of them have come; clones are the same
/// barrier. It can be used again and again. Follows `Barrier` of CPython 3.13
/// (`Lib/asyncio/locks.py`).
///
/// ```
/// use asyncio::{self, Barrier, gather, sleep};
/// let indices = asyncio::run(async {
///     let barrier = Barrier::new(3)?;
///     gather([1.0, 3.0, 2.0].map(|delay| {
///         let barrier = barrier.clone();
///         async move {
///             sleep(delay).await?;
///             let index = barrier.wait().await?;
///             assert_eq!(asyncio::time(), 3.0); // all go on when the last has come
///             Ok(index)
///         }
///     }))
///     .await
/// });
/// assert_eq!(indices.unwrap(), [0, 2, 1]); // in the order in which they came
/// ```
#[derive(Clone)]
pub struct Barrier(Rc<BarrierState>);

struct BarrierState {
    bound: LoopBound,
    id: ResourceId,
    parties: usize,
    /// Notified whenever the state changes.
    condition: Condition,
    state: Cell<State>,
    /// Tasks in the barrier.
    count: Cell<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Tasks come.
    Filling,
    /// All have come, and leave; who comes now has to wait for the next round.
    Draining,
    /// Those who were waiting leave, with an exception.
    Resetting,
    /// Everybody gets an exception.
    Broken,
}

impl Barrier {
    /// A barrier for so many tasks, given as any integer.
    ///
    /// # Errors
    /// `ValueError` for less than one.
    ///
    /// # Panics
    /// Outside of a run.
    pub fn new(parties: impl TryInto<usize>) -> Result<Self> {
        let parties = match parties.try_into() {
            Ok(parties) if parties > 0 => parties,
            _ => return Err(Error::new("ValueError", "parties must be > 0")),
        };
        let bound = LoopBound::new();
        let id = bound.new_resource(ResourceKind::Barrier { parties });
        Ok(Barrier(Rc::new(BarrierState {
            condition: Condition::inside(id, Op::Wait),
            bound,
            id,
            parties,
            state: Cell::new(State::Filling),
            count: Cell::new(0),
        })))
    }

    /// Says to the trace what the program calls it.
    pub fn named(self, name: &str) -> Self {
        self.0.bound.name_resource(self.0.id, name);
        self
    }

    /// How many tasks have to come.
    pub fn parties(&self) -> usize {
        self.0.parties
    }

    /// How many tasks wait for the others to come; none while those of a full barrier leave.
    pub fn n_waiting(&self) -> usize {
        if self.is(State::Filling) { self.0.count.get() } else { 0 }
    }

    /// Whether it is broken.
    pub fn broken(&self) -> bool {
        self.is(State::Broken)
    }

    /// Waits until enough tasks have come. Returns this task's place among them, from 0.
    ///
    /// # Errors
    /// `BrokenBarrierError` when the barrier is broken, or is aborted or reset meanwhile; the
    /// cancellation of the task.
    #[track_caller]
    pub fn wait(&self) -> Coro<usize> {
        let (barrier, at) = (self.clone(), Location::caller());
        Coro::new("Barrier.wait", async move { barrier.wait_at(at).await })
    }

    /// The same as [`Barrier::wait`]: `async with barrier as index`, whose end does nothing.
    ///
    /// # Errors
    /// Those of [`Barrier::wait`].
    #[track_caller]
    pub fn enter(&self) -> Coro<usize> {
        let (barrier, at) = (self.clone(), Location::caller());
        Coro::new("Barrier.__aenter__", async move { barrier.wait_at(at).await })
    }

    /// Empties the barrier for new use: tasks that wait in it get `BrokenBarrierError`.
    ///
    /// # Errors
    /// The cancellation of the task, which has to wait where others are about to leave.
    #[track_caller]
    pub fn reset(&self) -> Coro<()> {
        let (barrier, at) = (self.clone(), Location::caller());
        Coro::new("Barrier.reset", async move {
            let _guard = barrier.0.condition.enter_at(at).await?;
            let empty = barrier.0.count.get() == 0;
            barrier.change(if empty { State::Filling } else { State::Resetting });
            Ok(())
        })
    }

    /// Breaks the barrier: tasks that wait in it, and all that come, get `BrokenBarrierError`.
    ///
    /// # Errors
    /// The cancellation of the task, which has to wait where others are about to leave.
    #[track_caller]
    pub fn abort(&self) -> Coro<()> {
        let (barrier, at) = (self.clone(), Location::caller());
        Coro::new("Barrier.abort", async move {
            let _guard = barrier.0.condition.enter_at(at).await?;
            barrier.change(State::Broken);
            Ok(())
        })
    }

    async fn wait_at(&self, at: Caller) -> Result<usize> {
        let BarrierState { condition, parties, state, count, .. } = &*self.0;
        let _guard = condition.enter_at(at).await?;
        self.until(at, |state| !matches!(state, State::Draining | State::Resetting)).await?;
        if self.broken() {
            return Err(Error::new("BrokenBarrierError", "Barrier aborted"));
        }
        let index = count.get();
        count.set(index + 1);
        self.emit();
        let _inside = Inside(self);
        if index + 1 == *parties {
            state.set(State::Draining);
            self.wake_all();
        } else {
            self.until(at, |state| state != State::Filling).await?;
            if matches!(state.get(), State::Broken | State::Resetting) {
                return Err(Error::new("BrokenBarrierError", "Abort or reset of barrier"));
            }
        }
        Ok(index)
    }

    /// Waits for a state.
    async fn until(&self, at: Caller, wanted: impl Fn(State) -> bool) -> Result {
        self.0.condition.wait_for_at(|| wanted(self.0.state.get()), at).await?;
        Ok(())
    }

    fn is(&self, state: State) -> bool {
        self.0.state.get() == state
    }

    fn change(&self, state: State) {
        self.0.state.set(state);
        self.emit();
        self.wake_all();
    }

    fn wake_all(&self) {
        self.0.condition.wake(usize::MAX, true);
    }

    fn emit(&self) {
        let BarrierState { bound, id, count, .. } = &*self.0;
        bound.emit(|task| EventKind::BarrierChanged {
            id: *id,
            task,
            waiting: count.get(),
            broken: self.broken(),
        });
    }
}

/// A task in the barrier; dropping it is the `finally` block of `wait`.
struct Inside<'a>(&'a Barrier);

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let BarrierState { state, count, .. } = &*self.0.0;
        count.set(count.get() - 1);
        self.0.emit();
        if count.get() == 0 {
            // The last to leave opens the barrier for those who wait before it.
            if matches!(state.get(), State::Resetting | State::Draining) {
                state.set(State::Filling);
            }
            self.0.wake_all();
        }
    }
}

/// Whether the two are the same barrier.
impl PartialEq for Barrier {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
