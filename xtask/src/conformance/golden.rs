//! What CPython did, kept in `xtask/goldens`, so that comparing needs no Python.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use examples::Example;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::cases::Case;
use super::observation::{Failure, Line, Observation, Outcome, Step, Suspension, Task};
use crate::params;
use crate::shell::Shell;

/// The runs of one example.
#[derive(Serialize, Deserialize)]
pub struct Golden {
    /// The version of CPython that made them.
    pub python: String,
    /// Checksum of the twin that was run.
    pub twin: u32,
    /// The runs.
    pub runs: Vec<Entry>,
}

/// One run. Tasks are named by their place in `tasks`; times and tasks stand in tuples, since there are
/// thousands of them.
#[derive(Serialize, Deserialize)]
pub struct Entry {
    /// How the parameters came about.
    label: String,
    /// The parameters.
    set: Map<String, Json>,
    /// Name, parent, created, start, end, outcome, exception.
    tasks: Vec<TaskEntry>,
    /// Time, task, text.
    lines: Vec<(f64, Option<usize>, String)>,
    /// Time, task.
    steps: Vec<(f64, usize)>,
    /// Task, time, line of the twin.
    suspensions: Vec<(usize, f64, Option<u32>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    makespan: f64,
    error: Option<Failure>,
}

type TaskEntry = (String, Option<usize>, f64, Option<f64>, Option<f64>, Outcome, Option<String>);

impl Golden {
    /// Runs of the twin as it is now.
    pub fn new(example: &Example, python: &str, runs: Vec<Entry>) -> Self {
        Self { python: python.to_owned(), twin: checksum(example), runs }
    }

    /// Where the runs of an example are kept.
    pub fn path(shell: &Shell, example: &Example) -> PathBuf {
        let file = format!("{}.json", example.id);
        shell.root().join("xtask/goldens").join(file)
    }

    /// Reads the runs of an example, if they are of its present twin.
    pub fn read(shell: &Shell, example: &Example) -> Result<Self> {
        let path = Self::path(shell, example);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let golden: Self =
            serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        if golden.twin != checksum(example) {
            bail!("{} is of another twin.py", path.display());
        }
        Ok(golden)
    }

    /// Writes the runs, one a line, and says how many bytes that took.
    pub fn write(&self, shell: &Shell, example: &Example) -> Result<usize> {
        let path = Self::path(shell, example);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let runs = self.runs.iter().map(serde_json::to_string);
        let text = format!(
            "{{\"python\":{},\"twin\":{},\"runs\":[\n{}\n]}}\n",
            Json::from(self.python.as_str()),
            self.twin,
            runs.collect::<Result<Vec<_>, _>>()?.join(",\n")
        );
        fs::write(&path, &text).with_context(|| path.display().to_string())?;
        Ok(text.len())
    }
}

impl Entry {
    /// A run, made compact.
    pub fn new(case: &Case, run: &Observation) -> Result<Self> {
        let mut numbers = HashMap::new();
        for (n, task) in run.tasks.iter().enumerate() {
            if numbers.insert(task.name.as_str(), n).is_some() {
                bail!("two tasks are named {}", task.name);
            }
        }
        let number = |name: &str| {
            let number = numbers.get(name).copied();
            number.with_context(|| format!("no task is named {name}"))
        };
        let maybe = |name: &Option<String>| name.as_deref().map(number).transpose();
        let task = |task: &Task| -> Result<TaskEntry> {
            Ok((
                task.name.clone(),
                maybe(&task.parent)?,
                task.created,
                task.start,
                task.end,
                task.outcome,
                task.exception.clone(),
            ))
        };
        let (lines, steps) = (run.lines.iter(), run.steps.iter());
        let suspensions = run.suspensions.iter();
        Ok(Self {
            label: case.label.clone(),
            set: params::json(&case.args),
            tasks: run.tasks.iter().map(task).collect::<Result<_>>()?,
            lines: lines
                .map(|line| Ok((line.time, maybe(&line.task)?, line.text.clone())))
                .collect::<Result<_>>()?,
            steps: steps.map(|step| Ok((step.time, number(&step.task)?))).collect::<Result<_>>()?,
            suspensions: suspensions
                .map(|wait| Ok((number(&wait.task)?, wait.time, wait.line)))
                .collect::<Result<_>>()?,
            warnings: run.warnings.clone(),
            makespan: run.makespan,
            error: run.error.clone(),
        })
    }

