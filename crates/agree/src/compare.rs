//! Finds what differs between a run in Rust and the same run in CPython.

use std::fmt::{self, Display};

use crate::observation::{Bad, Call, Entry, Observation, Suspension};

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
    if both_cut_off(rust, cpython) {
        return Vec::new();
    }
    let lines = |run: &'_ Observation| -> Vec<Entry> { run.lines().cloned().collect() };
    let found = [
        sequence("printed lines", &lines(rust), &lines(cpython)),
        sequence("tasks", &rust.tasks, &cpython.tasks),
        calls(&rust.calls, &cpython.calls),
        sequence("what the loop ran", &rust.ran, &cpython.ran),
        sequence("suspensions", &waits(rust), &waits(cpython)),
        sequence("wakes", &rust.wakes, &cpython.wakes),
        sequence("warnings", &warnings(rust), &warnings(cpython)),
        value("makespan", &Time(rust.makespan), &Time(cpython.makespan)),
        value("end", &End(&rust.error), &End(&cpython.error)),
    ];
    found.into_iter().flatten().collect()
}

/// Whether neither side let the run come to its end.
pub fn both_cut_off(rust: &Observation, cpython: &Observation) -> bool {
    let cut_off = |run: &Observation| matches!(run.error, Some(Bad::Cut));
    cut_off(rust) && cut_off(cpython)
}

/// Who was suspended when, and for what; where is the line map's business.
pub fn waits(run: &Observation) -> Vec<Suspension> {
    let waits = run.suspensions.iter();
    waits.map(|wait| Suspension { line: None, ..wait.clone() }).collect()
}

/// What tasks were called with, as far as CPython's side tells it: kept traces tell nothing, nor is it known of a
/// coroutine that began before it was a task's, and what asyncio calls its own functions with is its own business.
fn calls(rust: &[Call], cpython: &[Call]) -> Option<Difference> {
    let both = cpython.iter().map(|theirs| {
        let arguments = theirs.arguments.as_ref().filter(|_| theirs.placed);
        let ours = rust.iter().find(|ours| ours.task.0 == theirs.task.0);
        // To be called with nothing need not be told.
        let nothing = arguments.filter(|arguments| arguments.is_empty());
        let of_ours = arguments.and(ours.and_then(|ours| ours.arguments.as_ref()).or(nothing));
        let function = ours.and_then(|ours| ours.function.as_ref());
        let call = |function: Option<&_>, arguments: Option<&_>| Call {
            function: function.cloned(),
            arguments: arguments.cloned(),
            ..theirs.clone()
        };
        (call(function, of_ours), call(theirs.function.as_ref(), arguments))
    });
    let (rust, cpython): (Vec<_>, Vec<_>) = both.unzip();
    sequence("calls", &rust, &cpython)
}

