//! How large the plot is.

use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::prelude::*;

/// A size in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Size {
    /// The present size of an element.
    pub fn of(element: &Element) -> Size {
        Size {
            width: f64::from(element.client_width()),
            height: f64::from(element.client_height()),
        }
    }
}

/// By how much an element is enlarged on the page: while the page is shown to a room, its pixels are not the window's.
pub fn zoom(element: &Element) -> f64 {
    let zoom = js_sys::Reflect::get(element, &"currentCSSZoom".into());
    zoom.ok().and_then(|zoom| zoom.as_f64()).filter(|zoom| *zoom > 0.0).unwrap_or(1.0)
}

/// The size of an element, kept up to date.
#[hook]
pub fn use_size(node: &NodeRef) -> Size {
    let size = use_state_eq(|| Size { width: 600.0, height: 0.0 });
    let (node, setter) = (node.clone(), size.setter());
    use_effect_with((), move |()| {
        let element = node.cast::<Element>();
        let watched = element.clone();
        let measure = move || {
            if let Some(element) = &element {
                setter.set(Size::of(element));
            }
        };
        measure();
        let callback = Closure::<dyn Fn()>::new(measure);
        let observer = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref());
        if let (Ok(observer), Some(element)) = (&observer, &watched) {
            observer.observe(element);
        }
        move || {
            if let Ok(observer) = observer {
                observer.disconnect();
            }
            drop(callback);
        }
    });
    *size
}
