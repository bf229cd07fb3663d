//! The page from a server one of whose files is late, missing, broken, cut or of the wrong type, or whose document
//! begins with a script that takes something away from the browser.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// What becomes of a file until [`FaultySite::mend`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its answer does not come before that.
    Held,
    /// The server has none.
    Missing,
    /// The server fails.
    Broken,
    /// The connection ends in the middle of it.
    Cut,
    /// It is said to be plain text.
    Plain,
    /// In its place comes a page of HTML, as from servers that answer everything.
    Page,
    /// It comes in pieces, over some seconds.
    Slow,
}

impl Fate {
    /// All of them.
    pub const ALL: [Fate; 7] =
        [Fate::Held, Fate::Missing, Fate::Broken, Fate::Cut, Fate::Plain, Fate::Page, Fate::Slow];
}

/// What is wrong with a server.
#[derive(Clone, Debug, Default)]
pub struct Fault {
    /// The end of the path of the file, and what becomes of it.
    pub of: Option<(String, Fate)>,
    /// A script that the document begins with, before any other and before its policy.
    pub script: Option<String>,
    /// The folder that the page is in, from `/` to `/`; there is nothing elsewhere.
    pub folder: Option<String>,
}

/// A server that hands on what another has, but for what is wrong with it.
pub struct FaultySite {
    /// Where it is.
    pub url: String,
    mended: Arc<AtomicBool>,
    stage: Arc<AtomicU8>,
}

/// Another version of the page is there.
const RENEWED: u8 = 1;

/// Nobody answers.
const DOWN: u8 = 2;

/// In how many pieces a slow file comes, and how long it is between two.
const PIECES: usize = 12;
const PAUSE: Duration = Duration::from_millis(250);

impl FaultySite {
    /// Stands before the server at `url`, which is on this machine; files whose path ends so have a fate.
    pub fn before(url: &str, path: &str, fate: Fate) -> Result<Self> {
        Self::with(url, Fault { of: Some((path.to_owned(), fate)), ..Fault::default() })
    }

    /// Stands before the server at `url`; the document begins with a script.
    pub fn beginning_with(url: &str, script: &str) -> Result<Self> {
        Self::with(url, Fault { script: Some(script.to_owned()), ..Fault::default() })
    }

    /// Stands before the server at `url`, with this fault.
    pub fn with(url: &str, fault: Fault) -> Result<Self> {
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        let behind: SocketAddr =
            host.parse().with_context(|| format!("{url} is no address with a port"))?;
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let folder = fault.folder.as_deref().unwrap_or("/");
        let url = format!("http://{}{folder}", listener.local_addr()?);
        let mended = Arc::new(AtomicBool::new(false));
        let stage = Arc::new(AtomicU8::new(0));
        let (seen, fault, at) = (Arc::clone(&mended), Arc::new(fault), Arc::clone(&stage));
        // It ends with the process, as the thread has nobody to tell it.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, fault) = (Arc::clone(&seen), Arc::clone(&fault));
                // A browser that has gone is no error of ours.
                match at.load(Ordering::Relaxed) {
                    DOWN => drop(stream),
                    at => _ = thread::spawn(move || answer(stream, behind, &fault, &seen, at)),
                }
            }
        });
        Ok(Self { url, mended, stage })
    }

    /// From now on there is another version of the page.
    pub fn renew(&self) {
        self.stage.store(RENEWED, Ordering::Relaxed);
    }

    /// From now on nobody answers.
    pub fn go_down(&self) {
        self.stage.store(DOWN, Ordering::Relaxed);
    }

    /// From now on all is well, and what was held comes.
    pub fn mend(&self) {
        self.mended.store(true, Ordering::Relaxed);
    }
}

/// The first line of a connection's one request; the rest of its head says nothing that matters, and is read, too.
pub(crate) fn request_line(stream: &TcpStream) -> io::Result<String> {
    let mut request = BufReader::new(stream);
    let mut first = String::new();
    request.read_line(&mut first)?;
    let mut line = String::new();
    while request.read_line(&mut line)? > 2 {
        line.clear();
    }
    Ok(first)
}

/// Answers the one request of a connection.
fn answer(
    mut stream: TcpStream,
    behind: SocketAddr,
    fault: &Fault,
    mended: &AtomicBool,
    stage: u8,
) -> io::Result<()> {
    let first = request_line(&stream)?;
    let address = first.split(' ').nth(1).unwrap_or("/");
    let folder = fault.folder.as_deref().unwrap_or("/");
    let Some(below) = address.strip_prefix(folder) else {
        return send(&mut stream, "404 Not Found", "text/plain", b"elsewhere\n");
    };
    let address = format!("/{below}");
    let path = address.split('?').next().unwrap_or("/");
    let fate = fault.of.as_ref().filter(|(of, _)| path.ends_with(of)).map(|(_, fate)| *fate);
    let fate = fate.filter(|_| !mended.load(Ordering::Relaxed));
    match fate {
        Some(Fate::Held) => {
            while !mended.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(20));
            }
        }
        Some(Fate::Missing) => return send(&mut stream, "404 Not Found", "text/plain", b"none\n"),
        Some(Fate::Broken) => {
            return send(&mut stream, "500 Internal Server Error", "text/plain", b"broken\n");
        }
        Some(Fate::Page) => {
            return send(&mut stream, "200 OK", "text/html", b"<!doctype html><p>Welcome</p>");
        }
        Some(Fate::Cut | Fate::Plain | Fate::Slow) | None => {}
    }
    let mut server = TcpStream::connect(behind)?;
    write!(server, "GET {address} HTTP/1.1\r\nHost: {behind}\r\nConnection: close\r\n\r\n")?;
    let mut all = Vec::new();
    server.read_to_end(&mut all)?;
    let begins = all.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |at| at + 4);
    if fate == Some(Fate::Cut) {
        // With the length of the whole, as it was sent.
        all.truncate(begins + (all.len() - begins) / 2);
    } else if fate == Some(Fate::Plain) {
        return send(&mut stream, "200 OK", "text/plain", &all[begins..]);
    } else if fate == Some(Fate::Slow) {
        for piece in all.chunks(all.len().div_ceil(PIECES)) {
            stream.write_all(piece)?;
            thread::sleep(PAUSE);
        }
        return Ok(());
    } else if stage == RENEWED && path == "/offline.js" {
        let body = String::from_utf8_lossy(&all[begins..]);
        let body = body.replace("const VERSION = \"", "const VERSION = \"2-");
        return send(&mut stream, "200 OK", "text/javascript", body.as_bytes());
    } else if let Some(script) = fault.script.as_ref().filter(|_| path == "/") {
        let body = String::from_utf8_lossy(&all[begins..]);
        let begun = format!("<head><script>{script}</script>");
        let body = body.replacen("<head>", &begun, 1);
        return send(&mut stream, "200 OK", "text/html; charset=utf-8", body.as_bytes());
    }
    stream.write_all(&all)
}

/// Sends an answer of our own.
fn send(stream: &mut TcpStream, status: &str, media: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\
         Cache-Control: no-cache\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(body)
}
