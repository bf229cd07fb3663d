//! Streams, over the simulated network.
//!
//! The oracle had the same network below CPython's own streams (`xtask/oracle/network.py`).

mod cancelling;
mod connecting;
mod ends;
mod events;
mod pressure;
mod reading;
mod serving;
mod transfer;

use super::*;

/// [`check`] on a network; what is logged comes after the lines.
#[track_caller]
fn check_on(
    network: NetworkConfig,
    python: &str,
    lines: &[&str],
    main: impl StdFuture<Output = Result> + 'static,
) {
    let run = ended(Run::new(VirtualClock, Trace::on(), || async {
        set_network(network);
        main.await
    }));
    let mut found = said(&run, false);
    found.extend(run.trace().with(|events| {
        let logged = (0..events.len()).filter_map(|place| logged_text(events, place));
        logged.map(|text| format!("logged {text}")).collect::<Vec<_>>()
    }));
    assert_eq!(found, lines, "CPython gives the lines on the right for:\n{python}");
}

/// Prints the error that something came to.
fn say_error<T>(result: Result<T>) {
    print(result.err().map_or("no error".into(), |error| error.repr()));
}
