//! Examples on the browser's timers.

use super::until;
use asyncio::{Coro, gather, print, sleep, time_sleep};
use coroscope::live::{LiveRun, LiveState};
use examples::{Args, CATALOGUE, Chapter, Example, Program, find};
use gloo_timers::future::TimeoutFuture;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use trace::{Event, EventKind};
use wasm_bindgen_test::wasm_bindgen_test;

/// An example made for a test.
const fn example(main: fn(Args) -> asyncio::Coro<()>) -> Example {
    Example {
        id: "test",
        chapter: Chapter::Basics,
        operations: &[],
        params: &[],
        program: Program::Main(main),
        exercise: None,
    }
}

fn ended(run: &LiveRun) -> bool {
    matches!(run.state(), LiveState::Ended { .. })
}

/// The events without what may differ from run to run: by how much steps were late.
fn on_time(mut events: Vec<Event>) -> Vec<Event> {
    for event in &mut events {
        if let EventKind::StepBegan { drift, .. } = &mut event.kind {
            *drift = 0.0;
        }
    }
    events
}

#[wasm_bindgen_test]
async fn real_timers_give_the_same_events_as_the_virtual_clock() {
    let plain = ["gather-order", "semaphore-workers", "queue-sentinel", "wait-polling"];
    let outside = ["executor-workers", "threads-vs-asyncio", "tcp-echo", "deadlock-lock-order"];
    for id in plain.into_iter().chain(outside) {
        let example = find(id).expect("it is in the catalogue");
        let args = example.defaults();
        let expected = run::instant(example, &args, coroscope::BUDGET);
        let calls = Rc::new(Cell::new(0));
        let counter = calls.clone();
        let live =
            LiveRun::start(example, &args, 0.0, 10.0, move || counter.set(counter.get() + 1));
        until("the run ends", || ended(&live)).await;
        assert_eq!(on_time(live.trace().snapshot()), on_time(expected.events), "{id}");
        let LiveState::Ended { end, error } = live.state() else { unreachable!("it has ended") };
        assert_eq!((end, error.is_some()), (expected.end, expected.error.is_some()), "{id}");
        assert_eq!(
            live.timeline().look().tasks.len(),
            run::instant(example, &args, coroscope::BUDGET).timeline().tasks.len()
        );
        assert_eq!(calls.get(), 1, "{id}: the end is announced once");
    }
}

/// Ten thousand timers at once, ten for each of a thousand moments, those set last not being the last.
static TIMERS: Example = example(|_| {
    Coro::new("main", async {
        let moment = |n: u32| f64::from(n * 7919 % 1000 + 1) / 100.0;
        gather((0..10_000).map(|n| async move { sleep(moment(n)).await })).await?;
        Ok(())
    })
});

#[wasm_bindgen_test]
async fn ten_thousand_timers_happen_as_on_the_virtual_clock() {
    let expected = run::instant(&TIMERS, &TIMERS.defaults(), coroscope::BUDGET);
    let live = LiveRun::start(&TIMERS, &TIMERS.defaults(), 0.0, 10.0, || {});
    until("the run ends", || ended(&live)).await;
    assert!(live.is_as(&expected.events));
    assert_eq!(live.timeline().look().tasks.len(), 10_001);
    assert!(on_time(live.trace().snapshot()) == on_time(expected.events));
}

/// Ticks often, so that it can be caught in the middle.
static TICKER: Example = example(|_| {
    Coro::new("main", async {
        for n in 0..1000 {
            sleep(0.1).await?;
            print(n);
        }
        Ok(())
    })
});

#[wasm_bindgen_test]
async fn nothing_runs_while_paused_and_all_of_it_afterwards() {
    let live = LiveRun::start(&TICKER, &TICKER.defaults(), 0.0, 10.0, || {});
    until("it is in the middle", || live.trace().len() > 20).await;
    live.pause();
    let (count, time) = (live.trace().len(), live.time());
    assert!(live.is_paused() && !ended(&live));
    // At speed it would tick many times meanwhile; also what is in flight comes to nothing.
    TimeoutFuture::new(200).await;
    live.set_speed(5.0);
    TimeoutFuture::new(50).await;
    assert_eq!((live.trace().len(), live.time()), (count, time));
    live.resume();
    live.set_speed(1000.0);
    until("the run ends", || ended(&live)).await;
    let expected = run::instant(&TICKER, &TICKER.defaults(), coroscope::BUDGET);
    assert_eq!(on_time(live.trace().snapshot()), on_time(expected.events));
}

#[wasm_bindgen_test]
async fn a_change_of_speed_is_not_waited_for() {
    static SLOW: Example = example(|_| Coro::new("main", async { sleep(1000.0).await }));
    let live = LiveRun::start(&SLOW, &SLOW.defaults(), 0.0, 1.0, || {});
    until("it sleeps", || live.trace().len() > 2).await;
    live.set_speed(1e6);
    until("the run ends", || ended(&live)).await;
}

thread_local! {
    static FREED: Cell<bool> = const { Cell::new(false) };
}

/// Tells when it is freed.
struct Witness;

impl Drop for Witness {
    fn drop(&mut self) {
        FREED.set(true);
    }
}

#[wasm_bindgen_test]
async fn dropping_a_live_run_ends_and_frees_it() {
    static HOLDER: Example = example(|_| {
        Coro::new("main", async {
            let _witness = Witness;
            loop {
                sleep(0.05).await?;
            }
        })
    });
    let live =
        LiveRun::start(&HOLDER, &HOLDER.defaults(), 0.0, 10.0, || unreachable!("it is endless"));
    let trace = live.trace().clone();
    until("it runs", || trace.len() > 10).await;
    assert!(!FREED.get());
    let count = trace.len();
    drop(live);
    until("it is freed", || FREED.get()).await;
    assert_eq!(trace.len(), count, "nothing ran after the drop");
}

#[wasm_bindgen_test]
async fn blocking_work_leaves_the_page_free() {
    static BLOCKER: Example = example(|_| {
        Coro::new("main", async {
            time_sleep(1000.0);
            print("blocked");
            sleep(0.0).await
        })
    });
    let order = Rc::new(RefCell::new(Vec::new()));
    let seen = order.clone();
    let live = LiveRun::start(&BLOCKER, &BLOCKER.defaults(), 0.0, 10.0, move || {
        seen.borrow_mut().push("run")
    });
    until("the block has begun", || live.trace().len() > 2).await;
    let lines = live.timeline().look().lines.clone();
    assert_eq!(lines, [], "what comes after the block has not happened yet");
    TimeoutFuture::new(20).await;
    order.borrow_mut().push("page");
    live.set_speed(1e6); // heard in the middle of the block
    until("the run ends", || ended(&live)).await;
    assert_eq!(*order.borrow(), ["page", "run"]);
    assert_eq!(live.timeline().look().lines[0].time, 1000.0);
}

#[wasm_bindgen_test]
async fn every_example_can_be_started_and_dropped() {
    for example in CATALOGUE {
        let live = LiveRun::start(example, &example.defaults(), 0.0, 10.0, || {});
        until("it has begun", || !live.trace().is_empty()).await;
        let now = live.time();
        let timeline = live.timeline();
        let timeline = timeline.look();
        assert!(
            timeline.tasks.iter().flat_map(|lane| &lane.spans).all(|span| span.from <= span.to)
        );
        assert!(timeline.end <= live.time() && now <= live.time(), "{}", example.id);
    }
}
