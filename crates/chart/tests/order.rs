//! The order of every example's run, and the run told by it.

use std::mem::discriminant;
use timeline::{Columns, Order, Stride, Timeline};
use trace::{EventKind, Ready};

/// Calls `look` with the name and the order of each example's run, and where it ends.
fn each(look: impl Fn(&str, Order, f64)) {
    for example in examples::CATALOGUE {
        let recorded = run::instant(example, &example.defaults(), 250_000);
        look(example.id, Order::new(recorded.events), recorded.end);
    }
}

#[test]
fn all_that_the_loop_runs_is_a_turn() {
    each(|id, order, _| {
        let begins = order.events().iter().enumerate().filter_map(|(n, event)| match event.kind {
            EventKind::StepBegan { task, .. } => Some((n, Ready::Step(task))),
            EventKind::HandleBegan { handle } => Some((n, Ready::Call(handle))),
            _ => None,
        });
        let turns = order.turns().iter().map(|turn| (turn.events.start, turn.what));
        assert!(begins.eq(turns), "{id}");
        let outermost = order.turns().iter().filter(|turn| !turn.nested);
        let ranges: Vec<_> = outermost.map(|turn| turn.events.clone()).collect();
        assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{id}");
        let mut turns = 0;
        for iteration in order.iterations() {
            assert_eq!(iteration.turns.start, turns, "{id}: iteration {}", iteration.number);
            turns = iteration.turns.end;
            for turn in &order.turns()[iteration.turns.clone()] {
                let within = iteration.events.start <= turn.events.start;
                assert!(within && turn.events.end <= iteration.events.end, "{id}: {turn:?}");
            }
        }
        assert_eq!(turns, order.turns().len(), "{id}");
    });
}

#[test]
fn the_first_of_the_ready_queue_runs_next() {
    each(|id, order, _| {
        let outermost: Vec<_> = order.turns().iter().filter(|turn| !turn.nested).collect();
        // What an agenda costs grows with the run.
        for turn in outermost.iter().step_by(outermost.len() / 200 + 1) {
            let agenda = order.agenda(turn.events.start);
            let first = agenda.ready.first();
            assert_eq!(first.map(|entry| entry.what), Some(turn.what), "{id}: {turn:?}");
            assert_eq!(first.and_then(|entry| entry.entered), turn.entered, "{id}: {turn:?}");
            assert!(turn.entered.is_some_and(|entered| entered < turn.events.start), "{id}");
        }
    });
}

#[test]
fn one_goes_forward_to_the_end_and_back_to_the_beginning() {
    each(|id, order, _| {
        for stride in [Stride::Event, Stride::Step, Stride::Iteration] {
            let mut places = vec![0];
            while places[places.len() - 1] < order.last() {
                let place = places[places.len() - 1];
                let next = order.forward(place, stride);
                assert!(next > place, "{id}: {stride:?} from {place} to {next}");
                assert!(order.time(next) >= order.time(place), "{id}");
                places.push(next);
            }
            for pair in places.windows(2).rev() {
                assert_eq!(order.back(pair[1], stride), pair[0], "{id}: {stride:?}");
            }
        }
    });
}

#[test]
fn told_by_order_every_task_does_the_same() {
    each(|id, order, end| {
        let by_time = Timeline::new(order.events(), end);
        let columns = Columns::of(&order);
        let times: Vec<f64> = columns.events().iter().map(|event| event.time).collect();
        assert!(times.is_sorted() && times.last() <= Some(&columns.end()), "{id}");
        let by_order = Timeline::new(columns.events(), columns.end());
        by_order.check().unwrap_or_else(|wrong| panic!("{id}: {wrong}"));
        assert_eq!(by_order.order, by_time.order, "{id}");
        assert_eq!(by_order.flows.len(), by_time.flows.len(), "{id}");
        for (ordered, timed) in by_order.tasks.iter().zip(&by_time.tasks) {
            let what = |lane: &timeline::TaskLane| -> Vec<_> {
                lane.spans.iter().map(|span| discriminant(&span.state)).collect()
            };
            assert_eq!(what(ordered), what(timed), "{id}: {}", timed.name);
        }
        let places = 0..=order.last();
        let shown: Vec<f64> = places.map(|place| columns.column(place)).collect();
        assert!(shown.is_sorted(), "{id}");
        for turn in order.turns().iter().filter(|turn| !turn.nested) {
            assert!(columns.column(turn.events.end) > columns.column(turn.events.start), "{id}");
            let end = columns.place(columns.column(turn.events.end));
            assert_eq!(end, turn.events.end, "{id}: {turn:?}");
        }
    });
}
