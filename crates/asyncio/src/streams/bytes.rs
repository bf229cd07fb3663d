//! Bytes as Python prints them.

/// Python's `repr()` of a `bytes` object.
///
/// ```
/// use asyncio::repr_bytes;
/// assert_eq!(repr_bytes(b"it's\n\xff"), r#"b"it's\n\xff""#);
/// ```
pub fn repr_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut repr = String::with_capacity(bytes.len() + 3);
    repr.extend(['b', quote]);
    for byte in bytes {
        match byte {
            b'\n' => repr.push_str("\\n"),
            b'\r' => repr.push_str("\\r"),
            b'\t' => repr.push_str("\\t"),
            b'\\' => repr.push_str("\\\\"),
            byte if char::from(*byte) == quote => repr.extend(['\\', quote]),
            0x20..0x7f => repr.push(char::from(*byte)),
            byte => repr.push_str(&format!("\\x{byte:02x}")),
        }
    }
    repr.push(quote);
    repr
}
