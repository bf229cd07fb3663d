//! The bar with the note that is looked at.

use super::note::{LONGEST, Note};
use crate::ui::panels::seconds;
use crate::ui::player::Walk;
use crate::ui::shared::Shared;
use crate::ui::shell::Language;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the bar shows.
#[derive(PartialEq, Properties)]
pub struct NotesBarProps {
    /// The language.
    pub language: Language,
    /// The notes, in the order of time.
    pub notes: Shared<Vec<Note>>,
    /// Which of them is looked at.
    pub current: Option<usize>,
    /// What the task of that one is called.
    pub task: Option<String>,
    /// The reader does something with them.
    pub on_walk: Callback<Walk>,
}

/// The note, which can be written, with the way to the one before and the next.
#[component]
pub fn NotesBar(props: &NotesBarProps) -> Html {
    let NotesBarProps { language, notes, current, task, on_walk } = props;
    let count = notes.len();
    let number = current.map_or_else(|| "–".to_owned(), |n| (n + 1).to_string());
    let place = language.fill("page.place", &[("n", &number), ("all", &count.to_string())]);
    let button = |id: &'static str, key: &str, sign: &'static str, walk: Walk| {
        let name = language.text(key);
        html! {
            <button {id} class="tool" title={name.clone()} aria-label={name}
                onclick={on_walk.reform(move |_: MouseEvent| walk.clone())}>{sign}</button>
        }
    };
    let note = current.and_then(|n| notes.get(n));
    let at = note.map(|note| {
        let to = note.to.map_or_else(String::new, |to| format!(" – {}", seconds(to)));
        let task = task.as_ref().map_or_else(String::new, |task| format!(" · {task}"));
        format!("{}{to} s{task}", seconds(note.from))
    });
    let on_text = on_walk.reform(|event: InputEvent| {
        Walk::Text(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    html! {
        <div class="notes" role="group" aria-label={language.text("note.heading")}>
            {button("note-prev", "note.prev", "‹", Walk::To(false))}
            <span class="of">{place}</span>
            {button("note-next", "note.next", "›", Walk::To(true))}
            if let Some(note) = note {
                <span class="at">{at}</span>
                <input id="note-text" type="text" maxlength={LONGEST.to_string()} value={note.text.clone()}
                    placeholder={language.text("note.text")} aria-label={language.text("note.text")} oninput={on_text} />
                {button("note-remove", "note.remove", "×", Walk::Remove)}
            }
        </div>
    }
}
