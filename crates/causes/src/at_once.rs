//! Whether a program is faster with awaits at once that were one after the other: shown by a run of each.

use timeline::{TaskLane, Timeline};
use trace::Outcome;

/// What it brings, where the runs show it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saved {
    /// By how many seconds the run is shorter.
    pub seconds: f64,
    /// Whether the same lines are printed in the same order.
    pub same_order: bool,
    /// Whether they are the same to the letter, and not only but for numbers with a decimal point, as times are.
    pub same_numbers: bool,
}

/// What a run with awaits at once brings over the run of the program as it is: nothing unless it is shorter, prints the
/// same lines, each as often, and leaves no more tasks failed, cancelled or hanging. Whether either of them came to a
/// bad end is for the caller to know.
pub fn saved(run: &Timeline, at_once: &Timeline) -> Option<Saved> {
    let seconds = run.end - at_once.end;
    let unwell = |run: &Timeline| {
        let unwell = |lane: &&TaskLane| lane.outcome.as_ref() != Some(&Outcome::Done);
        run.tasks.iter().filter(unwell).count()
    };
    if seconds <= crate::MOMENT || unwell(at_once) > unwell(run) {
        return None;
    }
    let lines = |run: &Timeline, numbers: bool| -> Vec<String> {
        let text = |text: &str| if numbers { text.to_owned() } else { without_numbers(text) };
        run.lines.iter().map(|line| text(&line.text)).collect()
    };
    let same = |sorted: bool, numbers: bool| {
        let [before, after] = [run, at_once].map(|run| {
            let mut lines = lines(run, numbers);
            if sorted {
                lines.sort_unstable();
            }
            lines
        });
        before == after
    };
    let [same_order, same_numbers] = [same(false, false), same(true, true)];
    same(true, false).then_some(Saved { seconds, same_order, same_numbers })
}

/// A line with a sign in place of each number that has a decimal point.
fn without_numbers(text: &str) -> String {
    let is_part = |part: char| part.is_ascii_digit() || part == '.';
    let mut left = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|part: char| part.is_ascii_digit()) {
        let length = rest[start..].find(|part| !is_part(part)).unwrap_or(rest.len() - start);
        let number = &rest[start..start + length];
        left.push_str(&rest[..start]);
        let inner = number.trim_end_matches('.');
        left.push_str(if inner.contains('.') { "#" } else { inner });
        left.push_str(&number[inner.len()..]);
        rest = &rest[start + length..];
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use asyncio::{Result, Run, Status, create_task, gather, print, sleep};
    use executor::VirtualClock;
    use std::future::Future;
    use trace::Trace;

    fn run(main: impl Future<Output = Result> + 'static) -> Timeline {
        let mut run = Run::new(VirtualClock, Trace::on(), || main);
        while run.step() != Status::Ended {}
        Timeline::new(&run.trace().snapshot(), run.time())
    }

    async fn fetch(name: &'static str, seconds: f64) -> Result {
        sleep(seconds).await?;
        print(name);
        Ok(())
    }

    #[test]
    fn what_is_faster_and_prints_the_same_is_told() {
        let slow = run(async {
            fetch("a", 1.0).await?;
            fetch("b", 0.5).await
        });
        let fast = run(async { gather([fetch("a", 1.0), fetch("b", 0.5)]).await.map(|_| ()) });
        let brings = Saved { seconds: 0.5, same_order: false, same_numbers: true };
        assert_eq!(saved(&slow, &fast), Some(brings));
        assert_eq!(saved(&fast, &slow), None, "it takes longer");
        let other = run(async { gather([fetch("a", 1.0), fetch("c", 0.5)]).await.map(|_| ()) });
        assert_eq!(saved(&slow, &other), None, "it prints something else");
        let once = run(async { fetch("b", 0.5).await });
        assert_eq!(saved(&slow, &once), None, "a line is missing");
        let cut = run(async {
            let left = create_task(fetch("c", 2.0));
            gather([fetch("a", 1.0), fetch("b", 0.5)]).await?;
            drop(left);
            Ok(())
        });
        assert_eq!(saved(&slow, &cut), None, "a task is cut off");
    }

    #[test]
    fn times_may_be_told_by_lines() {
        assert_eq!(without_numbers("took 1.50 s, 2 of v3.1. 7."), "took # s, 2 of v#. 7.");
        let [slow, fast, other] =
            [("1.5 s", 1.5), ("0.5 s", 0.5), ("0.5 m", 0.5)].map(|(line, s)| run(fetch(line, s)));
        let brings = Saved { seconds: 1.0, same_order: true, same_numbers: false };
        assert_eq!(saved(&slow, &fast), Some(brings));
        assert_eq!(saved(&slow, &other), None);
    }
}
