//! Timeouts.

mod collide;
mod timeout;

use super::*;
