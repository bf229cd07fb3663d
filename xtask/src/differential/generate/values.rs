//! Numbers, durations, errors and values at random.

use serde_json::{Value, json};

use super::draft::Draft;

impl Draft {
    /// True with this probability, in percent.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(..100) < percent
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.rng.usize(..from.len())].clone()
    }

    /// Seconds from the small grid on which everything collides. Some sums of these are equal, and some
    /// differ by the last bit only.
    pub fn delay(&mut self) -> Value {
        match self.rng.u32(..40) {
            0..6 => json!(0),
            6..17 => json!(0.1),
            17..25 => json!(0.2),
            25..31 => json!(0.3),
            31..35 => json!(0.5),
            35..37 => json!(1),
            37 => json!(0.0),
            38 => json!(1.0),
            _ => json!(-0.1),
        }
    }

    /// Seconds from the grid that are not 0.
    pub fn span(&mut self) -> Value {
        self.pick(&[json!(0.1), json!(0.1), json!(0.2), json!(0.3), json!(0.5), json!(1)])
    }

    /// A timeout: a delay, or now and then none.
    pub fn limit(&mut self) -> Value {
        if self.chance(8) { Value::Null } else { self.delay() }
    }

    /// A small number.
    pub fn small(&mut self) -> Value {
        json!(self.rng.u32(..4))
    }

    /// An error to raise or to set.
    pub fn error(&mut self) -> Value {
        let kind = match self.chance(4) {
            true => self.pick(&["KeyboardInterrupt", "SystemExit"]),
            false => self.usual_error(),
        };
        if self.chance(70) {
            json!({"type": kind, "text": self.pick(&["bad", "no", "x"])})
        } else {
            json!({"type": kind})
        }
    }

    /// The class of one that loops deal with.
    fn usual_error(&mut self) -> &'static str {
        self.pick(&[
            "ValueError",
            "ValueError",
            "RuntimeError",
            "Exception",
            "TypeError",
            "OSError",
            "TimeoutError",
            "ConnectionResetError",
            "ZeroDivisionError",
            "CancelledError",
            "StopIteration",
            "OwnError",
            "OwnExit",
            "GeneratorExit",
        ])
    }

    /// A value to keep, send or return.
    pub fn value(&mut self) -> Value {
        match self.rng.u32(..10) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!("a"),
            3 => json!([1, "b"]),
            4 => json!(0.5),
            _ => json!(self.rng.u32(..10)),
        }
    }
}
