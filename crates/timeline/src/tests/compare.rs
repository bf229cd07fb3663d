//! Two runs beside each other.

use super::*;

struct Told(Timeline, Order);

fn told(main: impl StdFuture<Output = Result> + 'static) -> Told {
    let (events, end) = record(main);
    Told(Timeline::new(&events, end), Order::new(events))
}

fn compare(run: &Told, other: &Told) -> Comparison {
    Comparison::of((&run.0, &run.1), (&other.0, &other.1), true)
}

/// Two tasks of the same name, and then as many as there are names.
fn named(delays: [f64; 2], names: &'static [&'static str]) -> Told {
    told(async move {
        let twins = delays.map(|delay| create_task_named(sleep(delay), "twin"));
        for twin in twins {
            twin.await?;
        }
        for name in names {
            create_task_named(sleep(1.0), name).await?;
        }
        Ok(())
    })
}

#[test]
fn a_run_is_no_different_from_itself() {
    let run = named([1.0, 2.0], &["a"]);
    let comparison = compare(&run, &named([1.0, 2.0], &["a"]));
    assert_eq!(comparison.parting, None);
    assert_eq!(comparison.lanes, [Some(0), Some(1), Some(2), Some(3)]);
    assert!(comparison.missing.is_empty());
}

#[test]
fn lanes_are_matched_by_name_and_order() {
    let (run, other) = (named([1.0, 2.0], &["a", "b"]), named([1.0, 2.0], &["b", "c"]));
    let comparison = compare(&run, &other);
    // main, twin, twin, a, b beside main, twin, twin, b, c
    assert_eq!(comparison.lanes, [Some(0), Some(1), Some(2), None, Some(3)]);
    assert_eq!(comparison.missing, [4]);
    assert_eq!(&*other.0.tasks[4].name, "c");
}

#[test]
fn the_first_place_where_they_part_is_the_sleep_and_not_its_end() {
    let (run, other) = (named([1.0, 2.0], &["a"]), named([1.0, 1.5], &["a"]));
    let parting = compare(&run, &other).parting.expect("they differ");
    let event = |told: &Told, n: Option<usize>| told.1.events()[n.expect("it is there")].clone();
    for (told, n, end) in [(&run, parting.here, 2.0), (&other, parting.there, 1.5)] {
        let event = event(told, n);
        assert_eq!(event.time, 0.0);
        let twin = told.0.tasks[2].id;
        let EventKind::Suspended { task, wait: Wait::Sleep { until }, .. } = event.kind else {
            panic!("{event:?}");
        };
        assert_eq!((task, until), (twin, end));
    }
}

#[test]
fn a_run_that_goes_on_longer_parts_where_the_other_is_over() {
    let (events, end) = record(async { sleep(1.0).await });
    let woken = |event: &trace::Event| matches!(event.kind, EventKind::Woken { .. });
    let until = events.iter().position(woken).expect("it sleeps");
    let cut = events[..until].to_vec();
    let cut = Told(Timeline::new(&cut, 0.0), Order::new(cut));
    let whole = Told(Timeline::new(&events, end), Order::new(events));
    let parting = compare(&whole, &cut).parting.expect("one is longer");
    assert_eq!(parting.here, Some(until));
    assert_eq!(parting.there, None);
}

#[test]
fn where_the_clock_was_real_only_the_order_counts() {
    let (run, other) = (named([1.0, 2.0], &[]), named([1.0, 1.5], &[]));
    let untimed = Comparison::of((&run.0, &run.1), (&other.0, &other.1), false);
    assert_eq!(untimed.parting, None, "the same happens in the same order");
    let turned = named([2.0, 1.0], &[]);
    let untimed = Comparison::of((&run.0, &run.1), (&turned.0, &turned.1), false);
    assert!(untimed.parting.is_some(), "the twins end the other way round");
}
