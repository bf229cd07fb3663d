//! The same run on both clocks; blocking work, pauses, lateness.

use super::*;
use trace::{EventKind, Trace};

/// Two handles of one turn, of which the first holds the loop.
fn blocking(executor: &Executor) -> Log {
    let log = Log::of(executor);
    let (inner, core) = (log.clone(), executor.core());
    executor.call_soon(move || {
        core.block(2.0);
        inner.say("sees the later time at once");
    });
    executor.call_soon(log.saying("same turn"));
    executor.call_later(1.0, log.saying("timer"));
    log
}

const BLOCKING: [&str; 3] = ["2.0 sees the later time at once", "2.0 same turn", "2.0 timer"];

#[test]
fn blocking_work_holds_the_loop_on_the_virtual_clock() {
    let executor = Executor::new(VirtualClock);
    let log = blocking(&executor);
    executor.run().unwrap();
    assert_eq!(log.take(), BLOCKING);
}

#[test]
fn blocking_work_holds_the_loop_on_a_paced_clock() {
    let (real, clock) = manual_clock(2.0);
    let executor = Executor::new(clock);
    let log = blocking(&executor);
    assert_eq!(executor.step(), Progress::Ran);
    assert_eq!(executor.step(), Progress::Wait(1.0)); // 2 s of loop time at double speed
    real.set(1000.75);
    assert_eq!(executor.step(), Progress::Wait(0.25));
    assert_eq!(log.seen.borrow().len(), 1, "the other handle of the turn waits too");
    real.set(1001.0);
    assert_eq!(settle(&executor), Progress::Idle);
    assert_eq!(log.take(), BLOCKING);
}

#[test]
fn pause_resume_and_other_speeds_in_mid_run() {
    let (real, clock) = manual_clock(1.0);
    let executor = Executor::new(clock.clone());
    let log = Log::of(&executor);
    executor.call_at(10.0, log.saying("timer"));
    assert_eq!(settle(&executor), Progress::Wait(10.0));
    real.set(1004.0);
    clock.pause();
    assert_eq!(executor.step(), Progress::Wait(f64::INFINITY));
    real.set(1100.0);
    assert_eq!(executor.step(), Progress::Wait(f64::INFINITY), "paused time does not pass");
    clock.set_speed(3.0); // while paused: it stays paused
    assert!(clock.is_paused());
    clock.resume();
    assert_eq!(executor.step(), Progress::Wait(2.0)); // 6 s are left
    real.set(1101.0);
    clock.set_speed(0.5);
    assert_eq!(executor.step(), Progress::Wait(6.0)); // 3 s are left
    real.set(1107.0);
    assert_eq!(settle(&executor), Progress::Idle);
    assert_eq!(log.take(), ["10.0 timer"]);
}

#[test]
fn nothing_runs_while_paused_not_even_what_is_ready() {
    let (_, clock) = manual_clock(1.0);
    let executor = Executor::new(clock.clone());
    let log = Log::of(&executor);
    executor.call_soon(log.saying("ready"));
    clock.pause();
    assert_eq!(executor.step(), Progress::Wait(f64::INFINITY));
    clock.resume();
    assert_eq!(settle(&executor), Progress::Idle);
    assert_eq!(log.take(), ["0.0 ready"]);
}

/// Tasks that sleep and wake each other up in many ways; what each saw, and when.
fn sleepers(executor: &Executor) -> Log {
    let log = Log::of(executor);
    for task in 0..7_u32 {
        let (core, log) = (executor.core(), log.clone());
        executor.spawn("sleeper", async move {
            for round in 0..5 {
                core.sleep(f64::from((task * 5 + round * 3) % 7) * 0.5).await;
                log.say(format!("task {task} round {round}"));
                if (task + round) % 5 == 0 {
                    core.block(0.75);
                }
            }
        });
    }
    log
}

#[test]
fn a_late_clock_changes_neither_order_nor_loop_times() {
    let executor = Executor::new(VirtualClock);
    let on_time = sleepers(&executor);
    executor.run().unwrap();
    let on_time = on_time.take();

    // How late the page calls again after each wait, in real seconds: hidden tabs, busy pages.
    for delays in [&[0.0][..], &[60.0], &[0.004, 0.0, 1.7, 0.02, 9.0]] {
        for speed in [0.25, 1.0, 10.0] {
            let (real, clock) = manual_clock(speed);
            let executor = Executor::new(clock);
            let late = sleepers(&executor);
            let mut delays = delays.iter().cycle();
            while let Progress::Wait(seconds) = settle(&executor) {
                // Timers have a grain; less than a rounding error would not move the clock.
                let grain = seconds.max(1e-3);
                real.set(real.get() + grain + delays.next().expect("a cycle"));
            }
            assert_eq!(late.take(), on_time, "speed {speed}");
        }
    }
}

#[test]
fn each_step_reports_how_late_it_is_in_real_seconds() {
    let (real, clock) = manual_clock(4.0);
    let trace = Trace::on();
    let executor = Executor::traced(clock, trace.clone());
    let core = executor.core();
    executor.spawn("sleeper", async move {
        core.sleep(4.0).await;
        core.sleep(4.0).await;
    });
    assert_eq!(settle(&executor), Progress::Wait(1.0));
    real.set(1001.5);
    assert_eq!(settle(&executor), Progress::Wait(0.5));
    real.set(1002.0);
    assert_eq!(settle(&executor), Progress::Idle);
    let drifts: Vec<f64> = trace
        .snapshot()
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::StepBegan { drift, .. } => Some(drift),
            _ => None,
        })
        .collect();
    assert_eq!(drifts, [0.0, 0.5, 0.0]);
}

#[test]
fn a_speed_that_is_no_positive_number_counts_as_one() {
    for speed in [0.0, -2.0, f64::NAN, f64::INFINITY] {
        let (_, clock) = manual_clock(speed);
        assert_eq!(clock.wait_until(3.0), Some(3.0), "{speed}");
    }
}
