//! Lanes, spans, flows.

use super::*;

#[test]
fn children_stand_below_their_parents_in_order_of_creation() {
    let timeline = timeline(async {
        async fn parent(name: &'static str) -> Result {
            let children = [1, 2].map(|n| create_task_named(sleep(1.0), format!("{name}{n}")));
            gather(children).await?;
            Ok(())
        }
        let tasks = ["a", "b"].map(|name| create_task_named(parent(name), name));
        gather(tasks).await?;
        Ok(())
    });
    let lanes: Vec<_> = timeline.rows().map(|lane| (&*lane.name, lane.depth)).collect();
    let expected = [("Task-1", 0), ("a", 1), ("a1", 2), ("a2", 2), ("b", 1), ("b1", 2), ("b2", 2)];
    assert_eq!(lanes, expected);
    let created = timeline.flows.iter().filter(|flow| flow.kind == FlowKind::Created);
    assert_eq!(created.count(), expected.len() - 1);
}

#[test]
fn a_task_cancelled_before_its_first_step_never_started() {
    let timeline = timeline(async {
        let victim = create_task_named(sleep(5.0), "victim");
        victim.cancel();
        create_task_named(sleep(5.0), "other");
        sleep(1.0).await
    });
    let victim = lane(&timeline, "victim");
    assert_eq!((victim.started, victim.ended), (None, Some(0.0)));
    assert_eq!(victim.outcome, Some(Outcome::Cancelled));
    let other = lane(&timeline, "other");
    assert_eq!((other.started, other.ended), (Some(0.0), Some(1.0)), "cancelled when main ended");
}

#[test]
fn a_sleep_that_is_over_while_the_loop_is_held_is_due_and_not_served() {
    let timeline = timeline(async {
        let sleeper = create_task_named(sleep(1.0), "sleeper");
        let blocker = create_task_named(
            async {
                sleep(0.5).await?;
                time_sleep(2.0);
                sleep(1.0).await
            },
            "blocker",
        );
        gather([sleeper, blocker]).await?;
        Ok(())
    });
    let sleeper = stretches(lane(&timeline, "sleeper"));
    assert_eq!(sleeper, [(0.0, 1.0, "sleeping"), (1.0, 2.5, "due")]);
    let blocker = stretches(lane(&timeline, "blocker"));
    assert_eq!(blocker, [(0.0, 0.5, "sleeping"), (0.5, 2.5, "blocking"), (2.5, 3.5, "sleeping")]);
}

#[test]
fn links_say_who_woke_and_who_cancelled_whom() {
    let timeline = timeline(async {
        let queue = Queue::new(0);
        let getter = create_task_named(queue.get(), "getter");
        let victim = create_task_named(sleep(9.0), "victim");
        let putter = create_task_named(
            async move {
                sleep(1.0).await?;
                queue.put(1).await?;
                sleep(1.0).await?;
                victim.cancel();
                Ok(())
            },
            "putter",
        );
        putter.await?;
        getter.await?;
        Ok(())
    });
    let name = |id| &*timeline.task(id).expect("a task").name;
    let flows: Vec<_> = timeline
        .flows
        .iter()
        .filter(|flow| flow.kind != FlowKind::Created)
        .map(|flow| (flow.time, flow.kind, name(flow.from), name(flow.to)))
        .collect();
    let expected = [
        (1.0, FlowKind::Woke, "putter", "getter"),
        (2.0, FlowKind::Cancelled, "putter", "victim"),
        (2.0, FlowKind::Woke, "putter", "victim"),
        (2.0, FlowKind::Woke, "putter", "Task-1"),
    ];
    assert_eq!(flows, expected);
    let woken: Vec<_> = lane(&timeline, "putter")
        .spans
        .iter()
        .filter_map(|span| match span.state {
            State::Waiting { woken_by, .. } => woken_by,
            _ => None,
        })
        .collect();
    assert!(matches!(woken[..], [Actor::Timer(_), Actor::Timer(_)]));
}

#[test]
fn waits_within_a_range_are_told_by_their_lines() {
    let line = line!() + 4;
    let timeline = timeline(async {
        let nap = |seconds| async move {
            sleep(0.5).await?;
            sleep(seconds).await
        };
        let naps = [create_task_named(nap(1.0), "a"), create_task_named(nap(3.0), "b")];
        gather(naps).await?;
        Ok(())
    });
    let within = |range, task: Option<&str>| {
        let task = task.map(|name| lane(&timeline, name).id);
        let waits = timeline.waits_within(range, task);
        let mine: Vec<f64> =
            waits.filter(|(at, _)| at.line() == line).map(|(_, seconds)| seconds).collect();
        mine
    };
    assert_eq!(within((0.0, 9.0), None), [1.0, 3.0]);
    assert_eq!(within((1.0, 2.0), None), [0.5, 1.0]);
    assert_eq!(within((1.0, 2.0), Some("a")), [0.5]);
    assert_eq!(within((0.0, 0.5), None), []);
}

