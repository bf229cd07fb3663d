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
}

/// The title of the example.
#[component]
pub fn Intro(props: &IntroProps) -> Html {
    let IntroProps { language, example } = props;
    html! { <div class="intro"><h1>{rich(example.title(language.locale()))}</h1></div> }
}

/// What is said about an example.
#[derive(Clone, PartialEq, Properties)]
pub struct AboutProps {
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

/// A summary that unfolds: what to look at, what to try, what to beware of, and the operations that the example
/// uses. Or that nothing of it can be had. It stays unfolded from example to example.
#[component]
pub fn About(props: &AboutProps) -> Html {
    let AboutProps { language, example, texts, operation, on_operation } = props;
    if *texts == Reading::Failed {
        return html! { <p class="notice about" role="status">{language.text("page.no_texts")}</p> };
    }
    let about = |key: &str| {
        html! {
            <div><dt>{language.text(&format!("about.{key}"))}</dt><dd>{texts.rich(key)}</dd></div>
        }
    };
    html! {
        <details class="about">
            <summary>
                <p class="summary">{texts.rich("summary")}</p>
                <span class="more">{language.text("about.more")}</span>
            </summary>
            <dl>{about("look")}{about("try")}{about("pitfall")}</dl>
            <Operations language={*language} operations={example.operations.to_vec()}
                current={*operation} {on_operation} />
        </details>
    }
}
