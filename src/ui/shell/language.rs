//! The languages of the page, and its texts.

use super::{document, embed, store};
use yew::prelude::*;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

const KEY: &str = "coroscope.language";

impl Language {
    /// The reader's: chosen before, or the browser's.
    pub fn preferred() -> Self {
        let browser = || document::window().and_then(|window| window.navigator().language());
        let name =
            embed::language().or_else(|| store::get(KEY)).or_else(browser).unwrap_or_default();
        if name.starts_with("zh") { Language::Chinese } else { Language::English }
    }

    /// Remembers it as the reader's choice.
    pub fn remember(self) {
        store::set(KEY, self.tag());
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Language::English => Language::Chinese,
            Language::Chinese => Language::English,
        }
    }

    /// Its tag in HTML.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh-CN",
        }
    }

    /// Its name among the words.
    pub fn locale(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh",
        }
    }

    /// The text of a key.
    pub fn text(self, key: &str) -> String {
        rust_i18n::t!(key, locale = self.locale()).into_owned()
    }

    /// The text of a key, with names in it replaced by values.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let text = values.iter().fold(self.text(key), |text, (name, value)| {
            text.replace(&format!("%{{{name}}}"), value)
        });
        if self == Language::Chinese { closed_up(&text) } else { text }
    }
}

/// A text without the spaces between two characters of Chinese: they stand around names, which may be Chinese, too.
fn closed_up(text: &str) -> String {
    let wide = |c: Option<&char>| c.is_some_and(|c| ('\u{2e80}'..'\u{ff61}').contains(c));
    let all: Vec<char> = text.chars().collect();
    let between =
        |n: usize| wide(n.checked_sub(1).and_then(|n| all.get(n))) && wide(all.get(n + 1));
    let kept = all.iter().enumerate().filter(|(n, c)| **c != ' ' || !between(*n));
    kept.map(|(_, c)| c).collect()
}

/// The beginning of a text, of at most `most` characters, with a sign where it goes on.
pub fn beginning(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A text in which backticks mark code.
pub fn rich(text: &str) -> Html {
    let parts = text.split('`').enumerate();
    parts
        .map(|(n, part)| match n % 2 {
            0 => html! { {part.to_owned()} },
            _ => html! { <code>{part.to_owned()}</code> },
        })
        .collect()
}

/// A text in which backticks mark code, and `[words](NAME=value&…)` proposals: values of parameters that a press of the
/// words is to set.
pub fn proposals(text: &str, on_try: &Callback<String>) -> Html {
    let (found, rest) = examples::proposals(text);
    let mut parts = Vec::new();
    for proposal in found {
        let values = proposal.values.to_owned();
        parts.push(rich(proposal.before));
        parts.push(html! {
            <button type="button" class="try" data-try={values.clone()}
                onclick={on_try.reform(move |_: MouseEvent| values.clone())}>{rich(proposal.words)}</button>
        });
    }
    parts.push(rich(rest));
    parts.into_iter().collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_are_joined_without_spaces() {
        let said =
            |by, task| Language::Chinese.fill("story.resumes", &[("by", by), ("task", task)]);
        assert_eq!(said("定时器", "Task-1"), "定时器让 Task-1 就绪，循环恢复它");
        assert_eq!(said("Task-2", "Task-1"), "Task-2 让 Task-1 就绪，循环恢复它");
        assert_eq!(said("Task-2", "工人"), "Task-2 让工人就绪，循环恢复它");
    }
}
