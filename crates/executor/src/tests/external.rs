//! What happens beside the loop.

use super::*;
use trace::{Actor, EventKind, Trace};

/// Schedules from outside, at `when`, a call that says `what`, as another thread does.
fn call_from_outside(executor: &Executor, log: &Log, when: f64, what: &'static str) -> Handle {
    let (core, saying) = (executor.core(), log.saying(what));
    executor.call_external_at(when, move || {
        core.call_soon(saying);
        core.interrupt();
    })
}

#[test]
fn events_happen_at_their_times_in_order_and_before_timers() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    for (when, name) in [(2.0, "c"), (1.0, "a"), (2.0, "d"), (1.0, "b")] {
        executor.call_at(when, log.saying(if when == 1.0 { "timer 1" } else { "timer 2" }));
        let (inner, core) = (log.clone(), executor.core());
        executor.call_external_at(when, move || {
            inner.say(format!("{name} after turn {}", core.iterations()));
            core.call_soon(inner.saying("called"));
            core.interrupt();
        });
    }
    executor.run().unwrap();
    let expected = [
        "1.0 a after turn 0",
        "1.0 b after turn 0",
        "1.0 called",
        "1.0 called",
        "1.0 timer 1",
        "1.0 timer 1",
        "2.0 c after turn 1",
        "2.0 d after turn 1",
        "2.0 called",
        "2.0 called",
        "2.0 timer 2",
        "2.0 timer 2",
    ];
    assert_eq!(log.take(), expected);
}

#[test]
fn they_happen_while_the_loop_is_held() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    for when in [0.5, 1.0, 1.5] {
        executor.call_external_at(when, log.saying("outside"));
    }
    call_from_outside(&executor, &log, 0.75, "called");
    let (inner, core) = (log.clone(), executor.core());
    executor.call_soon(move || {
        core.block(1.0);
        inner.say("held");
    });
    executor.call_soon(log.saying("same turn"));
    executor.run().unwrap();
    let expected = [
        "0.5 outside",
        "1.0 outside", // at the end of blocking work it comes first
        "1.0 held",
        "1.0 same turn",
        "1.0 called",
        "1.5 outside",
    ];
    assert_eq!(log.take(), expected);
}

#[test]
fn an_event_due_at_once_happens_before_the_next_turn() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let (inner, core) = (log.clone(), executor.core());
    executor.call_soon(move || {
        core.call_external_at(0.0, inner.saying("outside"));
        core.call_later(0.0, inner.saying("timer"));
        core.call_soon(inner.saying("next turn"));
    });
    executor.call_soon(log.saying("same turn"));
    executor.run().unwrap();
    assert_eq!(log.take(), ["0.0 same turn", "0.0 outside", "0.0 next turn", "0.0 timer"]);
}

#[test]
fn a_loop_that_waits_does_not_notice_without_an_interrupt() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let (inner, core) = (log.clone(), executor.core());
    executor.call_external_at(1.0, move || drop(core.call_soon(inner.saying("unnoticed"))));
    executor.call_at(3.0, log.saying("timer"));
    executor.run().unwrap();
    assert_eq!(log.take(), ["3.0 unnoticed", "3.0 timer"]);

    let core = executor.core();
    let inner = log.clone();
    executor
        .call_external_at(4.0, move || drop(core.call_soon(inner.saying("for ever unnoticed"))));
    assert_eq!(settle(&executor), Progress::Idle);
    assert_eq!(executor.time(), 4.0);
    executor.interrupt();
    assert_eq!(settle(&executor), Progress::Idle);
    assert_eq!(log.take(), ["4.0 for ever unnoticed"]);
}

#[test]
fn cancelled_events_do_not_happen_nor_move_time() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    call_from_outside(&executor, &log, 1.0, "cancelled").cancel();
    executor.call_external_at(f64::INFINITY, log.saying("never"));
    executor.run().unwrap();
    assert_eq!((log.take(), executor.time()), (Vec::new(), 0.0));
}

#[test]
fn the_loop_is_held_from_outside_until_a_moment() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    executor.call_at(1.0, log.saying("timer"));
    let (inner, core) = (log.clone(), executor.core());
    executor.call_external_at(0.5, move || {
        core.occupy(2.0);
        let (again, inner) = (core.clone(), inner.clone());
        core.call_external_at(2.0, move || {
            again.occupy(3.0); // too late: the turn at 2 was granted
            inner.say("outside");
        });
    });
    let (inner, core) = (log.clone(), executor.core());
    executor.call_at(2.5, move || {
        core.occupy(4.0);
        core.block(1.0);
        inner.say("blocked");
        core.work(0.5);
        inner.say("worked");
    });
    executor.run().unwrap();
    let expected = ["2.0 outside", "2.0 timer", "4.0 blocked", "4.5 worked"];
    assert_eq!(log.take(), expected);
    assert_eq!(executor.occupied_until(), 4.5);
}

#[test]
fn a_timer_cancelled_while_the_loop_is_held_leaves_a_turn_without_handles() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let timer = executor.call_at(1.0, log.saying("cancelled"));
    executor.occupy(2.0);
    executor.call_external_at(1.5, move || timer.cancel());
    executor.call_at(3.0, log.saying("timer"));
    executor.run().unwrap();
    assert_eq!(log.take(), ["3.0 timer"]);
}

