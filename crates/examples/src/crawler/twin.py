import asyncio
import itertools
import random

MODE = "workers"
WORKERS = 3
MAX_PAGES = 10
MAX_DEPTH = 2
SEED = 1

PORT = 8808
SITE = 30

numbers = itertools.count(1)
connections = asyncio.Queue()
seen = set()
fetched = []


async def serve(reader, writer):
    asyncio.current_task().set_name(f"server-{next(numbers)}")
    while line := await reader.readline():
        page = int(line)
        await asyncio.sleep(0.2 + 0.1 * (page % 4))
        links = random.Random(1000 * SEED + page).sample(range(SITE), 3)
        writer.write(" ".join(str(link) for link in links).encode() + b"\n")
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def fetch(page, depth):
    reader, writer = await connections.get()
    print(f"page {page}, depth {depth}")
    writer.write(f"{page}\n".encode())
    links = await reader.readline()
    connections.put_nowait((reader, writer))
    fetched.append(page)
    return [int(link) for link in links.split()]


async def recurse(page, depth):
    if page in seen or len(seen) >= MAX_PAGES:
        return
    links = await fetch(page, depth)
    seen.add(page)
    if depth == MAX_DEPTH:
        return
    if MODE == "sequential":
        for link in links:
            await recurse(link, depth + 1)
    else:
        await asyncio.gather(*(recurse(link, depth + 1) for link in links))


async def worker(queue):
    while True:
        page, depth = await queue.get()
        for link in await fetch(page, depth):
            if depth < MAX_DEPTH and link not in seen and len(seen) < MAX_PAGES:
                seen.add(link)
                queue.put_nowait((link, depth + 1))
        queue.task_done()


async def employ_workers():
    seen.add(0)
    queue = asyncio.Queue()
    queue.put_nowait((0, 0))
    async with asyncio.TaskGroup() as group:
        workers = [
            group.create_task(worker(queue), name=f"worker-{number}")
            for number in range(WORKERS)
        ]
        await queue.join()
        for task in workers:
            task.cancel()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    async with server:
        for _ in range(WORKERS):
            connections.put_nowait(await asyncio.open_connection("127.0.0.1", PORT))
        if MODE == "workers":
            await employ_workers()
        else:
            await recurse(0, 0)
        while not connections.empty():
            connections.get_nowait()[1].close()
    print(f"{len(fetched)} fetched, {len(seen)} different, limit {MAX_PAGES}")


asyncio.run(main())
