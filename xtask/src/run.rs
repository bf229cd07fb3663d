//! `cargo xtask run`: an example, natively and in no time.

use std::fmt;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use agree::{Observation, Outcome, Task};
use anyhow::{Context, Result, anyhow};
use chart::{Layout, Picture, Row, Scale, Sheet};
use examples::{self, Example, LineMap};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use timeline::Timeline;
use trace::{EventKind, ResourceId, Site, TaskId, Wait};
use trace_document::{Clock, Document, Failure as End};

use crate::BUDGET;
use crate::at_once;
use crate::conformance::folder;
use crate::engine::{Engine, Request};
use crate::found::{Found, found};
use crate::list;
use crate::params;
use crate::report::say;
use crate::shell::Shell;
use crate::trace_file;

/// Run an example natively on the virtual clock, or a Python program under CPython on the same; without
/// EXAMPLE, list them.
///
/// Prints its lines with their times and tasks, the tasks, the figures, and how it ended if not well.
/// The run of an example that raises or can never finish is still a run: the exit code is 0. It is 2 for
/// an unknown example or parameter and for a value that is not allowed.
///
/// A program is a file whose name ends in .py. CPython's own asyncio runs it in Pyodide, by Node.js; --set gives
/// another value, as JSON, to a constant that it has at the top in capitals. Threads take turns there.
///
/// --json prints one object instead; times are seconds of loop time, exactly those of the run:
///
///   example       the id
///   params        {NAME: value}
///   lines         [{time, task: name|null, text}]
///   tasks         in the order of creation: [{id, name, parent: name|null, created,
///                 start: number|null, end: number|null,
///                 outcome: "done"|"failed"|"cancelled"|"pending", exception: "Type: text"|null}];
///                 start is null when it was cancelled before its first step
///   suspensions   [{task: name, time, line: in program.rs|null, python_line: in twin.py|null,
///                 cause}]; cause is "next turn", "sleep until TIME", "future", "task NAME",
///                 "gather NAME, NAME" (or another operation on tasks),
///                 "acquire of semaphore N" (or "get", "put", "join" of queue N), or "unknown"
///   makespan      the time at the end
///   figures       {makespan, work, speed_up, peak_concurrency, waited: {CATEGORY: seconds}}
///   findings      what is wrong or costs time, as the page's findings have it: [{kind, seconds, count, time,
///                 task: name|null, other: name|null, resource|null, line|null, circle: [name]}]
///   error         null, {kind: "exception", type, text},
///                 {kind: "deadlock", blocked: [{task: name, line: in program.rs|null}]},
///                 {kind: "limit"} when it was cut off after too many steps,
///                 or {kind: "ended"} when a recorded program was ended from outside
///
/// --json without EXAMPLE prints an array instead: [{id, family, title, twin: path of the Python,
/// params: [{name, kind: "float"|"int"|"bool"|"choice"|"floats", default, and what its kind has of
/// min, max, step, options, min_len, max_len}]}].
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Which example, or the file of a Python program
    #[arg(value_parser = chosen)]
    example: Option<String>,
    /// Another value for a parameter, as often as needed; a list with commas: DELAYS=1.0,2.0
    #[arg(long, value_name = "NAME=VALUE", requires = "example")]
    set: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Write the trace of the run, too, as docs/trace.md describes it; packed if it ends in .gz
    #[arg(long, value_name = "FILE", requires = "example")]
    trace: Option<PathBuf>,
    /// Write its chart as SVG, too
    #[arg(long, value_name = "FILE", requires = "example")]
    svg: Option<PathBuf>,
    /// Of a Python program: also run it with awaits at once that stand one after the other, and say what that brings
    #[arg(long, requires = "example")]
    at_once: bool,
    /// Write it as a trace that Perfetto and chrome://tracing open, too
    #[arg(long, value_name = "FILE", requires = "example")]
    perfetto: Option<PathBuf>,
}

