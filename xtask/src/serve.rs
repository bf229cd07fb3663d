//! `cargo xtask serve`: builds the page and serves it.

use std::io::ErrorKind;
use std::net::{IpAddr, TcpListener};

use anyhow::{Context, Result, bail};

use crate::build;
use crate::report::say;
use crate::shell::{self, Shell};
use crate::site::Site;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_gives_way_to_the_next() {
        let host = IpAddr::from([127, 0, 0, 1]);
        let first = listen(host, 0).expect("a port");
        let taken = first.local_addr().expect("an address").port();
        let second = listen(host, taken).expect("another port");
        assert!(second.local_addr().expect("an address").port() > taken);
    }
}
