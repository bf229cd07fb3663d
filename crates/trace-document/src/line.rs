//! A line whose fields are taken one by one.

use crate::ids::Ids;
use crate::record::Record;
use serde_json::Value as Json;
use trace::{Event, ResourceId, TaskId};

/// What a line cannot be read for.
pub type Reason = String;

/// A line that is being read.
pub struct Line<'r, 'a> {
    pub record: &'r mut Record<'a>,
    pub ids: &'r mut Ids,
    pub events: &'r mut Vec<Event>,
    pub time: f64,
}

/// What is wrong with a line that lacks a field.
pub fn missing(field: &str) -> Reason {
    format!("the field `{field}` is missing")
}

impl Line<'_, '_> {
    /// The task that a number of the file stands for.
    pub fn task(&mut self, number: u64) -> TaskId {
        self.ids.task(number, self.time, self.events)
    }

    /// The resource that a number of the file stands for.
    pub fn resource(&mut self, number: u64) -> ResourceId {
        self.ids.resource(number, self.time, self.events)
    }

    /// The number of the task that the line is about.
    pub fn number(&mut self) -> Result<u64, Reason> {
        self.record.task.take().ok_or_else(|| missing("task"))
    }

    /// Keeps a word that this version does not know.
    pub fn keep(&mut self, field: &str, word: &str) {
        if word != "other" {
            self.record.rest.insert(field.to_owned(), Json::from(word));
        }
    }
}
