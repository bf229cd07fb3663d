//! A folder served over HTTP.

use std::fs::File;
use std::io::{self, Cursor};
use std::net::{SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Result, anyhow};
use percent_encoding::percent_decode_str;
use socket2::SockRef;
use tiny_http::{Header, Method, Request, Response, Server};

/// A folder being served.
pub struct Site {
    /// Where it is served.
    pub address: SocketAddr,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Site {
    /// Serves `folder` on any free port of this machine.
    pub fn local(folder: PathBuf) -> Result<Self> {
        Self::new(folder, TcpListener::bind(("127.0.0.1", 0))?)
    }

    /// Serves `folder` through `listener`.
    pub fn new(folder: PathBuf, listener: TcpListener) -> Result<Self> {
        let address = listener.local_addr()?;
        // What it accepts inherits this. The server sends head and body apart: without it each small answer waits 40 ms.
        SockRef::from(&listener).set_tcp_nodelay(true)?;
        let server = Server::from_listener(listener, None)
            .map_err(|error| anyhow!("cannot serve: {error}"))?;
        let server = Arc::new(server);
        let folder = Arc::new(folder);
        let threads = (0..4)
            .map(|_| {
                let (server, folder) = (Arc::clone(&server), Arc::clone(&folder));
                thread::spawn(move || {
                    for request in server.incoming_requests() {
                        // A browser that went away mid-answer is no error of ours.
                        let _ = answer(&folder, request);
                    }
                })
            })
            .collect();
        Ok(Self { address, threads })
    }

    /// Waits until the server ends, which is when the process does.
    pub fn join(self) {
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

/// Answers one request with a file, or says that there is none.
fn answer(folder: &Path, request: Request) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(plain(405, "Only GET and HEAD are answered here.\n"));
    }
    let Some(path) = file_for(folder, request.url()) else {
        return request.respond(plain(404, "There is no such file.\n"));
    };
    match File::open(&path) {
        Ok(file) => {
            let response = Response::from_file(file)
                // Always with its length, so that a browser can tell a cut answer.
                .with_chunked_threshold(usize::MAX)
                .with_header(header("Content-Type", &media_type(&path)))
                .with_header(header("Cache-Control", "no-cache"));
            request.respond(response)
        }
        Err(_) => request.respond(plain(404, "There is no such file.\n")),
    }
}

/// A short answer of text.
fn plain(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    Response::from_string(text).with_status_code(status)
}

/// A header of an answer; both parts are ours, and plain ASCII.
fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("a header of plain ASCII")
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
    use std::io::{Read, Write};
    use std::net::TcpStream;

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
    }
}
