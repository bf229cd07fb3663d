//! What a pasted program lacked and was given, so that it ran all the same (`engine/pasted.py`).

use crate::ui::shell::Language;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// What was added; nothing to a program that is whole.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Added {
    /// Modules that it uses and does not import.
    pub imports: Vec<String>,
    /// The coroutine function that it leaves uncalled.
    pub call: Option<String>,
    /// Whether it awaits outside of any function, as in a notebook.
    #[serde(rename = "await")]
    pub awaits: bool,
    /// Libraries that are stand-ins here.
    pub standins: Vec<String>,
}

impl Added {
    /// What the first line of a trace says of it.
    pub fn of(header: &Map<String, Json>) -> Self {
        let added = header.get("added").cloned().unwrap_or_default();
        serde_json::from_value(added).unwrap_or_default()
    }

    /// The same in a sentence, if there is anything to say.
    pub fn said(&self, language: Language) -> Option<String> {
        let import = |name: &String| format!("import {name}");
        let imports: Vec<_> = self.imports.iter().map(import).collect();
        let parts = [
            (!imports.is_empty()).then(|| imports.join(", ")),
            self.call.as_ref().map(|name| format!("asyncio.run({name}())")),
            self.awaits.then(|| language.text("program.added.await")),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let what = parts.join(&language.text("story.and"));
        (!parts.is_empty()).then(|| language.fill("program.added.said", &[("what", &what)]))
    }

    /// That libraries are stand-ins, if any is.
    pub fn stand_ins(&self, language: Language) -> Option<String> {
        let names = self.standins.join(", ");
        (!names.is_empty()).then(|| language.fill("program.added.standins", &[("what", &names)]))
    }

    /// A program with the imports that it lacks: below what must stand above them.
    pub fn written_into(&self, program: &str) -> String {
        let imports: String = self.imports.iter().map(|name| format!("import {name}\n")).collect();
        let is_above = |line: &&str| line.starts_with('#') || line.starts_with("from __future__");
        let above: usize = program.split_inclusive('\n').take_while(is_above).map(str::len).sum();
        format!("{}{imports}{}", &program[..above], &program[above..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(json: &str) -> Added {
        Added::of(&serde_json::from_str(json).expect("JSON"))
    }

    #[test]
    fn what_was_added_is_said_in_one_sentence() {
        let all =
            added(r#"{"added": {"imports": ["asyncio", "time"], "call": "main", "await": true}}"#);
        let said = all.said(Language::English).expect("a sentence");
        for part in ["import asyncio, import time", "asyncio.run(main())"] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(all.stand_ins(Language::English), None);
        let all = added(r#"{"added": {"standins": ["aiohttp", "httpx"]}}"#);
        let said = all.stand_ins(Language::English).expect("a sentence");
        assert!(said.contains("aiohttp, httpx") && said.contains("STANDIN_SECONDS"), "{said}");
        assert_eq!(added("{}"), Added::default());
        assert_eq!(Added::default().said(Language::English), None);
    }

    #[test]
    fn imports_stand_at_the_top_but_below_what_must_be_first() {
        let all = added(r#"{"added": {"imports": ["asyncio"]}}"#);
        assert_eq!(all.written_into("f()\n"), "import asyncio\nf()\n");
        let text = "#!/usr/bin/python\nfrom __future__ import annotations\nf()";
        let told = "#!/usr/bin/python\nfrom __future__ import annotations\nimport asyncio\nf()";
        assert_eq!(all.written_into(text), told);
    }
}
