//! `create_server`.

use super::address::{Address, Resolved, errno, os_error, resolve, strerror};
use super::kernel::Fd;
use super::server::{Factory, Server};
use super::watch::Network;
use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result, while_handling};
use crate::futures::cause_of;
use crate::tasks::gather;
use crate::tasks::sleep_at;
use std::rc::Rc;
use trace::Caller;

/// Where and how a server listens.
pub(crate) struct Listening {
    pub host: String,
    pub port: u16,
    pub backlog: usize,
    pub start_serving: bool,
}

/// Starts a server: `loop.create_server(factory, host, port)`.
pub(crate) async fn create_server(
    event_loop: Rc<EventLoop>,
    factory: Factory,
    listening: Listening,
    at: Caller,
) -> Result<Server> {
    let network = Network::of(&event_loop);
    let Listening { host, port, backlog, start_serving } = listening;
    let looking_up = network.clone();
    let lookup = Coro::new("BaseEventLoop._create_server_getaddrinfo", async move {
        let host = (!host.is_empty()).then_some(&*host);
        resolve(host, port, &looking_up.kernel.borrow().config.hosts, true)
    });
    let found = gather([lookup]);
    let cause = cause_of(&*found.0);
    let found = found.wait_as(cause, at).await?;
    let (fd, address) = bind(&network, found.first())?;
    let server = Server::new(event_loop, network, (fd, address), factory, backlog);
    if start_serving {
        server.listen()?;
        sleep_at(0.0, at).await?;
    }
    Ok(server)
}

/// A socket at the address.
fn bind(network: &Network, address: Option<&Resolved>) -> Result<(Fd, Address)> {
    let nowhere = |address: &str| {
        Err(Error::new("OSError", format!("could not bind on any address out of [{address}]")))
    };
    let address = match address {
        Some(Resolved::V4(address)) => address,
        Some(Resolved::V6(address)) => return nowhere(address),
        None => return nowhere(""),
    };
    let mut kernel = network.kernel.borrow_mut();
    let fd = kernel.new_socket();
    match kernel.bind(fd, address) {
        Ok(()) => {
            let local = kernel.socket(fd).local.clone();
            Ok((fd, local.unwrap_or_else(|| address.clone())))
        }
        Err(number) => {
            kernel.close(fd);
            let number = number.unwrap_or_default();
            if number == errno::EADDRNOTAVAIL {
                return nowhere(&address.to_string());
            }
            let reason = format!("[errno {number}] {}", strerror(number).to_lowercase());
            let text = format!("error while attempting to bind on address {address}: {reason}");
            // `raise … from None`, while the first is being handled.
            let failed = os_error(number, strerror(number));
            Err(while_handling(&failed, || os_error(number, &text)).from_cause(None))
        }
    }
}
