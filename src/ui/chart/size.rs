//! How large the plot is.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
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
    // A browser that is asked for it lays out the page on the spot, twice then in a frame.
    if element.closest("main.presenting").ok().flatten().is_none() {
        return 1.0;
    }
    let zoom = js_sys::Reflect::get(element, &"currentCSSZoom".into());
    zoom.ok().and_then(|zoom| zoom.as_f64()).filter(|zoom| *zoom > 0.0).unwrap_or(1.0)
}

/// Sees to it that something is done whenever an element has another size, as long as this is there.
pub struct Observed {
    observer: Option<ResizeObserver>,
    _callback: Closure<dyn Fn()>,
}

impl Observed {
    /// Begins with it, where there is such an element.
    pub fn new(element: Option<&Element>, measure: impl Fn() + 'static) -> Self {
        let callback = Closure::<dyn Fn()>::new(measure);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, element) {
            observer.observe(element);
        }
        Observed { observer, _callback: callback }
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
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
        let observed = Observed::new(watched.as_ref(), measure);
        move || drop(observed)
    });
    *size
}
