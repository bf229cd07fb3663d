//! What is opened over the page.

use super::Language;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

/// What may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Keys and terms.
    Help,
    /// The link to what is shown.
    Share,
    /// The example in other orders.
    Orders,
}

/// What a dialog has.
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// The language.
    pub language: Language,
    /// Its name among the elements.
    pub id: &'static str,
    /// Its heading.
    pub heading: String,
    /// It is closed.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// A dialog of the browser's own, which keeps the focus and gives it back. It closes by Escape, by its button and by a
/// click beside it.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let DialogProps { language, id, heading, on_close, children } = props;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
                // Where it cannot be shown over the page it is shown in it.
                if dialog.show_modal().is_err() {
                    dialog.set_open(true);
                }
            }
        });
    }
    let on_click = {
        let (node, on_close) = (node.clone(), on_close.clone());
        Callback::from(move |event: MouseEvent| {
            let beside = event.target_dyn_into::<HtmlElement>().is_some_and(|target| {
                node.cast::<HtmlElement>().is_some_and(|dialog| dialog == target)
            });
            if beside {
                on_close.emit(());
            }
        })
    };
    html! {
        <dialog id={*id} ref={node} aria-labelledby={format!("{id}-heading")} onclick={on_click}
            onclose={on_close.reform(|_: Event| ())}>
            <div class="dialog">
                <div class="dialog-head">
                    <h2 id={format!("{id}-heading")}>{heading}</h2>
                    <button class="button" onclick={on_close.reform(|_: MouseEvent| ())}>
                        {language.text("page.close")}
                    </button>
                </div>
                {children.clone()}
            </div>
        </dialog>
    }
}
