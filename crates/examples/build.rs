//! Writes the titles of all examples, the only texts of theirs that are part of the program: the
//! catalogue lists them all. Everything else is fetched when an example is opened (`texts`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=build.rs");
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
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("titles.rs"), list)?;
    Ok(())
}
