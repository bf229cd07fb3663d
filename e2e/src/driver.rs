//! A browser started for one test, and ended after it.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// How long the driver and the browser may take to start.
const START: Duration = Duration::from_secs(60);

/// What the browser is started with. No sandbox, since containers and root cannot have it, and the page
/// is ours; nothing that asks the network for anything but the page.
const ARGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication",
];

/// ChromeDriver with one session in it.
pub(crate) struct Driver {
    client: Client,
    child: Child,
    /// Kept open, so that the driver can go on writing.
    _output: Lines<BufReader<ChildStdout>>,
    _profile: TempDir,
}

impl Driver {
    /// Starts ChromeDriver on a free port and the browser with an empty profile and these arguments, too.
    pub(crate) async fn start(chromedriver: &str, chrome: &str, more: &[String]) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let mut child = Command::new(chromedriver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {chromedriver}"))?;
        let output = child.stdout.take().context("no output of the driver")?;
        let mut output = BufReader::new(output).lines();
        let port = timeout(START, port(&mut output))
            .await
            .context("the driver does not say its port")??;
        let mut args: Vec<_> = ARGS.map(str::to_owned).into();
        args.extend_from_slice(more);
        args.push("--window-size=1400,1000".to_owned());
        args.push("--lang=en-US".to_owned());
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({
            "goog:chromeOptions": { "binary": chrome, "args": args },
            // Until the document is there; the tests themselves wait for the page.
            "pageLoadStrategy": "eager",
            // Milliseconds: some scripts measure what takes long.
            "timeouts": { "script": 300_000 },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        if let serde_json::Value::Object(capabilities) = capabilities {
            builder.capabilities(capabilities);
        }
        let address = format!("http://127.0.0.1:{port}");
        let client = timeout(START, builder.connect(&address))
            .await
            .context("the browser does not start")?
            .context("the browser cannot be started")?;
        Ok(Self { client, child, _output: output, _profile: profile })
    }

    /// What steers the browser.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the browser, then the driver.
    pub(crate) async fn stop(mut self) -> Result<()> {
        let closed = self.client.close().await;
        self.child.kill().await?;
        closed.context("the browser does not close")
    }
}

/// The port that ChromeDriver says it listens on.
async fn port(output: &mut Lines<BufReader<ChildStdout>>) -> Result<u16> {
    while let Some(line) = output.next_line().await? {
        if let Some((_, port)) = line.split_once("successfully on port ") {
            return Ok(port.trim_end_matches('.').parse()?);
        }
    }
    bail!("the driver ended without saying its port");
}