/// Runs or lists.
pub fn main(shell: &Shell, args: &Args) -> Result<ExitCode> {
    let Some(id) = &args.example else {
        list::print(args.json)?;
        return Ok(ExitCode::SUCCESS);
    };
    if names_program(id) {
        return program(shell, Path::new(id), args);
    }
    let example = examples::find(id).context("there is no such example")?;
    let values = match params::from_flags(example, &args.set) {
        Ok(values) => values,
        Err(error) => return Ok(params::refuse(&error)),
    };
    let recorded = run::instant(example, &values, BUDGET);
    tell(&trace_file::document(example, &values, recorded), args)?;
    Ok(ExitCode::SUCCESS)
}

/// The id of an example, or a file that is a program.
fn chosen(text: &str) -> Result<String, String> {
    if names_program(text) || examples::find(text).is_some() {
        return Ok(text.to_owned());
    }
    Err("there is no such example, and the name of a program ends in .py".to_owned())
}

fn names_program(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "py")
}

/// Runs a Python program.
fn program(shell: &Shell, path: &Path, args: &Args) -> Result<ExitCode> {
    let source =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut set = Map::new();
    for text in &args.set {
        let Some((name, value)) = text.split_once('=') else {
            return Ok(params::refuse(&anyhow!("--set {text}: write NAME=VALUE")));
        };
        // What is no JSON is a text.
        let value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
        set.insert(name.trim().to_owned(), value);
    }
    let input = given_input(&source)?;
    let request = Request {
        name: &name,
        source: &source,
        set,
        pasted: true,
        input: input.as_deref(),
        ..Request::default()
    };
    let engine = Engine::new(shell)?;
    let mut document = engine.run(&request)?;
    // Its own words: what a program lacked that ran all the same.
    if let Some(Json::Object(added)) = document.header.rest.get("added")
        && !added.is_empty()
    {
        eprintln!("added to the program: {}", Json::Object(added.clone()));
    }
    document.header.sources = [(name.clone().into_owned(), source.clone())].into();
    tell(&document, args)?;
    if args.at_once {
        at_once::print(&engine, &request, path)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The lines on standard input, for a program that reads there; none where that is a terminal.
fn given_input(source: &str) -> Result<Option<Vec<String>>> {
    let input = io::stdin();
    let asks = ["input", "stdin"].iter().any(|word| source.contains(word));
    if !asks || input.is_terminal() {
        return Ok(None);
    }
    let lines = input.lines().collect::<io::Result<_>>();
    Ok(Some(lines.context("cannot read standard input")?))
}

/// Prints a run, and writes its trace where that is asked for.
fn tell(document: &Document, args: &Args) -> Result<()> {
    if let Some(path) = &args.trace {
        trace_file::write(path, document)?;
    }
    take_along(document, args)?;
    let report = Report::of(document);
    if args.json {
        say(serde_json::to_string(&report)?)
    } else {
        report.print()
    }
    Ok(())
}

/// How wide a chart in a file is, without its names, in pixels.
const WIDE: f64 = 1000.0;

/// Writes the files for other programs that are asked for.
fn take_along(document: &Document, args: &Args) -> Result<()> {
    let end = document.end.as_ref().map_or(0.0, |end| end.time);
    let timeline = Timeline::new(&document.events, end);
    let title = document.header.program.as_deref().unwrap_or("run");
    if let Some(path) = &args.svg {
        let layout = Layout::of(&timeline);
        let picture = Picture {
            predicted: &timeline,
            live: None,
            ghost: None,
            over: true,
            layout: &layout,
            scale: Scale::new(timeline.end, WIDE),
            columns: None,
            selected: None,
            marked: &[],
        };
        let name = |row: Row| match row {
            Row::Resource(n) => timeline
                .resources
                .get(n)
                .map_or_else(String::new, |lane| resource(&timeline, lane.id)),
            _ => String::new(),
        };
        let (part, row) = Sheet::heights(&picture);
        let palette = &chart::LIGHT;
        let sheet =
            Sheet { picture, title, palette, part, row, name: &name, playhead: None, flags: &[] };
        save(path, &sheet.svg())?;
    }
    if let Some(path) = &args.perfetto {
        save(path, &export::perfetto(&timeline, title))?;
    }
    Ok(())
}

fn save(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// A run as `--json` prints it; [`Args`] describes the fields, which other programs rely on. Of a trace
/// that is of no example, `example` is what it calls its program, and all lines are those of its sites.
#[derive(Serialize)]
pub struct Report {
    example: String,
    params: Map<String, Json>,
    lines: Vec<Line>,
    tasks: Vec<Numbered>,
    suspensions: Vec<Suspension>,
    makespan: f64,
    figures: Figures,
    findings: Vec<Found>,
    error: Option<Failure>,
}

/// A printed line.
#[derive(Serialize)]
struct Line {
    time: f64,
    task: Option<String>,
    text: String,
}

/// A bad end.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Failure {
    Exception {
        #[serde(rename = "type")]
        type_name: String,
        text: String,
    },
    Deadlock {
        blocked: Vec<Blocked>,
    },
    Limit,
    Ended,
}

/// A task in a deadlock.
#[derive(Serialize)]
struct Blocked {
    task: String,
    line: Option<u32>,
}

#[derive(Serialize)]
struct Numbered {
    id: u32,
    #[serde(flatten)]
    task: Task,
}

#[derive(Serialize)]
struct Suspension {
    task: String,
    time: f64,
    line: Option<u32>,
    python_line: Option<u32>,
    cause: String,
}

#[derive(Serialize)]
struct Figures {
    makespan: f64,
    work: f64,
    speed_up: f64,
    peak_concurrency: usize,
    waited: Map<String, Json>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Exception { type_name, text } if text.is_empty() => f.write_str(type_name),
            Failure::Exception { type_name, text } => write!(f, "{type_name}: {text}"),
            Failure::Deadlock { blocked } => {
                let names: Vec<_> = blocked.iter().map(|blocked| blocked.task.as_str()).collect();
                write!(f, "can never finish; waiting: {}", names.join(", "))
            }
            Failure::Limit => f.write_str("cut off: too many steps"),
            Failure::Ended => f.write_str("ended from outside"),
        }
    }
}

