//! The page from a server whose program is late, or is refused.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// What becomes of the page's program.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    /// It is held back until [`SlowSite::let_go`].
    Held,
    /// The server has none.
    Refused,
}

/// A server that hands on what another has, but for the page's program.
pub struct SlowSite {
    /// Where it is.
    pub url: String,
    let_go: Arc<AtomicBool>,
}

impl SlowSite {
    /// Stands before the server at `url`, which is on this machine.
    pub fn before(url: &str, fate: Fate) -> Result<Self> {
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        let behind: SocketAddr =
            host.parse().with_context(|| format!("{url} is no address with a port"))?;
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let url = format!("http://{}/", listener.local_addr()?);
        let let_go = Arc::new(AtomicBool::new(false));
        let opened = Arc::clone(&let_go);
        // It ends with the process, as the thread has nobody to tell it.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let opened = Arc::clone(&opened);
                // A browser that has gone is no error of ours.
                thread::spawn(move || answer(stream, behind, fate, &opened));
            }
        });
        Ok(Self { url, let_go })
    }

    /// The program may come now.
    pub fn let_go(&self) {
        self.let_go.store(true, Ordering::Relaxed);
    }
}

/// Answers the one request of a connection.
fn answer(
    mut stream: TcpStream,
    behind: SocketAddr,
    fate: Fate,
    let_go: &AtomicBool,
) -> io::Result<()> {
    let mut request = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    request.read_line(&mut first)?;
    let mut line = String::new();
    // The rest of its head says nothing that matters.
    while request.read_line(&mut line)? > 2 {
        line.clear();
    }
    let path = first.split(' ').nth(1).unwrap_or("/");
    if path.ends_with(".wasm") {
        match fate {
            Fate::Refused => {
                let refusal =
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                return stream.write_all(refusal.as_bytes());
            }
            Fate::Held => {
                while !let_go.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(20));
                }
            }
        }
    }
    let mut server = TcpStream::connect(behind)?;
    write!(server, "GET {path} HTTP/1.1\r\nHost: {behind}\r\nConnection: close\r\n\r\n")?;
    let mut all = Vec::new();
    server.read_to_end(&mut all)?;
    stream.write_all(&all)
}
