//! What can be found in the course, for the page's search: every example's texts, with what it prints.

use crate::Result;
use examples::{Args, CATALOGUE, Example};
use search::{Library, Source};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use texts::{LOCALES, words_of};
use trace::EventKind;

/// Handles after which a run for its printed lines is given up.
const BUDGET: u64 = 250_000;

/// What can be found, of the folder of the examples and the symptoms beside it.
///
/// # Errors
/// When a text cannot be read.
pub fn library(examples: &Path) -> Result<Library> {
    let symptoms = examples.parent().unwrap_or(examples).join("symptoms.toml");
    let mut library: Library = toml::from_str(&fs::read_to_string(symptoms)?)?;
    let mut also = std::mem::take(&mut library.also);
    for example in CATALOGUE {
        let found = source(example, &examples.join(example.id.replace('-', "_")))?;
        library.sources.push(Source { also: also.remove(example.id).unwrap_or_default(), ..found });
    }
    match also.into_keys().next() {
        Some(id) => Err(format!("symptoms.toml has words for {id}, which is no example").into()),
        None => Ok(library),
    }
}

fn source(example: &Example, folder: &Path) -> Result<Source> {
    let mut words = Vec::new();
    let mut values = vec![example.defaults()];
    for locale in LOCALES {
        let texts = words_of(folder, locale)?;
        for key in ["summary", "look", "try", "pitfall", "versions", "task"] {
            words.extend(texts.get(key).map(|text| without_values(text)));
        }
        if values.len() == 1 {
            values.extend(texts.get("try").into_iter().flat_map(|text| proposed(example, text)));
        }
    }
    // Each line once, numbers left out of account: "worker 1: took job 3".
    let printed: BTreeSet<String> = values.iter().flat_map(|args| printed(example, args)).collect();
    Ok(Source {
        id: example.id.to_owned(),
        titles: LOCALES.map(|locale| example.title(locale)).join("\n"),
        operations: example.operations.join(" "),
        printed: printed.into_iter().collect::<Vec<_>>().join("\n"),
        words: words.join("\n"),
        also: String::new(),
        twin: fs::read_to_string(folder.join("twin.py"))?,
    })
}

/// A text without the values that it proposes.
fn without_values(text: &str) -> String {
    let (found, rest) = examples::proposals(text);
    found.iter().flat_map(|proposal| [proposal.before, proposal.words]).chain([rest]).collect()
}

fn proposed(example: &Example, text: &str) -> Vec<Args> {
    let args = examples::proposals(text).0.into_iter().map(|proposal| {
        let mut args = example.defaults();
        // What cannot be set is found by a test of the examples.
        let _ = args.set_all(proposal.values);
        args
    });
    args.collect()
}

