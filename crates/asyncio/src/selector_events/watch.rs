//! The network of a run: the kernel, and which callbacks wait for which of its sockets.

use super::NetworkConfig;
use super::kernel::{Fd, Kernel, Mask, READ, WRITE};
use super::transport::{Transport, WeakTransport};
use crate::base_events::EventLoop;
use crate::contextvars::Context;
use crate::program::Program;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use trace::HandleKind;

/// What an `EventLoop` has of the network. Follows `_add_reader` and its like in CPython 3.13
/// (`Lib/asyncio/selector_events.py`).
pub(crate) struct Network {
    pub(super) kernel: RefCell<Kernel>,
    watched: RefCell<BTreeMap<Fd, [Option<Rc<Watcher>>; 2]>>,
    /// To free what refers to each other when the run is dropped.
    transports: RefCell<Vec<WeakTransport>>,
}

/// A callback for whenever a socket is ready.
struct Watcher {
    callback: Box<dyn Fn()>,
    context: Context,
    cancelled: Cell<bool>,
}

/// Which of the two callbacks of a socket.
#[derive(Clone, Copy)]
enum Side {
    Reader,
    Writer,
}

impl Side {
    fn mask(self) -> Mask {
        match self {
            Side::Reader => READ,
            Side::Writer => WRITE,
        }
    }
}

impl Network {
    /// The network of a loop.
    pub fn of(event_loop: &Rc<EventLoop>) -> Rc<Network> {
        let made = || {
            let network = Rc::new(Network {
                kernel: RefCell::new(Kernel::new(event_loop)),
                watched: RefCell::default(),
                transports: RefCell::default(),
            });
            if let Some(program) = Program::current() {
                network.configure(program.annexes.get::<RefCell<NetworkConfig>>().borrow().clone());
            }
            let owned = Owned(network.clone());
            event_loop.core.set_poll(move |end, take| owned.0.select(end, take));
            network
        };
        event_loop.annexes.get_or_init(made)
    }

    pub fn configure(&self, config: NetworkConfig) {
        self.kernel.borrow_mut().configure(config);
    }

    /// Whether sockets are ready; with `take` their callbacks are scheduled, in the order in which they
    /// became so.
    fn select(&self, end: f64, take: bool) -> bool {
        let ready = self.kernel.borrow_mut().select(end);
        if !take {
            return !ready.is_empty();
        }
        let any = !ready.is_empty();
        let core = self.kernel.borrow().core.clone();
        for (fd, mask) in ready {
            let watchers = self.watched.borrow().get(&fd).cloned().unwrap_or_default();
            for (watcher, bit) in watchers.into_iter().zip([READ, WRITE]) {
                if let (Some(watcher), true) = (watcher, mask & bit != 0) {
                    core.call_soon_as(HandleKind::Network, move || {
                        if !watcher.cancelled.get() {
                            watcher.context.enter(|| (watcher.callback)());
                        }
                    });
                }
            }
        }
        any
    }

    /// Calls `callback` in each iteration at whose beginning there is something to read.
    pub(super) fn add_reader(&self, fd: Fd, callback: impl Fn() + 'static) {
        self.add(fd, Side::Reader, callback);
    }

    /// Calls `callback` in each iteration at whose beginning there is room to write.
    pub(super) fn add_writer(&self, fd: Fd, callback: impl Fn() + 'static) {
        self.add(fd, Side::Writer, callback);
    }

    pub(super) fn remove_reader(&self, fd: Fd) {
        self.remove(fd, Side::Reader);
    }

    pub(super) fn remove_writer(&self, fd: Fd) {
        self.remove(fd, Side::Writer);
    }

    fn add(&self, fd: Fd, side: Side, callback: impl Fn() + 'static) {
        let (callback, context) = (Box::new(callback), Context::copied());
        let watcher = Watcher { callback, context, cancelled: Cell::new(false) };
        self.replace(fd, side, Some(Rc::new(watcher)));
    }

    fn remove(&self, fd: Fd, side: Side) {
        if self.watched.borrow().contains_key(&fd) {
            self.replace(fd, side, None);
        }
    }

    fn replace(&self, fd: Fd, side: Side, watcher: Option<Rc<Watcher>>) {
        let before = {
            let mut watched = self.watched.borrow_mut();
            let both = watched.entry(fd).or_default();
            let before = std::mem::replace(&mut both[side as usize], watcher);
            let interest = [Side::Reader, Side::Writer].into_iter();
            let interest =
                interest.filter(|side| both[*side as usize].is_some()).map(Side::mask).sum();
            if interest == 0 {
                watched.remove(&fd);
            }
            self.kernel.borrow_mut().watch(fd, interest);
            before
        };
        // Freed when nothing is borrowed: what the callback holds may come back here.
        if let Some(before) = before {
            before.cancelled.set(true);
        }
    }

    pub(super) fn remember(&self, transport: WeakTransport) {
        self.transports.borrow_mut().push(transport);
    }

    /// `socket.close()`.
    pub(super) fn close(&self, fd: Fd) {
        self.kernel.borrow_mut().close(fd);
    }
}

/// Frees what a network holds when the run that it belongs to ends.
struct Owned(Rc<Network>);

impl Drop for Owned {
    fn drop(&mut self) {
        let watched = std::mem::take(&mut *self.0.watched.borrow_mut());
        let transports = std::mem::take(&mut *self.0.transports.borrow_mut());
        for transport in transports.iter().filter_map(Transport::upgrade) {
            transport.disconnect();
        }
        drop(watched);
    }
}
