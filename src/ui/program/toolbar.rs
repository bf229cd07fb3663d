//! What can be done with the reader's programs.

use super::{address, kept};
use crate::ui::shell::{Language, rich};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the reader may ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Run it now.
    Run,
    /// End what runs.
    Stop,
    /// Open a program by its name.
    Open(String),
    /// A new program with the text of a starting point, by its place.
    New(usize),
    /// Another name for the program.
    Rename(String),
    /// The text that it began as.
    Original,
    /// A link that carries it.
    Link,
    /// A file of it.
    Save,
    /// Forget it.
    Remove,
    /// Open a file.
    File(web_sys::File),
    /// The recorder for real programs.
    Recorder,
}

/// What the toolbar shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ToolbarProps {
    /// The language.
    pub language: Language,
    /// The program's name.
    pub name: String,
    /// Whether it is not what it began as.
    pub edited: bool,
    /// Whether something runs, or is about to.
    pub busy: bool,
    /// How often the list of programs has changed.
    pub version: u32,
    /// The names of starting points.
    pub samples: &'static [&'static str],
    /// What was asked for last has come to this.
    pub said: Option<String>,
    /// The reader asks for something.
    pub on_ask: Callback<Ask>,
}

/// A program's name, and buttons.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let ToolbarProps { language, name, edited, busy, samples, said, on_ask, .. } = props;
    let text = |key: &str| language.text(&format!("program.{key}"));
    let example = address::example_of(name);
    let button = |id: &'static str, ask: Ask, class: &'static str| {
        html! {
            <button {id} class={classes!("button", class)} onclick={on_ask.reform(move |_: MouseEvent| ask.clone())}>
                {text(id.trim_start_matches("program-"))}
            </button>
        }
    };
    let on_choice = on_ask.reform(|event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        match value.strip_prefix("new:").and_then(|n| n.parse().ok()) {
            Some(sample) => Ask::New(sample),
            None => Ask::Open(value.trim_start_matches("own:").to_owned()),
        }
    });
    let on_name = on_ask.reform(|event: Event| {
        Ask::Rename(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let on_file = {
        let on_ask = on_ask.clone();
        Callback::from(move |event: Event| {
            let field = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(file) = super::files::chosen(&field) {
                on_ask.emit(Ask::File(file));
            }
        })
    };
    let mut names = kept::names();
    if !names.contains(name) {
        names.insert(0, name.clone());
    }
    let shown = |name: &str| match address::example_of(name) {
        Some(example) => {
            let title = example.title(language.locale()).replace('`', "");
            language.fill("program.made_of", &[("example", &title)])
        }
        None => name.to_owned(),
    };
    html! {
        <div class="intro own">
            <h1>
                if let Some(example) = example { {rich(example.title(language.locale()))} } else { {text("yours")} }
            </h1>
            if example.is_some() {
                <span class="edited">{text(if *edited { "edited" } else { "unedited" })}</span>
            }
            <div class="tools">
                <select id="program-choice" aria-label={text("choice")} onchange={on_choice}>
                    <optgroup label={text("kept")}>
                        {for names.iter().map(|own| html! {
                            <option value={format!("own:{own}")} selected={own == name}>{shown(own)}</option>
                        })}
                    </optgroup>
                    <optgroup label={text("begin")}>
                        {for samples.iter().enumerate().map(|(n, sample)| html! {
                            <option value={format!("new:{n}")}>{text(&format!("sample.{sample}"))}</option>
                        })}
                    </optgroup>
                </select>
                if example.is_none() {
                    <input id="program-name" type="text" value={name.clone()} maxlength="60"
                        aria-label={text("name")} onchange={on_name} />
                }
                if *busy { {button("program-stop", Ask::Stop, "primary")} }
                else { {button("program-run", Ask::Run, "primary")} }
                if let Some(example) = example {
                    {button("program-original", Ask::Original, "")}
                    <a class="button" href={format!("#{}", example.id)}>{text("example")}</a>
                }
                {button("program-link", Ask::Link, "")}
                {button("program-save", Ask::Save, "")}
                <label class="button file">{text("open")}
                    <input id="program-file" class="visually-hidden" type="file" onchange={on_file} />
                </label>
                {button("program-recorder", Ask::Recorder, "quiet")}
                if example.is_none() { {button("program-remove", Ask::Remove, "quiet")} }
                <span class="said" role="status">{said.clone()}</span>
            </div>
        </div>
    }
}
