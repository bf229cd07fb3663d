//! The critical path of every example, at both ends of every parameter: it covers the run, and all of it has a cause.

use causes::{Causes, Kind};
use examples::{Args, CATALOGUE, Example};
use run::{Recorded, instant};
use timeline::Order;

const BUDGET: u64 = 200_000;

#[test]
fn the_pieces_of_every_example_cover_its_run_without_a_gap() {
    let mut runs = 0;
    for example in CATALOGUE.iter().copied() {
        check(example, &example.defaults(), "");
        for param in example.params {
            for value in param.ends() {
                let mut args = example.defaults();
                args.set(param.name, &value.plain()).expect("it is within its bounds");
                check(example, &args, &format!("{}={}", param.name, value.plain()));
                runs += 1;
            }
        }
    }
    assert!(runs > 800, "only {runs} runs");
}

fn check(example: &'static Example, args: &Args, values: &str) {
    let Recorded { events, end, .. } = instant(example, args, BUDGET);
    let order = Order::new(events);
    let path = Causes::of(&order).critical();
    let mut at = order.events()[0].time;
    for piece in &path {
        assert_eq!(piece.from, at, "{} {values}: {path:#?}", example.id);
        assert!(piece.from < piece.to, "{} {values}: {piece:?}", example.id);
        // All that happens in these programs is known, what is under way in their network too.
        assert_ne!(piece.kind, Kind::Outside, "{} {values}: {path:#?}", example.id);
        at = piece.to;
    }
    assert!((at - end).abs() < 1e-9, "{} {values}: {at} of {end}: {path:#?}", example.id);
}
