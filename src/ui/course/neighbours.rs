//! The way through the course.

use crate::ui::shell::{Language, Open, rich};
use examples::{CATALOGUE, Example};
use yew::prelude::*;

/// Where the reader is in the course.
#[derive(Properties, PartialEq)]
pub struct NeighboursProps {
    /// The language.
    pub language: Language,
    /// The example that is shown.
    pub example: &'static Example,
    /// Whether the page is shown to a room: then the bar at the top is away, and what is needed of it is here.
    pub presenting: bool,
    /// The page is to be shown to a room, or no longer.
    pub on_present: Callback<bool>,
    /// The reader wants to see something over the page.
    pub on_dialog: Callback<Option<Open>>,
}

/// The way on, and back, through the course.
#[component]
pub fn Neighbours(props: &NeighboursProps) -> Html {
    let NeighboursProps { language, example, presenting, on_present, on_dialog } = props;
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
            if *presenting {
                <button id="share-here" class="button" onclick={on_dialog.reform(|_| Some(Open::Share))}>
                    {language.text("share.open")}
                </button>
                <button id="leave-presenting" class="button" title={language.text("present.leave")}
                    aria-label={language.text("present.leave")} onclick={on_present.reform(|_| false)}>{"✕"}</button>
            }
        </nav>
    }
}

/// A title without the marks of code.
fn plain(title: &str) -> String {
    title.replace('`', "")
}
