"""The web elsewhere, as it is made up: what its machines answer, and how requests and answers stand on the wire."""

import http
import json
import re
import time
import urllib.parse
import zlib

from far import SERVICES, Service, Settings

# As `http.client.responses`, which would bring all of `email` along.
REASONS = {status.value: status.phrase for status in http.HTTPStatus}


class Headers(dict):
    """Header fields, whose names have no case."""

    def __init__(self, fields=()):
        super().__init__()
        for name, value in dict(fields or {}).items():
            self[name] = value

    def __setitem__(self, name, value):
        super().__setitem__(name.title(), str(value))

    def __getitem__(self, name):
        return super().__getitem__(name.title())

    def __contains__(self, name):
        return super().__contains__(name.title())

    def get(self, name, default=None):
        """The field, or what is given for it."""
        return super().get(name.title(), default)

    def setdefault(self, name, default):
        """The field, or from now on this."""
        return super().setdefault(name.title(), str(default))


def parts(url, base=None, params=None):
    """Host, port, path with query, and the whole of an address."""
    url = urllib.parse.urljoin(str(base), str(url)) if base else str(url)
    split = urllib.parse.urlsplit(url)
    if not split.hostname:
        raise ValueError(url)
    query = split.query
    if params:
        query = "&".join(filter(None, [query, urllib.parse.urlencode(params, doseq=True)]))
    path = (split.path or "/") + (f"?{query}" if query else "")
    port = split.port or (443 if split.scheme in ("https", "wss") else 80)
    whole = urllib.parse.urlunsplit((split.scheme, split.netloc, split.path or "/", query, ""))
    return split.hostname, port, path, whole


def message(first, headers, body):
    """A request or an answer as bytes."""
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{first}\r\n{fields}\r\n".encode() + body


def head(data):
    """The first line and the fields of a message."""
    first, _, rest = data.decode("latin-1").strip().partition("\r\n")
    fields = (line.partition(":") for line in rest.split("\r\n") if line)
    return first, Headers({name.strip(): value.strip() for name, _, value in fields})


def page(host, path):
    """A page with a title, some text and links to others of the same host; its length differs from page to page."""
    number = zlib.crc32(f"{host}{path}".encode())
    links = [f"{path.rstrip('/')}/{letter}" for letter in "abc"] if path.count("/") < 4 else []
    listed = "".join(f'<li><a href="{link}">{host}{link}</a></li>\n' for link in links)
    text = "<p>This page is made up.</p>\n" * (1 + number % 40)
    title = f"<title>{host}{path}</title>"
    return f"<!doctype html>\n<html><head>{title}</head>\n<body><h1>{host}</h1>\n{text}<ul>\n{listed}</ul></body></html>\n"


def made_up(method, host, path, headers, body):
    """What a machine answers: status, fields, text, and the seconds that the path asks it to wait."""
    url = f"{host}{path}"
    plain, _, query = path.partition("?")
    for known, answer in Settings.answers.items():
        if isinstance(known, str) and known.partition("://")[2].rstrip("/") in (url.rstrip("/"), f"{host}{plain}".rstrip("/")):
            status, answer = answer if isinstance(answer, tuple) else (200, answer)
            return (status, *typed(answer), 0)
    if found := re.search(r"/delay/(\d+(?:\.\d+)?)$", plain):
        return 200, *typed({"url": url}), min(float(found[1]), 10)
    if found := re.search(r"/status/(\d{3})$", plain):
        return int(found[1]), *typed(""), 0
    if found := re.search(r"/(\w+)/(\d+)$", plain):
        thing, number = found[1].removesuffix("s"), int(found[2])
        return 200, *typed({"id": number, "name": f"{thing} {number}", "title": f"{thing} {number}"}), 0
    if host.startswith(("api.", "httpbin", "jsonplaceholder")) or method != "GET":
        told = {"url": url, "args": dict(urllib.parse.parse_qsl(query))}
        if body:
            told["data"] = body.decode("utf-8", "replace")
        return 200, *typed(told), 0
    return 200, *typed(page(host, plain)), 0


def typed(answer):
    """The fields for an answer, and its text."""
    if isinstance(answer, str):
        return {"Content-Type": "text/html; charset=utf-8"}, answer
    return {"Content-Type": "application/json"}, json.dumps(answer)


def answer(method, host, path, headers=(), body=b""):
    """The whole answer: status, fields, body, seconds until it is there; the status is 0 where the connection breaks."""
    status, fields, text, waits = made_up(method, host, path, headers, body)
    failure = Settings.fails()
    if failure == "refused":
        status, (fields, text) = 503, typed("")
    data = text.encode()
    fields = {**fields, "Content-Length": len(data)}
    return 0 if failure == "broken" else status, fields, b"" if method == "HEAD" else data, waits + Settings.takes(host + path)


def fetched(method, host, path, headers, body, most):
    """The answer for who does nothing until it is there: status, fields, body.

    TimeoutError after `most` seconds, if not None; ConnectionError where the connection breaks.
    """
    status, fields, data, seconds = answer(method, host, path, headers, body)
    if most is not None and seconds > most:
        time.sleep(most)
        raise TimeoutError
    time.sleep(seconds)
    if not status:
        raise ConnectionError
    return status, Headers(fields), data


class Web(Service):
    """A machine that speaks HTTP."""

    # When the answer before is over: they leave in the order of the requests.
    free = 0.0

    def received(self, when):
        """Answer what is whole."""
        while (at := self.buffer.find(b"\r\n\r\n")) >= 0:
            first, headers = head(self.buffer[:at])
            length = at + 4 + int(headers.get("Content-Length", 0))
            if len(self.buffer) < length:
                return
            body = bytes(self.buffer[at + 4 : length])
            del self.buffer[:length]
            method, path, version = (first.split() + ["/", "HTTP/1.0"])[:3]
            host = headers.get("Host", "nowhere").partition(":")[0]
            status, fields, data, seconds = answer(method, host, path, headers, body)
            self.free = max(when, self.free) + seconds
            if not status:
                self.later(self.free, self.breaks)
                return
            # Who says nothing of it is a program that reads to the end.
            closes = headers.get("Connection", "").lower() != "keep-alive"
            fields["Connection"] = "close" if closes else "keep-alive"
            whole = message(f"HTTP/1.1 {status} {REASONS.get(status, '')}", fields, data)
            self.later(self.free, self.send, whole)
            if closes:
                self.later(self.free, self.end)
                return


SERVICES[80] = SERVICES[443] = Web
