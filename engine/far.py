"""Machines elsewhere, beyond the network in memory: hosts that answer programs, without a task of the loop.

They are there for programs of the reader's alone. Names with a dot are known then, and each has an address of those that
are kept for documentation. What a machine says is said by a `Service` for the port; how long it takes to say it, and how
many of its answers fail, are constants of the program (`Settings`).
"""

import ast
import random
import zlib

import network
from source import assigned

# The addresses of machines elsewhere: TEST-NET-3.
NET = "203.0.113."
# Which port has which service, a class; those of stand-ins add theirs.
SERVICES = {}


class Settings:
    """What a program may say of the world around it, by constants at its top."""

    # Seconds that an answer takes on its machine; one takes half as long and another half as long again, by its name.
    seconds = 0.1
    # Which part of the requests fails, from 0 to 1: half of these are refused, and of half the connection breaks.
    failures = 0.0
    # What is answered, by address of a page or text of a query.
    answers = {}
    # How many come to a server that the program runs for ever.
    visitors = 3
    seed = 0

    NAMES = {
        "STANDIN_SECONDS": "seconds",
        "STANDIN_FAILURES": "failures",
        "STANDIN_ANSWERS": "answers",
        "STANDIN_VISITORS": "visitors",
    }

    @classmethod
    def read(cls, source, seed):
        """Take them from the text of a program."""
        cls.draw = random.Random(seed).random
        for name, node in assigned(ast.parse(source)):
            if name in cls.NAMES:
                try:
                    setattr(cls, cls.NAMES[name], ast.literal_eval(node.value))
                except ValueError:
                    # Computed: what holds is what holds without it.
                    pass

    @classmethod
    def fails(cls):
        """How the next request fails: "refused", "broken", or None."""
        drawn = cls.draw()
        if drawn >= cls.failures:
            return None
        return "refused" if drawn < cls.failures / 2 else "broken"

    @classmethod
    def takes(cls, what):
        """Seconds that the answer to something takes; always the same for the same."""
        return cls.seconds * (0.5 + zlib.crc32(what.encode()) % 101 / 100)


class Entered:
    """What is awaited, or entered and let go of in the end; whoever is one says how it is had (`get`) and let go of
    (`leave`)."""

    got = None

    def __await__(self):
        return self.get().__await__()

    async def __aenter__(self):
        self.got = await self.get()
        return self.got

    async def __aexit__(self, *error):
        await self.leave(self.got)


class Service:
    """The far end of one connection."""

    def __init__(self, net, socket, port):
        self.net, self.socket, self.port = net, socket, port
        self.buffer = bytearray()

    def received(self, when):
        """Bytes have come; they are in `buffer`, from which it takes what it has understood."""

    def send(self, when, data):
        """Send bytes then, a segment at a time."""
        for at in range(0, len(data), self.net.segment):
            piece = data[at : at + self.net.segment]
            self.net.send_segment(self.socket, when, len(piece), self.net.data_arrive, self.socket.peer, piece)

    def later(self, when, action, *arguments):
        """Do something then; unless the connection is gone by that time."""

        def act(when):
            if not self.socket.dead and not self.socket.closed:
                action(when, *arguments)

        self.net.at(when, act)

    def end(self, when):
        """Say no more."""
        self.socket.end(when)

    def breaks(self, when):
        """The machine drops the connection."""
        self.net.send_reset(when, self.socket)


class Listener:
    """What a machine has at a port: takes the place of a socket that listens."""

    listening, fd = True, -1

    def __init__(self, net, port):
        self.net, self.port = net, port
        self.queue = self

    def append(self, socket):
        """A connection is made."""
        socket.far = SERVICES[self.port](self.net, socket, self.port)


def address(host, port):
    """Where a stand-in finds a service: of this machine's own ports those at which the program does not listen."""
    loop = network.asyncio.get_running_loop()
    if host in loop.network.hosts or host.startswith("127."):
        if loop.network.bound_to(("127.0.0.1", port)) is not None or port not in SERVICES:
            return "127.0.0.1"
        return NET + "1"
    return host


def install():
    """Let every network have machines elsewhere; before one is made."""
    # What is at the ports of the web.
    import web  # noqa: F401

    Network = network.Network
    resolve, is_local, bound_to = Network.resolve, Network.is_local, Network.bound_to
    data_arrive, end_arrives = Network.data_arrive, Network.end_arrives

    def far_resolve(self, host, port, passive):
        if not passive and isinstance(host, str) and host not in self.hosts:
            if host.startswith(NET) or host.replace(".", "").isdigit():
                return (host, port)
            if "." in host and not host.endswith((".invalid", ".local")):
                return (NET + str(2 + zlib.crc32(host.encode()) % 250), port)
        return resolve(self, host, port, passive)

    def far_is_local(self, where):
        return is_local(self, where) or where[0].startswith(NET)

    def far_bound_to(self, where):
        if not where[0].startswith(NET):
            return bound_to(self, where)
        return Listener(self, where[1]) if where[1] in SERVICES else None

    def far_data_arrive(self, when, receiver, data):
        service = getattr(receiver, "far", None)
        if service is None:
            data_arrive(self, when, receiver, data)
        elif not receiver.dead:
            service.buffer += data
            self.at(when + self.latency, self.window_opens, receiver.peer, len(data))
            service.received(when)

    def far_end_arrives(self, when, receiver):
        service = getattr(receiver, "far", None)
        if service is None:
            end_arrives(self, when, receiver)
        elif not receiver.dead:
            service.end(when)

    Network.resolve, Network.is_local, Network.bound_to = far_resolve, far_is_local, far_bound_to
    Network.data_arrive, Network.end_arrives = far_data_arrive, far_end_arrives
