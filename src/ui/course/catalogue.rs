//! The list of examples, by chapter, with search and by what they use.

use super::finding::{Finding, Found, Symptoms, use_course, use_search_key};
use super::operations::{self, Operations};
use crate::ui::shell::{Again, Language, rich};
use examples::{CATALOGUE, Chapter, Example};
use std::collections::BTreeSet;
use std::rc::Rc;
use web_sys::{HtmlDetailsElement, HtmlInputElement};
use yew::prelude::*;

/// What the catalogue shows.
#[derive(Clone, PartialEq, Properties)]
pub struct CatalogueProps {
    /// The language.
    pub language: Language,
    /// The example that is open.
    pub current: &'static str,
    /// The exercises that the reader has solved.
    pub solved: Rc<BTreeSet<&'static str>>,
    /// The examples that the reader has read.
    pub read: Rc<BTreeSet<&'static str>>,
    /// The operation whose examples alone are listed.
    pub operation: Option<&'static str>,
    /// Whether it is open, where it covers the page.
    pub open: bool,
    /// The reader has chosen, or closes it.
    pub on_close: Callback<bool>,
    /// The reader wants the examples of another operation, or all.
    pub on_operation: Callback<Option<&'static str>>,
}

/// A list of links; choosing one changes the address.
#[component]
pub fn Catalogue(props: &CatalogueProps) -> Html {
    let language = props.language;
    let wanted = use_state(String::new);
    // Not zero when the reader has begun to search, or to look at symptoms; how often it was tried.
    let asked = use_state(|| 0_u32);
    let course = use_course(*asked);
    let list = use_node_ref();
    let on_search = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| {
            wanted.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    {
        let list = list.clone();
        use_effect_with((props.current, props.operation), move |_| show_current(&list));
    }
    let field = use_node_ref();
    let on_key = use_callback((props.open, props.on_close.clone()), {
        let field = field.clone();
        move |(), (open, on_catalogue)| {
            // Where it is always there, opening it changes nothing.
            if !open {
                on_catalogue.emit(true);
            }
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        }
    });
    use_search_key(on_key);
    {
        let field = field.clone();
        use_effect_with(props.open, move |open| {
            if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| *open) {
                // A field that cannot take the focus leaves it where it is.
                let _ = field.focus();
            }
        });
    }
    let listed = |example: &&Example| {
        props.operation.is_none_or(|operation| example.operations.contains(&operation))
            && matches(example, &wanted)
    };
    let chapters = Chapter::ALL.iter().map(|chapter| {
        let of_chapter = CATALOGUE.iter().filter(|example| example.chapter == *chapter);
        let found: Vec<_> = of_chapter.copied().filter(|example| listed(example)).collect();
        (*chapter, found)
    });
    let chapters: Vec<_> = chapters.filter(|(_, found)| !found.is_empty()).collect();
    let on_close = props.on_close.reform(|_: MouseEvent| false);
    let entry = |example: &'static Example| {
        let current = example.id == props.current;
        let solved = props.solved.contains(example.id);
        let read = props.read.contains(example.id);
        html! {
            <li key={example.id}>
                <a href={format!("#{}", example.id)} data-example={example.id}
                    class={classes!(current.then_some("current"), read.then_some("read"))}
                    aria-current={current.then_some("page")}
                    onclick={on_close.clone()}>
                    {rich(example.title(language.locale()))}
                    if solved {
                        <span class="solved" role="img" title={language.text("exercise.solved")}
                            aria-label={language.text("exercise.solved")}>{"✓"}</span>
                    } else if read {
                        <span class="read-mark" role="img" title={language.text("page.read")}
                            aria-label={language.text("page.read")}>{"•"}</span>
                    }
                </a>
            </li>
        }
    };
    let every = props.on_operation.reform(|_| None);
    let on_focus = {
        let asked = asked.clone();
        Callback::from(move |_: FocusEvent| asked.set((*asked).max(1)))
    };
    let on_symptoms = {
        let asked = asked.clone();
        Callback::from(move |event: Event| {
            if event.target_dyn_into::<HtmlDetailsElement>().is_some_and(|details| details.open()) {
                asked.set((*asked).max(1));
            }
        })
    };
    let on_again = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(*asked + 1))
    };
    let found = match &course {
        Finding::Here(course) if !wanted.trim().is_empty() && props.operation.is_none() => {
            Some(html! {
                <Found {language} course={course.clone()} wanted={wanted.trim().to_owned()} current={props.current}
                    on_chosen={&on_close} />
            })
        }
        _ => None,
    };
    html! {
        <>
        if props.open {
            <div class="beside" onclick={&on_close} aria-hidden="true"></div>
        }
        <nav id="catalogue" ref={list} class={classes!("catalogue", props.open.then_some("open"))}
            aria-label={language.text("page.catalogue")}>
            <input id="search" ref={field} type="search" value={(*wanted).clone()} oninput={on_search}
                onfocus={on_focus} aria-keyshortcuts="Control+K"
                placeholder={language.text("page.search")} aria-label={language.text("page.search")} />
            <h2 class="visually-hidden">{language.text("page.catalogue")}</h2>
            <a id="own" href="#program" class={classes!("own-program", props.current.is_empty().then_some("current"))}
                aria-current={props.current.is_empty().then_some("page")} onclick={on_close.clone()}>
                {language.text("program.yours")}
            </a>
            // In a room of its own: how many there are must not move the field's node.
            <div>
                if course == Finding::Failed {
                    <p class="notice" role="status">
                        {language.text("page.no_search")}
                        <Again {language} id="search-again" {on_again} />
                    </p>
                }
                if let Some(operation) = props.operation {
                    <p class="using" role="status">
                        <span>{rich(&language.fill("operations.using", &[("operation", operation)]))}</span>
                        <button id="all-examples" class="button quiet" onclick={every}>
                            {language.text("operations.all")}
                        </button>
                    </p>
                }
                if !props.read.is_empty() {
                    <p class="read-count">{language.fill("page.read_count",
                        &[("n", &props.read.len().to_string()), ("all", &CATALOGUE.len().to_string())])}</p>
                }
                if let Some(found) = found {
                    {found}
                } else {
                if chapters.is_empty() {
                    <p class="empty" role="status">{language.text("page.nothing_found")}</p>
                }
                {for chapters.into_iter().map(|(chapter, found)| html! {
                    <section>
                        <h3>{language.text(chapter.key())}</h3>
                        <ul>{for found.into_iter().map(entry)}</ul>
                    </section>
                })}
                }
                <details class="operations" ontoggle={on_symptoms}>
                    <summary>{language.text("symptoms.heading")}</summary>
                    if let Finding::Here(course) = &course {
                        <Symptoms {language} course={course.clone()} on_chosen={&on_close} />
                    }
                </details>
                <details class="operations">
                    <summary>{language.text("operations.heading")}</summary>
                    <Operations {language} operations={operations::all()} current={props.operation}
                        on_operation={&props.on_operation} />
                </details>
            </div>
        </nav>
        </>
    }
}

/// Scrolls the list so that the open example can be seen.
fn show_current(list: &NodeRef) {
    let Some(list) = list.cast::<web_sys::Element>() else { return };
    let Ok(Some(entry)) = list.query_selector("a.current") else { return };
    let (frame, place) = (list.get_bounding_client_rect(), entry.get_bounding_client_rect());
    if place.top() < frame.top() || place.bottom() > frame.bottom() {
        let off = place.top() - frame.top() - frame.height() / 3.0;
        list.set_scroll_top(list.scroll_top() + off as i32);
    }
}

/// Whether every word that the reader typed is in the example's name, chapter, title or operations, in
/// either language: who reads Chinese may look for `gather`, too.
fn matches(example: &Example, wanted: &str) -> bool {
    if wanted.trim().is_empty() {
        return true;
    }
    let mut text = format!("{} {}", example.id, example.operations.join(" "));
    for language in [Language::English, Language::Chinese] {
        text += example.title(language.locale());
        text += &language.text(example.chapter.key());
    }
    let text = text.to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
}
