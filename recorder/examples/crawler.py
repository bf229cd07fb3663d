"""A crawler with a queue and three workers; pages are parsed in a thread. The site is a server of its own."""

import asyncio
import time

PAGES = {"/": ["/a", "/b"], "/a": ["/b", "/c"], "/b": ["/d"], "/c": ["/", "/d"], "/d": []}


async def serve(reader, writer):
    """The site."""
    page = (await reader.readline()).decode().strip()
    await asyncio.sleep(0.02)
    writer.write(" ".join(PAGES[page]).encode())
    writer.close()


def parse(text):
    """As if it were long."""
    time.sleep(0.005)
    return text.split()


async def work(port, queue, seen):
    """A worker."""
    while True:
        page = await queue.get()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{page}\n".encode())
        text = (await reader.read()).decode()
        writer.close()
        for link in await asyncio.to_thread(parse, text):
            if link not in seen:
                seen.add(link)
                queue.put_nowait(link)
        print("read", page)
        queue.task_done()


async def main():
    """Until nothing is left."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    queue, seen = asyncio.Queue(), {"/"}
    queue.put_nowait("/")
    workers = [asyncio.create_task(work(port, queue, seen), name=f"worker {n}") for n in range(3)]
    await queue.join()
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    server.close()


asyncio.run(main())
