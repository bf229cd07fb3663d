//! The buttons for the view.

use super::window::{Move, Window};
use crate::ui::shell::Language;
use yew::prelude::*;

/// By how much a button or a key zooms.
pub const ZOOM: f64 = 1.6;

/// What the toolbar shows.
#[derive(PartialEq, Properties)]
pub struct ToolbarProps {
    /// The language.
    pub language: Language,
    /// Whether less than the whole is looked at.
    pub zoomed: bool,
    /// Whether there is something to go back to.
    pub past: bool,
    /// Whether long idle stretches are folded, where there are some.
    pub folding: Option<bool>,
    /// The reader wants them folded, or not.
    pub on_fold: Callback<bool>,
    /// Changes the view.
    pub window: UseReducerDispatcher<Window>,
}

/// Closer, further, all of it, back.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let ToolbarProps { language, zoomed, past, window, folding, on_fold } = props;
    let fold_note = language.text("chart.fold_idle");
    let button = |key: &'static str, sign: &str, enabled: bool, step: Move| {
        let window = window.clone();
        let name = language.text(&format!("chart.{key}"));
        // What cannot be done now is said to be so and keeps its place and the focus.
        html! {
            <button id={key} class="tool" title={name.clone()} aria-label={name} aria-disabled={(!enabled).to_string()}
                onclick={Callback::from(move |_: MouseEvent| window.dispatch(step))}>{sign}</button>
        }
    };
    html! {
        <div class="tools" role="group" aria-label={language.text("chart.view")}>
            {button("zoom_out", "−", *zoomed, Move::Leap { at: 0.5, wider: 1.0 / ZOOM })}
            {button("zoom_in", "+", true, Move::Leap { at: 0.5, wider: ZOOM })}
            {button("zoom_fit", "⤢", *zoomed, Move::Fit)}
            if let Some(folding) = *folding {
                <button id="fold_idle" class="tool" title={fold_note.clone()} aria-label={fold_note}
                    aria-pressed={folding.to_string()} onclick={on_fold.reform(move |_: MouseEvent| !folding)}>{"↯"}</button>
            }
            if *past { {button("zoom_back", "↶", true, Move::Back)} }
        </div>
    }
}
