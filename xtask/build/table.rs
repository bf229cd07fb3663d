//! The table, as it is written.

use serde::Deserialize;

/// `differential/language.json`.
#[derive(Deserialize)]
pub struct Table {
    pub awaited: Vec<Row>,
    pub plain: Vec<Row>,
    pub control: Vec<Row>,
    pub jobs: Vec<Row>,
    pub kinds: Vec<String>,
    pub raised: Vec<String>,
    pub handled: Vec<String>,
    pub frames: Vec<String>,
    pub ways: Vec<String>,
}

/// An operation.
#[derive(Deserialize)]
pub struct Row {
    pub op: String,
    /// The field that makes this operation of the name, where there are two.
    pub with: Option<String>,
    /// `NAME:SORT`, with `?` behind the name of one that may be left out, `~` before a sort where null is
    /// one, `=` and JSON behind it for what holds without it.
    pub fields: String,
    /// Whether what it holds is read by hand.
    #[serde(default)]
    pub hand: bool,
    /// Whether it writes no line of how it ended.
    #[serde(default)]
    pub silent: bool,
    /// Whether a line is all that it writes.
    #[serde(default)]
    pub prints: bool,
    /// Whether a process can do it.
    #[serde(default)]
    pub process: bool,
    /// What stands behind its name where it is counted, mostly the types of objects.
    pub counts: Option<Vec<String>>,
    /// Whether a task can be suspended in it: as it is counted, or under these names.
    #[serde(default)]
    pub leaf: Leaf,
}

/// Under which names an operation counts as one that suspends.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Leaf {
    Any(bool),
    Names(Vec<String>),
}

impl Default for Leaf {
    fn default() -> Self {
        Self::Any(false)
    }
}

/// A field of an operation.
pub struct Field<'a> {
    pub name: &'a str,
    pub is_optional: bool,
    pub is_nullable: bool,
    pub sort: &'a str,
    pub default: Option<&'a str>,
}

impl Row {
    /// Its fields.
    pub fn fields(&self) -> Vec<Field<'_>> {
        self.fields.split_whitespace().map(Field::of).collect()
    }

    /// Whether it is an operation of an object.
    pub fn is_method(&self) -> bool {
        self.fields()
            .iter()
            .any(|field| field.name == "on" && !field.is_optional && field.is_sort_of_object())
    }

    /// The names that it is counted by.
    pub fn counted(&self) -> Vec<String> {
        let suffixes = self.counts.clone().unwrap_or_else(|| vec![String::new()]);
        let name = |suffix: &String| format!("{} {suffix}", self.op).trim_end().to_owned();
        suffixes.iter().map(name).collect()
    }

    /// The names by which a task can be suspended in it.
    pub fn leaves(&self) -> Vec<String> {
        match &self.leaf {
            Leaf::Any(false) => Vec::new(),
            Leaf::Any(true) => self.counted(),
            Leaf::Names(names) => names.clone(),
        }
    }
}

impl<'a> Field<'a> {
    fn of(text: &'a str) -> Self {
        let (name, sort) = text.split_once(':').unwrap_or((text, ""));
        let (sort, default) =
            sort.split_once('=').map_or((sort, None), |(sort, json)| (sort, Some(json)));
        let is_optional = name.ends_with('?');
        let is_nullable = sort.starts_with('~');
        let (name, sort) = (name.trim_end_matches('?'), sort.trim_start_matches('~'));
        Self { name, is_optional, is_nullable, sort, default }
    }

    /// Whether it holds the name of an object of certain sorts.
    pub fn is_sort_of_object(&self) -> bool {
        self.sort.starts_with(char::is_uppercase)
    }
}
