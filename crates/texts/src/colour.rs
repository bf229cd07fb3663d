//! Lines of a program as lines of HTML, with `<span class="…">` around tokens.

use crate::Result;
use std::fmt::Write as _;
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// Knows Python and Rust.
pub struct Highlighter(SyntaxSet);

impl Highlighter {
    /// One that is ready.
    ///
    /// # Errors
    /// When a language is missing.
    pub fn new() -> Result<Self> {
        let highlighter = Highlighter(SyntaxSet::load_defaults_newlines());
        highlighter.python("")?;
        highlighter.rust("")?;
        Ok(highlighter)
    }

    /// A Python program, coloured.
    ///
    /// # Errors
    /// When the syntax definition is at fault.
    pub fn python(&self, source: &str) -> Result<String> {
        self.colour(source, "py")
    }

    /// A Rust program, coloured.
    ///
    /// # Errors
    /// When the syntax definition is at fault.
    pub fn rust(&self, source: &str) -> Result<String> {
        self.colour(source, "rs")
    }

    fn colour(&self, source: &str, extension: &str) -> Result<String> {
        let syntax = self.0.find_syntax_by_extension(extension);
        let mut state = ParseState::new(syntax.ok_or(format!("no syntax for {extension}"))?);
        let mut stack = ScopeStack::new();
        let mut html = String::new();
        for line in source.split_inclusive('\n') {
            let operations = state.parse_line(line, &self.0)?;
            for (text, operation) in ScopeRegionIterator::new(&operations, line) {
                stack.apply(operation)?;
                let text = text.trim_end_matches('\n');
                if text.is_empty() {
                    continue;
                }
                let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                match class(&stack.scopes) {
                    Some(class) => write!(html, "<span class=\"{class}\">{text}</span>")?,
                    None => html.push_str(&text),
                }
            }
            html.push('\n');
        }
        Ok(html)
    }
}

/// The class of the innermost scope that has one.
fn class(scopes: &[Scope]) -> Option<&'static str> {
    const CLASSES: [(&str, &str); 13] = [
        ("comment", "c"),
        ("constant.character.escape", "n"),
        ("constant.other.placeholder", "n"),
        ("meta.interpolation", ""),
        ("string", "s"),
        ("constant", "n"),
        ("keyword.operator.assignment", ""),
        ("keyword", "k"),
        ("storage", "k"),
        ("entity.name.function", "f"),
        ("support.function", "f"),
        ("support.type", "t"),
        ("variable.language", "k"),
    ];
    scopes.iter().rev().find_map(|scope| {
        let name = scope.build_string();
        let known = CLASSES.iter().find(|(prefix, _)| name.starts_with(prefix));
        known.map(|(_, class)| (!class.is_empty()).then_some(*class))
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_stays_a_line_and_nothing_is_lost() {
        let source = "async def f():\n    return \"<a & b>\"  # x\n\n";
        let html = Highlighter::new().expect("languages").python(source).expect("coloured");
        assert_eq!(html.lines().count(), source.lines().count());
        let plain: String = html
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
            .collect();
        let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        assert_eq!(plain, source);
        assert!(html.contains("<span class=\"k\">"), "{html}");
    }
}
