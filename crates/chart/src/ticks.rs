//! Round moments on the axis, readable from nanoseconds to days.

/// From which moment on a clock is easier to read than seconds.
const CLOCK: f64 = 600.0;
/// Steps of a clock, in seconds.
const CLOCK_STEPS: [f64; 16] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 21600.0,
    43200.0, 86400.0,
];
/// Most ticks that are made, whatever is asked for.
const MOST: usize = 400;

/// Moments to be marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticks {
    /// The moments, in seconds.
    pub moments: Vec<f64>,
    /// Each in words.
    pub texts: Vec<String>,
    /// What the words are in.
    pub unit: &'static str,
    /// The moment that they count from, in words, where it is not the beginning of the run.
    pub base: Option<String>,
}

impl Ticks {
    /// Round moments within these stretches, about `rough` seconds from each other or a little more.
    pub fn new(open: &[(f64, f64)], rough: f64) -> Self {
        let ends = open.first().zip(open.last());
        let (from, to) = ends.map_or((0.0, 0.0), |(first, last)| (first.0, last.1));
        let clock = to >= CLOCK && rough > 0.5;
        let step = if clock { clock_step(rough) } else { decimal_step(rough) };
        let mut moments = Vec::new();
        for (from, to) in open {
            let first = (from / step - 1e-6).ceil();
            let count = ((to / step + 1e-6).floor() - first + 1.0).max(0.0);
            let more = count.min((MOST - moments.len().min(MOST)) as f64) as usize;
            moments.extend((0..more).map(|n| (first + n as f64) * step + 0.0));
        }
        if clock {
            let texts = moments.iter().map(|time| clock_text(*time)).collect();
            let unit = if to >= 3600.0 { "h:m:s" } else { "m:s" };
            return Ticks { moments, texts, unit, base: None };
        }
        // Seconds as long as they are short; then their parts, from a moment on that is said once.
        let (size, unit, coarse) = match step {
            step if step > 0.99e-3 => (1.0, "s", None),
            step if step > 0.99e-6 => (1e-6, "µs", Some(1e-3)),
            _ => (1e-9, "ns", Some(1e-6)),
        };
        let base = coarse.map_or(0.0, |coarse: f64| (from / coarse + 1e-9).floor() * coarse);
        let decimals = (-(step / size * 1.001).log10().floor()).max(0.0) as usize;
        // A number has no more; a trace of a moment may ask for hundreds.
        let decimals = decimals.min(12);
        let sign = if base > 0.0 { "+" } else { "" };
        let text = |time: &f64| format!("{sign}{:.decimals$}", (time - base) / size + 0.0);
        let texts = moments.iter().map(text).collect();
        let digits = if unit == "ns" { 6 } else { 3 };
        let base = (base > 0.0).then(|| format!("{base:.digits$} s"));
        Ticks { moments, texts, unit, base }
    }
}

/// The least of 1, 2 and 5 times a power of ten that is no less than `rough`.
fn decimal_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let step = steps.into_iter().find(|step| *step >= rough).unwrap_or(power);
    if step > 0.0 && step.is_finite() { step } else { 1.0 }
}

fn clock_step(rough: f64) -> f64 {
    let fits = CLOCK_STEPS.into_iter().find(|step| *step >= rough);
    fits.unwrap_or_else(|| (rough / 86400.0).ceil() * 86400.0)
}

/// A moment as clocks have it.
fn clock_text(time: f64) -> String {
    let whole = time.round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}
