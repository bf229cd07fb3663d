//! Finds what differs between a run in Rust and the same run in CPython.

use std::fmt::{self, Display};

use super::observation::{Failure, Observation, Step};

/// How many entries before a difference, and of each side from it on, are shown.
const BEFORE: usize = 2;
const AFTER: usize = 5;

/// One respect in which two runs differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The respect.
    pub what: &'static str,
    /// Both sides, a line each: `-` for CPython, `+` for Rust.
    pub sides: Vec<String>,
}

impl Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {} (- CPython, + Rust):", self.what)?;
        self.sides.iter().try_for_each(|side| write!(f, "\n    {side}"))
    }
}

/// Everything that differs; times must be equal to the last bit.
pub fn compare(rust: &Observation, cpython: &Observation) -> Vec<Difference> {
    // Each side has a limit of its own, so where it cut the run off says nothing.
    if let (Some(Failure::Limit), Some(Failure::Limit)) = (&rust.error, &cpython.error) {
        return Vec::new();
    }
    let found = [
        sequence("printed lines", &rust.lines, &cpython.lines),
        sequence("tasks", &rust.tasks, &cpython.tasks),
        sequence("order of steps", &rust.steps, &cpython.steps),
        sequence("suspensions", &waits(rust), &waits(cpython)),
        sequence("warnings", &rust.warnings, &cpython.warnings),
        value("makespan", &Time(rust.makespan), &Time(cpython.makespan)),
        value("end", &End(&rust.error), &End(&cpython.error)),
    ];
    found.into_iter().flatten().collect()
}

/// Who was suspended when; where is the line map's business.
pub fn waits(run: &Observation) -> Vec<Step> {
    let waits = run.suspensions.iter();
    waits.map(|wait| Step { time: wait.time, task: wait.task.clone() }).collect()
}

/// Two sequences, shown from the first entry that differs.
pub fn sequence<T: Display + PartialEq>(
    what: &'static str,
    rust: &[T],
    cpython: &[T],
) -> Option<Difference> {
    if rust == cpython {
        return None;
    }
    let same = rust.iter().zip(cpython).take_while(|(a, b)| a == b).count();
    let mut sides = Vec::new();
    if same > BEFORE {
        sides.push(format!("  … {} the same", same - BEFORE));
    }
    let before = &rust[same.saturating_sub(BEFORE)..same];
    sides.extend(before.iter().map(|entry| format!("  {entry}")));
    for (sign, rest) in [('-', &cpython[same..]), ('+', &rust[same..])] {
        let shown = rest.iter().take(AFTER);
        sides.extend(shown.map(|entry| format!("{sign} {entry}")));
        match rest.len() {
            0 => sides.push(format!("{sign} (no more)")),
            n if n > AFTER => sides.push(format!("{sign} … {} more", n - AFTER)),
            _ => {}
        }
    }
    Some(Difference { what, sides })
}

/// Two single values.
pub fn value<T: Display + PartialEq>(
    what: &'static str,
    rust: &T,
    cpython: &T,
) -> Option<Difference> {
    (rust != cpython)
        .then(|| Difference { what, sides: vec![format!("- {cpython}"), format!("+ {rust}")] })
}

/// A time, shown to its last digit.
#[derive(PartialEq)]
pub struct Time(pub f64);

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// How a run ended; of a deadlock only who takes part.
pub struct End<'a>(pub &'a Option<Failure>);

impl PartialEq for End<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (None, None) | (Some(Failure::Limit), Some(Failure::Limit)) => true,
            (
                Some(Failure::Exception { type_name, text }),
                Some(Failure::Exception { type_name: other_type, text: other_text }),
            ) => type_name == other_type && text == other_text,
            (Some(Failure::Deadlock { blocked }), Some(Failure::Deadlock { blocked: others })) => {
                let names = |blocked: &[super::observation::Blocked]| {
                    let mut names: Vec<_> = blocked.iter().map(|task| task.task.clone()).collect();
                    names.sort();
                    names
                };
                names(blocked) == names(others)
            }
            _ => false,
        }
    }
}

