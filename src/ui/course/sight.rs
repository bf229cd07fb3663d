//! What of a run is looked at closely, as a link carries it.

use chart::View;
use std::rc::Rc;

/// The name of the task in an address; those of parameters are of upper case.
pub const TASK: &str = "task";

/// The name of the view in an address.
pub const VIEW: &str = "view";

/// The name of the range in an address.
pub const RANGE: &str = "range";

/// What is between the edges of a stretch.
const TO: char = '~';

/// How finely the edges of a stretch are told: in parts of its width.
const FINE: f64 = 1000.0;

/// What of a run is looked at closely.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sight {
    /// The task that stands out, by its name.
    pub task: Option<Rc<str>>,
    /// The part of the time axis that is seen, where it is not the whole.
    pub view: Option<View>,
    /// The range that figures and output are of.
    pub range: Option<View>,
}

impl Sight {
    /// Whether nothing is.
    pub fn is_plain(&self) -> bool {
        *self == Sight::default()
    }
}

/// The stretch that an address asks for, in seconds: `0.5~1.25`.
pub fn read_stretch(text: &str) -> Option<View> {
    let (from, to) = text.split_once(TO)?;
    let (from, to): (f64, f64) = (from.parse().ok()?, to.parse().ok()?);
    (from >= 0.0 && from < to && to.is_finite()).then_some(View { from, to })
}

/// A stretch as an address has it, with as many digits as its width is worth.
pub fn write_stretch(stretch: View) -> String {
    let scale = 10_f64.powf((FINE / stretch.seconds()).log10().ceil());
    let edge = |at: f64| (at * scale).round() / scale;
    format!("{}{TO}{}", edge(stretch.from), edge(stretch.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_told_as_finely_as_it_is_wide() {
        let told = |from, to| write_stretch(View { from, to });
        assert_eq!(told(0.5, 1.25), "0.5~1.25");
        assert_eq!(told(1.0 / 3.0, 2.0 / 3.0), "0.3333~0.6667");
        assert_eq!(told(1000.0 / 3.0, 2000.0 / 3.0), "333.3~666.7");
        assert_eq!(told(0.100_000_01, 0.100_000_02), "0.10000001~0.10000002");
    }

    #[test]
    fn a_view_is_read_as_it_is_written_and_nothing_else_is() {
        for view in [(0.0, 1.0), (0.25, 0.5), (300.0, 1e6), (1e-6, 2e-6)] {
            let view = View { from: view.0, to: view.1 };
            assert_eq!(read_stretch(&write_stretch(view)), Some(view));
        }
        for wrong in ["", "1", "~", "1~", "~1", "1~1", "2~1", "-1~1", "NaN~1", "0~inf", "0~1~2"] {
            assert_eq!(read_stretch(wrong), None, "{wrong}");
        }
    }
}
