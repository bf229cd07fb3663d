//! Many timers on this machine's own clock: they may be late, and are never wrong.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use asyncio::{Run, Status, gather, sleep};
use executor::{PacedClock, VirtualClock};
use fastrand::Rng;
use trace::{Event, EventKind, Trace};

/// Runs so many timers, all set at once for moments of one second, many of them for the same; gives the figure.
///
/// # Errors
/// That it has not happened as on the virtual clock.
pub fn live(count: usize, seed: u64) -> Result<String> {
    let mut rng = Rng::with_seed(seed);
    let lengths: Vec<f64> = (0..count).map(|_| f64::from(rng.u32(1..=1000)) / 1000.0).collect();
    let predicted = Trace::on();
    let mut run = Run::new(VirtualClock, predicted.clone(), || all(lengths.clone()));
    while run.go() != Status::Ended {}
    let (end, begun, happened) = (run.time(), Instant::now(), Trace::on());
    let clock = PacedClock::new(move || begun.elapsed().as_secs_f64(), 1.0);
    let mut run = Run::new(clock, happened.clone(), || all(lengths));
    loop {
        match run.step() {
            Status::Ran => {}
            Status::Wait(seconds) => thread::sleep(Duration::from_secs_f64(seconds)),
            Status::Ended => break,
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let mut happened = happened.snapshot();
    let late = happened.iter_mut().filter_map(taken_drift).fold(0.0, f64::max);
    let mut predicted = predicted.snapshot();
    predicted.iter_mut().for_each(|event| _ = taken_drift(event));
    ensure!(happened == predicted, "{count} timers, seed {seed}: not as predicted");
    Ok(format!(
        "{count} timers at once on this machine's clock at ×1: as predicted, event for event ({} of them); predicted {end:.3} s, took {took:.3} s, late by {:.0} ms at most",
        happened.len(),
        late * 1000.0
    ))
}

async fn all(lengths: Vec<f64>) -> asyncio::Result {
    gather(lengths.into_iter().map(|length| async move { sleep(length).await })).await?;
    Ok(())
}

/// How late a step was, which is all that may differ: taken out of the event.
fn taken_drift(event: &mut Event) -> Option<f64> {
    match &mut event.kind {
        EventKind::StepBegan { drift, .. } => Some(std::mem::take(drift)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_clock_changes_nothing_but_how_late_it_is() {
        for seed in [1, 2] {
            let figure = live(300, seed).expect("as predicted");
            assert!(figure.starts_with("300 timers"), "{figure}");
        }
    }
}
