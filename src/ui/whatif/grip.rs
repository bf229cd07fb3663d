//! The end of a span that can be dragged, where a parameter is behind it.

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
    /// Another value for it.
    pub on_value: Callback<f64>,
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

/// A handle on the end of a span: dragged, or moved by the arrow keys, it sets the parameter behind it, step by step.
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
    let up = Callback::from(move |event: PointerEvent| {
        event.stop_propagation();
        held.borrow_mut().take();
    });
    let key = {
        let behind = behind.clone();
        Callback::from(move |event: KeyboardEvent| {
            let steps = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => -1.0,
                "ArrowRight" | "ArrowUp" => 1.0,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            set(behind.stepped(steps));
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
            onpointerup={&up} onpointercancel={&up} onkeydown={key}
            onclick={Callback::from(|event: MouseEvent| event.stop_propagation())}
            ondblclick={Callback::from(|event: MouseEvent| event.stop_propagation())}>
            <span aria-hidden="true">{says}</span>
        </div>
    }
}
