//! Queues.

mod kinds;
mod queue;
mod shutdown;

use super::*;
