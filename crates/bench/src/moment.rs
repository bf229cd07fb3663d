//! When it is, on a clock that stands still while another program has the processor; a browser has no such
//! clock.

use std::time::Duration;

/// A moment.
#[derive(Clone, Copy, Debug)]
pub struct Moment(
    #[cfg(not(target_arch = "wasm32"))] cpu_time::ThreadTime,
    #[cfg(target_arch = "wasm32")] f64,
);

#[cfg(not(target_arch = "wasm32"))]
impl Moment {
    /// This moment.
    pub fn now() -> Self {
        Moment(cpu_time::ThreadTime::now())
    }

    /// How long ago it was.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(target_arch = "wasm32")]
impl Moment {
    /// This moment.
    pub fn now() -> Self {
        let performance = web_sys::window().and_then(|window| window.performance());
        Moment(performance.map_or(0.0, |performance| performance.now()))
    }

    /// How long ago it was.
    pub fn elapsed(self) -> Duration {
        Duration::from_secs_f64((Self::now().0 - self.0).max(0.0) / 1e3)
    }
}
