//! The sets of parameters that examples are compared with.

use examples::{Args, Example, Kind, Param, Value};
use fastrand::Rng;

/// A set of parameters and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// How it came about, for people.
    pub label: String,
    /// The values.
    pub args: Args,
}

/// The defaults, and every parameter alone at each of its ends.
pub fn fixed(example: &Example) -> Vec<Case> {
    let mut cases = vec![Case { label: "defaults".to_owned(), args: example.defaults() }];
    for param in example.params {
        for value in param.ends() {
            let mut args = example.defaults();
            put(&mut args, param, &value);
            if cases.iter().all(|case| case.args != args) {
                let label = format!("{} = {}", param.name, value.plain());
                cases.push(Case { label, args });
            }
        }
    }
    cases
}

/// `count` sets at random, the same ones for the same seed.
pub fn random(example: &Example, seed: u64, count: usize) -> Vec<Case> {
    // Each example has a sequence of its own, whichever others there are.
    let seed_here =
        example.id.bytes().fold(seed, |seed, byte| Rng::with_seed(seed ^ u64::from(byte)).u64(..));
    let mut rng = Rng::with_seed(seed_here);
    let case = |n| {
        let mut args = example.defaults();
        let mut draw = Draw { rng: &mut rng, numbers: Vec::new() };
        for param in example.params {
            put(&mut args, param, &draw.value(param));
        }
        let label = format!("random {n} of seed {seed}");
        Case { label, args }
    };
    (1..=count).map(case).collect()
}

/// Sets a parameter to a value that is within its bounds.
fn put(args: &mut Args, param: &Param, value: &Value) {
    args.set(param.name, &value.plain())
        .unwrap_or_else(|refusal| panic!("{} = {}: {refusal}", param.name, value.plain()));
}

/// Draws the values of one set.
struct Draw<'a> {
    rng: &'a mut Rng,
    /// The numbers drawn so far: equal times are where orders go wrong, so some are drawn again.
    numbers: Vec<f64>,
}

impl Draw<'_> {
    fn value(&mut self, param: &Param) -> Value {
        match param.kind {
            Kind::Float { min, max, step, .. } => Value::Float(self.number(min, max, step)),
            Kind::Int { min, max, .. } => Value::Int(self.whole(min, max)),
            Kind::Bool { .. } => Value::Bool(self.rng.bool()),
            Kind::Choice { options, .. } => Value::Choice(options[self.rng.usize(..options.len())]),
            Kind::Floats { min, max, step, min_len, max_len, .. } => {
                let length = self.whole(min_len as i64, max_len as i64);
                Value::Floats(self.list(length, min, max, step))
            }
        }
    }

    /// A whole number; often an end.
    fn whole(&mut self, min: i64, max: i64) -> i64 {
        match self.rng.u8(..8) {
            0 => min,
            1 => max,
            _ => self.rng.i64(min..=max),
        }
    }

    /// A list with no, some or mostly equal elements.
    fn list(&mut self, length: i64, min: f64, max: f64, step: f64) -> Vec<f64> {
        let ties = [0.0, 0.3, 0.8][self.rng.usize(..3)];
        let mut list: Vec<f64> = Vec::new();
        for _ in 0..length {
            let again = !list.is_empty() && self.rng.f64() < ties;
            list.push(if again {
                list[self.rng.usize(..list.len())]
            } else {
                self.number(min, max, step)
            });
        }
        list
    }

    /// A number: mostly on the grid, sometimes off it, at an end, or one drawn before.
    fn number(&mut self, min: f64, max: f64, step: f64) -> f64 {
        let value = match self.rng.u8(..20) {
            0 | 1 => min,
            2 | 3 => max,
            4..=6 => thousandths(min + (max - min) * self.rng.f64()),
            7..=9 => self.known(min, max).unwrap_or(min),
            _ => {
                // The division may come out a bit below a whole number.
                let last = ((max - min) / step + 1e-6) as u32;
                thousandths(min + f64::from(self.rng.u32(..=last)) * step)
            }
        };
        let value = value.clamp(min, max);
        self.numbers.push(value);
        value
    }

    /// One of the numbers drawn so far that is within the bounds.
    fn known(&mut self, min: f64, max: f64) -> Option<f64> {
        let fit = |number: &f64| (min..=max).contains(number);
        let fitting: Vec<f64> = self.numbers.iter().copied().filter(fit).collect();
        self.rng.choice(fitting)
    }
}

/// The number as it reads when written with three decimals.
fn thousandths(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use examples::CATALOGUE;

    use super::*;

    fn numbers(args: &Args, param: &Param) -> Vec<f64> {
        match args.get(param.name) {
            Some(Value::Floats(values)) => values.clone(),
            Some(Value::Float(value)) => vec![*value],
            Some(Value::Int(value)) => vec![*value as f64],
            _ => Vec::new(),
        }
    }

    #[test]
    fn cases_are_within_bounds() {
        for example in CATALOGUE {
            let cases = [fixed(example), random(example, 3, 300)].concat();
            for (case, param) in
                cases.iter().flat_map(|case| example.params.iter().map(move |param| (case, param)))
            {
                let found = numbers(&case.args, param);
                let (min, max) = match param.kind {
                    Kind::Int { min, max, .. } => (min as f64, max as f64),
                    Kind::Float { min, max, .. } => (min, max),
                    Kind::Floats { min, max, min_len, max_len, .. } => {
                        assert!((min_len..=max_len).contains(&found.len()), "{case:?}");
                        (min, max)
                    }
                    _ => continue,
                };
                assert!(found.iter().all(|each| (min..=max).contains(each)), "{case:?}");
            }
        }
    }

    #[test]
    fn a_seed_always_gives_the_same_cases() {
        for example in CATALOGUE {
            let cases = random(example, 7, 20);
            assert_eq!(cases, random(example, 7, 20));
            assert_eq!(cases[..5], random(example, 7, 5)[..]);
            assert_ne!(
                cases.iter().map(|case| &case.args).collect::<Vec<_>>(),
                random(example, 8, 20).iter().map(|case| &case.args).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn fixed_cases_reach_every_end_and_are_all_different() {
        for example in CATALOGUE {
            let cases = fixed(example);
            assert_eq!(cases[0].args, example.defaults());
            for param in example.params {
                for end in param.ends() {
                    let here = |case: &Case| case.args.get(param.name) == Some(&end);
                    assert!(cases.iter().any(here), "{}: {} {end:?}", example.id, param.name);
                }
            }
            for (n, case) in cases.iter().enumerate() {
                assert!(cases[..n].iter().all(|other| other.args != case.args));
            }
        }
    }

    #[test]
    fn ties_ends_and_lengths_are_drawn_often() {
        let example = examples::find("gather-order").expect("it is in the catalogue");
        let lists: Vec<_> =
            random(example, 0, 200).iter().map(|case| case.args.floats("DELAYS")).collect();
        let count = |of: &dyn Fn(&[f64]) -> bool| lists.iter().filter(|list| of(list)).count();
        for length in 1..=8 {
            assert!(count(&|list| list.len() == length) > 5, "{length}");
        }
        let tie = |list: &[f64]| (1..list.len()).any(|n| list[..n].contains(&list[n]));
        assert!(count(&tie) > 60);
        assert!(count(&|list| list.contains(&0.0)) > 30);
        assert!(count(&|list| list.contains(&5.0)) > 30);
        let off_grid = |number: &f64| (number * 10.0).fract() != 0.0;
        let off = count(&|list| list.iter().any(off_grid));
        assert!((20..150).contains(&off), "{off}");
    }
}
