//! Colours. Those of tasks are by Okabe and Ito, told apart by colour-blind readers too; they repeat
//! after seven, and every lane carries its name.

use trace::TaskId;

/// Colours of the canvas in a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    tasks: [&'static str; 7],
    /// Behind the lanes.
    pub ground: &'static str,
    /// Every other lane.
    pub stripe: &'static str,
    /// Lines of the time grid.
    pub grid: &'static str,
    /// Text on the ground.
    pub ink: &'static str,
    /// Text that matters less, and waits for resources.
    pub muted: &'static str,
    /// Text on a bar.
    pub on_bar: &'static str,
    /// What went wrong.
    pub danger: &'static str,
    /// The selected and focused.
    pub accent: &'static str,
}

/// The colours on white.
pub const LIGHT: Palette = Palette {
    tasks: ["#0072b2", "#d98300", "#009e73", "#c2579a", "#3a9fd8", "#d55e00", "#a08a00"],
    ground: "#ffffff",
    stripe: "#f8f9fb",
    grid: "#e5e8ee",
    ink: "#1c2130",
    muted: "#6b7385",
    on_bar: "#ffffff",
    danger: "#c02626",
    accent: "#4f46e5",
};

/// The colours on black.
pub const DARK: Palette = Palette {
    tasks: ["#4aa8e0", "#f0a830", "#2cc397", "#e08cc4", "#7cc9f2", "#f2803d", "#d9c545"],
    ground: "#151922",
    stripe: "#191e29",
    grid: "#2a3140",
    ink: "#e8ebf2",
    muted: "#939cb0",
    on_bar: "#0d1017",
    danger: "#ff7b72",
    accent: "#8b87ff",
};

impl Palette {
    /// The colour of a task.
    pub fn task(&self, task: TaskId) -> &'static str {
        self.tasks[task.0 as usize % self.tasks.len()]
    }
}
