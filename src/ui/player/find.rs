//! The field that looks for something in the run.

use crate::ui::shell::Language;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the reader does in the field.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// For something else.
    For(String),
    /// To the next place, or the one before.
    On(bool),
    /// No more.
    Leave,
}

/// What the field shows.
#[derive(Clone, PartialEq, Properties)]
pub struct FindBarProps {
    /// The language.
    pub language: Language,
    /// What is looked for.
    pub text: AttrValue,
    /// Which of the places is shown, and how many there are.
    pub at: (Option<usize>, usize),
    /// The reader does something.
    pub on_look: Callback<Look>,
}

/// The field, with where one is among the places.
#[component]
pub fn FindBar(props: &FindBarProps) -> Html {
    let FindBarProps { language, text, at: (at, all), on_look } = props;
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                // A field that cannot take the focus leaves it where it is.
                let _ = field.focus();
            }
        });
    }
    let number = at.map_or_else(|| "–".to_owned(), |at| (at + 1).to_string());
    let status = match (text.is_empty(), all) {
        (true, _) => String::new(),
        (_, 0) => language.text("find.none"),
        _ => language.fill("find.of", &[("n", &number), ("all", &all.to_string())]),
    };
    let on_input = on_look.reform(|event: InputEvent| {
        Look::For(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let on_key = {
        let on_look = on_look.clone();
        Callback::from(move |event: KeyboardEvent| {
            let look = match event.key().as_str() {
                "Enter" => Look::On(!event.shift_key()),
                "Escape" => Look::Leave,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            on_look.emit(look);
        })
    };
    let button = |id: &'static str, key: &str, sign: &'static str, look: Look| {
        let name = language.text(key);
        html! {
            <button {id} class="tool" title={name.clone()} aria-label={name}
                onclick={on_look.reform(move |_: MouseEvent| look.clone())}>{sign}</button>
        }
    };
    html! {
        <div class="notes find" role="search" aria-label={language.text("find.heading")}>
            <input id="find" type="search" ref={field} value={text.clone()} placeholder={language.text("find.what")}
                aria-label={language.text("find.what")} oninput={on_input} onkeydown={on_key} />
            <span class="of" role="status">{status}</span>
            {button("find-prev", "find.prev", "‹", Look::On(false))}
            {button("find-next", "find.next", "›", Look::On(true))}
            {button("find-leave", "page.close", "×", Look::Leave)}
        </div>
    }
}
