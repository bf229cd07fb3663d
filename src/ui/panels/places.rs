//! A line of an exercise's program that is put into its place.

use super::Edit;
use crate::ui::shell::Language;
use examples::{Places, Row};
use yew::prelude::*;

/// The program around the line, with its places as a group of buttons: one is pressed, the arrow keys move the line,
/// and it can be dragged.
pub fn places(
    language: Language,
    at: &'static Places,
    (label, chosen, options): (&str, &'static str, &'static [&'static str]),
    on_edit: &Callback<Edit>,
) -> Html {
    let name = at.param;
    let rows = at.rows(chosen);
    let place = |word: &'static str, indent: usize, text: &str| {
        let put = on_edit.reform(move |_| Edit { name, index: None, text: word.to_owned() });
        let drop = on_edit.reform(move |event: DragEvent| {
            event.prevent_default();
            Edit { name, index: None, text: word.to_owned() }
        });
        let here = word == chosen;
        html! {
            <li class="place" data-place={word} style={deep(indent)}>
                <label draggable={here.then_some("true")}
                    ondragover={|event: DragEvent| event.prevent_default()} ondrop={drop}>
                    <input type="radio" name={format!("place-{name}")} checked={here} onchange={put}
                        aria-label={format!("{text} ({word})")} />
                    if here { <code>{text.to_owned()}</code> } else { <span>{word}</span> }
                </label>
            </li>
        }
    };
    let row = |row: &Row| match row.place {
        Some(word) => place(word, row.indent, row.text),
        None => html! { <li style={deep(row.indent)}><code>{row.text}</code></li> },
    };
    let left_out = options.iter().filter(|word| rows.iter().all(|row| row.place != Some(**word)));
    let out = language.text("exercise.left_out");
    html! {
        <div class="places" role="radiogroup" aria-label={label.to_owned()}>
            <p class="hint">{language.text("exercise.put")}</p>
            <ol>
                {for rows.iter().map(row)}
                {for left_out.map(|word| place(word, 0, &out))}
            </ol>
        </div>
    }
}

/// How far a row is indented.
fn deep(indent: usize) -> String {
    format!("margin-left: {}ch", 2 * indent)
}
