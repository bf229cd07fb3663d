//! Real-valued distributions.

use super::{Random, rounded};
use crate::exceptions::{Error, Result};
use std::f64::consts::TAU;

/// `4 * exp(-0.5) / sqrt(2.0)`.
const NORMAL_MAGIC: f64 = 1.715_527_769_921_413_5;

/// Whether the standard library's functions are those of glibc, which CPython uses on Linux.
const GLIBC: bool = cfg!(all(target_os = "linux", target_env = "gnu"));

fn ln(x: f64) -> f64 {
    if GLIBC { x.ln() } else { rounded::ln(x) }
}

fn sin(x: f64) -> f64 {
    if GLIBC { x.sin() } else { rounded::sin(x) }
}

fn cos(x: f64) -> f64 {
    if GLIBC { x.cos() } else { rounded::cos(x) }
}

impl Random {
    /// A number from `a` to `b`.
    pub fn uniform(&self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.random()
    }

    /// A number from `low` to `high`, most often near `mode`; near the middle without one.
    pub fn triangular(&self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let (mut low, mut high) = (low, high);
        let mut u = self.random();
        if mode.is_some() && high == low {
            return low;
        }
        let mut c = mode.map_or(0.5, |mode| (mode - low) / (high - low));
        if u > c {
            (u, c) = (1.0 - u, 1.0 - c);
            (low, high) = (high, low);
        }
        low + (high - low) * (u * c).sqrt()
    }

    /// A time until the next of events that come at random, `lambd` of them per unit of time on
    /// average.
    ///
    /// # Errors
    /// `ZeroDivisionError` when `lambd` is 0.
    pub fn expovariate(&self, lambd: f64) -> Result<f64> {
        let time = -ln(1.0 - self.random());
        if lambd == 0.0 {
            return Err(Error::new("ZeroDivisionError", "float division by zero"));
        }
        Ok(time / lambd)
    }

    /// A number around `mu` with standard deviation `sigma`, by the quicker of Python's two ways.
    pub fn gauss(&self, mu: f64, sigma: f64) -> f64 {
        let mut state = self.0.borrow_mut();
        let z = state.gauss_next.take().unwrap_or_else(|| {
            let angle = state.random() * TAU;
            let radius = (-2.0 * ln(1.0 - state.random())).sqrt();
            state.gauss_next = Some(sin(angle) * radius);
            cos(angle) * radius
        });
        mu + z * sigma
    }

    /// A number around `mu` with standard deviation `sigma`, by the other way.
    pub fn normalvariate(&self, mu: f64, sigma: f64) -> f64 {
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = NORMAL_MAGIC * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -ln(u2) {
                return mu + z * sigma;
            }
        }
    }
}
