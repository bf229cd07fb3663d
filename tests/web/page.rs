//! The page, mounted into an element of its own.

use super::until;
use coroscope::ui::App;
use examples::CATALOGUE;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, HtmlSelectElement, Window};

fn window() -> Window {
    web_sys::window().expect("a browser has a window")
}

fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The page while a test looks at it.
struct Mounted {
    root: Element,
    app: Option<yew::AppHandle<App>>,
}

impl Mounted {
    /// Mounts the page in English at an address, and waits until all of it is there.
    async fn at(hash: &str) -> Self {
        let storage = window().local_storage().ok().flatten().expect("the browser keeps things");
        storage.set_item("coroscope.language", "en").expect("there is room");
        window().location().set_hash(hash).expect("an address");
        let root = document().create_element("div").expect("a div");
        document().body().expect("a body").append_child(&root).expect("it has room");
        let app = yew::Renderer::<App>::with_root(root.clone()).render();
        let page = Mounted { root, app: Some(app) };
        until("the page is shown", || {
            page.find("#spans tbody tr").is_some() && page.find("#console").is_some()
        })
        .await;
        page
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).expect("a selector")
    }

    fn get<E: JsCast>(&self, selector: &str) -> E {
        let element = self.find(selector).unwrap_or_else(|| panic!("there is no {selector}"));
        element.dyn_into().unwrap_or_else(|_| panic!("{selector} is something else"))
    }

    fn text(&self, selector: &str) -> String {
        self.get::<Element>(selector).text_content().unwrap_or_default()
    }

    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).expect("a selector").length()
    }

    fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.get::<Element>(selector).get_attribute(name)
    }

    fn click(&self, selector: &str) {
        self.get::<HtmlElement>(selector).click();
    }

    /// Types a text into a field in place of its own.
    fn enter(&self, selector: &str, text: &str) {
        let field: HtmlInputElement = self.get(selector);
        field.set_value(text);
        dispatch(&field, "input");
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// An event that bubbles, as those of the browser do.
fn dispatch(target: &Element, name: &str) {
    let event = document().create_event("Event").expect("an event");
    event.init_event_with_bubbles(name, true);
    target.dispatch_event(&event).expect("it is dispatched");
}

const DELAY: &str = r#"input[type=number][data-param="DELAYS"][data-index="0"]"#;

#[wasm_bindgen_test]
async fn the_chart_is_also_a_table() {
    let page = Mounted::at("gather-order").await;
    assert!(!page.text("h1").is_empty());
    assert_eq!(page.attribute("main", "data-example").as_deref(), Some("gather-order"));
    let example = examples::find("gather-order").expect("it is in the catalogue");
    let timeline = run::instant(example, &example.defaults(), coroscope::BUDGET).timeline();
    let rows = page.text("#spans tbody");
    for lane in &timeline.tasks {
        assert!(rows.contains(&*lane.name), "{} is not in {rows}", lane.name);
    }
    assert_eq!(page.count("#console li"), timeline.lines.len() as u32);
}

#[wasm_bindgen_test]
async fn an_edit_changes_the_table_and_the_address() {
    let page = Mounted::at("gather-order").await;
    let before = page.text("#spans tbody");
    page.enter(DELAY, "4.5");
    until("the table follows", || page.text("#spans tbody") != before).await;
    assert!(page.text("#spans tbody").contains("4.5"));
    let hash = || window().location().hash().expect("an address");
    until("the address follows", || hash().contains("DELAYS=4.5")).await;
    page.click("#reset");
    until("the table is back", || page.text("#spans tbody") == before).await;
    until("the address is back", || hash() == "#gather-order").await;
}

#[wasm_bindgen_test]
async fn a_value_that_is_not_allowed_is_refused_beside_its_field() {
    let page = Mounted::at("gather-order").await;
    let before = page.text("#spans tbody");
    for bad in ["99", "-1", ""] {
        page.enter(DELAY, bad);
        until("it is refused", || page.find(".field-error").is_some()).await;
        assert_eq!(page.attribute(DELAY, "aria-invalid").as_deref(), Some("true"));
        assert_eq!(page.text("#spans tbody"), before);
        page.enter(DELAY, "1.5");
        until("it is allowed", || page.find(".field-error").is_none()).await;
    }
}

#[wasm_bindgen_test]
async fn lists_grow_and_shrink() {
    let page = Mounted::at("gather-order").await;
    let fields = r#"input[type=number][data-param="DELAYS"]"#;
    let (before, lanes) = (page.count(fields), page.text("#spans tbody"));
    page.click(r#"[data-add="DELAYS"]"#);
    until("there is one more", || page.count(fields) == before + 1).await;
    until("the table follows", || page.text("#spans tbody") != lanes).await;
    page.click(&format!("[data-remove='{before}']"));
    until("there is one less", || page.count(fields) == before).await;
    until("the table is as before", || page.text("#spans tbody") == lanes).await;
}

#[wasm_bindgen_test]
async fn the_language_changes_and_is_remembered() {
    let page = Mounted::at("gather-order").await;
    let root = document().document_element().expect("a root");
    assert_eq!(root.get_attribute("lang").as_deref(), Some("en"));
    let english = page.text("h1");
    page.click("#language");
    until("the heading changes", || page.text("h1") != english).await;
    assert_eq!(root.get_attribute("lang").as_deref(), Some("zh-CN"));
    let storage = window().local_storage().ok().flatten().expect("the browser keeps things");
    assert_eq!(storage.get_item("coroscope.language"), Ok(Some("zh-CN".into())));
    page.click("#language");
    until("the heading is back", || page.text("h1") == english).await;
}

#[wasm_bindgen_test]
async fn the_search_narrows_the_catalogue() {
    let page = Mounted::at("gather-order").await;
    let all = CATALOGUE.len() as u32;
    assert_eq!(page.count("a[data-example]"), all);
    page.enter("#search", "Semaphore");
    until("fewer are listed", || page.count("a[data-example]") < all).await;
    assert!(page.find(r#"a[data-example="semaphore-workers"]"#).is_some());
    page.enter("#search", "no example has this");
    until("none is listed", || page.count("a[data-example]") == 0).await;
    page.enter("#search", "");
    until("all are listed", || page.count("a[data-example]") == all).await;
}

#[wasm_bindgen_test]
async fn the_address_chooses_the_example() {
    let page = Mounted::at("gather-order").await;
    let before = page.text("h1");
    window().location().set_hash("wait-all").expect("an address");
    until("the heading changes", || page.text("h1") != before).await;
    assert_eq!(page.attribute("main", "data-example").as_deref(), Some("wait-all"));
    window().location().set_hash("no-such-example?X=1").expect("an address");
    // Another notice may say that there are no texts here.
    let said =
        || page.find(".notice").is_some() && page.text(".notice").contains("no-such-example");
    until("a notice says so", said).await;
}

#[wasm_bindgen_test]
async fn every_example_can_be_shown() {
    let page = Mounted::at("gather-order").await;
    for example in CATALOGUE {
        window().location().set_hash(example.id).expect("an address");
        let shown = || page.attribute("main", "data-example").as_deref() == Some(example.id);
        until(example.id, || shown() && page.find("#spans tbody tr").is_some()).await;
        assert!(!page.text("#spans tbody").contains("chart."), "a key without its words");
    }
}

#[wasm_bindgen_test]
async fn a_live_run_plays_to_its_end() {
    let page = Mounted::at("gather-order").await;
    let state = || page.attribute("main", "data-state").unwrap_or_default();
    let predicted = page.text("#console");
    assert_eq!(state(), "idle");
    let speed: HtmlSelectElement = page.get("#speed");
    speed.set_value("10");
    dispatch(&speed, "change");
    page.click("#play");
    until("it has finished", || state() == "finished").await;
    // What is below the page's root is rendered when the browser has had its turn.
    until("the same lines at the same times", || page.text("#console") == predicted).await;
    page.click("#leave");
    until("the prediction is back", || state() == "idle").await;
}

#[wasm_bindgen_test]
async fn a_live_run_pauses_and_goes_on() {
    let page = Mounted::at("gather-order?DELAYS=5,5").await;
    let state = || page.attribute("main", "data-state").unwrap_or_default();
    page.click("#play");
    until("it runs", || state() == "running").await;
    page.click("#play");
    until("it stands still", || state() == "paused").await;
    let playhead = || page.get::<HtmlInputElement>("#playhead").value();
    // The picture that was asked for before the pause is still drawn.
    gloo_timers::future::TimeoutFuture::new(100).await;
    let stands = playhead();
    gloo_timers::future::TimeoutFuture::new(100).await;
    assert_eq!(playhead(), stands);
    page.click("#play");
    until("it runs again", || state() == "running" && playhead() != stands).await;
}
