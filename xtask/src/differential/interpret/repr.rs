//! Values as lines show them: Python's `repr`, short where that has addresses.

use std::fmt;
use std::str::Chars;

use asyncio::{Error, repr_bytes, repr_str};

use super::coroutine::Sort;
use super::value::Value;

/// A value as lines show it.
pub struct Repr<'a>(pub &'a Value);

impl fmt::Display for Repr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::None => f.write_str("None"),
            Value::Bool(true) => f.write_str("True"),
            Value::Bool(false) => f.write_str("False"),
            Value::Int(number) => write!(f, "{number}"),
            Value::Float(number) => f.write_str(&float(*number)),
            Value::Text(text) => f.write_str(&repr_str(text)),
            Value::Bytes(bytes) => f.write_str(&repr_bytes(bytes)),
            Value::List(list) => {
                f.write_str("[")?;
                for (n, value) in list.iter().enumerate() {
                    write!(f, "{}{}", if n == 0 { "" } else { ", " }, Repr(value))?;
                }
                f.write_str("]")
            }
            Value::Error(error) => f.write_str(&repr_error(error)),
            Value::Task(task) => write!(f, "<Task {}>", task.name()),
            Value::OtherTask(task) => write!(f, "<Task {}>", task.name()),
            Value::Future(future) => write!(f, "<{}>", future.class()),
            Value::Coroutine(coroutine) if coroutine.sort() == Sort::Method => {
                write!(f, "<{}>", coroutine.name())
            }
            Value::Coroutine(coroutine) => write!(f, "<coroutine {}>", coroutine.name()),
            Value::Generator(_) => f.write_str("<async_generator>"),
            Value::Submitted(_) => f.write_str("<Future>"),
            Value::Handle(_, Some(_)) => f.write_str("<TimerHandle>"),
            other => write!(f, "<{}>", other.kind()),
        }
    }
}

/// `repr` of a float: the shortest digits that give it again, with an exponent where Python has one.
pub fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..16).contains(&exponent) {
        return format!("{number:?}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// What an exception came of, a text for each: numbers say which is the cause, the context or a member
/// of which.
pub fn chain(error: &Error) -> Vec<String> {
    let mut found = vec![error.clone()];
    let number = |found: &mut Vec<Error>, error: Error| {
        let known = found.iter().position(|known| known.is_same(&error));
        known.unwrap_or_else(|| {
            found.push(error);
            found.len() - 1
        })
    };
    let mut texts = Vec::new();
    while let Some(each) = found.get(texts.len()).cloned() {
        let mut text = repr_error(&each);
        if let Some(cause) = each.cause() {
            text += &format!(" from {}", number(&mut found, cause));
        }
        if let Some(context) = each.context() {
            text += &format!(" in {}", number(&mut found, context));
        }
        if each.suppresses_context() {
            text += " alone";
        }
        let members = each.members().iter().cloned();
        let members: Vec<_> =
            members.map(|member| number(&mut found, member).to_string()).collect();
        if !members.is_empty() {
            text += &format!(" of {}", members.join(", "));
        }
        texts.push(text);
    }
    texts
}

/// `repr` of an exception.
pub fn repr_error(error: &Error) -> String {
    let (class, text) = (error.type_name(), error.to_string());
    let members: Vec<_> = error.members().iter().map(repr_error).collect();
    if let Some((message, _)) = text.rsplit_once(" (")
        && !members.is_empty()
    {
        return format!("{class}({}, [{}])", repr_str(message), members.join(", "));
    }
    let repr = error.repr();
    if repr == format!("{class}({})", repr_str(&text)) {
        return format!("{class}({})", repr_str(&clean(&text)));
    }
    clean(&repr)
}

/// A text in which every repr of a task or a future is short: `<Task t>`, `<Future>`.
pub fn clean(text: &str) -> String {
    let mut clean = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        clean.push_str(&rest[..at]);
        if let Some((name, after)) = task(&rest[at..]) {
            clean.extend(["<Task ", &name, ">"]);
            rest = after;
            continue;
        }
        let (object, after) = object(&rest[at..]);
        match object.split_once(' ').map_or(object, |(class, _)| class) {
            class @ ("<Future" | "<_GatheringFuture") => clean.extend([class, ">"]),
            _ => {
                clean.push('<');
                rest = &rest[at + 1..];
                continue;
            }
        }
        rest = after;
    }
    clean + rest
}

/// The name of a task whose repr a text begins with, and what follows.
fn task(text: &str) -> Option<(String, &str)> {
    let (_, quoted) = text.strip_prefix("<Task ")?.split_once("name=")?;
    let quote = quoted.chars().next()?;
    let mut name = String::new();
    let mut characters = quoted.chars();
    characters.next();
    loop {
        match characters.next()? {
            '\\' => name.push(match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'x' => escaped(&mut characters, 2)?,
                'u' => escaped(&mut characters, 4)?,
                'U' => escaped(&mut characters, 8)?,
                other => other,
            }),
            end if end == quote => break,
            character => name.push(character),
        }
    }
    let mut open = 1;
    characters.find(|character| {
        open += i32::from(*character == '<') - i32::from(*character == '>');
        open == 0
    })?;
    Some((name, characters.as_str()))
}

/// The character of so many hexadecimal digits.
fn escaped(characters: &mut Chars<'_>, digits: usize) -> Option<char> {
    let code: String = characters.take(digits).collect();
    char::from_u32(u32::from_str_radix(&code, 16).ok()?)
}

/// What begins with `<` up to the `>` that belongs to it, and what follows.
fn object(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.split_at(at + 1);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_python_does() {
        for (number, repr) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (3.0, "3.0"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-4, "0.0001"),
            (0.000_012, "1.2e-05"),
            (1e-5, "1e-05"),
            (1e15, "1000000000000000.0"),
            (1.234_567_890_123_456_7e15, "1234567890123456.8"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (5e-324, "5e-324"),
            (-1e100, "-1e+100"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(float(number), repr);
        }
    }

    #[test]
    fn lists_hold_any_values() {
        let list = [Value::Int(1), Value::Text("a".into()), Value::list([Value::None])];
        let list = Value::list([Value::Bool(true), Value::list(list)]);
        assert_eq!(Repr(&list).to_string(), "[True, [1, 'a', [None]]]");
    }

    #[test]
    fn reprs_of_tasks_in_texts_are_short() {
        for (text, short) in [
            (
                "RuntimeError(\"on itself: <Task pending name='t' coro=<f() at x>>\")",
                "RuntimeError(\"on itself: <Task t>\")",
            ),
            (
                "got <Future pending> and <_GatheringFuture finished result=[]>",
                "got <Future> and <_GatheringFuture>",
            ),
            ("<TaskGroup cancelling> a < b", "<TaskGroup cancelling> a < b"),
        ] {
            assert_eq!(clean(text), short);
        }
    }
}
