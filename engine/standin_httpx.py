"""Stands in for httpx: a client that is awaited, over the network in memory, and one that holds whoever calls it."""

import asyncio
import json as text_of

import connections
import web


class HTTPError(Exception):
    """Of all that goes wrong with a request."""


class RequestError(HTTPError):
    """There is no answer."""


class TransportError(RequestError):
    """The connection is at fault."""


class TimeoutException(TransportError):
    """It took too long."""


class ReadTimeout(TimeoutException):
    """The answer did."""


class ConnectTimeout(TimeoutException):
    """The connection did."""


class NetworkError(TransportError):
    """The network is at fault."""


class ConnectError(NetworkError):
    """There is no connection."""


class ReadError(NetworkError):
    """It broke."""


class RemoteProtocolError(TransportError):
    """It ended before the answer."""


class InvalidURL(Exception):
    """No address."""


class HTTPStatusError(HTTPError):
    """An answer that is an error."""

    def __init__(self, message, *, request=None, response):
        super().__init__(message)
        self.request, self.response = request, response


class Timeout:
    """How long things may take, in seconds; all of it together here."""

    def __init__(self, timeout=5.0, **others):
        self.seconds = timeout


class Limits:
    """How many connections there may be."""

    def __init__(self, *, max_connections=None, max_keepalive_connections=None, keepalive_expiry=None):
        self.most = max_connections


class Response:
    """An answer."""

    def __init__(self, status_code, headers, content, url, method):
        self.status_code, self.headers, self.content, self.url = status_code, headers, content, url
        self.method, self.reason_phrase = method, web.REASONS.get(status_code, "")

    is_success = property(lambda self: 200 <= self.status_code < 300)
    is_error = property(lambda self: self.status_code >= 400)
    text = property(lambda self: self.content.decode("utf-8", "replace"))

    def json(self):
        """The body as JSON."""
        return text_of.loads(self.content)

    def raise_for_status(self):
        """Raise, if the answer is an error; else give the answer."""
        if self.is_error:
            kind = "Client" if self.status_code < 500 else "Server"
            said = f"{kind} error '{self.status_code} {self.reason_phrase}' for url '{self.url}'"
            raise HTTPStatusError(said, response=self)
        return self

    async def aread(self):
        """The body."""
        return self.content

    async def aiter_bytes(self, chunk_size=4096):
        """The body in pieces."""
        for at in range(0, len(self.content), chunk_size):
            yield self.content[at : at + chunk_size]

    async def aiter_lines(self):
        """The body in lines."""
        for line in self.text.splitlines():
            yield line

    def __repr__(self):
        return f"<Response [{self.status_code} {self.reason_phrase}]>"


def body_of(content, data, json):
    """The fields and the bytes of what is sent."""
    if json is not None:
        return {"Content-Type": "application/json"}, text_of.dumps(json).encode()
    if isinstance(data, dict):
        return {"Content-Type": "application/x-www-form-urlencoded"}, web.urllib.parse.urlencode(data).encode()
    content = content if content is not None else data
    return {}, content.encode() if isinstance(content, str) else bytes(content or b"")


def seconds_of(timeout):
    """How many seconds it may take; None for any."""
    return timeout.seconds if isinstance(timeout, Timeout) else timeout


DEFAULT = Timeout()


class Streaming:
    """An answer that is entered."""

    def __init__(self, coroutine):
        self.coroutine = coroutine

    async def __aenter__(self):
        return await self.coroutine

    async def __aexit__(self, *error):
        """It has come already."""


class AsyncClient:
    """A client that is awaited."""

    def __init__(self, *, base_url="", headers=None, timeout=DEFAULT, limits=None, **others):
        self.base, self.headers, self.timeout = base_url, dict(headers or {}), timeout
        self.pool = connections.Pool((limits.most if limits else None) or 100)
        self.is_closed = False

    async def request(self, method, url, *, params=None, content=None, data=None, json=None, headers=None, timeout=DEFAULT, **others):
        """Ask for something."""
        if self.is_closed:
            raise RuntimeError("Cannot send a request, as the client has been closed.")
        try:
            host, port, path, url = web.parts(url, self.base, params)
        except ValueError:
            raise InvalidURL(str(url)) from None
        fields, body = body_of(content, data, json)
        try:
            async with asyncio.timeout(seconds_of(self.timeout if timeout is DEFAULT else timeout)):
                answer = await self.pool.request(
                    method.upper(), host, port, path, {**self.headers, **fields, **(headers or {})}, body
                )
                return Response(answer.status, answer.headers, await answer.read(), url, method)
        except TimeoutError as error:
            raise ReadTimeout("") from error
        except connections.Broken:
            raise RemoteProtocolError("Server disconnected without sending a response.") from None
        except OSError as error:
            raise ConnectError("All connection attempts failed") from error

    def stream(self, method, url, **options):
        """Ask for something whose body comes by and by."""
        return Streaming(self.request(method, url, **options))

    async def aclose(self):
        """Close its connections."""
        self.is_closed = True
        self.pool.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await self.aclose()


class Client:
    """A client that holds whoever calls it until the answer is there."""

    def __init__(self, *, base_url="", headers=None, timeout=DEFAULT, **others):
        self.base, self.headers, self.timeout = base_url, dict(headers or {}), timeout

    def request(self, method, url, *, params=None, content=None, data=None, json=None, headers=None, timeout=DEFAULT, **others):
        """Ask for something."""
        host, _, path, url = web.parts(url, self.base, params)
        fields, body = body_of(content, data, json)
        most = seconds_of(self.timeout if timeout is DEFAULT else timeout)
        try:
            status, fields, body = web.fetched(method, host, path, {**self.headers, **fields, **(headers or {})}, body, most)
        except TimeoutError:
            raise ReadTimeout("The read operation timed out") from None
        except ConnectionError:
            raise RemoteProtocolError("Server disconnected without sending a response.") from None
        return Response(status, fields, body, url, method)

    def close(self):
        """Nothing is open."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def method(name):
    """A method of a client for one of HTTP."""

    def ask(self, url, **options):
        return self.request(name, url, **options)

    ask.__name__ = name.lower()
    return ask


def function(name):
    """The same without a client."""
    return lambda url, **options: Client().request(name, url, **options)


for name in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
    for client in (AsyncClient, Client):
        setattr(client, name.lower(), method(name))
    globals()[name.lower()] = function(name)
