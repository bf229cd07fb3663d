//! Finds CPython 3.13.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Result, bail};

use crate::shell::Shell;

/// Names itself: implementation, version and place, a line each.
const WHO: &str = "import sys; print(sys.implementation.name); \
                   print('.'.join(map(str, sys.version_info[:3]))); print(sys.executable)";

/// A CPython 3.13.
#[derive(Debug, PartialEq, Eq)]
pub struct Python {
    /// The interpreter.
    pub path: PathBuf,
    /// Its version, such as `3.13.0`.
    pub version: String,
}

impl Python {
    /// The interpreter that PYTHON313 names; else `python3.13`, plain or of pyenv; else `python3`.
    pub fn find(shell: &Shell) -> Result<Option<Self>> {
        if let Some(program) = std::env::var_os("PYTHON313").filter(|program| !program.is_empty()) {
            return match ask(shell, &program, None) {
                Some(python) => Ok(Some(python)),
                None => bail!("PYTHON313 is {}, which is not CPython 3.13", program.display()),
            };
        }
        let pyenv = || {
            let versions = shell.output("pyenv", ["versions", "--bare"])?;
            let mut versions = versions.lines().map(str::trim);
            versions.find_map(|version| {
                let suits = version == "3.13" || version.starts_with("3.13.");
                suits.then(|| ask(shell, "python3.13", Some(version)))?
            })
        };
        Ok(ask(shell, "python3.13", None).or_else(pyenv).or_else(|| ask(shell, "python3", None)))
    }

    /// The same, where nothing can be done without it.
    pub fn require(shell: &Shell) -> Result<Self> {
        match Self::find(shell)? {
            Some(python) => Ok(python),
            None => bail!(
                "CPython 3.13 was not found: neither python3.13 (plain or of pyenv) nor python3 is \
                 one. Install it, or name it: PYTHON313=/path/to/python3.13"
            ),
        }
    }
}

/// Who `program` is, if it is CPython 3.13.
fn ask(shell: &Shell, program: impl AsRef<OsStr>, pyenv: Option<&str>) -> Option<Python> {
    let mut command = shell.command(program);
    if let Some(version) = pyenv {
        command.env("PYENV_VERSION", version);
    }
    let output = command.args(["-c", WHO]).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    parse(&text)
}

/// Reads the answer to [`WHO`].
fn parse(text: &str) -> Option<Python> {
    let mut lines = text.lines();
    let (implementation, version, path) = (lines.next()?, lines.next()?, lines.next()?);
    (implementation == "cpython" && version.starts_with("3.13."))
        .then(|| Python { path: path.into(), version: version.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cpython_3_13_will_do() {
        let python = parse("cpython\n3.13.2\n/usr/bin/python3.13\n").expect("it will do");
        assert_eq!(python.version, "3.13.2");
        assert_eq!(python.path, PathBuf::from("/usr/bin/python3.13"));
        assert_eq!(parse("cpython\n3.12.9\n/usr/bin/python3\n"), None);
        assert_eq!(parse("cpython\n3.130.0\n/usr/bin/python3\n"), None);
        assert_eq!(parse("pypy\n3.13.0\n/usr/bin/pypy3\n"), None);
        assert_eq!(parse(""), None);
    }
}
