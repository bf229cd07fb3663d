//! The number of a program's text that is behind the end of a sleep.

/// A number in a program, with which a sleep is called: in its place, or by the name of a constant at the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    /// What it is called: the constant, or what is called with it.
    pub name: String,
    /// What it is.
    pub value: f64,
    /// Its line, from 0.
    line: usize,
    /// The column where it begins, in bytes.
    column: usize,
}

impl Literal {
    /// The number behind a sleep of so many seconds that a line awaits (from 1): where that line calls `sleep` once, with
    /// a number or a constant that is set once, and it is as long as the sleep.
    pub fn behind(program: &str, line: u32, seconds: f64) -> Option<Literal> {
        const CALL: &str = "sleep(";
        let n = usize::try_from(line).ok()?.checked_sub(1)?;
        let text = program.lines().nth(n)?;
        let (start, _) =
            text.match_indices(CALL).next().filter(|_| text.matches(CALL).count() == 1)?;
        let after = &text[start + CALL.len()..];
        let argument = after[..after.find([',', ')'])?].trim_end();
        let (line, column, name) = if argument.starts_with(|first: char| first.is_ascii_digit()) {
            (n, start + CALL.len(), String::new())
        } else {
            let is_set = |text: &str| {
                let rest =
                    text.strip_prefix(argument)?.trim_start().strip_prefix('=')?.trim_start();
                Some(text.len() - rest.len())
            };
            let is_name = |part: char| part.is_ascii_alphanumeric() || part == '_';
            let named = !argument.is_empty() && argument.chars().all(is_name);
            let mut set = program.lines().enumerate().filter(|_| named);
            let mut set = set.by_ref().filter_map(|(line, text)| Some((line, is_set(text)?)));
            let (line, column) = set.next().filter(|_| set.next().is_none())?;
            (line, column, argument.to_owned())
        };
        let token = token(program.lines().nth(line)?.get(column..)?);
        let value: f64 = token.parse().ok()?;
        let all = if name.is_empty() { argument == token } else { true };
        let name = if name.is_empty() { "sleep()".to_owned() } else { name };
        (all && (value - seconds).abs() < 1e-6).then_some(Literal { name, value, line, column })
    }

    /// Its line, from 1.
    pub fn line(&self) -> u32 {
        u32::try_from(self.line).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The same place in another text.
    pub fn again(&self, program: &str) -> Option<Literal> {
        let value = token(program.lines().nth(self.line)?.get(self.column..)?).parse().ok()?;
        Some(Literal { value, ..self.clone() })
    }

    /// The least that it may be set to, the most, and how far apart its values are.
    pub fn range(&self) -> (f64, f64, f64) {
        let most = (2.0 * self.value).max(10.0);
        (0.0, most, if most <= 20.0 { 0.05 } else { 1.0 })
    }

    /// The program with another number in its place.
    pub fn set(&self, program: &str, value: f64) -> Option<String> {
        let start: usize = program.split_inclusive('\n').take(self.line).map(str::len).sum();
        let start = start + self.column;
        let end = start + token(program.get(start..)?).len();
        (end > start).then(|| format!("{}{value:?}{}", &program[..start], &program[end..]))
    }
}

/// The number that a text begins with.
fn token(text: &str) -> &str {
    let end = text.find(|part: char| !(part.is_ascii_digit() || part == '.' || part == '_'));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "NAP = 1.5  # s\nasync def é():\n    await asyncio.sleep(NAP)\n    x = await sleep(2, 'é')\n    await sleep(NAP * 2)\n    await sleep(1), sleep(1)\n";

    #[test]
    fn a_number_or_a_constant_is_behind_a_sleep() {
        let nap = Literal::behind(PROGRAM, 3, 1.5).expect("a constant");
        assert_eq!((nap.name.as_str(), nap.value), ("NAP", 1.5));
        let text = nap.set(PROGRAM, 0.75).expect("it is there");
        assert!(text.starts_with("NAP = 0.75  # s\n") && text.ends_with(&PROGRAM[11..]), "{text}");
        assert_eq!(nap.again(&text).map(|nap| nap.value), Some(0.75));
        let two = Literal::behind(PROGRAM, 4, 2.0).expect("a number");
        let text = two.set(PROGRAM, 12.5).expect("it is there");
        assert!(text.contains("    x = await sleep(12.5, 'é')\n"), "{text}");
        assert_eq!(two.set(&text, 2.0).expect("it is there"), PROGRAM.replace("(2,", "(2.0,"));
    }

    #[test]
    fn what_is_not_known_is_not_offered() {
        assert_eq!(Literal::behind(PROGRAM, 3, 3.0), None, "another length");
        assert_eq!(Literal::behind(PROGRAM, 5, 3.0), None, "it is computed");
        assert_eq!(Literal::behind(PROGRAM, 6, 1.0), None, "one of several");
        assert_eq!(Literal::behind(PROGRAM, 2, 1.5), None, "no sleep");
        assert_eq!(Literal::behind(PROGRAM, 90, 1.5), None);
        let twice = format!("NAP = 1\n{PROGRAM}");
        assert_eq!(Literal::behind(&twice, 4, 1.5), None, "it is set twice");
        assert_eq!(Literal::behind("await sleep(2 * N)", 1, 2.0), None, "it is computed");
    }
}
