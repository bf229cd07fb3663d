//! From events to lines.

use crate::document::{Document, End, Failure};
use crate::events;
use crate::header::Header;
use crate::number::Number;
use crate::record::{Record, Text};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::io::{self, Write};
use trace::{Event, EventKind, Site};

/// Writes a trace line by line, as it comes about: what was written can be read whenever it stops.
///
/// ```
/// use trace::{Event, EventKind, TaskId};
/// use trace_document::{Header, Writer, read};
/// let mut file = Vec::new();
/// let mut writer = Writer::new(&mut file, &Header::default()).unwrap();
/// let kind = EventKind::Printed { task: None, text: "hello".into() };
/// writer.event(&Event { time: 0.5, kind }).unwrap();
/// assert_eq!(read(&file).unwrap().events.len(), 1);
/// ```
pub struct Writer<W> {
    out: W,
    sites: HashMap<Site, u64>,
    time: Option<f64>,
}

impl<W: Write> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W, header: &Header) -> io::Result<Self> {
        let mut writer = Writer { out, sites: HashMap::new(), time: None };
        serde_json::to_writer(&mut writer.out, header)?;
        writer.out.write_all(b"\n")?;
        Ok(writer)
    }

    /// Writes an event.
    ///
    /// # Errors
    /// What the file says.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        self.event_with(event, None)
    }

    /// Writes an event, and fields that it does not have.
    pub(crate) fn event_with(
        &mut self,
        event: &Event,
        rest: Option<&Map<String, Json>>,
    ) -> io::Result<()> {
        if let EventKind::Unknown(line) = &event.kind {
            self.time = Some(event.time);
            self.out.write_all(line.as_bytes())?;
            return self.out.write_all(b"\n");
        }
        let at = match &event.kind {
            EventKind::Suspended { at: Some(site), .. } => Some(self.site(site)?),
            EventKind::Runs { coroutine, .. } => match &coroutine.at {
                Some(site) => Some(self.site(site)?),
                None => None,
            },
            _ => None,
        };
        let mut record = Record { at, ..events::record(&event.kind) };
        record.t = self.moment(event.time);
        if let Some(rest) = rest {
            return self.merged(&record, rest);
        }
        self.line(&record)
    }

    /// Writes the end, after which nothing follows.
    ///
    /// # Errors
    /// What the file says.
    pub fn end(mut self, end: &End) -> io::Result<()> {
        let t = self.moment(end.time);
        let empty = Record { e: Some("end".into()), t, ..Record::default() };
        self.line(&match &end.failure {
            None => Record { end: Some("done".into()), ..empty },
            Some(Failure::Raised { type_name, text }) => Record {
                end: Some("raised".into()),
                type_name: Some((&**type_name).into()),
                text: Some((&**text).into()),
                ..empty
            },
            Some(Failure::Stuck { blocked }) => Record {
                end: Some("stuck".into()),
                blocked: Some(events::numbers(blocked)),
                ..empty
            },
            Some(Failure::Cut) => Record { end: Some("cut".into()), ..empty },
        })?;
        self.out.flush()
    }

    /// The time, unless it is that of the line before.
    fn moment(&mut self, time: f64) -> Option<Number> {
        let same = self.time.is_some_and(|last| last.to_bits() == time.to_bits());
        self.time = Some(time);
        (!same).then_some(Number(time))
    }

    /// The number of a site, which is told when it comes for the first time.
    fn site(&mut self, site: &Site) -> io::Result<u64> {
        if let Some(number) = self.sites.get(site) {
            return Ok(*number);
        }
        let within = match &site.place().within {
            Some(within) => Some(self.site(within)?),
            None => None,
        };
        let number = self.sites.len() as u64;
        self.sites.insert(site.clone(), number);
        let place = site.place();
        self.line(&Record {
            e: Some("site".into()),
            site: Some(number),
            file: Some((&*place.file).into()),
            line: Some(place.line),
            column: place.column,
            function: place.function.as_deref().map(Text::from),
            within,
            ..Record::default()
        })?;
        Ok(number)
    }

    /// What this version does not know takes the place of what it made of it.
    fn merged(&mut self, record: &Record, rest: &Map<String, Json>) -> io::Result<()> {
        let mut line = serde_json::to_value(record)?;
        if let Json::Object(fields) = &mut line {
            fields.extend(rest.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        serde_json::to_writer(&mut self.out, &line)?;
        self.out.write_all(b"\n")
    }

    fn line(&mut self, record: &Record) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, record)?;
        self.out.write_all(b"\n")
    }
}

/// Writes a whole trace.
///
/// # Errors
/// What `out` says.
pub fn write(document: &Document, out: impl Write) -> io::Result<()> {
    let mut writer = Writer::new(out, &document.header)?;
    for (place, event) in document.events.iter().enumerate() {
        writer.event_with(event, document.rest.get(&place))?;
    }
    match &document.end {
        Some(end) => writer.end(end),
        None => writer.out.flush(),
    }
}
