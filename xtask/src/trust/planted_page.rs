//! `cargo xtask trust planted-page`: faults, planted in a copy of the built page, must be found by the tests in a browser
//! that claim to find them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use super::{copies, report};
use crate::browser::{self, Browser};
use crate::measure::Page;
use crate::report::{Elapsed, say};
use crate::shell::{self, Shell};
use crate::site::Site;

/// Plant faults in a copy of the built page, one after another, and run the test in a browser that claims to find each
///
/// Each of these tests must first pass on a copy into whose same files only comments were put, so that it is the fault that
/// it finds, and not that a file was changed. A minute for each, or two.
#[derive(clap::Args)]
pub struct Args {
    /// Only faults whose names contain this
    #[arg(long)]
    only: Option<String>,
    #[command(flatten)]
    page: Page,
}

/// A text of a file of the page, and what stands there instead.
struct Edit {
    file: File,
    find: &'static str,
    replace: &'static str,
}

/// A file of the page.
#[derive(Clone, Copy)]
enum File {
    /// The document.
    Document,
    /// The JavaScript around the page's program, whose name has a hash in it.
    Script,
    /// What keeps the page for when there is no network.
    Keeper,
    /// The worker of the reader's programs.
    Engine,
}

/// A fault, and the test of `e2e` that finds it.
struct Fault {
    name: &'static str,
    edits: &'static [Edit],
    test: Test,
}

/// A file of tests, and one of them.
type Test = (&'static str, &'static str);

const POLICY: Test = ("security", "nothing_is_asked_of_another_origin_and_the_policy_stands_first");
const ORIGIN: Test = ("security", "no_request_leaves_the_origin_whoever_makes_it");
const MARKUP: Test = ("security", "nothing_of_a_link_or_a_trace_becomes_a_part_of_the_document");
const NOTHING_BEHIND: Test = ("lasting", "runs_and_plays_leave_nothing_behind");
const TABS: Test = ("tabs", "two_tabs_lose_nothing_of_each_other");

/// Where something can be put into the script, to run when it comes.
const BEGINNING: &str = "export { initSync, __wbg_init as default };";

/// Where something can be put into the workers.
const KEEPER: &str = "const CACHE = ";
const ENGINE: &str = "import ";

/// What harms nothing, where faults are put.
const COMMENTS: [Edit; 4] = [
    Edit { file: File::Keeper, find: KEEPER, replace: "/* planted */ const CACHE = " },
    Edit { file: File::Engine, find: ENGINE, replace: "/* planted */ import " },
    Edit {
        file: File::Document,
        find: "<p id=\"boot\"",
        replace: "<!-- planted --><p id=\"boot\"",
    },
    Edit {
        file: File::Script,
        find: BEGINNING,
        replace: "/* planted */\nexport { initSync, __wbg_init as default };",
    },
];

const FAULTS: [Fault; 11] = [
    Fault {
        name: "a script in the document that nobody has hashed",
        edits: &[Edit {
            file: File::Document,
            find: "<p id=\"boot\"",
            replace: "<script>window.planted = 1;</script><p id=\"boot\"",
        }],
        test: POLICY,
    },
    Fault {
        name: "a request to another origin",
        edits: &[Edit {
            file: File::Script,
            find: BEGINNING,
            replace: "fetch('http://127.0.0.1:9/planted').catch(() => {});\nexport { initSync, __wbg_init as default };",
        }],
        test: POLICY,
    },
    Fault {
        name: "a handler in the document, at an element",
        edits: &[Edit {
            file: File::Document,
            find: "<p id=\"boot\"",
            replace: "<p id=\"boot\" onclick=\"window.planted = 1\"",
        }],
        test: POLICY,
    },
    Fault {
        name: "a request to another origin, of the worker of the reader's programs",
        edits: &[Edit {
            file: File::Engine,
            find: ENGINE,
            replace: "fetch('http://course.example/planted').catch(() => {}); import ",
        }],
        test: POLICY,
    },
    Fault {
        name: "a request to another origin, of the worker that keeps the page",
        edits: &[Edit {
            file: File::Keeper,
            find: KEEPER,
            replace: "fetch('http://course.example/planted').catch(() => {}); const CACHE = ",
        }],
        test: ORIGIN,
    },
    Fault {
        name: "no Trusted Types in the policy",
        edits: &[Edit {
            file: File::Document,
            find: "; require-trusted-types-for 'script'; trusted-types default",
            replace: "",
        }],
        test: POLICY,
    },
    Fault {
        name: "a link that becomes a part of the document",
        edits: &[
            Edit {
                file: File::Document,
                find: "; require-trusted-types-for 'script'; trusted-types default",
                replace: "",
            },
            Edit {
                file: File::Script,
                find: BEGINNING,
                replace: "addEventListener('hashchange', () => document.body.insertAdjacentHTML('beforeend', decodeURIComponent(location.hash)));\nexport { initSync, __wbg_init as default };",
            },
        ],
        test: MARKUP,
    },
    Fault {
        name: "a listener more with every change of a parameter",
        edits: &[Edit {
            file: File::Script,
            find: BEGINNING,
            replace: "addEventListener('input', () => addEventListener('blur', () => {}), true);\nexport { initSync, __wbg_init as default };",
        }],
        test: NOTHING_BEHIND,
    },
    Fault {
        name: "an element is kept with every change of a parameter, in no document",
        edits: &[Edit {
            file: File::Script,
            find: BEGINNING,
            replace: "const planted = []; addEventListener('input', () => planted.push(document.createElement('p')), true);\nexport { initSync, __wbg_init as default };",
        }],
        test: NOTHING_BEHIND,
    },
    Fault {
        name: "a listener more with every example that is opened",
        edits: &[Edit {
            file: File::Script,
            find: BEGINNING,
            replace: "addEventListener('hashchange', () => addEventListener('blur', () => {}));\nexport { initSync, __wbg_init as default };",
        }],
        test: NOTHING_BEHIND,
    },
    Fault {
        name: "a program that is typed and not kept",
        edits: &[Edit {
            file: File::Script,
            find: BEGINNING,
            replace: "{ const set = Storage.prototype.setItem; Storage.prototype.setItem = function (name, value) { if (!name.includes('.program.')) set.call(this, name, value); }; }\nexport { initSync, __wbg_init as default };",
        }],
        test: TABS,
    },
];

