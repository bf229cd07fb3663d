//! `cargo xtask test`: every check there is.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use examples::CATALOGUE;

use crate::at_once;
use crate::axe;
use crate::browser::{self, Browser};
use crate::build;
use crate::cases;
use crate::conformance::{self, python::Python};
use crate::differential;
use crate::documents;
use crate::engine::Engine;
use crate::recorder;
use crate::report::{Stages, say};
use crate::shell::{self, Shell};
use crate::site::Site;
use crate::tools::{self, Tool, WASM};
use crate::trust;

/// Set up what is missing and run every check.
///
/// In this order: formatting; lints, native and wasm; tests; documentation; what holds of every run of random programs; types
/// of the commands on other systems, where rustup has brought their libraries; hostile input; licences and hashes;
/// conformance of the examples
/// and of random programs; of the examples with Pyodide, where Node.js is; tests in a headless browser; the release build and its weight; the page end to end in a headless browser. Each
/// is run even when one before it failed; the last line counts them.
///
/// Sets up what `build` does and, where missing, rustfmt and clippy (rustup), wasm-pack (cargo install)
/// and, as root on Debian, chromium and chromium-driver (apt-get). Elsewhere Chromium or Chrome and
/// ChromeDriver are found on the PATH, at their usual places, or by CHROME and CHROMEDRIVER.
#[derive(clap::Args)]
pub struct Args {
    /// Leave out what needs a browser or the release build: about a minute instead of several
    #[arg(long)]
    quick: bool,
}

/// Runs every stage and closes with the count.
pub fn main(shell: &Shell, args: &Args) -> Result<ExitCode> {
    let mut stages = Stages::default();
    let mut browser = None;
    let mut optimize = None;
    if args.quick {
        stages.run("set-up", || set_up_quick(shell));
    } else {
        // First what may be impossible here, then what takes minutes.
        stages.run("set-up of the browser", || {
            browser = Some(browser::ensure(shell)?);
            Ok(())
        });
        stages.run("set-up of the tools", || {
            set_up_quick(shell)?;
            tools::ensure(shell, &[Tool::wasm_bindgen(shell)?, Tool::wasm_pack(), Tool::trunk()])?;
            optimize = Some(build::set_up(shell)?);
            Ok(())
        });
    }
    stages.run("formatting", || shell.run("cargo", ["fmt", "--all", "--check"]));
    stages.run("lints", || clippy(shell, &["--workspace", "--all-targets"]));
    stages.run("lints for wasm", || {
        let targets = ["--lib", "--bins", "--tests", "--package", "coroscope"];
        clippy(shell, &[&targets[..], &["--target", WASM]].concat())
    });
    stages.run("tests", || {
        shell.run("cargo", ["test", "--workspace", "--exclude", "e2e", "--no-fail-fast"])
    });
    stages.run("documentation", || document(shell));
    stages.run("what holds of every run", trust::properties_quick);
    for target in ["x86_64-pc-windows-gnu", "x86_64-apple-darwin"] {
        match tools::has_target(shell, target) {
            true => {
                _ = stages.run(&format!("types of the commands for {target}"), || {
                    shell.run("cargo", ["check", "--package", "xtask", "--target", target])
                })
            }
            false => say(format_args!(
                "\nTypes of the commands for {target}: left out; `rustup target add {target}` brings what is missing"
            )),
        }
    }
    stages.run("hostile input", || trust::fuzz_quick(shell));
    stages.run("what the page is made of", || trust::supply_check(shell).map(drop));
    stages.run("conformance with the goldens", || conformance::check_goldens(shell));
    stages.run("differential with the corpus", || differential::check_corpus(shell));
    if conformance::is_possible(shell) {
        stages.run("conformance with CPython", || conformance::live(shell));
        stages.run("differential with CPython", || differential::live(shell));
        stages.run("traces of real programs", || recorder::quick(shell));
    } else {
        say("\nComparing with CPython: left out, no CPython 3.13 (PYTHON313) was found");
    }
    if args.quick {
        return Ok(stages.finish());
    }
    match Engine::new(shell) {
        Ok(engine) => {
            stages.run("conformance with CPython in Pyodide", || {
                conformance::in_engine(&engine, CATALOGUE)
            });
            stages.run("awaits at once in the engine", || at_once::check(shell, &engine));
            stages.run("programs of many kinds in the engine", || {
                cases::all(&engine, &cases::ours(shell))
            });
            own_programs(shell, &engine, &mut stages);
        }
        Err(error) => say(format_args!("\nComparing with CPython in Pyodide: left out, {error}")),
    }
    stages.run("tests in the browser", || {
        needed(&optimize)?;
        in_browser(shell, needed(&browser)?)
    });
    let built = stages.run("release build and its weight", || {
        build::page_within_budget(shell, *needed(&optimize)?)
    });
    stages.run("end to end", || {
        if !built {
            bail!("left out, since the release build did not pass");
        }
        end_to_end(shell, needed(&browser)?)
    });
    Ok(stages.finish())
}

