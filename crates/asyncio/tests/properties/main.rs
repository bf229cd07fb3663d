//! What holds of every program, on programs made at random: `invariants` in the trace, and beside them a count of who is
//! inside, what was put and what has ended.

mod program;
mod world;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use asyncio::{Run, RunError, Status, World};
use executor::VirtualClock;
use invariants::{Ending, broken};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::{RngSeed, TestCaseError};
use trace::{EventKind, ResourceKind, Trace};

use self::program::{Op, programs};
use self::world::{Shared, main};

/// Handles after which a program is given up.
const BUDGET: u64 = 20_000;

/// How many programs, unless `PROPTEST_CASES` says otherwise: a few seconds.
const CASES: u32 = 250;

/// The same programs each time, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let rng_seed = match usual.rng_seed {
        RngSeed::Random => RngSeed::Fixed(7),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { usual.cases } else { CASES };
    ProptestConfig { rng_seed, cases, failure_persistence: None, ..usual }
}

type Kept = Rc<RefCell<Option<Rc<Shared>>>>;

/// A run about to begin, what its program shares once it has begun, and what counts its clock.
fn begin(ops: &[Op], world: Option<World>) -> (Run<()>, Kept, Weak<VirtualClock>) {
    let (kept, clock) = (Kept::default(), Rc::new(VirtualClock));
    let held = Rc::downgrade(&clock);
    let (ops, keep) = (ops.to_vec(), kept.clone());
    let run = Run::new(clock, Trace::on(), || main(ops, keep));
    (run.with_world(world).with_budget(BUDGET), kept, held)
}

/// Runs a program to its end and looks at everything that must hold then.
fn check(ops: &[Op], world: Option<World>) -> Result<(), TestCaseError> {
    let (mut run, kept, _) = begin(ops, world);
    while run.step() != Status::Ended {}
    let ending = match run.result() {
        Some(Err(RunError::Stuck(_))) => Ending::Stuck,
        Some(Err(RunError::TooLong { .. })) | None => Ending::Open,
        Some(Err(RunError::Raised(error))) if error.is("RecursionError") => Ending::Open,
        Some(_) => Ending::Complete,
    };
    let events = run.trace().snapshot();
    let found: Vec<_> = broken(&events, ending).iter().map(ToString::to_string).collect();
    prop_assert_eq!(found, Vec::<String>::new());
    if ending == Ending::Complete {
        for event in &events {
            let EventKind::ResourceCreated { id, kind: ResourceKind::Permits { limit } } =
                event.kind
            else {
                continue;
            };
            let left = events.iter().rev().find_map(|event| match event.kind {
                EventKind::PermitTaken { id: other, free, .. }
                | EventKind::PermitReturned { id: other, free, .. }
                    if other == id =>
                {
                    Some(free)
                }
                _ => None,
            });
            prop_assert_eq!(left.unwrap_or(limit), limit, "permits are lost for good");
        }
        let ended = kept.take().map(|shared| shared.ended.borrow().clone()).unwrap_or_default();
        prop_assert!(ended.iter().all(|times| *times <= 1), "a task was told twice to have ended");
    }
    Ok(())
}

/// Drops a run after so many steps: nothing of it is left.
fn check_dropped(ops: &[Op], after: usize) -> Result<(), TestCaseError> {
    let (mut run, kept, clock) = begin(ops, None);
    for _ in 0..after {
        run.step();
    }
    drop(run);
    if let Some(shared) = kept.take() {
        let left = Rc::strong_count(&shared) - 1;
        prop_assert_eq!(left, 0, "coroutines are left after {} steps", after);
    }
    prop_assert_eq!(clock.strong_count(), 0, "the executor is left after {} steps", after);
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn invariants_hold(ops in programs()) {
        check(&ops, None)?;
    }

    #[test]
    fn invariants_hold_in_other_orders(ops in programs(), seed in any::<u64>()) {
        check(&ops, Some(World { seed, spread: 0.8 }))?;
    }

    #[test]
    fn dropping_at_any_step_frees_all(ops in programs(), steps in vec(0_usize..200, 12)) {
        for after in steps {
            check_dropped(&ops, after)?;
        }
    }

    #[test]
    fn going_is_stepping(ops in programs()) {
        let (mut stepped, _, _) = begin(&ops, None);
        while stepped.step() != Status::Ended {}
        let (mut gone, _, _) = begin(&ops, None);
        while gone.go() != Status::Ended {}
        prop_assert_eq!(stepped.trace().snapshot(), gone.trace().snapshot());
    }
}
