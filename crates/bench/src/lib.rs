//! The same work through the layer of asyncio here, through tokio, through smol, and in CPython.
//!
//! Machines differ and so do their hours: everything is measured in one run, in turns, and what is printed
//! are ratios of medians. Nothing here is ever asserted.

pub mod cpython;
pub mod ours;
pub mod rows;
pub mod smol;
pub mod table;
pub mod tokio;
