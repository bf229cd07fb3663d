//! Writes the texts of all examples beside the page that Trunk builds; called by a hook of Trunk.

use std::env;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(staging) = env::var_os("TRUNK_STAGING_DIR") else {
        eprintln!("TRUNK_STAGING_DIR is not set: this is for Trunk to call, see Trunk.toml");
        return ExitCode::FAILURE;
    };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/examples");
    match texts::write(&examples, &Path::new(&staging).join("texts")) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
