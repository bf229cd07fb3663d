//! The simulated network that streams go through.
//!
//! What stands here takes the place of the operating system and of asyncio's selector loop:
//!
//! - [`kernel`], [`socket`], [`wire`]: sockets in memory, and the segments between them. They know
//!   nothing of asyncio. The model is described in `xtask/oracle/NETWORK.md`; `network.py` beside it
//!   is the same in Python, event for event, below CPython's own asyncio.
//! - [`watch`]: which callbacks wait for which socket, as a selector with epoll knows it.
//! - [`connect`], [`listen`], [`server`] and [`accept`], [`transport`] with [`reading`] and [`writing`]:
//!   `create_connection`, `create_server` and `Server`, `_SelectorSocketTransport`, each in the iterations
//!   that CPython 3.13 takes.
//!
//! Unlike in CPython, a connection whose streams are all dropped stays open until it is closed.

mod accept;
mod address;
mod connect;
mod kernel;
mod listen;
mod reading;
mod server;
mod socket;
mod transport;
mod watch;
mod wire;
mod writing;

pub use address::Address;
pub use server::Server;
pub use transport::Transport;

pub(super) use connect::create_connection;
pub(super) use listen::{Listening, create_server};
pub(super) use transport::Protocol;
use watch::Network;

use crate::base_events::EventLoop;
use crate::program::Program;
use std::cell::RefCell;

/// How the simulated network of a run behaves. One machine talks to itself over a wire, where each
/// connection has a link of its own in each direction.
///
/// ```
/// use asyncio::{self, NetworkConfig, open_connection, set_network, start_server, time};
/// let time = asyncio::run(async {
///     set_network(NetworkConfig { latency: 0.25, ..NetworkConfig::default() });
///     let hello = |_reader, writer: asyncio::StreamWriter| async move {
///         writer.write(b"hello\n")?;
///         writer.close();
///         Ok(())
///     };
///     start_server(hello, "127.0.0.1", 8888).await?;
///     let (reader, _writer) = open_connection("127.0.0.1", 8888).await?;
///     assert_eq!(reader.readline().await?, b"hello\n");
///     Ok(time())
/// });
/// assert_eq!(time.unwrap(), 0.5);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkConfig {
    /// Seconds from one end to the other.
    pub latency: f64,
    /// Bytes per second in each direction of each connection; `None` without a bound.
    pub bandwidth: Option<f64>,
    /// The probability that a segment is lost, and sent again after a time-out.
    pub loss: f64,
    /// Of the generator that decides on losses: CPython's `random.Random(seed)`.
    pub seed: u64,
    /// Most bytes on their way to a reader or waiting for it outside its stream.
    pub window: usize,
    /// Most bytes in a segment.
    pub segment: usize,
    /// Names of the machine, beside its addresses.
    pub hosts: Vec<String>,
}

impl Default for NetworkConfig {
    fn default() -> Self {
        NetworkConfig {
            latency: 0.01,
            bandwidth: None,
            loss: 0.0,
            seed: 0,
            window: 65536,
            segment: 1460,
            hosts: vec!["localhost".into()],
        }
    }
}

/// Sets how the network of this run behaves, for what is sent from now on. Without it the network is
/// that of [`NetworkConfig::default`].
///
/// # Panics
/// Without a running loop.
pub fn set_network(config: NetworkConfig) {
    Network::of(&EventLoop::running()).configure(config);
}

/// Sets how the network of a program's loops behaves that do not set it themselves.
pub(super) fn set_network_of(program: &Program, config: NetworkConfig) {
    program.annexes.get::<RefCell<NetworkConfig>>().replace(config);
}
