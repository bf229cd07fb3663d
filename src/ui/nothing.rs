//! What a component shows that shows nothing.

use yew::prelude::*;

/// A text without letters, for a component that shows nothing now.
///
/// It is a node of the document. Without one, Yew 0.23 puts what comes to stand before the component before what stood
/// behind it until then, which may be gone: a panic (yewstack/yew#4092).
pub fn nothing() -> Html {
    html! { "" }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::nothing;
    use gloo_timers::future::sleep;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::HtmlElement;
    use yew::prelude::*;

    #[component]
    fn Nobody() -> Html {
        nothing()
    }

    #[component]
    fn Page() -> Html {
        let later = use_state_eq(|| false);
        let on_click = {
            let later = later.clone();
            Callback::from(move |_: MouseEvent| later.set(true))
        };
        html! {
            <>
                if *later { <b>{"before"}</b> }
                <Nobody />
                if !*later { <i>{"behind"}</i> }
                <button onclick={on_click}></button>
            </>
        }
    }

    #[wasm_bindgen_test]
    async fn what_stands_around_a_component_that_shows_nothing_may_change() {
        let document = web_sys::window().and_then(|window| window.document()).expect("a document");
        let root = document.create_element("div").expect("an element");
        document.body().expect("a body").append_child(&root).expect("room");
        yew::Renderer::<Page>::with_root(root.clone()).render();
        sleep(Duration::ZERO).await;
        let button = root.query_selector("button").ok().flatten().expect("a button");
        button.unchecked_into::<HtmlElement>().click();
        sleep(Duration::ZERO).await;
        assert_eq!(root.inner_html(), "<b>before</b><button></button>");
    }
}
