//! The browser's own console, which ChromeDriver gives by a command of its own.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde::Deserialize;
use url::{ParseError, Url};

/// Asks for what the console has got since it was last asked.
#[derive(Debug)]
pub(crate) struct ReadLog;

impl WebDriverCompatibleCommand for ReadLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(r#"{"type":"browser"}"#.to_owned()))
    }
}

/// One line of the console.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    pub(crate) level: String,
    pub(crate) message: String,
}