impl Report {
    /// What a trace tells.
    pub fn of(document: &Document) -> Self {
        let end = document.end.as_ref().map_or(0.0, |end| end.time);
        let timeline = Timeline::new(&document.events, end);
        let figures = timeline.figures();
        let program = document.header.program.clone().unwrap_or_default();
        let example = examples::find(&program);
        let seen = Observation::of(document, None);
        let waited = figures.waited.iter();
        let suspensions = suspensions(example, &timeline, document);
        let findings = found(&document.events, &timeline, |at| line(example, at));
        let failure = document.end.as_ref().and_then(|end| end.failure.as_ref());
        Self {
            example: program,
            params: document.header.parameters.clone(),
            lines: seen
                .lines()
                .map(|line| Line {
                    time: line.time,
                    task: line.task.as_ref().map(ToString::to_string),
                    text: line.text.clone(),
                })
                .collect(),
            tasks: (0..).zip(seen.tasks).map(|(id, task)| Numbered { id, task }).collect(),
            makespan: timeline.end,
            figures: Figures {
                makespan: figures.makespan,
                work: figures.work,
                speed_up: figures.speed_up,
                peak_concurrency: figures.peak,
                waited: waited
                    .map(|(category, seconds)| {
                        let key = category.key().trim_start_matches("category.");
                        (key.to_owned(), Json::from(*seconds))
                    })
                    .collect(),
            },
            findings,
            error: failure
                .map(|failure| error(failure, &document.header.clock, &timeline, &suspensions)),
            suspensions,
        }
    }

