//! "Does CPython agree?" is asked under the examples, as a reader asks it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::{Page, is_thorough, visit};

/// CPython must be fetched and started, once or, where threads were started, again.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where the engine's CPython and the one that is followed are known to part.
const NEWER: [&str; 1] = ["eager-tasks"];

/// Of so many examples one is asked, unless all are.
const ONE_OF: usize = 40;

/// Asks, and gives what has come of it: its kind, and the sentence.
async fn answer(page: &Page, example: &str) -> Result<(String, String)> {
    page.choose(example).await?;
    page.until("that nobody has asked yet", async || {
        Ok(page.attribute("#agree", "data-state").await?.as_deref() == Some("unasked"))
    })
    .await?;
    page.click("#agree-ask").await?;
    let state = async || Ok(page.attribute("#agree", "data-state").await?.unwrap_or_default());
    page.within(PATIENCE, "an answer", async || {
        let state: Result<String> = state().await;
        Ok(!["unasked", "loading", "running"].contains(&&*state?))
    })
    .await?;
    Ok((state().await?, page.text("#agree [role='status']").await?))
}

#[test]
fn cpython_agrees_on_the_examples() -> Result<()> {
    visit("cpython_agrees_on_the_examples", async |page| {
        if !page.has_engine().await? {
            return Ok(());
        }
        let examples = page.examples().await?;
        let (mut agree, mut known, mut others) = (0, 0, Vec::new());
        for example in examples.iter().step_by(if is_thorough() { 1 } else { ONE_OF }) {
            let (state, said) = answer(page, example).await.with_context(|| example.clone())?;
            match &*state {
                "agrees" => agree += 1,
                "differs" if NEWER.contains(&&**example) => known += 1,
                _ => others.push(format!("{example}: {state}: {said}")),
            }
        }
        println!(
            "of {} examples CPython agrees on {agree}, and differs on {known} as is known of its version",
            examples.len()
        );
        ensure!(others.is_empty(), "{others:#?}");
        ensure!(agree > 0, "nothing was asked");
        Ok(())
    })
}
