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
                <a {class} rel={class} href={format!("#{}", example.id)} title={plain(example.title(language.locale()))}>
                    {language.text(&key)}
                    <span class="visually-hidden">{rich(example.title(language.locale()))}</span>
                </a>
            }
        })
    };
    let before = index.checked_sub(1).and_then(|index| CATALOGUE.get(index));
    let (number, all) = ((index + 1).to_string(), CATALOGUE.len().to_string());
    let place = language.fill("page.place", &[("n", &number), ("all", &all)]);
    html! {
        <nav class="neighbours" aria-label={language.text("page.course")}>
            <span class="place">{place}</span>
            {for link("prev", before)}{for link("next", CATALOGUE.get(index + 1))}
        </nav>
    }
}

/// A title without the marks of code.
fn plain(title: &str) -> String {
    title.replace('`', "")
}
