//! Which part of the rows is in view.

use super::size::Observed;
use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

/// By how much is scrolled before another part is painted, in pixels. What is painted reaches that far beyond the
/// view on both sides, so that it is there when it is scrolled to.
const STEP: f64 = 320.0;

/// A part of the rows, in pixels from their top.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// Where it begins.
    pub top: f64,
    /// How high it is.
    pub height: f64,
}

/// How far is scrolled, in steps, and how much is seen at a time, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scrolled {
    steps: f64,
    seen: f64,
}

impl Scrolled {
    /// The part of rows so high together that is to be painted: all of them where there are few.
    pub fn part(self, all: f64) -> Part {
        let height = self.seen + 3.0 * STEP;
        if self.seen <= 0.0 || all <= height {
            return Part { top: 0.0, height: all };
        }
        Part { top: ((self.steps - 1.0) * STEP).clamp(0.0, all - height), height }
    }
}

/// How far an element is scrolled.
#[hook]
pub fn use_scrolled(node: &NodeRef) -> Scrolled {
    let scrolled = use_state_eq(Scrolled::default);
    let (node, setter) = (node.clone(), scrolled.setter());
    use_effect_with((), move |()| {
        let element = node.cast::<Element>();
        let watched = element.clone();
        let measure = move || {
            if let Some(element) = &element {
                let steps = (f64::from(element.scroll_top()) / STEP).floor();
                setter.set(Scrolled { steps, seen: f64::from(element.client_height()) });
            }
        };
        measure();
        let listener = watched.as_ref().map(|element| {
            let measure = measure.clone();
            EventListener::new(element, "scroll", move |_| measure())
        });
        let observed = Observed::new(watched.as_ref(), measure);
        move || drop((observed, listener))
    });
    *scrolled
}
