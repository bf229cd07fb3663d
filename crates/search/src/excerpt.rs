//! The piece of a document that is shown for a search.

use crate::tokens::{is_chinese, stem, tokens};
use crate::{Document, Field};

/// The longest an excerpt is, in characters.
const EXCERPT: usize = 110;

/// The sentence, or line, of a document that has most of the terms that were found; of the first such field.
pub(crate) fn of(document: &Document, found: &[&str]) -> String {
    let mut best = (0.0, "");
    for field in &document.fields {
        for piece in pieces(field) {
            let here: Vec<String> = tokens(piece).iter().map(|token| stem(token)).collect();
            let has = found.iter().filter(|term| here.iter().any(|token| token == *term)).count();
            let value = has as f64 * (1.0 + field.weight.ln() / 10.0);
            if value > best.0 {
                let shown = field.shown.as_deref();
                best = (value, shown.map_or(piece, |shown| said(shown, found)));
            }
        }
    }
    let mut letters = best.1.chars();
    let cut: String = letters.by_ref().take(EXCERPT).collect();
    if letters.next().is_some() { cut + "…" } else { cut }
}

fn pieces(field: &Field) -> Vec<&str> {
    if field.shown.is_some() {
        return vec![field.text.trim()];
    }
    let lines = field.text.split_inclusive(['\n', '。', '？', '！']);
    lines.flat_map(|line| line.split_inclusive(". ")).map(str::trim).collect()
}

/// The line of a text in the language of what is wanted.
fn said<'a>(shown: &'a str, found: &[&str]) -> &'a str {
    let chinese = found.iter().any(|token| is_chinese(token));
    let fits = |line: &&str| tokens(line).iter().any(|token| is_chinese(token)) == chinese;
    shown.lines().find(fits).or_else(|| shown.lines().next()).unwrap_or_default()
}
