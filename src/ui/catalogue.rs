//! The list of examples, by family, with search.

use super::language::Language;
use crate::examples::{CATALOGUE, Example, Family};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the catalogue shows.
#[derive(Clone, PartialEq, Properties)]
pub struct CatalogueProps {
    /// The language.
    pub language: Language,
    /// The example that is open.
    pub current: &'static str,
    /// Whether it is open, where it covers the page.
    pub open: bool,
    /// The reader has chosen, or closes it.
    pub on_close: Callback<()>,
}

/// A list of links; choosing one changes the address.
#[component]
pub fn Catalogue(props: &CatalogueProps) -> Html {
    let language = props.language;
    let wanted = use_state(String::new);
    let on_search = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| {
            wanted.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let families = Family::ALL.iter().map(|family| {
        let of_family = CATALOGUE.iter().filter(|example| example.family == *family);
        let found: Vec<_> =
            of_family.filter(|example| matches(example, &wanted, language)).copied().collect();
        (*family, found)
    });
    let families: Vec<_> = families.filter(|(_, found)| !found.is_empty()).collect();
    let entry = |example: &'static Example| {
        let current = example.id == props.current;
        html! {
            <li>
                <a href={format!("#{}", example.id)} data-example={example.id}
                    class={classes!(current.then_some("current"))}
                    aria-current={current.then_some("page")}
                    onclick={props.on_close.reform(|_| ())}>
                    {language.rich(&format!("{}.title", example.id))}
                </a>
            </li>
        }
    };
    html! {
        <nav id="catalogue" class={classes!("catalogue", props.open.then_some("open"))}
            aria-label={language.text("page.catalogue")}>
            <input id="search" type="search" value={(*wanted).clone()} oninput={on_search}
                placeholder={language.text("page.search")} aria-label={language.text("page.search")} />
            // In a room of its own: how many there are must not move the field's node.
            <div>
                if families.is_empty() {
                    <p class="empty" role="status">{language.text("page.nothing_found")}</p>
                }
                {for families.into_iter().map(|(family, found)| html! {
                    <section>
                        <h2>{language.text(family.key())}</h2>
                        <ul>{for found.into_iter().map(entry)}</ul>
                    </section>
                })}
            </div>
        </nav>
    }
}

/// Whether every word that the reader typed is in the example's name, family, title or summary, in
/// either language: who reads Chinese may look for `gather`, too.
fn matches(example: &Example, wanted: &str, language: Language) -> bool {
    let mut text = example.id.to_owned();
    for language in [language, language.other()] {
        for key in ["title", "summary"] {
            text += &language.text(&format!("{}.{key}", example.id));
        }
        text += &language.text(example.family.key());
    }
    let text = text.to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
}
