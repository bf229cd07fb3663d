//! Uses the page at random: `cargo xtask trust monkey` builds and serves it for that. Arguments: seed, actions.

use anyhow::{Context, Result};
use e2e::{monkey, visit};

/// Actions in one browser; then another begins, with the next seed.
const PIECE: u64 = 1000;

fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let mut next =
        || numbers.next().context("a seed and a number of actions")?.context("no number");
    let (seed, actions) = (next()?, next()?);
    for piece in 0..actions.div_ceil(PIECE) {
        let count = PIECE.min(actions - piece * PIECE);
        visit("monkey", async |page| monkey::play(page, seed + piece, count).await)?;
    }
    println!("{actions} actions: each kept every invariant");
    Ok(())
}
