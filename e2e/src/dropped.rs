//! Files that are dropped onto the page, and recordings of made-up runs.

use std::fmt::Write;

use anyhow::Result;

use crate::Page;

impl Page {
    /// Drops a file onto the page of a program.
    pub async fn drop_file(&self, name: &str, text: &str) -> Result<()> {
        let (name, text) = (serde_json::to_string(name)?, serde_json::to_string(text)?);
        let script = format!(
            "const data = new DataTransfer(); data.items.add(new File([{text}], {name})); \
             document.querySelector('main').dispatchEvent(new DragEvent('drop', \
             {{ dataTransfer: data, bubbles: true, cancelable: true }})); return 1"
        );
        self.evaluate(&script).await.map(drop)
    }
}

/// The recording of a run in which `main` creates so many jobs: job `n` sleeps `seconds(n)`, which grows with `n`, prints
/// a line and ends, the last by an exception.
pub fn recording(jobs: usize, seconds: impl Fn(usize) -> f64) -> String {
    let mut text = r#"{"format":"coroscope-trace","version":1,"clock":"virtual"}"#.to_owned();
    let mut line = |line: String| {
        // Writing to a text does not fail.
        let _ = write!(text, "\n{{{line}}}");
    };
    line(r#""e":"task_created","t":0,"task":0,"name":"main""#.to_owned());
    line(r#""e":"step_began","task":0"#.to_owned());
    for n in 1..=jobs {
        line(format!(r#""e":"task_created","task":{n},"parent":0,"name":"job-{n}""#));
    }
    let all: Vec<String> = (1..=jobs).map(|n| n.to_string()).collect();
    line(format!(r#""e":"suspended","task":0,"wait":"gather","tasks":[{}]"#, all.join(",")));
    for n in 1..=jobs {
        line(format!(r#""e":"step_began","task":{n}"#));
        line(format!(r#""e":"suspended","task":{n},"wait":"sleep","until":{}"#, seconds(n)));
    }
    for n in 1..=jobs {
        line(format!(r#""e":"woken","t":{},"task":{n}"#, seconds(n)));
        line(format!(r#""e":"step_began","task":{n}"#));
        line(format!(r#""e":"printed","task":{n},"text":"job {n} is over""#));
        let how =
            if n == jobs { r#""failed","error":"ValueError: the last""# } else { r#""done""# };
        line(format!(r#""e":"finished","task":{n},"outcome":{how}"#));
    }
    line(format!(r#""e":"woken","task":0,"by":{jobs}"#));
    line(r#""e":"step_began","task":0"#.to_owned());
    line(r#""e":"finished","task":0,"outcome":"done""#.to_owned());
    line(r#""e":"end","end":"done""#.to_owned());
    text
}