fn printed(example: &Example, args: &Args) -> BTreeSet<String> {
    let recorded = run::instant(example, args, BUDGET);
    let texts = recorded.events.iter().filter_map(|event| match &event.kind {
        EventKind::Printed { text, .. } => Some(text.to_string()),
        _ => None,
    });
    let mut lines: BTreeSet<String> =
        texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    lines.extend(recorded.error.map(|error| error.to_string()));
    lines
        .into_iter()
        .map(|line| line.chars().filter(|letter| !letter.is_ascii_digit()).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> Library {
        library(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/src")).expect("the course")
    }

    #[test]
    fn the_file_is_read_as_it_was_written() {
        let course = course();
        assert_eq!(Library::read(&course.write()), Ok(course));
    }

    #[test]
    fn every_symptom_leads_to_examples_and_each_is_found_by_its_own_words() {
        let course = course();
        let index = course.index();
        for symptom in &course.symptoms {
            assert!(!symptom.examples.is_empty(), "{}", symptom.en);
            for id in &symptom.examples {
                assert!(examples::find(id).is_some(), "{}: no example {id}", symptom.en);
            }
            for said in [&symptom.en, &symptom.zh] {
                let hits = index.find(said, 3);
                let first = hits.iter().map(|hit| hit.id.as_str());
                let found: Vec<_> = first.collect();
                assert!(
                    symptom.examples.iter().take(2).any(|id| found.contains(&id.as_str())),
                    "{said}: {found:?}"
                );
            }
        }
    }

    /// As people type it: short, with errors, in the words of a message, in either language.
    #[test]
    fn what_people_type_is_among_the_first_three() {
        let index = course().index();
        let mut missed = Vec::new();
        for (typed, wanted) in [
            ("hang", "deadlock-lock-order queue-join blocking-sleep stubborn-child"),
            (
                "TimeoutError",
                "wait-for-timeout timeout-scope timeout-and-result timeout-holds-lock",
            ),
            ("swallow", "cancel-cleanup stubborn-child timeout-then-cancel canceller-cancelled"),
            ("never awaited", "forgotten-await"),
            ("coroutine was never awaitd", "forgotten-await"),
            ("diferent loop", "coroutine-threadsafe run-vs-run-until-complete"),
            ("卡住", "deadlock-lock-order queue-join blocking-sleep stubborn-child"),
            ("没有执行", "forgotten-await orphan-task cancel-before-start create-task-first"),
            ("取消不了", "cancel-cleanup stubborn-child"),
            ("lost exception", "exception-never-retrieved shield-failure"),
            ("task destroyed pending", "orphan-task run-forever-stop"),
            ("gather one fails others", "gather-failure group-vs-gather"),
            ("限制并发", "semaphore-workers bounded-map unbounded-gather"),
            ("semaphor too many", "bounded-semaphore semaphore-workers"),
            ("time.sleep blocks", "blocking-sleep sync-vs-async"),
            ("死锁", "deadlock-lock-order"),
            ("race condition", "race-and-lock"),
            ("backpressure", "queue-backpressure"),
            ("超时没用", "wait-for-timeout stubborn-child timeout-holds-lock"),
            ("cannot reuse already awaited", "await-again"),
            ("ctrl+c doesnt stop my script", "ctrl-c"),
            ("按ctrl c退不出来", "ctrl-c"),
            ("graceful shutdown sigterm", "ctrl-c"),
            ("asyncio.run() cannot be called from a running event loop jupyter", "nested-run"),
            ("jupyter里跑不了asyncio.run", "nested-run"),
            ("is bound to a different event loop pytest", "two-runs"),
            ("queue join never returns after exception in worker", "queue-join"),
            ("worker抛异常之后join一直等", "queue-join"),
            ("wait_closed hangs python 3.12", "server-close"),
            ("服务器关不掉", "server-close"),
            ("got the response of the previous request", "stale-answer"),
            ("回答串了", "stale-answer database-pool connection-pool"),
            ("StopIteration interacts badly with generators", "stop-iteration"),
            ("asynchronous generator is already running", "anext-by-hand"),
            ("break async for finally not executed", "break-async-for"),
            ("timeout inside async generator cancels the wrong thing", "timeout-in-generator"),
            ("await drain but heartbeat stops", "drain-gives-way"),
            ("写了await其他任务还是不跑", "drain-gives-way blocking-sleep"),
            ("Executing Task took 0.5 seconds", "debug-slow"),
            ("怎么知道哪一步慢", "debug-slow"),
            ("slow_callback_duraton", "debug-slow"),
            ("too many threads to_thread slow", "thousand-waiters"),
            ("can't start new thread", "thousand-waiters"),
            ("run a function every 5 seconds", "scheduled-callbacks"),
            ("每隔几秒执行一次", "scheduled-callbacks"),
            ("logging task name", "logging-levels structured-logging"),
            ("日志阻塞事件循环", "logging-levels"),
            ("aiofiles slow", "lines-of-file file-io"),
            ("统计单词", "lines-of-file file-io"),
            ("a coroutine was expected got Task", "ensure-future"),
            ("list index pop from empty list condition", "condition-buffer"),
            ("one None for three consumers", "queue-sentinel"),
            ("limit to 5 requests at the same time", "exercise-api-client semaphore-workers"),
            ("最多同时5个请求", "exercise-api-client semaphore-workers bounded-map"),
            ("BoundedSemaphore released too many times", "bounded-semaphore"),
            ("Exception in callback", "future-callbacks scheduled-callbacks"),
            ("'async for' requires an object with __aiter__ method, got list", "anext-by-hand"),
            ("output in wrong order", "gather-order as-completed"),
            ("timed out but the request was still made", "shield-timeout wait-timeout"),
            ("超时之后锁没释放", "timeout-holds-lock"),
            ("cant catch exception from create_task", "exception-never-retrieved"),
            ("call async function from sync code", "run-vs-run-until-complete nested-run"),
            ("done callback not called", "future-callbacks scheduled-callbacks"),
            ("rate limit 429 to many requests", "token-bucket rate-by-semaphore"),
            ("怎样取消正在等待的任务", "cancel-cleanup cancel-before-start"),
            ("回调里怎么await", "scheduled-callbacks future-callbacks"),
            ("两个协程同时修改变量 结果不对", "race-and-lock"),
            ("为什么程序没等任务完成就退出了", "orphan-task shield-timeout"),
        ] {
            let found: Vec<_> = index.find(typed, 3).into_iter().map(|hit| hit.id).collect();
            if !found.iter().any(|id| wanted.split(' ').any(|w| w == id)) {
                missed.push(format!("{typed}: {found:?}"));
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }
}
