//! What is found in every example, and what is not; and programs for what no example shows.

mod found;

use Flaw::*;
use asyncio::Event as Event_;
use asyncio::*;
use causes::{Causes, Flaw};
use examples::CATALOGUE;
use found::{find, flaws, grows, record};
use run::instant;
use std::future::Future as StdFuture;
use trace::{Event, EventKind, TaskId};

const BUDGET: u64 = 200_000;

/// What examples show with the values that are set; of those that are not here nothing must be found with their
/// defaults.
const SHOWN: &[(&str, &str, &[Flaw])] = &[
    ("concurrency-models", "", &[LoopHeld]),
    ("event-loop-turns", "", &[LoopHeld]),
    ("run-vs-run-until-complete", "", &[Destroyed, Destroyed]),
    ("run-forever-stop", "", &[CutOff]),
    ("create-task-first", "", &[LoopHeld]),
    ("gather-failure", "", &[SiblingsLeft]),
    ("shield-failure", "", &[ExceptionLost]),
    ("cancel-cleanup", "", &[Swallowed]),
    ("canceller-cancelled", "", &[Swallowed]),
    ("group-vs-gather", "", &[CutOff, SiblingsLeft]),
    ("lock-fairness", "", &[Convoy]),
    ("semaphore-workers", "", &[TooFew]),
    ("semaphore-workers", "PERMITS=6&WORKERS=6", &[]),
    ("semaphore-timeout", "", &[TooFew]),
    ("bounded-semaphore", "", &[TooFew]),
    ("queue-sentinel", "", &[QueueGrows]),
    ("deadlock-lock-order", "", &[Deadlock]),
    ("cancel-before-start", "", &[TooFew]),
    ("result-and-cancel", "", &[ResultLost]),
    ("timeout-and-result", "", &[TimeoutLate, LoopHeld]),
    ("two-permits", "", &[TooFew]),
    ("release-and-cancel", "", &[ResultLost]),
    ("notify-and-cancel", "", &[ResultLost]),
    ("get-and-timeout", "", &[LoopHeld]),
    ("bounded-map", "", &[TooFew]),
    ("token-bucket", "", &[Convoy, LoopHeld]),
    ("rate-by-semaphore", "", &[TooFew]),
    ("connection-pool", "", &[TooFew]),
    ("blocking-sleep", "", &[LoopHeld]),
    ("blocking-sleep", "CALL=asyncio.sleep", &[]),
    ("blocking-sleep", "CALL=to_thread", &[]),
    ("executor-workers", "", &[TooFew]),
    ("executor-workers", "WORKERS=5", &[]),
    ("process-pool", "", &[TooFew]),
    ("forgotten-await", "", &[NeverAwaited]),
    ("orphan-task", "", &[CutOff]),
    ("collected-task", "", &[Destroyed, Destroyed]),
    ("exception-never-retrieved", "", &[ExceptionLost]),
    ("web-server-load", "", &[TooFew]),
    ("file-io", "", &[TooFew]),
    ("database-pool", "", &[Overtaken]),
    ("ctrl-c", "", &[CutOff]),
    ("debug-slow", "", &[LoopHeld]),
    ("nested-run", "", &[NeverAwaited]),
    ("drain-gives-way", "", &[LoopHeld]),
    ("exercise-producer-consumer", "", &[QueueGrows]),
    ("exercise-rate-limit", "", &[TooFew]),
    ("exercise-crawler", "", &[TooFew]),
    ("exercise-files", "", &[LoopHeld]),
    ("exercise-web-server", "", &[LoopHeld]),
];

