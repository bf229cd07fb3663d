//! Timeouts, and what requests to cancel lead to.

use super::*;

/// Holds a lock for long, and takes `cleanup` seconds to let it go when it is cancelled.
async fn stubborn(lock: Lock, cleanup: f64) -> Result {
    let _held = lock.enter().await?;
    let slept = sleep(9.0).await;
    sleep(cleanup).await?;
    slept
}

#[test]
fn what_cleans_up_longer_than_its_timeout_is_asked_then_and_ends_later() {
    let timeline = timeline(async {
        let task = create_task_named(stubborn(Lock::new(), 2.0), "inner");
        let late = wait_for(task, Some(1.0)).await;
        assert!(late.is_err_and(|error| error.is_a("TimeoutError")));
        sleep(1.0).await
    });
    let [deadline] = timeline.deadlines[..] else { panic!("{:?}", timeline.deadlines) };
    assert_eq!((deadline.from, deadline.due), (0.0, Some(1.0)));
    assert_eq!((deadline.expired, deadline.left), (Some(1.0), Some(3.0)));
    assert_eq!(deadline.reached(), Some(1.0));
    assert_eq!(timeline.task(deadline.task).map(|lane| &*lane.name), Some("Task-1"));
    let stretches = |name| -> Vec<(f64, f64)> {
        let cleanups = timeline.cleanups(lane(&timeline, name));
        cleanups.map(|cleanup| (cleanup.from, cleanup.to)).collect()
    };
    // The one in the timeout is done with it when it leaves it, the other when it ends.
    assert_eq!(stretches("Task-1"), [(1.0, 3.0)]);
    assert_eq!(stretches("inner"), [(1.0, 3.0)]);
    let inner = lane(&timeline, "inner");
    let slept = inner.spans.iter().find(|span| span.seconds() > 0.0).expect("it slept");
    let cancel = inner.cancelled_in(slept).expect("its sleep was cancelled");
    assert_eq!((cancel.time, cancel.by), (1.0, Actor::Timeout(deadline.timeout)));
    let cleaned = inner.spans.iter().rfind(|span| span.seconds() > 0.0).expect("it cleaned up");
    assert_eq!(inner.cancelled_in(cleaned), None, "its own timer ended that");
}

#[test]
fn a_timeout_that_is_not_needed_does_not_expire() {
    let timeline = timeline(async { wait_for(sleep(1.0), Some(2.0)).await });
    let [deadline] = timeline.deadlines[..] else { panic!("{:?}", timeline.deadlines) };
    assert_eq!((deadline.due, deadline.expired, deadline.left), (Some(2.0), None, Some(1.0)));
    assert_eq!(deadline.reached(), None);
    assert_eq!(timeline.cleanups(lane(&timeline, "Task-1")).count(), 0);
}

#[test]
fn a_task_cancelled_by_another_is_asked_until_it_ends() {
    let timeline = timeline(async {
        let task = create_task_named(stubborn(Lock::new(), 0.5), "inner");
        sleep(1.0).await?;
        task.cancel();
        sleep(3.0).await
    });
    let inner = lane(&timeline, "inner");
    let [cancel] = inner.cancels[..] else { panic!("{:?}", inner.cancels) };
    assert_eq!((cancel.time, cancel.by), (1.0, Actor::Task(timeline.tasks[0].id)));
    let cleanups: Vec<_> = timeline.cleanups(inner).map(|c| (c.from, c.to)).collect();
    assert_eq!(cleanups, [(1.0, 1.5)]);
}

#[test]
fn each_of_two_requests_has_ended_the_wait_that_lasted_then() {
    let timeline = timeline(async {
        let task = create_task_named(stubborn(Lock::new(), 5.0), "inner");
        sleep(1.0).await?;
        task.cancel();
        sleep(0.5).await?;
        task.cancel();
        sleep(1.0).await
    });
    let inner = lane(&timeline, "inner");
    let waits = inner.spans.iter().filter(|span| span.seconds() > 0.0);
    let ended = waits.map(|span| inner.cancelled_in(span).map(|cancel| cancel.time));
    assert_eq!(ended.collect::<Vec<_>>(), [Some(1.0), Some(1.5)]);
}

#[test]
fn a_wait_that_was_over_was_not_ended_by_who_cancels_then() {
    let timeline = timeline(async {
        let event = asyncio::Event::new();
        let waits = event.clone();
        let task = create_task_named(async move { waits.wait().await }, "inner");
        sleep(1.0).await?;
        event.set();
        task.cancel();
        sleep(1.0).await
    });
    let inner = lane(&timeline, "inner");
    let waited = inner.spans.iter().find(|span| span.seconds() > 0.0).expect("it waited");
    assert_eq!(inner.cancels.len(), 1);
    assert_eq!(inner.cancelled_in(waited), None, "it had been woken");
    assert_eq!(inner.outcome, Some(trace::Outcome::Cancelled));
}

#[test]
fn a_flag_is_seen_from_set_to_clear() {
    let timeline = timeline(async {
        let event = asyncio::Event::new();
        sleep(1.0).await?;
        event.set();
        event.set();
        sleep(1.0).await?;
        event.clear();
        sleep(1.0).await?;
        event.set();
        Ok(())
    });
    let [flag] = &timeline.resources[..] else { panic!("one resource") };
    let raised: Vec<_> = flag.raised.iter().map(|raised| (raised.from, raised.to)).collect();
    assert_eq!(raised, [(1.0, Some(2.0)), (3.0, None)]);
    assert_eq!(flag.raised_at(1.5).map(|raised| raised.from), Some(1.0));
    assert_eq!(flag.raised_at(2.0), None);
    assert_eq!(flag.raised[0].by, Some(timeline.tasks[0].id));
}
