//! Colours. Those of tasks are by Okabe and Ito, told apart by colour-blind readers too; after seven come the same in a
//! second shade, further from the ground, and they repeat after fourteen. Every lane carries its name.

use std::fmt::Write as _;
use timeline::Category;
use trace::TaskId;

/// How many colours tasks have before they repeat.
const TASKS: usize = 14;
/// How many of them are of the first shade.
const SHADE: usize = 7;

/// What a colour is for; which it is depends on the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// A task.
    Task(TaskId),
    /// Behind the lanes.
    Ground,
    /// Every other lane.
    Stripe,
    /// Lines of the time grid.
    Grid,
    /// Text on the ground.
    Ink,
    /// Text that matters less.
    Muted,
    /// Text on a bar.
    OnBar,
    /// What went wrong.
    Danger,
    /// The selected and focused.
    Accent,
    /// Text on a light bar.
    OnLight,
    /// What is waited for.
    Cause(Category),
}

/// The colours in a theme: those of [`Colour`], from `Ground` on, behind those of tasks.
#[derive(Debug, PartialEq)]
pub struct Palette([&'static str; TASKS + NAMES.len()]);

/// The names of the same in CSS; a task's has its number.
const NAMES: [&str; 20] = [
    "ground", "stripe", "grid", "ink", "muted", "on-bar", "danger", "accent", "on-light", //
    "sleep", "tasks", "permit", "item", "place", "join", "other", "signal", "job", "network",
    "loop",
];

/// The colours on white.
pub static LIGHT: Palette = Palette([
    "#0072b2", "#d98300", "#009e73", "#c2579a", "#3a9fd8", "#d55e00", "#a08a00", //
    "#00456c", "#8a5300", "#005f45", "#7a2f5e", "#1d6691", "#8a3c00", "#5f5200", //
    "#ffffff", "#f8f9fb", "#e5e8ee", "#1c2130", "#6b7385", "#ffffff", "#c02626", "#4f46e5",
    "#0d1017", //
    "#4f46e5", "#98a1b3", "#d98300", "#009e73", "#c2579a", "#3a9fd8", "#5b6376", "#8a6d00",
    "#b0512c", "#2f7f93", "#d55e00",
]);

/// The colours on black.
pub static DARK: Palette = Palette([
    "#4aa8e0", "#f0a830", "#2cc397", "#e08cc4", "#7cc9f2", "#f2803d", "#d9c545", //
    "#a9d6f3", "#f9dca4", "#9be6cf", "#f3cfe6", "#c9e8fb", "#fac4a6", "#efe7ab", //
    "#151922", "#191e29", "#2a3140", "#e8ebf2", "#939cb0", "#0d1017", "#ff7b72", "#8b87ff",
    "#0d1017", //
    "#8b87ff", "#98a1b3", "#f0a830", "#2cc397", "#e08cc4", "#7cc9f2", "#b9c0cf", "#d9c545",
    "#e08a5c", "#6cc0d4", "#f2803d",
]);

impl Colour {
    fn index(self) -> usize {
        match self {
            Colour::Task(task) => task.0 as usize % TASKS,
            Colour::Ground => TASKS,
            Colour::Stripe => TASKS + 1,
            Colour::Grid => TASKS + 2,
            Colour::Ink => TASKS + 3,
            Colour::Muted => TASKS + 4,
            Colour::OnBar => TASKS + 5,
            Colour::Danger => TASKS + 6,
            Colour::Accent => TASKS + 7,
            Colour::OnLight => TASKS + 8,
            Colour::Cause(category) => TASKS + 9 + category as usize,
        }
    }

    /// The colour of text on the bar of a task, dark or light as it has more contrast.
    pub fn on(task: TaskId) -> Self {
        let index = Colour::Task(task).index();
        if index == 0 || index >= SHADE { Colour::OnBar } else { Colour::OnLight }
    }

    /// The name of its variable in CSS; [`variables`] defines them.
    pub fn name(self) -> String {
        name(self.index())
    }

    /// The colour of the page's theme, in CSS.
    pub fn css(self) -> String {
        format!("var({})", self.name())
    }
}

impl Palette {
    /// What a colour is in this theme.
    pub fn of(&self, colour: Colour) -> &'static str {
        self.0[colour.index()]
    }
}

fn name(index: usize) -> String {
    match index.checked_sub(TASKS) {
        None => format!("--task-{index}"),
        Some(n) => format!("--chart-{}", NAMES[n]),
    }
}

/// All colours as variables of CSS, each for the colour scheme that is on.
pub fn variables() -> String {
    let mut css = String::from(":root{");
    for (n, (light, dark)) in LIGHT.0.iter().zip(DARK.0).enumerate() {
        // Writing to a string does not fail.
        let _ = write!(css, "{}:light-dark({light},{dark});", name(n));
    }
    css.push('}');
    css
}