/// Programs that are not ours, in the engine: those that lie beside the repository.
fn own_programs(shell: &Shell, engine: &Engine, stages: &mut Stages) {
    let folder = cases::usual(shell);
    if folder.is_dir() {
        stages.run("public questions in the engine", || cases::all(engine, &folder));
    } else {
        say("\nPublic questions in the engine: left out, ../shared/cases is not there");
    }
    let folder = documents::usual(shell);
    if folder.is_dir() {
        stages.run("blocks of documents in the engine", || documents::usual_ones(engine, &folder));
    } else {
        say("\nBlocks of documents in the engine: left out, ../shared/seeds is not there");
    }
}

/// What was set up, or why a stage that needs it cannot run.
fn needed<T>(set_up: &Option<T>) -> Result<&T> {
    set_up.as_ref().context("left out, since its set-up did not pass")
}

/// Sets up what every stage needs; seconds at most.
fn set_up_quick(shell: &Shell) -> Result<()> {
    tools::ensure_components(shell)?;
    tools::ensure_wasm_target(shell)
}

/// Clippy, where any warning is an error.
fn clippy(shell: &Shell, what: &[&str]) -> Result<()> {
    let mut command = shell.command("cargo");
    command.arg("clippy").args(what).args(["--", "--deny", "warnings"]);
    shell::run(&mut command)
}

/// The documentation of both sides of the crate, where any warning is an error.
fn document(shell: &Shell) -> Result<()> {
    let doc = || {
        let mut command = shell.command("cargo");
        command.env("RUSTDOCFLAGS", "--deny warnings").args(["doc", "--no-deps"]);
        command
    };
    shell::run(doc().arg("--workspace"))?;
    shell::run(doc().args(["--package", "coroscope", "--target", WASM]))
}

/// The tests of the page's code, in a headless browser.
fn in_browser(shell: &Shell, browser: &Browser) -> Result<()> {
    let mut command = shell.command("wasm-pack");
    command
        .args(["test", "--headless", "--chrome", "--mode", "no-install"])
        .arg("--chromedriver")
        .arg(&browser.driver)
        // Seconds; a busy machine of two cores can take longer than the usual 20.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    shell::run(&mut command)
}

/// The built page in a headless browser, as a visitor uses it.
fn end_to_end(shell: &Shell, browser: &Browser) -> Result<()> {
    let site = Site::local(build::dist(shell))?;
    let mut command = shell.command("cargo");
    command
        .args(["test", "--package", "e2e", "--no-fail-fast", "--", "--nocapture"])
        .arg("--test-threads=1");
    match axe::ensure(shell) {
        Ok(axe) => _ = command.env("AXE", axe),
        Err(error) => say(format_args!("\nLooking at the page with axe: left out, {error}")),
    }
    if let Some(python) = Python::find(shell)? {
        command.env("PYTHON313", python.path);
    }
    shell::run(browser.visiting(&mut command, &site))
}
