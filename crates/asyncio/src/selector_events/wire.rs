//! Segments: how they are sent, and what happens when they arrive.

use super::address::errno;
use super::kernel::{Fd, Kernel, READ, WRITE};
use trace::{EventKind, ResourceKind};

/// How often a segment is sent before the sender gives up: `tcp_syn_retries`, `tcp_synack_retries`
/// and `tcp_retries2` of Linux, and one for the first time.
pub(super) const SYN_TRIES: u32 = 7;
const SYN_ACK_TRIES: u32 = 6;
const DATA_TRIES: u32 = 16;

/// Seconds before a segment is sent again: at first in a handshake, at least beyond a round trip, at
/// most.
pub(super) const HANDSHAKE_RTO: f64 = 1.0;
const MIN_RTO: f64 = 0.2;
const MAX_RTO: f64 = 120.0;

/// What may happen in the network.
pub(super) enum Event {
    /// It is time to ask for a connection again.
    SendSyn { client: Fd, rto: f64, tries: u32 },
    /// Somebody asks for a connection.
    Syn { client: Fd },
    /// The connection was accepted.
    SynAck { client: Fd },
    /// Bytes arrive.
    Data { receiver: Fd, data: Vec<u8> },
    /// The end of the data arrives.
    End { receiver: Fd },
    /// The sender learns that bytes of it have been read.
    Window { sender: Fd, size: usize },
    /// The last segment is on its way: there is room for the next.
    LinkFree { sender: Fd },
    /// There is no connection any more, or never was.
    Reset { receiver: Fd },
    /// Nobody answered, however often it was tried.
    TimeOut { sender: Fd },
}

impl Kernel {
    /// What an event does at the time when it was due.
    pub fn happen(&mut self, when: f64, event: Event) {
        match event {
            Event::SendSyn { client, rto, tries } => self.send_syn(when, client, rto, tries),
            Event::Syn { client } => self.syn_arrives(when, client),
            Event::SynAck { client } => self.syn_ack_arrives(when, client),
            Event::Data { receiver, data } => self.data_arrive(when, receiver, &data),
            Event::End { receiver } => self.end_arrives(receiver),
            Event::Window { sender, size } => {
                self.socket(sender).window += size;
                self.notice(sender, WRITE);
            }
            Event::LinkFree { sender } => {
                self.socket(sender).busy = false;
                self.notice(sender, WRITE);
            }
            Event::Reset { receiver } => self.reset_arrives(receiver),
            Event::TimeOut { sender } => self.time_out(sender),
        }
    }

    /// Sends a segment: when it arrives, or `None` after the last try in vain.
    fn transmit(
        &mut self,
        sender: Fd,
        when: f64,
        size: usize,
        rto: f64,
        tries: u32,
    ) -> Option<f64> {
        let (latency, bandwidth) = (self.core.vary(self.config.latency), self.config.bandwidth);
        let socket = self.socket(sender);
        let start = when.max(socket.free_at);
        socket.free_at = match bandwidth {
            Some(bandwidth) if bandwidth != 0.0 => start + size as f64 / bandwidth,
            _ => start,
        };
        let (mut sent, mut rto) = (socket.free_at, rto);
        for _ in 0..tries {
            if !self.lost() {
                let socket = self.socket(sender);
                socket.last_arrival = (sent + latency).max(socket.last_arrival);
                return Some(socket.last_arrival);
            }
            sent += rto;
            rto = (rto * 2.0).min(MAX_RTO);
        }
        self.socket(sender).mute = true;
        self.at(sent, Event::TimeOut { sender });
        None
    }

    /// Sends data or their end; `event` is their arrival. Says when that will be.
    pub fn send_segment(
        &mut self,
        sender: Fd,
        when: f64,
        size: usize,
        event: Event,
    ) -> Option<f64> {
        if self.socket(sender).mute {
            return None;
        }
        let rto = MIN_RTO + 2.0 * self.config.latency;
        let arrival = self.transmit(sender, when, size, rto, DATA_TRIES)?;
        self.at(arrival, event);
        Some(arrival)
    }

