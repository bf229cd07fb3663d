//! The names of all operations, as the interpreter records them.

/// Operations that go with no object, or that are told apart by an option.
const PLAIN: &[&str] = &[
    // Awaited.
    "call",
    "sleep",
    "gather",
    "wait",
    "wait_for",
    "shield",
    "to_thread",
    "run_in_executor",
    "open_connection",
    "start_server",
    // Not awaited.
    "future",
    "coroutine",
    "create_task",
    "create_task eager",
    "ensure_future",
    "generator",
    "call_soon",
    "call_later",
    "call_at",
    "call_soon_threadsafe",
    "time",
    "current_task",
    "all_tasks",
    "stop",
    "time_sleep",
    "assign",
    "add",
    "del",
    "print",
    "show",
    // Control.
    "try",
    "raise",
    "raise again",
    "return",
    "break",
    "continue",
    "repeat",
    "if",
    "timeout",
    "timeout at",
    "task_group",
    "context",
    "for_completed",
    "for_completed async",
    "yield",
    // How a program is run.
    "run run",
    "run runner",
    "run loop",
    "debug",
    "eager",
];

/// Operations by the types of the objects they are done on; `OPERATION TYPE` is recorded.
const ON: &[(&[&str], &[&str])] = &[
    (
        &["new"],
        &[
            "Lock",
            "Event",
            "Condition",
            "Barrier",
            "Semaphore",
            "BoundedSemaphore",
            "Queue",
            "LifoQueue",
            "PriorityQueue",
            "ThreadPool",
            "ProcessPool",
        ],
    ),
    (&["await"], &["Task", "Future", "Coroutine"]),
    (&["create_task"], &["TaskGroup"]),
    (&["cancel"], &["Task", "Future", "Handle"]),
    (&["uncancel", "cancelling", "get_name", "set_name"], &["Task"]),
    (&["done", "cancelled", "result", "exception"], &["Task", "Future"]),
    (&["add_done_callback", "remove_done_callback"], &["Task", "Future"]),
    (&["set_result", "set_exception"], &["Future"]),
    (&["when"], &["Handle", "Timeout"]),
    (&["reschedule", "expired"], &["Timeout"]),
    (
        &["acquire", "release", "locked", "async_with"],
        &["Lock", "Semaphore", "BoundedSemaphore", "Condition"],
    ),
    (&["wait"], &["Event", "Condition", "Barrier"]),
    (&["set", "clear", "is_set"], &["Event"]),
    (&["wait_until", "notify", "notify_all"], &["Condition"]),
    (&["reset", "abort", "n_waiting", "parties", "broken", "async_with"], &["Barrier"]),
    (
        &[
            "put",
            "get",
            "join",
            "put_nowait",
            "get_nowait",
            "task_done",
            "qsize",
            "empty",
            "full",
            "shutdown",
        ],
        &["Queue", "LifoQueue", "PriorityQueue"],
    ),
    (&["run_in_executor", "shutdown"], &["ThreadPool", "ProcessPool"]),
    (
        &[
            "read",
            "readline",
            "readexactly",
            "readuntil",
            "drain",
            "wait_closed",
            "write",
            "writelines",
            "write_eof",
            "close",
            "is_closing",
            "at_eof",
            "transport_abort",
        ],
        &["Stream"],
    ),
    (
        &[
            "wait_closed",
            "serve_forever",
            "close",
            "is_serving",
            "close_clients",
            "abort_clients",
            "async_with",
        ],
        &["Server"],
    ),
    (&["anext", "asend", "athrow", "aclose", "async_for"], &["Generator"]),
    (&["random"], &["random", "uniform", "randint", "choice", "shuffle", "expovariate", "gauss"]),
    (
        &["job"],
        &[
            "sleep",
            "cpu",
            "print",
            "return",
            "raise",
            "call_soon_threadsafe",
            "submit",
            "result",
            "cancel",
        ],
    ),
];

/// The names of all operations.
pub fn operations() -> impl Iterator<Item = String> {
    let on = ON.iter().flat_map(|(names, types)| {
        names.iter().flat_map(move |name| types.iter().map(move |kind| format!("{name} {kind}")))
    });
    PLAIN.iter().map(|&name| name.to_owned()).chain(on)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_operation_is_named_once() {
        let all: Vec<String> = operations().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn every_operation_of_the_page_is_named() {
        let page = include_str!("../../../differential/LANGUAGE.md");
        let tables =
            page.split("## Awaitables").nth(1).and_then(|rest| rest.split("## Jobs").next());
        for row in
            tables.expect("these are headings").lines().filter(|line| line.starts_with("| `"))
        {
            let first = row.split('|').nth(1).expect("a row has cells");
            // Names of operations precede the names of their fields, which may be operations too.
            let name = first.trim().trim_start_matches('`').split('`').next().expect("a name");
            let named = |all: String| all.split(' ').next() == Some(name);
            assert!(operations().any(named), "{name}");
        }
    }
}
