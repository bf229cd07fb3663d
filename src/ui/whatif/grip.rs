//! The end of a span that can be dragged, where a parameter is behind it.

use crate::ui::chart::show;
use crate::ui::panels::focus_number;
use crate::ui::shell::Language;
use run::Behind;
use trace::TaskId;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// What can be dragged.
#[derive(Clone, PartialEq)]
pub struct Grip {
    /// Whose span.
    pub task: TaskId,
    /// The task and its span, by their indices.
    pub place: (usize, usize),
    /// The parameter behind its end, or the number of a program, which has no name there.
    pub behind: Behind,
    /// What is behind its end is called so.
    pub name: AttrValue,
    /// The line of the reader's program where it stands.
    pub line: Option<u32>,
    /// Another value for it.
    pub on_value: Callback<f64>,
}

impl Grip {
    /// Goes to it: to its line, or to the field of the parameter.
    fn show(&self) {
        match self.line {
            Some(line) => show(line),
            None => focus_number(self.behind.name, self.behind.index),
        }
    }
}

/// Where it is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct GripHandleProps {
    /// The language.
    pub language: Language,
    /// What can be dragged.
    pub grip: Grip,
    /// The place of the end, in pixels from the left and the top of the plot.
    pub place: (f64, f64),
    /// How high it is, in pixels.
    pub height: f64,
    /// Seconds for each pixel.
    pub seconds: f64,
}

/// A handle on the end of a span: dragged, or moved by the arrow keys, it sets the parameter behind it, step by step;
/// pressed, it goes there.
#[component]
pub fn GripHandle(props: &GripHandleProps) -> Html {
    let GripHandleProps { language, grip, place, height, seconds } = props;
    let behind = &grip.behind;
    // Where the pointer took hold of it, and what it was then: the axis may change under it.
    let held = use_mut_ref(|| None::<(i32, Behind, f64)>);
    let set = {
        let on_value = grip.on_value.clone();
        move |value: f64| on_value.emit(value)
    };
    let down = {
        let (held, behind, seconds) = (held.clone(), behind.clone(), *seconds);
        Callback::from(move |event: PointerEvent| {
            event.stop_propagation();
            let handle = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(handle) = handle {
                // Without it a drag ends where the pointer leaves the handle.
                let _ = handle.set_pointer_capture(event.pointer_id());
            }
            *held.borrow_mut() = Some((event.client_x(), behind.clone(), seconds));
        })
    };
    let move_ = {
        let (held, set) = (held.clone(), set.clone());
        Callback::from(move |event: PointerEvent| {
            event.stop_propagation();
            if let Some((from, behind, seconds)) = &*held.borrow() {
                set(behind.value_at(f64::from(event.client_x() - from) * seconds));
            }
        })
    };
    let lost = {
        let held = held.clone();
        Callback::from(move |_: PointerEvent| *held.borrow_mut() = None)
    };
    // Whether it has been pressed and not dragged.
    let still = use_mut_ref(|| false);
    let up = {
        let still = still.clone();
        Callback::from(move |event: PointerEvent| {
            event.stop_propagation();
            let from = held.borrow_mut().take().map(|(from, ..)| from);
            *still.borrow_mut() = from == Some(event.client_x());
        })
    };
    // After the pointer: what it presses gets the focus first.
    let click = {
        let grip = grip.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            if still.take() {
                grip.show();
            }
        })
    };
    let key = {
        let grip = grip.clone();
        Callback::from(move |event: KeyboardEvent| {
            let steps = match event.key().as_str() {
                "Enter" => 0.0,
                "ArrowLeft" | "ArrowDown" => -1.0,
                "ArrowRight" | "ArrowUp" => 1.0,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if steps == 0.0 {
                grip.show();
            } else {
                set(grip.behind.stepped(steps));
            }
        })
    };
    let name = grip.name.clone();
    let (min, max, _) = behind.range;
    let label = language.fill("whatif.grip", &[("name", &name)]);
    let says = format!("{name} = {}", behind.value);
    let style = format!("left:{:.1}px;top:{:.1}px;height:{height:.1}px", place.0, place.1);
    html! {
        <div class="grip" role="slider" tabindex="0" aria-label={label.clone()} title={label} {style}
            aria-valuemin={min.to_string()} aria-valuemax={max.to_string()} aria-valuenow={behind.value.to_string()}
            aria-valuetext={says.clone()} data-grip={name} onpointerdown={down} onpointermove={move_}
            onpointerup={up} onpointercancel={lost} onkeydown={key}
            onclick={click}
            ondblclick={Callback::from(|event: MouseEvent| event.stop_propagation())}>
            <span aria-hidden="true">{says}</span>
        </div>
    }
}
