//! Exercise: a crawler that fetches every page once, spares each site, and measures honestly.

use super::{Attempt, Chapter, Check, Coro, Example, Exercise, Found, Param, Places, Program};
use timeline::most_at_once;
use trace::TaskId;

mod program;

/// This example's entry in the catalogue.
pub static EXAMPLE: Example = Example {
    id: "exercise-crawler",
    chapter: Chapter::Exercises,
    operations: &["get_running_loop", "Semaphore", "TaskGroup", "TaskGroup.create_task"],
    params: &[
        Param::choice("MARK_SEEN", "when-fetched", &["when-fetched", "after-robots", "at-check"]),
        Param::choice("LIMIT_FOR", "everything", &["everything", "each-site"]),
        Param::count("LIMIT", 4, 1, 6),
        Param::choice("CLOCK_STARTS", "before-permit", &["before-permit", "after-permit"]),
    ],
    program: Program::Main(|args| Coro::new("main", program::main(args))),
    exercise: Some(&EXERCISE),
};

static EXERCISE: Exercise = Exercise {
    checks: &[
        Check { key: "each_once", holds: each_once },
        Check { key: "polite", holds: polite },
        Check { key: "measured", holds: measured },
        Check { key: "quick", holds: |attempt| attempt.ended_well && attempt.makespan() <= 1.9 },
    ],
    answer: &[
        ("MARK_SEEN", "at-check"),
        ("LIMIT_FOR", "each-site"),
        ("LIMIT", "2"),
        ("CLOCK_STARTS", "after-permit"),
    ],
    found: &[("quick", |attempt| Found::Seconds(attempt.makespan()))],
    places: &[Places {
        param: "MARK_SEEN",
        line: "self.seen.add(url)",
        program: "\
async def discover(self, url):
    if url in self.seen:
        return
    <at-check>
    await self.read_robots()
    <after-robots>
    self.group.create_task(visit, name=f\"{site}-{next(self.numbers)}\")
async def fetch(self, url):
    await asyncio.sleep(seconds)
    <when-fetched>
    return links",
    }],
};

const PAGES: [&str; 9] = [
    "alpha/",
    "alpha/news",
    "alpha/blog",
    "alpha/faq",
    "beta/",
    "beta/shop",
    "beta/team",
    "beta/help",
    "beta/cart",
];

/// Every page was asked for once, and came.
fn each_once(attempt: &Attempt) -> bool {
    let lines = |what: &str, page: &str| {
        let wanted = format!("{what} {page}");
        attempt.timeline.lines.iter().filter(|line| *line.text == *wanted).count()
    };
    PAGES.iter().all(|page| lines("GET", page) == 1 && lines("got", page) == 1)
}

/// Never more than two pages of a site at the same time.
fn polite(attempt: &Attempt) -> bool {
    ["alpha/", "beta/"].into_iter().all(|site| {
        let fetches = attempt.stretches(&format!("GET {site}"), "got ");
        most_at_once(fetches.into_iter().map(|(_, from, to)| (from, to))) <= 2
    })
}

/// What is printed as the response time of a page is how long it took to fetch.
fn measured(attempt: &Attempt) -> bool {
    let lines = || attempt.timeline.lines.iter();
    let said = |task: TaskId| {
        let line = lines().find(|line| line.task == Some(task) && line.text.contains(": response"));
        let seconds = line?.text.split(' ').rev().nth(1)?.parse::<f64>();
        seconds.ok()
    };
    let fetches = attempt.stretches("GET ", "got ");
    fetches.into_iter().all(|(task, from, to)| {
        said(task).is_some_and(|seconds| (seconds - (to - from)).abs() < 0.006)
    })
}
