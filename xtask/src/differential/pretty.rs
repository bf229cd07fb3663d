//! Programs as people read them: a statement a line where it fits.

use serde_json::Value as Json;

/// The widest that a line may be.
const WIDTH: usize = 100;

/// JSON in lines that are short, but not shorter than need be.
pub fn pretty(json: &Json) -> String {
    let mut text = String::new();
    write(json, 0, 0, &mut text);
    text
}

/// Writes a value that is `indent` deep, where the line has `taken` already.
fn write(json: &Json, indent: usize, taken: usize, text: &mut String) {
    let flat = flat(json);
    if indent + taken + flat.len() <= WIDTH {
        text.push_str(&flat);
        return;
    }
    let (open, close) = if json.is_array() { ('[', ']') } else { ('{', '}') };
    let items: Vec<(Option<&str>, &Json)> = match json {
        Json::Array(list) => list.iter().map(|item| (None, item)).collect(),
        Json::Object(map) => ordered(map),
        _ => {
            text.push_str(&flat);
            return;
        }
    };
    text.push(open);
    let inner = indent + 2;
    let count = items.len();
    for (n, (key, item)) in items.into_iter().enumerate() {
        // What stands in a statement follows the statement's own line.
        let same_line = n == 0 || json.is_object() && !item.is_array() && fits_after(text, item);
        if !same_line || json.is_array() || count == 1 {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', inner));
        } else if n > 0 {
            text.push(' ');
        }
        let mut taken = 0;
        if let Some(key) = key {
            let key = format!("{}: ", Json::from(key));
            taken = key.len();
            text.push_str(&key);
        }
        write(item, inner, taken, text);
        if n + 1 < count {
            text.push(',');
        }
    }
    text.push(close);
}

/// Whether a value fits into the line that `text` ends with.
fn fits_after(text: &str, item: &Json) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.len() + flat(item).len() + 20 <= WIDTH
}

/// The fields of an object: the operation first, long ones last.
fn ordered(map: &serde_json::Map<String, Json>) -> Vec<(Option<&str>, &Json)> {
    let mut fields: Vec<_> = map.iter().map(|(key, item)| (Some(key.as_str()), item)).collect();
    fields.sort_by_key(|(key, item)| (*key != Some("op"), flat(item).len() > WIDTH));
    fields
}

/// JSON in one line.
fn flat(json: &Json) -> String {
    match json {
        Json::Array(list) => {
            let items: Vec<_> = list.iter().map(flat).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(map) => {
            let mut fields: Vec<_> = map.iter().collect();
            fields.sort_by_key(|(key, _)| *key != "op");
            let fields: Vec<_> = fields
                .into_iter()
                .map(|(key, item)| format!("{}: {}", Json::from(key.as_str()), flat(item)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_small_program_stays_in_one_line() {
        let small = json!({"coroutines": {"main": [{"delay": 1, "op": "sleep"}]}});
        assert_eq!(pretty(&small), r#"{"coroutines": {"main": [{"op": "sleep", "delay": 1}]}}"#);
    }

    #[test]
    fn long_programs_have_a_statement_a_line_and_stay_the_same() {
        let sleep = json!({"op": "sleep", "delay": 0.1});
        let body = json!([sleep, sleep, sleep]);
        let timeout = json!({"op": "timeout", "delay": 0.2, "body": body, "to": "deadline"});
        let long = json!({"coroutines": {"main": [timeout, sleep, sleep], "other": body}});
        let text = pretty(&long);
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(
            text.lines().any(|line| line.trim() == r#"{"op": "sleep", "delay": 0.1},"#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Json>(&text).expect("JSON"), long);
    }
}
