//! wasm-opt, which makes the page's wasm smaller: found, or installed from npm.

use crate::report::say;
use crate::shell::Shell;
use crate::{install, program};

/// The npm package that brings wasm-opt, which needs nothing but node.
const PACKAGE: &str = "binaryen@132.0.0";

/// The oldest wasm-opt that knows all that today's compiler emits.
const OLDEST: u32 = 123;

/// Finds or installs wasm-opt; says whether it is there.
///
/// The page works without it and is only larger, so its lack is told, not an error.
pub fn ensure(shell: &Shell) -> bool {
    if is_there(shell) {
        return true;
    }
    if shell.find("npm").is_none() || shell.find("node").is_none() {
        say(
            "wasm-opt is not there, and there is no npm to get it with: the page is built without \
             it, and is larger than it need be. To have it, install Node.js or binaryen.",
        );
        return false;
    }
    // The prefix makes npm put the program beside cargo's, whoever owns npm's own folder.
    let prefix =
        if cfg!(windows) { shell.cargo_home().join("bin") } else { shell.cargo_home().to_owned() };
    let mut command = shell.command("npm");
    command
        .args(["install", "--global", "--no-audit", "--no-fund", "--prefix"])
        .arg(prefix)
        .arg(PACKAGE);
    if let Err(error) = install::run("wasm-opt (npm's binaryen)", "seconds", &mut command) {
        say(format_args!(
            "{error:#}\nwasm-opt could not be installed: the page is built without it, and is \
             larger than it need be."
        ));
        return false;
    }
    is_there(shell)
}

/// Whether a wasm-opt that is new enough runs.
fn is_there(shell: &Shell) -> bool {
    program::version(shell, "wasm-opt").is_some_and(|(major, ..)| major >= OLDEST)
}
