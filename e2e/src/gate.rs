//! The one way out of a browser: it lets requests to the page's origin through and writes down all others, whoever in the
//! browser makes them, workers that no page can look into among them.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use anyhow::{Context, Result};

use crate::faulty::request_line;

/// Whom Chromium asks on its own account, whatever page is open; the last is Debian's place to begin.
const OF_THE_BROWSER: [&str; 4] =
    [".google.com", ".googleapis.com", ".gvt1.com", "start.duckduckgo.com"];

/// A proxy on this machine.
pub struct Gate {
    /// Where it is.
    pub(crate) address: String,
    refused: Arc<Mutex<Vec<String>>>,
    passed: Arc<Mutex<usize>>,
}

impl Gate {
    /// Lets only requests to the origin of a page through, whose address this is.
    pub(crate) fn before(url: &str) -> Result<Self> {
        let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let host = host.with_context(|| format!("{url} is no address of a page"))?.to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?.to_string();
        let (refused, passed) =
            (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<usize>>::default());
        let (wrote, counted) = (Arc::clone(&refused), Arc::clone(&passed));
        // It ends with the process, as the thread has nobody to tell it.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (host, wrote, counted) =
                    (host.clone(), Arc::clone(&wrote), Arc::clone(&counted));
                // A browser that has gone is no error of ours.
                thread::spawn(move || _ = pass(stream, &host, &wrote, &counted));
            }
        });
        Ok(Self { address, refused, passed })
    }

    /// The requests that it has not let through, as they were asked for.
    pub fn refused(&self) -> Vec<String> {
        self.refused.lock().map(|refused| refused.clone()).unwrap_or_default()
    }

    /// How many it has let through.
    pub fn passed(&self) -> usize {
        self.passed.lock().map(|passed| *passed).unwrap_or_default()
    }
}

/// Hands the one request of a connection on, or writes it down.
fn pass(
    mut stream: TcpStream,
    host: &str,
    refused: &Mutex<Vec<String>>,
    passed: &Mutex<usize>,
) -> io::Result<()> {
    let first = request_line(&stream)?;
    let mut words = first.split(' ');
    let (method, address) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = address.strip_prefix("http://").and_then(|rest| rest.strip_prefix(host));
    let Some(path) = path.filter(|path| method == "GET" && path.starts_with('/')) else {
        let asked = address.trim_start_matches("http://").split([':', '/']).next();
        let own = OF_THE_BROWSER.iter().any(|own| asked.is_some_and(|asked| asked.ends_with(own)));
        if let Ok(mut refused) = refused.lock()
            && !own
        {
            refused.push(format!("{method} {address}"));
        }
        return stream.write_all(
            b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    };
    if let Ok(mut passed) = passed.lock() {
        *passed += 1;
    }
    let mut server = TcpStream::connect(host)?;
    write!(server, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut all = Vec::new();
    server.read_to_end(&mut all)?;
    stream.write_all(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_is_let_through() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let page = listener.local_addr().expect("its address");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream).expect("answered");
            }
        });
        let gate = Gate::before(&format!("http://{page}/folder/")).expect("a gate");
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(&gate.address).expect("it listens");
            write!(stream, "{request} HTTP/1.1\r\n\r\n").expect("asked");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            answer
        };
        assert!(ask(&format!("GET http://{page}/a.js")).ends_with("the page"));
        for other in
            ["GET http://127.0.0.1:9/", "CONNECT course.example:443", "POST http://course.example/"]
        {
            assert!(ask(other).contains("403"), "{other}");
            assert_eq!(gate.refused().last().map(String::as_str), Some(other));
        }
        // Of the same beginning, and another host.
        assert!(ask(&format!("GET http://{page}0/")).contains("403"));
        assert_eq!((gate.passed(), gate.refused().len()), (1, 4));
    }

    fn answer(mut stream: TcpStream) -> io::Result<()> {
        request_line(&stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nthe page")
    }
}
