"""Stands in for requests: each holds whoever calls it, the whole loop if that is who calls, until its answer is there."""

import builtins
import json as text_of
import sys
import types

import web


class RequestException(IOError):
    """Of all that goes wrong with a request."""


class ConnectionError(RequestException):
    """There is no connection."""


class Timeout(RequestException):
    """It took too long."""


class ReadTimeout(Timeout):
    """The answer did."""


class ConnectTimeout(ConnectionError, Timeout):
    """The connection did."""


class MissingSchema(RequestException, ValueError):
    """No address."""


class HTTPError(RequestException):
    """An answer that is an error."""

    def __init__(self, message, response):
        super().__init__(message)
        self.response = response


exceptions = types.ModuleType("requests.exceptions")
for kind in (RequestException, ConnectionError, Timeout, ReadTimeout, ConnectTimeout, MissingSchema, HTTPError):
    setattr(exceptions, kind.__name__, kind)
sys.modules["requests.exceptions"] = exceptions
__path__ = []


class Response:
    """An answer."""

    def __init__(self, status_code, headers, content, url):
        self.status_code, self.headers, self.content, self.url = status_code, headers, content, url
        self.reason, self.encoding = web.REASONS.get(status_code, ""), "utf-8"

    ok = property(lambda self: self.status_code < 400)
    text = property(lambda self: self.content.decode(self.encoding, "replace"))

    def json(self):
        """The body as JSON."""
        return text_of.loads(self.content)

    def raise_for_status(self):
        """Raise, if the answer is an error."""
        if not self.ok:
            kind = "Client" if self.status_code < 500 else "Server"
            raise HTTPError(f"{self.status_code} {kind} Error: {self.reason} for url: {self.url}", self)

    def iter_content(self, chunk_size=1):
        """The body in pieces."""
        for at in range(0, len(self.content), chunk_size):
            yield self.content[at : at + chunk_size]

    def close(self):
        """Nothing is open."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def __repr__(self):
        return f"<Response [{self.status_code}]>"


def request(method, url, *, params=None, data=None, json=None, headers=None, timeout=None, **others):
    """Ask for something, and wait."""
    try:
        host, _, path, url = web.parts(url, None, params)
    except ValueError:
        raise MissingSchema(f"Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?") from None
    body = text_of.dumps(json).encode() if json is not None else b""
    if isinstance(data, dict):
        body = web.urllib.parse.urlencode(data).encode()
    elif data:
        body = data.encode() if isinstance(data, str) else bytes(data)
    most = timeout[-1] if isinstance(timeout, tuple) else timeout
    try:
        status, fields, content = web.fetched(method.upper(), host, path, headers or {}, body, most)
    except TimeoutError:
        raise ReadTimeout(f"HTTPConnectionPool(host={host!r}): Read timed out. (read timeout={most})") from None
    except builtins.ConnectionError:
        raise ConnectionError(
            "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))"
        ) from None
    return Response(status, fields, content, url)


class Session:
    """Requests that share header fields."""

    def __init__(self):
        self.headers, self.cookies, self.auth = {}, {}, None

    def request(self, method, url, *, headers=None, **options):
        """Ask for something, and wait."""
        return request(method, url, headers={**self.headers, **(headers or {})}, **options)

    def close(self):
        """Nothing is open."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def method(name):
    """A method of a session for one of HTTP."""
    return lambda self, url, **options: self.request(name, url, **options)


def function(name):
    """The same without a session."""
    return lambda url, **options: request(name, url, **options)


for name in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
    setattr(Session, name.lower(), method(name))
    globals()[name.lower()] = function(name)
