//! `asyncio.Server`.

use super::address::Address;
use super::kernel::Fd;
use super::transport::{Protocol, Transport};
use super::watch::Network;
use crate::base_events::EventLoop;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role, handling};
use crate::tasks::sleep_at;
use std::cell::{Cell, RefCell};
use std::future::Future as StdFuture;
use std::panic::Location;
use std::rc::Rc;
use trace::{Caller, Op, ResourceId, ResourceKind, Wait};

/// Makes the protocol of a connection that is accepted.
pub(super) type Factory = Box<dyn Fn() -> Result<Rc<dyn Protocol>>>;

/// Somebody who accepts connections, made by [`start_server`](crate::start_server). Clones are
/// the same server. Follows `Server` of CPython 3.13 (`Lib/asyncio/base_events.py`), where connections
/// are closed and aborted in any order and here in the order in which they were accepted.
///
/// Python's `async with server` is [`Server::scope`], or [`Server::exit`] at its end.
///
/// ```
/// use asyncio::{self, open_connection, start_server};
/// let refused = asyncio::run(async {
///     let server = start_server(|_, _| async { Ok(()) }, "127.0.0.1", 8888).await?;
///     server.close();
///     server.wait_closed().await?;
///     open_connection("127.0.0.1", 8888).await.map(|_| ())
/// });
/// assert_eq!(
///     refused.unwrap_err().to_string(),
///     "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 8888)"
/// );
/// ```
#[derive(Clone)]
pub struct Server(pub(super) Rc<ServerState>);

pub(super) struct ServerState {
    pub(super) event_loop: Rc<EventLoop>,
    pub(super) network: Rc<Network>,
    id: ResourceId,
    /// The socket that listens, and where; `None` when closed.
    pub(super) socket: RefCell<Option<(Fd, Address)>>,
    pub(super) factory: Factory,
    pub(super) backlog: usize,
    pub(super) serving: Cell<bool>,
    serving_forever: RefCell<Option<Future<()>>>,
    clients: RefCell<Vec<Transport>>,
    /// Who waits until it is closed and the clients are gone; `None` from then on.
    waiters: RefCell<Option<Vec<Future<()>>>>,
}

impl Server {
    pub(super) fn new(
        event_loop: Rc<EventLoop>,
        network: Rc<Network>,
        socket: (Fd, Address),
        factory: Factory,
        backlog: usize,
    ) -> Self {
        Server(Rc::new(ServerState {
            id: event_loop.new_resource(ResourceKind::Server { port: socket.1.port }),
            event_loop,
            network,
            socket: RefCell::new(Some(socket)),
            factory,
            backlog,
            serving: Cell::new(false),
            serving_forever: RefCell::default(),
            clients: RefCell::default(),
            waiters: RefCell::new(Some(Vec::new())),
        }))
    }

    /// Whether it accepts connections.
    pub fn is_serving(&self) -> bool {
        self.0.serving.get()
    }

    /// Where it listens; nothing once it is closed. Python gives sockets, with `getsockname()`.
    pub fn sockets(&self) -> Vec<Address> {
        self.0.socket.borrow().iter().map(|(_, address)| address.clone()).collect()
    }

    /// Accepts connections, if it does not yet.
    ///
    /// # Errors
    /// `TypeError` when it is closed, after which CPython takes it for serving.
    #[track_caller]
    pub fn start_serving(&self) -> Coro<()> {
        let at = Location::caller();
        let server = self.clone();
        Coro::new("Server.start_serving", async move {
            server.listen()?;
            sleep_at(0.0, at).await
        })
    }

    /// Accepts connections until cancelled or closed; then closes, and waits until the connections
    /// are gone.
    #[track_caller]
    pub fn serve_forever(&self) -> Coro<()> {
        let at = Location::caller();
        let server = self.clone();
        Coro::new("Server.serve_forever", async move {
            let inner = &server.0;
            let refusal = if inner.serving_forever.borrow().is_some() {
                Some("already being awaited on serve_forever()")
            } else if !server.is_open() {
                Some("closed")
            } else {
                None
            };
            if let Some(refusal) = refusal {
                let text = format!("server {} is {refusal}", server.repr());
                return Err(Error::new("RuntimeError", text));
            }
            server.listen()?;
            let forever: Future<()> = Future::new(inner.event_loop.clone(), Role::Plain);
            *inner.serving_forever.borrow_mut() = Some(forever.clone());
            let _ends = Ends(server.clone());
            let waited = forever.wait_as(server.cause(Op::ServeForever), at).await;
            if let Some(error) = waited.as_ref().err().filter(|error| error.is_cancelled()) {
                server.close();
                handling(error, server.wait_at(at)).await?;
            }
            waited
        })
    }

