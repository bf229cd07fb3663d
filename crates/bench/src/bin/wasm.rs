//! The rows in a browser: `cargo xtask bench --wasm` builds a page of it. `measure(row, traced)` does the work of a
//! row and says how many seconds that took.

#[cfg(target_arch = "wasm32")]
fn main() {
    use bench::ours;
    use bench::rows::Row;
    use trace::Trace;
    use wasm_bindgen::prelude::*;

    let measure = Closure::<dyn Fn(String, bool) -> f64>::new(|row: String, traced: bool| {
        let Some(row) = Row::of(&row) else { return f64::NAN };
        let trace = if traced { Trace::on() } else { Trace::off() };
        ours::measure(row, row.size(), trace).0.as_secs_f64()
    });
    let set = js_sys::Reflect::set(&js_sys::global(), &"measure".into(), measure.as_ref());
    set.expect("a window takes what it is given");
    measure.forget();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("This is for a browser: run `cargo xtask bench --wasm`.");
}
