//! From a file to a trace.

use crate::document::{Document, End, Failure};
use crate::events;
use crate::header::{FORMAT, Header, VERSION};
use crate::ids::Ids;
use crate::line::{Line, Reason};
use crate::record::Record;
use serde_json::Value as Json;
use std::fmt;
use std::ops::ControlFlow;
use trace::{Event, EventKind, Place, Site};

/// Why a file cannot be read to its end.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
    /// What the lines before it say.
    pub until: Box<Document>,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for Broken {}

/// Reads a trace, of this program or of another. Tasks and resources are numbered anew, from 0 in the
/// order of creation; what nobody created is created where it is first spoken of. Fields that this version
/// does not know are kept beside their events, events that it does not know are
/// [`Unknown`](EventKind::Unknown). A last line that was cut off is left out.
///
/// ```
/// let file = concat!(
///     r#"{"format": "coroscope-trace", "version": 1}"#, "\n",
///     r#"{"e": "step_began", "t": 0.5, "task": 140221}"#, "\n",
///     r#"{"e": "step_began", "task": "one"}"#, "\n",
/// );
/// let broken = trace_document::read(file.as_bytes()).unwrap_err();
/// assert_eq!(broken.line, 3);
/// assert_eq!(broken.until.events.len(), 2); // the task was created, too
/// ```
///
/// # Errors
/// The first line that cannot be read, with the reason and what comes before it.
pub fn read(file: &[u8]) -> Result<Document, Broken> {
    let mut reading = Reading::default();
    match reading.go_on(file, usize::MAX) {
        Ok(_) => Ok(reading.document),
        Err((line, reason)) => Err(reading.broken(line, reason)),
    }
}

/// A file that is read a part at a time, so that others have their turn in between. What comes of it is what [`read`]
/// gives.
///
/// ```
/// use std::ops::ControlFlow::{Break, Continue};
/// let file = b"{\"format\": \"coroscope-trace\", \"version\": 1}\n{\"e\": \"loop_closed\", \"t\": 0}\n";
/// let Continue(reading) = trace_document::Reading::default().part(file, 10) else { panic!() };
/// let Break(Ok(document)) = reading.part(file, 10) else { panic!() };
/// assert_eq!(document.events.len(), 1);
/// ```
#[derive(Default)]
pub struct Reading {
    document: Document,
    ids: Ids,
    time: Option<f64>,
    /// How many bytes and lines have been read.
    at: usize,
    lines: usize,
    /// Whether the header was among them.
    begun: bool,
}

impl Reading {
    /// Reads the lines that begin in the next `bytes` bytes of a file, which is always the same one: on to the next
    /// part, or what [`read`] gives.
    pub fn part(
        mut self,
        file: &[u8],
        bytes: usize,
    ) -> ControlFlow<Result<Document, Broken>, Self> {
        match self.go_on(file, bytes) {
            Ok(true) => ControlFlow::Continue(self),
            Ok(false) => ControlFlow::Break(Ok(self.document)),
            Err((line, reason)) => ControlFlow::Break(Err(self.broken(line, reason))),
        }
    }

    /// How many bytes have been read.
    pub fn at(&self) -> usize {
        self.at
    }

    fn broken(self, line: usize, reason: Reason) -> Broken {
        Broken { line, reason, until: Box::new(self.document) }
    }

    /// Whether something is left.
    fn go_on(&mut self, file: &[u8], bytes: usize) -> Result<bool, (usize, Reason)> {
        let end = self.at.saturating_add(bytes);
        let rest = file.get(self.at..).unwrap_or_default();
        let mut record = Record::default();
        for whole in rest.split_inclusive(|byte| *byte == b'\n') {
            if self.at >= end {
                return Ok(true);
            }
            self.at += whole.len();
            self.lines += 1;
            let line = whole.trim_ascii();
            if line.is_empty() {
                continue;
            }
            if !self.begun {
                self.document.header = header_of(line).map_err(|reason| (self.lines, reason))?;
                self.begun = true;
                continue;
            }
            match self.line(line, &mut record) {
                Ok(()) if record.has_more() => record = Record::default(),
                Ok(()) => {}
                // What wrote it was stopped in the middle of a line.
                Err(Fault::Short(_)) if !whole.ends_with(b"\n") => return Ok(false),
                Err(Fault::Short(reason) | Fault::Wrong(reason)) => {
                    return Err((self.lines, reason));
                }
            }
        }
        if self.begun { Ok(false) } else { Err((1, "there is nothing in it".to_owned())) }
    }

