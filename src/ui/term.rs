//! Words that say what they mean.

use super::shell::window;
use gloo_events::{EventListener, EventListenerOptions};
use web_sys::HtmlElement;
use yew::prelude::*;

/// A word with a sentence about it.
#[derive(Clone, PartialEq, Properties)]
pub struct TermProps {
    /// The sentence.
    pub note: AttrValue,
    /// The word.
    pub children: Html,
}

/// A word whose sentence is shown when the pointer or the focus is on it, and on touch when it is tapped. The
/// sentence stands in a layer of its own, within the window.
#[component]
pub fn Term(props: &TermProps) -> Html {
    let node = use_node_ref();
    let place = use_state_eq(|| None::<String>);
    let open = {
        let (node, place) = (node.clone(), place.setter());
        move || place.set(node.cast::<HtmlElement>().map(|word| beside(&word)))
    };
    let close = {
        let place = place.setter();
        move || place.set(None)
    };
    {
        // A touch elsewhere takes no focus away.
        let close = close.clone();
        use_effect_with(place.is_some(), move |open| {
            let document = window().and_then(|window| window.document()).filter(|_| *open);
            let listener = document.map(|document| {
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&document, "pointerdown", options, move |_| close())
            });
            move || drop(listener)
        });
    }
    let on_enter = {
        let open = open.clone();
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                open();
            }
        })
    };
    let on_leave = {
        let close = close.clone();
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                close();
            }
        })
    };
    let on_key = {
        let (close, shown) = (close.clone(), place.is_some());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && shown {
                event.stop_propagation();
                close();
            }
        })
    };
    let on_focus = {
        let open = open.clone();
        Callback::from(move |_: FocusEvent| open())
    };
    let body = window().and_then(|window| window.document()?.body());
    let note = (*place).clone().zip(body).map(|(style, body)| {
        // Told with the word, which it describes; by itself it stands in no part of the page.
        let words = html! { <div id="note" class="tooltip note" role="tooltip" aria-hidden="true" {style}>{&props.note}</div> };
        create_portal(words, body.into())
    });
    html! {
        <button type="button" class="term" ref={node} onpointerenter={on_enter} onpointerleave={on_leave}
            onclick={Callback::from(move |_: MouseEvent| open())} onfocus={on_focus}
            onblur={Callback::from(move |_: FocusEvent| close())} onkeydown={on_key}
            aria-describedby={place.is_some().then_some("note")}>
            {props.children.clone()}{for note}
        </button>
    }
}

/// Where the sentence about a word is, in the window: below it, or above it in the window's lower half.
fn beside(word: &HtmlElement) -> String {
    let bounds = word.get_bounding_client_rect();
    let height = window().and_then(|window| window.inner_height().ok()?.as_f64());
    let height = height.unwrap_or(800.0);
    let across = format!("left:clamp(8px,{:.1}px,100vw - 8px - var(--widest))", bounds.left());
    if bounds.top() > height / 2.0 {
        format!("{across};bottom:{:.1}px", height - bounds.top() + 6.0)
    } else {
        format!("{across};top:{:.1}px", bounds.bottom() + 6.0)
    }
}