impl Display for End<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(failure) => failure.fmt(f),
            None => f.write_str("ends well"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::observation::sample as run;
    use super::super::observation::{Blocked, Outcome};
    use super::*;

    /// What differs once `change` was made to one of two equal runs.
    fn differs(change: impl Fn(&mut Observation)) -> Vec<&'static str> {
        let (sound, mut changed) = (run(), run());
        change(&mut changed);
        let one = compare(&sound, &changed);
        let other = compare(&changed, &sound);
        let what = |found: &[Difference]| found.iter().map(|each| each.what).collect::<Vec<_>>();
        assert_eq!(what(&one), what(&other), "whichever side it is on");
        what(&one)
    }

    #[test]
    fn equal_runs_do_not_differ() {
        let run = run();
        assert!(run.lines.len() > 5 && run.steps.len() > 5 && run.suspensions.len() > 3);
        assert_eq!(differs(|_| {}), [""; 0]);
    }

    #[test]
    fn the_last_bit_of_a_time_counts() {
        let next = |time: &mut f64| *time = f64::from_bits(time.to_bits() + 1);
        assert_eq!(differs(|run| next(&mut run.lines[3].time)), ["printed lines"]);
        assert_eq!(differs(|run| next(&mut run.tasks[1].created)), ["tasks"]);
        assert_eq!(differs(|run| next(&mut run.steps[4].time)), ["order of steps"]);
        assert_eq!(differs(|run| next(&mut run.suspensions[2].time)), ["suspensions"]);
        assert_eq!(differs(|run| next(&mut run.makespan)), ["makespan"]);
    }

    #[test]
    fn an_order_counts() {
        assert_eq!(differs(|run| run.lines.swap(0, 1)), ["printed lines"]);
        assert_eq!(differs(|run| run.tasks.swap(1, 2)), ["tasks"]);
        assert_eq!(differs(|run| run.steps.swap(1, 2)), ["order of steps"]);
        assert_eq!(differs(|run| run.suspensions.swap(1, 2)), ["suspensions"]);
    }

    #[test]
    fn what_is_missing_counts() {
        assert_eq!(differs(|run| drop(run.lines.pop())), ["printed lines"]);
        assert_eq!(differs(|run| drop(run.tasks.pop())), ["tasks"]);
        assert_eq!(differs(|run| drop(run.steps.pop())), ["order of steps"]);
        assert_eq!(differs(|run| drop(run.suspensions.remove(0))), ["suspensions"]);
    }

    #[test]
    fn all_of_a_line_and_of_a_task_counts() {
        assert_eq!(differs(|run| run.lines[0].text.push('.')), ["printed lines"]);
        assert_eq!(differs(|run| run.warnings.push(String::new())), ["warnings"]);
        assert_eq!(differs(|run| run.lines[0].task = None), ["printed lines"]);
        assert_eq!(differs(|run| run.tasks[1].name.push('x')), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].parent = None), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].start = None), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].end = None), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].outcome = Outcome::Cancelled), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].exception = Some(String::new())), ["tasks"]);
    }

    #[test]
    fn how_a_run_ends_counts() {
        let raised = |text: &str| {
            Some(Failure::Exception { type_name: "ValueError".to_owned(), text: text.to_owned() })
        };
        let stuck = |names: &[&str], line| {
            let blocked = names.iter().map(|name| Blocked { task: (*name).to_owned(), line });
            Some(Failure::Deadlock { blocked: blocked.collect() })
        };
        let ends = [
            None,
            raised("a"),
            raised("b"),
            stuck(&["a"], None),
            stuck(&["a", "b"], None),
            Some(Failure::Limit),
        ];
        for (n, one) in ends.iter().enumerate() {
            for (m, other) in ends.iter().enumerate() {
                assert_eq!(End(one) == End(other), n == m, "{} {}", End(one), End(other));
            }
        }
        assert_eq!(differs(|run| run.error = raised("a")), ["end"]);
        let (one, other) = (stuck(&["a", "b"], Some(3)), stuck(&["b", "a"], Some(9)));
        assert!(End(&one) == End(&other), "neither order nor lines count");
    }

    #[test]
    fn both_sides_are_shown_around_the_first_difference() {
        let steps = |names: &[&str]| -> Vec<Step> {
            let steps = names.iter().map(|name| Step { time: 0.5, task: (*name).to_owned() });
            steps.collect()
        };
        let rust = steps(&["a", "b", "c", "d"]);
        let cpython = steps(&["a", "b", "c"]);
        let difference = sequence("order of steps", &rust, &cpython).expect("they differ");
        let sides = ["  … 1 the same", "  0.5  b", "  0.5  c", "- (no more)", "+ 0.5  d"];
        assert_eq!(difference.sides, sides);
    }
}
