//! What if: a run that is pinned and compared.

use anyhow::{Result, ensure};
use e2e::visit;

const DELAY: &str = r#"input[type=number][data-param="DELAYS"][data-index="0"]"#;

#[test]
fn a_run_is_pinned_and_compared() -> Result<()> {
    visit("a_run_is_pinned_and_compared", async |page| {
        page.choose("gather-order").await?;
        let before = page.text(".figure dd").await?;
        page.click("#pin").await?;
        page.type_into(DELAY, "1.7").await?;
        page.until("the difference", async || {
            let was = page.text(".figure .was").await?;
            Ok(was.contains(&before) && was.contains("+0.20"))
        })
        .await?;
        let parting = page.text(".compare .parting").await?;
        ensure!(parting.contains("0.00 s") && parting.contains("1.70") && parting.contains("1.50"));
        page.click("#parting").await?;
        page.until("the playhead to go where they part", async || {
            Ok(page.value("#playhead").await? == "0")
        })
        .await?;
        page.until("the link to carry the pinned run", async || {
            Ok(page.evaluate("return Number(location.hash.includes('pin=1~'))").await? == 1.0)
        })
        .await?;
        page.reload().await?;
        ensure!(page.count("#compare").await? == 1, "the link has lost the pinned run");
        page.click("#unpin").await?;
        page.until("it to be compared no more", async || Ok(page.count("#compare").await? == 0))
            .await
    })
}
