//! What the page shows of an example besides its run: words and programs, a file of them for each
//! example and language, fetched when it is opened.

use crate::ui::fetch::fetch;
use crate::ui::shared::Shared;
use crate::ui::shell::{Language, rich};
use examples::Example;
use js_sys::{Array, JSON, Object};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use yew::{Html, html};

/// The texts of one example in one language; `texts/src/lib.rs` says which there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    example: &'static str,
    language: Language,
    texts: Shared<HashMap<String, String>>,
}

impl Texts {
    /// These texts, by key.
    pub fn new(
        example: &'static str,
        language: Language,
        texts: impl IntoIterator<Item = (String, String)>,
    ) -> Texts {
        Texts { example, language, texts: Shared::new(texts.into_iter().collect()) }
    }

    /// Fetches the texts of an example.
    ///
    /// # Errors
    /// What the browser says of why it has none.
    pub async fn fetch(example: &'static str, language: Language) -> Result<Texts, JsValue> {
        let text = fetch(&format!("texts/{example}.{}.json", language.locale())).await?;
        let object: Object = JSON::parse(&text)?.dyn_into()?;
        let entries = Object::entries(&object);
        let entries = entries.iter().filter_map(|entry| {
            let entry: Array = entry.dyn_into().ok()?;
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        });
        let texts = Texts::new(example, language, entries);
        // A server may answer everything with some page of its own.
        match texts.get("summary").and(texts.get("python")) {
            Some(_) => Ok(texts),
            None => Err("these are no texts of an example".into()),
        }
    }

    /// Whether they are those of an example in a language.
    pub fn are_of(&self, example: &Example, language: Language) -> bool {
        self.example == example.id && self.language == language
    }

    /// The text of a key, if there is one.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The text of a key, in which backticks mark code; nothing where there is none.
    pub fn rich(&self, key: &str) -> Html {
        rich(self.get(key).unwrap_or_default())
    }
}

/// How far the texts of the example on the page are.
#[derive(Clone, PartialEq)]
pub enum Reading {
    /// On their way; and those of the example that was on the page before, which keep their room until then.
    Awaited(Option<Texts>),
    /// Here.
    Here(Texts),
    /// They cannot be had: the page is without its server, or was taken apart.
    Failed,
}

impl Reading {
    /// The texts, when they are here.
    pub fn texts(&self) -> Option<&Texts> {
        match self {
            Reading::Here(texts) => Some(texts),
            Reading::Awaited(_) | Reading::Failed => None,
        }
    }

    /// The texts that are here or were here before.
    pub fn last(&self) -> Option<&Texts> {
        match self {
            Reading::Here(texts) => Some(texts),
            Reading::Awaited(before) => before.as_ref(),
            Reading::Failed => None,
        }
    }

    /// A text as [`Texts::rich`] shows it. While it is awaited, that of the example before it takes its room,
    /// unseen, so that nothing below it moves up and down again.
    pub fn rich(&self, key: &str) -> Html {
        let text = self.last().map(|texts| texts.rich(key)).unwrap_or_default();
        match self {
            Reading::Awaited(Some(_)) => html! { <span class="awaited">{text}</span> },
            _ => text,
        }
    }
}
