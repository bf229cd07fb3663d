//! Finds documents by what people type: by words of them, by a symptom, by a message that they have seen; with typing
//! errors, in English and Chinese. Small enough a world (a hundred documents) to look at everything for each letter.
//!
//! ```
//! use search::{Document, Index};
//! let hang = Document::new("join").with(5.0, "Queue.join hangs").with(1.0, "every get needs its task_done");
//! let lock = Document::new("lock").with(5.0, "Lock: who is next").with(1.0, "the first in line gets it");
//! let index = Index::new(vec![hang, lock]);
//! assert_eq!(index.find("join hnags", 3)[0].id, "join");
//! assert!(index.find("semaphore", 3).is_empty());
//! ```

mod asked;
mod chinese;
mod excerpt;
mod library;
mod meaning;
mod tokens;

use asked::{Kind, Term, asked, terms_of};
use meaning::Meanings;
use std::collections::HashMap;

pub use library::{Library, Source, Symptom};
pub use tokens::{is_chinese, likeness, stem, tokens};

/// Something that can be found: texts of different weight.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called.
    pub id: String,
    fields: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Field {
    weight: f64,
    text: String,
    /// What is shown where this fits best, instead of a piece of it: of its lines the one in the language that is typed.
    shown: Option<String>,
    /// Fields of one subject have one number.
    subject: usize,
}

impl Document {
    /// One without texts.
    pub fn new(id: impl Into<String>) -> Self {
        Document { id: id.into(), fields: Vec::new() }
    }

    /// With another text. What is found there counts `weight` times as much as in one of weight 1.
    pub fn with(mut self, weight: f64, text: impl Into<String>) -> Self {
        let subject = self.fields.last().map_or(0, |field| field.subject + 1);
        self.fields.push(Field { weight, text: text.into(), shown: None, subject });
        self
    }

    /// With a text that is searched only: a list of words, say, for the subject of the text before. Where it fits best `shown` is shown: a line of it in
    /// Chinese for who types Chinese, else another.
    pub fn with_hidden(
        mut self,
        weight: f64,
        text: impl Into<String>,
        shown: impl Into<String>,
    ) -> Self {
        let subject = self.fields.last().map_or(0, |field| field.subject);
        let shown = Some(shown.into());
        self.fields.push(Field { weight, text: text.into(), shown, subject });
        self
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The document's name.
    pub id: String,
    /// How well it fits; only to be compared with others of the same search.
    pub score: f64,
    /// The piece of the text that fits best, where that is not the whole of a short one.
    pub excerpt: String,
}

/// Documents that can be searched.
pub struct Index {
    documents: Vec<Document>,
    /// Of each term the subjects it is in, and the greatest weight that it has there.
    places: HashMap<String, Vec<(usize, f64)>>,
    /// Of each subject, over all documents, its document.
    document_of: Vec<usize>,
    meanings: Meanings,
}

/// How much it counts, beside all that is found in a document, what is found of one subject: words that belong together.
const TOGETHER: f64 = 1.4;

/// How much the rareness of a word matters, as an exponent.
const RARE: f64 = 0.95;

/// How much a word counts that is typed as two, beside two words that follow one another.
const JOINED: f64 = 2.0;

/// How much the weight of a text matters.
const WEIGHT: f64 = 1.2;

/// Texts of less weight are found by their own words only, neither by what means the same nor by words that follow one another.
const SAID: f64 = 1.5;

impl Index {
    /// An index of documents.
    pub fn new(documents: Vec<Document>) -> Self {
        let meanings = Meanings::new();
        let mut places: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        let mut document_of = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            let mut before = None;
            for Field { weight, text, subject, .. } in &document.fields {
                if before != Some(*subject) {
                    before = Some(*subject);
                    document_of.push(number);
                }
                let here = document_of.len() - 1;
                for term in terms_of(text, &meanings, *weight >= SAID) {
                    let found = places.entry(term).or_default();
                    match found.last_mut().filter(|(place, _)| *place == here) {
                        Some((_, most)) => *most = most.max(*weight),
                        None => found.push((here, *weight)),
                    }
                }
            }
        }
        Index { documents, places, document_of, meanings }
    }