    /// The parameters and the run.
    pub fn unfold(self, example: &Example) -> Result<(Case, Observation)> {
        let args = params::from_json(example, &self.set).context(self.label.clone())?;
        let names: Vec<String> = self.tasks.iter().map(|task| task.0.clone()).collect();
        let name = |n: usize| names.get(n).cloned().context("a task number too high");
        let maybe = |n: Option<usize>| n.map(name).transpose();
        let task = |task: TaskEntry| -> Result<Task> {
            let (name, parent, created, start, end, outcome, exception) = task;
            Ok(Task { name, parent: maybe(parent)?, created, start, end, outcome, exception })
        };
        let line = |(time, task, text)| -> Result<Line> {
            let task = maybe(task)?;
            Ok(Line { time, task, text })
        };
        let step = |(time, task)| -> Result<Step> {
            let task = name(task)?;
            Ok(Step { time, task })
        };
        let wait = |(task, time, line)| -> Result<Suspension> {
            let task = name(task)?;
            Ok(Suspension { time, task, line })
        };
        let run = Observation {
            tasks: self.tasks.into_iter().map(task).collect::<Result<_>>()?,
            lines: self.lines.into_iter().map(line).collect::<Result<_>>()?,
            steps: self.steps.into_iter().map(step).collect::<Result<_>>()?,
            suspensions: self.suspensions.into_iter().map(wait).collect::<Result<_>>()?,
            warnings: self.warnings,
            makespan: self.makespan,
            error: self.error,
        };
        let label = self.label;
        Ok((Case { label, args }, run))
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
    use super::super::{cases, compare::compare};
    use super::*;

    #[test]
    fn a_run_survives_writing_and_reading() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        let shell = Shell::with(root.clone(), root, std::ffi::OsString::new()).expect("a shell");
        let example = examples::find("gather-order").expect("it is in the catalogue");
        let cases = cases::random(example, 1, 5);
        let runs: Vec<_> = cases
            .iter()
            .map(|case| {
                let recorded = run::instant(example, &case.args, crate::BUDGET);
                Observation::of(example, &recorded)
            })
            .collect();
        let entries = cases.iter().zip(&runs);
        let entries = entries.map(|(case, run)| Entry::new(case, run).expect("compact"));
        let golden = Golden::new(example, "3.13.0", entries.collect());
        golden.write(&shell, example).expect("written");

        let read = Golden::read(&shell, example).expect("read");
        assert_eq!(read.runs.len(), 5);
        for ((entry, case), run) in read.runs.into_iter().zip(&cases).zip(&runs) {
            let (read_case, read_run) = entry.unfold(example).expect("unfolded");
            assert_eq!(&read_case, case);
            assert_eq!(compare(run, &read_run), []);
            let lines =
                |run: &Observation| run.suspensions.iter().map(|w| w.line).collect::<Vec<_>>();
            assert_eq!(lines(run), lines(&read_run));
        }
    }

    #[test]
    fn goldens_of_another_twin_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        let shell = Shell::with(root.clone(), root, std::ffi::OsString::new()).expect("a shell");
        let example = examples::find("gather-order").expect("it is in the catalogue");
        let mut golden = Golden::new(example, "3.13.0", Vec::new());
        golden.twin ^= 1;
        golden.write(&shell, example).expect("written");
        assert!(Golden::read(&shell, example).is_err());
    }
}
