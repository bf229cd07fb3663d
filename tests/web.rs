//! In a real browser: the page's clock and the page's components.
//!
//! Nothing here measures time: what is asserted is the order of events and what comes about in the end.
#![cfg(target_arch = "wasm32")]

#[path = "web/live.rs"]
mod live;
#[path = "web/page.rs"]
mod page;

use gloo_timers::future::TimeoutFuture;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Lets the browser work until something holds; gives up after a time that only a fault can take.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..2000 {
        if holds() {
            return;
        }
        TimeoutFuture::new(5).await;
    }
    panic!("waited in vain until {what}");
}
