//! The loop held.

use super::{Finding, Flaw, Found};
use crate::MOMENT;
use trace::{EventKind, Ready};

/// Steps that take as long as this hold the loop, whatever they do: as asyncio's debug mode has it, in seconds.
const SLOW: f64 = 0.1;
/// Of so many callbacks none of which is slow an iteration is made of many.
const MANY: usize = 10;

/// Finds what held the loop while others could have run.
pub(super) fn find(found: &mut Found) {
    let causes = found.causes;
    let blocks = |event: &trace::Event| matches!(event.kind, EventKind::Blocked { .. });
    for node in causes.nodes() {
        let length = node.end - node.begin;
        let (by, blocked) = match node.turn.map(|turn| &causes.order().turns()[turn]) {
            Some(turn) => {
                let by = match turn.what {
                    Ready::Step(task) => Some(task),
                    Ready::Call(_) => None,
                };
                let events = &causes.events()[turn.events.clone()];
                (by, events.iter().position(blocks).map(|n| turn.events.start + n))
            }
            None => continue,
        };
        if length <= MOMENT || (blocked.is_none() && length < SLOW) {
            continue;
        }
        let mut longest = (0.0, None);
        let mut number = 0;
        for lane in found.timeline.tasks.iter().filter(|lane| Some(lane.id) != by) {
            let begun = lane.spans.partition_point(|span| span.to <= node.begin);
            let overlapping = lane.spans[begun..].iter().take_while(|span| span.from < node.end);
            let held_up = overlapping.filter(|span| span.is_held_up());
            let lost = held_up.map(|span| span.to.min(node.end) - span.from.max(node.begin));
            let lost: f64 = lost.sum();
            if lost > MOMENT {
                number += 1;
                if lost > longest.0 {
                    longest = (lost, Some(lane.id));
                }
            }
        }
        if number == 0 {
            continue;
        }
        let event = blocked.unwrap_or(node.event);
        let site = causes.site(by, node.event);
        let finding = Found::plain(Flaw::LoopHeld, event, longest.0);
        found.add(Finding { task: by, other: longest.1, site, number, ..finding });
    }
    long_iterations(found);
}

/// Finds iterations that are long by many callbacks.
fn long_iterations(found: &mut Found) {
    let causes = found.causes;
    let turns = causes.order().turns();
    for iteration in causes.order().iterations() {
        let own = turns[iteration.turns.clone()].iter().filter(|turn| !turn.nested);
        let nodes = own.map(|turn| causes.nodes()[causes.node_of(turn.events.start)]);
        let lengths: Vec<f64> = nodes.map(|node| node.end - node.begin).collect();
        let number = lengths.iter().filter(|length| **length > MOMENT).count();
        let whole = lengths.iter().fold(0.0, |sum, length| sum + length);
        if number >= MANY && whole >= SLOW && lengths.iter().all(|length| *length < SLOW) {
            let finding = Found::plain(Flaw::LongIteration, iteration.events.start, whole);
            found.add(Finding { number, ..finding });
        }
    }
}