/// Plants each, and keeps the figures.
///
/// # Errors
/// That one was not found, or cannot be planted; that a test fails without any.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let browser = browser::ensure(shell)?;
    let page = args.page.folder(shell)?;
    let copy = shell.root().join("target/trust/planted-page");
    let wanted = |fault: &&Fault| args.only.as_ref().is_none_or(|word| fault.name.contains(word));
    let (mut sound, mut figures, mut missed) = (Vec::new(), Vec::new(), Vec::new());
    for fault in FAULTS.iter().filter(wanted) {
        let begun = Instant::now();
        let (file, test) = fault.test;
        if !sound.contains(&fault.test) {
            copies::folder(&page, &copy)?;
            plant(&COMMENTS, &copy)?;
            let passes = passes(shell, &browser, &copy, fault.test)?;
            ensure!(passes, "`{test}` in e2e/tests/{file}.rs fails with no fault planted");
            sound.push(fault.test);
        }
        copies::folder(&page, &copy)?;
        plant(fault.edits, &copy).with_context(|| fault.name)?;
        let found = !passes(shell, &browser, &copy, fault.test)?;
        let how = if found { "found" } else { "NOT FOUND" };
        say(format_args!("{}: {how} ({})", fault.name, Elapsed(begun.elapsed())));
        figures.push(format!("{}: {how} by `{test}` in `e2e/tests/{file}.rs`", fault.name));
        if !found {
            missed.push(fault.name);
        }
    }
    if args.only.is_none() {
        report::keep(shell, "planted-page", "planted-page", &figures)?;
    }
    if missed.is_empty() { Ok(()) } else { bail!("not found: {}", missed.join("; ")) }
}

/// Whether a test passes on the page in a folder.
fn passes(shell: &Shell, browser: &Browser, folder: &Path, (file, test): Test) -> Result<bool> {
    let build = shell
        .command("cargo")
        .args(["test", "--package", "e2e", "--test", file, "--no-run"])
        .status()?;
    ensure!(build.success(), "e2e/tests/{file}.rs does not compile");
    let site = Site::local(folder.to_owned())?;
    let mut command = shell.command("cargo");
    command.args(["test", "--quiet", "--package", "e2e", "--test", file, "--", "--exact", test]);
    let output = browser.visiting(&mut command, &site).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // A name that no test has passes, too.
    ensure!(text.contains("running 1 test"), "`{}` runs no test", shell::line(&command));
    Ok(output.status.success())
}

/// Puts something into the page in a folder.
fn plant(edits: &[Edit], page: &Path) -> Result<()> {
    for Edit { file, find, replace } in edits {
        let path = file.of(page)?;
        let text = fs::read_to_string(&path)?;
        ensure!(text.contains(find), "{} has no place for it: {find}", path.display());
        fs::write(&path, text.replacen(find, replace, 1))?;
    }
    Ok(())
}

impl File {
    /// Where it is, in a page.
    fn of(self, page: &Path) -> Result<PathBuf> {
        match self {
            File::Document => Ok(page.join("index.html")),
            File::Keeper => Ok(page.join("offline.js")),
            File::Engine => Ok(page.join("engine/page.mjs")),
            File::Script => fs::read_dir(page)?
                .flatten()
                .map(|entry| entry.path())
                .find(|path| {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    name.starts_with("coroscope-") && name.ends_with(".js")
                })
                .context("the page has no script"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_are_claimed_exist() {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../e2e/tests");
        for Fault { name, test: (file, test), .. } in &FAULTS {
            let text = fs::read_to_string(tests.join(format!("{file}.rs"))).expect("its file");
            assert!(text.contains(&format!("fn {test}")), "{name}");
        }
    }

    #[test]
    fn each_is_planted_in_the_file_that_it_names() {
        let page = tempfile::tempdir().expect("a folder");
        for edits in FAULTS.iter().map(|fault| fault.edits).chain([COMMENTS.as_slice()]) {
            let finds = |wanted: fn(&File) -> bool| -> String {
                edits.iter().filter(|edit| wanted(&edit.file)).map(|edit| edit.find).collect()
            };
            let write = |name: &str, text: String| fs::write(page.path().join(name), text);
            write("index.html", finds(|file| matches!(file, File::Document))).expect("written");
            write("coroscope-1.js", finds(|file| matches!(file, File::Script))).expect("written");
            write("offline.js", finds(|file| matches!(file, File::Keeper))).expect("written");
            fs::create_dir_all(page.path().join("engine")).expect("its folder");
            write("engine/page.mjs", finds(|file| matches!(file, File::Engine))).expect("written");
            plant(edits, page.path()).expect("there is a place for it");
            for edit in edits {
                let file = edit.file.of(page.path()).expect("its file");
                assert_eq!(fs::read_to_string(file).expect("it is there"), edit.replace);
            }
            assert!(edits.iter().all(|edit| edit.find != edit.replace));
        }
    }
}
