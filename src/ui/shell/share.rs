//! The link to what the page shows.

use super::Language;
use super::dialog::Dialog;
use super::document::window;
use crate::ui::clipboard::copy;
use crate::ui::take::Save;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The quiet zone around a code, in modules: what its standard asks for.
const QUIET: usize = 4;

/// What is shared.
#[derive(Clone, PartialEq, Properties)]
pub struct ShareProps {
    /// The language.
    pub language: Language,
    /// The part of the address from `#` on.
    pub address: String,
    /// It is closed.
    pub on_close: Callback<()>,
}

/// The link with values and moment, to be copied, and as a code for the cameras of a room.
#[component]
pub fn Share(props: &ShareProps) -> Html {
    let ShareProps { language, address, on_close } = props;
    let copied = use_state_eq(|| false);
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    let link = format!("{page}{address}");
    let on_copy = {
        let (link, copied) = (link.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let (link, copied) = (link.clone(), copied.clone());
            // Where copying is refused the text can still be selected, and it is not said to be copied.
            spawn_local(async move { copied.set(copy(&link).await.is_ok()) });
        })
    };
    let copy_words = if *copied { "page.copied" } else { "page.copy" };
    html! {
        <Dialog language={*language} id="share-dialog" heading={language.text("share.heading")} {on_close}>
            <p>{language.text("share.what")}</p>
            <p class="share-link">
                <input id="share-link" type="text" readonly={true} value={link.clone()}
                    aria-label={language.text("share.heading")} />
                <button id="copy-link" class="button primary" onclick={on_copy}>{language.text(copy_words)}</button>
            </p>
            {match code(&link) {
                Some((path, size)) => html! {
                    <svg class="code" role="img" aria-label={language.text("share.code")}
                        viewBox={format!("0 0 {size} {size}")} shape-rendering="crispEdges">
                        <rect width={size.to_string()} height={size.to_string()} fill="#fff" />
                        <path d={path} fill="#000" />
                    </svg>
                },
                None => html! { <p>{language.text("share.too_long")}</p> },
            }}
            <Snippet language={*language} page={page.to_owned()} address={address.clone()} />
            <Save language={*language} />
        </Dialog>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SnippetProps {
    language: Language,
    /// The address of the page, up to `#`.
    page: String,
    /// The rest of it.
    address: String,
}

/// The lines with which a page shows this one in a frame.
#[component]
fn Snippet(props: &SnippetProps) -> Html {
    let SnippetProps { language, page, address } = props;
    let full = use_state_eq(|| false);
    let (page, height) =
        (page.split('?').next().unwrap_or_default(), if *full { 760 } else { 420 });
    let how = if *full { "embed=full" } else { "embed" };
    let source = format!("{page}?{how}{address}").replace('&', "&amp;").replace('"', "&quot;");
    let lines = format!(
        "<iframe src=\"{source}\" title=\"Coroscope\" width=\"100%\" height=\"{height}\" \
         loading=\"lazy\" style=\"border:0\"></iframe>"
    );
    let on_full = {
        let full = full.clone();
        Callback::from(move |_: Event| full.set(!*full))
    };
    html! {
        <details class="embed-code">
            <summary>{language.text("embed.heading")}</summary>
            <label>
                <input id="embed-full" type="checkbox" checked={*full} onchange={on_full} />
                {" "}{language.text("embed.full")}
            </label>
            <textarea id="embed-lines" readonly={true} aria-label={language.text("embed.heading")} value={lines} />
        </details>
    }
}

/// A link as a QR code: the path of its dark modules, and its size with the quiet zone. None if it is too long for one.
fn code(link: &str) -> Option<(String, usize)> {
    let code = QrCode::with_error_correction_level(link.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (n, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            // Writing into a string does not fail.
            let _ = write!(path, "M{} {}h1v1h-1z", n % width + QUIET, n / width + QUIET);
        }
    }
    Some((path, width + 2 * QUIET))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_link_becomes_a_code_with_its_quiet_zone() {
        let (path, size) =
            code("https://example.org/#gather-order?DELAYS=1,2&at=0.5").expect("short enough");
        // The smallest code for so many bytes at this level has 33 modules a side.
        assert_eq!(size, 33 + 8);
        assert!(path.starts_with("M4 4h1v1h-1z"), "the corner of the first finder: {path}");
        assert!(code(&"x".repeat(4000)).is_none());
    }
}
