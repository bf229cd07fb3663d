//! Writes the texts of all examples beside the page that Trunk builds; called by a hook of Trunk.

use std::env;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (Some(source), Some(staging)) =
        (env::var_os("TRUNK_SOURCE_DIR"), env::var_os("TRUNK_STAGING_DIR"))
    else {
        eprintln!("TRUNK_SOURCE_DIR, TRUNK_STAGING_DIR: this is for Trunk to call, see Trunk.toml");
        return ExitCode::FAILURE;
    };
    let examples = Path::new(&source).join("crates/examples/src");
    match texts::write(&examples, &Path::new(&staging).join("texts")) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
