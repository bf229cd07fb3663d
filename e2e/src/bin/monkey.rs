//! Uses the page at random: `cargo xtask trust monkey` builds and serves it for that. Arguments: seed, actions.

use anyhow::{Context, Result};
use e2e::{monkey, visit};

fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let mut next =
        || numbers.next().context("a seed and a number of actions")?.context("no number");
    let (seed, actions) = (next()?, next()?);
    visit("monkey", async |page| monkey::play(page, seed, actions).await)
}
