//! Completes the page that Trunk has built; called by a hook of Trunk.

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (Some(source), Some(staging)) =
        (env::var_os("TRUNK_SOURCE_DIR"), env::var_os("TRUNK_STAGING_DIR"))
    else {
        eprintln!("TRUNK_SOURCE_DIR, TRUNK_STAGING_DIR: this is for Trunk to call, see Trunk.toml");
        return ExitCode::FAILURE;
    };
    match complete(Path::new(&source), Path::new(&staging)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the texts beside the page, and into it what stands there before its program has come.
fn complete(source: &Path, staging: &Path) -> site::Result<()> {
    let examples = source.join("crates/examples/src");
    texts::write(&examples, &staging.join("texts"))?;
    let has_engine = site::engine(source, staging)?;
    fs::write(staging.join("texts/search.json"), site::library(&examples)?.write())?;
    let page = staging.join("index.html");
    fs::write(&page, site::complete(&fs::read_to_string(&page)?, &examples, has_engine)?)?;
    site::parts(staging)?;
    site::offline(source, staging)
}
