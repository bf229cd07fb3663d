//! What of a run is looked at closely, as a link carries it.

use super::route::{decode, part};
use chart::{LISTS, Named, View, named};
use js_sys::encode_uri_component;
use std::rc::Rc;
use timeline::Timeline;

/// The name of the moment in an address; those of parameters are of upper case.
const MOMENT: &str = "at";

/// What an address says where the run is drawn by its order.
const BY_ORDER: (&str, &str) = ("by", "order");

/// The name of the task.
const TASK: &str = "task";

/// The name of the view.
const VIEW: &str = "view";

/// The name of the range.
const RANGE: &str = "range";

/// What is between the edges of a stretch.
const TO: char = '~';

/// What is between the names of a list; in them it is written as `%2C`.
const COMMA: char = ',';

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
    /// How the lanes are arranged.
    pub lanes: Named,
}

impl Sight {
    /// Whether nothing is.
    pub fn is_plain(&self) -> bool {
        *self == Sight::default()
    }

    /// Forgets the tasks that a run does not have; hands over what named them, as it is told.
    pub fn miss(&mut self, run: &Timeline) -> Vec<String> {
        let is_missing = |name: &str| named(run, name).is_none();
        let mut missed = Vec::new();
        if let Some(name) = self.task.take_if(|name| is_missing(name)) {
            missed.push(part(TASK, &name));
        }
        for (list, names) in LISTS.iter().zip(&mut self.lanes) {
            names.retain(|name| {
                let missing = is_missing(name);
                if missing {
                    missed.push(part(list, name));
                }
                !missing
            });
        }
        missed
    }
}

/// How a run is looked at, as a link carries it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// The moment, in seconds.
    pub at: Option<f64>,
    /// Whether the run is drawn by its order.
    pub by_order: bool,
    /// What of it is looked at closely.
    pub sight: Sight,
}

impl Looked {
    /// Whether an address tells such a thing by this name.
    pub fn knows(name: &str) -> bool {
        [MOMENT, BY_ORDER.0, TASK, VIEW, RANGE].contains(&name) || LISTS.contains(&name)
    }

    /// Takes a part of an address, unless it is none of these or cannot be used.
    pub fn take(&mut self, name: &str, value: &str) -> bool {
        let (text, sight) = (decode(value), &mut self.sight);
        match name {
            MOMENT => {
                self.at = text.parse().ok().filter(|at: &f64| at.is_finite() && *at >= 0.0);
                self.at.is_some()
            }
            _ if (name, &*text) == BY_ORDER => {
                self.by_order = true;
                true
            }
            _ if text.is_empty() => false,
            TASK => {
                sight.task = Some(text.into());
                true
            }
            VIEW | RANGE => {
                let stretch = read_stretch(&text);
                *(if name == VIEW { &mut sight.view } else { &mut sight.range }) = stretch;
                stretch.is_some()
            }
            _ => match LISTS.iter().position(|list| *list == name) {
                Some(list) => {
                    sight.lanes[list] = value.split(COMMA).map(decode).collect();
                    true
                }
                None => false,
            },
        }
    }

    /// The parts of an address that say so.
    pub fn parts(&self) -> Vec<String> {
        let mut parts = Vec::new();
        let mut tell = |name: &str, value: &str| parts.push(format!("{name}={value}"));
        let encoded = |text: &str| String::from(encode_uri_component(text));
        if let Some(at) = self.at {
            // To the millisecond: nobody points more exactly.
            tell(MOMENT, &((at * 1000.0).round() / 1000.0).to_string());
        }
        if self.by_order {
            tell(BY_ORDER.0, BY_ORDER.1);
        }
        let Sight { task, view, range, lanes } = &self.sight;
        if let Some(task) = task {
            tell(TASK, &encoded(task));
        }
        for (name, stretch) in [(VIEW, view), (RANGE, range)] {
            if let Some(stretch) = stretch {
                tell(name, &write_stretch(*stretch));
            }
        }
        for (list, names) in LISTS.iter().zip(lanes) {
            if !names.is_empty() {
                let names: Vec<String> = names.iter().map(|name| encoded(name)).collect();
                tell(list, &names.join(&COMMA.to_string()));
            }
        }
        parts
    }
}

/// The stretch that an address asks for, in seconds: `0.5~1.25`.
fn read_stretch(text: &str) -> Option<View> {
    let (from, to) = text.split_once(TO)?;
    let (from, to): (f64, f64) = (from.parse().ok()?, to.parse().ok()?);
    (from >= 0.0 && from < to && to.is_finite()).then_some(View { from, to })
}

/// A stretch as an address has it, with as many digits as its width is worth.
fn write_stretch(stretch: View) -> String {
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
