//! What a text is made of, for a search: words, names, and pairs of Chinese characters.

use crate::chinese::simplified;

/// The tokens of a text, in its order, in lower case: each word; of a name with `_` or capitals in it the whole and its
/// parts; and of Chinese each pair of neighbours, since nothing there says where a word ends, in simplified characters.
/// Numbers say nothing, but those of three digits: 429.
///
/// ```
/// assert_eq!(search::tokens("Task.cancel 卡住了"), ["task", "cancel", "卡住", "住了"]);
/// assert_eq!(search::tokens("task_done: TimeoutError"), ["task_done", "task", "done", "timeouterror", "timeout", "error"]);
/// assert_eq!(search::tokens("except* and *args"), ["except*", "and", "args"]);
/// assert_eq!(search::tokens("at 0x7f21, line 17: 429 超時"), ["at", "line", "429", "超时"]);
/// ```
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let (mut word, mut han) = (String::new(), Vec::new());
    for letter in text.chars().chain([' ']) {
        if is_han(letter) {
            end_word(&mut word, &mut tokens);
            han.push(simplified(letter));
            continue;
        }
        end_han(&mut han, &mut tokens);
        // "don't" is one word; the apostrophe says nothing.
        match letter {
            '\'' | '’' => {}
            letter if letter.is_alphanumeric() || letter == '_' => word.push(letter),
            '*' if word == "except" => word.push(letter),
            _ => end_word(&mut word, &mut tokens),
        }
    }
    tokens
}

/// Whether a token is of Chinese: it is found as it is, or not at all.
pub fn is_chinese(token: &str) -> bool {
    token.chars().next().is_some_and(is_han)
}

/// Whether a token is a whole name, whose parts follow it.
pub(crate) fn is_name(token: &str, next: Option<&String>) -> bool {
    next.is_some_and(|part| {
        token.len() > part.len() && token.trim_start_matches('_').starts_with(part.as_str())
    })
}

fn end_word(word: &mut String, tokens: &mut Vec<String>) {
    let whole = std::mem::take(word);
    let mut parts = vec![String::new()];
    let mut small = false;
    for letter in whole.chars() {
        if letter == '_' || (small && letter.is_uppercase()) {
            parts.push(String::new());
        }
        small = letter.is_lowercase();
        if letter != '_' {
            parts.last_mut().expect("there is always one").extend(letter.to_lowercase());
        }
    }
    parts.retain(|part| says_something(part));
    if parts.len() > 1 {
        tokens.push(whole.to_lowercase());
    }
    tokens.append(&mut parts);
}

fn says_something(part: &str) -> bool {
    let number = part.starts_with(|letter: char| letter.is_ascii_digit());
    !part.is_empty() && (!number || (part.len() == 3 && part.parse::<u16>().is_ok()))
}

fn end_han(han: &mut Vec<char>, tokens: &mut Vec<String>) {
    match han.as_slice() {
        [] => {}
        [alone] => tokens.push(alone.to_string()),
        several => tokens.extend(several.windows(2).map(|pair| pair.iter().collect::<String>())),
    }
    han.clear();
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A word without its ending, so that the forms of one word are one: not always a word.
///
/// ```
/// assert!(["cancelled", "cancels", "cancelling", "cancellation"].iter().all(|form| search::stem(form) == "cancel"));
/// ```
pub fn stem(word: &str) -> String {
    if !word.is_ascii() || word.len() < 4 || word.contains('_') {
        return word.to_owned();
    }
    let cut = |ending: &str, least: usize| {
        word.strip_suffix(ending)
            .filter(|rest| rest.len() >= least && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']))
    };
    let stem = match word {
        _ if word.ends_with("ss") || word.ends_with("us") => word,
        _ => cut("ies", 3)
            .or_else(|| cut("ations", 4))
            .or_else(|| cut("ation", 4))
            .or_else(|| cut("ings", 3))
            .or_else(|| cut("ing", 3))
            .or_else(|| cut("ed", 3))
            .or_else(|| cut("s", 3))
            .unwrap_or(word),
    };
    // "stopped", "stop"; "closing", "close"; "retries", "retry".
    let stem = stem.strip_suffix(['e', 'y']).filter(|rest| rest.len() >= 3).unwrap_or(stem);
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && stem.len() > 3 => {
            stem[..stem.len() - 1].to_owned()
        }
        _ => stem.to_owned(),
    }
}

/// How much of a wanted word another one is: 1 for the same, less for one that begins with it, less again for a
/// likely typing error (one letter wrong, left out, put in, or two changed about; two in a long word), else 0.
pub fn likeness(wanted: &str, found: &str) -> f64 {
    if wanted == found {
        return 1.0;
    }
    if is_chinese(wanted) || is_chinese(found) {
        return 0.0;
    }
    let (wanted_length, length) = (wanted.chars().count(), found.chars().count());
    if wanted_length >= 3 && found.starts_with(wanted) {
        return 0.6 + 0.3 * wanted_length as f64 / length as f64;
    }
    if length >= 4 && wanted.starts_with(found) && wanted_length <= length + 4 {
        return 0.6;
    }
    let allowed = match wanted_length {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    };
    let errors = distance(wanted, found, allowed);
    if errors > allowed { 0.0 } else { 0.85 - 0.2 * errors as f64 }
}

/// The number of errors between two words: letters wrong, left out, put in, or two neighbours changed about (the optimal
/// string alignment distance); more than `limit` when that is not worth finding out.
fn distance(left: &str, right: &str, limit: usize) -> usize {
    if limit == 0 || left.len().abs_diff(right.len()) > limit {
        return limit + 1;
    }
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut least = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                let swapped: &Vec<usize> = &before;
                least = least.min(swapped[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}
