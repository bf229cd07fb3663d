//! What a task runs, as it is written: the call, and the line of the function.

use trace::Coroutine;

/// The call that made a task's coroutine: with what it was called with, or else with the names of the parameters as the
/// program has them.
pub fn call(coroutine: &Coroutine, python: Option<&str>) -> String {
    let parameters = || parameters(definition(python?, &coroutine.function)?.1);
    match (&coroutine.arguments, parameters()) {
        (None, Some(names)) => format!("{}({names})", coroutine.function),
        _ => coroutine.to_string(),
    }
}

/// The line of its function in the program beside the chart, from 1.
pub fn line(coroutine: &Coroutine, python: Option<&str>) -> Option<u32> {
    match &coroutine.at {
        Some(at) => Some(at.line()),
        None => Some(definition(python?, &coroutine.function)?.0),
    }
}

/// The line at which a function is defined, and what stands behind its opening bracket; none where there are several
/// of that name.
fn definition<'a>(python: &'a str, function: &str) -> Option<(u32, &'a str)> {
    let head = format!("async def {function}(");
    let mut places = python.match_indices(&head);
    let (place, _) = places.next().filter(|_| places.next().is_none())?;
    let line = python[..place].matches('\n').count() + 1;
    Some((u32::try_from(line).ok()?, &python[place + head.len()..]))
}

/// The names of the parameters that are declared up to the closing bracket.
fn parameters(declared: &str) -> Option<String> {
    let (mut depth, mut names, mut begin) = (0, Vec::new(), 0);
    for (n, letter) in declared.char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => {
                names.push(&declared[begin..n]);
                let name = |text: &&str| {
                    text.split([':', '=']).next().unwrap_or_default().trim().to_owned()
                };
                let names: Vec<String> = names.iter().map(name).collect();
                let own = |name: &&String| !matches!(&***name, "" | "self" | "cls" | "*" | "/");
                return Some(names.iter().filter(own).cloned().collect::<Vec<_>>().join(", "));
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(&declared[begin..n]);
                begin = n + 1;
            }
            _ => {}
        }
    }
    None
}

/// Brings a line of the program beside the chart into view, and lets it stand out for a moment.
pub fn show(line: u32) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if let Ok(Some(last)) = document.query_selector("[data-sought]") {
        let _ = last.remove_attribute("data-sought");
    }
    let place = format!("#code > li:nth-child({line}), .cm-content > .cm-line:nth-child({line})");
    if let Ok(Some(line)) = document.query_selector(&place) {
        let _ = line.set_attribute("data-sought", "");
        line.scroll_into_view_with_bool(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trace::{Place, Site};

    const PROGRAM: &str = "import asyncio\n\n\nasync def fetch(number: int, delays: dict[str, float] = {}, *, key=(1, 2)):\n    pass\n\n\nasync def main():\n    pass\n";

    #[test]
    fn a_call_has_its_arguments_or_the_names_of_the_parameters() {
        let mut fetch = Coroutine::of("fetch");
        assert_eq!(call(&fetch, None), "fetch(…)");
        assert_eq!(call(&fetch, Some(PROGRAM)), "fetch(number, delays, key)");
        assert_eq!(call(&Coroutine::of("main"), Some(PROGRAM)), "main()");
        assert_eq!(call(&Coroutine::of("other"), Some(PROGRAM)), "other(…)");
        assert_eq!(line(&fetch, Some(PROGRAM)), Some(4));
        let twice = format!("{PROGRAM}{PROGRAM}");
        assert_eq!(call(&fetch, Some(&twice)), "fetch(…)", "which of the two is not known");
        fetch.arguments = Some("0, 1.2".into());
        fetch.at = Some(Site::new(Place { line: 7, ..Place::in_file("shop.py") }));
        assert_eq!(call(&fetch, Some(PROGRAM)), "fetch(0, 1.2)");
        assert_eq!(line(&fetch, Some(PROGRAM)), Some(7));
    }
}
