import asyncio
from collections import namedtuple
from contextlib import asynccontextmanager

POOL = "careful"
SIZE = 2
QUERIES = [0.5, 1.4, 0.6, 0.4, 0.5, 0.7]
TIMEOUT = 1.0
MAX_AGE = 1.0

Connection = namedtuple("Connection", "number expires")


class Pool:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.permits = asyncio.Semaphore(SIZE)
        self.idle = []
        self.opened = self.closed = 0

    async def open(self):
        self.opened += 1
        number = self.opened
        await asyncio.sleep(0.2)
        return Connection(number, self.loop.time() + MAX_AGE)

    def close(self, connection, reason):
        self.closed += 1
        print(f"connection {connection.number}: closed, {reason}")

    async def take(self):
        while self.idle:
            connection = self.idle.pop()
            if self.loop.time() < connection.expires:
                return connection
            self.close(connection, "too old")
        return await self.open()

    @asynccontextmanager
    async def careful(self):
        async with self.permits:
            connection = await self.take()
            try:
                yield connection
            except BaseException:
                self.close(connection, "its query was left unfinished")
                raise
            self.idle.append(connection)

    @asynccontextmanager
    async def leaky(self):
        await self.permits.acquire()
        connection = await self.take()
        yield connection
        self.idle.append(connection)
        self.permits.release()


async def worker(name, seconds, pool):
    acquire = pool.careful if POOL == "careful" else pool.leaky
    try:
        async with acquire() as connection:
            print(f"{name}: has connection {connection.number}")
            async with asyncio.timeout(TIMEOUT):
                await asyncio.sleep(seconds)
        print(f"{name}: done")
    except TimeoutError:
        print(f"{name}: too slow, gave up")


async def main():
    pool = Pool()
    async with asyncio.TaskGroup() as group:
        for number, seconds in enumerate(QUERIES, start=1):
            name = f"worker-{number}"
            group.create_task(worker(name, seconds, pool), name=name)
    lost = pool.opened - pool.closed - len(pool.idle)
    print(f"{pool.opened} opened, {pool.closed} closed, {lost} lost")


asyncio.run(main())
