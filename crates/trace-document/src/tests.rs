//! What is written is read, what is foreign is made ours, what is broken is told.

use crate::{Broken, Document, End, Failure, Header, Reading, read, write};
use std::ops::ControlFlow;
use std::rc::Rc;
use trace::{
    Actor, Coroutine, Event, EventKind, GroupOp, HandleId, HandleKind, Log, LoopId, Op, Outcome,
    Place, ResourceId, ResourceKind, Site, TaskId, TimeoutId, Wait,
};

const HEADER: &str = r#"{"format": "coroscope-trace", "version": 1}"#;

/// Reads these lines below a header.
fn lines(lines: &[&str]) -> Result<Document, Broken> {
    let all: Vec<&str> = [HEADER].iter().chain(lines).copied().collect();
    read((all.join("\n") + "\n").as_bytes())
}

fn kinds(read: &Document) -> Vec<EventKind> {
    read.events.iter().map(|event| event.kind.clone()).collect()
}

fn task(n: u32) -> EventKind {
    let (task, name) = (TaskId(n), format!("Task-{}", n + 1).into());
    EventKind::TaskCreated { task, parent: None, name, eager: false }
}

/// Every kind of event, wait, resource, actor and outcome.
fn everything() -> Vec<EventKind> {
    let (t0, t1) = (TaskId(0), TaskId(1));
    let (handle, timeout) = (HandleId(0), TimeoutId(0));
    let site = Site::new(Place {
        file: "shop.py".into(),
        line: 3,
        column: Some(9),
        function: Some("main".into()),
        within: None,
    });
    let inner = Place { line: 7, within: Some(site.clone()), ..Place::in_file("shop.py") };
    let fetch = Coroutine {
        function: "fetch".into(),
        arguments: Some("0, 1.2".into()),
        at: Some(site.clone()),
    };
    let mut kinds = vec![
        EventKind::LoopRuns { id: LoopId(0) },
        EventKind::IterationBegan { number: 1 },
        task(0),
        EventKind::TaskCreated { task: t1, parent: Some(t0), name: "\"é\"".into(), eager: true },
        EventKind::Runs { task: t1, coroutine: Rc::new(fetch) },
        EventKind::Runs { task: t0, coroutine: Rc::new(Coroutine::of("main")) },
        EventKind::Suspended { task: t0, wait: Wait::Future, at: Some(Site::new(inner)) },
        EventKind::Renamed { task: t1, name: "other".into() },
        EventKind::StepBegan { task: t0, drift: 0.25 },
        EventKind::Blocked { task: Some(t0), seconds: 1.5 },
        EventKind::Blocked { task: None, seconds: 0.5 },
        EventKind::TimeoutEntered { timeout, task: t0, due: Some(2.0) },
        EventKind::TimeoutRescheduled { timeout, due: None },
        EventKind::TimeoutExpired { timeout },
        EventKind::TimeoutLeft { timeout },
        EventKind::TimerFired { handle },
        EventKind::HandleCancelled { handle },
        EventKind::HandleBegan { handle },
        EventKind::HandleEnded { handle },
    ];
    for kind in HandleKind::ALL {
        kinds.push(EventKind::HandleScheduled { handle, kind: *kind, by: Actor::Outside });
    }
    for due in [3.5, f64::INFINITY] {
        let (kind, by) = (HandleKind::Sleep, Actor::Task(t1));
        kinds.push(EventKind::TimerSet { handle, kind, by, due });
    }
    let actors = [Actor::Task(t0), Actor::Timer(handle), Actor::Timeout(timeout), Actor::Network];
    for by in actors.into_iter().chain([Actor::Outside]) {
        kinds.push(EventKind::Woken { task: t0, by });
        kinds.push(EventKind::CancelRequested { task: t1, by });
    }
    let resources = [
        ResourceKind::Permits { limit: 3 },
        ResourceKind::Queue { bound: None },
        ResourceKind::Queue { bound: Some(2) },
        ResourceKind::Flag,
        ResourceKind::Lock,
        ResourceKind::Condition,
        ResourceKind::Barrier { parties: 2 },
        ResourceKind::Pool { workers: 4, processes: true },
        ResourceKind::Pool { workers: 4, processes: false },
        ResourceKind::Link { outward: true },
        ResourceKind::Link { outward: false },
        ResourceKind::Server { port: 8080 },
        ResourceKind::Value,
        ResourceKind::Other,
    ];
    for (n, kind) in resources.into_iter().enumerate() {
        kinds.push(EventKind::ResourceCreated { id: ResourceId(n as u32), kind });
    }
    let id = ResourceId(1);
    kinds.push(EventKind::ResourceNamed { id, name: "locks['é']".into() });
    let mut waits = vec![
        Wait::NextIteration,
        Wait::Sleep { until: 0.1 + 0.2 },
        Wait::Sleep { until: f64::INFINITY },
        Wait::Future,
        Wait::Task(t1),
        Wait::Unknown,
    ];
    for op in GroupOp::ALL {
        waits.push(Wait::Tasks { op: *op, tasks: Rc::new(vec![t1, t0]) });
        waits.push(Wait::Tasks { op: *op, tasks: Rc::default() });
    }
    for op in Op::ALL {
        waits.extend([Wait::Resource { id, op: *op }, Wait::Op(*op)]);
    }
    for wait in waits {
        kinds.push(EventKind::Suspended { task: t0, wait: wait.clone(), at: Some(site.clone()) });
        kinds.push(EventKind::Suspended { task: t1, wait, at: None });
    }
    let outcomes = [Outcome::Done, Outcome::failed("ValueError: no"), Outcome::Cancelled];
    for (job, outcome) in outcomes.into_iter().enumerate() {
        kinds.push(EventKind::Finished { task: t1, outcome: outcome.clone() });
        kinds.push(EventKind::JobEnded { id, job: job as u32, outcome });
    }
    for who in [Some(t0), None] {
        kinds.extend([
            EventKind::PermitTaken { id, holder: who, free: 0 },
            EventKind::PermitReturned { id, holder: who, free: usize::MAX },
            EventKind::QueuePut { id, task: who, depth: 1 },
            EventKind::QueueGot { id, task: who, depth: 0 },
            EventKind::QueueTaskDone { id, task: who, unfinished: 2 },
            EventKind::QueueShutDown { id, task: who, immediate: true },
            EventKind::FlagSet { id, task: who },
            EventKind::FlagCleared { id, task: who },
            EventKind::Notified { id, task: who, count: 2 },
            EventKind::BarrierChanged { id, task: who, waiting: 1, broken: true },
            EventKind::JobQueued { id, job: 7, task: who },
            EventKind::JobBegan { id, job: 7, worker: 3 },
            EventKind::BytesSent { id, task: who, bytes: 90, arrival: 4.5 },
            EventKind::BytesArrived { id, bytes: 90 },
            EventKind::LinkClosed { id },
            EventKind::ValueRead { id, task: who, value: 0.0 },
            EventKind::ValueWritten { id, task: who, value: -1.5 },
            EventKind::Printed { task: who, text: "a\tline \u{2028} \u{1F600}".into() },
            EventKind::Logged {
                task: who,
                log: Rc::new(Log {
                    message: "m".into(),
                    about: who,
                    error: None,
                    late: who.is_none(),
                }),
            },
        ]);
    }
    let error = Some("ValueError".into());
    let log = Rc::new(Log { message: "m".into(), about: None, error, late: true });
    kinds.push(EventKind::Logged { task: None, log });
    kinds.push(EventKind::LoopClosed);
    kinds
}

