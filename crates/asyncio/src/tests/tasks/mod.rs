//! Tasks, and what waits for several.

mod as_completed;
mod cancel;
mod cancel_reused;
mod eager;
mod exit;
mod gather;
mod gather_cancelled;
mod lost;
mod shield;
mod task;
mod wait;
mod wait_for;
mod wait_for_cancelled;

use super::*;
