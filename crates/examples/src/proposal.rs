//! What the words of an example propose to try.

/// A piece of a text that proposes: `[words](NAME=value&…)`, values of parameters for [`Args::set_all`](crate::Args::set_all).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// The text before it, from the proposal before.
    pub before: &'a str,
    /// Its words.
    pub words: &'a str,
    /// The values.
    pub values: &'a str,
}

/// The proposals of a text, and what comes after the last.
///
/// ```
/// let (proposals, rest) = examples::proposals("Or [two](N=2&M=1): quick.");
/// assert_eq!(proposals.len(), 1);
/// assert_eq!((proposals[0].before, proposals[0].words, proposals[0].values), ("Or ", "two", "N=2&M=1"));
/// assert_eq!(rest, ": quick.");
/// ```
pub fn proposals(text: &str) -> (Vec<Proposal<'_>>, &str) {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((proposal, after)) = first(rest) {
        found.push(proposal);
        rest = after;
    }
    (found, rest)
}

fn first(text: &str) -> Option<(Proposal<'_>, &str)> {
    let middle = text.find("](")?;
    let from = text[..middle].rfind('[')?;
    let to = middle + text[middle..].find(')')?;
    let (before, words) = (&text[..from], &text[from + 1..middle]);
    Some((Proposal { before, words, values: &text[middle + 2..to] }, &text[to + 1..]))
}
