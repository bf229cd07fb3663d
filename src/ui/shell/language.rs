//! The languages of the page, and its texts.

use super::{document, store};
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
        let name = store::get(KEY).or_else(browser).unwrap_or_default();
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
        values.iter().fold(self.text(key), |text, (name, value)| {
            text.replace(&format!("%{{{name}}}"), value)
        })
    }
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