    /// The documents that have something of what is wanted, the best first, and no more than `most` of them.
    ///
    /// Each word counts by how rare it is, how alike what was found is, and where it stands; a document with all
    /// words comes before one with one of them, and one that has them in one place before one that has them anywhere.
    /// Words that mean the same count too, less; words that say nothing do not, where there are others.
    pub fn find(&self, wanted: &str, most: usize) -> Vec<Hit> {
        let mut scores = vec![0.0_f64; self.documents.len()];
        let mut of_subjects = vec![0.0_f64; self.document_of.len()];
        let mut rare_in_all = 0.0;
        let mut matched = Vec::new();
        for Term { text, counts, kind } in asked(wanted, &self.meanings) {
            let mut found = vec![0.0_f64; self.document_of.len()];
            for (term, alike) in self.alike(&text, kind) {
                for (subject, weight) in &self.places[term] {
                    found[*subject] = found[*subject].max(alike * (1.0 + WEIGHT * weight.ln()));
                }
                if kind == Kind::Word {
                    matched.push(term);
                }
            }
            let mut best = vec![0.0_f64; scores.len()];
            for (subject, value) in found.iter().enumerate() {
                let document = self.document_of[subject];
                best[document] = best[document].max(*value);
            }
            let having = best.iter().filter(|value| **value > 0.0).count();
            if having == 0 {
                continue;
            }
            let rare = (1.0 + self.documents.len() as f64 / (1.0 + having as f64)).ln().powf(RARE);
            if kind == Kind::Word {
                rare_in_all += rare * counts;
            }
            for (score, value) in scores.iter_mut().zip(best) {
                *score += rare * value * counts;
            }
            for (score, value) in of_subjects.iter_mut().zip(found) {
                *score += rare * value * counts;
            }
        }
        let mut together = vec![0.0_f64; scores.len()];
        for (subject, value) in of_subjects.into_iter().enumerate() {
            let document = self.document_of[subject];
            together[document] = together[document].max(value);
        }
        let scores = scores.into_iter().zip(together).map(|(all, one)| all + TOGETHER * one);
        let mut hits: Vec<(usize, f64)> =
            scores.enumerate().filter(|(_, score)| *score > 0.0).collect();
        // Ties stay in the order of the documents.
        sorting::by(&mut hits, |(_, left), (_, right)| right.total_cmp(left));
        let least = hits.first().map_or(0.0, |(_, best)| best * 0.25).max(rare_in_all * 0.2);
        let hits = hits.into_iter().filter(|(_, score)| *score >= least).take(most);
        hits.map(|(number, score)| {
            let document = &self.documents[number];
            Hit { id: document.id.clone(), score, excerpt: excerpt::of(document, &matched) }
        })
        .collect()
    }

    /// The terms that are what is asked: itself; or, of a word that is nowhere, those that it begins, or that it is but for typing errors.
    fn alike(&self, text: &str, kind: Kind) -> Vec<(&str, f64)> {
        if let Some((term, _)) = self.places.get_key_value(text) {
            return vec![(term, 1.0)];
        }
        // "dead lock", "back off": written as one word elsewhere.
        if kind == Kind::Pair {
            let one = self.places.get_key_value(&stem(&text.replace(' ', "")));
            return one.map(|(term, _)| (term.as_str(), JOINED)).into_iter().collect();
        }
        if kind != Kind::Word {
            return Vec::new();
        }
        let terms = self.places.keys().map(String::as_str);
        let words = terms.filter(|term| !term.contains([' ', '#']));
        words.map(|term| (term, likeness(text, term))).filter(|(_, alike)| *alike > 0.0).collect()
    }
}

#[cfg(test)]
mod tests;
