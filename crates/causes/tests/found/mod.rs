//! What is found in the run of a program.

use asyncio::*;
use causes::{Causes, Finding, Flaw, findings};
use executor::VirtualClock;
use std::future::Future as StdFuture;
use timeline::{Order, Timeline};
use trace::{Event, EventKind, Trace};

/// The sorts of what is found in a run.
pub fn flaws(main: impl StdFuture<Output = Result> + 'static) -> Vec<Flaw> {
    record(main).1.iter().map(|finding| finding.flaw).collect()
}

/// The run of a program, and what is found in it.
pub fn record(main: impl StdFuture<Output = Result> + 'static) -> (Order, Vec<Finding>) {
    let mut run = Run::new(VirtualClock, Trace::on(), || main);
    while run.step() != Status::Ended {}
    find(run.trace().snapshot(), run.time())
}

/// What is found, and that each is at an event that there is.
pub fn find(events: Vec<Event>, end: f64) -> (Order, Vec<Finding>) {
    let timeline = Timeline::new(&events, end);
    let order = Order::new(events);
    let found = findings(&Causes::of(&order), &timeline);
    for finding in &found {
        assert!(
            finding.event < order.last() && finding.seconds >= 0.0 && finding.count > 0,
            "{finding:?}"
        );
        assert!(!matches!(order.events()[finding.event].kind, EventKind::Unknown(_)));
    }
    (order, found)
}

/// A queue without bound that grows, unless the pause of who takes from it is short.
pub async fn grows(pause: f64) -> Result {
    let queue = Queue::new(0);
    let own = queue.clone();
    let consumer = create_task(async move {
        for _ in 0..20 {
            own.get().await?;
            sleep(pause).await?;
        }
        Ok(())
    });
    for n in 0..20 {
        queue.put_nowait(n)?;
        sleep(0.1).await?;
    }
    consumer.await
}
