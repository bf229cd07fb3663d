//! Task groups.

mod cancelled;
mod task_group;

use super::*;
