use serde_json::json;

use super::*;

/// Why a program is refused whose `main` has these statements.
fn refusal(main: Json) -> String {
    whole(json!({"coroutines": {"main": main}}))
}

fn whole(program: Json) -> String {
    Program::read(&program).expect_err("it must be refused").to_string()
}

#[test]
fn the_example_of_the_page_can_be_read() {
    let page = include_str!("../../../differential/LANGUAGE.md");
    let lines = page.lines().filter_map(|line| line.strip_prefix("    "));
    let text: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    let json = serde_json::from_str(&text.join("\n")).expect("JSON");
    let program = Program::read(&json).expect("a program");
    assert_eq!(program.coroutines.len(), 2);
    assert_eq!(program.objects.len(), 1);
    assert_eq!(&*program.coroutines["main"][2].label, "cancel t");
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let slep = json!({"op": "slep", "delay": 1});
    let body = json!([{"op": "break"}, {"op": "repeat", "times": 2, "body": [slep]}]);
    assert_eq!(refusal(body), "coroutines.main[1].body[0]: unknown op \"slep\"");
    for (statement, why) in [
        (json!({"op": "sleep"}), ": \"delay\" is missing"),
        (json!({"op": "sleep", "delay": "1"}), ".delay: not a number"),
        (json!({"op": "sleep", "delay": 1, "until": 2}), ": unknown field \"until\""),
        (json!({"op": "call", "coro": "x"}), ".coro: there is no coroutine \"x\""),
        (json!({"op": "await", "on": {"op": "print"}}), ".on: \"print\" is no awaitable"),
        (json!({"op": "gather", "of": ["a", 1]}), ".of[1]: not an object"),
        (
            json!({"op": "new", "type": "Lokc"}),
            ".type: not one of Lock, Event, Condition, Barrier, \
          Semaphore, BoundedSemaphore, Queue, LifoQueue, PriorityQueue, ThreadPool, ProcessPool, \
          Timeout, TaskGroup, AsyncExitStack, ExitStack",
        ),
        (
            json!({"op": "raise", "error": {"type": "Oops"}}),
            ".error.type: unknown exception \"Oops\"",
        ),
        (json!({"op": "raise"}), ": without \"error\" it must be inside an except clause"),
        (json!({"op": "yield"}), ": only generators yield"),
        (json!({"op": "continue"}), ": not inside a loop"),
        (json!({"op": "timeout", "body": []}), ": either \"delay\" or \"at\""),
        (json!({"op": "call_soon", "callback": "c"}), ".callback: there is no callback \"c\""),
        (json!({"op": "return", "value": {"x": 1}}), ".value: \"var\" is missing"),
        (
            json!({"op": "time", "to": "self"}),
            ": \"self\" is the task that runs: it cannot be kept",
        ),
    ] {
        assert_eq!(refusal(json!([statement])), format!("coroutines.main[0]{why}"));
    }
}

#[test]
fn what_python_would_not_compile_is_refused() {
    let context = json!([{"op": "context", "enter": [{"op": "return"}], "body": []}]);
    assert_eq!(refusal(context), "coroutines.main[0].enter[0]: not inside enter or exit");
    let main = json!([]);
    let sleep = json!([{"op": "sleep", "delay": 1}]);
    let group = json!([{"op": "task_group", "body": []}]);
    for (what, body, why) in [
        ("callbacks", &sleep, "callbacks.x[0]: callbacks do not await"),
        ("callbacks", &group, "callbacks.x[0]: callbacks do not await"),
        (
            "generators",
            &json!([{"op": "return", "value": 1}]),
            "generators.x[0]: a generator returns no value",
        ),
        ("jobs", &group, "jobs.x[0]: no job can \"task_group\""),
    ] {
        assert_eq!(whole(json!({"coroutines": {"main": main}, what: {"x": body}})), why);
    }
}

#[test]
fn a_program_needs_its_mains() {
    assert_eq!(whole(json!({"coroutines": {}})), "mains[0]: there is no coroutine \"main\"");
    assert_eq!(whole(json!([])), "not an object");
    let two = json!({"coroutines": {"a": [], "b": []}, "mains": ["a", "c"]});
    assert_eq!(whole(two), "mains[1]: there is no coroutine \"c\"");
}

#[test]
fn numbers_keep_their_type() {
    let read = |json| Constant::read(&json, &At::Top).expect("a value");
    assert_eq!(
        read(json!([1, 1.0, -2, true, null, "x"])),
        Constant::List(vec![
            Constant::Int(1),
            Constant::Float(1.0),
            Constant::Int(-2),
            Constant::Bool(true),
            Constant::None,
            Constant::Text("x".into()),
        ])
    );
    assert!(Constant::read(&json!(u64::MAX), &At::Top).is_err());
}
