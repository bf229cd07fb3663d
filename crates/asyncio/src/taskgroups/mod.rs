//! Task groups: `Lib/asyncio/taskgroups.py`.

mod ending;
mod task_group;

pub use task_group::TaskGroup;
