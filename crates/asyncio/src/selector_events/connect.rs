//! `create_connection`.

use super::address::{Address, Resolved, errno, os_error, resolve, strerror};
use super::kernel::Fd;
use super::transport::{Protocol, Transport};
use super::watch::Network;
use crate::base_events::EventLoop;
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role};
use std::future::Future as StdFuture;
use std::rc::Rc;
use trace::{Caller, HandleKind, Op, Wait};

/// Connects to a host: `loop.create_connection(lambda: protocol, host, port)`.
pub(crate) async fn create_connection(
    event_loop: Rc<EventLoop>,
    protocol: Rc<dyn Protocol>,
    host: &str,
    port: u16,
    at: Caller,
) -> Result<Transport> {
    let network = Network::of(&event_loop);
    let resolved = resolve(Some(host), port, &network.kernel.borrow().config.hosts, false)?;
    let Resolved::V4(address) = resolved else {
        return Err(os_error(errno::EAFNOSUPPORT, strerror(errno::EAFNOSUPPORT)));
    };
    let fd = connect_socket(&event_loop, &network, address, at).await?;
    let waiter: Future<()> = Future::new(event_loop.clone(), Role::Plain);
    let transport = Transport::new(&event_loop, fd, protocol, &waiter, None)?;
    opened(transport, waiter.wait_as(Wait::Op(Op::Connect), at)).await
}

/// Waits until the protocol knows its transport, which is closed if that does not come about.
pub(super) async fn opened(
    transport: Transport,
    waiting: impl StdFuture<Output = Result>,
) -> Result<Transport> {
    struct Opening(Option<Transport>);
    impl Drop for Opening {
        fn drop(&mut self) {
            if let Some(transport) = self.0.take() {
                transport.close();
            }
        }
    }
    let mut opening = Opening(Some(transport.clone()));
    waiting.await?;
    opening.0.take();
    Ok(transport)
}

/// `_connect_sock` with `sock_connect`.
async fn connect_socket(
    event_loop: &Rc<EventLoop>,
    network: &Rc<Network>,
    address: Address,
    at: Caller,
) -> Result<Fd> {
    let fd = network.kernel.borrow_mut().new_socket();
    let connected: Future<()> = Future::new(event_loop.clone(), Role::Plain);
    network.kernel.borrow_mut().connect(fd, address.clone());
    {
        let (network, connected) = (network.clone(), connected.clone());
        Rc::clone(&network).add_writer(fd, move || {
            if connected.done() {
                return;
            }
            let error = network.kernel.borrow_mut().take_error(fd);
            let _ = match error {
                Some(number) => connected.set_exception(refused(number, &address)),
                None => connected.set_result(()),
            };
        });
    }
    let watching = network.clone();
    connected.when_done(HandleKind::Internal, move |_| watching.remove_writer(fd));
    let mut connecting = Connecting { network: network.clone(), fd, connected: false };
    connected.wait_as(Wait::Op(Op::Connect), at).await?;
    connecting.connected = true;
    Ok(fd)
}

/// Closes the socket unless it is connected.
struct Connecting {
    network: Rc<Network>,
    fd: Fd,
    connected: bool,
}

impl Drop for Connecting {
    fn drop(&mut self) {
        if !self.connected {
            self.network.remove_writer(self.fd);
            self.network.close(self.fd);
        }
    }
}

fn refused(number: i32, address: &Address) -> Error {
    os_error(number, &format!("Connect call failed {address}"))
}