    /// The client asks for a connection.
    pub fn send_syn(&mut self, when: f64, client: Fd, rto: f64, tries: u32) {
        if self.socket(client).closed {
            return;
        }
        let lost = self.lost();
        if lost || !self.socket(client).remote.as_ref().is_some_and(|remote| remote.is_local()) {
            let event = if tries > 1 {
                Event::SendSyn { client, rto: rto * 2.0, tries: tries - 1 }
            } else {
                Event::TimeOut { sender: client }
            };
            self.at(when + rto, event);
        } else {
            self.at(when + self.core.vary(self.config.latency), Event::Syn { client });
        }
    }

    /// The server's machine accepts, or refuses where nobody listens.
    fn syn_arrives(&mut self, when: f64, client: Fd) {
        let (local, remote) =
            (self.socket(client).local.clone(), self.socket(client).remote.clone());
        let listener = remote.as_ref().and_then(|address| self.bound_to(address));
        let listener = listener.filter(|listener| self.socket(*listener).listening);
        let Some(listener) = listener else {
            self.at(when + self.config.latency, Event::Reset { receiver: client });
            return;
        };
        let server = self.new_socket();
        let event_loop = self.event_loop.upgrade();
        let link = |outward| {
            let event_loop = event_loop.as_ref()?;
            Some(event_loop.new_resource(ResourceKind::Link { outward }))
        };
        let (outward, inward) = (link(true), link(false));
        let socket = self.socket(client);
        (socket.peer, socket.link) = (Some(server), outward);
        let socket = self.socket(server);
        (socket.local, socket.remote) = (remote, local);
        (socket.peer, socket.link) = (Some(client), inward);
        socket.connected = true;
        self.socket(listener).queue.push_back(server);
        self.notice(listener, READ);
        if let Some(arrival) = self.transmit(server, when, 0, HANDSHAKE_RTO, SYN_ACK_TRIES) {
            self.at(arrival, Event::SynAck { client });
        }
    }

    /// The client is connected, unless it has gone.
    fn syn_ack_arrives(&mut self, when: f64, client: Fd) {
        let socket = self.socket(client);
        if socket.closed {
            self.send_reset(when, client);
        } else if !socket.dead {
            socket.connected = true;
            self.notice(client, WRITE);
        }
    }

    /// Bytes are there to be read; nobody wants them of a socket that is closed.
    fn data_arrive(&mut self, when: f64, receiver: Fd, data: &[u8]) {
        let socket = self.socket(receiver);
        if socket.closed {
            self.send_reset(when, receiver);
        } else if !socket.dead {
            socket.received.extend(data);
            if let Some(id) = self.link_to(receiver) {
                self.core.emit(|| EventKind::BytesArrived { id, bytes: data.len() });
            }
            self.notice(receiver, READ);
        }
    }

    /// The other side will send nothing more.
    fn end_arrives(&mut self, receiver: Fd) {
        if self.socket(receiver).dead {
            return;
        }
        self.socket(receiver).ended = true;
        if let Some(peer) = self.socket(receiver).peer {
            self.close_link(peer);
        }
        self.notice(receiver, READ);
    }

    /// Tells the other side that there is no connection any more.
    pub fn send_reset(&mut self, when: f64, sender: Fd) {
        let socket = self.socket(sender);
        if let (Some(receiver), false) = (socket.peer, socket.dead) {
            socket.dead = true;
            let sent = when.max(socket.free_at);
            self.at(sent + self.config.latency, Event::Reset { receiver });
        }
    }

    fn reset_arrives(&mut self, receiver: Fd) {
        let socket = self.socket(receiver);
        let number = if !socket.connected {
            errno::ECONNREFUSED
        } else if socket.ended {
            errno::EPIPE
        } else {
            errno::ECONNRESET
        };
        self.fail(receiver, number);
    }

    fn time_out(&mut self, sender: Fd) {
        self.fail(sender, errno::ETIMEDOUT);
        if let Some(peer) = self.socket(sender).peer
            && !self.socket(peer).connected
        {
            self.fail(peer, errno::ETIMEDOUT);
        }
    }

    /// The connection is lost for this side.
    fn fail(&mut self, fd: Fd, number: i32) {
        self.close_link(fd);
        if let Some(peer) = self.socket(fd).peer {
            self.close_link(peer);
        }
        let socket = self.socket(fd);
        if !socket.dead {
            socket.dead = true;
            socket.error = Some(number);
            self.notice(fd, READ | WRITE);
        }
    }
}
