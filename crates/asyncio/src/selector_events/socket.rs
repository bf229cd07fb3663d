//! What a program may do with a socket.

use super::address::{Address, errno};
use super::kernel::{Fd, Kernel};
use super::wire::{Event, HANDSHAKE_RTO, SYN_TRIES};
use std::collections::VecDeque;
use trace::{EventKind, ResourceId, TaskId};

/// The number of an error; `None` where the call would have to wait (`BlockingIOError`).
pub(super) type Failed = Option<i32>;

impl Kernel {
    /// `socket.bind(address)`.
    pub fn bind(&mut self, fd: Fd, address: &Address) -> Result<(), Failed> {
        if !address.is_local() {
            return Err(Some(errno::EADDRNOTAVAIL));
        }
        let port = if address.port == 0 { self.free_port() } else { address.port };
        let address = Address::new(&address.host, port);
        if self.bound_to(&address).is_some() {
            return Err(Some(errno::EADDRINUSE));
        }
        let socket = self.socket(fd);
        socket.local = Some(address);
        socket.bound = true;
        Ok(())
    }

    /// `socket.accept()`.
    pub fn accept(&mut self, fd: Fd) -> Option<Fd> {
        self.socket(fd).queue.pop_front()
    }

    /// `socket.connect(address)`, which never ends at once.
    pub fn connect(&mut self, fd: Fd, address: Address) {
        let port = self.free_port();
        let now = self.core.time();
        let socket = self.socket(fd);
        socket.local = Some(Address::new("127.0.0.1", port));
        socket.remote =
            Some(if address.is_any() { Address::new("127.0.0.1", address.port) } else { address });
        self.send_syn(now, fd, HANDSHAKE_RTO, SYN_TRIES);
    }

    /// `socket.getsockopt(SOL_SOCKET, SO_ERROR)`: the error, once.
    pub fn take_error(&mut self, fd: Fd) -> Option<i32> {
        self.socket(fd).error.take()
    }

    /// `socket.send(data)`: puts on the link what there is room for, a segment at a time, and says
    /// how much that was.
    pub fn send(&mut self, fd: Fd, data: &[u8], task: Option<TaskId>) -> Result<usize, Failed> {
        let now = self.core.time();
        if let Some(number) = self.take_error(fd) {
            return Err(Some(number));
        }
        let (segment, limited) = (self.config.segment.max(1), self.is_limited());
        let socket = self.socket(fd);
        if socket.dead || socket.shut {
            return Err(Some(errno::EPIPE));
        }
        let (peer, link) = (socket.peer, socket.link);
        let mut sent = 0;
        while sent < data.len() && !self.socket(fd).busy && self.socket(fd).window > 0 {
            let rest = &data[sent..];
            let bytes = rest.len().min(segment).min(self.socket(fd).window);
            sent += bytes;
            self.socket(fd).window -= bytes;
            let Some(receiver) = peer else { break };
            let event = Event::Data { receiver, data: rest[..bytes].to_vec() };
            let arrival = self.send_segment(fd, now, bytes, event);
            if let Some(id) = link {
                let arrival = arrival.unwrap_or(f64::INFINITY);
                self.core.emit(|| EventKind::BytesSent { id, task, bytes, arrival });
            }
            if limited {
                self.socket(fd).busy = true;
                let free_at = self.socket(fd).free_at;
                self.at(free_at, Event::LinkFree { sender: fd });
            }
        }
        if sent == 0 && !data.is_empty() { Err(None) } else { Ok(sent) }
    }

    /// How much [`Kernel::send`] would take at most.
    pub fn room(&mut self, fd: Fd) -> usize {
        let (segment, limited) = (self.config.segment.max(1), self.is_limited());
        let socket = self.socket(fd);
        match (socket.busy, limited) {
            (true, _) => 0,
            (false, true) => socket.window.min(segment),
            (false, false) => socket.window,
        }
    }

    fn is_limited(&self) -> bool {
        self.config.bandwidth.is_some_and(|bandwidth| bandwidth != 0.0)
    }

    /// `socket.recv(size)`: nothing at the end of the data.
    pub fn recv(&mut self, fd: Fd, size: usize) -> Result<Vec<u8>, Failed> {
        let now = self.core.time();
        let socket = self.socket(fd);
        if !socket.received.is_empty() {
            let size = size.min(socket.received.len());
            let data = take(&mut socket.received, size);
            if let Some(sender) = socket.peer {
                self.at(now + self.config.latency, Event::Window { sender, size });
            }
            return Ok(data);
        }
        if socket.ended {
            return Ok(Vec::new());
        }
        match socket.error.take() {
            Some(number) => Err(Some(number)),
            None if socket.dead => Ok(Vec::new()),
            None => Err(None),
        }
    }

    /// `socket.shutdown(SHUT_WR)`: sends the end of the data.
    pub fn shutdown(&mut self, fd: Fd) -> Result<(), Failed> {
        if self.socket(fd).dead {
            return Err(Some(errno::ENOTCONN));
        }
        self.send_end(fd);
        Ok(())
    }

    /// `socket.close()`.
    pub fn close(&mut self, fd: Fd) {
        let now = self.core.time();
        let socket = self.socket(fd);
        if std::mem::replace(&mut socket.closed, true) {
            return;
        }
        (socket.bound, socket.listening) = (false, false);
        let queue: VecDeque<Fd> = std::mem::take(&mut socket.queue);
        self.forget(fd);
        for waiting in queue {
            self.socket(waiting).closed = true;
            self.send_reset(now, waiting);
        }
        let socket = self.socket(fd);
        if !socket.connected || socket.dead {
            return;
        }
        if socket.received.is_empty() {
            self.send_end(fd);
        } else {
            // What nobody has read is lost, and the sender is told.
            socket.received = VecDeque::new();
            self.send_reset(now, fd);
        }
    }

    /// Sends the end of the data, once.
    fn send_end(&mut self, fd: Fd) {
        let now = self.core.time();
        let socket = self.socket(fd);
        if let (Some(receiver), false) = (socket.peer, socket.shut) {
            socket.shut = true;
            self.send_segment(fd, now, 0, Event::End { receiver });
        }
    }

    /// `listen()`: from now on connections are accepted.
    pub fn listen(&mut self, fd: Fd) {
        self.socket(fd).listening = true;
    }

    /// The link that leads to a socket.
    pub fn link_to(&mut self, fd: Fd) -> Option<ResourceId> {
        let peer = self.socket(fd).peer?;
        self.socket(peer).link
    }
}

/// Takes bytes from the front; in pieces, for byte by byte it is slow.
fn take(bytes: &mut VecDeque<u8>, size: usize) -> Vec<u8> {
    let (front, back) = bytes.as_slices();
    let first = front.len().min(size);
    let mut taken = Vec::with_capacity(size);
    taken.extend_from_slice(&front[..first]);
    taken.extend_from_slice(&back[..size - first]);
    bytes.drain(..size);
    taken
}
