//! What holds of the timeline of any trace, of our own programs and of foreign ones.

mod foreign;
mod programs;
mod random;
