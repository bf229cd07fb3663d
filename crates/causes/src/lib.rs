//! Why a run went as it did. Pure: of the order of its events, and of nothing else.
//!
//! [`Causes`] knows for each thing that the loop ran what put it into the ready queue: a timer and who set it, a step
//! of another task, a job, bytes that arrived; and what held the loop while it was ready. From there go
//!
//! - [`Causes::chain`]: why a step ran now, back to the start;
//! - [`Causes::critical`]: the pieces that the length of the run is made of, without a gap;
//! - [`Causes::gain`]: by how much the run is shorter if one of them is, and up to where that is certain;
//! - [`findings`]: what went wrong or costs time, with its place and its figures;
//! - [`saved`]: what another run of a program brings, whose awaits are at once.
//!
//! ```
//! use asyncio::{Run, Status, gather, sleep};
//! use causes::{Causes, Kind};
//! use executor::VirtualClock;
//! use timeline::Order;
//! use trace::Trace;
//! let main = || async { gather([sleep(1.0), sleep(2.5)]).await.map(|_| ()) };
//! let mut run = Run::new(VirtualClock, Trace::on(), main);
//! while run.step() != Status::Ended {}
//! let order = Order::new(run.trace().snapshot());
//! let causes = Causes::of(&order);
//! let path = causes.critical();
//! assert_eq!((path[0].kind, path[0].from, path[0].to), (Kind::Sleep, 0.0, 2.5));
//! let gain = causes.gain(&[path[0].event]).expect("all of this run is explained");
//! assert_eq!((gain.per_second, gain.up_to), (1, 1.5), "then the other sleep ends as late");
//! ```

mod at_once;
mod chain;
mod findings;
mod gain;
mod graph;
mod path;
mod shares;

pub use at_once::{Saved, saved};
pub use chain::{Cause, Reason};
pub use findings::{Finding, Flaw, findings};
pub use gain::Gain;
pub use graph::Causes;
pub use path::{Kind, Piece};
pub use shares::Share;

/// By how much moments may differ that are one moment, in seconds: a little more than the resolution of the loop's
/// clock, within which timers come due together.
pub(crate) const MOMENT: f64 = 2e-9;
