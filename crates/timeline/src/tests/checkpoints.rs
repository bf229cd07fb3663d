//! Long runs, of which beginnings are kept.

use super::*;

#[test]
fn a_place_of_a_long_run_is_seen_as_from_the_start() {
    let (events, end) = record(async {
        let lock = Semaphore::new(7);
        let task = |n: usize| {
            let lock = lock.clone();
            create_task(async move {
                for round in 0..90 {
                    sleep(((n * 31 + round * 17) % 10) as f64 / 100.0).await?;
                    lock.acquire().await?;
                    sleep(0.001).await?;
                    lock.release();
                }
                Ok(())
            })
        };
        gather((0..60).map(task)).await.map(|_| ())
    });
    let order = Order::new(events);
    let last = order.last();
    assert!(last > 60_000, "{last} events are not many");
    // Far back, near, at the ends of parts, in any order: what is kept changes nothing of what is seen.
    let part = last / 4;
    for place in [
        last - 9,
        last - 900,
        last,
        3,
        part * 2 + 1,
        part * 2,
        part - 1,
        part,
        last - 4_000,
        0,
        last,
    ] {
        let now = if place == last { end } else { order.time(place) };
        assert_eq!(*order.shared(place, now).look(), order.timeline(place, now), "{place}");
    }
}
