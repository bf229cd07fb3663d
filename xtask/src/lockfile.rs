//! Versions of packages as `Cargo.lock` has them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The version that the lock file in `root` gives for `package`.
pub fn version(root: &Path, package: &str) -> Result<String> {
    let path = root.join("Cargo.lock");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    version_in(&text, package)?.with_context(|| format!("{package} is not in {}", path.display()))
}

/// The version that the text of a lock file gives for `package`.
fn version_in(text: &str, package: &str) -> Result<Option<String>> {
    let lock: toml::Table = text.parse().context("Cargo.lock is not what cargo writes")?;
    Ok(lock
        .get("package")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .and_then(|entry| entry.get("version"))
        .and_then(toml::Value::as_str)
        .map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-shared"
version = "0.2.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.126"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["wasm-bindgen-shared"]
"#;

    #[test]
    fn the_version_of_the_very_package_is_read() {
        let version = version_in(LOCK, "wasm-bindgen").expect("a lock file");
        assert_eq!(version.as_deref(), Some("0.2.126"));
    }

    #[test]
    fn a_package_not_locked_has_no_version() {
        assert_eq!(version_in(LOCK, "yew").expect("a lock file"), None);
        assert!(version_in("not = [toml", "yew").is_err());
    }
}
