//! What an example is about: its heading, and where to look.

use super::operations::Operations;
use super::texts::Reading;
use crate::ui::shell::{Language, rich};
use examples::Example;
use yew::prelude::*;

/// What the heading is of.
#[derive(Clone, PartialEq, Properties)]
pub struct IntroProps {
    /// The language.
    pub language: Language,
    /// The example.
    pub example: &'static Example,
    /// Its texts.
    pub texts: Reading,
    /// The operation whose examples the catalogue lists.
    pub operation: Option<&'static str>,
    /// The reader wants to see which examples use one.
    pub on_operation: Callback<Option<&'static str>>,
}

/// Title, summary, and the operations that the example uses.
#[component]
pub fn Intro(props: &IntroProps) -> Html {
    let IntroProps { language, example, texts, operation, on_operation } = props;
    html! {
        <div class="intro">
            <h1>{rich(example.title(language.locale()))}</h1>
            <p class="summary">{texts.rich("summary")}</p>
            <Operations language={*language} operations={example.operations.to_vec()}
                current={*operation} {on_operation} />
        </div>
    }
}

/// What is said about an example.
#[derive(Clone, PartialEq, Properties)]
pub struct AboutProps {
    /// The language.
    pub language: Language,
    /// Its texts.
    pub texts: Reading,
}

/// What to look at, what to try, what to beware of; or that nothing of it can be had.
#[component]
pub fn About(props: &AboutProps) -> Html {
    let AboutProps { language, texts } = props;
    if *texts == Reading::Failed {
        return html! { <p class="notice about" role="status">{language.text("page.no_texts")}</p> };
    }
    let about = |key: &str| {
        html! {
            <div><dt>{language.text(&format!("about.{key}"))}</dt><dd>{texts.rich(key)}</dd></div>
        }
    };
    html! { <dl class="about">{about("look")}{about("try")}{about("pitfall")}</dl> }
}
