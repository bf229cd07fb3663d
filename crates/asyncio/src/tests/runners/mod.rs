//! Runs and runners.

mod run;
mod runner;

use super::*;
