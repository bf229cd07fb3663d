//! Searching the course: what people come with, words, messages, programs, with typing errors. What can be found is a
//! file of its own, fetched when somebody begins to search.

use crate::parts::{self, Part};
use crate::ui::fetch::fetch_within;
use crate::ui::shared::Shared;
use crate::ui::shell::{Language, rich};
use gloo_events::{EventListener, EventListenerOptions};
use search::{Hit, Index, Library};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// The most results that are shown: who does not find it among these types another word.
const MOST: usize = 12;

/// How long what can be found may take to come, in milliseconds: it is the largest file of its kind.
const PATIENCE: u32 = 40_000;

/// What can be found, ready to be searched.
pub struct Course {
    library: Library,
    index: Index,
}

/// How far what can be found is.
#[derive(Clone, PartialEq, Default)]
pub enum Finding {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// On its way; until then the titles alone are searched.
    Awaited,
    /// It cannot be had, and the titles alone are searched.
    Failed,
    /// Here.
    Here(Shared<Course>),
}

/// What can be found, which is fetched when `asked` is no longer zero, and again when it has failed and `asked` grows.
#[hook]
pub fn use_course(asked: u32) -> Finding {
    let finding = use_state(Finding::default);
    {
        let finding = finding.clone();
        use_effect_with(asked, move |asked| {
            if *asked > 0 && matches!(*finding, Finding::Unasked | Finding::Failed) {
                finding.set(Finding::Awaited);
                spawn_local(async move {
                    let text = if parts::fetch(vec![Part::Search]).await {
                        fetch_within("texts/search.json", PATIENCE).await.ok()
                    } else {
                        None
                    };
                    finding.set(match text.and_then(|text| Library::read(&text).ok()) {
                        Some(library) => {
                            let index = library.index();
                            Finding::Here(Shared::new(Course { library, index }))
                        }
                        None => Finding::Failed,
                    });
                });
            }
        });
    }
    (*finding).clone()
}

/// Calls `pressed` for Ctrl-K, or ⌘K, which then does nothing else.
#[hook]
pub fn use_search_key(pressed: Callback<()>) {
    use_effect_with(pressed, |pressed| {
        let pressed = pressed.clone();
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
                if (key.ctrl_key() || key.meta_key()) && key.key().eq_ignore_ascii_case("k") {
                    event.prevent_default();
                    pressed.emit(());
                }
            })
        });
        move || drop(listener)
    });
}

/// What was found for a search.
#[derive(Clone, PartialEq, Properties)]
pub struct FoundProps {
    /// The language.
    pub language: Language,
    /// What can be found.
    pub course: Shared<Course>,
    /// What the reader typed.
    pub wanted: AttrValue,
    /// The example that is open.
    pub current: &'static str,
    /// The reader has chosen.
    pub on_chosen: Callback<MouseEvent>,
}

/// Examples, the best first, each with the line that fits.
#[component]
pub fn Found(props: &FoundProps) -> Html {
    let language = props.language;
    let hits = props.course.index.find(&props.wanted, MOST);
    let entry = |hit: &Hit| {
        let Some(example) = examples::find(&hit.id) else { return Html::default() };
        let current = example.id == props.current;
        html! {
            <li key={example.id}>
                <a href={format!("#{}", example.id)} data-example={example.id}
                    class={classes!(current.then_some("current"))} onclick={&props.on_chosen}
                    aria-current={current.then_some("page")}>
                    {rich(example.title(language.locale()))}
                    <small>{hit.excerpt.clone()}</small>
                </a>
            </li>
        }
    };
    if hits.is_empty() {
        return html! { <p class="empty" role="status">{language.text("page.nothing_found")}</p> };
    }
    html! { <ol class="hits" id="hits">{for hits.iter().map(entry)}</ol> }
}

/// What is shown of the symptoms.
#[derive(Clone, PartialEq, Properties)]
pub struct SymptomsProps {
    /// The language.
    pub language: Language,
    /// What can be found.
    pub course: Shared<Course>,
    /// The reader has chosen.
    pub on_chosen: Callback<MouseEvent>,
}

/// What people come with, and the examples that explain it.
#[component]
pub fn Symptoms(props: &SymptomsProps) -> Html {
    let language = props.language;
    let symptom = |symptom: &search::Symptom| {
        let said = if language == Language::Chinese { &symptom.zh } else { &symptom.en };
        let examples = symptom.examples.iter().filter_map(|id| examples::find(id));
        let link = |example: &'static examples::Example| {
            html! {
                <li><a href={format!("#{}", example.id)} onclick={&props.on_chosen}>
                    {rich(example.title(language.locale()))}
                </a></li>
            }
        };
        html! { <details><summary>{rich(said)}</summary><ul>{for examples.map(link)}</ul></details> }
    };
    html! { <div class="symptoms">{for props.course.library.symptoms.iter().map(symptom)}</div> }
}
