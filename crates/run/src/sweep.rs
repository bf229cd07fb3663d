//! A parameter over its range, or two over both.

use crate::{Measures, instant};
use examples::{Args, Example, Kind, Value};

/// Most points of a sweep; of a finer range only every so-manieth value is run.
const MOST: usize = 41;

/// Most values of each of two parameters: there are as many runs as pairs.
const MOST_OF_TWO: usize = 13;

/// A point of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The parameter's value.
    pub value: f64,
    /// That of the second parameter, where there are two.
    pub second: Option<f64>,
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
    /// The second parameter, and its values.
    second: Option<(Which, Vec<f64>)>,
    points: Vec<Point>,
}

/// A parameter, or an element of it where it is a list.
pub type Which = (&'static str, Option<usize>);

impl Sweep {
    /// A sweep of a parameter, about to begin; none if that is no number.
    pub fn new(
        example: &'static Example,
        args: &Args,
        name: &'static str,
        index: Option<usize>,
    ) -> Option<Self> {
        let values = values_of(example, args, (name, index), MOST)?;
        let (args, points) = (args.clone(), Vec::with_capacity(values.len()));
        Some(Sweep { example, args, name, index, values, second: None, points })
    }

    /// A sweep of two parameters, each with each: the first runs through its values for every value of the second.
    pub fn of_two(
        example: &'static Example,
        args: &Args,
        (name, index): Which,
        second: Which,
    ) -> Option<Self> {
        let values = values_of(example, args, (name, index), MOST_OF_TWO)?;
        let seconds = values_of(example, args, second, MOST_OF_TWO)?;
        let (args, points) = (args.clone(), Vec::with_capacity(values.len() * seconds.len()));
        let second = Some((second, seconds));
        Some(Sweep { example, args, name, index, values, second, points })
    }

    /// Runs the example with the next value; says whether there are more. `budget` as in [`begin`](crate::begin).
    pub fn step(&mut self, budget: u64) -> bool {
        let (done, row) = (self.points.len(), self.values.len());
        let seconds = self.second.as_ref().map(|(which, values)| (*which, values));
        let all = row * seconds.map_or(1, |(_, values)| values.len());
        if done >= all {
            return false;
        }
        let mut args = self.args.clone();
        let value = self.values[done % row];
        put(&mut args, self.name, self.index, value);
        let second = seconds.map(|((name, index), values)| {
            let value = values[done / row];
            put(&mut args, name, index, value);
            value
        });
        let run = instant(self.example, &args, budget);
        let measures = Measures::of(&run.timeline());
        self.points.push(Point { value, second, measures, failed: run.error.is_some() });
        done + 1 < all
    }

    /// The points so far, the least value first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The values of the parameter, and those of the second, where there are two.
    pub fn values(&self) -> (&[f64], &[f64]) {
        (&self.values, self.second.as_ref().map_or(&[], |(_, values)| values))
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

/// The values to be run of a parameter; none if it is no number.
fn values_of(
    example: &'static Example,
    args: &Args,
    (name, index): Which,
    most: usize,
) -> Option<Vec<f64>> {
    let param = example.params.iter().find(|param| param.name == name)?;
    let (min, max, step) = match (param.kind, index) {
        (Kind::Float { min, max, step, .. }, None) => (min, max, step),
        (Kind::Int { min, max, .. }, None) => (min as f64, max as f64, 1.0),
        (Kind::Floats { min, max, step, .. }, Some(_)) => (min, max, step),
        _ => return None,
    };
    Some(values(min, max, step, value_of(args, name, index)?, most))
}

/// The values to be run: on the parameter's grid, both ends among them, and the present one.
fn values(min: f64, max: f64, step: f64, now: f64, most: usize) -> Vec<f64> {
    let places = if step > 0.0 { ((max - min) / step).round().max(0.0) as usize } else { 0 };
    let stride = places.div_ceil(most - 1).max(1);
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
        assert_eq!(values(0.1, 0.5, 0.1, 0.2, MOST), [0.1, 0.2, 0.3, 0.4, 0.5]);
        assert_eq!(values(0.0, 1.0, 0.5, 0.3, MOST), [0.0, 0.3, 0.5, 1.0]);
        let fine = values(0.0, 1.0, 0.001, 0.0, MOST);
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
    fn of_two_parameters_each_pair_is_run() {
        let example = find("queue-backpressure").expect("it is in the catalogue");
        let args = example.defaults();
        let (first, second) = (("MAXSIZE", None), ("CONSUME", Some(0)));
        let mut sweep = Sweep::of_two(example, &args, first, second).expect("numbers");
        while sweep.step(250_000) {}
        let (across, down) = sweep.values();
        assert!(across.len() > 3 && down.len() > 3 && across.len() <= MOST_OF_TWO + 2);
        assert_eq!(sweep.points().len(), across.len() * down.len());
        for (n, point) in sweep.points().iter().enumerate().step_by(7) {
            let place = (n % across.len(), n / across.len());
            assert_eq!((point.value, point.second), (across[place.0], Some(down[place.1])));
            let mut args = args.clone();
            put(&mut args, "MAXSIZE", None, point.value);
            put(&mut args, "CONSUME", Some(0), down[place.1]);
            let alone = instant(example, &args, 250_000);
            assert_eq!(point.measures, Measures::of(&alone.timeline()), "{args:?}");
        }
        assert!(Sweep::of_two(example, &args, first, ("CONSUME", None)).is_none());
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
