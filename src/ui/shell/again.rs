//! What failed can be tried again.

use super::Language;
use yew::prelude::*;

/// What the button has.
#[derive(Clone, PartialEq, Properties)]
pub struct AgainProps {
    /// The language.
    pub language: Language,
    /// Its name among the elements.
    pub id: &'static str,
    /// The reader tries again.
    pub on_again: Callback<()>,
}

/// A button beside the words of what failed.
#[component]
pub fn Again(props: &AgainProps) -> Html {
    let AgainProps { language, id, on_again } = props;
    let onclick = on_again.reform(|_: MouseEvent| ());
    html! { <>{" "}<button id={*id} class="button" {onclick}>{language.text("page.again")}</button></> }
}
