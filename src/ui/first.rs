//! What a visitor sees first: the chart of the first example, where the page will have it.
//!
//! The page is a program with all examples in it, too large to be waited for. So a small one with only
//! this chart comes first (`src/main.rs`); when it has drawn, the page is fetched (`index.html`) and takes
//! its place. An address that asks for an example gets the page at once.

use super::app::FIRST_LOOK;
use super::chart::Chart;
use super::language::Language;
use super::palette::{DARK, LIGHT};
use super::route::asks;
use super::theme::{prefers_dark, show_theme};
use examples::FIRST;
use gloo_events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Document, Event};
use yew::prelude::*;

/// Said by the first chart when it stands: `index.html` then fetches the page.
const DRAWN: &str = "coroscope-drawn";

/// Said by the page before it takes the first chart's place.
const PAGE: &str = "coroscope-page";

thread_local! {
    static SHOWN: RefCell<Option<yew::AppHandle<First>>> = const { RefCell::new(None) };
}

/// Shows the first chart in the document's `#app`, until the page comes; nothing where the address asks
/// for an example.
pub fn start_first() {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document().filter(|_| !asks()) else { return };
    let Some(root) = document.get_element_by_id("app") else { return };
    show_theme(&document, prefers_dark());
    let shown = yew::Renderer::<First>::with_root(root).render();
    SHOWN.with(|place| place.replace(Some(shown)));
    let leave = |_: &Event| {
        if let Some(shown) = SHOWN.with(RefCell::take) {
            shown.destroy();
        }
    };
    EventListener::once(&document, PAGE, leave).forget();
}

/// Makes room for the page.
pub fn leave_first(document: &Document) {
    say(document, PAGE);
}

fn say(document: &Document, what: &str) {
    if let Ok(event) = Event::new(what) {
        // Nobody can prevent it.
        let _ = document.dispatch_event(&event);
    }
}

/// The chart alone.
#[component]
fn First() -> Html {
    let language = Language::preferred();
    let dark = prefers_dark();
    let timeline = use_memo((), |()| {
        Rc::new(run::instant(FIRST, &FIRST.defaults(), crate::BUDGET).timeline())
    });
    let on_drawn = use_callback((), |(), ()| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            say(&document, DRAWN);
        }
    });
    html! {
        <>
        // What will be around it, still empty.
        <header class="top"><span class="brand"><b>{"Coroscope"}</b></span></header>
        <nav class="catalogue"></nav>
        <main class="first">
            <section class="panel hero">
                <Chart {language} predicted={(*timeline).clone()} playhead={timeline.end * FIRST_LOOK}
                    selected={None} palette={if dark { DARK } else { LIGHT }}
                    on_select={Callback::noop()} on_seek={Callback::noop()} {on_drawn} />
            </section>
        </main>
        </>
    }
}
