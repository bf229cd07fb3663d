//! What is looked for: the terms of a text that can be found, and of what is typed.

use crate::chinese::spoken;
use crate::meaning::{Meanings, is_empty, plain};
use crate::tokens::{is_chinese, is_name, stem, tokens};

/// What sort of term it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A word, or a pair of Chinese characters.
    Word,
    /// Two words that follow one another.
    Pair,
    /// What words mean.
    Meaning,
}

/// Something that is looked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) text: String,
    pub(crate) kind: Kind,
    /// How much it counts.
    pub(crate) counts: f64,
}

/// How much a word counts that means what was typed.
const MEANT: f64 = 0.7;

/// How much it counts that two words follow one another.
const PAIRED: f64 = 0.4;

/// The same with a dot between them, as in `asyncio.run`: they name one thing.
const DOTTED: f64 = 0.8;

/// How much the parts of a name count that is found as a whole.
const PART: f64 = 0.4;

/// How much a pair of Chinese characters counts of which one only joins words.
const JOINING: f64 = 0.35;

/// Characters that join words; a pair with one of them mostly is no word.
const JOINERS: &str = "的了吗呢么给把在和与就都很能我你他它这那有是个怎什被着也还又再才之";

/// Whether a token is a pair of Chinese characters of which one only joins words.
fn joins(token: &str) -> bool {
    is_chinese(token) && token.contains(|letter| JOINERS.contains(letter))
}

/// The terms of a text that can be found; with `said` also pairs of words and what words mean.
pub(crate) fn terms_of(text: &str, meanings: &Meanings, said: bool) -> Vec<String> {
    let tokens = tokens(text);
    let mut terms: Vec<String> = tokens.iter().map(|token| stem(token)).collect();
    if said {
        let plain = plain(tokens);
        terms.extend(meanings.of(&plain).into_iter().map(meaning));
        terms.extend(pairs(&plain));
    }
    terms
}

/// What is looked for when this is typed.
pub(crate) fn asked(typed: &str, meanings: &Meanings) -> Vec<Term> {
    let typed = spoken(&without_places(typed));
    let all = tokens(&typed);
    let telling: Vec<bool> = all.iter().map(|token| !is_empty(token)).collect();
    let nothing_told = !telling.contains(&true);
    let mut terms: Vec<Term> = Vec::new();
    let mut add = |text: String, kind, counts| {
        if !terms.iter().any(|term| term.text == text) {
            terms.push(Term { text, kind, counts });
        }
    };
    let mut in_name = 0;
    for (at, token) in all.iter().enumerate() {
        if !is_chinese(token) && is_name(token, all.get(at + 1)) {
            in_name = token.len();
            add(token.clone(), Kind::Word, 1.0);
            continue;
        }
        let part = in_name > 0;
        in_name = in_name.saturating_sub(token.len() + 1);
        if telling[at] || nothing_told {
            let counts = match token {
                _ if part => PART,
                _ if joins(token) => JOINING,
                _ => 1.0,
            };
            add(stem(token), Kind::Word, counts);
        }
    }
    let plain = plain(all);
    let small = typed.to_lowercase();
    for pair in pairs(&plain) {
        let dotted = small.contains(&pair.replace(' ', "."));
        add(pair, Kind::Pair, if dotted { DOTTED } else { PAIRED });
    }
    for line in meanings.of(&plain) {
        add(meaning(line), Kind::Meaning, MEANT);
    }
    terms
}

/// A line of words that mean the same, as a term.
fn meaning(line: usize) -> String {
    format!("#{line}")
}

/// The English words of a text that follow one another, two by two. Pairs of Chinese characters overlap, and say this already.
fn pairs(plain: &[String]) -> Vec<String> {
    let pairs = plain.windows(2).filter(|pair| !pair.iter().any(|word| is_chinese(word)));
    pairs.map(|pair| format!("{} {}", pair[0], pair[1])).collect()
}

/// What is typed without paths of files and addresses in memory, which come with a pasted message.
fn without_places(typed: &str) -> String {
    let place = |word: &&str| {
        word.matches(['/', '\\']).count() > 1 || word.contains(".py") || word.starts_with("0x")
    };
    typed.split_whitespace().filter(|word| !place(word)).collect::<Vec<_>>().join(" ")
}
