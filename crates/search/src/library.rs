//! What can be found in the course, as a file: the examples' texts, and what people come with.

use crate::{Document, Index};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that can be found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Library {
    /// What people come with.
    #[serde(rename = "symptom")]
    pub symptoms: Vec<Symptom>,
    /// The examples.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// How else people put what an example shows, by its name; in the file as it is written, and in [`Library::sources`] when it is read.
    #[serde(default, skip_serializing)]
    pub also: BTreeMap<String, String>,
}

/// A symptom, or the text of an error, and what explains it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Symptom {
    /// How it is said in English; backticks mark code.
    pub en: String,
    /// The same in Chinese.
    pub zh: String,
    /// How else people put it, in either language.
    pub also: String,
    /// The examples that explain it, the best first.
    pub examples: Vec<String>,
}

/// What can be found of one example.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name in links.
    pub id: String,
    /// Its titles, in all languages.
    pub titles: String,
    /// How else people put what it shows, in all languages.
    #[serde(default)]
    pub also: String,
    /// What it uses of asyncio.
    pub operations: String,
    /// What it prints, with the values to begin with and with those that its words propose.
    pub printed: String,
    /// Its words, in all languages.
    pub words: String,
    /// The lines of its Python program.
    pub twin: String,
}

impl Library {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// The file's text.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// An index of the examples. An example counts as saying the symptoms that it explains: the first one of a
    /// symptom most.
    pub fn index(&self) -> Index {
        Index::new(self.sources.iter().map(|source| self.document(source)).collect())
    }

    fn document(&self, source: &Source) -> Document {
        let titles = source.titles.replace('`', "");
        let mut document = Document::new(&source.id)
            .with(16.0, titles.clone())
            .with_hidden(13.0, &source.also, titles)
            .with(4.0, &source.operations);
        for symptom in &self.symptoms {
            if let Some(place) = symptom.examples.iter().position(|id| *id == source.id) {
                let weight = 11.0 / (1.0 + 0.4 * place as f64);
                let said = format!("{}\n{}", symptom.en, symptom.zh).replace('`', "");
                document = document.with(weight, said.clone()).with_hidden(
                    weight * 0.5,
                    &symptom.also,
                    said,
                );
            }
        }
        document
            .with(2.0, &source.printed)
            .with(1.5, source.words.replace('`', ""))
            .with(1.0, &source.twin)
    }
}
