import asyncio
import itertools
import random

POOL = 2
QUERY_TIME = 0.5
FAILURES = 0.2
BROKEN = "replace"
SEED = 4

PORT = 8806
QUERIES = 6

rng = random.Random(SEED)
connections = itertools.count(1)


async def serve(reader, writer):
    asyncio.current_task().set_name(f"database-{next(connections)}")
    while query := await reader.readline():
        await asyncio.sleep(QUERY_TIME)
        if rng.random() < FAILURES:
            break
        writer.write(b"rows of " + query)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


class Pool:
    def __init__(self):
        self.places = asyncio.Queue()
        for _ in range(POOL):
            self.places.put_nowait(None)

    async def query(self, text):
        connection = await self.places.get()
        try:
            if connection is None:
                connection = await asyncio.open_connection("127.0.0.1", PORT)
            reader, writer = connection
            writer.write(f"{text}\n".encode())
            await writer.drain()
            rows = await reader.readline()
            if not rows:
                raise ConnectionError("the connection broke")
            return rows.decode().strip()
        except BaseException:
            if connection is not None and BROKEN == "replace":
                connection[1].close()
                connection = None
            raise
        finally:
            self.places.put_nowait(connection)

    def close(self):
        while not self.places.empty():
            if connection := self.places.get_nowait():
                connection[1].close()


async def job(number, pool):
    for attempt in range(1, 4):
        try:
            rows = await pool.query(f"query {number}")
            print(f"job {number}: {rows}")
            return True
        except ConnectionError:
            print(f"job {number}: attempt {attempt} failed")
    return False


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        pool = Pool()
        async with asyncio.TaskGroup() as group:
            jobs = [
                group.create_task(job(number, pool), name=f"job-{number}")
                for number in range(QUERIES)
            ]
        pool.close()
    print(f"{sum(task.result() for task in jobs)} of {QUERIES} jobs done")


asyncio.run(main())
