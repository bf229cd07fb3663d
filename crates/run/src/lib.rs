//! An example with values for its parameters, run on a clock.

mod behind;
mod measures;
mod orders;
mod sweep;

pub use behind::{Behind, behind};
pub use measures::Measures;
pub use orders::{Orders, Outcome, Telling, points, world};
pub use sweep::{Point, Sweep, Which, value_of};

use asyncio::{Run, RunError, Status};
use examples::{Args, Example, Program};
use executor::{Clock, VirtualClock};
use timeline::Timeline;
use trace::{Event, Trace};

/// A run that has ended.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What happened.
    pub events: Vec<Event>,
    /// Loop time at the end, in seconds.
    pub end: f64,
    /// How it came to a bad end, if it did.
    pub error: Option<RunError>,
}

impl Recorded {
    /// The run as a timeline.
    pub fn timeline(&self) -> Timeline {
        Timeline::new(&self.events, self.end)
    }
}

/// Runs an example on the virtual clock, in no time; `budget` as in [`begin`].
pub fn instant(example: &Example, args: &Args, budget: u64) -> Recorded {
    let trace = Trace::on();
    let mut run = begin(example, args, budget, VirtualClock, trace.clone());
    while run.step() != Status::Ended {}
    Recorded {
        end: run.time(),
        error: run.result().and_then(Result::err),
        events: trace.snapshot(),
    }
}

/// A run of an example, about to begin, that is given up after `budget` handles: values may make an
/// endless program of it.
pub fn begin(
    example: &Example,
    args: &Args,
    budget: u64,
    clock: impl Clock + 'static,
    trace: Trace,
) -> Run<()> {
    let values = args.clone();
    let run = match example.program {
        Program::Main(main) => Run::new(clock, trace, || main(values)),
        Program::Script(script) => Run::script(clock, trace, || script(values)),
    };
    run.with_network(args.network()).with_world(args.world()).with_budget(budget)
}
