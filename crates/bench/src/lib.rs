//! The same work through the layer of asyncio here, through tokio, through smol, and in CPython.
//!
//! Machines differ and so do their hours: everything is measured in one run, in turns, and what is printed
//! are ratios of medians. Nothing here is ever asserted.

#[cfg(not(target_arch = "wasm32"))]
pub mod cpython;
pub mod moment;
pub mod ours;
pub mod rows;
#[cfg(not(target_arch = "wasm32"))]
pub mod smol;
#[cfg(not(target_arch = "wasm32"))]
pub mod table;
#[cfg(not(target_arch = "wasm32"))]
pub mod tokio;
