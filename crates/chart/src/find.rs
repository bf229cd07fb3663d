//! What of a run has a text in it: tasks, resources, printed lines, and stretches at lines of the program.

use crate::layout::Row;
use timeline::Timeline;

/// The most places that are found: who does not find it among these types more of it.
const MOST: usize = 5000;

/// A place that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hit {
    /// A task or a resource, by its name.
    Row(Row),
    /// A line that was printed or logged, by index.
    Line(usize),
    /// Where a task stands at a line of the program, by the indices of task and span.
    Site(usize, usize),
}

/// The places with a text in them, whatever the case of its letters: tasks in the order of the chart, resources, then
/// what was printed and who stood at such lines of the program, in the order of time. `resource` names a resource, by
/// index; `at` says whether a line of the program is meant.
pub fn find(
    run: &Timeline,
    text: &str,
    resource: &dyn Fn(usize) -> String,
    at: &dyn Fn(u32) -> bool,
) -> Vec<Hit> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let has = |other: &str| other.to_lowercase().contains(&text);
    let tasks = run.order.iter().filter(|n| has(&run.tasks[**n].name));
    let mut hits: Vec<Hit> = tasks.map(|n| Hit::Row(Row::Task(*n))).collect();
    let resources = (0..run.resources.len()).filter(|n| has(&resource(*n)));
    hits.extend(resources.map(|n| Hit::Row(Row::Resource(n))));
    let lines = run.lines.iter().enumerate().filter(|(_, line)| has(&line.text));
    let mut timed: Vec<(f64, Hit)> = lines.map(|(n, line)| (line.time, Hit::Line(n))).collect();
    for (task, lane) in run.tasks.iter().enumerate() {
        // Who comes back to a line after a step of no length has not left it.
        let mut last = None;
        for (n, span) in lane.spans.iter().enumerate().filter(|(_, span)| span.seconds() > 0.0) {
            let line = span.line();
            if line != last && line.is_some_and(at) {
                timed.push((span.from, Hit::Site(task, n)));
            }
            last = line;
        }
    }
    sorting::by(&mut timed, |a, b| a.0.total_cmp(&b.0));
    hits.extend(timed.into_iter().map(|(_, hit)| hit));
    hits.truncate(MOST);
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_of(id: &str) -> Timeline {
        let example = examples::find(id).expect("it is in the catalogue");
        run::instant(example, &example.defaults(), 250_000).timeline()
    }

    #[test]
    fn what_is_printed_and_who_is_called_so_is_found_in_any_case() {
        let run = run_of("queue-backpressure");
        let hits = find(&run, " PRODUCER-0 ", &|_| String::new(), &|_| false);
        assert!(
            matches!(hits[..], [Hit::Row(Row::Task(n))] if &*run.tasks[n].name == "producer-0")
        );
        let hits = find(&run, "took", &|_| String::new(), &|_| false);
        let took = run.lines.iter().filter(|line| line.text.contains("took")).count();
        assert!(took > 3 && hits.len() == took);
        for hit in hits {
            assert!(matches!(hit, Hit::Line(n) if run.lines[n].text.contains("took")), "{hit:?}");
        }
        assert!(find(&run, "  ", &|_| String::new(), &|_| true).is_empty());
        let hits = find(&run, "queue", &|_| "the queue".to_owned(), &|_| false);
        assert!(hits.contains(&Hit::Row(Row::Resource(0))));
    }

    #[test]
    fn who_stands_at_a_line_is_found_in_the_order_of_time() {
        let run = run_of("queue-backpressure");
        let line = run.tasks[1].spans.iter().find_map(timeline::Span::line).expect("a line");
        let hits = find(&run, "x", &|_| String::new(), &|other| other == line);
        let mut last = 0.0;
        let sites = hits.iter().filter_map(|hit| match hit {
            Hit::Site(task, n) => Some(&run.tasks[*task].spans[*n]),
            _ => None,
        });
        let mut count = 0;
        for span in sites {
            assert!(span.line() == Some(line) && span.from >= last);
            (last, count) = (span.from, count + 1);
        }
        assert!(count > 0);
    }
}
