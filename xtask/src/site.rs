//! A folder served over HTTP.
//!
//! Each connection has a thread, and ends with its answer: a browser opens several at once, and none may wait for another.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Result;
use percent_encoding::percent_decode_str;

/// The most bytes of a request's head.
const HEAD: u64 = 64 << 10;

/// How long a browser may be silent that has opened a connection, as browsers do in advance.
const SILENCE: Duration = Duration::from_secs(60);

/// A folder being served.
pub struct Site {
    /// Where it is served.
    pub address: SocketAddr,
    thread: thread::JoinHandle<()>,
}

impl Site {
    /// Serves `folder` on any free port of this machine.
    pub fn local(folder: PathBuf) -> Result<Self> {
        Self::new(folder, TcpListener::bind(("127.0.0.1", 0))?)
    }

    /// Serves `folder` through `listener`.
    pub fn new(folder: PathBuf, listener: TcpListener) -> Result<Self> {
        let address = listener.local_addr()?;
        let folder = Arc::new(folder);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let folder = Arc::clone(&folder);
                // A browser that went away mid-answer is no error of ours.
                thread::spawn(move || _ = answer(&folder, stream));
            }
        });
        Ok(Self { address, thread })
    }

    /// Waits until the server ends, which is when the process does.
    pub fn join(self) {
        let _ = self.thread.join();
    }
}

/// Answers the one request of a connection with a file, or says that there is none.
fn answer(folder: &Path, stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    let mut head = BufReader::new((&stream).take(HEAD));
    let (mut request, mut line) = (String::new(), String::new());
    head.read_line(&mut request)?;
    // The rest says nothing that matters.
    while head.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = request.split_ascii_whitespace();
    let (Some(method), Some(url)) = (words.next(), words.next()) else { return Ok(()) };
    if !matches!(method, "GET" | "HEAD") {
        return say(&stream, "405 Method Not Allowed", "Only GET and HEAD are answered here.\n");
    }
    let found = file_for(folder, url).and_then(|path| Some((File::open(&path).ok()?, path)));
    let Some((mut file, path)) = found else {
        return say(&stream, "404 Not Found", "There is no such file.\n");
    };
    begin(&stream, "200 OK", &media_type(&path), file.metadata()?.len())?;
    if method == "GET" {
        io::copy(&mut file, &mut &stream)?;
    }
    Ok(())
}

/// The head of an answer: always with its length, so that a browser can tell a cut one.
fn begin(mut stream: &TcpStream, status: &str, media: &str, length: u64) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {length}\r\n\
         Cache-Control: no-cache\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())
}

/// A short answer of text.
fn say(mut stream: &TcpStream, status: &str, text: &str) -> io::Result<()> {
    begin(stream, status, "text/plain; charset=utf-8", text.len() as u64)?;
    stream.write_all(text.as_bytes())
}

/// The file below `folder` that `url` asks for; none if it is not there or not below.
pub fn file_for(folder: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let below = Path::new(path.trim_start_matches('/'));
    let inside =
        below.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        return None;
    }
    let mut file = folder.join(below);
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

/// The media type of a file, with the encoding of text.
fn media_type(path: &Path) -> String {
    let media = mime_guess::from_path(path).first_or_octet_stream();
    let textual = media.type_() == "text" || media.subtype() == "javascript";
    if textual { format!("{media}; charset=utf-8") } else { media.to_string() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_files_below_the_folder_are_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let dist = folder.path().join("dist");
        fs::create_dir_all(dist.join("a b")).expect("dist");
        fs::write(folder.path().join("secret"), "").expect("written");
        fs::write(dist.join("index.html"), "").expect("written");
        fs::write(dist.join("a b/c.js"), "").expect("written");
        assert_eq!(file_for(&dist, "/"), Some(dist.join("index.html")));
        assert_eq!(file_for(&dist, "/?x=1#y"), Some(dist.join("index.html")));
        assert_eq!(file_for(&dist, "/a%20b/c.js"), Some(dist.join("a b/c.js")));
        for url in
            ["/../secret", "/%2e%2e/secret", "/a%20b/../../secret", "/none", "/a%20b/", "/%ff"]
        {
            assert_eq!(file_for(&dist, url), None, "{url}");
        }
    }

    #[test]
    fn wasm_and_text_have_their_media_types() {
        for (name, media) in [
            ("a.wasm", "application/wasm"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("index.html", "text/html; charset=utf-8"),
            ("a.svg", "image/svg+xml"),
            ("unknown", "application/octet-stream"),
        ] {
            assert_eq!(media_type(Path::new(name)), media);
        }
    }

    #[test]
    fn a_file_is_served_over_http() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("index.html"), "<p>here</p>").expect("written");
        let site = Site::local(folder.path().to_owned()).expect("served");
        let get = |path: &str| {
            let mut stream = TcpStream::connect(site.address).expect("connected");
            write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .expect("asked");
            let mut text = String::new();
            stream.read_to_string(&mut text).expect("answered");
            text
        };
        let page = get("/");
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("text/html") && page.ends_with("<p>here</p>"), "{page}");
        assert!(get("/nothing").starts_with("HTTP/1.1 404"));
        // As a browser opens them in advance: who says nothing keeps nobody waiting.
        let silent: Vec<_> =
            (0..16).map(|_| TcpStream::connect(site.address).expect("connected")).collect();
        assert!(get("/").starts_with("HTTP/1.1 200"));
        drop(silent);
    }
}
