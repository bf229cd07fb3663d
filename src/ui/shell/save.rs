//! A run as files, for spreadsheets and for trace viewers.

use super::Language;
use crate::ui::download;
use yew::prelude::*;

/// What is saved.
#[derive(Clone, PartialEq, Properties)]
pub struct SaveProps {
    /// The language.
    pub language: Language,
    /// What the files are called, without their ends.
    pub name: AttrValue,
    /// The run.
    pub timeline: timeline::Shared,
}

/// What there is of a run to be saved.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Its spans.
    Csv,
    /// A trace with flows.
    Perfetto,
}

/// Buttons that have the browser save the run.
#[component]
pub fn Save(props: &SaveProps) -> Html {
    let SaveProps { language, name, timeline } = props;
    let button = |id: &'static str, key: &str, form: Form| {
        let (name, timeline) = (name.clone(), timeline.clone());
        let onclick = Callback::from(move |_: MouseEvent| save(&name, &timeline, form));
        html! { <button {id} class="button" {onclick}>{language.text(key)}</button> }
    };
    html! {
        <section class="save">
            <h3>{language.text("share.save")}</h3>
            <p class="share-link">
                {button("save-csv", "share.save_csv", Form::Csv)}
                {button("save-trace", "share.save_trace", Form::Perfetto)}
            </p>
            <p>{language.text("share.save_note")}</p>
        </section>
    }
}

/// Has the browser save the run as a file.
fn save(name: &str, timeline: &timeline::Shared, form: Form) {
    let run = timeline.look();
    let (text, kind, end) = match form {
        Form::Csv => (export::csv(&run), "text/csv", "csv"),
        Form::Perfetto => (export::perfetto(&run, name), "application/json", "trace.json"),
    };
    download::save(&format!("{name}.{end}"), kind, &text);
}