#[test]
fn every_example_shows_what_it_must_and_nothing_else() {
    let mut wrong = Vec::new();
    let listed =
        |id: &str| SHOWN.iter().any(|(other, values, _)| *other == id && values.is_empty());
    let silent = CATALOGUE.iter().filter(|example| !listed(example.id));
    let silent = silent.map(|example| (example.id, "", &[] as &[Flaw]));
    for (id, values, expected) in SHOWN.iter().copied().chain(silent) {
        let example = examples::find(id).unwrap_or_else(|| panic!("{id} is no example"));
        let mut args = example.defaults();
        if !values.is_empty() {
            args.set_all(values).unwrap_or_else(|refusal| panic!("{id} {values}: {refusal}"));
        }
        let recorded = instant(example, &args, BUDGET);
        let (_, found) = find(recorded.events, recorded.end);
        let flaws: Vec<Flaw> = found.iter().map(|finding| finding.flaw).collect();
        if flaws != expected {
            wrong.push(format!("{id} {values}: {flaws:?} and not {expected:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn figures_are_exact() {
    let of = |id: &str| {
        let example = examples::find(id).expect("an example");
        let recorded = instant(example, &example.defaults(), BUDGET);
        find(recorded.events, recorded.end).1
    };
    // The report blocks from 0.6 to 2.1; the heartbeat was due at 0.8, the download at a later moment.
    let held = &of("blocking-sleep")[0];
    assert_eq!(((held.seconds * 1e6).round(), held.number), (1.3e6, 2));
    // The timeout of 1.25 s comes when the loop is free, at 1.42.
    let late = &of("timeout-and-result")[0];
    assert_eq!((late.seconds * 1e6).round(), 0.17e6);
    // Three mails are cut: those that slept had 0.2, 0.6 and 1.0 s to go.
    let cut = &of("orphan-task")[0];
    assert_eq!(((cut.seconds * 1e6).round(), cut.count), (1.8e6, 3));
    let circle = &of("deadlock-lock-order")[0].circle;
    assert_eq!(circle.iter().map(|(task, _)| task.0).collect::<Vec<_>>(), [1, 2]);
    assert!(circle.iter().all(|(_, lock)| lock.is_some()));
}

#[test]
fn what_is_waited_for_in_vain_is_told() {
    let join = |done: bool| async move {
        let queue = Queue::new(0);
        queue.put_nowait(1)?;
        queue.get().await?;
        if done {
            queue.task_done()?;
        }
        queue.join().await
    };
    assert_eq!(flaws(join(true)), []);
    assert_eq!(flaws(join(false)), [JoinForever]);
    assert_eq!(flaws(async { Event_::new().wait().await.map(|_| ()) }), [WaitsForever]);
    let own_lock = || async {
        let lock = Lock::new();
        lock.acquire().await?;
        lock.acquire().await.map(|_| ())
    };
    let found = record(own_lock()).1;
    assert_eq!((found[0].flaw, found[0].circle.len()), (Deadlock, 1));
}

#[test]
fn a_wait_for_one_of_several_is_no_circle() {
    // Two tasks hold a permit each and want another; a third will give one back.
    let program = || async {
        let semaphore = Semaphore::new(2);
        let own = semaphore.clone();
        let holder = create_task(async move {
            own.acquire().await?;
            sleep(2.0).await?;
            own.release();
            Ok(())
        });
        semaphore.acquire().await?;
        sleep(1.0).await?;
        semaphore.acquire().await?;
        holder.await
    };
    assert!(!flaws(program()).contains(&Deadlock));
}

#[test]
fn many_small_callbacks_make_a_long_iteration() {
    let program = |each: f64, count: usize| async move {
        let work = move || async move {
            time_sleep(each);
            Ok(())
        };
        gather((0..count).map(|_| work())).await.map(|_| ())
    };
    assert!(flaws(program(0.02, 20)).contains(&LongIteration));
    assert!(!flaws(program(0.02, 3)).contains(&LongIteration), "few");
    assert!(!flaws(program(0.2, 20)).contains(&LongIteration), "each of them is long");
}

#[test]
fn what_a_group_or_a_timeout_takes_back_is_not_swallowed() {
    let group = || async {
        let failed = TaskGroup::scope(|group| async move {
            group.create_task(async {
                sleep(0.5).await?;
                Err::<(), _>(Error::new("ValueError", "no"))
            })?;
            sleep(1.0).await
        });
        let _ = failed.await;
        Ok(())
    };
    assert_eq!(flaws(group()), []);
    let timeout = || async {
        let _ = wait_for(sleep(2.0), Some(1.0)).await;
        Ok(())
    };
    assert_eq!(flaws(timeout()), []);
}

#[test]
fn a_request_to_cancel_is_lost_to_a_result_that_is_there() {
    // Done as `wait_for` did before 3.12: what came in the moment of the cancellation is taken.
    let program = |first: bool, again: bool, pause: bool| async move {
        let answer = get_running_loop()?.create_future::<i32>();
        let own = answer.clone();
        let worker = create_task(async move {
            match own.clone().await {
                Err(error) if error.is_cancelled() && again => Err(error),
                _ if pause => sleep(1.0).await,
                _ => Ok(()),
            }
        });
        sleep(0.5).await?;
        if first {
            answer.set_result(7)?;
        }
        worker.cancel();
        let _ = worker.await;
        Ok(())
    };
    assert_eq!(flaws(program(true, false, false)), [CancelLost]);
    assert_eq!(flaws(program(true, false, true)), [CancelLost], "it goes on to wait");
    assert_eq!(flaws(program(true, true, false)), [ResultLost], "it obeys");
    assert_eq!(flaws(program(false, false, false)), [Swallowed], "there was no result");
    assert_eq!(flaws(program(false, true, false)), []);
}

#[test]
fn a_request_is_of_who_asked_though_it_is_told_when_that_step_is_over() {
    // As a recorder tells it, which cannot see the call.
    let late = |obeys: bool| {
        let program = async move {
            let answer = get_running_loop()?.create_future::<i32>();
            let own = answer.clone();
            let worker = create_task(async move {
                match own.await {
                    Err(error) if error.is_cancelled() && obeys => Err(error),
                    _ => sleep(1.0).await,
                }
            });
            sleep(0.5).await?;
            answer.set_result(7)?;
            worker.cancel();
            let _ = worker.await;
            Ok(())
        };
        let (order, _) = record(program);
        let mut events = order.events().to_vec();
        let is_asked = |event: &Event| {
            matches!(event.kind, EventKind::CancelRequested { task: TaskId(1), .. })
        };
        let asked = events.iter().position(is_asked).expect("it is asked");
        let asks =
            |event: &Event| matches!(event.kind, EventKind::Suspended { task: TaskId(0), .. });
        let after = asked + events[asked..].iter().position(asks).expect("the step ends");
        events[asked..=after].rotate_left(1);
        by_a_real_clock(&events)
    };
    assert_eq!(late(false), [CancelLost]);
    assert_eq!(late(true), [ResultLost]);
}

#[test]
fn a_deadlock_is_found_though_the_program_is_cut_short() {
    let program = |timeout: Option<f64>| async move {
        let (a, b) = (Lock::new(), Lock::new());
        let take = |first: &Lock, second: &Lock| {
            let (first, second) = (first.clone(), second.clone());
            async move {
                first.acquire().await?;
                sleep(0.1).await?;
                wait_for(second.acquire(), timeout).await?;
                second.release()?;
                first.release()
            }
        };
        let tasks = [create_task(take(&a, &b)), create_task(take(&b, &a))];
        sleep(1.0).await?;
        drop(tasks);
        Ok(())
    };
    let found = record(program(None)).1;
    let circle = found.iter().find(|finding| finding.flaw == Deadlock).expect("a circle");
    assert_eq!((circle.circle.len(), (circle.seconds * 10.0).round()), (2, 9.0));
    assert!([1, 2].iter().all(|task| circle.circle.iter().any(|(other, _)| other.0 == *task)));
    assert!(!flaws(program(Some(5.0))).contains(&Deadlock), "a timeout would have ended it");
}

#[test]
fn siblings_that_are_cancelled_at_once_are_not_left() {
    #[derive(Clone, Copy)]
    enum Then {
        Leave,
        Cancel,
        CancelLater,
    }
    let program = |then: Then| async move {
        let part = |seconds: f64, fails: bool| {
            create_task(async move {
                sleep(seconds).await?;
                if fails { Err(Error::new("ValueError", "no")) } else { Ok(()) }
            })
        };
        let tasks = [part(0.5, true), part(2.0, false)];
        let _ = gather(tasks.clone()).await;
        match then {
            Then::Leave => return sleep(3.0).await,
            Then::CancelLater => sleep(0.2).await?,
            Then::Cancel => {}
        }
        tasks[1].cancel();
        let _ = tasks[1].clone().await;
        Ok(())
    };
    for (then, found) in [
        (Then::Cancel, &[] as &[Flaw]),
        (Then::CancelLater, &[SiblingsLeft]),
        (Then::Leave, &[SiblingsLeft]),
    ] {
        assert_eq!(flaws(program(then)), found);
        assert_eq!(flaws_by_a_real_clock(program(then)), found);
    }
}

#[test]
fn permits_are_too_few_though_the_loop_is_held_for_a_moment() {
    let program = |permits: usize, work: f64| async move {
        let (semaphore, flag) = (Semaphore::new(permits), Event_::new());
        let worker = || {
            let (semaphore, flag) = (semaphore.clone(), flag.clone());
            async move {
                semaphore.acquire().await?;
                sleep(1.0).await?;
                flag.set();
                semaphore.release();
                Ok(())
            }
        };
        let own = flag.clone();
        let other = create_task(async move {
            own.wait().await?;
            time_sleep(work);
            Ok(())
        });
        gather([worker(), worker()]).await?;
        other.await
    };
    assert_eq!(flaws(program(1, 0.0)), [TooFew]);
    assert!(flaws(program(1, 0.01)).contains(&TooFew));
    assert!(!flaws(program(2, 0.01)).contains(&TooFew));
}

#[test]
fn what_is_counted_together_is_of_all_to_whom_it_happens() {
    let (order, found) = record(async {
        let save = || sleep(5.0);
        let tasks = [create_task(save()), create_task(save()), create_task(save())];
        let other = create_task(sleep(0.1));
        sleep(1.0).await?;
        drop((tasks, other));
        Ok(())
    });
    let run = timeline::Timeline::new(order.events(), order.time(order.last()));
    let [cut] = &found[..] else { panic!("{found:?}") };
    assert_eq!((cut.flaw, cut.count), (CutOff, 3));
    let about: Vec<bool> = (1..=4).map(|n| cut.is_about(TaskId(n), &run)).collect();
    assert_eq!(about, [true, true, true, false]);
}

/// The sorts found in a run where each event comes a little after the one before it, as under a real clock.
fn flaws_by_a_real_clock(main: impl StdFuture<Output = Result> + 'static) -> Vec<Flaw> {
    by_a_real_clock(record(main).0.events())
}

/// The sorts found in these events, each a little later than the one before it.
fn by_a_real_clock(events: &[Event]) -> Vec<Flaw> {
    let late = |n: usize, event: Event| Event { time: event.time + n as f64 * 1e-6, ..event };
    let events: Vec<Event> =
        events.iter().enumerate().map(|(n, event)| late(n, event.clone())).collect();
    let end = events.last().map_or(0.0, |event| event.time);
    find(events, end).1.iter().map(|finding| finding.flaw).collect()
}

#[test]
fn a_load_that_is_put_in_one_go_is_no_queue_that_grows() {
    let load = || async {
        let queue = Queue::new(0);
        for n in 0..20 {
            queue.put_nowait(n)?;
        }
        let worker = |queue: Queue<i32>| async move {
            while queue.get_nowait().is_ok() {
                sleep(0.1).await?;
            }
            Ok(())
        };
        gather([worker(queue.clone()), worker(queue)]).await?;
        Ok(())
    };
    assert_eq!(flaws(load()), []);
    assert_eq!(flaws_by_a_real_clock(load()), []);
    assert_eq!(flaws_by_a_real_clock(grows(0.3)), [QueueGrows]);
}

#[test]
fn workers_are_too_few_only_while_none_is_free() {
    let jobs = |count: usize| async move {
        let pool = Pool::threads(2)?;
        let job = || run_in_executor(&pool, |thread| async move { thread.sleep(0.5).await });
        gather((0..count).map(|_| job()).collect::<Result<Vec<_>>>()?).await?;
        Ok(())
    };
    assert_eq!(flaws_by_a_real_clock(jobs(2)), []);
    assert_eq!(flaws_by_a_real_clock(jobs(3)), [TooFew]);
}

#[test]
fn a_queue_that_is_emptied_does_not_grow() {
    assert_eq!(flaws(grows(0.3)), [QueueGrows]);
    assert_eq!(flaws(grows(0.05)), []);
}

#[test]
fn a_chain_goes_back_to_the_start() {
    let program = || async {
        let event = Event_::new();
        let own = event.clone();
        let waiter = create_task(async move { own.wait().await.map(|_| ()) });
        sleep(1.5).await?;
        event.set();
        waiter.await
    };
    let (order, _) = record(program());
    let causes = Causes::of(&order);
    let step = causes.step_of(TaskId(1), order.last()).expect("it ran");
    let chain = causes.chain(step);
    let told: Vec<_> =
        chain.iter().map(|cause| (cause.time, cause.task.map(|task| task.0))).collect();
    assert_eq!(told[0], (1.5, Some(1)), "{chain:#?}");
    assert_eq!(told[1], (1.5, Some(0)), "who set the event: {chain:#?}");
    assert_eq!(told.last(), Some(&(0.0, Some(0))), "{chain:#?}");
    let slept: f64 =
        chain.iter().flat_map(|cause| &cause.pieces).map(|piece| piece.seconds()).sum();
    assert_eq!(slept, 1.5, "{chain:#?}");
}
