//! The critical path of every example: it covers the run.

use causes::{Causes, Kind, Piece};
use examples::CATALOGUE;
use run::{Recorded, instant};
use timeline::Order;

const BUDGET: u64 = 200_000;

#[test]
fn the_pieces_of_every_example_cover_its_run_without_a_gap() {
    for example in CATALOGUE.iter().copied() {
        let Recorded { events, end, .. } = instant(example, &example.defaults(), BUDGET);
        let order = Order::new(events);
        let causes = Causes::of(&order);
        let path = causes.critical();
        let mut at = order.events()[0].time;
        for piece in &path {
            assert_eq!(piece.from, at, "{}: {path:#?}", example.id);
            assert!(piece.from < piece.to, "{}: {piece:?}", example.id);
            at = piece.to;
        }
        assert!((at - end).abs() < 1e-9, "{}: {at} of {end}: {path:#?}", example.id);
        // All that happens in these programs is known; only a client that polls its socket is not.
        let outside = path.iter().filter(|piece| piece.kind == Kind::Outside);
        let outside: f64 = outside.map(Piece::seconds).sum();
        assert!(outside <= end * 0.01, "{}: {outside} of {end}: {path:#?}", example.id);
    }
}
