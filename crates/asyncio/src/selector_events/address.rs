//! Addresses, and names that stand for them.

use crate::exceptions::{Error, Exception, Result, repr_str};
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::rc::Rc;

/// The address of a socket. It reads as Python prints it.
///
/// ```
/// use asyncio::{self, start_server};
/// let server = asyncio::run(async {
///     start_server(|_, _| async { Ok(()) }, "localhost", 8888).await
/// });
/// let names: Vec<_> = server.unwrap().sockets().iter().map(ToString::to_string).collect();
/// assert_eq!(names, ["('127.0.0.1', 8888)"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The host, as a number.
    pub host: Rc<str>,
    /// The port.
    pub port: u16,
}

impl Address {
    pub(super) fn new(host: &str, port: u16) -> Self {
        Address { host: host.into(), port }
    }

    /// Whether somebody answers there, if only to refuse.
    pub(super) fn is_local(&self) -> bool {
        self.host.starts_with("127.") || self.is_any()
    }

    /// Whether it stands for every address of the machine.
    pub(super) fn is_any(&self) -> bool {
        &*self.host == "0.0.0.0"
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {})", repr_str(&self.host), self.port)
    }
}

/// What a host and a port come to.
#[derive(Clone)]
pub(super) enum Resolved {
    V4(Address),
    /// The machine has no IPv6; how Python prints the address.
    V6(String),
}

/// `_ensure_resolved`, where names are known at once.
pub(super) fn resolve(
    host: Option<&str>,
    port: u16,
    hosts: &[String],
    passive: bool,
) -> Result<Resolved> {
    let Some(host) = host else {
        let host = if passive { "0.0.0.0" } else { "127.0.0.1" };
        return Ok(Resolved::V4(Address::new(host, port)));
    };
    if host.parse::<Ipv4Addr>().is_ok() {
        return Ok(Resolved::V4(Address::new(host, port)));
    }
    if host.parse::<Ipv6Addr>().is_ok() {
        return Ok(Resolved::V6(format!("({}, {port}, 0, 0)", repr_str(host))));
    }
    if hosts.iter().any(|name| name == host) {
        return Ok(Resolved::V4(Address::new("127.0.0.1", port)));
    }
    let error = Exception::os("gaierror", -2, "Name or service not known");
    Err(Error::from(error).raised())
}

/// Numbers of the errors that the network knows.
pub(super) mod errno {
    pub const EPIPE: i32 = 32;
    pub const EAFNOSUPPORT: i32 = 97;
    pub const EADDRINUSE: i32 = 98;
    pub const EADDRNOTAVAIL: i32 = 99;
    pub const ECONNRESET: i32 = 104;
    pub const ENOTCONN: i32 = 107;
    pub const ETIMEDOUT: i32 = 110;
    pub const ECONNREFUSED: i32 = 111;
}

/// The text of `os.strerror`.
pub(super) fn strerror(number: i32) -> &'static str {
    match number {
        errno::EPIPE => "Broken pipe",
        errno::EAFNOSUPPORT => "Address family not supported by protocol",
        errno::EADDRINUSE => "Address already in use",
        errno::EADDRNOTAVAIL => "Cannot assign requested address",
        errno::ECONNRESET => "Connection reset by peer",
        errno::ENOTCONN => "Transport endpoint is not connected",
        errno::ETIMEDOUT => "Connection timed out",
        errno::ECONNREFUSED => "Connection refused",
        _ => "Unknown error",
    }
}

/// `OSError(number, text)`, which picks the class by the number.
pub(super) fn os_error(number: i32, text: &str) -> Error {
    let type_name = match number {
        errno::EPIPE => "BrokenPipeError",
        errno::ECONNRESET => "ConnectionResetError",
        errno::ETIMEDOUT => "TimeoutError",
        errno::ECONNREFUSED => "ConnectionRefusedError",
        _ => "OSError",
    };
    Error::from(Exception::os(type_name, number, text)).raised()
}
