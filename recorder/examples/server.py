"""A server that answers lines in capitals, and clients that come and go; on the loopback."""

import asyncio
import sys


async def answer(reader, writer):
    """One connection."""
    while line := await reader.readline():
        await asyncio.sleep(0.01)
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def visit(name, port):
    """A visitor of our own, so that there is something to see."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for word in ("good", "bye"):
        writer.write(f"{name}: {word}\n".encode())
        await writer.drain()
        print((await reader.readline()).decode().strip())
    writer.close()
    await writer.wait_closed()


async def main(visitors):
    """The server, until all have gone."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, asyncio.TaskGroup() as group:
        for name in ("anna", "ben", "carla")[:visitors]:
            group.create_task(visit(name, port), name=name)


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
