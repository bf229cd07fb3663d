//! What an example is about: its heading, and where to look.

use super::operations::Operations;
use super::texts::Reading;
use crate::parts::Part;
use crate::ui::shell::{Again, Language, proposals, rich, store};
use examples::Example;
use web_sys::HtmlDetailsElement;
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
    html! { <div class="intro"><h1 id="title" tabindex="-1">{rich(example.title(language.locale()))}</h1></div> }
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
    /// The reader tries the values that the words propose.
    pub on_try: Callback<String>,
    /// The reader wants the texts fetched again.
    pub on_again: Callback<()>,
}

/// Whether the words are unfolded; `index.html` knows it, too.
const FOLD: &str = "coroscope.about";

/// A summary that unfolds: what to look at, what to try, what to beware of, and the operations that the example
/// uses. Or that nothing of it can be had. It stays unfolded from example to example.
#[component]
pub fn About(props: &AboutProps) -> Html {
    let AboutProps { language, example, texts, operation, on_operation, on_try, on_again } = props;
    let unfolded = use_state_eq(|| store::get(FOLD).as_deref() == Some("open"));
    let on_fold = {
        let unfolded = unfolded.setter();
        Callback::from(move |event: Event| {
            let open = event.target_unchecked_into::<HtmlDetailsElement>().open();
            store::set(FOLD, if open { "open" } else { "" });
            unfolded.set(open);
        })
    };
    if *texts == Reading::Failed {
        return html! {
            <p class="notice about" role="status">
                {language.text(if Part::of(example).is_here() { "page.no_texts" } else { "page.no_program" })}
                <Again language={*language} id="texts-again" {on_again} />
            </p>
        };
    }
    let about = |key: &str, words: Html| {
        html! { <div><dt>{language.text(&format!("about.{key}"))}</dt><dd>{words}</dd></div> }
    };
    let tries = texts.last().and_then(|texts| texts.get("try")).unwrap_or_default();
    // Which CPython this is, and what others do otherwise.
    let versions = html! { <>{language.text("about.follows")}{" "}{texts.rich("versions")}</> };
    // What there is to do comes first.
    let foremost = if example.exercise.is_some() { "task" } else { "summary" };
    html! {
        <details class="about" open={*unfolded} ontoggle={on_fold}>
            <summary>
                <p class="summary">{texts.rich(foremost)}</p>
                <span class="more">{language.text("about.more")}</span>
            </summary>
            <dl>
                if example.exercise.is_some() { {about("summary", texts.rich("summary"))} }
                {about("look", texts.rich("look"))}
                {about("try", proposals(tries, on_try))}
                {about("pitfall", texts.rich("pitfall"))}
                {about("versions", versions)}
            </dl>
            <Operations language={*language} operations={example.operations.to_vec()}
                current={*operation} {on_operation} />
        </details>
    }
}
