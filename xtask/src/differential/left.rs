//! A random program alone, without CPython: what does not hold of its run, and what is left when it is dropped.

use std::rc::Rc;

use asyncio::{Run, RunError, Status, World};
use executor::VirtualClock;
use invariants::{Broken, Ending, broken};
use trace::Trace;

use super::interpret::{Machine, script};
use super::language::Program;

/// What there is to say of a run.
pub struct Left {
    /// What does not hold of it.
    pub broken: Vec<Broken>,
    /// Pieces of its code that are left when it is dropped.
    pub coroutines: usize,
    /// Whether its executor is left then.
    pub executor: bool,
}

/// Runs the random program of this number in a world, to its end or for so many steps; none if it is refused.
pub fn look(seed: u64, index: u64, world: Option<World>, steps: Option<usize>) -> Option<Left> {
    let program = Program::read(&super::generated(seed, index).json).ok()?;
    let (trace, clock) = (Trace::on(), Rc::new(VirtualClock));
    let held = Rc::downgrade(&clock);
    let machine = Machine::new(program, &trace);
    let begun = machine.clone();
    let run = Run::script(clock, trace.clone(), || script(begun));
    let mut run = run.with_world(world).with_budget(crate::BUDGET);
    let mut left = steps.unwrap_or(usize::MAX);
    while left > 0 && !machine.is_cut_off() && run.step() != Status::Ended {
        left -= 1;
    }
    let stuck = matches!(run.result(), Some(Err(RunError::Stuck(_))));
    let ending = if stuck { Ending::Stuck } else { Ending::Open };
    let broken = trace.with(|events| broken(events, ending));
    drop(run);
    machine.delete_all();
    let coroutines = Rc::strong_count(&machine) - 1;
    drop(machine);
    Some(Left { broken, coroutines, executor: held.strong_count() > 0 })
}
