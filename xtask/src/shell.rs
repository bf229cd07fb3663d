//! Where the repository is, where cargo keeps its programs, and how child processes are started.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The surroundings every child process is started in.
pub struct Shell {
    /// The top of the repository, where children start.
    root: PathBuf,
    /// Cargo's own folder; tools are installed into its `bin`.
    cargo_home: PathBuf,
    /// The PATH of children: cargo's `bin` first, so that what was just installed is found.
    path: OsString,
}

impl Shell {
    /// Reads the surroundings from the environment that cargo gives.
    pub fn new() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask has no folder above it")?.to_owned();
        let cargo_home = match env::var_os("CARGO_HOME").filter(|home| !home.is_empty()) {
            Some(home) => env::current_dir()?.join(home),
            None => env::home_dir()
                .context("neither CARGO_HOME nor HOME is set, so there is nowhere to put tools")?
                .join(".cargo"),
        };
        Self::with(root, cargo_home, env::var_os("PATH").unwrap_or_default())
    }

    /// The surroundings made of these three.
    pub fn with(root: PathBuf, cargo_home: PathBuf, path: OsString) -> Result<Self> {
        let path =
            env::join_paths(std::iter::once(cargo_home.join("bin")).chain(env::split_paths(&path)))
                .context("the path of cargo's folder cannot stand in PATH")?;
        Ok(Self { root, cargo_home, path })
    }

    /// The same surroundings for a repository in another folder.
    pub fn at(&self, root: PathBuf) -> Self {
        Self { root, cargo_home: self.cargo_home.clone(), path: self.path.clone() }
    }

    /// The top of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's own folder.
    pub fn cargo_home(&self) -> &Path {
        &self.cargo_home
    }

    /// Where `program` is on the children's PATH.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        which::which_in(program, Some(&self.path), &self.root).ok()
    }

    /// A child that starts at the top of the repository with the children's PATH.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let program = program.as_ref();
        let found = program.to_str().and_then(|name| self.find(name));
        let mut command = Command::new(found.as_deref().map_or(program, Path::as_os_str));
        command.current_dir(&self.root).env("PATH", &self.path);
        command
    }

    /// Runs `program` with its output passed through, and fails if it does.
    pub fn run<const N: usize>(&self, program: &str, args: [&str; N]) -> Result<()> {
        run(self.command(program).args(args))
    }

    /// What `program` prints to its standard output, or nothing if it fails.
    pub fn output<const N: usize>(
        &self,
        program: impl AsRef<OsStr>,
        args: [&str; N],
    ) -> Option<String> {
        let output = self.command(program).args(args).stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then_some(text)
    }
}

/// The files of a folder whose names end in one of these, in the order of their names.
///
/// # Errors
/// That the folder cannot be read.
pub fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let is_one = |path: &Path| {
        path.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one))
    };
    files.retain(|path| is_one(path));
    files.sort();
    Ok(files)
}

/// Runs a prepared command with its output passed through, and fails if it does.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// A command as one would type it.
pub fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str()).to_string_lossy();
    std::iter::once(name)
        .chain(command.get_args().map(OsStr::to_string_lossy))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_own_folder_comes_first_on_the_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let shell = Shell::with(
            folder.path().to_owned(),
            folder.path().join("home"),
            env::join_paths([folder.path().join("other")]).expect("a path"),
        )
        .expect("a shell");
        let dirs: Vec<_> = env::split_paths(&shell.path).collect();
        assert_eq!(dirs, [folder.path().join("home/bin"), folder.path().join("other")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_found_only_where_it_is() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let bin = folder.path().join("bin");
        std::fs::create_dir(&bin).expect("bin");
        let tool = bin.join("a-tool");
        std::fs::write(&tool, "#!/bin/sh\necho a-tool 1.2.3\n").expect("the tool");
        std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755)).expect("mode");
        let shell =
            Shell::with(folder.path().to_owned(), folder.path().to_owned(), OsString::new())
                .expect("a shell");
        assert_eq!(shell.find("a-tool"), Some(tool));
        assert_eq!(shell.find("another-tool"), None);
    }

    #[test]
    fn a_command_reads_as_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["fmt", "--check"]);
        assert_eq!(line(&command), "cargo fmt --check");
    }
}