    /// Prints the run for people.
    pub fn print(&self) {
        say(&self.example);
        let example = examples::find(&self.example);
        match example.and_then(|example| params::from_json(example, &self.params).ok()) {
            Some(values) => values.iter().for_each(|(param, value)| {
                say(format_args!("    {} = {}", param.name, value.python()));
            }),
            None => self.params.iter().for_each(|(name, value)| {
                say(format_args!("    {name} = {value}"));
            }),
        }
        let names = self.tasks.iter().map(|task| task.task.name.len());
        let width = names.max().unwrap_or(0).max(4);
        say(format_args!("\n{:>8}  {:width$}  line", "time", "task"));
        for line in &self.lines {
            let task = line.task.as_deref().unwrap_or("-");
            say(format_args!("{:8.3}  {task:width$}  {}", line.time, line.text));
        }
        say(format_args!(
            "\n{:width$}  {:width$}  {:>8}  {:>8}  {:>8}  outcome",
            "task", "parent", "created", "start", "end"
        ));
        for Numbered { task, .. } in &self.tasks {
            say(format_args!(
                "{:width$}  {:width$}  {:8.3}  {:>8}  {:>8}  {}",
                task.name,
                task.parent.as_deref().unwrap_or("-"),
                task.created,
                moment(task.start),
                moment(task.end),
                outcome(task)
            ));
        }
        let figures = &self.figures;
        say(format_args!(
            "\nmakespan {:.3} s, work {:.3} s, speed-up {:.2}, at most {} at once",
            figures.makespan, figures.work, figures.speed_up, figures.peak_concurrency
        ));
        for (category, seconds) in &figures.waited {
            let seconds = seconds.as_f64().unwrap_or_default();
            say(format_args!("waited for {category}: {seconds:.3} s"));
        }
        self.findings.iter().for_each(Found::print);
        if let Some(error) = &self.error {
            say(format_args!("\n{error}"));
        }
    }
}

/// A time, or a dash for never.
fn moment(time: Option<f64>) -> String {
    time.map_or_else(|| "-".to_owned(), |time| format!("{time:.3}"))
}

/// How a task ended, and what it raised.
fn outcome(task: &Task) -> String {
    match (&task.exception, task.outcome) {
        (Some(exception), Outcome::Failed) => format!("failed: {exception}"),
        (_, outcome) => outcome.to_string(),
    }
}

/// Every suspension, in order.
fn suspensions(
    example: Option<&Example>,
    timeline: &Timeline,
    document: &Document,
) -> Vec<Suspension> {
    let map: Option<LineMap> = example.map(|example| example.source().line_map());
    let events = document.events.iter();
    events
        .filter_map(|event| {
            let EventKind::Suspended { task, wait, at } = &event.kind else {
                return None;
            };
            let line = at.as_ref().and_then(|at| line(example, at));
            Some(Suspension {
                task: name(timeline, *task),
                time: event.time,
                line,
                python_line: line.zip(map.as_ref()).and_then(|(line, map)| map.python(line)),
                cause: why(timeline, wait),
            })
        })
        .collect()
}

/// The line of a site, where that is in the program.
fn line(example: Option<&Example>, at: &Site) -> Option<u32> {
    example.is_none_or(|example| is_program(example, at)).then(|| at.line())
}

/// Whether a site is in the program of an example.
fn is_program(example: &Example, at: &Site) -> bool {
    Path::new(at.file()).ends_with(Path::new(&folder(example)).join("program.rs"))
}

/// The name of a task.
pub fn name(timeline: &Timeline, id: TaskId) -> String {
    let lane = timeline.task(id);
    lane.map_or_else(|| format!("task #{}", id.0), |lane| lane.name.to_string())
}

/// A bad end.
fn error(failure: &End, clock: &Clock, timeline: &Timeline, suspensions: &[Suspension]) -> Failure {
    match failure {
        End::Raised { type_name, text } => {
            Failure::Exception { type_name: type_name.to_string(), text: text.to_string() }
        }
        End::Stuck { blocked } => {
            let blocked = blocked.iter().map(|task| {
                let task = name(timeline, *task);
                let last = suspensions.iter().rev().find(|suspension| suspension.task == task);
                let line = last.and_then(|suspension| suspension.line);
                Blocked { task, line }
            });
            Failure::Deadlock { blocked: blocked.collect() }
        }
        // Nothing counts the steps of a real program.
        End::Cut if matches!(clock, Clock::Real) => Failure::Ended,
        End::Cut => Failure::Limit,
    }
}

