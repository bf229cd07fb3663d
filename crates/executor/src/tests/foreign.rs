//! Futures of another library run by their wakers alone.

use super::*;
use futures::channel::{mpsc, oneshot};
use futures::future::{AbortHandle, Abortable, Aborted};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, SinkExt, StreamExt};
use std::future::poll_fn;
use std::task::{Poll, Waker};

#[test]
fn join_waits_for_both_at_once() {
    let executor = Executor::new(VirtualClock);
    let (log, core) = (Log::of(&executor), executor.core());
    let inner = log.clone();
    executor.spawn("task", async move {
        futures::join!(core.sleep(2.0), core.sleep(1.0));
        inner.say("joined");
    });
    executor.run().unwrap();
    assert_eq!(log.take(), ["2.0 joined"]);
}

#[test]
fn select_takes_the_first_and_drops_the_timer_of_the_other() {
    let executor = Executor::new(VirtualClock);
    let (log, core) = (Log::of(&executor), executor.core());
    let inner = log.clone();
    executor.spawn("task", async move {
        futures::select! {
            () = core.sleep(5.0).fuse() => inner.say("slow"),
            () = core.sleep(1.0).fuse() => inner.say("quick"),
        }
    });
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 quick"]);
    assert_eq!(executor.time(), 1.0);
}

#[test]
fn futures_unordered_yields_in_the_order_of_completion() {
    let executor = Executor::new(VirtualClock);
    let (log, core) = (Log::of(&executor), executor.core());
    let inner = log.clone();
    executor.spawn("task", async move {
        let mut sleeps: FuturesUnordered<_> = [3.0, 1.0, 2.0]
            .map(|delay| core.sleep(delay).map(move |()| delay))
            .into_iter()
            .collect();
        while let Some(delay) = sleeps.next().await {
            inner.say(delay);
        }
    });
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 1", "2.0 2", "3.0 3"]);
}

#[test]
fn channels_pass_items_between_tasks() {
    let executor = Executor::new(VirtualClock);
    let (log, core) = (Log::of(&executor), executor.core());
    let (mut items, mut received) = mpsc::channel(0);
    let (report, reported) = oneshot::channel();
    executor.spawn("sender", async move {
        for item in 0..3 {
            core.sleep(1.0).await;
            items.send(item).await.expect("there is a receiver");
        }
    });
    let inner = log.clone();
    executor.spawn("receiver", async move {
        let mut sum = 0;
        while let Some(item) = received.next().await {
            inner.say(item);
            sum += item;
        }
        report.send(sum).expect("somebody waits for it");
    });
    let inner = log.clone();
    executor.spawn("reader", async move { inner.say(format!("sum {}", reported.await.unwrap())) });
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 0", "2.0 1", "3.0 2", "3.0 sum 3"]);
}

#[test]
fn an_abort_handle_ends_a_future_and_its_timer() {
    let executor = Executor::new(VirtualClock);
    let (log, core) = (Log::of(&executor), executor.core());
    let (abort, registration) = AbortHandle::new_pair();
    let inner = log.clone();
    let sleep = Abortable::new(core.sleep(9.0), registration);
    executor.spawn("task", async move {
        assert_eq!(sleep.await, Err(Aborted));
        inner.say("aborted");
    });
    executor.call_at(1.0, move || abort.abort());
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 aborted"]);
    assert_eq!(executor.time(), 1.0);
}

/// A task that leaves its waker and counts its polls.
fn counting(executor: &Executor) -> (Rc<RefCell<Option<Waker>>>, Rc<Cell<u32>>) {
    let (kept, polls) = (Rc::new(RefCell::new(None)), Rc::new(Cell::new(0)));
    let (waker, count) = (kept.clone(), polls.clone());
    executor.spawn(
        "counting",
        poll_fn(move |cx| {
            *waker.borrow_mut() = Some(cx.waker().clone());
            count.set(count.get() + 1);
            Poll::Pending
        }),
    );
    (kept, polls)
}

#[test]
fn a_task_woken_twice_is_polled_once() {
    let executor = Executor::new(VirtualClock);
    let (waker, polls) = counting(&executor);
    assert_eq!(settle(&executor), Progress::Idle);
    let waker = waker.take().expect("it was polled");
    waker.wake_by_ref();
    waker.wake();
    assert_eq!(settle(&executor), Progress::Idle);
    assert_eq!(polls.get(), 2);
}

#[test]
fn a_wake_from_another_thread_counts_at_the_next_step() {
    let executor = Executor::new(VirtualClock);
    let (waker, polls) = counting(&executor);
    assert_eq!(settle(&executor), Progress::Idle);
    let waker = waker.take().expect("it was polled");
    std::thread::spawn(move || waker.wake()).join().expect("the thread ends");
    assert_eq!(executor.step(), Progress::Ran);
    assert_eq!(polls.get(), 2);
}

#[test]
fn wakes_and_callbacks_keep_their_order() {
    let executor = Executor::new(VirtualClock);
    let (log, core) = (Log::of(&executor), executor.core());
    let (send, receive) = oneshot::channel::<()>();
    let inner = log.clone();
    executor.spawn("waiter", receive.map(move |_| inner.say("waiter")));
    let inner = log.clone();
    executor.call_at(1.0, move || {
        core.call_soon(inner.saying("before"));
        send.send(()).expect("the waiter waits");
        core.call_soon(inner.saying("after"));
    });
    executor.run().unwrap();
    assert_eq!(log.take(), ["1.0 before", "1.0 waiter", "1.0 after"]);
}

#[test]
fn waking_a_task_that_has_finished_does_nothing() {
    let executor = Executor::new(VirtualClock);
    let kept = Rc::new(RefCell::new(None::<Waker>));
    let waker = kept.clone();
    executor.spawn(
        "brief",
        poll_fn(move |cx| {
            *waker.borrow_mut() = Some(cx.waker().clone());
            Poll::Ready(())
        }),
    );
    executor.run().unwrap();
    kept.take().expect("it was polled").wake();
    assert_eq!(executor.step(), Progress::Idle);
}
