//! A run as one page of HTML that stands by itself: no script, nothing fetched.

use std::fmt::Write as _;

/// A page in the making.
pub struct Page {
    text: String,
}

/// What it looks like; it is printed as it is.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;color:#1c2130;background:#fff;max-width:72rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}figure{margin:0;overflow-x:auto}\
figure svg{max-width:100%;height:auto}pre{background:#f4f5f8;padding:.8rem;overflow-x:auto;font-size:13px;line-height:1.45}\
table{border-collapse:collapse;font-size:13px}th,td{text-align:left;padding:.15rem .7rem .15rem 0;vertical-align:top;border-bottom:1px solid #e5e8ee}\
td{font-variant-numeric:tabular-nums;white-space:pre-wrap}dl{display:flex;flex-wrap:wrap;gap:.4rem 1.6rem}dt{color:#5a6172;font-size:13px}dd{margin:0;font-weight:600}\
a{color:#4f46e5}@media print{pre{white-space:pre-wrap}tr,figure{break-inside:avoid}}";

impl Page {
    /// A page in a language (its tag) with a title.
    ///
    /// ```
    /// let mut page = export::Page::new("en", "A <run>");
    /// page.facts("Figures", &[("makespan".to_owned(), "1.50 s".to_owned())]);
    /// let html = page.finish();
    /// assert!(html.contains("<h1>A &lt;run></h1>") && html.ends_with("</html>\n"));
    /// ```
    pub fn new(language: &str, title: &str) -> Self {
        let (language, title) = (escaped(language), escaped(title));
        let text = format!(
            "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n"
        );
        Page { text }
    }

    fn write(&mut self, text: std::fmt::Arguments) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(text);
    }

    fn heading(&mut self, heading: &str) {
        self.write(format_args!("<h2>{}</h2>\n", escaped(heading)));
    }

    /// A link to where the run can be looked at.
    pub fn link(&mut self, text: &str, address: &str) {
        self.write(format_args!("<p><a href=\"{}\">{}</a></p>\n", escaped(address), escaped(text)));
    }

    /// A picture: an element of SVG as it is.
    pub fn picture(&mut self, svg: &str) {
        self.write(format_args!("<figure>{svg}</figure>\n"));
    }

    /// Names with what they are; nothing where there are none.
    pub fn facts(&mut self, heading: &str, facts: &[(String, String)]) {
        if facts.is_empty() {
            return;
        }
        self.heading(heading);
        self.text += "<dl>";
        for (name, value) in facts {
            self.write(format_args!(
                "<div><dt>{}</dt><dd>{}</dd></div>",
                escaped(name),
                escaped(value)
            ));
        }
        self.text += "</dl>\n";
    }

    /// A table; nothing where it has no rows.
    pub fn table(&mut self, heading: &str, head: &[String], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        self.heading(heading);
        self.text += "<table><thead>";
        self.row("th scope=\"col\"", "th", head);
        self.text += "</thead><tbody>\n";
        for row in rows {
            self.row("td", "td", row);
        }
        self.text += "</tbody></table>\n";
    }

    fn row(&mut self, begin: &str, end: &str, cells: &[String]) {
        self.text += "<tr>";
        for cell in cells {
            self.write(format_args!("<{begin}>{}</{end}>", escaped(cell)));
        }
        self.text += "</tr>\n";
    }

    /// A program, or whatever else stands as it was written.
    pub fn code(&mut self, heading: &str, code: &str) {
        self.heading(heading);
        self.write(format_args!("<pre lang=\"en\">{}</pre>\n", escaped(code)));
    }

    /// The page.
    pub fn finish(mut self) -> String {
        self.text += "</body></html>\n";
        self.text
    }
}

/// A text as it may stand in HTML, between tags and in quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
