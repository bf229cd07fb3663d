//! The bar at the top.

use super::dialog::Open;
use super::language::Language;
use crate::ui::chart;
use yew::prelude::*;

/// What the bar shows.
#[derive(Clone, PartialEq, Properties)]
pub struct HeaderProps {
    /// The language.
    pub language: Language,
    /// Whether the dark theme is on.
    pub dark: bool,
    /// Whether the catalogue is open, where it covers the page.
    pub catalogue_open: bool,
    /// The reader wants the other language.
    pub on_language: Callback<()>,
    /// The reader wants the other theme.
    pub on_theme: Callback<()>,
    /// The reader opens or closes the catalogue.
    pub on_catalogue: Callback<bool>,
    /// The page is to be shown to a room.
    pub on_present: Callback<bool>,
    /// The reader wants to see something over the page.
    pub on_dialog: Callback<Option<Open>>,
}

/// Name, language, theme; on narrow screens also the way to the catalogue.
#[component]
pub fn Header(props: &HeaderProps) -> Html {
    let language = props.language;
    let (open, on_catalogue) = (!props.catalogue_open, props.on_catalogue.clone());
    let theme = if props.dark { "page.theme_to_light" } else { "page.theme_to_dark" };
    html! {
        <header class="top">
            <a class="skip" href="#chart" onclick={|event: MouseEvent| {
                // Not an address of an example: move the focus instead.
                event.prevent_default();
                chart::focus();
            }}>{language.text("page.skip")}</a>
            <a class="brand" href="#" aria-label="Coroscope">
                <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7"/>
                <g><rect x="6" y="7" width="14" height="4" rx="2"/>
                <rect x="11" y="14" width="15" height="4" rx="2"/>
                <rect x="8" y="21" width="9" height="4" rx="2"/></g></svg>
                <b>{"Coroscope"}</b>
            </a>
            <span class="tagline">{language.text("page.tagline")}</span>
            <button id="open-catalogue" class="button" aria-expanded={props.catalogue_open.to_string()}
                aria-controls="catalogue" onclick={move |_: MouseEvent| on_catalogue.emit(open)}>
                {language.text("page.open_catalogue")}
            </button>
            <span class="space"></span>
            <button id="present" class="button" onclick={props.on_present.reform(|_| true)}>
                {language.text("present.start")}
            </button>
            <button id="share" class="button" onclick={props.on_dialog.reform(|_| Some(Open::Share))}>
                {language.text("share.open")}
            </button>
            <button id="help" class="button" aria-label={language.text("help.heading")}
                title={language.text("help.heading")}
                onclick={props.on_dialog.reform(|_| Some(Open::Help))}>{"?"}</button>
            <button id="theme" class="button" onclick={props.on_theme.reform(|_| ())}>
                {language.text(theme)}
            </button>
            <button id="language" class="button" lang={language.other().tag()}
                aria-label={language.text("page.language_label")}
                onclick={props.on_language.reform(|_| ())}>
                {language.text("page.language")}
            </button>
        </header>
    }
}