/// What CPython says on its own account, such as an exception that was never retrieved, sorted: when it
/// notices depends on when it frees what.
pub fn warnings(run: &Observation) -> Vec<String> {
    // Where it shows the category, and where not, says nothing.
    let plain = |text: &str| text.trim_start_matches("RuntimeWarning: ").to_owned();
    let logged = run.log.iter().filter(|entry| entry.logged).map(|entry| plain(&entry.text));
    let mut texts: Vec<String> = logged.chain(run.late.iter().map(|text| plain(text))).collect();
    texts.sort();
    texts
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
    let (same, mut sides) = beginning(rust, cpython, BEFORE);
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

/// How many entries are the same at the beginning of both, and the last of these, as far as `shown`, in lines.
pub fn beginning<T: Display + PartialEq>(
    rust: &[T],
    cpython: &[T],
    shown: usize,
) -> (usize, Vec<String>) {
    let same = rust.iter().zip(cpython).take_while(|(a, b)| a == b).count();
    let left_out = same.saturating_sub(shown);
    let mut lines = Vec::new();
    if left_out > 0 {
        lines.push(format!("  … {left_out} the same"));
    }
    lines.extend(rust[left_out..same].iter().map(|entry| format!("  {entry}")));
    (same, lines)
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

/// How a run ended.
#[derive(PartialEq)]
pub struct End<'a>(pub &'a Option<Bad>);

impl Display for End<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(bad) => bad.fmt(f),
            None => f.write_str("ends well"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::sample as run;
    use crate::observation::{Outcome, Step};

    type Change = fn(&mut Vec<Call>);

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
        assert!(
            run.log.len() > 5
                && run.ran.len() > 5
                && run.wakes.len() > 3
                && run.suspensions.len() > 3
        );
        assert_eq!(differs(|_| {}), [""; 0]);
    }

    #[test]
    fn the_last_bit_of_a_time_counts() {
        let next = |time: &mut f64| *time = f64::from_bits(time.to_bits() + 1);
        assert_eq!(differs(|run| next(&mut run.log[3].time)), ["printed lines"]);
        assert_eq!(differs(|run| next(&mut run.tasks[1].created)), ["tasks"]);
        assert_eq!(differs(|run| next(&mut run.ran[4].time)), ["what the loop ran"]);
        assert_eq!(differs(|run| next(&mut run.suspensions[2].time)), ["suspensions"]);
        assert_eq!(differs(|run| next(&mut run.wakes[1].time)), ["wakes"]);
        assert_eq!(differs(|run| next(&mut run.makespan)), ["makespan"]);
    }

    #[test]
    fn an_order_counts() {
        assert_eq!(differs(|run| run.log.swap(0, 1)), ["printed lines"]);
        assert_eq!(differs(|run| run.tasks.swap(1, 2)), ["tasks"]);
        assert_eq!(differs(|run| run.ran.swap(1, 2)), ["what the loop ran"]);
        assert_eq!(differs(|run| run.suspensions.swap(1, 2)), ["suspensions"]);
        assert_eq!(differs(|run| run.wakes.swap(0, 1)), ["wakes"]);
    }

    #[test]
    fn what_is_missing_counts() {
        assert_eq!(differs(|run| drop(run.log.pop())), ["printed lines"]);
        assert_eq!(differs(|run| drop(run.tasks.pop())), ["tasks"]);
        assert_eq!(differs(|run| drop(run.ran.pop())), ["what the loop ran"]);
        assert_eq!(differs(|run| drop(run.suspensions.remove(0))), ["suspensions"]);
    }

    #[test]
    fn all_of_a_line_and_of_a_task_counts() {
        assert_eq!(differs(|run| run.log[0].text = ".".into()), ["printed lines"]);
        assert_eq!(differs(|run| run.late.push(String::new())), ["warnings"]);
        assert_eq!(differs(|run| run.log[0].task = None), ["printed lines"]);
        assert_eq!(differs(|run| run.ran[1].iteration += 1), ["what the loop ran"]);
        assert_eq!(differs(|run| run.suspensions[0].wait.push('x')), ["suspensions"]);
        assert_eq!(differs(|run| run.wakes[0].by.push('x')), ["wakes"]);
        assert_eq!(differs(|run| run.tasks[1].name.push('x')), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].parent = None), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].start = None), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].end = None), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].outcome = Outcome::Cancelled), ["tasks"]);
        assert_eq!(differs(|run| run.tasks[1].exception = Some(String::new())), ["tasks"]);
    }

    #[test]
    fn what_tasks_were_called_with_counts_where_cpython_tells_it() {
        let mut cpython = run();
        assert_eq!(cpython.calls[1].arguments.as_deref(), Some("0, 1.5"));
        cpython.calls.iter_mut().for_each(|call| call.placed = true);
        let differs = |change: Change, told: Change| {
            let (mut rust, mut cpython) = (run(), cpython.clone());
            change(&mut rust.calls);
            told(&mut cpython.calls);
            compare(&rust, &cpython).iter().map(|each| each.what).collect::<Vec<_>>()
        };
        let changes: [Change; 4] = [
            |calls| calls[1].arguments = Some("0, 2".into()),
            |calls| calls[1].arguments = None,
            |calls| calls[1].function = Some("other".into()),
            |calls| drop(calls.remove(1)),
        ];
        for (n, change) in changes.into_iter().enumerate() {
            assert_eq!(differs(change, |_| {}), ["calls"], "{n}");
            assert_eq!(differs(change, |calls| drop(calls.remove(1))), [""; 0], "{n}");
            // Of asyncio's own functions, and of coroutines that began before, the function alone counts.
            let only_function: &[&str] = if n < 2 { &[] } else { &["calls"] };
            assert_eq!(differs(change, |calls| calls[1].placed = false), only_function, "{n}");
            assert_eq!(differs(change, |calls| calls[1].arguments = None), only_function, "{n}");
        }
        let nothing: Change = |calls| calls[0].arguments = Some("".into());
        assert_eq!(differs(|_| {}, nothing), [""; 0], "which need not be told");
    }

    #[test]
    fn how_a_run_ends_counts() {
        let raised = |text: &str| Some(Bad::Raised(format!("ValueError: {text}")));
        let stuck = |names: &[&str]| {
            Some(Bad::Stuck(names.iter().map(|name| (*name).to_owned()).collect()))
        };
        let ends =
            [None, raised("a"), raised("b"), stuck(&["a"]), stuck(&["a", "b"]), Some(Bad::Cut)];
        for (n, one) in ends.iter().enumerate() {
            for (m, other) in ends.iter().enumerate() {
                assert_eq!(End(one) == End(other), n == m, "{} {}", End(one), End(other));
            }
        }
        assert_eq!(differs(|run| run.error = raised("a")), ["end"]);
    }

    #[test]
    fn both_sides_are_shown_around_the_first_difference() {
        let steps = |names: &[&str]| -> Vec<Step> {
            let names = names.iter();
            names.map(|name| Step { time: 0.5, iteration: 3, task: Some((*name).into()) }).collect()
        };
        let rust = steps(&["a", "b", "c", "d"]);
        let cpython = steps(&["a", "b", "c"]);
        let difference = sequence("what the loop ran", &rust, &cpython).expect("they differ");
        let sides = [
            "  … 1 the same",
            "  0.5  iteration 3  b",
            "  0.5  iteration 3  c",
            "- (no more)",
            "+ 0.5  iteration 3  d",
        ];
        assert_eq!(difference.sides, sides);
    }
}
