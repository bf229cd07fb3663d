//! A parameter over its range.

use crate::{Measures, instant};
use examples::{Args, Example, Kind, Value};

/// Most points of a sweep; of a finer range only every so-manieth value is run.
const MOST: usize = 41;

/// A point of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The parameter's value.
    pub value: f64,
    /// The run with it.
    pub measures: Measures,
    /// Whether that came to a bad end.
    pub failed: bool,
}

/// Runs of an example with all values of one parameter, or of one element of a list, the others as they are.
///
/// ```
/// use run::Sweep;
/// let example = examples::find("gather-order").expect("it is in the catalogue");
/// let mut sweep = Sweep::new(example, &example.defaults(), "DELAYS", Some(0)).expect("a number");
/// while sweep.step(250_000) {}
/// assert!(sweep.points().len() > 2);
/// assert!(sweep.points().last().expect("there are some").measures.makespan >= 1.5);
/// ```
pub struct Sweep {
    example: &'static Example,
    args: Args,
    name: &'static str,
    index: Option<usize>,
    values: Vec<f64>,
    points: Vec<Point>,
}

impl Sweep {
    /// A sweep of a parameter, about to begin; none if that is no number.
    pub fn new(
        example: &'static Example,
        args: &Args,
        name: &'static str,
        index: Option<usize>,
    ) -> Option<Self> {
        let param = example.params.iter().find(|param| param.name == name)?;
        let (min, max, step) = match (param.kind, index) {
            (Kind::Float { min, max, step, .. }, None) => (min, max, step),
            (Kind::Int { min, max, .. }, None) => (min as f64, max as f64, 1.0),
            (Kind::Floats { min, max, step, .. }, Some(_)) => (min, max, step),
            _ => return None,
        };
        let now = value_of(args, name, index)?;
        let values = values(min, max, step, now);
        let (args, points) = (args.clone(), Vec::with_capacity(values.len()));
        Some(Sweep { example, args, name, index, values, points })
    }

    /// Runs the example with the next value; says whether there are more. `budget` as in [`begin`](crate::begin).
    pub fn step(&mut self, budget: u64) -> bool {
        let Some(value) = self.values.get(self.points.len()).copied() else { return false };
        let mut args = self.args.clone();
        put(&mut args, self.name, self.index, value);
        let run = instant(self.example, &args, budget);
        let measures = Measures::of(&run.timeline());
        self.points.push(Point { value, measures, failed: run.error.is_some() });
        self.points.len() < self.values.len()
    }

    /// The points so far, the least value first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The least value, and the greatest.
    pub fn range(&self) -> (f64, f64) {
        let ends = self.values.first().zip(self.values.last());
        ends.map_or((0.0, 0.0), |(first, last)| (*first, *last))
    }
}

/// The value that a parameter has, or an element of it.
pub fn value_of(args: &Args, name: &str, index: Option<usize>) -> Option<f64> {
    match (args.get(name)?, index) {
        (Value::Float(value), None) => Some(*value),
        (Value::Int(value), None) => Some(*value as f64),
        (Value::Floats(values), Some(index)) => values.get(index).copied(),
        _ => None,
    }
}

/// Gives it another; what is not allowed changes nothing.
pub(crate) fn put(args: &mut Args, name: &str, index: Option<usize>, value: f64) {
    let text = match (args.get(name), index) {
        (Some(Value::Floats(values)), Some(index)) => {
            let mut values = values.clone();
            if let Some(element) = values.get_mut(index) {
                *element = value;
            }
            Value::Floats(values).plain()
        }
        _ => value.to_string(),
    };
    // All values are of the parameter's range.
    let _ = args.set(name, &text);
}

/// The values to be run: on the parameter's grid, both ends among them, and the present one.
fn values(min: f64, max: f64, step: f64, now: f64) -> Vec<f64> {
    let places = if step > 0.0 { ((max - min) / step).round().max(0.0) as usize } else { 0 };
    let stride = places.div_ceil(MOST - 1).max(1);
    let at = |place: usize| round(min + place as f64 * step).min(max);
    let mut values: Vec<f64> = (0..=places).step_by(stride).map(at).chain([max, now]).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

/// Without the tail that sums of binary fractions have.
fn round(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;
    use examples::{CATALOGUE, find};

    #[test]
    fn values_are_on_the_grid_with_ends_and_the_present_one() {
        assert_eq!(values(0.1, 0.5, 0.1, 0.2), [0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(values(0.0, 1.0, 0.5, 0.3), [0.0, 0.3, 0.5, 1.0]);
        let fine = values(0.0, 1.0, 0.001, 0.0);
        assert!(fine.len() <= MOST + 1 && fine.last() == Some(&1.0), "{}", fine.len());
    }

    #[test]
    fn every_number_of_every_example_can_be_swept() {
        for example in CATALOGUE {
            let args = example.defaults();
            for param in example.params {
                let index = matches!(param.kind, Kind::Floats { .. }).then_some(0);
                let numeric = !matches!(param.kind, Kind::Bool { .. } | Kind::Choice { .. });
                let now = value_of(&args, param.name, index);
                let sweep = Sweep::new(example, &args, param.name, index);
                assert_eq!(
                    sweep.is_some(),
                    numeric && now.is_some(),
                    "{} {}",
                    example.id,
                    param.name
                );
                let Some((sweep, now)) = sweep.zip(now) else { continue };
                assert!(sweep.values.contains(&now), "{} {}", example.id, param.name);
                for value in &sweep.values {
                    let mut args = args.clone();
                    put(&mut args, param.name, index, *value);
                    assert_eq!(value_of(&args, param.name, index), Some(*value), "{}", example.id);
                }
            }
        }
    }

    #[test]
    fn each_point_is_the_run_with_its_value() {
        let example = find("bounded-map").expect("it is in the catalogue");
        let limit = "LIMIT";
        let mut sweep = Sweep::new(example, &example.defaults(), limit, None).expect("a number");
        while sweep.step(250_000) {}
        let points = sweep.points();
        assert_eq!(points.len(), sweep.values.len());
        let now =
            points.iter().find(|point| Some(point.value) == value_of(&sweep.args, limit, None));
        assert!(
            points.first().map(|point| point.measures) != points.last().map(|point| point.measures)
        );
        let alone = instant(example, &example.defaults(), 250_000);
        assert_eq!(now.map(|point| point.measures), Some(Measures::of(&alone.timeline())));
    }
}