/// What a task waits for, in words.
fn why(timeline: &Timeline, cause: &Wait) -> String {
    let name = |task| name(timeline, task);
    match cause {
        Wait::NextIteration => "next turn".to_owned(),
        Wait::Sleep { until } => format!("sleep until {until:?}"),
        Wait::Future => "future".to_owned(),
        Wait::Task(task) => format!("task {}", name(*task)),
        Wait::Tasks { op, tasks } => {
            let names: Vec<_> = tasks.iter().map(|task| name(*task)).collect();
            format!("{} {}", op.name(), names.join(", "))
        }
        Wait::Resource { id, op } => format!("{} of {}", op.name(), resource(timeline, *id)),
        Wait::Op(op) => op.name().to_owned(),
        Wait::Unknown => "unknown".to_owned(),
    }
}

/// A resource by its name, or by its sort and its number among that sort.
pub fn resource(timeline: &Timeline, id: ResourceId) -> String {
    let lane = timeline.resources.iter().find(|lane| lane.id == id);
    lane.map_or_else(
        || "a resource".to_owned(),
        |lane| {
            let sort = lane.kind.noun();
            match lane.name {
                Some(_) => timeline.title(lane, sort),
                None => format!("{sort} {}", lane.number),
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str, sets: &[&str]) -> Json {
        let example = examples::find(id).expect("it is in the catalogue");
        let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
        let values = params::from_flags(example, &sets).expect("allowed");
        let recorded = run::instant(example, &values, BUDGET);
        let document = trace_file::document(example, &values, recorded);
        serde_json::to_value(Report::of(&document)).expect("JSON")
    }

    #[test]
    fn the_object_has_the_fields_it_promises() {
        let run = report("gather-order", &["DELAYS=0.3,0.1"]);
        assert_eq!(run["example"], "gather-order");
        assert_eq!(run["params"]["DELAYS"], serde_json::json!([0.3, 0.1]));
        assert_eq!(run["lines"][0]["time"], 0.0);
        assert_eq!(run["lines"][0]["task"], "request-0");
        assert_eq!(
            run["tasks"][1],
            serde_json::json!({
                "id": 1, "name": "request-0", "parent": "Task-1", "created": 0.0, "start": 0.0,
                "end": 0.3, "outcome": "done", "exception": null
            })
        );
        assert_eq!(run["suspensions"][0]["cause"], "gather request-0, request-1");
        assert_eq!(run["suspensions"][1]["cause"], "sleep until 0.3");
        assert!(run["suspensions"][1]["line"].is_u64());
        assert_eq!(run["makespan"], 0.3);
        assert_eq!(run["figures"]["makespan"], 0.3);
        assert_eq!(run["figures"]["peak_concurrency"], 2);
        assert!(run["figures"]["waited"]["sleep"].is_f64());
        assert!(run["error"].is_null());
    }

    #[test]
    fn what_is_found_is_told() {
        let run = report("gather-failure", &[]);
        let found = &run["findings"][0];
        assert_eq!((&found["kind"], &found["task"]), (&"siblings_left".into(), &"file-1".into()));
        assert!(found["line"].is_u64() && found["seconds"].as_f64() > Some(0.0), "{found}");
        let run = report("gather-order", &[]);
        assert_eq!(run["findings"], serde_json::json!([]));
    }

    #[test]
    fn waits_for_resources_are_named() {
        let run = report("queue-join", &[]);
        let waits = run["suspensions"].as_array().expect("a list");
        let causes: Vec<_> = waits.iter().filter_map(|wait| wait["cause"].as_str()).collect();
        assert!(causes.contains(&"get of queue"), "{causes:?}");
        assert!(causes.contains(&"join of queue"), "{causes:?}");
    }
}
