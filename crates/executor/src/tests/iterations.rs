//! Ready queue, timers and turns.

use super::*;

#[test]
fn handles_run_first_in_first_out_and_what_they_schedule_in_the_next_turn() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    for name in ["a", "b"] {
        let (log, core) = (log.clone(), executor.core());
        executor.call_soon(move || {
            log.say(format!("{name} turn {}", core.iterations()));
            let (log, inner) = (log.clone(), core.clone());
            core.call_soon(move || log.say(format!("{name}' turn {}", inner.iterations())));
        });
    }
    executor.run().unwrap();
    assert_eq!(log.take(), ["0.0 a turn 1", "0.0 b turn 1", "0.0 a' turn 2", "0.0 b' turn 2"]);
}

#[test]
fn due_timers_go_behind_what_is_ready_already() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let (inner, core) = (log.clone(), executor.core());
    executor.call_soon(move || {
        core.call_later(1.0, inner.saying("timer"));
        core.call_soon(inner.saying("ready"));
        core.block(2.0); // the timer is overdue when the next turn begins
    });
    executor.run().unwrap();
    assert_eq!(log.take(), ["2.0 ready", "2.0 timer"]);
}

#[test]
fn a_timer_due_at_once_waits_for_the_turn_to_end() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let (inner, core) = (log.clone(), executor.core());
    executor.call_soon(move || {
        core.call_later(0.0, inner.saying("timer"));
        core.call_soon(inner.saying("next turn"));
    });
    executor.call_soon(log.saying("same turn"));
    executor.run().unwrap();
    assert_eq!(log.take(), ["0.0 same turn", "0.0 next turn", "0.0 timer"]);
}

#[test]
fn timers_run_by_deadline_then_by_order_scheduled() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    for (when, name) in [(2.0, "c"), (1.0, "a"), (2.0, "d"), (1.0, "b"), (2.0, "e")] {
        executor.call_at(when, log.saying(name));
    }
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 a", "1.0 b", "2.0 c", "2.0 d", "2.0 e"]);
}

#[test]
fn timers_within_the_clock_resolution_fire_in_one_turn_by_deadline() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    for (when, name) in [(1.0 + 5e-10, "late"), (1.0, "early"), (1.0 + 5e-9, "apart")] {
        let (log, core) = (log.clone(), executor.core());
        executor.call_at(when, move || log.say(format!("{name} turn {}", core.iterations())));
    }
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 early turn 1", "1.0 late turn 1", "1.000000005 apart turn 2"]);
}

#[test]
fn a_deadline_in_the_past_does_not_turn_time_back() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let (inner, core) = (log.clone(), executor.core());
    executor.call_at(2.0, move || drop(core.call_at(1.0, inner.saying("late"))));
    executor.run().unwrap();
    assert_eq!(log.take(), ["2.0 late"]);
}

#[test]
fn cancelled_handles_do_not_run_nor_move_time() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    executor.call_soon(log.saying("ready, cancelled")).cancel();
    executor.call_at(1.0, log.saying("kept"));
    executor.call_at(0.5, log.saying("before, cancelled")).cancel();
    executor.call_at(9.0, log.saying("after, cancelled")).cancel();
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 kept"]);
    assert_eq!(executor.time(), 1.0);
}

#[test]
fn a_handle_may_cancel_another_of_its_own_turn() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let victim = executor.handle(log.saying("victim"));
    let by = victim.clone();
    executor.call_soon(move || by.cancel());
    executor.schedule(victim.clone());
    executor.call_soon(log.saying("after"));
    executor.run().unwrap();
    assert_eq!(log.take(), ["0.0 after"]);
}

#[test]
fn a_new_task_is_polled_in_its_place_among_the_callbacks() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    executor.call_soon(log.saying("before"));
    let inner = log.clone();
    executor.spawn("task", async move { inner.say("task") });
    executor.call_soon(log.saying("after"));
    executor.run().unwrap();
    assert_eq!(log.take(), ["0.0 before", "0.0 task", "0.0 after"]);
}

#[test]
fn stuck_names_every_blocked_task_and_what_it_waits_for() {
    let executor = Executor::new(VirtualClock);
    let core = executor.core();
    executor.spawn("mute", std::future::pending());
    executor.spawn("brief", async {});
    executor.spawn("lost", async move {
        std::future::poll_fn(|_| {
            core.waits_for(trace::Wait::Future, None);
            std::task::Poll::Pending
        })
        .await
    });
    let stuck = executor.run().unwrap_err();
    let blocked: Vec<_> = stuck.blocked.iter().map(|task| (&*task.name, &task.cause)).collect();
    let expected = [("mute", &trace::Wait::Unknown), ("lost", &trace::Wait::Future)];
    assert_eq!(blocked, expected);
    let text = stuck.to_string();
    assert!(text.contains("mute waits for something unknown, lost waits for a future"), "{text}");
}