#[test]
fn blocking_until_something_happens_outside() {
    let executor = Executor::traced(VirtualClock, Trace::on());
    let log = Log::of(&executor);
    let done = Rc::new(Cell::new(false));
    executor.call_external_at(0.5, log.saying("outside"));
    let (flag, inner) = (done.clone(), log.clone());
    executor.call_external_at(1.0, move || {
        flag.set(true);
        inner.say("done");
    });
    executor.call_external_at(1.0, log.saying("outside"));
    executor.call_external_at(2.0, log.saying("outside"));
    let (core, inner) = (executor.core(), log.clone());
    executor.call_soon(move || {
        assert!(core.block_until(|| done.get(), Some(9.0)));
        inner.say("woken");
        assert!(core.block_until(|| false, Some(2.5)));
        inner.say("deadline");
        assert!(!core.block_until(|| false, None), "nothing is left to happen");
    });
    executor.run().unwrap();
    let expected =
        ["0.5 outside", "1.0 done", "1.0 outside", "1.0 woken", "2.0 outside", "2.5 deadline"];
    assert_eq!(log.take(), expected);
    let blocked = |events: &[trace::Event]| -> Vec<(f64, f64)> {
        let of = events.iter().filter_map(|event| match event.kind {
            EventKind::Blocked { seconds, .. } => Some((event.time, seconds)),
            _ => None,
        });
        of.collect()
    };
    let expected = [(0.0, 0.5), (0.5, 0.5), (1.0, 1.0), (2.0, 0.5)];
    assert_eq!(executor.trace().with(blocked), expected);
}

#[test]
fn a_loop_that_hangs_runs_nothing_more() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    let core = executor.core();
    executor.call_soon(move || core.block_forever());
    executor.call_soon(log.saying("same turn"));
    executor.call_external_at(1.0, log.saying("outside"));
    assert_eq!(settle(&executor), Progress::Idle);
    assert!(log.take().is_empty());
}

#[test]
fn what_is_left_outside_when_no_turn_begins_any_more() {
    let executor = Executor::new(VirtualClock);
    let log = Log::of(&executor);
    call_from_outside(&executor, &log, 1.0, "never");
    executor.call_external_at(2.0, log.saying("outside"));
    while executor.step_external() == Progress::Ran {}
    assert_eq!(log.take(), ["2.0 outside"]);
}

#[test]
fn on_a_paced_clock_they_happen_when_it_has_come_that_far() {
    let (real, clock) = manual_clock(2.0);
    let executor = Executor::new(clock.clone());
    let log = Log::of(&executor);
    call_from_outside(&executor, &log, 1.0, "called");
    executor.call_external_at(3.0, log.saying("outside"));
    executor.call_at(2.0, log.saying("timer"));
    executor.occupy(4.0);
    assert_eq!(settle(&executor), Progress::Wait(0.5));
    real.set(1000.5);
    assert_eq!(settle(&executor), Progress::Wait(1.0), "an event at 3 s of loop time");
    clock.pause();
    assert_eq!(executor.step(), Progress::Wait(f64::INFINITY));
    clock.resume();
    real.set(1001.5);
    assert_eq!(settle(&executor), Progress::Wait(0.5), "the loop is held until 4 s");
    real.set(1002.0);
    assert_eq!(settle(&executor), Progress::Idle);
    assert_eq!(log.take(), ["3.0 outside", "4.0 called", "4.0 timer"]);
}

#[test]
fn what_they_wake_is_on_nobodys_account() {
    let executor = Executor::traced(VirtualClock, Trace::on());
    let waker = Rc::new(RefCell::new(None::<std::task::Waker>));
    let slot = waker.clone();
    let mut polls = 0;
    let future = std::future::poll_fn(move |context| {
        polls += 1;
        *slot.borrow_mut() = Some(context.waker().clone());
        if polls == 2 { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    });
    executor.spawn("sleeper", future);
    let core = executor.core();
    executor.spawn("holder", async move {
        let inner = core.clone();
        core.call_external_at(1.0, move || {
            assert_eq!((inner.source(), inner.running()), (Actor::Outside, None));
            waker.take().unwrap().wake();
        });
        let before = (core.source(), core.running());
        core.block(2.0);
        assert_eq!((core.source(), core.running()), before);
    });
    executor.run().unwrap();
    let woken = executor.trace().with(|events| {
        let mut woken = events.iter().filter_map(|event| match event.kind {
            EventKind::Woken { by, .. } => Some((event.time, by)),
            _ => None,
        });
        woken.next()
    });
    assert_eq!(woken, Some((1.0, Actor::Outside)));
}

#[test]
fn endless_events_come_to_an_end() {
    fn again(core: Rc<Core>) {
        let inner = core.clone();
        core.call_external_at(core.time(), move || again(inner));
    }
    let executor = Executor::new(VirtualClock);
    executor.set_external_budget(1_000);
    again(executor.core());
    let core = executor.core();
    executor.call_soon(move || core.block(1.0));
    executor.run().unwrap();
    assert_eq!(executor.happened(), 1_000);
}

#[test]
fn they_are_freed_with_the_executor() {
    let executor = Executor::new(VirtualClock);
    let value = Rc::new(());
    let weak = Rc::downgrade(&value);
    let core = executor.core();
    executor.call_external_at(1.0, move || drop((core, value)));
    let core = executor.core();
    drop(executor);
    assert_eq!(weak.strong_count(), 0);
    assert!(core.call_external_at(1.0, || ()).cancelled());
}

#[test]
fn a_turn_ends_with_its_last_handle_even_if_that_was_cancelled() {
    let executor = Executor::new(VirtualClock);
    let core = executor.core();
    let last = executor.handle(|| unreachable!("it is cancelled"));
    let cancelled = last.clone();
    executor.call_soon(move || {
        cancelled.cancel();
        core.call_soon(|| ());
    });
    executor.schedule(last.clone());
    assert_eq!(executor.step(), Progress::Ran);
    assert!(!executor.iteration_ended());
    assert_eq!(executor.step(), Progress::Ran);
    assert!(executor.iteration_ended(), "whoever steps may stop here");
    assert_eq!(executor.iterations(), 1);
}
