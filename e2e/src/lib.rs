//! The built page in a headless browser, used as a visitor uses it.
//!
//! The tests need the page served and a browser: `cargo xtask test` sees to both and says where they
//! are by COROSCOPE_URL, CHROME and CHROMEDRIVER. Without these the tests say so and pass.

mod devtools;
mod driver;
mod dropped;
mod faulty;
mod field;
mod frames;
mod gate;
pub mod late;
mod log;
pub mod memory;
pub mod monkey;
mod page;
mod pointer;
mod processes;
mod room;

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use tokio::runtime;

use crate::driver::Driver;
pub use crate::dropped::recording;
pub use crate::faulty::{Fate, Fault, FaultySite};
pub use crate::field::{Field, Kind};
pub use crate::frames::Frames;
pub use crate::gate::Gate;
pub use crate::page::Page;
pub use crate::processes::renderers;
pub use crate::room::Room;

/// Opens the page in a browser of its own, runs `test` on it, and closes the browser whatever happened.
///
/// Whatever the test does, the browser's console must be without errors at its end. The picture of a
/// page that failed is kept in `target/e2e/`.
pub fn visit(name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    browse(name, async |page| {
        page.open().await?;
        test(page).await?;
        let errors = page.console_errors().await?;
        ensure!(errors.is_empty(), "errors in the console: {errors:#?}");
        Ok(())
    })
}

/// Lends `test` a browser of its own that has not opened the page, and closes it whatever happened.
pub fn browse(name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    lend(name, &[], async |page| test(page).await)
}

/// The same, where all requests of the browser pass a gate.
pub fn browse_gated(name: &str, test: impl AsyncFnOnce(&Page, &Gate) -> Result<()>) -> Result<()> {
    // Without a page there is nothing to be let through.
    let Ok(url) = env::var("COROSCOPE_URL") else { return browse(name, async |_| Ok(())) };
    let gate = Gate::before(&url)?;
    let arguments =
        [format!("--proxy-server={}", gate.address), "--proxy-bypass-list=<-loopback>".to_owned()];
    lend(name, &arguments, async |page| test(page, &gate).await)
}

fn lend(
    name: &str,
    arguments: &[String],
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let (Ok(url), Ok(chrome), Ok(chromedriver)) =
        (env::var("COROSCOPE_URL"), env::var("CHROME"), env::var("CHROMEDRIVER"))
    else {
        println!("{name}: skipped, as no page and browser were named; run `cargo xtask test`");
        return Ok(());
    };
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let driver = runtime.block_on(Driver::start(&chromedriver, &chrome, arguments))?;
    let page = Page::new(driver.client().clone(), url);
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&page))));
    if !matches!(outcome, Ok(Ok(()))) {
        runtime.block_on(explain(&page, name));
    }
    let closed = runtime.block_on(driver.stop());
    outcome.unwrap_or_else(|panic| resume_unwind(panic)).with_context(|| format!("in `{name}`"))?;
    closed
}

/// Whether all cases are wanted, however long that takes, and not only those of every day.
pub fn is_thorough() -> bool {
    env::var_os("COROSCOPE_THOROUGH").is_some()
}

/// The one in the middle.
pub fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints what the console says and keeps a picture of the page, as far as the browser still answers.
async fn explain(page: &Page, name: &str) {
    if let Ok(errors) = page.console_errors().await
        && !errors.is_empty()
    {
        println!("errors in the console: {errors:#?}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/e2e");
    let file = folder.join(format!("{name}.png"));
    if let Ok(picture) = page.picture().await
        && std::fs::create_dir_all(&folder).is_ok()
        && std::fs::write(&file, picture).is_ok()
    {
        println!("a picture of the page is in {}", file.display());
    }
}
