//! Which parameter is behind the end of a span.

use crate::instant;
use crate::sweep::{put, value_of};
use examples::{Args, Example, Kind, Value};
use std::mem::discriminant;
use timeline::{Span, Timeline};

/// A parameter, or an element of one, that moves the end of a span and not its beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The parameter.
    pub name: &'static str,
    /// Which element of it, if it is a list.
    pub index: Option<usize>,
    /// Its value in the run.
    pub value: f64,
    /// The least that it may be, the most, and how far apart its values are.
    pub range: (f64, f64, f64),
    /// By how many seconds the end moves for each of the value.
    pub slope: f64,
}

impl Behind {
    /// The value on the grid at which the span would end so many seconds later, or earlier, as far as it may.
    pub fn value_at(&self, later: f64) -> f64 {
        self.snapped(self.value + later / self.slope)
    }

    /// The value so many steps on.
    pub fn stepped(&self, steps: f64) -> f64 {
        self.snapped(self.value + steps * self.range.2)
    }

    fn snapped(&self, value: f64) -> f64 {
        let (min, max, step) = self.range;
        let places = ((value - min) / step).round();
        (((min + places * step) * 1e9).round() / 1e9).clamp(min, max)
    }
}

/// What is behind the end of a span, by the indices of task and span: found by running the example with each value a
/// step away, and seeing which of them moves that end alone. Of several it is the one that does it second for second,
/// or else the first. Only where the task does its own work, sleeping or computing. `budget` as in
/// [`begin`](crate::begin).
pub fn behind(
    example: &'static Example,
    args: &Args,
    (task, span): (usize, usize),
    budget: u64,
) -> Option<Behind> {
    let run = instant(example, args, budget).timeline();
    let now = at(&run, task, span).filter(|span| span.is_work() && span.seconds() > 0.0)?;
    let mut found: Vec<Behind> = Vec::new();
    for param in example.params {
        let (range, elements) = match (param.kind, args.get(param.name)?) {
            (Kind::Float { min, max, step, .. }, _) => ((min, max, step), None),
            (Kind::Int { min, max, .. }, _) => ((min as f64, max as f64, 1.0), None),
            (Kind::Floats { min, max, step, .. }, Value::Floats(values)) => {
                ((min, max, step), Some(values.len()))
            }
            _ => continue,
        };
        let indices: Vec<Option<usize>> = match elements {
            Some(elements) => (0..elements).map(Some).collect(),
            None => vec![None],
        };
        for index in indices {
            let Some(value) = value_of(args, param.name, index) else { continue };
            let other = if value + range.2 <= range.1 { value + range.2 } else { value - range.2 };
            let mut args = args.clone();
            put(&mut args, param.name, index, other);
            let moved = instant(example, &args, budget).timeline();
            let Some(then) = at(&moved, task, span) else { continue };
            let same =
                then.from == now.from && discriminant(&then.state) == discriminant(&now.state);
            let slope = (then.to - now.to) / (other - value);
            if same && slope > 1e-6 {
                found.push(Behind { name: param.name, index, value, range, slope });
            }
        }
    }
    let exact = found.iter().position(|behind| (behind.slope - 1.0).abs() < 1e-6).unwrap_or(0);
    (exact < found.len()).then(|| found.swap_remove(exact))
}

fn at(timeline: &Timeline, task: usize, span: usize) -> Option<&Span> {
    timeline.tasks.get(task)?.spans.get(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use examples::find;

    /// The first span of work of a task, by its name.
    fn work_of(run: &Timeline, name: &str) -> (usize, usize) {
        let task = run.tasks.iter().position(|lane| &*lane.name == name).expect("it is there");
        let spans = run.tasks[task].spans.iter();
        let span = spans.clone().position(|span| span.is_work()).expect("it works");
        (task, span)
    }

    #[test]
    fn each_delay_is_behind_its_own_span() {
        let example = find("gather-order").expect("it is in the catalogue");
        let args = example.defaults();
        let run = instant(example, &args, 250_000).timeline();
        for n in 0..3 {
            let place = work_of(&run, &format!("request-{n}"));
            let behind = behind(example, &args, place, 250_000).expect("a parameter moves it");
            assert_eq!((behind.name, behind.index), ("DELAYS", Some(n)));
            assert!((behind.slope - 1.0).abs() < 1e-6);
            // What it promises is what happens.
            let value = behind.value_at(0.5);
            let mut moved = args.clone();
            put(&mut moved, behind.name, behind.index, value);
            let moved = instant(example, &moved, 250_000).timeline();
            let ends = [&run, &moved].map(|run| at(run, place.0, place.1).expect("it is there").to);
            assert!((ends[1] - ends[0] - 0.5).abs() < 1e-9, "{ends:?}");
        }
    }

    #[test]
    fn values_stay_on_the_grid_and_in_their_range() {
        let range = (0.1, 2.0, 0.1);
        let behind = Behind { name: "N", index: None, value: 0.5, range, slope: 2.0 };
        assert_eq!(behind.value_at(0.43), 0.7);
        assert_eq!(behind.value_at(-9.0), 0.1);
        assert_eq!(behind.value_at(99.0), 2.0);
        assert_eq!(behind.stepped(-1.0), 0.4);
    }

    #[test]
    fn where_nobody_works_there_is_nothing_behind() {
        let example = find("gather-order").expect("it is in the catalogue");
        let args = example.defaults();
        let run = instant(example, &args, 250_000).timeline();
        let waits = run.tasks[0].spans.iter().position(|span| span.seconds() > 0.0);
        let waits = waits.expect("the first task waits for the others");
        assert_eq!(behind(example, &args, (0, waits), 250_000), None);
    }
}
