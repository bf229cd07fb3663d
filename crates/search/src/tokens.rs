//! What a text is made of, for a search: words, and pairs of Chinese characters.

/// The tokens of a text, in its order, in lower case: each word, the parts of a name with `_` or `.` in it, and of
/// Chinese each pair of neighbours, since nothing there says where a word ends.
///
/// ```
/// assert_eq!(search::tokens("Task.cancel 卡住了"), ["task", "cancel", "卡住", "住了"]);
/// ```
pub fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let (mut word, mut han) = (String::new(), Vec::new());
    for letter in text.chars().flat_map(char::to_lowercase).chain([' ']) {
        if is_han(letter) {
            end_word(&mut word, &mut tokens);
            han.push(letter);
            continue;
        }
        end_han(&mut han, &mut tokens);
        // "don't" is one word; the apostrophe says nothing.
        match letter {
            '\'' | '’' => {}
            letter if letter.is_alphanumeric() => word.push(letter),
            _ => end_word(&mut word, &mut tokens),
        }
    }
    tokens
}

/// Whether a token is of Chinese: it is found as it is, or not at all.
pub fn is_chinese(token: &str) -> bool {
    token.chars().next().is_some_and(is_han)
}

fn end_word(word: &mut String, tokens: &mut Vec<String>) {
    if !word.is_empty() {
        tokens.push(std::mem::take(word));
    }
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
    // "cancelled" for "cancel": the ends of words differ.
    if length >= 4 && wanted.starts_with(found) && wanted_length <= length + 4 {
        return 0.7;
    }
    let allowed = match wanted_length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let errors = distance(wanted, found, allowed);
    if errors > allowed { 0.0 } else { 0.75 - 0.2 * errors as f64 }
}

/// The number of errors between two words: letters wrong, left out, put in, or two neighbours changed about (the optimal
/// string alignment distance); more than `limit` when that is not worth finding out.
fn distance(left: &str, right: &str, limit: usize) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if limit == 0 || left.len().abs_diff(right.len()) > limit {
        return limit + 1;
    }
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
