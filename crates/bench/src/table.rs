//! The table as text.

use crate::rows::Row;

/// The medians of a row, in seconds.
pub struct Times {
    /// Through our layer, tracing off and on.
    pub off: f64,
    /// With the trace.
    pub on: f64,
    /// tokio's current-thread runtime.
    pub tokio: f64,
    /// smol's executor of one thread.
    pub smol: f64,
    /// CPython 3.13, where there is one.
    pub cpython: Option<f64>,
}

/// The heading of [`row`].
pub fn heading() -> String {
    format!(
        "{:<26} {:>9} {:>9} {:>9} {:>9} {:>9} | {:>8} {:>8} {:>8}\n{:<26} {:>9} {:>9} {:>9} {:>9} {:>9} | {:>8} {:>8} {:>8}",
        "",
        "ours",
        "ours",
        "tokio",
        "smol",
        "CPython",
        "off",
        "on",
        "CPython",
        "milliseconds",
        "off",
        "on",
        "",
        "",
        "3.13",
        "/faster",
        "/faster",
        "/off",
    )
}

/// A row: milliseconds, then ours by the faster of tokio and smol, and CPython by ours.
pub fn row(row: Row, times: &Times) -> String {
    let Times { off, on, tokio, smol, cpython } = times;
    let faster = tokio.min(*smol);
    let ms = |seconds: f64| format!("{:.1}", seconds * 1e3);
    let ratio = |ratio: f64| format!("{ratio:.2}");
    let (python, ours) = match cpython {
        Some(cpython) => (ms(*cpython), format!("{:.1}", cpython / off)),
        None => ("-".into(), "-".into()),
    };
    format!(
        "{:<26} {:>9} {:>9} {:>9} {:>9} {:>9} | {:>8} {:>8} {:>8}",
        row.title(),
        ms(*off),
        ms(*on),
        ms(*tokio),
        ms(*smol),
        python,
        ratio(off / faster),
        ratio(on / faster),
        ours,
    )
}

/// A number with its thousands apart.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
