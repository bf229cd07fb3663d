//! What the reader sees when the page has a fault.

use std::panic::PanicHookInfo;

/// Shows a readable message instead of a dead page from now on.
pub fn install() {
    // Through Yew, which otherwise puts its own hook in place of ours.
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        // If the message cannot be shown there is nothing left to try.
        let _ = show(info);
    }));
}

fn show(info: &PanicHookInfo) -> Option<()> {
    let document = web_sys::window()?.document()?;
    if document.get_element_by_id("fault").is_some() {
        return None;
    }
    let fault = document.create_element("div").ok()?;
    fault.set_id("fault");
    fault.set_attribute("role", "alert").ok()?;
    for (tag, class, text) in [
        ("h2", "", "Coroscope has a fault · Coroscope 出错了".to_owned()),
        (
            "p",
            "",
            "The page stopped because of a mistake of ours. Reloading brings it back. \
             页面因内部错误停止，重新加载即可恢复。"
                .to_owned(),
        ),
        ("a", "button primary", "Reload · 重新加载".to_owned()),
        ("pre", "", info.to_string()),
    ] {
        let child = document.create_element(tag).ok()?;
        child.set_class_name(class);
        child.set_text_content(Some(&text));
        if tag == "a" {
            // A link to the page itself, without the part that may have led here.
            child.set_attribute("href", "?").ok()?;
        }
        fault.append_child(&child).ok()?;
    }
    document.body()?.append_child(&fault).ok()?;
    Some(())
}
