//! The page before its program.

use super::*;

fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/src"))
}

#[test]
fn the_first_run_stands_in_the_page_in_both_languages() {
    let timeline = run_first();
    for language in [Language::English, Language::Chinese] {
        let html = picture(examples(), language).expect("it is rendered");
        for lane in &timeline.tasks {
            assert!(html.contains(&format!("data-task=\"{}\"", lane.name)), "{}", lane.name);
        }
        assert!(html.contains(&format!("data-makespan=\"{}\"", timeline.end)));
        assert!(html.contains("<svg class=\"inner\"") && html.contains("var(--task-1)"));
        let title = examples::FIRST.title(language.locale());
        let title = title.split('`').next_back().expect("a part");
        assert!(html.contains(title), "{title}");
        // Every key has its words.
        for key in ["chart.", "player.", "figures.", "legend.", "about.", "params."] {
            assert!(!html.contains(&format!(">{key}")), "{key}");
        }
    }
}

fn run_first() -> timeline::Timeline {
    run::instant(examples::FIRST, &examples::FIRST.defaults(), 250_000).timeline()
}

#[test]
fn a_document_without_a_place_is_refused() {
    let document = format!("{COLOURS}{ENGLISH}{CHINESE}{EXAMPLES}{ENGINE}{OFFLINE}");
    assert!(complete(&document, examples(), false).is_ok());
    for mark in [COLOURS, ENGLISH, CHINESE, EXAMPLES, ENGINE, OFFLINE] {
        assert!(complete(&document.replace(mark, ""), examples(), true).is_err(), "{mark}");
    }
}

#[test]
fn the_program_begins_after_the_first_paint() {
    let source = include_str!("../../../index.html");
    assert!(source.contains("const painted ="));
    let document = format!("<script>{BEGIN}'a.wasm');</script>");
    assert_eq!(
        after_the_first_paint(&document),
        "<script>await painted;\nconst wasm = await init('a.wasm');</script>"
    );
}