/// Who raised in whom.
fn raised(timeline: &Timeline) -> Vec<(f64, &str, &str)> {
    let name = |id| &*timeline.task(id).expect("a task").name;
    let flows = timeline.flows.iter().filter(|flow| flow.kind == FlowKind::Raised);
    flows.map(|flow| (flow.time, name(flow.from), name(flow.to))).collect()
}

/// A task that fails after some seconds.
fn failing(seconds: f64, name: &str) -> Task<()> {
    let fails = async move {
        sleep(seconds).await?;
        Err(Error::new("ValueError", "bad"))
    };
    create_task_named(fails, name)
}

#[test]
fn an_exception_is_raised_in_who_awaits_the_task_that_failed() {
    let timeline = timeline(async {
        let outer = create_task_named(async { failing(1.0, "inner").await }, "outer");
        assert!(outer.await.is_err());
        assert!(shield(failing(1.0, "shielded")).await.is_err());
        let slow = create_task_named(sleep(9.0), "slow");
        assert!(gather([failing(1.0, "gathered"), slow]).await.is_err());
        Ok(())
    });
    let expected = [
        (1.0, "inner", "outer"),
        (1.0, "outer", "Task-1"),
        (2.0, "shielded", "Task-1"),
        (3.0, "gathered", "Task-1"),
    ];
    assert_eq!(raised(&timeline), expected);
}

#[test]
fn an_exception_is_not_raised_in_who_is_cancelled_instead_or_only_looks() {
    let timeline = timeline(async {
        // Woken by the end of the task, and asked to cancel itself before its turn.
        let awaits = create_task_named(async { failing(1.0, "failing").await }, "awaits");
        let other = awaits.clone();
        create_task_named(
            async move {
                sleep(1.0).await?;
                sleep(0.0).await?;
                other.cancel();
                Ok(())
            },
            "canceller",
        );
        assert!(awaits.await.expect_err("it is cancelled").is_cancelled());
        wait(&[failing(1.0, "waited for")]).await?;
        // Whether this raises is not in the trace.
        gather_return_exceptions([failing(1.0, "returned")]).await?;
        Ok(())
    });
    assert_eq!(raised(&timeline), []);
}

#[test]
fn waits_say_their_line_and_the_deadline_around_them() {
    let line = line!() + 1;
    let sleeper = || async { sleep(2.0).await };
    let timeline = timeline(async move {
        create_task_named(async move { wait_for(sleeper(), Some(5.0)).await }, "sleeper").await
    });
    assert_eq!(lane(&timeline, "sleeper").at(1.0).and_then(Span::line), Some(line));
    let until = lane(&timeline, "sleeper").spans.iter().find_map(|span| match span.state {
        State::Waiting { until, .. } => until,
        _ => None,
    });
    assert_eq!(until, Some(5.0));
    let standing = timeline.standing(1.0);
    let sleeper = lane(&timeline, "sleeper").id;
    assert!(standing.contains(&(sleeper, line)), "{standing:?}");
    assert_eq!(timeline.standing(2.0), [], "at the end nobody stands anywhere");
}

#[test]
fn who_holds_the_loop_has_gone_on_from_a_line() {
    let line = line!() + 3;
    let (events, end) = record(async move {
        let blocker = async {
            sleep(1.0).await?;
            time_sleep(2.0);
            sleep(1.0).await
        };
        create_task_named(blocker, "blocker").await?;
        // What has awaited nothing before has gone on from nowhere.
        create_task(async {
            time_sleep(1.0);
            Ok(())
        })
        .await
    });
    let whole = Timeline::new(&events, end);
    let blocker = Some((lane(&whole, "blocker").id, line));
    let times = [0.5, 1.0, 2.9, 3.0, 4.5];
    let expected = [None, blocker, blocker, None, None];
    assert_eq!(times.map(|time| whole.holding(time)), expected);
    let so_far = times.map(|time| Timeline::until(&events, time).holding(time));
    assert_eq!(so_far, expected, "of a run so far");
}

#[test]
fn lines_keep_their_time_and_task() {
    let timeline = timeline(async {
        call_later(1.0, || print("by a timer"));
        create_task_named(async { sleep(2.0).await.map(|()| print("by a task")) }, "task").await
    });
    let lines: Vec<_> = timeline
        .lines
        .iter()
        .map(|line| (line.time, line.task.and_then(|id| timeline.task(id)).map(|lane| &*lane.name)))
        .collect();
    assert_eq!(lines, [(1.0, None), (2.0, Some("task"))]);
}

#[test]
fn a_sleeper_cancelled_after_its_time_was_due_all_the_same() {
    let timeline = timeline(async {
        let sleeper = create_task_named(sleep(1.0), "sleeper");
        sleep(0.5).await?;
        time_sleep(2.0);
        sleeper.cancel();
        sleep(1.0).await
    });
    let sleeper = stretches(lane(&timeline, "sleeper"));
    assert_eq!(sleeper, [(0.0, 1.0, "sleeping"), (1.0, 2.5, "due")]);
}

