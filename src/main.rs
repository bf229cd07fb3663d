//! The page: the entry of its program.

/// Starts the page.
#[cfg(target_arch = "wasm32")]
fn main() {
    coroscope::ui::start();
}

/// Says where the page is: this binary runs in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Coroscope is a web page: run `cargo xtask serve` and open the address it prints.");
}
