//! The page takes the place of the picture of itself that it was built with.

use super::app::address::asked_for;
use super::{App, AppProps, Language, panic};
use crate::parts;
use crate::ui::course::Texts;
use crate::ui::course::route::Route;
use futures::future::{Either, join, select};
use gloo_timers::future::TimeoutFuture;
use std::pin::pin;
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement,
};

/// How long the page waits for the words of its first example before it shows itself without them, in
/// milliseconds. They were asked for before its program was, and are much smaller.
const PATIENCE: u32 = 1500;

/// Shows the page in the document's `#app`, or in its body, as soon as its first words are here.
pub fn start() {
    panic::install();
    wasm_bindgen_futures::spawn_local(async {
        let language = Language::preferred();
        let example = Route::read(language).example;
        let words = async {
            let words = pin!(Texts::fetch(example.id, language));
            match select(words, pin!(TimeoutFuture::new(PATIENCE))).await {
                Either::Left((texts, _)) => texts.ok(),
                Either::Right(_) => None,
            }
        };
        // Without what the example needs there is nothing to show; what does not come, the page says.
        let (texts, _) = join(words, parts::fetch(asked_for(language))).await;
        show(AppProps { early: false, language: Some(language), texts });
    });
}

fn show(props: AppProps) {
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.as_ref().and_then(|document| document.get_element_by_id("app"));
    let (Some(document), Some(root)) = (document, root) else {
        yew::Renderer::<App>::with_props(props).render();
        return;
    };
    let place = Place::of(&document, &root);
    yew::Renderer::<App>::with_root_and_props(root.clone(), props).render();
    // The page is rendered at the end of this turn of the browser's, by a future that is in line already;
    // this one comes after it and before anything is painted.
    wasm_bindgen_futures::spawn_local(async move {
        // Styles of the picture, such as those that hide it from who asked for another example, end here.
        let _ = root.remove_attribute("data-early");
        if let Some(place) = place {
            place.restore(&document);
        }
    });
}

/// Where the reader is in the picture: how far down, with the focus on what, what was turned, and what was
/// pressed last.
struct Place {
    scrolled: i32,
    focus: Option<String>,
    turned: Vec<Turned>,
    pressed: Option<String>,
}

/// A control that has been given a value: how it is found, and the value.
struct Turned {
    selector: String,
    value: String,
}

impl Place {
    fn of(document: &Document, root: &Element) -> Option<Place> {
        let scrolled = document.query_selector("main").ok()??.scroll_top();
        let focus = document.active_element().map(|element| element.id());
        let focus = focus.filter(|id| !id.is_empty());
        let turned = root.query_selector_all("[data-turned]").ok()?;
        let turned = (0..turned.length()).filter_map(|n| Turned::of(turned.item(n)?.dyn_ref()?));
        let turned = turned.collect();
        Some(Place { scrolled, focus, turned, pressed: root.get_attribute("data-pressed") })
    }

    fn restore(self, document: &Document) {
        let element =
            |id: Option<String>| document.get_element_by_id(&id?)?.dyn_into::<HtmlElement>().ok();
        if let Some(element) = element(self.focus) {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
        // After the focus, which scrolls to where it goes.
        let main: Option<Element> = document.query_selector("main").ok().flatten();
        if let Some(main) = main.filter(|_| self.scrolled > 0) {
            main.set_scroll_top(self.scrolled);
        }
        for turned in self.turned {
            turned.turn(document);
        }
        if let Some(element) = element(self.pressed) {
            element.click();
        }
    }
}

impl Turned {
    fn of(element: &Element) -> Option<Turned> {
        let value = match element.dyn_ref::<HtmlSelectElement>() {
            Some(select) => select.value(),
            None => element.dyn_ref::<HtmlInputElement>()?.value(),
        };
        let selector = match element.id() {
            id if id.is_empty() => {
                let of = |name: &str| {
                    let value = element.get_attribute(name)?;
                    Some(format!("[{name}='{value}']"))
                };
                ["data-param", "data-index", "type"].iter().filter_map(|name| of(name)).collect()
            }
            id => format!("#{id}"),
        };
        Some(Turned { selector, value })
    }

    /// Gives its successor on the page the same value, as the reader would.
    fn turn(&self, document: &Document) {
        let Ok(Some(element)) = document.query_selector(&self.selector) else { return };
        let kind = if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            select.set_value(&self.value);
            "change"
        } else if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            input.set_value(&self.value);
            "input"
        } else {
            return;
        };
        let init = EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict(kind, &init) {
            // Nobody listens who could refuse it.
            let _ = element.dispatch_event(&event);
        }
    }
}