    /// Accepts no more connections. Those that there are stay.
    pub fn close(&self) {
        let inner = &self.0;
        let Some((fd, _)) = inner.socket.take() else { return };
        inner.network.remove_reader(fd);
        inner.network.close(fd);
        inner.serving.set(false);
        let forever = inner.serving_forever.borrow().clone();
        if let Some(forever) = forever.filter(|forever| !forever.done()) {
            forever.cancel();
            inner.serving_forever.take();
        }
        if inner.clients.borrow().is_empty() {
            self.wake_up();
        }
    }

    /// Closes the connections, each once what was written to it is on its way.
    pub fn close_clients(&self) {
        let clients = self.0.clients.borrow().clone();
        clients.iter().for_each(Transport::close);
    }

    /// Closes the connections at once.
    pub fn abort_clients(&self) {
        let clients = self.0.clients.borrow().clone();
        for client in clients {
            // One that is attached is not gone.
            let _ = client.abort();
        }
    }

    /// Waits until it is closed and all its connections are gone.
    #[track_caller]
    pub fn wait_closed(&self) -> Coro<()> {
        let at = Location::caller();
        let server = self.clone();
        Coro::new("Server.wait_closed", async move { server.wait_at(at).await })
    }

    /// Runs `body`, closes, and waits until it is closed: `async with server`.
    ///
    /// # Errors
    /// What `body` raises, or a cancellation while it waits.
    #[track_caller]
    pub fn scope<T, F>(&self, body: impl FnOnce(Server) -> F) -> impl StdFuture<Output = Result<T>>
    where
        F: StdFuture<Output = Result<T>>,
    {
        let at = Location::caller();
        let server = self.clone();
        async move {
            let result = body(server.clone()).await;
            server.close();
            server.wait_at(at).await?;
            result
        }
    }

    /// Closes, waits until it is closed, and gives `result`: `__aexit__`.
    #[track_caller]
    pub fn exit<T: 'static>(&self, result: Result<T>) -> Coro<T> {
        let at = Location::caller();
        let server = self.clone();
        Coro::new("AbstractServer.__aexit__", async move {
            server.close();
            server.wait_at(at).await?;
            result
        })
    }

    async fn wait_at(&self, at: Caller) -> Result {
        let waiter: Future<()> = Future::new(self.0.event_loop.clone(), Role::Plain);
        match &mut *self.0.waiters.borrow_mut() {
            Some(waiters) => waiters.push(waiter.clone()),
            None => return Ok(()),
        }
        waiter.wait_as(self.cause(Op::WaitClosed), at).await
    }

    fn cause(&self, op: Op) -> Wait {
        Wait::Resource { id: self.0.id, op }
    }

    /// As Python prints it.
    fn repr(&self) -> String {
        match &*self.0.socket.borrow() {
            Some((fd, address)) => format!(
                "<Server sockets=(<asyncio.TransportSocket fd={}, family=2, type=1, proto=6, \
                 laddr={address}>,)>",
                fd.0
            ),
            None => "<Server sockets=()>".into(),
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.0.socket.borrow().is_some()
    }

    pub(super) fn attach(&self, transport: &Transport) {
        self.0.clients.borrow_mut().push(transport.clone());
    }

    pub(super) fn detach(&self, transport: &Transport) {
        self.0.clients.borrow_mut().retain(|client| client != transport);
        if self.0.clients.borrow().is_empty() && !self.is_open() {
            self.wake_up();
        }
    }

    fn wake_up(&self) {
        for waiter in self.0.waiters.take().into_iter().flatten() {
            // It is done already when whoever waits was cancelled.
            let _ = waiter.set_result(());
        }
    }
}

/// The `finally` of `serve_forever`.
struct Ends(Server);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.0.serving_forever.take();
    }
}

/// Whether the two are the same server.
impl PartialEq for Server {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
