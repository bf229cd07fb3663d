//! What the keys do on the chart.

use super::lanes::Sorting;
use super::toolbar::ZOOM;
use super::window::Move;
use trace::TaskId;

/// By how much of the view a key goes along.
const STRIDE: f64 = 0.25;

/// What is asked for by a key.
#[derive(Clone, Copy, Debug)]
pub enum Wish {
    /// So many rows down, so many spans on.
    Step(isize, isize),
    /// To the first of a row, or the last.
    Edge(bool),
    /// Along the arrows, back or on.
    Follow(bool),
    /// Another view; zooms are around the middle of what has the focus.
    View(Move),
    /// Closer to what has the focus, or the whole.
    Focus,
    /// Something is done with the lane that has the focus.
    Lane(fn(TaskId) -> Sorting),
    /// What has the focus is the range that is selected, or no longer.
    Range,
    /// The task stands out.
    Select,
    /// Nothing stands out.
    Leave,
    /// What the keys do.
    Help,
}

impl Wish {
    /// What a key asks for, where the focus is at `at`, a part of the view.
    pub fn of(key: &str, at: f64) -> Option<Wish> {
        Some(match key {
            "ArrowLeft" | "," => Wish::Step(0, -1),
            "ArrowRight" | "." => Wish::Step(0, 1),
            "ArrowUp" => Wish::Step(-1, 0),
            "ArrowDown" => Wish::Step(1, 0),
            "Home" => Wish::Edge(false),
            "End" => Wish::Edge(true),
            "[" => Wish::Follow(false),
            "]" => Wish::Follow(true),
            "w" | "W" | "+" | "=" => Wish::View(Move::Leap { at, wider: ZOOM }),
            "s" | "S" | "-" | "_" => Wish::View(Move::Leap { at, wider: 1.0 / ZOOM }),
            "a" | "A" => Wish::View(Move::Stride(-STRIDE)),
            "d" | "D" => Wish::View(Move::Stride(STRIDE)),
            "0" => Wish::View(Move::Fit),
            "z" | "Z" => Wish::View(Move::Back),
            "f" | "F" => Wish::Focus,
            "e" | "E" => Wish::Lane(Sorting::Fold),
            "p" | "P" => Wish::Lane(Sorting::Pin),
            "h" | "H" => Wish::Lane(Sorting::Hide),
            "r" | "R" => Wish::Range,
            "Enter" | " " => Wish::Select,
            "Escape" => Wish::Leave,
            "?" => Wish::Help,
            _ => return None,
        })
    }
}
