//! Files of programs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;

/// The programs of a file: one, a list of them, or one a line. A program that was kept with CPython's
/// answer counts as the program.
///
/// # Errors
/// That the file cannot be read, or is not JSON.
pub fn read(path: &Path) -> Result<Vec<Json>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let programs = parse(&text).with_context(|| path.display().to_string())?;
    if programs.is_empty() {
        bail!("{}: there is no program in it", path.display());
    }
    Ok(programs)
}

/// The programs of a text.
///
/// # Errors
/// That it is not JSON.
pub fn parse(text: &str) -> Result<Vec<Json>> {
    let values: Vec<Json> =
        serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>()?;
    let programs = values.into_iter().flat_map(|value| match value {
        Json::Array(list) => list,
        other => vec![other],
    });
    Ok(programs.map(bare).collect())
}

fn bare(mut value: Json) -> Json {
    match value.get_mut("program") {
        Some(program) => program.take(),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_every_form_are_read() {
        for (text, count) in [
            (r#"{"coroutines": {}}"#, 1),
            ("{\n \"coroutines\": {}\n}\n", 1),
            (r#"[{"a": 1}, {"a": 2}]"#, 2),
            ("{\"a\": 1}\n{\"a\": 2}\n\n{\"a\": 3}\n", 3),
            ("", 0),
        ] {
            assert_eq!(parse(text).expect("JSON").len(), count, "{text}");
        }
        let kept = parse(r#"{"program": {"a": 1}, "cpython": {}}"#).expect("JSON");
        assert_eq!(kept, [serde_json::json!({"a": 1})]);
        assert!(parse("{").is_err());
    }
}
