"""A network in memory, below CPython's own asyncio.

What stands here takes the place of the operating system: stream sockets, the part of
`select` that watches them, and name resolution. Everything above is CPython's, unchanged:
`create_connection`, `create_server`, `Server`, the selector transport, and `asyncio.streams`.
NETWORK.md next to this file says how the network behaves; `src/asyncio/network` is the same
in Rust, event for event.

A loop that derives from `Loop`, with a selector that derives from `Selector`, has a network;
`install()` once per process lets asyncio make sockets of it.
"""

import asyncio
import asyncio.base_events
import asyncio.streams
import collections
import errno
import heapq
import os
import random
import selectors
import socket

# What a network may be told: the parameters of `Network`.
PARAMETERS = {"latency", "bandwidth", "loss", "seed", "window", "segment", "hosts"}
# Numbers of files from here on are sockets of the network.
FIRST_FD = 1000
# Ports from here on are given to those who do not ask for one.
FIRST_PORT = 50000
# How often a segment is sent before the sender gives up: tcp_syn_retries, tcp_synack_retries
# and tcp_retries2 of Linux, and one for the first time.
SYN_TRIES, SYN_ACK_TRIES, DATA_TRIES = 7, 6, 16
# Seconds before it is sent again: at first in a handshake, at least beyond a round trip, at most.
HANDSHAKE_RTO, MIN_RTO, MAX_RTO = 1.0, 0.2, 120.0


def os_error(number):
    """The exception for an error number, as the socket module raises it."""
    return OSError(number, os.strerror(number))


def arrives():
    """What a timer is for at whose time something comes through the wire: the loop's next look at its sockets finds it."""


