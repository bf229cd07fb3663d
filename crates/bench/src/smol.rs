//! The work through smol: its executor of one thread. It has no clock that can stand still, so sleeps
//! are timers in a heap here, as simple as can be: when nothing else is to do, time moves to the next.

use crate::moment::Moment;
use crate::rows::{LONG, PERMITS, Row, YIELDERS, milliseconds};
use async_executor::LocalExecutor;
use async_lock::Semaphore;
use futures::StreamExt;
use futures::future::join_all;
use futures::stream::FuturesUnordered;
use futures_lite::future::yield_now;
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

/// Does the work of a row with `n` parts; how long it took.
pub fn measure(row: Row, n: usize) -> Duration {
    match row {
        Row::Spawn => timed(async move |on| spawn(&on, n).await),
        Row::Yields => timed(async move |on| yields(&on, n).await),
        Row::Queue1 => timed(async move |on| queue(&on, 1, n).await),
        Row::Queue100 => timed(async move |on| queue(&on, 100, n).await),
        Row::Permits => timed(async move |on| permits(&on, n).await),
        Row::Sleeps => timed(async move |on| sleeps(&on, n).await),
        Row::Cancel => timed(async move |on| cancel(&on, n).await),
        Row::Group => timed(async move |on| group(&on, n).await),
        Row::Gather => timed(async move |on| gather(&on, n).await),
    }
}

/// What the tasks of a run share.
struct On {
    executor: LocalExecutor<'static>,
    timers: RefCell<BinaryHeap<Reverse<Timer>>>,
    now: Cell<u64>,
    set: Cell<u64>,
}

/// Milliseconds, number, whom to wake.
struct Timer(u64, u64, Waker);

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
}

impl Eq for Timer {}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }
}

impl On {
    /// A future that is ready so many milliseconds from when it is first polled.
    fn sleep(self: &Rc<Self>, milliseconds: u64) -> impl Future<Output = ()> + use<> {
        let (on, mut until) = (self.clone(), None);
        poll_fn(move |cx| {
            let until = *until.get_or_insert_with(|| on.now.get() + milliseconds);
            if on.now.get() >= until {
                return Poll::Ready(());
            }
            on.set.set(on.set.get() + 1);
            let timer = Timer(until, on.set.get(), cx.waker().clone());
            on.timers.borrow_mut().push(Reverse(timer));
            Poll::Pending
        })
    }

    /// Moves time on to the next timer.
    fn advance(&self) {
        let Some(Reverse(Timer(until, _, waker))) = self.timers.borrow_mut().pop() else { return };
        self.now.set(until);
        waker.wake();
    }
}

fn timed<F: Future<Output = ()> + 'static>(main: impl FnOnce(Rc<On>) -> F) -> Duration {
    let began = Moment::now();
    let on = Rc::new(On {
        executor: LocalExecutor::new(),
        timers: RefCell::default(),
        now: Cell::new(0),
        set: Cell::new(0),
    });
    let main = on.executor.spawn(main(on.clone()));
    while !main.is_finished() {
        if !on.executor.try_tick() {
            on.advance();
        }
    }
    drop(main);
    on.timers.take();
    drop(on);
    began.elapsed()
}

async fn at_once(n: usize) -> usize {
    n
}

async fn spawn(on: &On, n: usize) {
    let tasks: Vec<_> = (0..n).map(|n| on.executor.spawn(at_once(n))).collect();
    for task in tasks {
        task.await;
    }
}

async fn yields(on: &On, n: usize) {
    let yielder = |times| async move {
        for _ in 0..times {
            yield_now().await;
        }
    };
    let tasks: Vec<_> = (0..YIELDERS).map(|_| on.executor.spawn(yielder(n / YIELDERS))).collect();
    for task in tasks {
        task.await;
    }
}

async fn queue(on: &On, places: usize, n: usize) {
    let (sender, receiver) = async_channel::bounded(places);
    let task = on.executor.spawn(async move {
        for item in 0..n {
            sender.send(item).await.expect("somebody receives");
        }
    });
    for _ in 0..n {
        receiver.recv().await.expect("somebody sends");
    }
    task.await;
}

async fn permits(on: &On, n: usize) {
    let permits = Rc::new(Semaphore::new(PERMITS));
    let task = |permits: Rc<Semaphore>| async move {
        let _permit = permits.acquire().await;
        yield_now().await;
    };
    let tasks: Vec<_> = (0..n).map(|_| on.executor.spawn(task(permits.clone()))).collect();
    for task in tasks {
        task.await;
    }
}

async fn sleeps(on: &Rc<On>, n: usize) {
    let tasks: Vec<_> = (0..n).map(|n| on.executor.spawn(on.sleep(milliseconds(n)))).collect();
    for task in tasks {
        task.await;
    }
}

async fn cancel(on: &Rc<On>, n: usize) {
    let sleeper = || on.sleep((LONG * 1e3) as u64);
    let tasks: Vec<_> = (0..n).map(|_| on.executor.spawn(sleeper())).collect();
    yield_now().await;
    for task in tasks {
        assert!(task.cancel().await.is_none());
    }
}

async fn group(on: &On, n: usize) {
    let mut group: FuturesUnordered<_> = (0..n).map(|n| on.executor.spawn(at_once(n))).collect();
    while group.next().await.is_some() {}
}

async fn gather(on: &On, n: usize) {
    let results = join_all((0..n).map(|n| on.executor.spawn(at_once(n)))).await;
    assert_eq!(results.len(), n);
}