#[test]
fn a_sleeper_is_due_as_soon_as_the_loop_is_known_to_be_held_beyond() {
    let (events, _) = record(async {
        let sleeper = create_task_named(sleep(1.0), "sleeper");
        sleep(0.5).await?;
        time_sleep(2.0);
        sleeper.await
    });
    let seen =
        |events: &[trace::Event], now| stretches(lane(&Timeline::until(events, now), "sleeper"));
    assert_eq!(seen(&events, 0.8), [(0.0, 0.8, "sleeping")]);
    assert_eq!(seen(&events, 2.0), [(0.0, 1.0, "sleeping"), (1.0, 2.0, "due")]);
    let held = events.iter().position(|event| matches!(event.kind, EventKind::Blocked { .. }));
    let before = &events[..held.expect("the loop is held")];
    assert_eq!(seen(before, 1.1), [(0.0, 1.1, "sleeping")], "its clock may be ahead of the loop");
}

#[test]
fn what_holds_the_loop_is_said_for_callbacks_too() {
    let timeline = timeline(async {
        call_later(1.0, || time_sleep(0.5));
        sleep(2.0).await?;
        time_sleep(1.0);
        Ok(())
    });
    let main = Some(timeline.tasks[0].id);
    let held = [(1.0, 1.5, None), (2.0, 3.0, main)].map(|(from, to, by)| Held { from, to, by });
    assert_eq!(timeline.held, held);
    let at = [0.5, 1.2, 1.5, 2.9].map(|time| timeline.held_at(time).map(|held| held.from));
    assert_eq!(at, [None, Some(1.0), None, Some(2.0)]);
}

#[test]
fn a_wait_has_the_nearest_deadline_around_it() {
    let timeline = timeline(async {
        let outer = timeout(Some(5.0));
        let scope = outer.scope(async |outer| {
            sleep(1.0).await?;
            let inner = timeout(Some(9.0));
            let scope = inner.scope(async |inner| {
                sleep(1.0).await?;
                inner.reschedule(Some(3.0))?;
                let _ = sleep(9.0).await;
                sleep(0.5).await?; // it came due, and comes no second time
                outer.reschedule(None)?;
                sleep(0.5).await
            });
            scope.await?;
            outer.reschedule(Some(20.0))?;
            sleep(1.0).await
        });
        scope.await?;
        sleep(1.0).await
    });
    let spans = lane(&timeline, "Task-1").spans.iter();
    let deadlines = spans.filter_map(|span| match &span.state {
        State::Waiting { until, .. } => Some(*until),
        _ => None,
    });
    let expected = [Some(5.0), Some(5.0), Some(3.0), Some(5.0), None, Some(20.0), None];
    assert_eq!(deadlines.collect::<Vec<_>>(), expected);
}

#[test]
fn a_lane_says_what_its_task_runs() {
    async fn fetch(delay: f64) -> Result {
        sleep(delay).await
    }
    let timeline = timeline(async {
        let fetching = create_task_named(fetch(1.0), "a");
        let lock = Lock::new();
        let locking = create_task_named(lock.acquire(), "b");
        let block = create_task_named(async { Ok(()) }, "c");
        fetching.await?;
        locking.await?;
        block.await
    });
    let runs = |name| {
        let coroutine = lane(&timeline, name).coroutine.as_deref();
        coroutine.map(|coroutine| coroutine.function.to_string())
    };
    assert_eq!(runs("a").as_deref(), Some("fetch"));
    assert_eq!(runs("b").as_deref(), Some("acquire"), "a method, by its own name");
    assert_eq!(runs("c"), None, "a block has none");
}

#[test]
fn a_wait_has_the_places_that_await_one_another() {
    use trace::{Place, Site, TaskId};
    let place = |line, within| {
        Site::new(Place { line, within, function: None, ..Place::in_file("shop.py") })
    };
    let (outer, task) = (place(3, None), TaskId(0));
    let inner = place(9, Some(outer.clone()));
    let wait = |at| EventKind::Suspended { task, wait: Wait::Future, at };
    let kinds = [
        (0.0, EventKind::TaskCreated { task, parent: None, name: "main".into(), eager: false }),
        (0.0, EventKind::StepBegan { task, drift: 0.0 }),
        (0.0, wait(Some(inner))),
        (1.0, EventKind::Woken { task, by: Actor::Outside }),
        (1.0, EventKind::StepBegan { task, drift: 0.0 }),
        (1.0, wait(None)),
    ];
    let events = kinds.map(|(time, kind)| trace::Event { time, kind });
    let timeline = Timeline::new(&events, 2.0);
    let spans = lane(&timeline, "main").spans.iter().filter(|span| span.seconds() > 0.0);
    let lines = spans.map(|span| span.frames().iter().map(|site| site.line()).collect());
    assert_eq!(lines.collect::<Vec<Vec<u32>>>(), [vec![3, 9], vec![]]);
}