class Network:
    """One machine that talks to itself over a wire; belongs to one loop."""

    def __init__(
        self, loop, latency=0.01, bandwidth=None, loss=0.0, seed=0, window=65536, segment=1460, hosts=("localhost",),
    ):
        self.loop = loop
        self.latency = latency
        self.bandwidth = bandwidth
        self.loss = loss
        self.draw = random.Random(seed).random
        self.window = window
        self.segment = max(1, segment)
        self.hosts = hosts
        self.sockets = []
        self.events = []
        self.sequence = 0
        self.next_port = FIRST_PORT
        self.selector = loop._selector
        self.notice = self.selector.notice

    def at(self, when, action, *arguments):
        """Let `action(when, …)` happen then. The timer only ends the loop's wait."""
        self.sequence += 1
        heapq.heappush(self.events, (when, self.sequence, action, arguments))
        self.loop.call_at(when, arrives)

    def advance(self):
        """Let happen what is due."""
        if not self.events:
            return
        end = self.loop.time() + self.loop._clock_resolution
        while self.events and self.events[0][0] < end:
            when, _, action, arguments = heapq.heappop(self.events)
            action(when, *arguments)

    def lost(self):
        """Whether the segment that is being sent gets lost."""
        return self.loss > 0 and self.draw() < self.loss

    # Names.

    def resolve(self, host, port, passive):
        """The one address of a host."""
        if host is None:
            return ("0.0.0.0" if passive else "127.0.0.1", port)
        if host in self.hosts:
            return ("127.0.0.1", port)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def is_local(self, address):
        """Whether somebody answers there, if only to refuse."""
        return address[0].startswith("127.") or address[0] == "0.0.0.0"

    def bound_to(self, address):
        """The socket that was bound to the address, or to all addresses."""
        for sock in self.sockets:
            if sock.bound and sock.local[1] == address[1]:
                if sock.local[0] == address[0] or "0.0.0.0" in (sock.local[0], address[0]):
                    return sock
        return None

    def free_port(self):
        """A port that nobody had yet."""
        self.next_port += 1
        return self.next_port - 1

    # Segments.

    def transmit(self, sender, when, size, rto, tries):
        """Send a segment of `size` bytes: when it arrives, or None after the last try in vain."""
        start = max(when, sender.free_at)
        sender.free_at = start + size / self.bandwidth if self.bandwidth else start
        sent = sender.free_at
        for _ in range(tries):
            if not self.lost():
                sender.last_arrival = max(sent + self.latency, sender.last_arrival)
                return sender.last_arrival
            sent += rto
            rto = min(rto * 2, MAX_RTO)
        sender.mute = True
        self.at(sent, self.time_out, sender)
        return None

    def send_segment(self, sender, when, size, action, *arguments):
        """Send data or their end; `action` is what their arrival does. Says when that will be."""
        if sender.mute:
            return None
        arrival = self.transmit(sender, when, size, MIN_RTO + 2 * self.latency, DATA_TRIES)
        if arrival is not None:
            self.at(arrival, action, *arguments)
        return arrival

    def send_syn(self, when, client, rto, tries):
        """The client asks for a connection."""
        if client.closed:
            return
        if self.lost() or not self.is_local(client.remote):
            action, arguments = (self.send_syn, (client, rto * 2, tries - 1)) if tries > 1 else (self.time_out, (client,))
            self.at(when + rto, action, *arguments)
        else:
            self.at(when + self.latency, self.syn_arrives, client)

    def syn_arrives(self, when, client):
        """The server's machine accepts, or refuses where nobody listens."""
        listener = self.bound_to(client.remote)
        if listener is None or not listener.listening:
            self.at(when + self.latency, self.reset_arrives, client)
            return
        server = Socket(self)
        server.local, server.remote, server.peer = client.remote, client.local, client
        server.connected = True
        client.peer = server
        listener.queue.append(server)
        self.notice(listener, selectors.EVENT_READ)
        arrival = self.transmit(server, when, 0, HANDSHAKE_RTO, SYN_ACK_TRIES)
        if arrival is not None:
            self.at(arrival, self.syn_ack_arrives, client)

    def syn_ack_arrives(self, when, client):
        """The client is connected, unless it has gone."""
        if client.closed:
            self.send_reset(when, client)
        elif not client.dead:
            client.connected = True
            self.notice(client, selectors.EVENT_WRITE)

    def data_arrive(self, when, receiver, data):
        """Bytes are there to be read; nobody wants them of a socket that is closed."""
        if receiver.closed:
            self.send_reset(when, receiver)
        elif not receiver.dead:
            receiver.received += data
            self.notice(receiver, selectors.EVENT_READ)

    def end_arrives(self, when, receiver):
        """The other side will send nothing more."""
        if not receiver.dead:
            receiver.ended = True
            self.notice(receiver, selectors.EVENT_READ)

    def window_opens(self, when, sender, size):
        """The sender learns that bytes of it have been read."""
        sender.window += size
        self.notice(sender, selectors.EVENT_WRITE)

    def link_is_free(self, when, sender):
        """The last segment is on its way: there is room for the next."""
        sender.busy = False
        self.notice(sender, selectors.EVENT_WRITE)

    def send_reset(self, when, sender):
        """Tell the other side that there is no connection any more."""
        if not sender.dead:
            sender.dead = True
            self.at(max(when, sender.free_at) + self.latency, self.reset_arrives, sender.peer)

    def reset_arrives(self, when, receiver):
        """There is no connection any more, or never was."""
        number = errno.ECONNRESET
        if not receiver.connected:
            number = errno.ECONNREFUSED
        elif receiver.ended:
            number = errno.EPIPE
        self.fail(receiver, number)

    def time_out(self, when, sender):
        """Nobody answered, however often it was tried."""
        self.fail(sender, errno.ETIMEDOUT)
        if sender.peer is not None and not sender.peer.connected:
            self.fail(sender.peer, errno.ETIMEDOUT)

    def fail(self, sock, number):
        """The connection is lost for this side."""
        if not sock.dead:
            sock.dead = True
            sock.error = number
            self.notice(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)


