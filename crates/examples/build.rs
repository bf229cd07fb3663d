//! Writes the catalogue: the examples in the order in which `lib.rs` has their modules, with their
//! programs for native builds. And the titles of all, the only texts of theirs that are part of the
//! program; everything else is fetched when an example is opened (`texts`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let lib = fs::read_to_string("src/lib.rs")?;
    let course = course(&lib);
    fs::write(out.join("catalogue.rs"), list(&course, |folder| format!("&{folder}::EXAMPLE")))?;
    fs::write(out.join("sources.rs"), list(&course, source))?;
    fs::write(out.join("titles.rs"), titles()?)?;
    Ok(())
}

/// The folders of examples among the modules of the crate, in their order.
fn course(lib: &str) -> Vec<&str> {
    let modules = lib.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    modules.filter(|module| Path::new("src").join(module).join("twin.py").is_file()).collect()
}

fn list(course: &[&str], entry: impl Fn(&str) -> String) -> String {
    let entries: Vec<_> = course.iter().map(|folder| entry(folder)).collect();
    format!("&[{}]", entries.join(", "))
}

fn source(folder: &str) -> String {
    let text = |file| {
        format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/src/{folder}/{file}\"))")
    };
    let (python, rust, lines) = (text("twin.py"), text("program.rs"), text("lines.txt"));
    format!("Source {{ python: {python}, rust: {rust}, lines: {lines} }}")
}

fn titles() -> Result<String, Box<dyn Error>> {
    let mut list = String::from("&[\n");
    for folder in texts::folders(Path::new("src"))? {
        write!(list, "    ({:?}, [", texts::id(&folder))?;
        for locale in texts::LOCALES {
            let words = texts::words_of(&folder, locale)?;
            let title = words.get("title").ok_or(format!("{}: no title", folder.display()))?;
            write!(list, "{title:?}, ")?;
        }
        list.push_str("]),\n");
    }
    list.push_str("]\n");
    Ok(list)
}
