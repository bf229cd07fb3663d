//! A little random use of the page; more of it: `cargo xtask trust monkey`.

use anyhow::Result;
use e2e::{monkey, visit};

#[test]
fn random_actions_leave_the_page_whole() -> Result<()> {
    visit("random_actions_leave_the_page_whole", async |page| monkey::play(page, 1, 60).await)
}
