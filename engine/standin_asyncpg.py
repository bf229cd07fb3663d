"""Stands in for asyncpg: a database elsewhere, whose rows are made up unless `STANDIN_ANSWERS` has them by their query."""

import asyncio
import json
import re

import far

PORT = 5432


class PostgresError(Exception):
    """What the database complains of."""


class InterfaceError(Exception):
    """What cannot be done so."""


class ConnectionDoesNotExistError(PostgresError):
    """The connection broke."""


class Record(dict):
    """A row: its values by name or by place."""

    def __getitem__(self, key):
        return list(self.values())[key] if isinstance(key, (int, slice)) else super().__getitem__(key)

    def __iter__(self):
        return iter(self.values())

    def __repr__(self):
        return f"<Record {' '.join(f'{name}={value!r}' for name, value in self.items())}>"


def columns(query):
    """The names of the columns that a query asks for."""
    found = re.search(r"select\s+(.*?)\s+from\b", query, re.I | re.S)
    if not found:
        found = re.search(r"(?:select|returning)\s+(.*)", query, re.I | re.S)
    listed = found[1] if found else "*"
    if listed.strip() == "*":
        return ["id", "name", "username", "email", "active"]
    return [re.split(r"\s+as\s+|\.", each.strip(), flags=re.I)[-1].split("(")[0] for each in listed.split(",")]


def made_up(name, number):
    """A value for a column."""
    if name == "id" or name.endswith("_id"):
        return number
    if name in ("count", "sum", "max", "min", "1"):
        return 1 if name == "1" else 3
    if name.startswith(("is_", "active")):
        return True
    if "price" in name or "amount" in name or "balance" in name:
        return number * 10
    if "mail" in name:
        return f"user{number}@example.com"
    return f"{'user' if name in ('name', 'username') else name}{number}"


def rows(query):
    """What the database gives."""
    known = {" ".join(text.split()).rstrip(";"): answer for text, answer in far.Settings.answers.items()}
    answer = known.get(" ".join(query.split()).rstrip(";"))
    if answer is not None:
        return answer
    if not re.match(r"\s*(select|with)\b", query, re.I) and "returning" not in query.lower():
        return []
    names = columns(query)
    one = names[0] in ("count", "sum", "max", "min", "1") or re.search(r"\blimit\s+1\b|\bid\s*=", query, re.I)
    return [{name: made_up(name, number) for name in names} for number in range(1, 2 if one or "returning" in query.lower() else 4)]


class Database(far.Service):
    """Answers queries, a line of JSON each."""

    def received(self, when):
        """Answer what is whole."""
        while (at := self.buffer.find(b"\n")) >= 0:
            query = json.loads(self.buffer[:at])
            del self.buffer[: at + 1]
            failure = far.Settings.fails()
            when += far.Settings.takes(query)
            if failure == "broken":
                self.later(when, self.breaks)
                return
            answer = {"error": "the server is busy"} if failure else {"rows": rows(query)}
            self.later(when, self.send, json.dumps(answer).encode() + b"\n")


far.SERVICES[PORT] = Database


class Transaction:
    """All or nothing; nobody looks which."""

    def __init__(self, connection):
        self.connection = connection

    async def start(self):
        """Begin."""
        await self.connection.ask("BEGIN")

    async def commit(self):
        """Keep it."""
        await self.connection.ask("COMMIT")

    async def rollback(self):
        """Drop it."""
        await self.connection.ask("ROLLBACK")

    async def __aenter__(self):
        await self.start()

    async def __aexit__(self, kind, *error):
        await (self.commit() if kind is None else self.rollback())


