//! Finds what differs between the two runs of a program.

use agree::{
    Bad, Difference, End, Entry, Observation, Time, beginning, both_cut_off, sequence, value,
};

/// How many entries of the log before a difference, and of each side from it on, are shown.
const BEFORE: usize = 8;
const AFTER: usize = 12;

/// The widest that one side of the log is shown.
const WIDTH: usize = 78;

/// Everything that differs, the log first; times must be equal to the last bit.
pub fn compare(rust: &Observation, cpython: &Observation) -> Vec<Difference> {
    // Each side has a limit of its own, so where it cut the run off says nothing.
    if both_cut_off(rust, cpython) {
        return Vec::new();
    }
    let stuck = matches!(rust.error, Some(Bad::Stuck(_)));
    let found = [
        log(&rust.log, &cpython.log),
        sequence("tasks", &rust.tasks, &cpython.tasks),
        sequence("what the loop ran", &rust.ran, &cpython.ran),
        sequence("suspensions", &rust.suspensions, &cpython.suspensions),
        sequence("wakes", &rust.wakes, &cpython.wakes),
        // After a deadlock nothing is freed.
        if stuck { None } else { sequence("late warnings", &rust.late, &cpython.late) },
        value("makespan", &Time(rust.makespan), &Time(cpython.makespan)),
        value("end", &End(&rust.error), &End(&cpython.error)),
    ];
    found.into_iter().flatten().collect()
}

/// The logs side by side, from the first entry that differs.
fn log(rust: &[Entry], cpython: &[Entry]) -> Option<Difference> {
    if rust == cpython {
        return None;
    }
    let (same, mut sides) = beginning(rust, cpython, BEFORE);
    let shown = |side: &[Entry]| -> Vec<String> {
        let mut lines: Vec<_> =
            side.iter().skip(same).take(AFTER).map(|entry| cut(&entry.to_string())).collect();
        match side.len() - same {
            0 => lines.push("(no more)".to_owned()),
            n if n > AFTER => lines.push(format!("… {} more", n - AFTER)),
            _ => {}
        }
        lines
    };
    let (left, right) = (shown(cpython), shown(rust));
    let width = left.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    sides.push(format!("- {:width$} + {}", "CPython", "Rust"));
    let blank = String::new();
    for n in 0..left.len().max(right.len()) {
        let (left, right) = (left.get(n).unwrap_or(&blank), right.get(n).unwrap_or(&blank));
        let mark = if left == right { ' ' } else { '|' };
        sides.push(format!("{mark} {left:width$}   {right}").trim_end().to_owned());
    }
    Some(Difference { what: "log", sides })
}

/// A line that is not too wide.
fn cut(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use agree::Step;

    fn run(texts: &[&str]) -> Observation {
        let entry = |text: &&str| Entry {
            time: 0.5,
            task: Some("t".into()),
            logged: false,
            text: (*text).into(),
        };
        Observation {
            log: texts.iter().map(entry).collect(),
            late: Vec::new(),
            tasks: Vec::new(),
            calls: Vec::new(),
            ran: vec![Step { time: 0.5, iteration: 1, task: Some("t".into()) }],
            suspensions: Vec::new(),
            wakes: Vec::new(),
            makespan: 1.0,
            error: None,
        }
    }

    #[test]
    fn the_logs_stand_side_by_side() {
        let found = compare(&run(&["a", "b", "c"]), &run(&["a", "x", "c", "d"]));
        let sides: Vec<_> = found[0].sides.iter().map(String::as_str).collect();
        assert_eq!(
            sides,
            [
                "  0.5    t        a",
                "- CPython           + Rust",
                "| 0.5    t        x   0.5    t        b",
                "  0.5    t        c   0.5    t        c",
                "| 0.5    t        d",
            ]
        );
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn everything_counts() {
        let one = run(&["a"]);
        assert_eq!(compare(&one, &one), []);
        let what = |other: &Observation| {
            compare(&one, other).iter().map(|found| found.what).collect::<Vec<_>>()
        };
        assert_eq!(
            what(&Observation { makespan: 1.000_000_000_000_000_2, ..one.clone() }),
            ["makespan"]
        );
        assert_eq!(
            what(&Observation { late: vec!["x".to_owned()], ..one.clone() }),
            ["late warnings"]
        );
        assert_eq!(what(&Observation { error: Some(Bad::Cut), ..one.clone() }), ["end"]);
        let ran = vec![Step { time: 0.5, iteration: 2, task: Some("t".into()) }];
        assert_eq!(what(&Observation { ran, ..one.clone() }), ["what the loop ran"]);
        let mut other = one.clone();
        other.log[0].logged = true;
        assert_eq!(what(&other), ["log"]);
    }

    #[test]
    fn where_both_were_cut_off_says_nothing() {
        let one = Observation { error: Some(Bad::Cut), ..run(&["a"]) };
        let other = Observation { error: Some(Bad::Cut), ..run(&[]) };
        assert_eq!(compare(&one, &other), []);
    }
}
