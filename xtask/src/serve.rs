//! `cargo xtask serve`: builds the page and serves it.

use std::fs::File;
use std::io::{self, Cursor, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::build;
use crate::report::say;
use crate::shell::{self, Shell};

/// How many ports are tried, from the one asked for on.
const TRIES: u16 = 50;

/// Build the page for release, serve it, and print its address.
///
/// Sets up what `build` does, where missing. Where the port is taken the next free one is used. In a
/// container give `--host 0.0.0.0`, and publish the port. Ends with Ctrl-C.
#[derive(clap::Args)]
pub struct Args {
    /// The port to serve on, or the next free one after it
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on; 0.0.0.0 for every interface, as a container needs
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Build without optimization, and again whenever a file changes (`trunk serve`)
    #[arg(long)]
    dev: bool,
}

/// Builds the page and serves it until stopped.
pub fn main(shell: &Shell, args: &Args) -> Result<()> {
    let optimize = build::set_up(shell)?;
    if args.dev {
        // Let go before Trunk takes it.
        let port = listen(args.host, args.port)?.local_addr()?.port();
        announce(args, port);
        return shell::run(build::trunk(shell, "serve").args([
            "--address",
            &args.host.to_string(),
            "--port",
            &port.to_string(),
        ]));
    }
    build::page(shell, optimize)?;
    let server = Site::new(build::dist(shell), listen(args.host, args.port)?)?;
    announce(args, server.address.port());
    server.join();
    Ok(())
}

/// Says where the page is, and why not where it was asked for.
fn announce(args: &Args, port: u16) {
    if port != args.port && args.port != 0 {
        say(format_args!("Port {} is taken, so {port} it is.", args.port));
    }
    let host = match args.host {
        any if any.is_unspecified() => "localhost".to_owned(),
        IpAddr::V6(v6) => format!("[{v6}]"),
        IpAddr::V4(v4) => v4.to_string(),
    };
    say(format_args!("Coroscope: http://{host}:{port}/  (Ctrl-C ends it)"));
}

/// Takes the port, or the next one that is free.
fn listen(host: IpAddr, port: u16) -> Result<TcpListener> {
    let last = port.saturating_add(TRIES);
    for port in port..=last {
        match TcpListener::bind((host, port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            other => return other.with_context(|| format!("cannot listen on {host}, port {port}")),
        }
    }
    bail!("every port from {port} to {last} is taken; give another with --port");
}

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
    fn new(folder: PathBuf, listener: TcpListener) -> Result<Self> {
        let address = listener.local_addr()?;
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
    fn join(self) {
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
fn file_for(folder: &Path, url: &str) -> Option<PathBuf> {
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
    fn a_taken_port_gives_way_to_the_next() {
        let host = IpAddr::from([127, 0, 0, 1]);
        let first = listen(host, 0).expect("a port");
        let taken = first.local_addr().expect("an address").port();
        let second = listen(host, taken).expect("another port");
        assert!(second.local_addr().expect("an address").port() > taken);
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
