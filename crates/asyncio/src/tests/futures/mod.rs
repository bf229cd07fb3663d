//! Futures.

mod future;

use super::*;
