//! A cooperative, single-threaded executor for Rust futures.
//!
//! One ready queue, first in, first out; one heap of timers; tasks that are boxed futures with real
//! [`Waker`](std::task::Waker)s, so that any future runs on it. It knows nothing of asyncio and
//! nothing of the page.
//!
//! An *iteration* of the loop is that of CPython's `BaseEventLoop._run_once`: timers that are due move to
//! the end of the ready queue in order of (deadline, order scheduled), then exactly the handles that
//! are in the queue at that moment run; what they schedule runs in the next iteration.
//!
//! Loop time is `f64` seconds. It stands still while handles run and moves only to the deadline that
//! is served next, or past blocking work ([`Core::block`]). A [`Clock`] says *when* a deadline may be
//! served: [`VirtualClock`] at once, so that a run takes no wall time, [`PacedClock`] when a real
//! clock has come that far. That is why a slow or hidden page makes a run late but never changes its
//! order.
//!
//! *External events* happen at moments of loop time even while the loop is blocked, such as what other
//! threads do ([`Core::call_external_at`]). In an iteration they come before the timers.
//!
//! ```
//! use executor::{Executor, VirtualClock};
//! use std::{cell::RefCell, rc::Rc};
//!
//! let executor = Executor::new(VirtualClock);
//! let seen = Rc::new(RefCell::new(Vec::new()));
//! for (name, delay) in [("slow", 2.0), ("quick", 1.0)] {
//!     let (core, seen) = (executor.core(), seen.clone());
//!     executor.spawn(name, async move {
//!         core.sleep(delay).await;
//!         seen.borrow_mut().push((name, core.time()));
//!     });
//! }
//! executor.run().unwrap();
//! assert_eq!(*seen.borrow(), [("quick", 1.0), ("slow", 2.0)]);
//! ```

mod clock;
mod core;
mod error;
mod external;
mod freeing;
mod handle;
mod iteration;
mod scheduling;
mod sleep;
mod stepping;
mod task;
mod tasks;
mod timers;
mod waker;
mod world;

pub use self::clock::{Clock, PacedClock, VirtualClock};
pub use self::core::{Core, Executor, Progress};
pub use self::error::{BlockedTask, Stuck};
pub use self::freeing::Held;
pub use self::handle::{Callback, Handle, Scheduled};
pub use self::sleep::Sleep;
pub use self::task::{Body, Slot};
pub use self::world::World;

#[cfg(test)]
mod tests;
