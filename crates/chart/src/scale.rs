//! Time on the horizontal axis.

/// Space left and right of the time axis, in pixels.
pub const MARGIN: f64 = 14.0;

/// Time on the horizontal axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    seconds: f64,
    width: f64,
}

impl Scale {
    /// From 0 to `seconds` over `width` pixels.
    pub fn new(seconds: f64, width: f64) -> Self {
        Scale { seconds: if seconds > 0.0 { seconds } else { 1.0 }, width: width.max(1.0) }
    }

    /// The place of a moment, in pixels.
    pub fn x(&self, time: f64) -> f64 {
        MARGIN + self.fraction(time) * self.span()
    }

    /// The place of a moment as a part of the axis.
    pub fn fraction(&self, time: f64) -> f64 {
        time / self.seconds
    }

    /// The moment at a place, within the axis.
    pub fn time(&self, x: f64) -> f64 {
        ((x - MARGIN) / self.span() * self.seconds).clamp(0.0, self.seconds)
    }

    /// The end of the axis, in seconds.
    pub fn end(&self) -> f64 {
        self.seconds
    }

    /// Round moments at a good distance, and how many decimals they need.
    pub fn ticks(&self) -> (Vec<f64>, usize) {
        let rough = self.seconds / (self.span() / 80.0).max(2.0);
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
        let step = step.into_iter().find(|step| *step >= rough).unwrap_or(power);
        let decimals = (-(step * 1.001).log10().floor()).max(0.0) as usize;
        let count = (self.seconds / step + 1e-6).floor() as usize;
        ((0..=count).map(|n| n as f64 * step).collect(), decimals)
    }

    fn span(&self) -> f64 {
        (self.width - 2.0 * MARGIN).max(1.0)
    }
}

/// A moment on the axis, in words.
pub fn tick_text(time: f64, decimals: usize) -> String {
    format!("{time:.decimals$}")
}
