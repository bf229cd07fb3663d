//! Colours the programs shown beside the chart, so that the page needs no highlighter.
//!
//! For each folder of `src/examples` the lines of `twin.py` and `program.rs` become lines of HTML with
//! `<span class="…">` around tokens; `src/ui/code.rs` includes the list written here.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

fn main() -> Result<(), Box<dyn Error>> {
    // The words are read by a macro, which cargo does not know of.
    println!("cargo:rerun-if-changed=src/examples");
    println!("cargo:rerun-if-changed=src/ui/words.en.yml");
    println!("cargo:rerun-if-changed=src/ui/words.zh.yml");
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_ARCH")? != "wasm32" {
        return Ok(());
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let syntaxes = SyntaxSet::load_defaults_newlines();
    let syntax = |extension| {
        syntaxes.find_syntax_by_extension(extension).ok_or(format!("no syntax for {extension}"))
    };
    let (python, rust) = (syntax("py")?, syntax("rs")?);

    let mut folders: Vec<PathBuf> =
        fs::read_dir("src/examples")?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.retain(|path| path.join("twin.py").exists());
    folders.sort();
    let mut list = String::from("&[\n");
    for folder in folders {
        let name = folder.file_name().ok_or("a folder without a name")?.to_string_lossy();
        let mut entry = format!("    ({:?}", name.replace('_', "-"));
        for (file, syntax) in [("twin.py", python), ("program.rs", rust)] {
            let html = colour(&folder.join(file), &syntaxes, syntax)?;
            let target = out.join(format!("{name}.{file}.html"));
            fs::write(&target, html)?;
            write!(entry, ", include_str!({target:?})")?;
        }
        writeln!(list, "{entry}),")?;
    }
    list.push_str("]\n");
    fs::write(out.join("coloured.rs"), list)?;
    Ok(())
}

fn colour(
    path: &Path,
    syntaxes: &SyntaxSet,
    syntax: &SyntaxReference,
) -> Result<String, Box<dyn Error>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut html = String::new();
    for line in fs::read_to_string(path)?.split_inclusive('\n') {
        let operations = state.parse_line(line, syntaxes)?;
        for (text, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation)?;
            let text = text.trim_end_matches('\n');
            if text.is_empty() {
                continue;
            }
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            match class(&stack.scopes) {
                Some(class) => write!(html, "<span class=\"{class}\">{text}</span>")?,
                None => html.push_str(&text),
            }
        }
        html.push('\n');
    }
    Ok(html)
}

/// The class of the innermost scope that has one.
fn class(scopes: &[Scope]) -> Option<&'static str> {
    const CLASSES: [(&str, &str); 13] = [
        ("comment", "c"),
        ("constant.character.escape", "n"),
        ("constant.other.placeholder", "n"),
        ("meta.interpolation", ""),
        ("string", "s"),
        ("constant", "n"),
        ("keyword.operator.assignment", ""),
        ("keyword", "k"),
        ("storage", "k"),
        ("entity.name.function", "f"),
        ("support.function", "f"),
        ("support.type", "t"),
        ("variable.language", "k"),
    ];
    scopes.iter().rev().find_map(|scope| {
        let name = scope.build_string();
        let known = CLASSES.iter().find(|(prefix, _)| name.starts_with(prefix));
        known.map(|(_, class)| (!class.is_empty()).then_some(*class))
    })?
}
