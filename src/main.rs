//! The first chart: the entry of the small program that a visitor's browser loads first.

/// Shows the first chart.
#[cfg(target_arch = "wasm32")]
fn main() {
    coroscope::ui::start_first();
}

/// Says where the page is: this binary runs in a browser.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Coroscope is a web page: run `cargo xtask serve` and open the address it prints.");
}
