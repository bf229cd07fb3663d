//! `readuntil` and `readline`.

use super::StreamReader;
use super::errors::{IncompleteRead, LimitOverrun};
use crate::exceptions::{Error, Result, while_handling};
use trace::{Caller, Op};

/// Reads up to and with the first separator.
pub(super) async fn until(
    reader: &StreamReader,
    mut separators: Vec<Vec<u8>>,
    op: Op,
    at: Caller,
) -> Result<Vec<u8>> {
    // So that of two that end at the same place the shorter one counts.
    separators.sort_by_key(Vec::len);
    let (Some(shortest), Some(longest)) = (separators.first(), separators.last()) else {
        return Err(Error::new("ValueError", "Separator should contain at least one element"));
    };
    let (shortest, longest) = (shortest.len(), longest.len());
    if shortest == 0 {
        return Err(Error::new("ValueError", "Separator should be at least one-byte string"));
    }
    reader.check()?;
    let limit = reader.0.limit;
    // Where a separator may begin that is not there in full yet.
    let mut offset = 0;
    let (start, end) = loop {
        let size = reader.0.buffer.borrow().len();
        if size >= offset + shortest {
            if let Some(found) = find_any(&reader.0.buffer.borrow(), offset, &separators) {
                break found;
            }
            offset = (size + 1).saturating_sub(longest);
            if offset > limit {
                let text = "Separator is not found, and chunk exceed the limit";
                return Err(LimitOverrun::error(text, offset));
            }
        }
        if reader.is_ended() {
            return Err(IncompleteRead::error(reader.0.buffer.take(), None));
        }
        reader.wait_for_data("readuntil", op, at).await?;
    };
    if start > limit {
        let text = "Separator is found, but chunk is longer than limit";
        return Err(LimitOverrun::error(text, start));
    }
    Ok(reader.take(end))
}

/// Beginning and end of the separator that ends first.
fn find_any(buffer: &[u8], offset: usize, separators: &[Vec<u8>]) -> Option<(usize, usize)> {
    let mut first: Option<(usize, usize)> = None;
    for separator in separators {
        if let Some(place) = find(&buffer[offset..], separator) {
            let (start, end) = (offset + place, offset + place + separator.len());
            if first.is_none_or(|(_, earliest)| end < earliest) {
                first = Some((start, end));
            }
        }
    }
    first
}

/// Where a separator, which is not empty, begins first.
fn find(buffer: &[u8], separator: &[u8]) -> Option<usize> {
    let (first, rest) = separator.split_first()?;
    let mut from = 0;
    loop {
        // Only where its first byte is the others are compared.
        let place = from + buffer[from..].iter().position(|byte| byte == first)?;
        if buffer[place + 1..].starts_with(rest) {
            return Some(place);
        }
        from = place + 1;
    }
}

/// Reads a line.
pub(super) async fn line(reader: &StreamReader, at: Caller) -> Result<Vec<u8>> {
    let error = match until(reader, vec![b"\n".to_vec()], Op::ReadLine, at).await {
        Err(error) => error,
        line => return line,
    };
    if let Some(incomplete) = IncompleteRead::of(&error) {
        return Ok(incomplete.partial.clone());
    }
    let Some(overrun) = LimitOverrun::of(&error) else { return Err(error) };
    {
        let mut buffer = reader.0.buffer.borrow_mut();
        if buffer.get(overrun.consumed) == Some(&b'\n') {
            buffer.drain(..=overrun.consumed);
        } else {
            buffer.clear();
        }
    }
    reader.maybe_resume_transport();
    Err(while_handling(&error, || Error::new("ValueError", error.to_string())))
}
