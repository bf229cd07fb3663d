//! The buttons with which a run becomes files.

use super::told::{Told, told};
use super::{file, page, picture};
use crate::ui::chart::svg;
use crate::ui::nothing;
use crate::ui::shell::{Language, window};
use yew::prelude::*;

/// What there is of a run to be saved: its button, the key of its words.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// The chart as it is looked at.
    Svg,
    /// The same in pixels.
    Png,
    /// Everything on a page.
    Html,
    /// Its spans.
    Csv,
    /// A trace with flows.
    Perfetto,
}

/// The forms, with the names of their buttons and the keys of their words.
const FORMS: [(Form, &str, &str); 5] = [
    (Form::Svg, "save-svg", "share.save_svg"),
    (Form::Png, "save-png", "share.save_png"),
    (Form::Html, "save-html", "share.save_html"),
    (Form::Csv, "save-csv", "share.save_csv"),
    (Form::Perfetto, "save-trace", "share.save_trace"),
];

/// What the buttons are given.
#[derive(Clone, PartialEq, Properties)]
pub struct SaveProps {
    /// The language.
    pub language: Language,
}

/// Buttons that have the browser save the run that is on the page, if there is one.
#[component]
pub fn Save(props: &SaveProps) -> Html {
    let language = props.language;
    let refused = use_state_eq(|| false);
    if told().is_none_or(|told| told.shown.look().tasks.is_empty()) {
        return nothing();
    }
    let button = |(form, id, key): &(Form, &'static str, &'static str)| {
        let (form, refused) = (*form, refused.setter());
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(told) = told() {
                save(&told, form, &refused);
            }
        });
        html! { <button id={*id} class="button" {onclick}>{language.text(key)}</button> }
    };
    html! {
        <section class="save">
            <h3>{language.text("share.save")}</h3>
            <p class="share-link">{for FORMS.iter().map(button)}</p>
            <p>{language.text("share.save_note")}</p>
            if *refused { <p class="notice" role="alert">{language.text("share.refused")}</p> }
        </section>
    }
}

/// Has the browser save the run as a file.
fn save(told: &Told, form: Form, refused: &UseStateSetter<bool>) {
    let title = title(told);
    let name = told.stage.example.map_or(&*title, |example| example.id);
    let run = told.shown.look();
    let (text, kind, end) = match form {
        Form::Svg => {
            (svg(&title, false, &told.flags()).unwrap_or_default(), "image/svg+xml", "svg")
        }
        Form::Html => (page::page(told, &title), "text/html", "html"),
        Form::Csv => (export::csv(&run), "text/csv", "csv"),
        Form::Perfetto => (export::perfetto(&run, name), "application/json", "trace.json"),
        Form::Png => {
            let (name, refused) = (format!("{name}.png"), refused.clone());
            let svg = svg(&title, false, &told.flags()).unwrap_or_default();
            return wasm_bindgen_futures::spawn_local(async move {
                refused.set(picture::save(name, svg).await.is_err());
            });
        }
    };
    file::save(&format!("{name}.{end}"), kind, &text);
}

/// What the run is called: the page's title without the page's name.
fn title(told: &Told) -> String {
    if let Some(example) = told.stage.example {
        return example.title(told.stage.language.locale()).replace('`', "");
    }
    let title = window().and_then(|window| window.document()).map(|document| document.title());
    let title = title.unwrap_or_default();
    title.split_once(" · ").map_or("program", |(_, name)| name).to_owned()
}
