//! What the operating system holds: sockets, events to come, which sockets may be ready.

use super::address::Address;
use super::{NetworkConfig, wire};
use crate::base_events::EventLoop;
use crate::random::Random;
use executor::Core;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};
use std::rc::{Rc, Weak};
use trace::{EventKind, HandleKind, ResourceId};

/// A socket's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fd(pub usize);

/// The number of the first socket, and the first port for those who do not ask for one.
const FIRST_FD: usize = 1000;
const FIRST_PORT: u16 = 50000;

/// What a socket may be ready for, as bits.
pub(super) type Mask = u8;
pub(super) const READ: Mask = 1;
pub(super) const WRITE: Mask = 2;

/// One end of a connection, or one that listens.
pub(super) struct Socket {
    pub local: Option<Address>,
    pub remote: Option<Address>,
    pub peer: Option<Fd>,
    /// The link that leads away from it.
    pub link: Option<ResourceId>,
    pub link_closed: bool,
    /// What the selector watches it for.
    pub interest: Mask,
    // A listener's.
    pub bound: bool,
    pub listening: bool,
    pub queue: VecDeque<Fd>,
    // How far the connection is. Once dead it sends nothing and takes nothing more.
    pub connected: bool,
    pub closed: bool,
    pub dead: bool,
    pub error: Option<i32>,
    // What has come, and whether that is all.
    pub received: VecDeque<u8>,
    pub ended: bool,
    /// Bytes that the receiver has room for.
    pub window: usize,
    /// Whether a segment is being put on the link, and until when.
    pub busy: bool,
    pub free_at: f64,
    /// When the last segment arrives.
    pub last_arrival: f64,
    /// Whether the end of the data was sent.
    pub shut: bool,
    /// Whether the last try to send was in vain.
    pub mute: bool,
}

impl Socket {
    /// What a selector says of it.
    pub fn ready(&self) -> Mask {
        if self.dead {
            return READ | WRITE;
        }
        let readable = !self.queue.is_empty() || !self.received.is_empty() || self.ended;
        let writable = self.connected && !self.busy && self.window > 0;
        (Mask::from(readable) * READ) | (Mask::from(writable) * WRITE)
    }
}

/// The machine and its wire. Belongs to one loop.
pub(super) struct Kernel {
    pub core: Rc<Core>,
    pub event_loop: Weak<EventLoop>,
    pub config: NetworkConfig,
    random: Random,
    sockets: Vec<Socket>,
    due: BinaryHeap<Due>,
    scheduled: u64,
    next_port: u16,
    /// Sockets that may be ready, in the order in which they became so.
    noticed: Vec<Fd>,
}

/// An event to come.
struct Due {
    when: f64,
    seq: u64,
    event: wire::Event,
}

impl Kernel {
    pub fn new(event_loop: &Rc<EventLoop>) -> Self {
        let config = NetworkConfig::default();
        Kernel {
            core: event_loop.core.clone(),
            event_loop: Rc::downgrade(event_loop),
            random: Random::new(config.seed),
            config,
            sockets: Vec::new(),
            due: BinaryHeap::new(),
            scheduled: 0,
            next_port: FIRST_PORT,
            noticed: Vec::new(),
        }
    }

    pub fn configure(&mut self, config: NetworkConfig) {
        self.random = Random::new(config.seed);
        self.config = config;
    }

    /// The one place where chance comes in: a number in [0, 1).
    fn draw(&mut self) -> f64 {
        self.random.random()
    }

    /// Whether the segment that is being sent gets lost.
    pub fn lost(&mut self) -> bool {
        self.config.loss > 0.0 && self.draw() < self.config.loss
    }

    /// `socket.socket()`.
    pub fn new_socket(&mut self) -> Fd {
        self.sockets.push(Socket {
            local: None,
            remote: None,
            peer: None,
            link: None,
            link_closed: false,
            interest: 0,
            bound: false,
            listening: false,
            queue: VecDeque::new(),
            connected: false,
            closed: false,
            dead: false,
            error: None,
            received: VecDeque::new(),
            ended: false,
            window: self.config.window,
            busy: false,
            free_at: 0.0,
            last_arrival: 0.0,
            shut: false,
            mute: false,
        });
        Fd(FIRST_FD + self.sockets.len() - 1)
    }

    pub fn socket(&mut self, fd: Fd) -> &mut Socket {
        &mut self.sockets[fd.0 - FIRST_FD]
    }

    /// The socket that was bound to the address, or to all addresses.
    pub fn bound_to(&self, address: &Address) -> Option<Fd> {
        let place = self.sockets.iter().position(|socket| {
            socket.bound
                && socket.local.as_ref().is_some_and(|local| {
                    local.port == address.port
                        && (local.host == address.host || local.is_any() || address.is_any())
                })
        });
        place.map(|place| Fd(FIRST_FD + place))
    }

    /// A port that nobody had yet.
    pub fn free_port(&mut self) -> u16 {
        self.next_port = self.next_port.wrapping_add(1);
        self.next_port.wrapping_sub(1)
    }

    /// Lets something happen at a time. The timer only ends the loop's wait.
    pub fn at(&mut self, when: f64, event: wire::Event) {
        self.scheduled += 1;
        self.due.push(Due { when, seq: self.scheduled, event });
        self.core.call_at_as(HandleKind::Network, when, || {});
    }

    /// Lets happen what is due before `end`.
    pub fn advance(&mut self, end: f64) {
        while self.due.peek().is_some_and(|due| due.when < end) {
            if let Some(Due { when, event, .. }) = self.due.pop() {
                self.happen(when, event);
            }
        }
    }

    // What epoll does.

    /// Something has happened to a socket that may have made it ready.
    pub fn notice(&mut self, fd: Fd, mask: Mask) {
        let socket = self.socket(fd);
        if socket.interest & mask != 0 && !socket.closed && !self.noticed.contains(&fd) {
            self.noticed.push(fd);
        }
    }

    /// Watches a socket for these things from now on, and for nothing else.
    pub fn watch(&mut self, fd: Fd, interest: Mask) {
        let before = std::mem::replace(&mut self.socket(fd).interest, interest);
        if interest == 0 {
            self.forget(fd);
        } else if interest != before {
            let ready = self.socket(fd).ready();
            self.notice(fd, ready);
        }
    }

    /// A socket is closed: it will never be ready.
    pub fn forget(&mut self, fd: Fd) {
        self.noticed.retain(|other| *other != fd);
    }

    /// The sockets that are ready, and for what.
    pub fn select(&mut self, end: f64) -> Vec<(Fd, Mask)> {
        self.advance(end);
        let mut ready = Vec::new();
        for fd in std::mem::take(&mut self.noticed) {
            let socket = self.socket(fd);
            let mask = socket.ready() & socket.interest;
            if mask != 0 {
                ready.push((fd, mask));
                self.noticed.push(fd);
            }
        }
        ready
    }

    /// Says in the trace, once, that the link that leads away from a socket carries nothing more.
    pub fn close_link(&mut self, fd: Fd) {
        let socket = self.socket(fd);
        if let (Some(id), false) = (socket.link, socket.link_closed) {
            socket.link_closed = true;
            self.core.emit(|| EventKind::LinkClosed { id });
        }
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        // Reversed: the standard heap yields its greatest first.
        other.when.total_cmp(&self.when).then(other.seq.cmp(&self.seq))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Due {}
