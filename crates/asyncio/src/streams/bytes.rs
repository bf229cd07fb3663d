//! Bytes as Python prints them.

use crate::coroutines::{LETTERS, Short};

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

/// Nothing else in Rust is made of these.
impl Short for [u8] {
    fn short(&self, _: bool) -> String {
        match self.get(..LETTERS - 1) {
            Some(begin) if self.len() > LETTERS => repr_bytes(&[begin, b"..."].concat()),
            _ => repr_bytes(self),
        }
    }
}
