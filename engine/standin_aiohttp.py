"""Stands in for aiohttp: its client, over the network in memory; the server is in `standin_aiohttp_web.py`."""

import asyncio
import json
import sys

import connections
import far
import web as wire


class ClientError(Exception):
    """Of all that goes wrong with a request."""


class InvalidURL(ClientError, ValueError):
    """No address."""


class ClientPayloadError(ClientError):
    """The body is not whole."""


class ClientResponseError(ClientError):
    """An answer that is an error, or cannot be used."""

    def __init__(self, status, message, url, headers=None):
        super().__init__(f"{status}, message={message!r}, url={url!r}")
        self.status, self.message, self.headers = status, message, headers


class ContentTypeError(ClientResponseError):
    """An answer that is no JSON."""


class ClientConnectionError(ClientError):
    """There is no connection."""


class ClientOSError(ClientConnectionError, OSError):
    """There is none, says the system."""


class ClientConnectorError(ClientOSError):
    """It could not be made."""


class ServerDisconnectedError(ClientConnectionError):
    """It ended before the answer."""

    def __init__(self, message="Server disconnected"):
        super().__init__(message)


class ServerTimeoutError(ClientConnectionError, asyncio.TimeoutError):
    """It took too long."""


class ClientTimeout:
    """How long things may take, in seconds; here `total` counts."""

    def __init__(self, total=None, connect=None, sock_read=None, sock_connect=None, ceil_threshold=5):
        self.total = total


class BasicAuth:
    """A name and a password, at which nobody looks."""

    def __init__(self, login, password=""):
        self.login, self.password = login, password


class TCPConnector:
    """Connections, no more than `limit` at once."""

    def __init__(self, *, limit=100, limit_per_host=0, **others):
        self.limit = limit_per_host or limit
        self.pool = connections.Pool(self.limit)
        self.closed = False

    async def close(self):
        """Close those that are free."""
        self.closed = True
        self.pool.close()


class Content:
    """The body of an answer, piece by piece."""

    def __init__(self, answer):
        self.answer = answer

    async def read(self, n=-1):
        """So many bytes, or all that are left."""
        return await (self.answer.read() if n < 0 else self.answer.some(n))

    async def iter_chunked(self, n):
        """All of it, in pieces of at most so many bytes."""
        while data := await self.answer.some(n):
            yield data

    def iter_any(self):
        """All of it, as it comes."""
        return self.iter_chunked(1 << 16)


class ClientResponse:
    """An answer."""

    def __init__(self, answer, method, url):
        self.answer, self.method, self.url = answer, method, url
        self.status, self.reason, self.headers = answer.status, answer.reason, answer.headers
        self.content, self.cookies, self.history = Content(answer), {}, ()

    ok = property(lambda self: self.status < 400)
    content_type = property(lambda self: self.headers.get("Content-Type", "").partition(";")[0])
    content_length = property(lambda self: int(self.headers.get("Content-Length", 0)))

    async def read(self):
        """The body."""
        try:
            return await self.answer.read()
        except connections.Broken as error:
            raise ClientPayloadError(str(error)) from error

    async def text(self, encoding="utf-8", errors="strict"):
        """The body as text."""
        return (await self.read()).decode(encoding or "utf-8", errors)

    async def json(self, *, encoding=None, loads=json.loads, content_type="application/json"):
        """The body as JSON."""
        if content_type is not None and self.content_type != content_type:
            said = f"Attempt to decode JSON with unexpected mimetype: {self.headers.get('Content-Type')}"
            raise ContentTypeError(self.status, said, self.url, self.headers)
        return loads(await self.text(encoding))

    def raise_for_status(self):
        """Raise, if the answer is an error."""
        if not self.ok:
            self.answer.close()
            raise ClientResponseError(self.status, self.reason, self.url, self.headers)

    def release(self):
        """Give the connection back."""
        self.answer.release()

    def close(self):
        """Drop the connection."""
        self.answer.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        self.answer.release()

    def __repr__(self):
        return f"<ClientResponse({self.url}) [{self.status} {self.reason}]>"


class Requesting(far.Entered):
    """A request."""

    def __init__(self, coroutine):
        self.coroutine = coroutine

    def get(self):
        return self.coroutine

    async def leave(self, response):
        response.release()


class ClientSession:
    """A client."""

    def __init__(self, base_url=None, *, connector=None, headers=None, timeout=None, raise_for_status=False, **others):
        asyncio.get_running_loop()
        self.base, self.headers, self.raises = base_url, dict(headers or {}), raise_for_status
        self.connector = connector or TCPConnector()
        self.timeout = timeout
        self.closed = False

    def request(self, method, url, **options):
        """Ask for something."""
        return Requesting(self._request(method.upper(), url, **options))

    async def _request(self, method, url, *, params=None, data=None, json=None, headers=None, timeout=None, raise_for_status=None, **others):
        if self.closed:
            raise RuntimeError("Session is closed")
        try:
            host, port, path, url = wire.parts(url, self.base, params)
        except ValueError as error:
            raise InvalidURL(str(error)) from None
        fields, body = body_of(data, json)
        timeout = self.timeout if timeout is None else timeout
        total = timeout.total if isinstance(timeout, ClientTimeout) else timeout
        try:
            async with asyncio.timeout(total or 300):
                answer = await self.connector.pool.request(
                    method, host, port, path, {**self.headers, **fields, **(headers or {})}, body
                )
        except TimeoutError as error:
            raise ServerTimeoutError(f"Connection timeout to host {url}") from error
        except connections.Broken:
            raise ServerDisconnectedError() from None
        except OSError as error:
            raise ClientConnectorError(error.errno, f"Cannot connect to host {host}:{port} [{error.strerror}]") from error
        response = ClientResponse(answer, method, url)
        if self.raises if raise_for_status is None else raise_for_status:
            response.raise_for_status()
        return response

    async def close(self):
        """Close its connections."""
        if not self.closed:
            self.closed = True
            await self.connector.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.close()


def body_of(data, value):
    """The fields and the bytes of what is sent."""
    if value is not None:
        return {"Content-Type": "application/json"}, json.dumps(value).encode()
    if isinstance(data, dict):
        return {"Content-Type": "application/x-www-form-urlencoded"}, wire.urllib.parse.urlencode(data).encode()
    if isinstance(data, str):
        data = data.encode()
    return {}, bytes(data or b"")


def method(name):
    """A method of a session for one of HTTP."""

    def ask(self, url, **options):
        return self.request(name, url, **options)

    ask.__name__ = name.lower()
    return ask


for name in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
    setattr(ClientSession, name.lower(), method(name))


def request(verb, url, **options):
    """Ask for something with a session of its own."""

    async def ask():
        async with ClientSession() as session:
            response = await session.request(verb, url, **options)
            await response.read()
            return response

    return Requesting(ask())


import standin_aiohttp_web as web  # noqa: E402

sys.modules["aiohttp.web"] = web
__path__ = []
