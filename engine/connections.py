"""What the clients of the web that stand in for libraries share: connections that are kept, and a request on one."""

import asyncio

import far
import web


class Broken(Exception):
    """The connection ended before the answer was whole."""


class Answer:
    """An answer as far as it has come: its head; the body is read when it is asked for."""

    def __init__(self, pool, key, link, status, reason, headers, length):
        self.pool, self.key, self.link = pool, key, link
        self.status, self.reason, self.headers = status, reason, headers
        self.left = length
        self.content = None

    async def read(self):
        """The whole body, once and for all."""
        if self.content is None:
            try:
                self.content = await self.link[0].readexactly(self.left)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                self.close()
                raise Broken(str(error)) from error
            self.left = 0
            self.release()
        return self.content

    async def some(self, most):
        """Up to so many bytes of it; none at its end."""
        data = await self.link[0].read(min(most, self.left)) if self.left else b""
        self.left -= len(data)
        if not self.left:
            self.release()
        return data

    def release(self):
        """Give the connection back; one with bytes that nobody has read is of no use."""
        if self.link is None:
            return
        link, self.link = self.link, None
        if self.left or self.headers.get("Connection", "").lower() == "close":
            self.pool.drop(link)
        else:
            self.pool.give_back(self.key, link)

    def close(self):
        """Drop the connection."""
        if self.link is not None:
            link, self.link = self.link, None
            self.pool.drop(link)


class Pool:
    """Connections to hosts: no more at once than `limit`, if there is one."""

    def __init__(self, limit=None):
        self.places = asyncio.Semaphore(limit) if limit else None
        self.free = {}

    async def request(self, method, host, port, path, headers, body):
        """Send a request, and wait for the head of its answer."""
        if self.places is not None:
            await self.places.acquire()
        key = host, port
        try:
            link = self.free[key].pop() if self.free.get(key) else await asyncio.open_connection(far.address(host, port), port)
        except BaseException:
            self.leave()
            raise
        reader, writer = link
        try:
            fields = web.Headers({"Host": host, "Connection": "keep-alive", **dict(headers or {})})
            if body or method not in ("GET", "HEAD"):
                fields["Content-Length"] = len(body)
            writer.write(web.message(f"{method} {path} HTTP/1.1", fields, body))
            try:
                first, fields = web.head(await reader.readuntil(b"\r\n\r\n"))
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                raise Broken(str(error)) from error
            _, status, reason = (first.split(" ", 2) + [""])[:3]
            length = 0 if method == "HEAD" else int(fields.get("Content-Length", 0))
            return Answer(self, key, link, int(status), reason, fields, length)
        except BaseException:
            self.drop(link)
            raise

    def leave(self):
        """One connection fewer is used."""
        if self.places is not None:
            self.places.release()

    def give_back(self, key, link):
        """A connection is free again."""
        self.free.setdefault(key, []).append(link)
        self.leave()

    def drop(self, link):
        """A connection is of no use any more."""
        link[1].close()
        self.leave()

    def close(self):
        """Close what is free."""
        for links in self.free.values():
            for _, writer in links:
                writer.close()
        self.free.clear()
