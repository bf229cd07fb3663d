//! What CPython did, kept in `xtask/goldens`, so that comparing needs no Python.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use examples::Example;
use serde_json::{Map, Value as Json};
use trace_document::{Document, Header};

use super::cases::Case;
use crate::params;
use crate::shell::Shell;
use crate::trace_file;

/// The traces of one example, of the values that their headers tell.
pub struct Golden(Vec<Document>);

impl Golden {
    /// Where the traces of an example are kept: one after the other, with an empty line between, packed.
    pub fn path(shell: &Shell, example: &Example) -> PathBuf {
        let file = format!("{}.trace.gz", example.id);
        shell.root().join("xtask/goldens").join(file)
    }

    /// Traces that this version of CPython gave for these values, with the twin as it is now.
    pub fn new<'a>(
        example: &Example,
        python: &str,
        runs: impl Iterator<Item = (&'a Case, Document)>,
    ) -> Self {
        let document = |(case, run): (&Case, Document)| {
            let header = Header {
                recorder: None,
                program: Some(example.id.to_owned()),
                parameters: params::json(&case.args),
                rest: [
                    ("label", Json::from(case.label.as_str())),
                    ("python", python.into()),
                    ("twin", checksum(example).into()),
                ]
                .map(|(name, value)| (name.to_owned(), value))
                .into_iter()
                .collect::<Map<_, _>>(),
                ..Header::default()
            };
            Document { header, ..run }
        };
        Self(runs.map(document).collect())
    }

    /// Reads the traces of an example, if they are of its present twin.
    pub fn read(shell: &Shell, example: &Example) -> Result<Self> {
        let path = Self::path(shell, example);
        let documents = trace_file::read_all(&path)?;
        let sum = Json::from(checksum(example));
        if documents.iter().any(|document| document.header.rest.get("twin") != Some(&sum)) {
            bail!("{} is of another twin.py", path.display());
        }
        if documents.is_empty() {
            bail!("{} is empty", path.display());
        }
        Ok(Self(documents))
    }

    /// Writes the traces, and says how many bytes that took.
    pub fn write(&self, shell: &Shell, example: &Example) -> Result<usize> {
        let path = Self::path(shell, example);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        trace_file::write_all(&path, &self.0)?;
        Ok(usize::try_from(fs::metadata(&path)?.len())?)
    }

    /// The values and the traces.
    pub fn runs(self, example: &Example) -> impl Iterator<Item = Result<(Case, Document)>> {
        self.0.into_iter().map(|document| {
            let label = document.header.rest.get("label").and_then(Json::as_str);
            let label = label.unwrap_or_default().to_owned();
            let args = params::from_json(example, &document.header.parameters);
            let args = args.with_context(|| label.clone())?;
            Ok((Case { label, args }, document))
        })
    }
}

/// A checksum of the twin, line endings aside.
fn checksum(example: &Example) -> u32 {
    let mut sum = flate2::Crc::new();
    example.source().python.lines().for_each(|line| sum.update(format!("{line}\n").as_bytes()));
    sum.sum()
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::*;

    fn shell() -> (tempfile::TempDir, Shell) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        let shell = Shell::with(root.clone(), root, std::ffi::OsString::new()).expect("a shell");
        (folder, shell)
    }

    #[test]
    fn a_run_survives_writing_and_reading() {
        let (_folder, shell) = shell();
        let example = examples::find("gather-order").expect("it is in the catalogue");
        let cases = cases::random(example, 1, 5);
        let run = |case: &Case| trace_file::ended(run::instant(example, &case.args, crate::BUDGET));
        let runs: Vec<_> = cases.iter().map(|case| (case, run(case))).collect();
        let golden = Golden::new(example, "3.13.0", runs.clone().into_iter());
        golden.write(&shell, example).expect("written");

        let read = Golden::read(&shell, example).expect("read");
        assert_eq!(read.0.len(), 5);
        for (read, (case, document)) in read.runs(example).zip(runs) {
            let (read_case, read) = read.expect("its values fit");
            assert_eq!(&read_case, case);
            assert_eq!((read.events, read.end), (document.events, document.end));
        }
    }

    #[test]
    fn goldens_of_another_twin_are_refused() {
        let (_folder, shell) = shell();
        let example = examples::find("gather-order").expect("it is in the catalogue");
        let cases = cases::random(example, 1, 1);
        let runs = cases.iter().map(|case| (case, Document::default()));
        let mut golden = Golden::new(example, "3.13.0", runs);
        golden.write(&shell, example).expect("written");
        assert!(Golden::read(&shell, example).is_ok());
        golden.0[0].header.rest.insert("twin".to_owned(), Json::from(1));
        golden.write(&shell, example).expect("written");
        assert!(Golden::read(&shell, example).is_err());
    }
}
