//! The way through the course.

use crate::ui::shell::{Language, rich};
use examples::{CATALOGUE, Example};
use yew::prelude::*;

/// Where the reader is in the course.
#[derive(Properties, PartialEq)]
pub struct NeighboursProps {
    /// The language.
    pub language: Language,
    /// The example that is shown.
    pub example: &'static Example,
}

/// The way on, and back, through the course.
#[component]
pub fn Neighbours(props: &NeighboursProps) -> Html {
    let NeighboursProps { language, example } = props;
    let index = CATALOGUE.iter().position(|other| other == example).unwrap_or(0);
    let link = |class: &'static str, example: Option<&&'static Example>| {
        example.map(|example| {
            let key = format!("page.{class}");
            html! {
                <a {class} rel={class} href={format!("#{}", example.id)}>
                    <small>{language.text(&key)}</small>
                    <span>{rich(example.title(language.locale()))}</span>
                </a>
            }
        })
    };
    let before = index.checked_sub(1).and_then(|index| CATALOGUE.get(index));
    html! {
        <nav class="neighbours" aria-label={language.text("page.course")}>
            {for link("prev", before)}{for link("next", CATALOGUE.get(index + 1))}
        </nav>
    }
}
