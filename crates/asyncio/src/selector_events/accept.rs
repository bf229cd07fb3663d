//! How a server accepts connections.

use super::connect::opened;
use super::kernel::Fd;
use super::server::Server;
use super::transport::Transport;
use crate::coroutines::Coro;
use crate::exceptions::{Error, Result};
use crate::futures::{Future, Role};
use crate::tasks::create_task;
use std::future::IntoFuture;

impl Server {
    /// `_start_serving`.
    pub(super) fn listen(&self) -> Result {
        if self.0.serving.replace(true) {
            return Ok(());
        }
        let socket = self.0.socket.borrow().clone();
        let Some((fd, _)) = socket else {
            return Err(Error::new("TypeError", "'NoneType' object is not iterable"));
        };
        self.0.network.kernel.borrow_mut().listen(fd);
        let server = self.clone();
        self.0.network.add_reader(fd, move || server.accept(fd));
        Ok(())
    }

    /// `_accept_connection`: each connection gets a task that makes its transport.
    fn accept(&self, fd: Fd) {
        for _ in 0..self.0.backlog {
            let Some(accepted) = self.0.network.kernel.borrow_mut().accept(fd) else { return };
            let server = self.clone();
            create_task(Coro::new("BaseSelectorEventLoop._accept_connection2", async move {
                let accepted = server.accepted(accepted).await;
                let event_loop = &server.0.event_loop;
                if let (Err(error), true) = (accepted, event_loop.get_debug()) {
                    let message = "Error on transport creation for incoming connection";
                    event_loop.log_error(message, None, Some(&error), None);
                }
                Ok(())
            }));
        }
    }

    async fn accepted(&self, fd: Fd) -> Result {
        let inner = &self.0;
        let protocol = (inner.factory)()?;
        let waiter: Future<()> = Future::new(inner.event_loop.clone(), Role::Plain);
        let transport =
            Transport::new(&inner.event_loop, fd, protocol, &waiter, Some(self.clone()))?;
        opened(transport, waiter.into_future()).await?;
        Ok(())
    }
}
