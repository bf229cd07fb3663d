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

mod library;
mod meaning;
mod tokens;

use std::collections::{HashMap, HashSet};

pub use library::{Library, Source, Symptom};
use meaning::{synonyms, words};
pub use tokens::{is_chinese, likeness, tokens};

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
    /// Of each token where it is.
    places: HashMap<String, Vec<Place>>,
}

/// A document and subject in which a token is, and the greatest weight that it has there.
struct Place {
    document: usize,
    subject: usize,
    weight: f64,
}

/// How much it counts, beside all that is found in a document, what is found of one subject: words that belong together.
const TOGETHER: f64 = 1.0;

/// How much the rareness of a word matters, as an exponent.
const RARE: f64 = 0.8;

/// How much a word counts that means what was typed.
const MEANT: f64 = 0.5;

impl Index {
    /// An index of documents.
    pub fn new(documents: Vec<Document>) -> Self {
        let mut places: HashMap<String, Vec<Place>> = HashMap::new();
        for (number, document) in documents.iter().enumerate() {
            for Field { weight, text, subject, .. } in &document.fields {
                for token in tokens(text) {
                    let found = places.entry(token).or_default();
                    let same =
                        |last: &&mut Place| last.document == number && last.subject == *subject;
                    match found.last_mut().filter(same) {
                        Some(last) => last.weight = last.weight.max(*weight),
                        None => found.push(Place {
                            document: number,
                            subject: *subject,
                            weight: *weight,
                        }),
                    }
                }
            }
        }
        Index { documents, places }
    }

    /// The documents that have something of what is wanted, the best first, and no more than `most` of them.
    ///
    /// Each word counts by how rare it is, how alike what was found is, and where it stands; a document with all
    /// words comes before one with one of them, and one that has them in one place before one that has them anywhere.
    /// Words that mean the same count too, less; words that say nothing do not, where there are others.
    pub fn find(&self, wanted: &str, most: usize) -> Vec<Hit> {
        let (mut own, meant) = (words(wanted), synonyms(wanted));
        own.retain({
            let mut unique = HashSet::new();
            move |token| unique.insert(token.clone())
        });
        let mut scores = vec![0.0; self.documents.len()];
        let mut of_subjects: HashMap<(usize, usize), f64> = HashMap::new();
        let mut rare_in_all = 0.0;
        let asked = own.iter().map(|word| (std::slice::from_ref(word), 1.0));
        for (alternatives, counts) in asked.chain(meant.iter().map(|group| (&group[..], MEANT))) {
            let found = self.places_of(alternatives);
            let mut best: HashMap<usize, f64> = HashMap::new();
            for ((document, _), value) in &found {
                let best = best.entry(*document).or_default();
                *best = best.max(*value);
            }
            let rare =
                (1.0 + self.documents.len() as f64 / (1.0 + best.len() as f64)).ln().powf(RARE);
            if counts >= 1.0 {
                rare_in_all += rare;
            }
            for (document, value) in best {
                scores[document] += rare * value * counts;
            }
            for (place, value) in found {
                *of_subjects.entry(place).or_default() += rare * value * counts;
            }
        }
        let mut together = vec![0.0_f64; scores.len()];
        for ((document, _), value) in of_subjects {
            together[document] = together[document].max(value);
        }
        let scores = scores.into_iter().zip(together).map(|(all, one)| all + TOGETHER * one);
        let mut hits: Vec<(usize, f64)> =
            scores.enumerate().filter(|(_, score)| *score > 0.0).collect();
        // Ties stay in the order of the documents.
        sorting::by(&mut hits, |(_, left), (_, right)| right.total_cmp(left));
        let least = hits.first().map_or(0.0, |(_, best)| best * 0.25).max(rare_in_all * 0.2);
        let hits = hits.into_iter().filter(|(_, score)| *score >= least).take(most);
        hits.map(|(number, score)| self.hit(number, score, &own)).collect()
    }

    /// Where the best of some words is, and how much it counts there.
    fn places_of(&self, alternatives: &[String]) -> HashMap<(usize, usize), f64> {
        let mut found: HashMap<(usize, usize), f64> = HashMap::new();
        for (token, places) in &self.places {
            let alike = alternatives.iter().map(|word| likeness(word, token)).fold(0.0, f64::max);
            if alike > 0.0 {
                for Place { document, subject, weight } in places {
                    let best = found.entry((*document, *subject)).or_default();
                    *best = best.max(alike * (1.0 + weight.ln()));
                }
            }
        }
        found
    }

    fn hit(&self, number: usize, score: f64, wanted: &[String]) -> Hit {
        let document = &self.documents[number];
        Hit { id: document.id.clone(), score, excerpt: excerpt(document, wanted) }
    }
}

/// The longest an excerpt is, in characters.
const EXCERPT: usize = 110;

/// The sentence, or line, of a document that has most of what is wanted; of the first such field.
fn excerpt(document: &Document, wanted: &[String]) -> String {
    let pieces = document.fields.iter().flat_map(|field| {
        let sentences = field.text.split_inclusive(['\n', '。', '？', '！']);
        let whole = field.shown.is_some().then_some(field.text.as_str());
        let pieces = sentences
            .flat_map(|line| line.split_inclusive(". "))
            .filter(move |_| whole.is_none())
            .chain(whole);
        pieces.map(move |piece| (field, piece.trim()))
    });
    let mut best = (0.0, "");
    for (field, piece) in pieces {
        let weight = field.weight;
        let found = tokens(piece);
        let value: f64 = wanted
            .iter()
            .map(|word| found.iter().map(|token| likeness(word, token)).fold(0.0, f64::max))
            .sum();
        let value = value * (1.0 + weight.ln() / 10.0);
        if value > best.0 {
            best = (value, field.shown.as_deref().map_or(piece, |shown| said(shown, wanted)));
        }
    }
    let mut letters = best.1.chars();
    let cut: String = letters.by_ref().take(EXCERPT).collect();
    if letters.next().is_some() { cut + "…" } else { cut }
}

/// The line of a text in the language of what is wanted.
fn said<'a>(shown: &'a str, wanted: &[String]) -> &'a str {
    let chinese = wanted.iter().any(|token| is_chinese(token));
    let fits = |line: &&str| tokens(line).iter().any(|token| is_chinese(token)) == chinese;
    shown.lines().find(fits).or_else(|| shown.lines().next()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