class Socket:
    """One end of a connection, or one that listens: what asyncio needs of `socket.socket`."""

    family = socket.AF_INET
    type = socket.SOCK_STREAM
    proto = socket.IPPROTO_TCP

    def __init__(self, network):
        self.network = network
        self.fd = FIRST_FD + len(network.sockets)
        network.sockets.append(self)
        self.local = self.remote = self.peer = None
        # A listener's.
        self.bound = self.listening = False
        self.queue = collections.deque()
        # How far the connection is. Once dead it sends nothing and takes nothing more.
        self.connected = self.closed = self.dead = False
        self.error = 0
        # What has come, and whether that is all.
        self.received = bytearray()
        self.ended = False
        # What leaves: bytes the receiver has room for, whether a segment is being put on the
        # link, until when, the arrival of the last one, whether the end was sent, whether
        # the last try was in vain.
        self.window = network.window
        self.busy = False
        self.free_at = self.last_arrival = 0.0
        self.shut = self.mute = False

    def ready(self):
        """What a selector says of it."""
        if self.dead:
            return selectors.EVENT_READ | selectors.EVENT_WRITE
        mask = 0
        if self.queue or self.received or self.ended:
            mask |= selectors.EVENT_READ
        if self.connected and not self.busy and self.window > 0:
            mask |= selectors.EVENT_WRITE
        return mask

    def fileno(self):
        return -1 if self.closed else self.fd

    def setblocking(self, flag):
        pass

    def gettimeout(self):
        return 0.0

    def setsockopt(self, *arguments):
        pass

    def getsockopt(self, level, option):
        """The error, once."""
        number, self.error = self.error, 0
        return number if option == socket.SO_ERROR else 0

    def getsockname(self):
        return self.local or ("0.0.0.0", 0)

    def getpeername(self):
        if self.remote is None:
            raise os_error(errno.ENOTCONN)
        return self.remote

    def bind(self, address):
        host, port = address
        if not self.network.is_local(address):
            raise os_error(errno.EADDRNOTAVAIL)
        if port == 0:
            port = self.network.free_port()
        if self.network.bound_to((host, port)) is not None:
            raise os_error(errno.EADDRINUSE)
        self.local = (host, port)
        self.bound = True

    def listen(self, backlog):
        self.listening = True

    def accept(self):
        if not self.queue:
            raise os_error(errno.EAGAIN)
        sock = self.queue.popleft()
        return sock, sock.remote

    def connect(self, address):
        if self.local is None:
            self.local = ("127.0.0.1", self.network.free_port())
        self.remote = ("127.0.0.1", address[1]) if address[0] == "0.0.0.0" else address
        self.network.send_syn(self.network.loop.time(), self, HANDSHAKE_RTO, SYN_TRIES)
        raise os_error(errno.EINPROGRESS)

    def send(self, data):
        """Put on the link what there is room for, a segment at a time."""
        network, now = self.network, self.network.loop.time()
        if self.error:
            number, self.error = self.error, 0
            raise os_error(number)
        if self.dead or self.shut:
            raise os_error(errno.EPIPE)
        data = bytes(data)
        sent = 0
        while sent < len(data) and not self.busy and self.window > 0:
            piece = data[sent:sent + min(network.segment, self.window)]
            sent += len(piece)
            self.window -= len(piece)
            network.send_segment(self, now, len(piece), network.data_arrive, self.peer, piece)
            if network.bandwidth:
                self.busy = True
                network.at(self.free_at, network.link_is_free, self)
        if data and not sent:
            raise os_error(errno.EAGAIN)
        return sent

    def sendmsg(self, buffers):
        return self.send(b"".join(buffers))

    def recv(self, size):
        if self.received:
            data = bytes(self.received[:size])
            del self.received[:size]
            self.network.at(
                self.network.loop.time() + self.network.latency, self.network.window_opens, self.peer, len(data),
            )
            return data
        if self.ended:
            return b""
        if self.error:
            number, self.error = self.error, 0
            raise os_error(number)
        if self.dead:
            return b""
        raise os_error(errno.EAGAIN)

    def recv_into(self, buffer):
        """As protocols want it that have a buffer of their own."""
        data = self.recv(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def shutdown(self, how):
        """Send the end of the data; only this direction is ever shut."""
        if self.dead:
            raise os_error(errno.ENOTCONN)
        self.end(self.network.loop.time())

    def close(self):
        if self.closed or self.network.loop.is_closed():
            return
        self.closed = True
        self.bound = self.listening = False
        network, now = self.network, self.network.loop.time()
        network.selector.forget(self)
        for sock in self.queue:
            sock.closed = True
            network.send_reset(now, sock)
        self.queue.clear()
        if not self.connected or self.dead:
            return
        if self.received:
            # What nobody has read is lost, and the sender is told.
            network.send_reset(now, self)
        else:
            self.end(now)

    def end(self, now):
        """Send the end of the data, once."""
        if not self.shut:
            self.shut = True
            self.network.send_segment(self, now, 0, self.network.end_arrives, self.peer)


class Selector(selectors.DefaultSelector):
    """Watches the sockets of the network beside real files, as epoll does."""

    def __init__(self):
        super().__init__()
        self.network = None
        # How many real files are watched, one of them the loop's pipe to itself, and whether something was
        # written to that: only then is there anything to ask the operating system.
        self.files = 0
        self.is_woken = False
        # Sockets that may be ready, in the order in which they became so.
        self.noticed = {}

    def register(self, fileobj, events, data=None):
        if not isinstance(fileobj, int) or fileobj < FIRST_FD:
            self.files += 1
            return super().register(fileobj, events, data)
        key = selectors._BaseSelectorImpl.register(self, fileobj, events, data)
        self.look(fileobj)
        return key

    def modify(self, fileobj, events, data=None):
        if not isinstance(fileobj, int) or fileobj < FIRST_FD:
            return super().modify(fileobj, events, data)
        known = self._fd_to_key[fileobj]
        self._fd_to_key[fileobj] = key = known._replace(events=events, data=data)
        if events != known.events:
            self.look(fileobj)
        return key

    def unregister(self, fileobj):
        if not isinstance(fileobj, int) or fileobj < FIRST_FD:
            return super().unregister(fileobj)
        self.noticed.pop(fileobj, None)
        return self._fd_to_key.pop(fileobj)

    def look(self, fd):
        """Whether the socket is ready already."""
        sock = self.network.sockets[fd - FIRST_FD]
        self.notice(sock, sock.ready())

    def notice(self, sock, mask):
        """Something has happened to a socket that may have made it ready."""
        key = self._fd_to_key.get(sock.fd)
        if key is not None and key.events & mask and not sock.closed:
            self.noticed.setdefault(sock.fd)

    def forget(self, sock):
        """A socket is closed: what was registered stays, but will never be ready."""
        self.noticed.pop(sock.fd, None)

    def select(self, timeout=None):
        events = [] if timeout == 0 and self.files <= 1 and not self.is_woken else super().select(timeout)
        if self.network is None:
            return events
        self.network.advance()
        for fd in list(self.noticed):
            key = self._fd_to_key[fd]
            mask = self.network.sockets[fd - FIRST_FD].ready() & key.events
            if mask:
                events.append((key, mask))
            else:
                del self.noticed[fd]
        return events


class Loop(asyncio.SelectorEventLoop):
    """CPython's selector loop on a `Selector`, with a network of its own."""

    def __init__(self, selector, parameters):
        super().__init__(selector)
        self.network = selector.network = Network(self, **parameters)

    def _write_to_self(self):
        self._selector.is_woken = True
        super()._write_to_self()

    def _read_from_self(self):
        super()._read_from_self()
        self._selector.is_woken = False

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """Knows the network's names, at once and without a thread."""
        address = self.network.resolve(host, port, flags & socket.AI_PASSIVE)
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", address)]


class Clients(dict):
    """What `Server` needs of `weakref.WeakSet` for its transports, in the order of acceptance."""

    def add(self, transport):
        self[transport] = None

    def discard(self, transport):
        self.pop(transport, None)


class SocketModule:
    """The socket module for asyncio, with sockets of the running loop's network."""

    def __getattr__(self, name):
        return getattr(socket, name)

    @staticmethod
    def socket(family=socket.AF_INET, type=socket.SOCK_STREAM, proto=0):
        network = getattr(asyncio.get_running_loop(), "network", None)
        if network is None:
            return socket.socket(family, type, proto)
        if (family, type) != (socket.AF_INET, socket.SOCK_STREAM):
            raise os_error(errno.EAFNOSUPPORT)
        return Socket(network)


# Every writer. One that is dropped would close its connection, at a time that depends on how
# CPython counts references.
KEPT = []


def install():
    """Make asyncio use the network of the loop that runs, for good."""
    asyncio.base_events.socket = SocketModule()

    plain_server_init = asyncio.base_events.Server.__init__
    plain_writer_init = asyncio.streams.StreamWriter.__init__

    def server_init(self, *arguments, **keywords):
        plain_server_init(self, *arguments, **keywords)
        self._clients = Clients()

    def writer_init(self, *arguments, **keywords):
        plain_writer_init(self, *arguments, **keywords)
        KEPT.append(self)

    asyncio.base_events.Server.__init__ = server_init
    asyncio.streams.StreamWriter.__init__ = writer_init
