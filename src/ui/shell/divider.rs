//! The lines between the parts of the page, which can be moved.

use super::{Language, store};
use crate::ui::shell::window;
use std::fmt::Write as _;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// Which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Between the chart and the column beside it.
    Beside,
    /// Between the program and the output below it.
    Output,
}

/// What the arrow keys move a line by, in pixels.
const STEP: f64 = 16.0;

impl Line {
    const ALL: [Line; 2] = [Line::Beside, Line::Output];

    fn key(self) -> &'static str {
        match self {
            Line::Beside => "beside",
            Line::Output => "output",
        }
    }

    fn stored(self) -> String {
        format!("coroscope.{}", self.key())
    }

    /// How wide or high what is behind the line may be, in pixels.
    fn bounds(self) -> (f64, f64) {
        let inner = |size: Option<f64>| size.unwrap_or(1000.0);
        let width = || window()?.inner_width().ok()?.as_f64();
        let height = || window()?.inner_height().ok()?.as_f64();
        match self {
            Line::Beside => (280.0, inner(width()) * 0.6),
            Line::Output => (60.0, inner(height()) * 0.6),
        }
    }
}

/// Where the lines are: how wide or high, in pixels, what is behind each; where the reader has moved none, the page
/// decides.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Division {
    beside: Option<f64>,
    output: Option<f64>,
}

impl Division {
    /// As the reader left it.
    pub fn remembered() -> Self {
        let mut division = Division::default();
        for line in Line::ALL {
            let size = store::get(&line.stored()).and_then(|text| text.parse().ok());
            *division.at(line) = size.filter(|size: &f64| size.is_finite());
        }
        division
    }

    /// Moves a line, or leaves it to the page again, and remembers it.
    pub fn put(&mut self, line: Line, size: Option<f64>) {
        let (least, most) = line.bounds();
        let size = size.map(|size| size.clamp(least, most.max(least)).round());
        *self.at(line) = size;
        store::set(&line.stored(), &size.map(|size| size.to_string()).unwrap_or_default());
    }

    fn at(&mut self, line: Line) -> &mut Option<f64> {
        match line {
            Line::Beside => &mut self.beside,
            Line::Output => &mut self.output,
        }
    }

    /// As variables of the styles.
    pub fn css(&self) -> String {
        let mut css = String::new();
        for (name, size, side) in [("beside", self.beside, 'w'), ("output", self.output, 'h')] {
            if let Some(size) = size {
                // The window may have been larger then. Writing into a string does not fail.
                let _ = write!(css, ";--{name}:min({size}px,60v{side})");
            }
        }
        css
    }
}

/// What a line is.
#[derive(Clone, PartialEq, Properties)]
pub struct DividerProps {
    /// The language.
    pub language: Language,
    /// Which line.
    pub line: Line,
    /// It is moved: how wide or high what is behind it is to be, in pixels; or left to the page.
    pub on_move: Callback<(Line, Option<f64>)>,
}

/// A line that is dragged, or moved by the arrow keys; a double click leaves it to the page again.
#[component]
pub fn Divider(props: &DividerProps) -> Html {
    let DividerProps { language, line, on_move } = props;
    let line = *line;
    let node = use_node_ref();
    let dragged = use_mut_ref(|| None::<f64>);
    // What is behind the line, and how large it is.
    let behind = {
        let node = node.clone();
        move || -> Option<f64> {
            let selector = if line == Line::Beside { ".params" } else { ".output" };
            let main = node.cast::<Element>()?.parent_element()?;
            let bounds = main.query_selector(selector).ok()??.get_bounding_client_rect();
            Some(if line == Line::Beside { bounds.width() } else { bounds.height() })
        }
    };
    let place = move |event: &PointerEvent| {
        f64::from(if line == Line::Beside { event.client_x() } else { event.client_y() })
    };
    let on_down = {
        let (dragged, behind) = (dragged.clone(), behind.clone());
        Callback::from(move |event: PointerEvent| {
            event.prevent_default();
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            // Where it cannot be captured it is moved as long as the pointer stays on it.
            let _ = target.map(|target| target.set_pointer_capture(event.pointer_id()));
            *dragged.borrow_mut() = behind().map(|size| size + place(&event));
        })
    };
    let on_drag = {
        let (dragged, on_move) = (dragged.clone(), on_move.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(sum) = *dragged.borrow() {
                on_move.emit((line, Some(sum - place(&event))));
            }
        })
    };
    let on_up = Callback::from(move |_: PointerEvent| *dragged.borrow_mut() = None);
    let on_key = {
        let (on_move, behind) = (on_move.clone(), behind.clone());
        Callback::from(move |event: KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowLeft" | "ArrowUp" => STEP,
                "ArrowRight" | "ArrowDown" => -STEP,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(size) = behind() {
                on_move.emit((line, Some(size + by)));
            }
        })
    };
    let size = use_state_eq(|| 0.0_f64);
    let on_focus = {
        let (behind, size) = (behind.clone(), size.setter());
        // To ask at every rendering would lay out the page once more.
        Callback::from(move |_: FocusEvent| size.set(behind().unwrap_or_default().round()))
    };
    let (least, most) = line.bounds();
    let orientation = if line == Line::Beside { "vertical" } else { "horizontal" };
    html! {
        <div ref={node} class={classes!("divider", format!("at-{}", line.key()))} role="separator" tabindex="0"
            aria-orientation={orientation} aria-valuenow={size.to_string()}
            aria-valuemin={least.to_string()} aria-valuemax={most.round().to_string()}
            aria-label={language.text(&format!("page.divider_{}", line.key()))}
            onfocus={on_focus} onpointerdown={on_down} onpointermove={on_drag} onpointerup={on_up} onkeydown={on_key}
            ondblclick={on_move.reform(move |_: MouseEvent| (line, None))}></div>
    }
}
