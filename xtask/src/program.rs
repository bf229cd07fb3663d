//! Versions that programs say they are of.

use std::ffi::OsStr;

use crate::shell::Shell;

/// Major, minor and patch number.
pub type Version = (u32, u32, u32);

/// The version `program` prints when asked with `--version`, if it runs at all.
pub fn version(shell: &Shell, program: impl AsRef<OsStr>) -> Option<Version> {
    parse(&shell.output(program, ["--version"])?)
}

/// The first word of `text` that is a version: `trunk 0.21.14`, `wasm-opt version 132 (version_132)`.
pub fn parse(text: &str) -> Option<Version> {
    text.split_whitespace().find_map(|word| {
        let mut numbers = word.trim_start_matches('v').split('.').map(|part| {
            let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part[..digits].parse().ok()
        });
        let major = numbers.next()??;
        let minor = numbers.next().flatten().unwrap_or(0);
        let patch = numbers.next().flatten().unwrap_or(0);
        Some((major, minor, patch))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_print() {
        for (text, version) in [
            ("trunk 0.21.14\n", Some((0, 21, 14))),
            ("wasm-bindgen 0.2.126 (3fd2e1c30)", Some((0, 2, 126))),
            ("wasm-opt version 132 (version_132)\n", Some((132, 0, 0))),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12", Some((156, 0, 8078))),
            ("ChromeDriver 156.0.8078.79 (a21ce95)", Some((156, 0, 8078))),
            ("trunk 0.22.0-beta.1", Some((0, 22, 0))),
            ("v20.20.2", Some((20, 20, 2))),
            ("no version here", None),
            ("", None),
        ] {
            assert_eq!(parse(text), version, "{text}");
        }
    }
}