#[test]
fn every_event_is_written_and_read_back() {
    let kinds = everything();
    let events = kinds.into_iter().enumerate();
    let events = events.map(|(n, kind)| Event { time: (n / 3) as f64 * 0.1, kind }).collect();
    let failures = [
        None,
        Some(Failure::Raised { type_name: "ValueError".into(), text: "no".into() }),
        Some(Failure::Stuck { blocked: vec![TaskId(0)] }),
        Some(Failure::Cut),
    ];
    let mut document = Document { events, ..Document::default() };
    document.header.sources.insert("shop.py".into(), "import asyncio\n".into());
    document.header.parameters.insert("DELAYS".into(), vec![0.1, 0.3].into());
    let ends = failures.into_iter().map(|failure| Some(End { time: 99.0, failure }));
    for end in ends.chain([None]) {
        document.end = end;
        let mut file = Vec::new();
        write(&document, &mut file).expect("a Vec takes all");
        assert_eq!(read(&file).expect("it is whole"), document);
    }
}

#[test]
fn foreign_numbers_become_ours() {
    let read = lines(&[
        r#"{"e": "task_created", "t": 0, "task": 140221, "name": "main"}"#,
        r#"{"e": "task_created", "task": 17, "parent": 140221, "name": "child"}"#,
        r#"{"e": "resource_created", "resource": 999, "kind": "lock"}"#,
        r#"{"e": "suspended", "t": 1, "task": 140221, "wait": "gather", "tasks": [17, 5]}"#,
        r#"{"e": "finished", "task": 17, "outcome": "done"}"#,
        r#"{"e": "task_created", "task": 17, "name": "by the same number"}"#,
        r#"{"e": "step_began", "task": 17}"#,
        r#"{"e": "task_created", "task": 5, "name": "late"}"#,
        r#"{"e": "permit_taken", "resource": 4, "task": 17, "free": 0}"#,
    ]);
    let read = read.expect("it is whole");
    let created = |n, parent: Option<u32>, name: &str, eager| EventKind::TaskCreated {
        task: TaskId(n),
        parent: parent.map(TaskId),
        name: name.into(),
        eager,
    };
    let tasks = Rc::new(vec![TaskId(1), TaskId(2)]);
    assert_eq!(
        kinds(&read),
        [
            created(0, None, "main", false),
            created(1, Some(0), "child", false),
            EventKind::ResourceCreated { id: ResourceId(0), kind: ResourceKind::Lock },
            created(2, None, "task 5", true),
            EventKind::Suspended {
                task: TaskId(0),
                wait: Wait::Tasks { op: GroupOp::Gather, tasks },
                at: None,
            },
            EventKind::Finished { task: TaskId(1), outcome: Outcome::Done },
            created(3, None, "by the same number", false),
            EventKind::StepBegan { task: TaskId(3), drift: 0.0 },
            EventKind::Renamed { task: TaskId(2), name: "late".into() },
            EventKind::ResourceCreated { id: ResourceId(1), kind: ResourceKind::Other },
            EventKind::PermitTaken { id: ResourceId(1), holder: Some(TaskId(3)), free: 0 },
        ]
    );
    let times: Vec<f64> = read.events.iter().map(|event| event.time).collect();
    assert_eq!(times, [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn what_is_unknown_is_kept() {
    let text = [
        r#"{"format":"coroscope-trace","version":1,"clock":"virtual","host":{"cpus":2}}"#,
        r#"{"e":"task_created","t":0.5,"task":0,"name":"main","colour":"red"}"#,
        r#"{"e":"moon_rose","t":1.5,"phase":["full",{"of":3}]}"#,
        r#"{"e":"suspended","task":0,"wait":"telepathy","values":{"x":1}}"#,
        r#"{"e":"resource_created","resource":0,"kind":"teapot"}"#,
        r#"{"e":"handle_scheduled","handle":0,"what":"ghost"}"#,
        "",
    ];
    let document = read(text.join("\n").as_bytes()).expect("it is whole");
    let unknown = EventKind::Unknown(text[2].into());
    assert_eq!(document.events[1], Event { time: 1.5, kind: unknown });
    assert_eq!(document.events[2].time, 1.5, "an unknown event has a time, too");
    let EventKind::Suspended { wait, .. } = &document.events[2].kind else { unreachable!() };
    assert_eq!(*wait, Wait::Op(Op::Other));
    let mut file = Vec::new();
    write(&document, &mut file).expect("a Vec takes all");
    let values = |text: &str| -> Vec<serde_json::Value> {
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let written = String::from_utf8(file).expect("text");
    assert_eq!(values(&written), values(&text.join("\n")));
}

#[test]
fn a_file_that_was_cut_off_has_what_came_before() {
    let line = r#"{"e":"printed","t":0.5,"text":"é"}"#;
    let whole = format!("{HEADER}\n{line}");
    let cut = |at: usize| read(&whole.as_bytes()[..at]);
    for at in HEADER.len()..whole.len() {
        let document = cut(at).expect("the header is there");
        assert!(document.events.is_empty() && document.end.is_none());
    }
    assert_eq!(cut(whole.len()).expect("whole").events.len(), 1);
    for at in 0..HEADER.len() {
        assert_eq!(cut(at).expect_err("no header").line, 1, "{at}");
    }
}

#[test]
fn what_is_broken_is_told_with_its_line() {
    let first = r#"{"e": "task_created", "t": 1, "task": 0}"#;
    let deep = format!(r#"{{"e": "printed", "text": "x", "more": {}"#, "[".repeat(100_000));
    let cases = [
        (r#"{"e": "woken", "task": "zero"}"#, "invalid type"),
        (r#"{"e": "woken", "task": -1}"#, "invalid value"),
        (r#"{"e": "woken", "task": 1.5}"#, "invalid type"),
        (r#"{"e": "woken"}"#, "the field `task` is missing"),
        (r#"{"task": 0}"#, "the field `e` is missing"),
        (r#"{"e": 3, "task": 0}"#, "expected a text"),
        (r#"{"e": "woken", "t": 0.5, "task": 0}"#, "time goes backwards"),
        (r#"{"e": "woken", "t": -1, "task": 0}"#, "nothing happens at -1 s"),
        (r#"{"e": "woken", "t": "nan", "task": 0}"#, "nothing happens at NaN s"),
        (r#"{"e": "woken", "t": 1e999, "task": 0}"#, "number out of range"),
        (r#"{"e": "woken", "t": NaN, "task": 0}"#, "expected value"),
        (r#"{"e": "woken", "task": 0, "task": 1}"#, "duplicate field"),
        (r#"{"e": "suspended", "task": 0, "wait": "sleep"}"#, "the field `until` is missing"),
        (r#"{"e": "suspended", "task": 0, "wait": "future", "at": 3}"#, "no site has the number 3"),
        (r#"{"e": "finished", "task": 0, "outcome": "maybe"}"#, "nothing ends `maybe`"),
        (r#"{"e": "blocked", "seconds": "inf"}"#, "nothing can hold the loop"),
        (r#"{"e": "job_began", "resource": 0, "job": 0, "worker": 99999999}"#, "no pool has"),
        (r#"["e", "woken"]"#, "invalid type"),
        (r#"null"#, "invalid type"),
        ("\u{0}\u{0}", "expected value"),
        (&deep, "recursion limit exceeded"),
    ];
    for (line, reason) in cases {
        let broken = lines(&[first, line, first]).expect_err(line);
        assert_eq!(broken.line, 3, "{line}");
        assert!(broken.reason.contains(reason), "{line}: {}", broken.reason);
        assert_eq!(broken.until.events.len(), 1, "{line}: what came before is there");
    }
    let after =
        lines(&[first, r#"{"e": "end", "end": "done"}"#, first]).expect_err("after the end");
    assert!(after.to_string().contains("line 4: the trace goes on"), "{after}");
}

#[test]
fn what_is_no_trace_is_told() {
    let cases = [
        ("", "there is nothing in it"),
        ("\n \n", "there is nothing in it"),
        ("hello", "this is no trace"),
        ("[1, 2]", "this is no trace"),
        (r#"{"format": "other", "version": 1}"#, "this is no trace"),
        (r#"{"traceEvents": []}"#, "this is no trace"),
        (r#"{"format": "coroscope-trace"}"#, "`version` is missing"),
        (r#"{"format": "coroscope-trace", "version": 0}"#, "version 0"),
        (r#"{"format": "coroscope-trace", "version": 2}"#, "version 2"),
        (r#"{"format": "coroscope-trace", "version": 1, "clock": "sundial"}"#, "unknown variant"),
    ];
    for (file, reason) in cases {
        let broken = read(file.as_bytes()).expect_err(file);
        assert!(broken.reason.contains(reason), "{file}: {}", broken.reason);
    }
    assert!(read(&[b'{', 0xff, b'}']).is_err());
    assert_eq!(Header::default().version, 1);
}

#[test]
fn the_text_of_a_file_may_come_later() {
    let file = concat!(
        r#"{"format":"coroscope-trace","version":1}"#,
        "\n",
        r#"{"e":"task_created","t":0.5,"task":0}"#,
        "\n",
        r#"{"e":"source","file":"a/b.py","text":"x = 1\n"}"#,
        "\n",
        r#"{"e":"source","file":"c.py"}"#,
        "\n",
    );
    let broken = read(file.as_bytes()).expect_err("a text is missing");
    assert_eq!((broken.line, broken.until.events.len()), (4, 1));
    assert_eq!(broken.until.header.sources["a/b.py"], "x = 1\n");
}

#[test]
fn what_is_read_by_parts_is_what_is_read_at_once() {
    let event = |n: u32| format!(r#"{{"e": "task_created", "t": {n}, "task": {n}, "more": "é"}}"#);
    let good = format!("\n{HEADER}\n\n{}\n", (0..40).map(event).collect::<Vec<_>>().join("\n"));
    let wrong = format!("{good}{{\"e\": 3}}\n{}\n", event(50));
    let cut = &good[..good.len() - 20];
    for file in [&good, &wrong, cut, "", "\n\n", "{}\n"] {
        let whole = read(file.as_bytes());
        for bytes in [1, 7, 100, file.len(), usize::MAX] {
            let (mut reading, mut parts) = (Reading::default(), 0);
            let all = loop {
                match reading.part(file.as_bytes(), bytes) {
                    ControlFlow::Continue(next) => {
                        assert!(next.at() > parts * bytes, "it gets on");
                        (reading, parts) = (next, parts + 1);
                    }
                    ControlFlow::Break(all) => break all,
                }
            };
            assert!(bytes > 100 || file.len() < 1000 || parts > 10, "{parts} parts of {bytes}");
            match (&all, &whole) {
                (Ok(all), Ok(whole)) => assert_eq!(all, whole),
                (Err(all), Err(whole)) => {
                    assert_eq!((all.line, &all.reason), (whole.line, &whole.reason));
                    assert_eq!(all.until, whole.until);
                }
                _ => panic!("{all:?} and not {whole:?}, by parts of {bytes}"),
            }
        }
    }
}
