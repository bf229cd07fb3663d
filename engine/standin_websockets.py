"""Stands in for websockets: client and server, with frames of their own; who speaks to nobody is answered by an echo."""

import asyncio
import re
import sys
import types
import urllib.parse

import far
import web

TEXT, BINARY, CLOSE = b"T", b"B", b"C"


class WebSocketException(Exception):
    """Of all that goes wrong."""


class ConnectionClosed(WebSocketException):
    """The connection is closed."""

    def __init__(self, code=1000, reason=""):
        super().__init__(f"received {code} ({'OK' if code == 1000 else 'error'}); then sent {code}")
        self.code, self.reason = code, reason


class ConnectionClosedOK(ConnectionClosed):
    """As it should be."""


class ConnectionClosedError(ConnectionClosed):
    """By a failure."""

    def __init__(self, code=1006, reason=""):
        super().__init__(code, reason)


exceptions = types.ModuleType("websockets.exceptions")
for kind in (WebSocketException, ConnectionClosed, ConnectionClosedOK, ConnectionClosedError):
    setattr(exceptions, kind.__name__, kind)
sys.modules["websockets.exceptions"] = exceptions
__path__ = []


def frame(kind, data):
    """A message on the wire."""
    return kind + len(data).to_bytes(4, "big") + data


# How a request for a page begins, as no message does: its length would be 300 MB and more.
REQUEST = re.compile(rb"[A-Z]{3,7} ")


class Echo(web.Web):
    """Sends back what it is sent; who asks for a page at the same port gets one."""

    def received(self, when):
        """Answer what is whole."""
        if REQUEST.match(self.buffer):
            super().received(when)
            return
        while len(self.buffer) >= 5 and len(self.buffer) >= (end := 5 + int.from_bytes(self.buffer[1:5], "big")):
            whole = bytes(self.buffer[:end])
            del self.buffer[:end]
            if whole[:1] == CLOSE:
                self.send(when, whole)
                self.end(when)
            elif far.Settings.fails():
                self.breaks(when)
            else:
                self.later(when + far.Settings.takes(whole.decode("latin-1")), self.send, whole)


class Connection:
    """One side of a connection."""

    def __init__(self, reader, writer, path="/"):
        self.reader, self.writer, self.path = reader, writer, path
        self.closed, self.error = False, None
        self.reading = asyncio.Lock()

    remote_address = property(lambda self: self.writer.get_extra_info("peername"))
    local_address = property(lambda self: self.writer.get_extra_info("sockname"))

    async def send(self, message):
        """Send a message."""
        if self.closed:
            raise self.error or ConnectionClosedOK()
        text = isinstance(message, str)
        self.writer.write(frame(TEXT if text else BINARY, message.encode() if text else bytes(message)))
        await self.writer.drain()

    async def recv(self):
        """The next message."""
        if self.closed:
            raise self.error or ConnectionClosedOK()
        async with self.reading:
            try:
                head = await self.reader.readexactly(5)
                data = await self.reader.readexactly(int.from_bytes(head[1:], "big"))
            except (asyncio.IncompleteReadError, OSError):
                head, data = None, None
        if head is None:
            self.over(ConnectionClosedError())
        elif head[:1] == CLOSE:
            self.writer.write(frame(CLOSE, b""))
            self.over(ConnectionClosedOK())
        return data.decode() if head[:1] == TEXT else data

    def over(self, error):
        """There will be no more; raise why."""
        self.closed, self.error = True, error
        self.writer.close()
        raise error

    async def close(self, code=1000, reason=""):
        """Say that it is over."""
        if not self.closed:
            self.closed = True
            if not self.writer.is_closing():
                self.writer.write(frame(CLOSE, b""))
                self.writer.close()

    async def wait_closed(self):
        """Until it is closed."""
        await self.writer.wait_closed()

    async def ping(self):
        """What is awaited has come at once."""
        answer = asyncio.get_running_loop().create_future()
        answer.set_result(0.0)
        return answer

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            return await self.recv()
        except ConnectionClosedOK:
            raise StopAsyncIteration from None


class connect(far.Entered):
    """A connection to a server."""

    def __init__(self, uri, **others):
        self.uri = uri

    async def get(self):
        split = urllib.parse.urlsplit(self.uri)
        port = split.port or (443 if split.scheme == "wss" else 80)
        # Where a page would be, this speaks.
        far.SERVICES[port] = Echo
        reader, writer = await asyncio.open_connection(far.address(split.hostname, port), port)
        return Connection(reader, writer, split.path or "/")

    async def leave(self, connection):
        await connection.close()


class Server:
    """A server."""

    def __init__(self, plain):
        self.plain = plain
        self.sockets = plain.sockets

    def close(self):
        """Listen no more."""
        self.plain.close()

    async def wait_closed(self):
        """Until it is closed."""
        await self.plain.wait_closed()

    async def serve_forever(self):
        """Until it is cancelled."""
        await self.plain.serve_forever()


class serve(far.Entered):
    """A server, whose handler is called with each connection."""

    def __init__(self, handler, host=None, port=None, **others):
        self.handler, self.host, self.port = handler, host, port

    async def get(self):
        takes_path = getattr(self.handler, "__code__", None)
        takes_path = takes_path is not None and takes_path.co_argcount == 2 and "self" not in takes_path.co_varnames[:1]

        async def served(reader, writer):
            connection = Connection(reader, writer)
            try:
                await (self.handler(connection, "/") if takes_path else self.handler(connection))
            except ConnectionClosed:
                # As theirs: it is no error that the other side has gone.
                pass
            finally:
                await connection.close()

        return Server(await asyncio.start_server(served, self.host, self.port))

    async def leave(self, server):
        server.close()