    /// Takes a line; `record` has nothing left of the one before.
    fn line<'f>(&mut self, line: &'f [u8], record: &mut Record<'f>) -> Result<(), Fault> {
        record.read(line).map_err(fault)?;
        if self.document.end.is_some() {
            return Err("the trace goes on after its end".to_owned().into());
        }
        let Some(name) = record.e.take() else {
            return Err("the field `e` is missing".to_owned().into());
        };
        match &*name.0 {
            "site" => return Ok(self.site(record)?),
            "source" => return Ok(self.source(record)?),
            _ => {}
        }
        let time = self.moment(record)?;
        if &*name.0 == "end" {
            return Ok(self.end(time, record)?);
        }
        let events = &mut self.document.events;
        let before = events.len();
        let mut fields = Line { record, ids: &mut self.ids, events, time };
        let kind = match events::event(&name.0, &mut fields) {
            Ok(Some(kind)) => kind,
            Ok(None) => {
                // It was read as JSON, so it is text.
                let kind = EventKind::Unknown(String::from_utf8_lossy(line).into());
                self.document.events.push(Event { time, kind });
                return Ok(());
            }
            Err(reason) => {
                self.document.events.truncate(before);
                return Err(format!("{}: {reason}", name.0).into());
            }
        };
        if record.has_more() {
            let rest = serde_json::to_value(&*record).map_err(|error| error.to_string())?;
            if let Json::Object(rest) = rest {
                self.document.rest.insert(self.document.events.len(), rest);
            }
        }
        self.document.events.push(Event { time, kind });
        Ok(())
    }

    /// The time of a line: its own, or that of the line before.
    fn moment(&mut self, record: &mut Record) -> Result<f64, Reason> {
        let time = match record.t.take() {
            Some(time) => time.0,
            None => self.time.ok_or("the field `t` is missing, and no line before has it")?,
        };
        if !time.is_finite() || time < 0.0 {
            return Err(format!("nothing happens at {time} s"));
        }
        if let Some(before) = self.time
            && time < before
        {
            return Err(format!("time goes backwards, from {before} s to {time} s"));
        }
        self.time = Some(time);
        Ok(time)
    }

    fn site(&mut self, record: &mut Record) -> Result<(), Reason> {
        let missing = |field| move || format!("site: the field `{field}` is missing");
        let number = record.site.take().ok_or_else(missing("site"))?;
        let file = record.file.take().ok_or_else(missing("file"))?.rc();
        let line = record.line.take().unwrap_or(0);
        let function = record.function.take().map(|function| function.rc());
        let within = record.within.take().map(|number| {
            let around = self.ids.sites.get(&number).cloned();
            around.ok_or_else(|| format!("site: no site has the number {number}"))
        });
        let within = within.transpose()?;
        let place = Place { file, line, column: record.column.take(), function, within };
        self.ids.sites.insert(number, Site::new(place));
        Ok(())
    }

    /// The text of a file, from who did not know at the beginning which files there would be.
    fn source(&mut self, record: &mut Record) -> Result<(), Reason> {
        let missing = |field| move || format!("source: the field `{field}` is missing");
        let file = record.file.take().ok_or_else(missing("file"))?.0.into_owned();
        let text = record.text.take().ok_or_else(missing("text"))?.0.into_owned();
        self.document.header.sources.insert(file, text);
        Ok(())
    }

    fn end(&mut self, time: f64, record: &mut Record) -> Result<(), Reason> {
        let how = record.end.take().ok_or("end: the field `end` is missing")?;
        let text =
            |text: Option<crate::record::Text>| text.map(|text| text.0.into()).unwrap_or_default();
        let failure = match &*how.0 {
            "done" => None,
            "raised" => Some(Failure::Raised {
                type_name: text(record.type_name.take()),
                text: text(record.text.take()),
            }),
            "stuck" => {
                let blocked = record.blocked.take().unwrap_or_default().into_iter();
                let events = &mut self.document.events;
                let blocked = blocked.map(|task| self.ids.task(task, time, events)).collect();
                Some(Failure::Stuck { blocked })
            }
            "cut" => Some(Failure::Cut),
            other => return Err(format!("end: no run ends `{other}`")),
        };
        self.document.end = Some(End { time, failure });
        Ok(())
    }
}

/// What is wrong with a line.
enum Fault {
    /// It ends too soon, as a line does that was cut off.
    Short(Reason),
    /// It is no JSON, or says what cannot be.
    Wrong(Reason),
}

impl From<Reason> for Fault {
    fn from(reason: Reason) -> Self {
        Fault::Wrong(reason)
    }
}

fn fault(error: serde_json::Error) -> Fault {
    let reason = said(&error);
    if error.is_eof() { Fault::Short(reason) } else { Fault::Wrong(reason) }
}

/// What is wrong, without the number of the line, which is always 1.
fn said(error: &serde_json::Error) -> Reason {
    error.to_string().replace(" at line 1 column ", " at column ")
}

fn header_of(line: &[u8]) -> Result<Header, Reason> {
    /// Its two fields that are looked at before all others.
    #[derive(serde::Deserialize)]
    struct Format {
        format: Option<String>,
        version: Option<u32>,
    }
    let known: Format = serde_json::from_slice(line)
        .map_err(|error| format!("this is no trace: {}", said(&error)))?;
    if known.format.as_deref() != Some(FORMAT) {
        return Err(format!("this is no trace: its field `format` is not \"{FORMAT}\""));
    }
    match known.version {
        Some(1..=VERSION) => serde_json::from_slice(line).map_err(|error| said(&error)),
        Some(version) => {
            Err(format!("version {version} of the format is not version 1 to {VERSION}"))
        }
        None => Err("the field `version` is missing".to_owned()),
    }
}
