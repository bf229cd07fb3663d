//! Python's `repr()` of truth values and strings.

/// Python's `repr()` of a truth value.
pub fn repr_bool(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// Python's `repr()` of a string.
///
/// ```
/// use asyncio::repr_str;
/// assert_eq!(repr_str("it's\n"), r#""it's\n""#);
/// assert_eq!(repr_str("\u{ad}a\u{301}\u{200b}"), "'\\xada\u{301}\\u200b'");
/// ```
pub fn repr_str(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut repr = String::with_capacity(text.len() + 2);
    repr.push(quote);
    for character in text.chars() {
        match character {
            '\n' => repr.push_str("\\n"),
            '\r' => repr.push_str("\\r"),
            '\t' => repr.push_str("\\t"),
            '\\' => repr.push_str("\\\\"),
            character if character == quote => repr.extend(['\\', quote]),
            character if is_printable(character) => repr.push(character),
            character => repr.push_str(&match character as u32 {
                code @ ..0x100 => format!("\\x{code:02x}"),
                code @ ..0x1_0000 => format!("\\u{code:04x}"),
                code => format!("\\U{code:08x}"),
            }),
        }
    }
    repr.push(quote);
    repr
}

/// `str.isprintable` of a character: Rust escapes by the same categories, and besides only what would
/// combine with the quote before it, hence a letter in between.
fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~')
        || String::from_iter(['a', character]).escape_debug().nth(1) != Some('\\')
}