class Connection:
    """A connection, for one query at a time."""

    def __init__(self, reader, writer):
        self.reader, self.writer, self.busy = reader, writer, False

    async def ask(self, query):
        """The rows for a query."""
        if self.busy:
            raise InterfaceError("cannot perform operation: another operation is in progress")
        if self.writer.is_closing():
            raise InterfaceError("connection is closed")
        self.busy = True
        try:
            self.writer.write(json.dumps(query).encode() + b"\n")
            line = await self.reader.readline()
        except OSError:
            line = b""
        finally:
            self.busy = False
        if not line:
            self.writer.close()
            raise ConnectionDoesNotExistError("connection was closed in the middle of operation")
        answer = json.loads(line)
        if "error" in answer:
            raise PostgresError(answer["error"])
        return [Record(row) for row in answer["rows"]]

    async def fetch(self, query, *arguments, timeout=None):
        """All rows."""
        async with asyncio.timeout(timeout):
            return await self.ask(query)

    async def fetchrow(self, query, *arguments, timeout=None):
        """The first row, if there is one."""
        return next(iter(await self.fetch(query, timeout=timeout)), None)

    async def fetchval(self, query, *arguments, column=0, timeout=None):
        """A value of the first row."""
        row = await self.fetchrow(query, timeout=timeout)
        return None if row is None else row[column]

    async def execute(self, query, *arguments, timeout=None):
        """What the database says that it did."""
        found = await self.fetch(query, timeout=timeout)
        verb = query.split()[0].upper()
        return {"INSERT": "INSERT 0 1", "SELECT": f"SELECT {len(found)}"}.get(
            verb, f"{verb} 1" if verb in ("UPDATE", "DELETE") else " ".join(query.split()[:2]).upper()
        )

    async def executemany(self, command, args, *, timeout=None):
        """The same for each."""
        for _ in args:
            await self.execute(command, timeout=timeout)

    def transaction(self, **others):
        """All or nothing."""
        return Transaction(self)

    def is_closed(self):
        """Whether it is."""
        return self.writer.is_closing()

    async def close(self, *, timeout=None):
        """Close it."""
        self.writer.close()
        await self.writer.wait_closed()


async def connect(dsn=None, *, host="localhost", port=PORT, **others):
    """A connection; who asks for it may be anybody."""
    far.SERVICES[port] = Database
    if dsn:
        split = re.search(r"@?([\w.-]+)(?::(\d+))?/[^/]*$", dsn)
        host, port = (split[1], int(split[2] or PORT)) if split else (host, port)
        far.SERVICES[port] = Database
    return Connection(*await asyncio.open_connection(far.address(host, port), port))


class Acquiring(far.Entered):
    """A connection of a pool, when one is free."""

    def __init__(self, pool):
        self.pool = pool

    def get(self):
        return self.pool.free.get()

    async def leave(self, connection):
        await self.pool.release(connection)


class Pool:
    """Connections for many."""

    def __init__(self, dsn, min_size, options):
        self.dsn, self.size, self.options = dsn, min_size, options
        self.free, self.all = asyncio.Queue(), []

    async def opened(self):
        if not self.all:
            for _ in range(self.size):
                connection = await connect(self.dsn, **self.options)
                self.all.append(connection)
                self.free.put_nowait(connection)
        return self

    def __await__(self):
        return self.opened().__await__()

    def acquire(self, *, timeout=None):
        """A connection, when one is free."""
        return Acquiring(self)

    async def release(self, connection, *, timeout=None):
        """Give it back."""
        self.free.put_nowait(connection)

    async def close(self):
        """Close them all."""
        for connection in self.all:
            await connection.close()

    async def __aenter__(self):
        return await self.opened()

    async def __aexit__(self, *error):
        await self.close()


def passed_on(name):
    """A query by whichever connection is free."""

    async def ask(self, *arguments, **options):
        async with self.acquire() as connection:
            return await getattr(connection, name)(*arguments, **options)

    return ask


for name in ("fetch", "fetchrow", "fetchval", "execute", "executemany"):
    setattr(Pool, name, passed_on(name))


def create_pool(dsn=None, *, min_size=10, max_size=10, **options):
    """Connections for many; as many as there may be at once."""
    return Pool(dsn, max_size, {name: options[name] for name in ("host", "port") if name in options})
