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
use trace::{Event, TaskId};

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

/// The sorts found in a run where each event comes a little after the one before it, as under a real clock.
fn flaws_by_a_real_clock(main: impl StdFuture<Output = Result> + 'static) -> Vec<Flaw> {
    let (order, _) = record(main);
    let late = |n: usize, event: Event| Event { time: event.time + n as f64 * 1e-6, ..event };
    let events: Vec<Event> =
        order.events().iter().enumerate().map(|(n, event)| late(n, event.clone())).collect();
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
